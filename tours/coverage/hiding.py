"""Which counts of persons a report hides, over all of its tables, areas and periods at once.

What a reader can add up is laid down as sums: months make the period, municipalities the
district and its areas, new and known contacts all contacts, quarters the year. Then
`tours.coverage.suppression` finds what has to be hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geodata.region import Area
from tours.coverage.periods import Period, before, columns, common
from tours.coverage.record import Record
from tours.coverage.report import CountTable, Hidden
from tours.coverage.suppression import SMALLEST, Sum, hidden_figures

# What a count is about: whom, when and where.
Key = tuple[str, str, str]
MET, NEW, KNOWN = "met", "new", "known"
PERIOD, YEAR = "period", "year"
EVERYWHERE = "*"
QUARTERS_BEFORE = 3


def area_key(name: str) -> str:
    """Return what stands for an area where municipalities stand by their keys."""
    return f"area {name}"


class Sums:
    """Counts by key, and the sums between them that a reader knows."""

    def __init__(self) -> None:
        self.counts: dict[Key, int] = {}
        self._unpublished: set[Key] = set()
        self._sums: list[tuple[Key, tuple[Key, ...]]] = []

    def add(self, key: Key, count: int, *, is_published: bool = True) -> None:
        """Add a count."""
        self.counts[key] = count
        if not is_published:
            self._unpublished.add(key)

    def total(self, key: Key, parts: Sequence[Key], *, is_published: bool = True) -> None:
        """Add the sum of other counts, unless it is there."""
        if key not in self.counts:
            count = sum(self.counts[part] for part in parts)
            self.add(key, count, is_published=is_published)
        self._sums.append((key, tuple(parts)))

    def hidden(self) -> frozenset[Key]:
        """Return the published counts that have to be hidden."""
        keys = list(self.counts)
        at = {key: number for number, key in enumerate(keys)}
        mask = hidden_figures(
            np.array(list(self.counts.values()), dtype=np.int64),
            [Sum(at[total], tuple(at[part] for part in parts)) for total, parts in self._sums],
            unpublished=np.array([key in self._unpublished for key in keys], dtype=np.bool_),
        )
        return frozenset(k for k in keys if mask[at[k]] and k not in self._unpublished)


def _count(record: Record, who: str, days: Period | None, where: frozenset[str]) -> int:
    met, new = record.persons(days, where)
    return {MET: met, NEW: new, KNOWN: met - new}[who]


def _add_months(sums: Sums, record: Record, who: str, days: Period, rows: Sequence[str]) -> None:
    """Add the table of municipalities by month with its totals."""
    parts = columns(days)
    is_published = who != KNOWN
    for row in rows:
        for part in parts:
            count = _count(record, who, part, frozenset((row,)))
            sums.add((who, f"{part.first}", row), count, is_published=is_published)
    if not is_published:
        return
    for row in rows:
        sums.total((who, PERIOD, row), [(who, f"{part.first}", row) for part in parts])
    for when in (*(f"{part.first}" for part in parts), PERIOD):
        sums.total((who, when, EVERYWHERE), [(who, when, row) for row in rows])


def _add_areas(sums: Sums, who: str, days: Period, when: str, areas: Sequence[Area]) -> None:
    for area in areas:
        clipped = common(days, area.valid_from, area.valid_until)
        members = [(who, when, ags) for ags in sorted(area.municipalities)]
        members = [key for key in members if key in sums.counts]
        if clipped == days and members:
            sums.total((who, when, area_key(area.name)), members)


def _cut(days: Period, areas: Sequence[Area]) -> frozenset[Key]:
    """Return the counts of areas that exist for a part of some days only.

    They are hidden: beside the months of its municipalities they would tell of single days.
    """
    return frozenset(
        (who, PERIOD, area_key(area.name))
        for who in (MET, NEW)
        for area in areas
        if common(days, area.valid_from, area.valid_until) not in (None, days)
    )


def _quarter_sums(record: Record, days: Period, rows: Sequence[str], areas: Sequence[Area]) -> Sums:
    sums = Sums()
    for who in (MET, NEW, KNOWN):
        _add_months(sums, record, who, days, rows)
    for part in columns(days):
        for row in rows:
            keys = [(who, f"{part.first}", row) for who in (MET, NEW, KNOWN)]
            sums.total(keys[0], keys[1:])
    for who in (MET, NEW):
        _add_areas(sums, who, days, PERIOD, areas)
    return sums


@dataclass(frozen=True, eq=False)
class Hiding:
    """What is hidden of a period and of the year that ends with it.

    What is hidden of a quarter depends on that quarter alone, so that every report about it
    hides the same. Contacts of a year are shown where all of its quarters were told: nobody
    learns by them what could not be added up.

    Attributes
    ----------
    record : Record
    period : Period
        As it was asked for.
    days, year : Period or None
        As far as they have been; None if they have not.
    rows : tuple of str
        Keys of municipalities; empty for places whose municipality is not known.
    areas : tuple of Area
    """

    record: Record
    period: Period
    days: Period | None
    year: Period | None
    rows: tuple[str, ...]
    areas: tuple[Area, ...]

    @cached_property
    def _sums(self) -> Sums:
        if self.days is None:
            return Sums()
        return _quarter_sums(self.record, self.days, self.rows, self.areas)

    @cached_property
    def hidden(self) -> frozenset[Key]:
        """The counts that are hidden."""
        if not self._sums.counts:
            return frozenset()
        found = self._quarters[0][1]
        return found | self._untold(MET) | self._untold(NEW)

    @cached_property
    def _quarters(self) -> list[tuple[Period, frozenset[Key]]]:
        """The quarters of the year, the last one first, and what is hidden of each.

        Of other days than a quarter only these themselves.
        """
        now = frozenset() if self.days is None else _cut(self.days, self.areas)
        found = [(self.period, self._sums.hidden() | now)]
        for _number in range(QUARTERS_BEFORE if self.period.name else 0):
            quarter = before(found[-1][0])
            sums = _quarter_sums(self.record, quarter, self.rows, self.areas)
            found.append((quarter, sums.hidden() | _cut(quarter, self.areas)))
        return found

    @cached_property
    def _former(self) -> frozenset[Key]:
        """What a report of the period before hides."""
        if self.period.name:
            return self._quarters[1][1]
        days = before(self.period)
        sums = _quarter_sums(self.record, days, self.rows, self.areas)
        return sums.hidden() | _cut(days, self.areas)

    def _untold(self, who: str) -> frozenset[Key]:
        """Return the counts of the year that are hidden."""
        if not self.period.name:
            counts = self.record.persons(self.year, frozenset(self.rows))
            is_small = any(0 < count < SMALLEST for count in (*counts, counts[0] - counts[1]))
            untold = set(self._everything[: None if is_small else -1])
        else:
            untold = {
                where
                for where in self._everything
                if any((who, PERIOD, where) in hidden for _quarter, hidden in self._quarters)
            }
        return frozenset((who, YEAR, where) for where in untold)

    @property
    def _everything(self) -> tuple[str, ...]:
        return (*self.rows, *(area_key(area.name) for area in self.areas), EVERYWHERE)

    def is_hidden(self, who: str, when: str, where: str) -> bool:
        """Tell whether a count is hidden."""
        return (who, when, where) in self.hidden

    def was_hidden(self, who: str, where: str) -> bool:
        """Tell whether a report of the period before hides a count."""
        return (who, PERIOD, where) in self._former

    def tables(self) -> tuple[CountTable, ...]:
        """Return contacts and new contacts by municipality and month."""
        if self.days is None or self.record.sums.is_cut(self.days):
            return ()
        parts = columns(self.days)
        names = [f"{part.first}" for part in parts]

        def cell(who: str, when: str, where: str) -> int | None:
            key = (who, when, where)
            return None if key in self.hidden else self._sums.counts[key]

        return tuple(
            CountTable(
                name=name,
                months=tuple(part.first for part in parts),
                rows=self.rows,
                counts=tuple(tuple(cell(who, n, row) for n in names) for row in self.rows),
                row_totals=tuple(cell(who, PERIOD, row) for row in self.rows),
                month_totals=tuple(cell(who, n, EVERYWHERE) for n in names),
                total=cell(who, PERIOD, EVERYWHERE),
            )
            for who, name in ((MET, "contacts"), (NEW, "new"))
        )

    def summary(self) -> Hidden:
        """Return how much is hidden, and whose contacts; nothing where nothing is shown."""
        if self.record.sums.is_cut(self.days):
            return Hidden(smallest=SMALLEST, num_cells=0, rows=())
        cells = [
            key
            for key in self._sums.counts
            if key in self.hidden and not key[2].startswith(area_key(""))
        ]
        names = [*self.rows, *(area.name for area in self.areas)]
        where = {row: row for row in self.rows} | {a.name: area_key(a.name) for a in self.areas}
        return Hidden(
            smallest=SMALLEST,
            num_cells=len(cells),
            rows=tuple(
                name
                for name in names
                if name and any(self.is_hidden(MET, w, where[name]) for w in (PERIOD, YEAR))
            ),
        )
