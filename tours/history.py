"""What earlier plans tell: when a place was last planned, and what the public knows.

A planned stop counts as a visit unless the log says that it did not take place; visits that no
plan asked for count, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from geodata.places import Place
from tours.calendar import week_of, weeks_between
from tours.plan import Plan
from tours.visits.visit import Visit, announced_stops


@dataclass(frozen=True)
class History:
    """Plans of earlier weeks.

    Attributes
    ----------
    plans : tuple of Plan
        Oldest first. The first is the first of the workspace, even if the next ones follow only
        much later.
    visits : tuple of Visit
        What is logged.
    ags : Mapping of str to str
        Key of the municipality per place that a visit can name.
    """

    plans: tuple[Plan, ...] = ()
    visits: tuple[Visit, ...] = ()
    ags: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def _last(self) -> tuple[dict[str, str], dict[str, str]]:
        """The week of the last stop per municipality and per place."""
        municipalities: dict[str, str] = {}
        places: dict[str, str] = {}
        missed = {(v.place, v.planned.slot) for v in self.visits if v.reason and v.planned}
        for plan in self.plans:
            for _date, stop, planned in announced_stops((plan,)):
                if (stop.place_id, planned.slot) not in missed:
                    municipalities[stop.ags] = places[stop.place_id] = plan.week
        for visit in self.visits:
            if visit.took_place:
                week, ags = week_of(visit.date), self.ags.get(visit.place, "")
                places[visit.place] = max(week, places.get(visit.place, week))
                municipalities[ags] = max(week, municipalities.get(ags, week))
        return municipalities, places

    def weeks_without_municipality(self, ags: str, week: str) -> int | None:
        """Return the weeks since the last stop in a municipality; None if there was none."""
        last = self._last[0].get(ags)
        return weeks_between(last, week) if last else None

    def weeks_without_place(self, place: str, week: str) -> int | None:
        """Return the weeks since the last stop at a place; None if there was none."""
        last = self._last[1].get(place)
        return weeks_between(last, week) if last else None

    def weeks_of_service(self, week: str) -> int:
        """Return the weeks since the one before the first plan; 1 in the week of the first."""
        return weeks_between(self.plans[0].week, week) + 1 if self.plans else 1

    @property
    def rhythm(self) -> int:
        """After how many weeks a week comes again: those of the last cycle, 1 without one."""
        return self.plans[-1].rhythm if self.plans else 1

    def rosters(self, week: str, length: int = 1) -> tuple[Plan, ...]:
        """Return the plans that a week repeats, the valid one first.

        The weeks of a cycle repeat those at the same place of the last cycle of that length;
        if there is none, and in a single week, the plan before is the valid one. Single weeks
        planned after a cycle go on with its weeks in turn, until there is another cycle.

        Parameters
        ----------
        week : str
            ISO week.
        length : int
            Weeks that are planned as one.
        """
        newest = self.plans[::-1]
        if length == 1:
            length = self.rhythm
        alike = tuple(
            plan
            for plan in newest
            if plan.rhythm == length and weeks_between(plan.week, week) % length == 0
        )
        return newest if length == 1 else alike or newest

    def announced(self, week: str, length: int = 1) -> frozenset[tuple[str, int, int]]:
        """Return what the public knows for a week: place, weekday and start of each stop.

        A weekday that was cancelled in the valid plan is taken from the last one that drove it,
        and so is a bus that was cancelled while others drove.
        """
        found: set[tuple[str, int, int]] = set()
        known: set[int] = set()
        missing: set[tuple[int, str]] = set()
        for plan in self.rosters(week, length):
            told = [
                tour
                for tour in plan.tours
                if tour.date.weekday() not in known or (tour.date.weekday(), tour.bus) in missing
            ]
            found |= {
                (stop.place_id, tour.date.weekday(), stop.start_s)
                for tour in told
                for stop in tour.stops
            }
            # A bus of an older plan that was not cancelled since is there no more.
            missing |= {
                (cancelled.date.weekday(), cancelled.bus)
                for cancelled in plan.cancelled
                if cancelled.date.weekday() not in known
            }
            missing -= {(tour.date.weekday(), tour.bus) for tour in told}
            known |= {tour.date.weekday() for tour in plan.tours}
        return frozenset(found)


def read_history(
    plans: Sequence[Plan], visits: Sequence[Visit] = (), places: Sequence[Place] = ()
) -> History:
    """Return what plans and visits tell, in the order of their weeks.

    Parameters
    ----------
    plans : sequence of Plan
    visits : sequence of Visit
        Before the week that is planned.
    places : sequence of Place
        Tell the municipalities of the visits.
    """
    ags = {place.id: place.ags for place in places}
    return History(tuple(sorted(plans, key=lambda plan: plan.week)), tuple(visits), ags)
