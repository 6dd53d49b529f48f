"""The plan of a week: tours, what was left out and how good it is; JSON in and out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, is_dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from geodata.crs import Coordinates
from geodata.language import translator
from geodata.network import NetworkSource
from tours.calendar import week_dates
from tours.errors import PlanError

_ = translator("tours")

FORMAT = 1
# Why a place is not in a plan, from the plainest reason to the subtlest.
REASONS = (
    *("resting", "not_served", "no_road", "cut_off", "banned", "cancelled", "closed"),
    *("unreachable", "not_chosen", "outranked", "called_off"),
)
# Why a municipality that is overdue is not visited.
OVERDUE_REASONS = ("no_place", "cancelled", "no_time", "not_found")
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


@dataclass(frozen=True, slots=True)
class Asked:
    """What the team asked of a plan beyond region.toml, each as it is typed.

    Attributes
    ----------
    pins, bans, forced, orders, cancelled : tuple of str
        See the options of ``tours plan``.
    """

    pins: tuple[str, ...]
    bans: tuple[str, ...]
    forced: tuple[str, ...]
    orders: tuple[str, ...]
    cancelled: tuple[str, ...]


NOTHING_ASKED = Asked(pins=(), bans=(), forced=(), orders=(), cancelled=())


@dataclass(frozen=True, slots=True)
class Plan:
    """The tours of one week, with all that is needed to show them later.

    Attributes
    ----------
    service, district : str
        Names, for titles.
    week : str
        ISO week, ``2026-W48``.
    tours : tuple of Tour
        In the order of their dates.
    unassigned : tuple of Unassigned
    cancelled : tuple of Cancelled
    value, bound : int
        What the plan earns and the most that any plan can earn, hundredths of a contact; of
        all weeks together in a plan of a cycle, since they were chosen together.
    seed : int
    network : NetworkSource
    attribution : str
        Credit for boundaries and stops.
    config_digest : str
        Tells which region.toml and places.csv the plan was made from.
    knows_school_holidays : bool
        Whether the school holidays of the week were known; if not it was taken for term time.
    overdue : tuple of Overdue
    cycle : tuple of str
        The weeks that were planned as one, in order, this one among them; empty for one week.
    wishes : Asked
    repeats : int
        After how many weeks the week comes again: those of its cycle, or of the cycle that a
        single week goes on with.
    problem : str
        Tells what was solved; see `tours.fingerprint`. Empty if that is not known.
    num_depots : int
        How many depots the service has to choose from.
    school_holidays : tuple of SchoolHoliday
        The days of tours that lie in school holidays, in order.
    unserved : tuple of Unserved
    """

    service: str
    district: str
    week: str
    tours: tuple[Tour, ...]
    unassigned: tuple[Unassigned, ...]
    cancelled: tuple[Cancelled, ...]
    value: int
    bound: int
    seed: int
    network: NetworkSource
    attribution: str
    config_digest: str
    knows_school_holidays: bool
    overdue: tuple[Overdue, ...] = ()
    cycle: tuple[str, ...] = ()
    wishes: Asked = NOTHING_ASKED
    repeats: int = 0
    problem: str = ""
    num_depots: int = 1
    school_holidays: tuple[SchoolHoliday, ...] = ()
    unserved: tuple[Unserved, ...] = ()

    def __post_init__(self) -> None:
        if self.bound < self.value:
            raise ValueError(f"bound must be at least value, got {self.bound} < {self.value}")
        if self.cycle and self.week not in self.cycle:
            raise ValueError(f"cycle must hold the week {self.week}, got {self.cycle}")
        if self.repeats < 0:
            raise ValueError(f"repeats must be 0 or more, got {self.repeats}")
        if self.num_depots < 1:
            raise ValueError(f"num_depots must be 1 or more, got {self.num_depots}")

    @property
    def rhythm(self) -> int:
        """After how many weeks it comes again, 1 or more."""
        return self.repeats or len(self.cycle) or 1

    @property
    def is_optimal(self) -> bool:
        """Whether no plan can be better."""
        return self.bound == self.value

    @property
    def gap(self) -> float:
        """Most that a better plan could earn beyond this one, as a share of the bound."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0

    @property
    def expected(self) -> int:
        """Contacts expected in the week, hundredths."""
        return sum(stop.expected for tour in self.tours for stop in tour.stops)

    @property
    def drive_s(self) -> int:
        """Drive time of the week, seconds."""
        return sum(tour.drive_s for tour in self.tours)

    @property
    def length_m(self) -> int:
        """Length of the week's drives, metres."""
        return sum(tour.length_m for tour in self.tours)

    @property
    def dwell_s(self) -> int:
        """Time on site in the week, seconds."""
        return sum(tour.dwell_s for tour in self.tours)

    @property
    def depots(self) -> tuple[Depot, ...]:
        """Depots that tours start from, each once, in the order of the tours."""
        return tuple(dict.fromkeys(tour.depot for tour in self.tours))

    @property
    def names_depots(self) -> bool:
        """Whether it has to be said from which depot a tour starts, since there are several."""
        return self.num_depots > 1 or len(self.depots) > 1

    @property
    def digest(self) -> str:
        """Eight letters that name this very plan, to print on its papers."""
        return _digest(self)


@cache
def _digest(plan: Plan) -> str:
    return hashlib.sha256(render_plan(plan).encode()).hexdigest()[:8]


# Its file and its papers need it several times.
@lru_cache(maxsize=8)
def render_plan(plan: Plan) -> str:
    """Return the text of a plan file: JSON, the same for the same plan."""
    return _json(_body(plan))


def render_plans(plans: Iterable[Plan]) -> str:
    """Return a list of plans as JSON, each as in its file."""
    return _json(list(map(_body, plans)))


def _body(plan: Plan) -> dict[str, object]:
    body = asdict(plan)
    for tour in body["tours"]:
        for stop in tour["stops"]:
            # Said only where there is something to say, so that older plans keep their digest.
            if stop["is_confirmed"]:
                del stop["is_confirmed"]
    return {"format": FORMAT, **body}


def _json(body: object) -> str:
    def plain(value: object) -> str:
        if isinstance(value, dt.date):
            return value.isoformat()
        raise TypeError(f"{type(value)} has no place in a plan")

    return json.dumps(body, ensure_ascii=False, indent=1, default=plain) + "\n"


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(value: object, kind: object) -> object:
    """Return a value from JSON as a type that plans are made of, and refuse any other value."""
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(value, dict):
        hints = _hints(kind)
        unknown = sorted(value.keys() - hints.keys())
        if unknown:
            raise ValueError(f"{kind.__name__}: {unknown[0]}")
        return kind(**{name: _typed(part, hints[name]) for name, part in value.items()})
    parts = get_args(kind)
    if get_origin(kind) is UnionType:
        return None if value is None else _typed(value, parts[0])
    if get_origin(kind) is tuple and isinstance(value, list):
        kinds = parts[:1] * len(value) if parts[-1] is Ellipsis else parts
        return tuple(_typed(part, inner) for part, inner in zip(value, kinds, strict=True))
    if kind is dt.date and isinstance(value, str):
        return dt.date.fromisoformat(value)
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        if math.isfinite(value):
            return float(value)
    elif type(value) is kind:
        if isinstance(value, str):
            value.encode()  # half a pair of surrogates could not be written again
        return value
    raise ValueError(f"{value!r:.40}")


def read_plan(text: str, source: str) -> Plan:
    """Read a plan from the text of its file.

    Raises
    ------
    PlanError
        If the text is not a plan of this format.
    """
    try:
        body = json.loads(text)
        if not isinstance(body, dict) or type(body.get("format")) is not int:
            raise ValueError("format")
        if body["format"] != FORMAT:
            raise ValueError(f"format {body['format']}")
        plan = cast(Plan, _typed({k: v for k, v in body.items() if k != "format"}, Plan))
        for week in (plan.week, *plan.cycle):
            week_dates(week)
        return plan
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        reason = error if str(error) else error.__class__.__name__
        raise PlanError(
            _("The plan cannot be read ({reason})").format(reason=reason),
            where=source,
            remedy=_("Plan the week again with “tours plan”"),
        ) from error


def load_plan(path: Path) -> Plan:
    """Read a plan from its file.

    Raises
    ------
    PlanError
        If the file is missing or is not a plan.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError(
            _("There is no readable plan here"),
            where=str(path),
            remedy=_("Make one with “tours plan”"),
        ) from error
    return read_plan(text, str(path))
