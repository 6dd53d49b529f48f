"""When a place can be visited, wherever the bus is: starts and dwells, or why it never is."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.places import Place
from tours.appointments import Appointment
from tours.calendar import open_intervals
from tours.config import Config
from tours.problem import Shift


def excluded(place: Place, config: Config) -> str | None:
    """Return why a place is never offered; None if it is."""
    if place.status != "active":
        return "resting"
    return "not_served" if place.ags in config.not_served else None


def suitable_dwells(place: Place, config: Config) -> tuple[int, ...]:
    """Return the dwells that suit the place, or its shortest one if none of the list does."""
    suitable = tuple(d for d in config.dwells_s if place.min_dwell_s <= d <= place.max_dwell_s)
    return suitable or (place.min_dwell_s,)


def open_starts(place: Place, shift: Shift, config: Config) -> Iterator[tuple[int, int]]:
    """Yield the starts and dwells within opening hours and shift, wherever the bus is."""
    for opens, closes in open_intervals(place.hours, shift.date, config.state):
        first = max(opens, shift.start_s)
        first += -first % config.grid_s
        last = min(closes, shift.end_s)
        for dwell in suitable_dwells(place, config):
            for start in range(first, last - dwell + 1, config.grid_s):
                yield start, dwell


def appointment_starts(
    appointment: Appointment, config: Config, first_s: int, last_s: int
) -> tuple[int, ...]:
    """Return the starts between two times at which an appointment can be told to people.

    They lie on the grid of the published starts; the first and the last one that were agreed on
    are always among them.
    """
    start, latest, grid = appointment.start_s, appointment.latest_s, config.grid_s
    starts = {start, latest, *range(start + -start % grid, latest + 1, grid)}
    return tuple(sorted(s for s in starts if first_s <= s <= last_s))
