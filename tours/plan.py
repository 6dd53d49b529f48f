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

from geodata.filefault import reason_of
from geodata.language import translator
from geodata.network import NetworkSource
from tours.calendar import week_dates
from tours.errors import PlanError
from tours.leftout import Cancelled, Overdue, SchoolHoliday, Unassigned, Unserved
from tours.tour import Depot, Tour

_ = translator("tours")

FORMAT = 1


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
        raise PlanError(
            _("The plan cannot be read ({reason})").format(reason=reason_of(error)),
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
