"""The roster of the crew: who is on the bus on which afternoon; read crew.csv."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from geodata.cells import Row
from geodata.language import translator
from tours.calendar import WEEKDAYS, week_dates, weekday_of
from tours.errors import WeekError
from tours.team.listfile import team_lines, team_text
from tours.weektext import read_week

_ = translator("tours")

REQUIRED = ("name",)
COLUMNS = ("name", "role", "date", "until", "weekday", "week", "bus", "absent", "note")
# What else people write for every other week.
_EVEN, _ODD = ("even", "gerade"), ("odd", "ungerade")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A line of the roster: on which days somebody is on the bus, or is not.

    Attributes
    ----------
    name : str
        A name or initials, as the team writes them.
    role : str
    first, last : date or None
        First and last day; None is open.
    weekday : int or None
        0 is Monday; None for every day.
    week : str
        ``even`` or ``odd``, by the number of the ISO week; empty for each.
    bus : str
        Label of the bus; empty for any.
    is_absent : bool
        Whether the line says that somebody is not there; it outdoes all others.
    note : str
    extra : Mapping of str to str
        Columns of the file that the program does not know, kept as they are.
    """

    name: str
    role: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    weekday: int | None = None
    week: str = ""
    bus: str = ""
    is_absent: bool = False
    note: str = ""
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def is_on(self, day: dt.date, bus: str) -> bool:
        """Tell whether the line is about an afternoon of a bus."""
        return (
            (self.first is None or day >= self.first)
            and (self.last is None or day <= self.last)
            and self.weekday in (None, day.weekday())
            and (not self.week or self.week == ("odd", "even")[day.isocalendar().week % 2 == 0])
            # A bus without a label is the only one.
            and (not self.bus or not bus or self.bus == bus)
        )


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the bus of one afternoon.

    Attributes
    ----------
    name, role : str
    """

    name: str
    role: str = ""


def members(turns: Iterable[Turn], day: dt.date, bus: str = "") -> tuple[Member, ...]:
    """Return who is on a bus on a day, each once, in the order of the roster."""
    here = [turn for turn in turns if turn.is_on(day, bus)]
    absent = {_same(turn.name) for turn in here if turn.is_absent}
    found: dict[str, Member] = {}
    for turn in here:
        known = found.get(_same(turn.name))
        if not turn.is_absent and _same(turn.name) not in absent and not (known and known.role):
            found[_same(turn.name)] = Member(turn.name, turn.role)
    return tuple(found.values())


def _same(name: str) -> str:
    return " ".join(name.split()).casefold()


def read_crew(text: str, source: str) -> tuple[Turn, ...]:
    """Read the roster of a team from the text of a CSV file.

    Written like places.csv; lines that begin with # are comments; unknown columns are kept.

    Parameters
    ----------
    text : str
        An empty one holds nobody.
    source : str
        Name of the file, for the messages.

    Raises
    ------
    TeamError
        With every fault of the file, each with line, column and remedy.
    """
    return team_lines(text, source, REQUIRED, _turn)


def _turn(row: Row) -> Turn | None:
    """Return what a line says; faults are noted in the row."""
    before = len(row.faults)
    name, (first, last), weekday = row.required("name"), _days(row), _weekday(row)
    week = _week(row)
    is_absent = row.truth("absent", False)
    if week is not None and week not in ("even", "odd"):
        if first is not None and len(row.faults) == before:
            row.fault(
                "week",
                _("The line has both a date and a single week"),
                _("Empty one of the two"),
            )
        days = week_dates(week)
        first, last, week = days[0], days[-1], ""
    is_clear = len(row.faults) == before
    if is_clear and not week and (first, last, weekday) == (None, None, None):
        row.fault(
            "date",
            _("The line says of no day"),
            _("Fill in date, weekday or week"),
        )
    if len(row.faults) > before:
        return None
    return Turn(
        name=name,
        role=row.text("role"),
        first=first,
        last=last,
        weekday=weekday,
        week=week or "",
        bus=row.text("bus"),
        is_absent=is_absent,
        note=row.text("note"),
        extra=MappingProxyType(row.beyond(COLUMNS)),
    )


def load_crew(path: Path) -> tuple[Turn, ...]:
    """Read crew.csv; see `read_crew`. Without a file there is no roster.

    Raises
    ------
    TeamError
        If the file cannot be read, is not UTF-8, or has faults.
    """
    return read_crew(team_text(path), path.name)


def _days(row: Row) -> tuple[dt.date | None, dt.date | None]:
    """Read the first and last day: a date alone is one day, with a weekday it is a first one."""
    first, last = row.date("date"), row.date("until")
    if first is not None and last is not None and last < first:
        row.fault("until", _("The last day is before the date"), _("Correct date or until"))
    if first is not None and not row.text("until") and not row.text("weekday"):
        last = first
    return first, last


def _weekday(row: Row) -> int | None:
    text = row.text("weekday")
    weekday = weekday_of(text)
    if text and weekday is None:
        row.fault(
            "weekday",
            _("“{day}” is not a weekday").format(day=text),
            _("Write one of: {names}").format(names=", ".join(WEEKDAYS)),
        )
    return weekday


def _week(row: Row) -> str | None:
    """Read which weeks: ``even``, ``odd`` or an ISO week; None where it says nothing."""
    text = row.text("week").casefold()
    if not text:
        return None
    for words in (_EVEN, _ODD):
        if text in words:
            return words[0]
    try:
        return read_week(text, None)
    except WeekError:
        row.fault(
            "week",
            _("“{week}” is not a calendar week").format(week=row.text("week")),
            _("Write even, odd, or a week as in 2026-W48 or KW 48/2026"),
        )
        return None
