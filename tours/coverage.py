"""Coverage: what the service was to each municipality and area in a period, as figures.

They are reckoned in `tours.coveragefigures` and said in words in `tours.coveragewords`. Every
figure is there, or says why it is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tours.coverageperiods import Period

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
    "removed",  # visits of the period were too old to be kept
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
)
TRENDS = ("up", "flat", "down")
# Why a figure that is compared with the period before has no trend.
TRENDLESS = (
    "former_hidden",  # what it would be compared with is hidden
    "former_log",  # the log does not hold all of the period before
    "former_none",  # there was nothing to compare with
    "too_few",  # chance cannot be told where something happened never in one of the two
    "year",  # whether counts of persons of the year before are hidden is not known
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
