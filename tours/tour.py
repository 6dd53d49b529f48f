"""A tour of a plan: where the bus starts, drives, stands and returns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geodata.crs import Coordinates

# What the kind of a stop is that is no meeting place.
APPOINTMENT = "appointment"


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
