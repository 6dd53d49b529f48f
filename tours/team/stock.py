"""What the bus carries: the list of stock with its levels; read stock.csv."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from geodata.cells import Row
from geodata.language import translator
from geodata.places import read_id
from tours.errors import TeamError
from tours.team.listfile import team_lines, team_text
from tours.team.stocklog import Entry

_ = translator("tours")

REQUIRED = ("id", "name", "min", "target")
COLUMNS = ("id", "name", "unit", "min", "target", "note")
MOST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that the bus carries.

    Attributes
    ----------
    id, name : str
    unit : str
        What is counted: pieces, packs.
    least, target : int
        Below the least it is bought, up to the target.
    note : str
    extra : Mapping of str to str
        Columns of the file that the program does not know, kept as they are.
    """

    id: str
    name: str
    unit: str = ""
    least: int
    target: int
    note: str = ""
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.target:
            raise ValueError(
                f"levels must satisfy 0 <= least <= target, got {self.least} and {self.target}"
            )


@dataclass(frozen=True, slots=True)
class Supply:
    """How much there is of an item.

    Attributes
    ----------
    item : Item
    level : int or None
        By the last count and what was used and added since, 0 at least; None before any count.
    counted : date or None
        When it was counted last.
    is_overdrawn : bool
        Whether more was used than there can have been, so that it has to be counted again.
    used, added : int
        Since the last count; before any count, since the log begins.
    """

    item: Item
    level: int | None
    counted: dt.date | None
    is_overdrawn: bool = False
    used: int = 0
    added: int = 0

    @property
    def missing(self) -> int | None:
        """How many there are too few for the target; None before any count."""
        return None if self.level is None else max(0, self.item.target - self.level)

    @property
    def is_short(self) -> bool:
        """Whether there are fewer than there must be; unknown before any count."""
        return self.level is not None and self.level < self.item.least


def read_stock(text: str, source: str) -> tuple[Item, ...]:
    """Read the list of stock from the text of a CSV file.

    Written like places.csv; lines that begin with # are comments; unknown columns are kept.

    Parameters
    ----------
    text : str
        An empty one holds nothing.
    source : str
        Name of the file, for the messages.

    Raises
    ------
    TeamError
        With every fault of the file, each with line, column and remedy.
    """
    first_lines: dict[str, int] = {}
    return team_lines(text, source, REQUIRED, lambda row: _item(row, first_lines))


def _item(row: Row, first_lines: dict[str, int]) -> Item | None:
    """Return the item of a line; faults are noted in the row, ids with their lines."""
    before = len(row.faults)
    id_, name = read_id(row), row.required("name")
    if id_ and id_ in first_lines:
        row.fault(
            "id",
            _("“{id}” is already the id of line {line}").format(id=id_, line=first_lines[id_]),
            _("Give one of the two another id"),
        )
    first_lines.setdefault(id_, row.line)
    for column in ("min", "target"):
        row.required(column)
    least, target = row.whole("min", 0, 0, MOST), row.whole("target", 0, 0, MOST)
    if len(row.faults) == before and least > target:
        row.fault(
            "min",
            _("The least level is above the target"),
            _("Swap min and target, or correct one of them"),
        )
    if len(row.faults) > before:
        return None
    return Item(
        id=id_,
        name=name,
        unit=row.text("unit"),
        least=least,
        target=target,
        note=row.text("note"),
        extra=MappingProxyType(row.beyond(COLUMNS)),
    )


def load_stock(path: Path) -> tuple[Item, ...]:
    """Read stock.csv; see `read_stock`. Without a file there is none.

    Raises
    ------
    TeamError
        If the file cannot be read, is not UTF-8, or has faults.
    """
    return read_stock(team_text(path), path.name)


def supplies(
    items: Iterable[Item], entries: Sequence[Entry], until: dt.date = dt.date.max
) -> tuple[Supply, ...]:
    """Return how much there is of each item, by what is logged.

    Parameters
    ----------
    items : iterable of Item
    entries : sequence of Entry
        In the order in which they were logged; of one day this order counts.
    until : date
        The last day that counts.
    """
    in_time = sorted((e for e in entries if e.date <= until), key=lambda entry: entry.date)
    return tuple(_supply(item, [e for e in in_time if e.item == item.id]) for item in items)


def _supply(item: Item, entries: Sequence[Entry]) -> Supply:
    level: int | None = None
    counted: dt.date | None = None
    is_overdrawn = False
    used = added = 0
    for entry in entries:
        if entry.change == "count":
            level, counted, is_overdrawn = entry.number, entry.date, False
            used = added = 0
            continue
        if entry.change == "add":
            added += entry.number
        else:
            used += entry.number
        if level is not None:
            level += entry.number if entry.change == "add" else -entry.number
            is_overdrawn = is_overdrawn or level < 0
    known = None if level is None else max(0, level)
    return Supply(item, known, counted, is_overdrawn, used, added)


def unknown_items(items: Iterable[Item], entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the ids that are logged and are not on the list, each once, in their order."""
    known = {item.id for item in items}
    return tuple(dict.fromkeys(entry.item for entry in entries if entry.item not in known))


def find_item(items: Sequence[Item], text: str) -> Item:
    """Return the item that a text names: by its id, its name, or a part of either.

    Raises
    ------
    TeamError
        If there is none, or there are several.
    """
    wanted = text.strip().casefold()
    ways = (
        [item for item in items if item.id == wanted],
        [item for item in items if item.name.casefold() == wanted],
        [i for i in items if wanted and (wanted in i.name.casefold() or wanted in i.id)],
    )
    found = next((some for some in ways if some), [])
    if len(found) == 1:
        return found[0]
    if not found:
        raise TeamError(
            _("“{text}” is not on the list of stock").format(text=text),
            remedy=_("“tours stock list” shows the ids; new items go into stock.csv"),
        )
    raise TeamError(
        _("“{text}” fits {number} items: {names}").format(
            text=text, number=len(found), names=", ".join(item.id for item in found)
        ),
        remedy=_("Write the id of one of them"),
    )
