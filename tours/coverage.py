"""Coverage: what the service was to each municipality and area in a period, as figures.

Only what a report shows is here; it is reckoned in `tours.coveragefigures` and said in words in
`tours.coveragewords`. Every figure is there, or says why it is not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

# All figures, in the order in which they are shown, each with its unit.
UNITS: Mapping[str, str] = {
    "service_hours": "hours",
    "visits": "count",
    "hours_per_1000": "hours_per_1000",
    "reach": "share",
    "access": "hours_a_week_per_1000",
    "longest_gap": "weeks",
    "kept": "share",
    "punctual": "share",
    "contacts": "count",
    "contacts_per_hour": "per_hour",
    "share_new": "share",
    "exploration": "share",
    "equity": "gini",
    "cost_per_hour": "euro_per_hour",
    "completeness": "share",
}
# Why a figure has no value.
REASONS = (
    "hidden",  # small numbers: it, or another one that could be reckoned from it
    "not_here",  # shown for areas or the district only
    "no_visit",
    "no_hours",
    "no_contacts",
    "nothing_announced",
    "no_youth",  # how many young people live there is not known
    "no_population",  # nobody lives there
    "no_place",
    "not_served",  # others are responsible for the municipality
    "not_valid",  # the area does not exist in the period
    "no_walks",  # there is no network to walk on
    "no_budget",
)
# What has to be said beside a value.
NOTES = (
    "walks_estimated",  # walking times are estimated, not on real paths
    "homes_unknown",  # people are spread over all of a municipality, not over its homes
    "partly_valid",  # the area exists in a part of the period
    "not_over",  # the period is not over
    "open_stops",  # announced stops that nobody has logged yet are left out
    "short_log",  # the log begins after the first day
)
TRENDS = ("up", "flat", "down")
KINDS = ("municipality", "focus", "funding", "district")
# The four views of the balanced scorecard, each with its figures.
SCORECARD: Mapping[str, tuple[str, ...]] = {
    "young_people": ("hours_per_1000", "reach", "equity", "longest_gap", "contacts_per_hour"),
    "process": ("kept", "punctual", "completeness"),
    "finance": ("service_hours", "cost_per_hour"),
    "learning": ("share_new", "exploration"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days that figures are about, both included.

    Attributes
    ----------
    first, last : date
    name : str
        ``2026-Q3`` for a quarter; empty for other days.
    """

    first: dt.date
    last: dt.date
    name: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"last must not be before first, got {self.first} and {self.last}")

    @property
    def num_days(self) -> int:
        """Days, both ends included."""
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> float:
        """Length in weeks."""
        return self.num_days / 7

    def holds(self, day: dt.date) -> bool:
        """Tell whether a day is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure, or why there is none.

    Attributes
    ----------
    name : str
        One of `UNITS`, which gives its unit; shares are from 0 to 1.
    value : float or None
    reason : str
        One of `REASONS` where there is no value; else empty.
    target : float or None
        What the service wants to reach.
    is_ceiling : bool
        Whether the target is the most that may be, and not the least.
    best : float or None
        The most that could be: the reach of as many places, chosen best.
    low, high : float or None
        An interval that holds the true value in 80 % of cases.
    trend : str or None
        One of `TRENDS` against the period before, ``flat`` where the difference may be chance;
        None where it is not known.
    is_estimate : bool
        Whether a part of it is estimated, such as the number of young people.
    notes : tuple of str
        Of `NOTES`.
    """

    name: str
    value: float | None = None
    reason: str = ""
    target: float | None = None
    is_ceiling: bool = False
    best: float | None = None
    low: float | None = None
    high: float | None = None
    trend: str | None = None
    is_estimate: bool = False
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.name not in UNITS:
            raise ValueError(f"name must be one of {tuple(UNITS)}, got {self.name!r}")
        if (self.value is None) != bool(self.reason):
            raise ValueError(f"reason must stand in place of a value, got {self.reason!r}")
        if self.reason and self.reason not in REASONS:
            raise ValueError(f"reason must be one of {REASONS}, got {self.reason!r}")
        if self.trend is not None and self.trend not in TRENDS:
            raise ValueError(f"trend must be one of {TRENDS} or None, got {self.trend!r}")
        if set(self.notes) - set(NOTES):
            raise ValueError(f"notes must be of {NOTES}, got {self.notes}")

    @property
    def unit(self) -> str:
        """What it is counted in, one of the values of `UNITS`."""
        return UNITS[self.name]

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None without a target or a value."""
        if self.value is None or self.target is None:
            return None
        return self.value <= self.target if self.is_ceiling else self.value >= self.target


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of a municipality, an area or the district.

    Attributes
    ----------
    id : str
        Key of the municipality, name of the area, key of the district.
    name : str
    kind : str
        One of `KINDS`.
    youth : int or None
        Estimate of the young people of the service's ages who live there; None if not known.
    figures : tuple of Figure
        One of each name of `UNITS`, in that order.
    """

    id: str
    name: str
    kind: str
    youth: int | None
    figures: tuple[Figure, ...]

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {KINDS}, got {self.kind!r}")
        if tuple(figure.name for figure in self.figures) != tuple(UNITS):
            raise ValueError(f"figures must be one of each of {tuple(UNITS)}, in this order")

    def figure(self, name: str) -> Figure:
        """Return the figure of a name."""
        return self.figures[tuple(UNITS).index(name)]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figures of a period.

    Attributes
    ----------
    period : Period
    municipalities : tuple of Row
        In the order of their keys.
    areas : tuple of Row
        In the order of region.toml.
    district : Row
    """

    period: Period
    municipalities: tuple[Row, ...]
    areas: tuple[Row, ...]
    district: Row


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
    budget : float
        Of the period: budget of a year by the days of the period, euro.
    hours : float
        Service hours of the period in those areas, or that share of all.
    cost : Figure
        Euro per service hour in the period; its target is the budget by the agreed hours.
    year_budget, year_hours : float
    year_cost : Figure
        The same in the year up to its end.
    """

    name: str
    areas: tuple[str, ...]
    share: float | None
    budget_a_year: float
    hours_a_year: float | None
    budget: float
    hours: float
    cost: Figure
    year_budget: float
    year_hours: float
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
    """

    made_on: dt.date
    digest: str
    is_intact: bool
    differs: tuple[str, ...]


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
    attribution: str
    digest: str = ""
    frozen: Frozen | None = None
