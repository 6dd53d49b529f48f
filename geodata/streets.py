"""What roads are called: a name for each edge of a road network, out of a table of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.printable import printable

# Tags that tell what a road is called, the better one first.
NAME_TAGS = ("name", "ref")
# OpenStreetMap takes no longer ones.
LONGEST = 255


@dataclass(frozen=True, eq=False)
class StreetNames:
    """The names of a road network's edges, each stored once.

    Attributes
    ----------
    names : tuple of str
        As they were typed, on one line, each once; the first is empty.
    edge_name : ndarray of int64, shape (m,)
        Position in `names`; 0 where a road has none.
    """

    names: tuple[str, ...]
    edge_name: NDArray[np.int64]

    def __post_init__(self) -> None:
        if not self.names or self.names[0]:
            raise ValueError("names must start with an empty name")
        if len(set(self.names)) < len(self.names):
            raise ValueError("names must hold each name once")
        if len(self.edge_name) and not (
            self.edge_name.min() >= 0 and self.edge_name.max() < len(self.names)
        ):
            raise ValueError(f"edge_name must be from 0 to {len(self.names) - 1}")


def street_names(of_edges: Sequence[str]) -> StreetNames | None:
    """Return the names of edges as a table; None where no edge has one.

    Parameters
    ----------
    of_edges : sequence of str
        One for each edge, empty for none.
    """
    names = sorted({"", *of_edges})
    if len(names) == 1:
        return None
    position = {name: i for i, name in enumerate(names)}
    return StreetNames(
        tuple(names), np.array([position[name] for name in of_edges], dtype=np.int64)
    )


def street_name(tags: Mapping[str, str]) -> str:
    """Return what a way is called: its name, else its number; empty for neither."""
    if name := printable(tags.get("name", ""), LONGEST):
        return name
    numbers = (printable(number) for number in tags.get("ref", "").split(";"))
    return printable(" / ".join(filter(None, numbers)), LONGEST)


def longest_name(parts: Iterable[tuple[str, int]]) -> str:
    """Return the name that the most metres of a road have; empty where most have none.

    Parameters
    ----------
    parts : iterable of (name, length)
        Of the stretches of the road.
    """
    lengths: Counter[str] = Counter()
    for name, length in parts:
        lengths[name] += length
    return max(lengths, key=lambda name: (lengths[name], name), default="")
