"""Planned against happened: which announced stops took place, when and for how long."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tours.plan import Plan
from tours.visits.visit import PlannedStop, Visit, announced_stops

# Later than this after the published start is not punctual.
PUNCTUAL_S = 10 * 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """An announced stop, and what became of it.

    Attributes
    ----------
    place : str
    date : date
    planned : PlannedStop
    visit : Visit or None
        None where nothing is logged yet.
    """

    place: str
    date: dt.date
    planned: PlannedStop
    visit: Visit | None

    @property
    def late_s(self) -> int | None:
        """Seconds from the published start to the arrival, 0 if it was before; None if missed."""
        if self.visit is None or not self.visit.took_place:
            return None
        return max(self.visit.arrival_s - self.planned.start_s, 0)


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of outcomes.

    Attributes
    ----------
    announced, kept, punctual, unplanned : int
    missed : Mapping of str to int
        By reason, the most frequent first.
    open : int
        Announced, over, and not logged.
    planned_dwell_s, dwell_s : int
        Of the stops that were kept: as announced, and as it was.
    """

    announced: int
    kept: int
    punctual: int
    missed: Mapping[str, int]
    open: int
    unplanned: int
    planned_dwell_s: int
    dwell_s: int


def outcomes(
    plans: Sequence[Plan], visits: Sequence[Visit], first: dt.date, last: dt.date
) -> tuple[Outcome, ...]:
    """Return what became of the stops that were announced for some days, by date and start.

    What a visit answers counts even if the week was planned anew since.

    Parameters
    ----------
    plans : sequence of Plan
    visits : sequence of Visit
    first, last : date
        Both included.
    """
    found: dict[tuple[str, str, str, int], Outcome] = {}
    for date, stop, planned in announced_stops(plans):
        if first <= date <= last:
            found[stop.place_id, *planned.slot] = Outcome(stop.place_id, date, planned, None)
    for visit in visits:
        if visit.planned and first <= visit.date <= last:
            key = (visit.place, *visit.planned.slot)
            found[key] = Outcome(visit.place, visit.date, visit.planned, visit)
    return tuple(sorted(found.values(), key=lambda o: (o.date, o.planned.start_s, o.place)))


def unplanned(visits: Sequence[Visit], first: dt.date, last: dt.date) -> tuple[Visit, ...]:
    """Return the visits of some days that no plan asked for."""
    return tuple(
        v for v in visits if first <= v.date <= last and v.took_place and v.planned is None
    )


def summary(some: Sequence[Outcome], beside: Sequence[Visit]) -> Summary:
    """Count outcomes.

    Parameters
    ----------
    some : sequence of Outcome
    beside : sequence of Visit
        Those that were not planned.
    """
    kept = [(o, o.visit) for o in some if o.visit and o.visit.took_place]
    reasons = Counter(o.visit.reason for o in some if o.visit and o.visit.reason)
    return Summary(
        announced=len(some),
        kept=len(kept),
        punctual=sum((outcome.late_s or 0) <= PUNCTUAL_S for outcome, _visit in kept),
        missed=dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        open=sum(outcome.visit is None for outcome in some),
        unplanned=len(beside),
        planned_dwell_s=sum(outcome.planned.dwell_s for outcome, _visit in kept),
        dwell_s=sum(visit.dwell_s for _outcome, visit in kept),
    )
