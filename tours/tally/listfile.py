"""Lists of the monthly tally as offices keep them, CSV or XLSX, by row or by column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geodata.cells import Row
from geodata.errors import Fault
from geodata.language import translator
from geodata.printable import printable
from tours.errors import VisitError
from tours.officelist import list_rows
from tours.tally.layout import Layout, begins_as_sum, cell_count, find_layout, unknown_item
from tours.tally.names import TallyNames
from tours.tally.tally import AGE, TOPIC, Tally, area_text, item_text, read_month

_ = translator("tours")

# So many lines are named in a fault that is the same in all of them.
MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class TallyList:
    """What a file says.

    Attributes
    ----------
    tallies : tuple of Tally
        In the order of the file, each number once.
    unread : tuple of str
        Columns that are not read, such as remarks.
    sums : tuple of int
        Lines that are not read, since they are sums.
    num_twice : int
        Numbers that the file says again.
    """

    tallies: tuple[Tally, ...]
    unread: tuple[str, ...]
    sums: tuple[int, ...]
    num_twice: int


def load_tally_list(
    path: Path,
    names: TallyNames,
    today: dt.date,
    *,
    area: str | None = None,
    month: dt.date | None = None,
) -> TallyList:
    """Read a list of the monthly tally.

    Parameters
    ----------
    path : Path
        See `tours.officelist.list_rows`.
    names : TallyNames
        What the list may name.
    today : date
    area, month : str or None, date or None
        Of a list without a column for them.

    Raises
    ------
    VisitError
        With every fault of the file, each with line, column and remedy.
    """
    faults: list[Fault] = []
    rows = list(list_rows(path, faults))
    reading = _Reading(path.name, names, today, area, month)
    if rows:
        reading.read(rows)
    faults += reading.faults()
    if faults:
        raise VisitError.collected(faults)
    if not reading.found:
        raise VisitError(
            _("The file holds no number"),
            where=path.name,
            remedy=_(
                "Put the names of the columns into the first line, and into each other a month, "
                "an area and numbers"
            ),
        )
    return TallyList(
        tuple(tally for tally, _line in reading.found.values()),
        reading.unread,
        tuple(reading.sums),
        reading.num_twice,
    )


class _Reading:
    """What is read of a file so far, and what is wrong with it."""

    def __init__(
        self,
        source: str,
        names: TallyNames,
        today: dt.date,
        area: str | None,
        month: dt.date | None,
    ) -> None:
        self._source, self._names, self._today = source, names, today
        self._area, self._month = area, month
        self._lines: dict[tuple[str, str, str], list[int]] = {}
        self.found: dict[tuple[str, dt.date, str, str], tuple[Tally, int]] = {}
        self.unread: tuple[str, ...] = ()
        self.sums: list[int] = []
        self.num_twice = 0

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong; what is wrong in many lines comes once."""
        for (column, what, remedy), lines in self._lines.items():
            numbers = sorted({*lines})
            if not numbers[0]:
                where = _("{file}, first line, column {column}")
            elif len(numbers) == 1:
                where = _("{file}, line {line}, column {column}")
            else:
                where = _("{file}, lines {line}, column {column}")
            shown = ", ".join(map(str, numbers[:MOST_LINES]))
            if len(numbers) > MOST_LINES:
                shown = _("{lines} and {number} more").format(
                    lines=shown, number=len(numbers) - MOST_LINES
                )
            yield Fault(
                what,
                where.format(file=self._source, line=shown, column=printable(column, 40)),
                remedy,
            )

    def _note(self, line: int, column: str, what: str, remedy: str) -> None:
        self._lines.setdefault((column, what, remedy), []).append(line)

    def read(self, rows: list[Row]) -> None:
        """Read all rows."""
        layout = find_layout(
            rows,
            self._names,
            lambda column, what, remedy: self._note(0, column, what, remedy),
            has_month=self._month is not None,
            has_area=self._area is not None or self._names.area_list == ("",),
        )
        if layout is None:
            return
        for column, value, option in (
            (layout.month, self._month, "--month"),
            (layout.area, self._area, "--area"),
        ):
            if column and value is not None:
                self._note(
                    0,
                    column,
                    _("The list has this column, and {option} says it, too").format(option=option),
                    _("Leave out {option}").format(option=option),
                )
        self.unread = tuple(printable(name, 40) for name in layout.unread)
        for row in rows:
            if self._is_sum(row, layout):
                self.sums.append(row.line)
            else:
                self._read_row(row, layout)

    def _is_sum(self, row: Row, layout: Layout) -> bool:
        for name in (layout.month, layout.area, layout.age, layout.topic, layout.item):
            text = row.text(name) if name else ""
            if not begins_as_sum(text):
                continue
            # An area or a topic may be called so.
            if name == layout.area and self._names.areas.find(text) is not None:
                continue
            if name in (layout.topic, layout.item) and self._names.topic(text) is not None:
                continue
            return True
        return False

    def _read_row(self, row: Row, layout: Layout) -> None:
        """Take the numbers of a row; one without any says nothing."""
        columns = [name for name, _kind, _item in layout.counted] or [layout.count]
        counts = [self._count(row, name) for name in columns]
        if all(count is None for count in counts):
            return
        month, area = self._read_month(row, layout), self._read_area(row, layout)
        items: list[tuple[str, str] | None]
        if layout.counted:
            items = [(kind, item) for _name, kind, item in layout.counted]
        else:
            items = [self._item(row, layout)]
        if month is None or area is None:
            return
        for column, item, count in zip(columns, items, counts, strict=True):
            if item is not None and count is not None and count >= 0:
                self._take(Tally(area, month, *item, count), row.line, column)

    def _take(self, tally: Tally, line: int, column: str) -> None:
        key = tally.area, tally.month, tally.kind, tally.item
        other, first = self.found.setdefault(key, (tally, line))
        if other.count != tally.count:
            self._note(
                line,
                column,
                _("{month}, {area}, {item}: {count}, but {other} in line {line}").format(
                    month=f"{tally.month:%Y-%m}",
                    area=printable(area_text(tally.area), 40),
                    item=item_text(tally.kind, tally.item),
                    count=tally.count,
                    other=other.count,
                    line=first,
                ),
                _("Keep the one that is right, or their sum if both are parts of it"),
            )
        elif first != line:
            self.num_twice += 1

    def _count(self, row: Row, column: str) -> int | None:
        """Return a count; None for nothing, -1 for what is none, which is noted."""
        try:
            return cell_count(row.text(column))
        except VisitError as error:
            (fault,) = error.faults
            self._note(row.line, column, fault.what, fault.remedy)
            return -1

    def _read_month(self, row: Row, layout: Layout) -> dt.date | None:
        if not layout.month:
            return self._month
        if not (text := self._filled(row, layout.month)):
            return None
        try:
            return read_month(text, self._today, row.text(layout.year) if layout.year else "")
        except VisitError as error:
            (fault,) = error.faults
            self._note(row.line, layout.month, fault.what, fault.remedy)
            return None

    def _read_area(self, row: Row, layout: Layout) -> str | None:
        if not layout.area:
            return self._area or ""
        if not (text := self._filled(row, layout.area)):
            return None
        found = self._names.areas.find(text)
        if found is None:
            near = self._names.areas.near(text)
            listed = self._names.area_words()
            remedy = _("Write one of: {names}").format(names=listed)
            if near is not None:
                remedy = _("Perhaps “{area}” is meant; the areas are: {names}").format(
                    area=area_text(near), names=listed
                )
            self._note(
                row.line,
                layout.area,
                _("“{text}” is not one of the areas").format(text=printable(text, 40)),
                remedy,
            )
        return found

    def _filled(self, row: Row, column: str) -> str:
        text = row.text(column)
        if not text:
            self._note(row.line, column, _("The cell is empty"), _("Fill it in"))
        return text

    def _item(self, row: Row, layout: Layout) -> tuple[str, str] | None:
        """Return kind and item of a row with one number."""
        texts = {
            kind: (name, row.text(name))
            for kind, name in ((AGE, layout.age), (TOPIC, layout.topic), ("", layout.item))
            if name and row.text(name) not in ("", "-", "–")
        }
        if not texts:
            self._filled(row, layout.age or layout.topic or layout.item)
            return None
        if len(texts) > 1:
            self._note(
                row.line,
                next(reversed(texts.values()))[0],
                _("The line counts an age band and a topic together"),
                _("Count them apart, each in a line of its own: together they may tell who it was"),
            )
            return None
        ((kind, (column, text)),) = texts.items()
        found: tuple[str, str] | None
        if kind == AGE:
            band = self._names.band(text)
            found = None if band is None else (AGE, band)
        elif kind == TOPIC:
            topic = self._names.topic(text)
            found = None if topic is None else (TOPIC, topic)
        else:
            found = self._names.item(text)
        if found is None:
            self._note(row.line, column, *unknown_item(text, self._names, kind))
        return found
