"""The team orienteering problem with time windows: its files, as problems, and its referee.

A file holds a line ``k v N t``, a line that does not matter, and a line per point, the depot
first: ``i x y d S f a list... O C`` with coordinates, service duration, profit, and at the end
opening and closing of the window in which a service may start; the depot closes when the last
tour must be back.

Distances are rounded down, as in the literature: to two decimals in the files of Cordeau, to
one in those of Solomon. The two are told apart by their coordinates: Solomon's are whole.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np

from geodata.errors import OutreachError
from geodata.travel import TravelTimes
from tours.problem import Candidate, Limit, Option, Problem, Shift

MONDAY = dt.date(2026, 11, 23)
DEPOT = "0"


@dataclass(frozen=True, slots=True)
class Point:
    """A point of an instance, in the units of its file.

    Attributes
    ----------
    id : str
    x, y, duration : Decimal
    profit : int
    opens, closes : Decimal
    """

    id: str
    x: Decimal
    y: Decimal
    duration: Decimal
    profit: int
    opens: Decimal
    closes: Decimal


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance as it stands in its file.

    Attributes
    ----------
    name : str
    points : tuple of Point
        The depot first.
    """

    name: str
    points: tuple[Point, ...]

    @property
    def decimals(self) -> int:
        """To how many decimals distances are rounded down."""
        is_whole = all(v == v.to_integral_value() for p in self.points for v in (p.x, p.y))
        return 1 if is_whole else 2

    def distance(self, one: Point, other: Point) -> Decimal:
        """Return the distance of two points, rounded down."""
        # Through whole numbers: a float root may lie on the wrong side of the last decimal.
        square = (one.x - other.x) ** 2 + (one.y - other.y) ** 2
        root = math.isqrt(int(square * 10 ** (2 * self.decimals)))
        return Decimal(root).scaleb(-self.decimals)


def read_instance(path: Path) -> Instance:
    """Read an instance.

    Raises
    ------
    OutreachError
        With the line that cannot be read.
    """
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise OutreachError(
            "The instance cannot be read", where=str(path), remedy="Name a folder of such files"
        ) from error
    rows = [(number, line.split()) for number, line in enumerate(lines, 1) if line.strip()]
    expected = _count(path, rows)
    points = tuple(_point(path, number, row) for number, row in rows[2:])
    if len(points) != expected + 1:
        raise OutreachError(
            f"The first line announces {expected} points and a depot, but there are {len(points)}",
            where=str(path),
            remedy="Get the whole file",
        )
    return Instance(path.stem, points)


def _count(path: Path, rows: Sequence[tuple[int, list[str]]]) -> int:
    if not rows or len(rows[0][1]) < 3 or not rows[0][1][2].isdigit():
        raise OutreachError(
            "The first line must have the number of points in third place",
            where=f"{path}, line 1",
            remedy="See the head of tests/benchmarks/instance.py for the format",
        )
    return int(rows[0][1][2])


def _point(path: Path, number: int, row: Sequence[str]) -> Point:
    try:
        if len(row) < 8:
            raise ValueError("too short")
        x, y, duration, profit, opens, closes = map(Decimal, (*row[1:5], *row[-2:]))
        if profit != profit.to_integral_value():
            raise ValueError("profit not whole")
    except (ValueError, InvalidOperation) as error:
        raise OutreachError(
            "A point needs number, coordinates, duration, whole profit and a window",
            where=f"{path}, line {number}",
            remedy="See the head of tests/benchmarks/instance.py for the format",
        ) from error
    return Point(row[0], x, y, duration, int(profit), opens, closes)


def build_problem(instance: Instance, tours: int) -> Problem:
    """Return the problem of some alike tours; a second of it is the instance's last decimal.

    Parameters
    ----------
    instance : Instance
    tours : int
        At least 1.
    """
    if tours < 1:
        raise ValueError(f"tours must be 1 or more, got {tours}")
    depot, *others = instance.points
    ids = tuple(str(position) for position in range(len(instance.points)))

    def units(value: Decimal) -> int:
        return int(value.scaleb(instance.decimals))

    seconds = np.array(
        [[units(instance.distance(a, b)) for b in instance.points] for a in instance.points],
        dtype=np.int64,
    )
    opens, closes = units(depot.opens), units(depot.closes)
    shifts = tuple(
        Shift(f"tour{n}", MONDAY + dt.timedelta(days=n), DEPOT, opens, closes) for n in range(tours)
    )
    candidates = tuple(
        Candidate(
            id_,
            number,
            (
                Option(
                    units(point.opens),
                    units(point.duration),
                    point.profit,
                    units(point.closes) - units(point.opens),
                ),
            ),
        )
        for number in range(tours)
        for id_, point in zip(ids[1:], others, strict=True)
    )
    everywhere = frozenset(range(tours))
    return Problem(
        shifts=shifts,
        candidates=candidates,
        travel=TravelTimes(ids, seconds, np.zeros_like(seconds)),
        limits=tuple(Limit(frozenset({id_}), everywhere) for id_ in ids[1:]),
    )


def collected_profit(instance: Instance, routes: Iterable[Sequence[str]]) -> int:
    """Return what routes collect that are driven as early as possible.

    This is the referee: it knows the file and nothing of the solver.

    Parameters
    ----------
    instance : Instance
    routes : iterable of sequence of str
        Positions of the points in the file, without the depot.

    Raises
    ------
    ValueError
        If a route cannot be driven, or a point is visited twice.
    """
    depot = instance.points[0]
    seen: set[str] = set()
    profit = 0
    for route in routes:
        at, now = depot, depot.opens
        for id_ in route:
            if id_ in seen or id_ == DEPOT:
                raise ValueError(f"points must be visited once, got {id_!r} again")
            seen.add(id_)
            point = instance.points[int(id_)]
            start = max(now + instance.distance(at, point), point.opens)
            if start > point.closes:
                raise ValueError(f"start at {id_!r} must be at most {point.closes}, got {start}")
            at, now = point, start + point.duration
            profit += point.profit
        if (back := now + instance.distance(at, depot)) > depot.closes:
            raise ValueError(f"return must be at most {depot.closes}, got {back}")
    return profit
