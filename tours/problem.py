"""What is asked of one week: shifts, candidates with options, and rules, checked once.

Times are whole seconds after midnight, prizes whole hundredths of a contact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from geodata.travel import TravelTimes

# What is longer or dearer would not fit into 64 bits where it is added up or doubled: seconds,
# and the cost of a drive in hundredths of a contact for 3600 times 100 000 of them.
LONGEST_S = 2**31
DEAREST = 2**61


@dataclass(frozen=True, slots=True)
class Rest:
    """A break at one of the stops, between its end and the next drive.

    A tour that is back by the latest beginning needs none.

    Attributes
    ----------
    earliest_s, latest_s : int
        When it may begin.
    length_s : int
    """

    earliest_s: int
    latest_s: int
    length_s: int

    def __post_init__(self) -> None:
        if self.length_s < 1:
            raise ValueError(f"length_s must be 1 or more, got {self.length_s}")
        if self.latest_s < self.earliest_s:
            raise ValueError(
                f"latest_s must be at least earliest_s, got {self.latest_s} < {self.earliest_s}"
            )


@dataclass(frozen=True, slots=True)
class Shift:
    """One afternoon of one bus.

    Attributes
    ----------
    id : str
    date : date
    depot : str
        Id of the point in the travel times where the bus starts and returns to.
    start_s, end_s : int
        The bus leaves and is back in between.
    rest : Rest or None
        The break that the crew needs.
    """

    id: str
    date: dt.date
    depot: str
    start_s: int
    end_s: int
    rest: Rest | None = None

    def __post_init__(self) -> None:
        if not self.start_s < self.end_s:
            raise ValueError(f"end_s must be after start_s, got {self.end_s} <= {self.start_s}")


@dataclass(frozen=True, slots=True, order=True)
class Option:
    """One way to visit a place: a published start, a dwell, and what it earns.

    Attributes
    ----------
    start_s, dwell_s, prize : int
    slack_s : int
        How much later than `start_s` the visit may start; 0 where the start is published.
    """

    start_s: int
    dwell_s: int
    prize: int
    slack_s: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place offered for one shift.

    Attributes
    ----------
    place : str
        Id of the point in the travel times.
    shift : int
        Position of the shift.
    options : tuple of Option
        Exactly one of them is used if the place is visited.
    """

    place: str
    shift: int
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """A set of places that are to be visited in the week.

    Attributes
    ----------
    name : str
        What the rule is called when it is broken.
    places : frozenset of str
    at_least : int
        Visits, counted over `shifts`.
    bonus : int or None
        What reaching `at_least` earns; None for a rule that must hold.
    shifts : frozenset of int or None
        Positions of the shifts whose visits count; None for all.
    dwell_s : int
        If not 0, time on site is counted instead of visits, and this much is needed.
    origin : tuple of str
        The setting or wish it stems from; rules of one origin stand and fall together.
    """

    name: str
    places: frozenset[str]
    at_least: int = 1
    bonus: int | None = None
    shifts: frozenset[int] | None = None
    dwell_s: int = 0
    origin: tuple[str, ...] = ()

    def counts(self, place: str, shift: int) -> bool:
        """Tell whether a visit of a place in a shift counts."""
        return place in self.places and (self.shifts is None or shift in self.shifts)


@dataclass(frozen=True, slots=True)
class Limit:
    """Most visits of some places over some shifts.

    Attributes
    ----------
    places : frozenset of str
    shifts : frozenset of int
    at_most : int
    name : str
        What the rule is called.
    origin : tuple of str
        The setting or wish it stems from; rules of one origin stand and fall together.
    """

    places: frozenset[str]
    shifts: frozenset[int]
    at_most: int = 1
    name: str = ""
    origin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """Most time at the wheel over some shifts, without reserve.

    Attributes
    ----------
    shifts : frozenset of int
    drive_s : int
    name : str
        What the rule is called.
    origin : tuple of str
        The setting or wish it stems from; rules of one origin stand and fall together.
    """

    shifts: frozenset[int]
    drive_s: int
    name: str = ""
    origin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """Places that keep an order wherever one tour visits several of them.

    Attributes
    ----------
    places : tuple of str
    shifts : frozenset of int
    name : str
        What the rule is called.
    origin : tuple of str
        The setting or wish it stems from; rules of one origin stand and fall together.
    """

    places: tuple[str, ...]
    shifts: frozenset[int]
    name: str = ""
    origin: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Problem:
    """The week's problem.

    Attributes
    ----------
    shifts : tuple of Shift
    candidates : tuple of Candidate
        At most one per place and shift.
    travel : TravelTimes
    covers : tuple of Cover
    limits : tuple of Limit
        A place is visited at most once per shift even without one.
    budgets : tuple of Budget
    orders : tuple of Order
    alternatives : tuple of frozenset of int
        Sets of shifts of which one at most is driven: other depots for the same bus.
    setup_s : int
        From arrival and reserve to the published start.
    buffer_s : int
        Reserve on each drive, also on the way back.
    driving_price : int
        What an hour of driving costs, hundredths of a contact.
    distance_price : int
        What 100 km of driving cost on top, hundredths of a contact.
    tick_s : int
        Starts lie on multiples of it, seconds after midnight: 60 for what people read.
    """

    shifts: tuple[Shift, ...]
    candidates: tuple[Candidate, ...]
    travel: TravelTimes
    covers: tuple[Cover, ...] = ()
    limits: tuple[Limit, ...] = ()
    setup_s: int = 0
    buffer_s: int = 0
    driving_price: int = 0
    distance_price: int = 0
    budgets: tuple[Budget, ...] = ()
    orders: tuple[Order, ...] = ()
    alternatives: tuple[frozenset[int], ...] = ()
    tick_s: int = 1

    def __post_init__(self) -> None:
        self._check_sizes()
        points = set(self.travel.ids)
        seen: set[tuple[str, int]] = set()
        for shift in self.shifts:
            _check_known("depot", shift.depot, points)
        for candidate in self.candidates:
            _check_known("place", candidate.place, points)
            if not 0 <= candidate.shift < len(self.shifts):
                raise ValueError(
                    f"shift must be from 0 to {len(self.shifts) - 1}, got {candidate.shift}"
                )
            if (candidate.place, candidate.shift) in seen:
                raise ValueError(
                    f"candidates must be unique per place and shift, got {candidate.place!r} "
                    f"twice in shift {candidate.shift}"
                )
            seen.add((candidate.place, candidate.shift))
            if not candidate.options:
                raise ValueError(f"options must hold at least one for {candidate.place!r}, got 0")
            if (least := min(option.dwell_s for option in candidate.options)) < 1:
                raise ValueError(f"dwell_s must be 1 or more for {candidate.place!r}, got {least}")
            if (least := min(option.slack_s for option in candidate.options)) < 0:
                raise ValueError(f"slack_s must be 0 or more for {candidate.place!r}, got {least}")
        for cover in self.covers:
            if cover.at_least < 1:
                raise ValueError(f"at_least must be 1 or more, got {cover.at_least}")
            if cover.dwell_s < 0:
                raise ValueError(f"dwell_s must be 0 or more, got {cover.dwell_s}")
            if cover.bonus is not None and cover.bonus < 0:
                raise ValueError(f"bonus must be 0 or more, got {cover.bonus}")
            _check_shifts(cover.shifts, self.shifts)
        for limit in self.limits:
            if limit.at_most < 0:
                raise ValueError(f"at_most must be 0 or more, got {limit.at_most}")
            _check_shifts(limit.shifts, self.shifts)
        for budget in self.budgets:
            if budget.drive_s < 0:
                raise ValueError(f"drive_s must be 0 or more, got {budget.drive_s}")
            _check_shifts(budget.shifts, self.shifts)
        for order in self.orders:
            if len(set(order.places)) < len(order.places):
                raise ValueError(f"places of an order must differ, got {order.places}")
            _check_shifts(order.shifts, self.shifts)
        for numbers in self.alternatives:
            _check_shifts(numbers, self.shifts)
        for name in ("setup_s", "buffer_s", "driving_price", "distance_price"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must be 0 or more, got {getattr(self, name)}")
        self._check_ticks()

    def _check_ticks(self) -> None:
        """Check that whoever is ready on a tick and starts on one leaves on one."""
        if self.tick_s < 1:
            raise ValueError(f"tick_s must be 1 or more, got {self.tick_s}")
        for shift in self.shifts:
            rest = (shift.rest.earliest_s, shift.rest.length_s) if shift.rest else ()
            self._check_whole(shift.id, shift.start_s, *rest)
        for candidate in self.candidates:
            for option in candidate.options:
                self._check_whole(candidate.place, option.start_s, option.dwell_s, option.slack_s)

    def _check_whole(self, name: str, *seconds: int) -> None:
        for value in seconds:
            if value % self.tick_s:
                raise ValueError(
                    f"times must be multiples of tick_s = {self.tick_s} for {name!r}, got {value}"
                )

    def _check_sizes(self) -> None:
        """Fail where numbers are so great that sums of them would not fit into 64 bits."""
        longest_s = int(self.travel.seconds.max(initial=0))
        latest_s = max(
            (o.start_s + o.dwell_s + o.slack_s for c in self.candidates for o in c.options),
            default=0,
        )
        times = {"seconds": longest_s, "start_s with dwell_s and slack_s": latest_s}
        for name, most in times.items():
            if most > LONGEST_S:
                raise ValueError(f"{name} must be at most {LONGEST_S}, got {most}")
        longest_m = int(self.travel.metres.max(initial=0))
        cost = longest_s * self.driving_price * 100_000 + longest_m * self.distance_price * 3600
        if cost > DEAREST:
            raise ValueError(
                f"driving_price and distance_price must make no drive cost more than {DEAREST}, "
                f"got {cost}"
            )


def _check_shifts(numbers: frozenset[int] | None, shifts: tuple[Shift, ...]) -> None:
    for number in numbers or ():
        if not 0 <= number < len(shifts):
            raise ValueError(f"shifts must be from 0 to {len(shifts) - 1}, got {number}")


def _check_known(name: str, id_: str, points: Iterable[str]) -> None:
    if id_ not in points:
        raise ValueError(f"{name} must be a point of the travel times, got {id_!r}")
