"""Coverage: what the service was to each municipality and area in a period, as figures.

They are reckoned in `tours.coverage.figures` and the modules it names, and said in words in
`tours.coverage.names`, `tours.coverage.reasons` and `tours.coverage.words`. Every figure is
there, or says why it is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tours.coverage.periods import Period

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
# Figures that follow from sums of whole months, where single visits were removed.
FROM_SUMS = (
    *("service_hours", "visits", "hours_per_1000", "access", "contacts", "contacts_per_hour"),
    *("share_new", "equity", "cost_per_hour"),
)
# Why a figure has no value.
REASONS = (
    "hidden",  # small numbers: it, or another one that could be reckoned from it
    "not_here",  # shown for areas or the district only
    "removed",  # visits of the period were too old to be kept, and their sums do not tell it
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
    "short_budget",  # only the budget of the days since then is set against its hours
    "log_ends",  # nothing is logged about the last weeks
    "open_hours",  # hours of announced stops that nobody has logged yet are missing
    "part_paid",  # some funder pays on a part of the days only
    "month_sums",  # from sums of months, since the visits were removed
    "begins_in_month",  # the log begins in the period, on a day that is not known any more
    "gap_without_place",  # municipalities without a place in use do not count
    "gap_until_use",  # where no place is in use any more, only up to the last use counts
    "gap_at_least",  # it begins with a visit of which only the month is known
    "as_planned",  # most arrivals are those of the plan, as if nobody had entered them
    "short_weeks",  # the log begins after the first of the 26 weeks
)
TRENDS = ("up", "flat", "down")
# Why a figure that is compared with the period before has no trend.
TRENDLESS = (
    "former_hidden",  # what it would be compared with is hidden
    "former_log",  # the log does not hold all of the period before
    "former_none",  # there was nothing to compare with
    "too_few",  # chance cannot be told where something happened never in one of the two
    "year",  # whether counts of persons of the year before are hidden is not known
    "month_sums",  # of one of the two single visits are not known any more
)
KINDS = ("municipality", "focus", "funding", "district")


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
    base : tuple of int or None
        How many of how many a share is.
    num_open : int
        Announced stops that nobody has logged, which are not among these.
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
    no_trend : str
        One of `TRENDLESS` where there is no trend; empty for a figure that is never compared.
    is_estimate : bool
        Whether a part of it is estimated, such as the number of young people.
    notes : tuple of str
        Of `NOTES`.
    """

    name: str
    value: float | None = None
    reason: str = ""
    base: tuple[int, int] | None = None
    num_open: int = 0
    target: float | None = None
    is_ceiling: bool = False
    best: float | None = None
    low: float | None = None
    high: float | None = None
    trend: str | None = None
    no_trend: str = ""
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
        if self.no_trend and (self.no_trend not in TRENDLESS or self.trend or self.reason):
            raise ValueError(
                f"no_trend must be one of {TRENDLESS} where a value has none, got {self.no_trend!r}"
            )
        if self.base is not None and (self.value is None or not 0 <= self.base[0] <= self.base[1]):
            raise ValueError(f"base must be a part and the whole of a value, got {self.base}")
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
