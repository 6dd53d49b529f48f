"""Lists of visits as offices keep them, CSV or XLSX: columns in German or English, typed cells."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.cells import Row
from geodata.errors import Fault
from geodata.language import translator
from geodata.places import Place
from geodata.spelling import spelling
from tours.errors import VisitError
from tours.officelist import known_columns, list_rows, missing_column
from tours.visits.accept import Draft
from tours.visits.columns import HEADERS, plain_cell, read_reason, reason_names
from tours.visits.visit import MOST_MET, Visit, slips

_ = translator("tours")

_LENGTH = re.compile(r"(\d{1,2}):(\d{2})")
# A longer stay is taken for minutes in a column of hours.
MOST_HOURS = 8


@dataclass(frozen=True, slots=True)
class VisitList:
    """What a file says.

    Attributes
    ----------
    drafts : tuple of Draft
        In the order of the file.
    unread : tuple of str
        Columns that are not read, such as remarks.
    """

    drafts: tuple[Draft, ...]
    unread: tuple[str, ...]


def load_visit_list(path: Path, places: Sequence[Place], today: dt.date) -> VisitList:
    """Read a list of visits.

    Parameters
    ----------
    path : Path
        Ends in .xlsx, or is a CSV file in UTF-8 or as Windows writes it.
    places : sequence of Place
    today : date

    Raises
    ------
    VisitError
        With every fault of the file, each with line, column and remedy.
    """
    faults: list[Fault] = []
    rows = list_rows(path, faults)
    reading = _Reading(places, today)
    drafts = tuple(filter(None, [reading.draft(row, path.name) for row in rows]))
    if faults:
        raise VisitError.collected(faults)
    if not drafts:
        raise VisitError(
            _("The file holds no visit"),
            where=path.name,
            remedy=_(
                "Put the names of the columns into the first line and a visit into each other"
            ),
        )
    return VisitList(drafts, tuple(reading.unread))


class _Reading:
    """The columns of a file and the places that its cells can name."""

    def __init__(self, places: Sequence[Place], today: dt.date) -> None:
        self.today = today
        self.ids = {place.id for place in places}
        self.names: dict[str, list[str]] = {}
        for place in places:
            self.names.setdefault(spelling(place.name), []).append(place.id)
        self.columns: dict[str, str] | None = None
        self.unread: list[str] = []

    def _find_columns(self, row: Row) -> dict[str, str]:
        """Return the file's name of each column that is known; what is missing is noted."""
        found, self.unread = known_columns(row, HEADERS)
        needed = [("place", "date", "arrival", "met"), ("departure", "hours", "minutes")]
        missing = [field for field in needed[0] if field not in found]
        if not any(field in found for field in needed[1]):
            missing.append("departure")
        for field in missing:
            row.fault(*missing_column(HEADERS[field]))
        return {} if missing else found

    def draft(self, row: Row, source: str) -> Draft | None:
        """Return the visit of a row; None if something is wrong with it, which is noted."""
        if self.columns is None:
            self.columns = self._find_columns(row)
        if not self.columns:
            return None
        before = len(row.faults)
        cells = {field: row.text(name) for field, name in self.columns.items()}
        # The cells in one spelling, under the names that the file gives its columns.
        row = Row(
            {self.columns[field]: plain_cell(field, cell) for field, cell in cells.items()},
            row.line,
            source,
            row.faults,
        )
        visit = self._visit(row, self.columns)
        where = _("{file}, line {line}").format(file=source, line=row.line)
        return Draft(visit, where) if visit and len(row.faults) == before else None

    def _visit(self, row: Row, columns: dict[str, str]) -> Visit | None:
        def text(field: str) -> str:
            return row.text(columns[field]) if field in columns else ""

        before = len(row.faults)
        place = self._place(row, columns["place"])
        reason = self._reason(row, columns["reason"]) if text("reason") else ""
        needed = ("date", "arrival") if reason else ("date", "arrival", "met")
        for field in needed:
            row.required(columns[field])
        date, arrival = row.date(columns["date"]), row.time(columns["arrival"])
        met = row.whole(columns["met"], 0, 0, MOST_MET)
        new = row.whole(columns["new"], 0, 0, MOST_MET) if "new" in columns else 0
        departure = None if reason else self._departure(row, columns, arrival)
        if len(row.faults) > before or date is None or arrival is None:
            return None
        if reason:
            if met:
                row.fault(
                    columns["reason"],
                    _("The stop has contacts and a reason why it did not take place"),
                    _("Empty one of the two cells"),
                )
                return None
            departure = arrival
        if departure is None:
            return None
        found = slips(
            date=date,
            arrival_s=arrival,
            departure_s=arrival + 1 if reason else departure,
            met=met,
            new=new,
            today=self.today,
        )
        for field, what, remedy in found:
            row.fault(columns.get(field) or columns["arrival"], what, remedy)
        if len(row.faults) > before:
            return None
        return Visit(
            place=place,
            date=date,
            arrival_s=arrival,
            departure_s=departure,
            met=met,
            new=new,
            reason=reason,
        )

    def _place(self, row: Row, column: str) -> str:
        value = row.required(column)
        if not value or value in self.ids:
            return value
        found = self.names.get(spelling(value), [])
        if len(found) == 1:
            return found[0]
        if found:
            row.fault(
                column,
                _("“{name}” is the name of several places").format(name=value),
                _("Write the id: {ids}").format(ids=", ".join(found)),
            )
            return ""
        near = difflib.get_close_matches(spelling(value), [*self.names, *self.ids], 1)
        remedy = _("“tours places list” shows the ids")
        if near:
            id_ = self.names.get(near[0], near)[0]
            remedy = _("Write the id or the whole name, such as {id}").format(id=id_)
        row.fault(column, _("There is no place “{id}”").format(id=value), remedy)
        return ""

    def _reason(self, row: Row, column: str) -> str:
        if reason := read_reason(row.text(column)):
            return reason
        row.fault(
            column,
            _("“{value}” is no reason that is known").format(value=row.text(column)),
            _("Write one of: {names}").format(names=reason_names()),
        )
        return ""

    def _departure(self, row: Row, columns: dict[str, str], arrival: int | None) -> int | None:
        """Return when the bus left: as it is written, or from how long it stayed."""
        if "departure" in columns and row.text(columns["departure"]):
            return row.time(columns["departure"])
        for field, seconds in (("hours", 3600), ("minutes", 60)):
            if field in columns and (text := row.text(columns[field])):
                if match := _LENGTH.fullmatch(text):
                    length_s = int(match[1]) * 3600 + int(match[2]) * 60
                else:
                    most = MOST_HOURS * 3600 / seconds
                    length_s = round(row.number(columns[field], 0, 0, most) * seconds / 60) * 60
                return None if arrival is None else arrival + length_s
        field = next(f for f in ("departure", "hours", "minutes") if f in columns)
        row.required(columns[field])
        return None
