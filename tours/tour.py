"""A tour of a plan: where the bus starts, drives, stands and returns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geodata.crs import Coordinates

# What the kind of a stop is that is no meeting place.
APPOINTMENT = "appointment"


# Past the end of the next day no afternoon goes on.
_LATEST_S = 48 * 3600
_FARTHEST_M = 10_000_000
_FIRST_YEAR = 1900


def check_position(lon: float, lat: float) -> None:
    """Refuse a position that is none.

    Raises
    ------
    ValueError
        If it is not in degrees of longitude and latitude.
    """
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"lon, lat must be degrees, got {lon!r:.20}, {lat!r:.20}")


def _check_times(**times: int) -> None:
    for name, value in times.items():
        if not 0 <= value <= _LATEST_S:
            raise ValueError(f"{name} must be from 0 to {_LATEST_S} s, got {value!r:.20}")


@dataclass(frozen=True, slots=True)
class Depot:
    """Where the bus starts and returns to.

    Attributes
    ----------
    name : str
    lon, lat : float
        Degrees, EPSG:4326.
    """

    name: str
    lon: float
    lat: float

    def __post_init__(self) -> None:
        check_position(self.lon, self.lat)


@dataclass(frozen=True, slots=True)
class Stop:
    """A planned halt of a tour. All times are seconds after midnight, local time.

    Attributes
    ----------
    place_id, name, kind, ags, municipality : str
    lon, lat : float
        Degrees, EPSG:4326.
    arrival_s : int
        When the bus arrives, by the drive time without reserve.
    start_s : int
        Published start, after reserve and setting up.
    departure_s : int
        Published end.
    expected : int
        Contacts expected, hundredths.
    is_public : bool
    assumed : tuple of str
        What is assumed of the place, names of columns in places.csv.
    rest_s : int
        How long the crew stays after the published end for its break, the wait for it included.
    is_confirmed : bool
        Whether it is more than a request.
    """

    place_id: str
    name: str
    kind: str
    ags: str
    municipality: str
    lon: float
    lat: float
    arrival_s: int
    start_s: int
    departure_s: int
    expected: int
    is_public: bool = True
    assumed: tuple[str, ...] = ()
    rest_s: int = 0
    is_confirmed: bool = True

    def __post_init__(self) -> None:
        check_position(self.lon, self.lat)
        _check_times(
            arrival_s=self.arrival_s,
            start_s=self.start_s,
            departure_s=self.departure_s,
            rest_s=self.rest_s,
        )

    @property
    def is_appointment(self) -> bool:
        """Whether it is a fixed halt for one occasion and no meeting place."""
        return self.kind == APPOINTMENT

    @property
    def leave_s(self) -> int:
        """When the bus leaves: at the published end, or after the break of the crew."""
        return self.departure_s + self.rest_s


@dataclass(frozen=True, slots=True)
class Leg:
    """The drive to the next stop or back to the depot.

    Attributes
    ----------
    drive_s : int
        Seconds, without reserve.
    length_m : int
        Metres on the road.
    route : tuple of (lon, lat)
        Degrees, EPSG:4326; at least two points.
    """

    drive_s: int
    length_m: int
    route: Coordinates

    def __post_init__(self) -> None:
        if len(self.route) < 2:
            raise ValueError(f"route must hold at least two points, got {len(self.route)}")
        for lon, lat in self.route:
            check_position(lon, lat)
        _check_times(drive_s=self.drive_s)
        if not 0 <= self.length_m <= _FARTHEST_M:
            raise ValueError(f"length_m must be up to {_FARTHEST_M}, got {self.length_m!r:.20}")


@dataclass(frozen=True, slots=True)
class Tour:
    """One afternoon. All times are seconds after midnight, local time.

    Attributes
    ----------
    id : str
        Of the shift.
    date : date
    depot : Depot
    shift_start_s, shift_end_s : int
    leave_s, return_s : int
        When the bus leaves the depot and is expected back; equal without stops.
    stops : tuple of Stop
    legs : tuple of Leg
        One more than stops: to each stop, and back. Empty without stops.
    bus : str
        Label of the bus; empty where there is one.
    """

    id: str
    date: dt.date
    depot: Depot
    shift_start_s: int
    shift_end_s: int
    leave_s: int
    return_s: int
    stops: tuple[Stop, ...]
    legs: tuple[Leg, ...]
    bus: str = ""

    def __post_init__(self) -> None:
        expected = len(self.stops) + 1 if self.stops else 0
        if len(self.legs) != expected:
            raise ValueError(f"legs must hold {expected} legs, got {len(self.legs)}")
        if self.date.year < _FIRST_YEAR:
            raise ValueError(f"date must be of {_FIRST_YEAR} or later, got {self.date}")
        _check_times(
            shift_start_s=self.shift_start_s,
            shift_end_s=self.shift_end_s,
            leave_s=self.leave_s,
            return_s=self.return_s,
        )

    @property
    def drive_s(self) -> int:
        """Drive time of the afternoon, seconds."""
        return sum(leg.drive_s for leg in self.legs)

    @property
    def length_m(self) -> int:
        """Length of the drive, metres."""
        return sum(leg.length_m for leg in self.legs)

    @property
    def dwell_s(self) -> int:
        """Time on site, seconds."""
        return sum(stop.departure_s - stop.start_s for stop in self.stops)
