"""What a plan leaves out, with the reasons: places, afternoons, municipalities, areas."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tours.tour import APPOINTMENT, check_position

# Why a place is not in a plan, from the plainest reason to the subtlest.
REASONS = (
    *("resting", "not_served", "no_road", "cut_off", "banned", "cancelled", "closed"),
    *("unreachable", "not_chosen", "outranked", "called_off"),
)


# Why a municipality that is overdue is not visited.
OVERDUE_REASONS = ("no_place", "cancelled", "no_time", "not_found")


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A place that the plan does not visit.

    Attributes
    ----------
    place_id, name, kind, ags, municipality : str
    lon, lat : float
        Degrees, EPSG:4326.
    reason : str
        One of `REASONS`: the place rests, others are responsible for its municipality, it
        was excluded for this week, its afternoon is cancelled, it has no opening that fits an
        afternoon, cannot be reached in time, was not chosen (in a plan that is not proven),
        other stops are worth more, or it is an appointment that will not take place.
    """

    place_id: str
    name: str
    kind: str
    ags: str
    municipality: str
    lon: float
    lat: float
    reason: str

    def __post_init__(self) -> None:
        if self.reason not in REASONS:
            raise ValueError(f"reason must be one of {REASONS}, got {self.reason!r}")
        check_position(self.lon, self.lat)

    @property
    def is_appointment(self) -> bool:
        """Whether it is a fixed halt for one occasion and no meeting place."""
        return self.kind == APPOINTMENT


@dataclass(frozen=True, slots=True)
class Cancelled:
    """An afternoon of the week that is not driven.

    Attributes
    ----------
    date : date
    holiday : str
        Name of the public holiday, or why the team does not drive.
    bus : str
        Label of the bus; empty where there is one.
    """

    date: dt.date
    holiday: str
    bus: str = ""


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    """The day of a tour that lies in school holidays.

    Attributes
    ----------
    date : date
    name : str
        What the holidays are called.
    """

    date: dt.date
    name: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """A municipality that is not visited though its cycle has passed.

    Attributes
    ----------
    ags, name : str
    weeks : int
        Since the last visit, or since the week before the first plan.
    reason : str
        One of `OVERDUE_REASONS`: no place in it is open and in reach, or would be only in an
        afternoon that is cancelled; the week has no time left for it; or no plan that visits it
        was found in the seconds allowed.
    """

    ags: str
    name: str
    weeks: int
    reason: str

    def __post_init__(self) -> None:
        if self.reason not in OVERDUE_REASONS:
            raise ValueError(f"reason must be one of {OVERDUE_REASONS}, got {self.reason!r}")


@dataclass(frozen=True, slots=True)
class Unserved:
    """An area that is owed visits, though all afternoons on which it could have one are cancelled.

    Attributes
    ----------
    name : str
        Of the area.
    cancelled : tuple of Cancelled
        Those afternoons.
    """

    name: str
    cancelled: tuple[Cancelled, ...]
