"""What region.toml says for the management report: targets, and who pays what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from geodata.language import translator
from geodata.region import Area
from tours.tomlfile import TomlFile
from tours.tomltable import Table

_ = translator("tours")

MOST_EURO = 100_000_000
MOST_HOURS = 100_000
# Shares are written with few decimals; a third three times is the whole.
ROUNDING = 0.005


@dataclass(frozen=True, slots=True)
class Targets:
    """What the service wants to reach. Shares are from 0 to 1.

    Attributes
    ----------
    hours : float
        Service hours per 1000 young people in each municipality, by those in the district.
    reach : float
        Of the most that as many places could reach.
    longest_gap_weeks : int
    kept, punctual, exploration, completeness : float
    gini : float
        The most.
    contacts_per_hour, share_new : float or None
        None where the team has set no target.
    """

    hours: float = 0.6
    reach: float = 0.8
    longest_gap_weeks: int = 4
    kept: float = 0.9
    punctual: float = 0.85
    exploration: float = 1.0
    gini: float = 0.3
    completeness: float = 0.95
    contacts_per_hour: float | None = None
    share_new: float | None = None


@dataclass(frozen=True, slots=True)
class Funder:
    """Who pays for areas, or for a share of everything.

    Attributes
    ----------
    name : str
    budget : float
        Euro a year.
    areas : tuple of str
        Names of areas; empty where it is a share.
    share : float or None
        From 0 to 1; None where it pays for areas.
    hours : float or None
        Service hours a year that are agreed for the budget.
    valid_from, valid_until : date or None
        First and last day; None is open.
    """

    name: str
    budget: float
    areas: tuple[str, ...] = ()
    share: float | None = None
    hours: float | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None

    def is_valid(self, day: dt.date) -> bool:
        """Tell whether it pays on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class CoverageSettings:
    """Targets and funders.

    Attributes
    ----------
    targets : Targets
    funders : tuple of Funder
    """

    targets: Targets = field(default_factory=Targets)
    funders: tuple[Funder, ...] = ()


def read_coverage(reader: TomlFile, areas: Sequence[Area]) -> CoverageSettings:
    """Read [targets] and the [[funder]] tables; neither need be there."""
    table = reader.table("targets", is_required=False)
    usual = Targets()

    def percent(key: str, default: float) -> float:
        return table.number(key, 0, 100, 100 * default) / 100

    targets = Targets(
        hours=percent("hours_percent", usual.hours),
        reach=percent("reach_percent", usual.reach),
        longest_gap_weeks=table.whole("longest_gap_weeks", 1, 104, usual.longest_gap_weeks),
        kept=percent("kept_percent", usual.kept),
        punctual=percent("punctual_percent", usual.punctual),
        exploration=percent("explored_percent", usual.exploration),
        gini=table.number("gini", 0, 1, usual.gini),
        completeness=percent("logged_percent", usual.completeness),
        contacts_per_hour=_optional(table, "contacts_per_hour", 0, 50),
        share_new=percent("new_percent", 0) if table.has("new_percent") else None,
    )
    table.finish()
    return CoverageSettings(targets, _funders(reader, areas))


def _optional(table: Table, key: str, low: float, high: float) -> float | None:
    return table.number(key, low, high) if table.has(key) else None


def _funders(reader: TomlFile, areas: Sequence[Area]) -> tuple[Funder, ...]:
    known = [area.name for area in areas]
    funders: list[Funder] = []
    for table in reader.tables("funder"):
        percent = _optional(table, "share_percent", 0, 100)
        funder = Funder(
            name=table.text("name"),
            budget=table.number("budget", 0, MOST_EURO),
            areas=table.texts("areas"),
            share=None if percent is None else percent / 100,
            hours=_optional(table, "hours", 1, MOST_HOURS),
            valid_from=table.date("from"),
            valid_until=table.date("until"),
        )
        table.finish()
        _check(table, funder, known)
        if funder.name and any(funder.name == other.name for other in funders):
            table.fault(
                "name",
                _("There are two funders “{name}”").format(name=funder.name),
                _("Give one of them another name"),
            )
        paid = sum(other.share or 0 for other in funders if _meet(other, funder))
        if paid + (funder.share or 0) > 1 + ROUNDING:
            table.fault(
                "share_percent",
                _("The shares of the funders are {percent} % together").format(
                    percent=f"{100 * (paid + (funder.share or 0)):g}"
                ),
                _("Correct them: together they are at most 100"),
            )
        funders.append(funder)
    return tuple(funders)


def _check(table: Table, funder: Funder, known: Sequence[str]) -> None:
    if table.has("areas") == table.has("share_percent"):
        table.fault(
            "areas" if table.has("areas") else "name",
            _("A funder pays either for areas or for a share of everything"),
            _("Write one of: {names}").format(names="areas, share_percent"),
        )
    unknown = [name for name in funder.areas if name not in known]
    if unknown:
        table.fault(
            "areas",
            _("There is no area “{names}” in this file").format(names="”, “".join(unknown)),
            _("Write names of [[areas]]: {names}").format(names=", ".join(known) or "–"),
        )
    if funder.valid_from and funder.valid_until and funder.valid_until < funder.valid_from:
        table.fault("until", _("The funding ends before it starts"), _("Correct from or until"))


def _meet(one: Funder, other: Funder) -> bool:
    """Tell whether there is a day on which both pay."""
    last = dt.date.max
    starts = max(one.valid_from or dt.date.min, other.valid_from or dt.date.min)
    return starts <= min(one.valid_until or last, other.valid_until or last)
