"""Why a pin cannot hold, even by itself: the afternoon, the opening hours or the way."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.language import translator
from geodata.places import Place
from tours.calendar import open_intervals
from tours.config import Config
from tours.problem import Problem, Shift
from tours.schedule import clock, start_window
from tours.starts import open_starts, suitable_dwells
from tours.wishes import Pin

_ = translator("tours")


def pin_obstacle(
    pin: Pin, place: Place, shifts: Sequence[Shift], problem: Problem, config: Config
) -> str:
    """Return why none of the shifts has a start that a pin allows.

    Parameters
    ----------
    pin : Pin
    place : Place
        The one that is pinned.
    shifts : sequence of Shift
        Those on the days of the pin, at least one.
    problem : Problem
    config : Config
    """
    start = pin.start_s
    if start is not None and (beyond := _beyond_afternoon(start, place, shifts, config)):
        return beyond
    fitting = [
        (shift, begin, dwell)
        for shift in shifts
        for begin, dwell in open_starts(place, shift, config)
        if pin.fits(shift.date, begin)
    ]
    if not fitting:
        return _closed(place, shifts, config)
    earliest, latest = _window(place, shifts, problem, config)
    if earliest > latest:
        return _("the way there and back takes longer than the afternoon")
    if start is not None and start < earliest:
        text = _("the bus cannot be ready there before {time}, even if it drives there at once")
        return text.format(time=clock(earliest))
    if start is not None and start > latest:
        text = _("it has to begin by {time}, so that the bus is back in time")
        return text.format(time=clock(latest))
    return _("it cannot be reached, or left, in time then")


def _beyond_afternoon(start: int, place: Place, shifts: Sequence[Shift], config: Config) -> str:
    shortest = suitable_dwells(place, config)[0]
    first, last = min(shift.start_s for shift in shifts), max(shift.end_s for shift in shifts)
    if start < first:
        return _("the afternoon starts at {time}").format(time=clock(first))
    if start + shortest > last:
        text = _("the afternoon ends at {time}, and the shortest stop takes {minutes} minutes")
        return text.format(time=clock(last), minutes=shortest // 60)
    return ""


def _closed(place: Place, shifts: Sequence[Shift], config: Config) -> str:
    spans = dict.fromkeys(
        span for shift in shifts for span in open_intervals(place.hours, shift.date, config.state)
    )
    if not spans:
        return _("it is closed then all day (hours in places.csv)")
    text = _("it is open {spans} then (hours in places.csv), and a stop takes {minutes} minutes")
    return text.format(
        spans=", ".join(f"{clock(opens)}–{clock(closes)}" for opens, closes in spans),
        minutes=suitable_dwells(place, config)[0] // 60,
    )


def _window(
    place: Place, shifts: Sequence[Shift], problem: Problem, config: Config
) -> tuple[int, int]:
    """Return the first and the last start on the grid, whatever the opening hours."""
    windows = [
        start_window(problem, shift, place.id, dwell)
        for shift in shifts
        for dwell in suitable_dwells(place, config)
    ]
    earliest, latest = min(first for first, _last in windows), max(last for _first, last in windows)
    return earliest + -earliest % config.grid_s, latest - latest % config.grid_s
