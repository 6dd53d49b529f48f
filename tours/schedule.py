"""The one timekeeper: when the bus leaves, arrives, starts and returns, whole seconds.

Nobody else adds drive, reserve and setting up: the solver takes its matrices from here, and
plans, maps, sheets and calendars show the times of `time_tour`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tours.problem import Problem, Shift

MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Halt:
    """A chosen option of a place.

    Attributes
    ----------
    place : str
    start_s, dwell_s : int
    rest_s : int
        The crew's break after the dwell, with the wait until it may begin; 0 for none.
    """

    place: str
    start_s: int
    dwell_s: int
    rest_s: int = 0

    @property
    def departure_s(self) -> int:
        """When the bus leaves at the earliest, seconds after midnight."""
        return self.start_s + self.dwell_s + self.rest_s


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a tour, seconds after midnight.

    Attributes
    ----------
    leave_s, return_s : int
        When the bus leaves the depot, on a full minute, and is expected back.
    arrivals_s, departures_s : tuple of int
        Per halt; the arrival is the expected one, before reserve and setting up.
    """

    leave_s: int
    return_s: int
    arrivals_s: tuple[int, ...]
    departures_s: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """Why a tour cannot be driven.

    Attributes
    ----------
    place : str
        The first place, or the depot, that is reached too late.
    by_s : int
        How much too late, seconds.
    """

    place: str
    by_s: int


def clock(seconds: int) -> str:
    """Return seconds after midnight as ``14:05``; a started minute is not counted."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"


def drive_minutes(drive_s: int) -> int:
    """Return the minutes of a drive as they are shown everywhere.

    Parameters
    ----------
    drive_s : int
        Seconds.

    Returns
    -------
    int
        Whole minutes, half up; at least 1 for any drive.
    """
    return max((drive_s + MINUTE_S // 2) // MINUTE_S, int(drive_s > 0))


def start_gaps(problem: Problem) -> NDArray[np.int64]:
    """Least time from a departure to the next start, shape (n, n).

    Departures and starts lie on ticks, so the time between them is a number of whole ticks.
    """
    gaps = problem.travel.seconds + problem.buffer_s + problem.setup_s
    return gaps + -gaps % problem.tick_s


def return_gaps(problem: Problem) -> NDArray[np.int64]:
    """Least time from a departure to the end of the shift at a depot, shape (n, n)."""
    return problem.travel.seconds + problem.buffer_s


def drive_costs(problem: Problem) -> NDArray[np.int64]:
    """Cost of each drive, hundredths of a contact, half up, shape (n, n)."""
    # One hour and 100 km, brought to the same denominator.
    seconds, metres = 3600, 100_000
    whole = seconds * metres
    cost = problem.travel.seconds * (problem.driving_price * metres)
    cost = cost + problem.travel.metres * (problem.distance_price * seconds)
    return (2 * cost + whole) // (2 * whole)


def start_window(problem: Problem, shift: Shift, place: str, dwell_s: int) -> tuple[int, int]:
    """Return the earliest and the latest start at which a place can be the only halt of a tour.

    No tour with further halts reaches it earlier or may leave it later. The first is after the
    second where there is no such start.

    Parameters
    ----------
    problem : Problem
    shift : Shift
    place : str
    dwell_s : int
    """
    seconds, index = problem.travel.seconds, problem.travel.index
    depot, there = index(shift.depot), index(place)
    out, back = int(seconds[depot, there]), int(seconds[there, depot])
    earliest = shift.start_s + out + problem.buffer_s + problem.setup_s
    latest = shift.end_s - problem.buffer_s - back - dwell_s
    return earliest + -earliest % problem.tick_s, latest - latest % problem.tick_s


def with_drives(times: Times, starts_s: Sequence[int], drives_s: Mapping[int, int]) -> Times:
    """Return the times of a tour some drives of which take another time than was planned.

    Starts and departures stay as they were published; a drive that is too long for that ends
    with the start.

    Parameters
    ----------
    times : Times
        With the departures after the crew's break.
    starts_s : sequence of int
        Per halt, at least one.
    drives_s : Mapping of int to int
        Seconds of the drives that are others, by number; 0 is the one from the depot.
    """
    leave, back, arrivals = times.leave_s, times.return_s, list(times.arrivals_s)
    for number, drive_s in drives_s.items():
        if number == len(starts_s):
            back = times.departures_s[-1] + drive_s
        elif number:
            arrivals[number] = min(starts_s[number], times.departures_s[number - 1] + drive_s)
        else:
            leave = max(0, (starts_s[0] - drive_s) // MINUTE_S * MINUTE_S)
            arrivals[0] = min(starts_s[0], leave + drive_s)
    return Times(leave, back, tuple(arrivals), times.departures_s)


def time_tour(problem: Problem, shift: Shift, halts: Sequence[Halt]) -> Times | Late:
    """Return the times of a tour, or what makes it impossible.

    Parameters
    ----------
    problem : Problem
    shift : Shift
    halts : sequence of Halt
        In the order of the tour, at least one.

    Raises
    ------
    ValueError
        If there is no halt.
    """
    if not halts:
        raise ValueError("halts must hold at least one halt, got 0")
    seconds, index = problem.travel.seconds, problem.travel.index
    depot = index(shift.depot)
    reserve = problem.buffer_s + problem.setup_s
    first = index(halts[0].place)
    leave = halts[0].start_s - reserve - int(seconds[depot, first])
    if leave < shift.start_s:
        return Late(halts[0].place, shift.start_s - leave)
    # Never before the shift starts, which need not be on a full minute.
    leave = max(leave // MINUTE_S * MINUTE_S, shift.start_s)
    at, now = depot, leave
    arrivals: list[int] = []
    departures: list[int] = []
    for halt in halts:
        there = index(halt.place)
        arrival = now + int(seconds[at, there])
        if arrival + reserve > halt.start_s:
            return Late(halt.place, arrival + reserve - halt.start_s)
        at, now = there, halt.departure_s
        arrivals.append(arrival)
        departures.append(now - halt.rest_s)
    back = now + int(seconds[at, depot])
    if back + problem.buffer_s > shift.end_s:
        return Late(shift.depot, back + problem.buffer_s - shift.end_s)
    return Times(leave, back, tuple(arrivals), tuple(departures))
