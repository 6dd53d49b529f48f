"""The rules of the crew: part [crew] of region.toml, and which afternoons break them."""

from __future__ import annotations

import datetime as dt
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geodata.errors import Fault
from geodata.language import translator
from tours.calendar import week_of
from tours.dates import long_date
from tours.team.crew import Member, Turn, members
from tours.tomltable import Table

_ = translator("tours")

AT_LEAST = 2
SOURCE = "crew.csv"


@dataclass(frozen=True, slots=True)
class CrewRules:
    """What a roster has to keep, and where it is printed.

    Attributes
    ----------
    at_least : int
        Persons on each bus.
    roles : tuple of str
        Of each of them, somebody is on each bus.
    most_per_week : int or None
        Most afternoons of one person in a week.
    on_sheets, in_calendar : bool
        Whether names are printed on the day sheets, which stay on the bus, and in the calendar.
    """

    at_least: int = AT_LEAST
    roles: tuple[str, ...] = ()
    most_per_week: int | None = None
    on_sheets: bool = True
    in_calendar: bool = False


USUAL_CREW = CrewRules()


def read_crew_rules(table: Table) -> CrewRules:
    """Read part [crew] of region.toml; faults are noted in the table."""
    rules = CrewRules(
        at_least=table.whole("at_least", 0, 20, AT_LEAST),
        roles=table.texts("roles"),
        most_per_week=table.optional("most_per_week", 1, 14),
        on_sheets=table.truth("names_on_sheets", True),
        in_calendar=table.truth("names_in_calendar", False),
    )
    table.finish()
    return rules


# The day and the label of the bus.
Drive = tuple[dt.date, str]


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who is on a bus on an afternoon, and who is missing there.

    Attributes
    ----------
    day : date
    bus : str
        Its label; empty where there is one.
    members : tuple of Member
    missing : int
        How many persons more are needed.
    missing_roles : tuple of str
        Those that nobody there has.
    """

    day: dt.date
    bus: str
    members: tuple[Member, ...]
    missing: int
    missing_roles: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        """Whether nobody is missing."""
        return not self.missing and not self.missing_roles


def build_staffing(
    turns: Sequence[Turn], rules: CrewRules, drives: Iterable[Drive]
) -> tuple[Staffing, ...]:
    """Return who is on the bus and who is missing, each afternoon once, in their order."""
    return tuple(_staffing(turns, rules, drive) for drive in dict.fromkeys(drives))


def _staffing(turns: Sequence[Turn], rules: CrewRules, drive: Drive) -> Staffing:
    there = members(turns, *drive)
    has = {member.role.casefold() for member in there}
    return Staffing(
        *drive,
        there,
        max(0, rules.at_least - len(there)),
        tuple(role for role in rules.roles if role.casefold() not in has),
    )


def crew_faults(turns: Sequence[Turn], rules: CrewRules, drives: Iterable[Drive]) -> list[Fault]:
    """Return what a roster lacks for some afternoons, those of one week one after the other.

    Parameters
    ----------
    turns : sequence of Turn
    rules : CrewRules
    drives : iterable of (date, str)
        The afternoons that are driven, each with the label of its bus.
    """
    found = list(dict.fromkeys(drives))
    faults = [fault for drive in found for fault in _of_an_afternoon(turns, rules, drive)]
    faults += _on_two_buses(turns, found)
    return faults + list(_too_often(turns, rules, found))


def _day(day: dt.date, bus: str) -> str:
    return _("{day}, bus {bus}").format(day=long_date(day), bus=bus) if bus else long_date(day)


def _of_an_afternoon(turns: Sequence[Turn], rules: CrewRules, drive: Drive) -> Iterator[Fault]:
    here = _staffing(turns, rules, drive)
    if here.missing:
        what = _("{day}: nobody is on the roster, and {least} persons are needed")
        if here.members:
            what = _("{day}: {number} of {least} persons ({names}), {missing} more are needed")
            if here.missing == 1:
                what = _("{day}: {number} of {least} persons ({names}), one more is needed")
        yield Fault(
            what.format(
                day=_day(*drive),
                number=len(here.members),
                least=rules.at_least,
                names=", ".join(member.name for member in here.members),
                missing=here.missing,
            ),
            SOURCE,
            _("Add somebody, or cancel the afternoon with “{command}”").format(
                command=f"tours plan --week {week_of(here.day)} --cancel {_outage(*drive)}"
            ),
        )
    for role in here.missing_roles if here.members else ():
        yield Fault(
            _("{day}: nobody has the role “{role}”").format(day=_day(*drive), role=role),
            SOURCE,
            _("Add somebody with this role, or fill in column role"),
        )


def _outage(day: dt.date, bus: str) -> str:
    """Return an afternoon as it is cancelled; a label can be any text."""
    return shlex.quote(f"{day.isoformat()}/{bus}" if bus else day.isoformat())


def _on_two_buses(turns: Sequence[Turn], drives: Sequence[Drive]) -> Iterator[Fault]:
    for day in dict.fromkeys(day for day, _bus in drives):
        buses = Counter(m.name for at, bus in drives if at == day for m in members(turns, at, bus))
        for name, number in buses.items():
            if number > 1:
                yield Fault(
                    _("{day}: {name} is on {number} buses at once").format(
                        day=long_date(day), name=name, number=number
                    ),
                    SOURCE,
                    _("Fill in column bus"),
                )


def _too_often(turns: Sequence[Turn], rules: CrewRules, drives: Sequence[Drive]) -> Iterator[Fault]:
    if rules.most_per_week is None:
        return
    days: Counter[tuple[str, str]] = Counter()
    for day in dict.fromkeys(day for day, _bus in drives):
        there = {m.name for at, bus in drives if at == day for m in members(turns, at, bus)}
        days.update((week_of(day), name) for name in sorted(there))
    for (week, name), number in days.items():
        if number > rules.most_per_week:
            yield Fault(
                _("{week}: {name} is on the bus on {number} afternoons, {most} at most").format(
                    week=week, name=name, number=number, most=rules.most_per_week
                ),
                SOURCE,
                _("Give some of them to somebody else, or change most_per_week in region.toml"),
            )
