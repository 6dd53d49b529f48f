"""The management report: all that it shows, as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tours.coverage.figure import Coverage, Figure

# The four views of the balanced scorecard, each with its figures.
SCORECARD: Mapping[str, tuple[str, ...]] = {
    "young_people": ("hours_per_1000", "reach", "equity", "longest_gap", "contacts_per_hour"),
    "process": ("kept", "punctual", "completeness"),
    "finance": ("service_hours", "cost_per_hour"),
    "learning": ("share_new", "exploration"),
}


@dataclass(frozen=True, slots=True)
class ScorecardGroup:
    """One of the four views of the balanced scorecard: figures of the district.

    Attributes
    ----------
    name : str
        One of `SCORECARD`.
    period, year : tuple of Figure
        The same figures in the period and in the year up to its end.
    """

    name: str
    period: tuple[Figure, ...]
    year: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class FunderCost:
    """What a funder pays, and the service hours for it.

    Attributes
    ----------
    name : str
    areas : tuple of str
        Names of the areas that it pays for; empty where it pays for a share of everything.
    share : float or None
        That share, 0 to 1.
    budget_a_year : float
        Euro.
    hours_a_year : float or None
        Service hours a year that are agreed; None if none are.
    budget : float or None
        Of the period: budget of a year by the days that have been and that the log covers, euro;
        None where on which day the log begins is not known any more.
    hours : float or None
        Service hours of the period in those areas, or that share of all; None where visits were
        removed, and sums of months do not tell it.
    cost : Figure
        Euro per service hour in the period; its target is the budget by the agreed hours.
    year_budget, year_hours : float or None
    year_cost : Figure
        The same in the year up to its end.
    """

    name: str
    areas: tuple[str, ...]
    share: float | None
    budget_a_year: float
    hours_a_year: float | None
    budget: float | None
    hours: float | None
    cost: Figure
    year_budget: float | None
    year_hours: float | None
    year_cost: Figure


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts of persons by municipality and month, small ones hidden.

    Attributes
    ----------
    name : str
        ``contacts`` or ``new``.
    months : tuple of date
        First day of each month, or of the part of it that lies in the period; a period of more
        than 6 months is one column.
    rows : tuple of str
        Keys of municipalities; a last one that is empty stands for places whose municipality
        is not known any more, and is there only if there are any.
    counts : tuple of tuple of int or None
        Per row one count per month; None is hidden.
    row_totals : tuple of int or None
        Per row.
    month_totals : tuple of int or None
    total : int or None
    """

    name: str
    months: tuple[dt.date, ...]
    rows: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    month_totals: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden, and by which rule.

    Attributes
    ----------
    smallest : int
        Counts from 1 to one less are hidden; others are, too, where those could be reckoned.
    num_cells : int
        Cells of the tables by month that are hidden. How many of them are small is not told: if
        all of them were, anybody would know so of each.
    rows : tuple of str
        Keys of municipalities and names of areas whose figures about contacts are hidden.
    """

    smallest: int
    num_cells: int
    rows: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.num_cells or self.rows)


@dataclass(frozen=True, slots=True)
class ServedPlace:
    """A meeting place and how often it was served in the period.

    Attributes
    ----------
    id, name, kind, ags, status : str
    lon, lat : float
        Degrees, EPSG:4326.
    visits : int
    hours : float
    last_visit : date or None
        Up to the end of the period.
    is_regular : bool
        Whether it was served at least twice in some 4 weeks of the period.
    """

    id: str
    name: str
    kind: str
    ags: str
    status: str
    lon: float
    lat: float
    visits: int
    hours: float
    last_visit: dt.date | None
    is_regular: bool


@dataclass(frozen=True, slots=True)
class AccessCell:
    """Where young people live who can walk to some service.

    Attributes
    ----------
    lon, lat : float
        Middle of the cell, degrees, EPSG:4326.
    ags : str
    youth : float
        Estimate of the young people in it.
    access : float
        E2SFCA: hours a week per 1000 young people within a walk of 15 minutes.
    minutes : float or None
        Walk to the nearest regular place, at most: 5, 10 or 15; None if it is farther.
    """

    lon: float
    lat: float
    ags: str
    youth: float
    access: float
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Frozen:
    """What is known of the frozen report of a quarter.

    Attributes
    ----------
    made_on : date
        Day on which it was frozen.
    digest : str
        SHA-256 of its content, 64 letters.
    is_intact : bool
        Whether the file still has that digest.
    differs : tuple of str
        Figures that the log gives otherwise today: names of `UNITS`; empty if none.
    removed : tuple of str
        Figures that cannot be reckoned anew, since visits were removed by the rule for keeping.
    removed_on : date or None
        Day on which they were removed, the last time.
    """

    made_on: dt.date
    digest: str
    is_intact: bool
    differs: tuple[str, ...]
    removed: tuple[str, ...] = ()
    removed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """All that the management report shows.

    Attributes
    ----------
    service, district : str
        Names, for titles.
    ages : tuple of int
        First and last age that the service is for.
    made_on : date
    period, year : Coverage
        Of the period, and of the year that ends with it: four quarters, or else 52 weeks.
    scorecard : tuple of ScorecardGroup
        One of each of `SCORECARD`, in that order.
    costs : tuple of FunderCost
        In the order of region.toml.
    tables : tuple of CountTable
        Contacts and new contacts by municipality and month of the period.
    hidden : Hidden
    places : tuple of ServedPlace
        In the order of places.csv.
    cells : tuple of AccessCell
        Those that can walk to some service; empty where homes and ways on foot are not known.
    scatter : float
        How much counts scatter: variance over mean.
    num_visits : int
        Visits in the log up to the end of the period.
    num_logged : int
        Entries of the log about days of the period, stops that did not take place among them.
    removed_before : date or None
        Day before which visits were removed, if some were of the period or of the year.
    attribution : str
        Credit for boundaries and people.
    digest : str
        SHA-256 of its figures, 64 letters: the same for the same figures, whenever they are made.
    frozen : Frozen or None
        None if the period is no quarter or is not frozen.
    """

    service: str
    district: str
    ages: tuple[int, int]
    made_on: dt.date
    period: Coverage
    year: Coverage
    scorecard: tuple[ScorecardGroup, ...]
    costs: tuple[FunderCost, ...]
    tables: tuple[CountTable, ...]
    hidden: Hidden
    places: tuple[ServedPlace, ...]
    cells: tuple[AccessCell, ...]
    scatter: float
    num_visits: int
    num_logged: int
    attribution: str
    removed_before: dt.date | None = None
    digest: str = ""
    frozen: Frozen | None = None
