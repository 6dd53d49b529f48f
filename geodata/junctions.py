"""What junctions cost: a moment, wherever the bus meets roads as wide as its own."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

# Slowing down, looking, accelerating; straight on and turns alike. With it, times agree better
# with those of OSRM and Valhalla, which weigh every turn, than with a second at each fork.
JUNCTION_S = 1.5
# Classes from the widest to the narrowest road, equals together; what is not named counts with
# the streets.
RANKS = (
    ("motorway",),
    ("trunk",),
    ("primary",),
    ("secondary",),
    ("tertiary",),
    ("unclassified", "residential", "road"),
    ("living_street",),
    ("service",),
)
_RANK = {name: rank for rank, names in enumerate(RANKS) for name in names}


def add_junctions(graph: nx.MultiDiGraph[Any]) -> None:
    """Add the cost of the junction at the end of each stretch to its ``travel_time``.

    A junction counts where three roads meet that are as wide as the one on which the bus
    comes: who drives along a main road is not held up by side streets, but who comes out of
    one is.

    Parameters
    ----------
    graph : MultiDiGraph
        With ``highway`` and ``travel_time`` (s) on the edges; changed in place.
    """
    widest: dict[Hashable, dict[Hashable, int]] = {node: {} for node in graph}
    for u, v, data in graph.edges(data=True):
        rank = _rank(data["highway"])
        for here, there in ((u, v), (v, u)):
            widest[here][there] = min(rank, widest[here].get(there, rank))
    for _u, v, data in graph.edges(data=True):
        own = _rank(data["highway"])
        if sum(rank <= own for rank in widest[v].values()) > 2:
            data["travel_time"] += JUNCTION_S


def _rank(highway: str) -> int:
    return _RANK.get(highway.removesuffix("_link"), _RANK["residential"])
