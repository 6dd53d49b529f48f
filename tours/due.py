"""Which municipalities the cycle asks to visit, by when, and which of them are the most overdue.

A focus area of one municipality has a rule of its own; every other municipality is visited once
in `cycle_weeks`. What was never visited counts from the first plan on, so that not all are due
at once in the first week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tours.calendar import weeks_between
from tours.config import Config
from tours.history import History


@dataclass(frozen=True, slots=True)
class Duty:
    """A municipality, and when it has to be visited.

    Attributes
    ----------
    ags, name : str
    weeks : int
        Since the last visit, or since the week before the first plan; seen from the first week.
    was_visited : bool
    is_overdue : bool
        Whether its cycle ends in these weeks, or has ended before.
    windows : tuple of tuple of str
        Weeks, one visit at least in each tuple of them; none if nothing is due yet.
    """

    ags: str
    name: str
    weeks: int
    was_visited: bool
    is_overdue: bool
    windows: tuple[tuple[str, ...], ...]


def duty_of(ags: str, name: str, weeks: Sequence[str], history: History, config: Config) -> Duty:
    """Return when a municipality has to be visited in the weeks that are planned as one.

    Parameters
    ----------
    ags, name : str
    weeks : sequence of str
        ISO weeks, in order.
    history : History
    config : Config
    """
    last = history.weeks_without_municipality(ags, weeks[0])
    since = last or history.weeks_of_service(weeks[0])
    cycle = config.cycle_weeks
    # Positions of the weeks: the last one of the cycle that runs, then each cycle as a whole.
    offsets = [weeks_between(weeks[0], week) for week in weeks]
    spans = [(0, max(cycle - since, 0))]
    spans += [(first, first + cycle - 1) for first in range(offsets[-1] + 1)]
    spans = [span for span in spans if span[1] <= offsets[-1]]
    is_overdue = since + offsets[-1] >= cycle
    if len(weeks) > 1:
        # Weeks that are repeated in turn have to hold every municipality once.
        spans.append((0, offsets[-1]))
    # What a narrower span asks, a wider one need not ask again.
    least = [
        span
        for span in dict.fromkeys(spans)
        if not any(other != span and _is_within(other, span) for other in spans)
    ]
    windows = tuple(
        tuple(week for week, at in zip(weeks, offsets, strict=True) if first <= at <= last)
        for first, last in sorted(least)
    )
    return Duty(ags, name, since, last is not None, is_overdue, windows)


def _is_within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def most_overdue_first(duties: Sequence[Duty]) -> list[Duty]:
    """Return duties by weeks since the last visit, those of the same number by name."""
    return sorted(duties, key=lambda duty: (-duty.weeks, duty.name, duty.ags))
