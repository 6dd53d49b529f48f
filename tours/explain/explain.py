"""Why a place is not in a plan and what it would cost to have it; what a stop is worth.

Both are found by solving again: with the place forced in, or without it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from geodata.places import Place
from tours.appointments import Appointment
from tours.attempts import Attempts
from tours.cycle import replanned
from tours.district import District
from tours.drawup import draw_up
from tours.explain.alike import most_alike
from tours.explain.explanation import TIME_LIMIT_S, Explanation
from tours.explain.infeasible import RulesConflictError
from tours.explain.standing import hindrance
from tours.fingerprint import fingerprint
from tours.leftout import Overdue
from tours.naming import name_of
from tours.plan import Plan
from tours.planning import Task, build_task, settle
from tours.problem import Cover
from tours.solver.conflict import smallest_conflict
from tours.solver.solution import Progress
from tours.wishes import Ban, Wishes, read_wishes
from tours.worth import Worth, difference, worth_of

# The longest that plans of equal worth are looked through for the nearest one, seconds.
MOST_ALIKE_S = 10.0
# What each solve gets of the seconds that are left.
SHARES = (0.4, 0.7, 1.0)


def explain(
    district: District,
    stored: Sequence[Plan],
    week: str,
    place: Place | Appointment,
    *,
    earlier: Sequence[Plan] = (),
    is_torn: bool = False,
    time_limit: float = TIME_LIMIT_S,
    on_progress: Callable[[Progress], None] | None = None,
) -> Explanation:
    """Return why a place is not in the plan of a week, or what its stop is worth.

    Parameters
    ----------
    district : District
    stored : sequence of Plan
        The plan of the week; all plans of its cycle, if it has one and they are there.
    week : str
    place : Place or Appointment
    earlier : sequence of Plan
        What the plans were made with.
    is_torn : bool
        Whether the plan was one of a cycle that is not whole any more; see `tours.cycle.alone`.
    time_limit : float
        Seconds.
    on_progress : callable or None

    Raises
    ------
    InfeasibleError
        If the settings were changed so that no plan is possible.
    ConfigError, AppointmentError, NetworkError
        See `tours.planning.build_task`.
    """
    return _Explaining(
        district, stored, week, place, earlier, is_torn, time_limit, on_progress
    ).explanation()


@dataclass(frozen=True, eq=False)
class _Case:
    """A task that was solved: its worth, its plans, and what is due and not visited."""

    task: Task
    worth: Worth
    plans: tuple[Plan, ...]

    @property
    def overdue(self) -> dict[str, Overdue]:
        """What is due and not visited, by key of the municipality."""
        return {overdue.ags: overdue for overdue in self.plans[0].overdue}

    @property
    def duties(self) -> frozenset[str]:
        """Keys of the municipalities that are insisted on."""
        return frozenset(duty.ags for duty in self.task.offer.duties.values())


class _Explaining:
    """What is known while one place is explained."""

    def __init__(
        self,
        district: District,
        stored: Sequence[Plan],
        week: str,
        place: Place | Appointment,
        earlier: Sequence[Plan],
        is_torn: bool,
        time_limit: float,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self.district = district
        self.stored = tuple(stored)
        self.plan = next(plan for plan in stored if plan.week == week)
        self.weeks = self.plan.cycle or (week,)
        self.place = place
        self.earlier = earlier
        self.is_torn = is_torn
        self.until = time.monotonic() + time_limit
        self.time_limit = time_limit
        self.on_progress = on_progress
        self.wishes = read_wishes(self.plan.wishes)
        self.known = Explanation(
            place_id=place.id,
            name=name_of(place),
            week=week,
            weeks=self.weeks,
            is_appointment=isinstance(place, Appointment),
            is_wished=place.id in {pin.place for pin in self.wishes.pins} | {*self.wishes.forced},
            is_planned=False,
            reason="undecided",
            time_limit=time_limit,
        )

    def explanation(self) -> Explanation:
        task = self._task(self.district, self.wishes)
        found = hindrance(self.district, task.outings, task.offer, self.place, self.known.week)
        lifted = None
        self.known = replace(self.known, hindrance=found)
        if found is not None and found.reason == "banned":
            # What hinders it besides is the better reason, and what does not has its price.
            lifted = self._with()
            where = self.place, self.known.week
            more = hindrance(self.district, lifted.outings, lifted.offer, *where)
            lifted, found = (None, more) if more else (lifted, found)
        if found is not None:
            self.known = replace(self.known, reason=found.reason, hindrance=found)
            if lifted is None:
                return self.known
        try:
            now = self._as_stored(self._now(task))
        except RulesConflictError as error:
            if error.conflict.is_proven:
                raise
            return replace(self.known, is_planned=self._is_in((self.plan,)))
        self.known = replace(
            self.known, is_planned=self._is_in(now.plans), worth=now.worth, before=now.plans
        )
        try:
            task = lifted or (self._without() if self.known.is_planned else self._with())
            other = self._case(task, SHARES[1], now.plans)
        except RulesConflictError as error:
            return self._forbidden(error)
        return self._compared(now, other)

    def _is_in(self, plans: Sequence[Plan]) -> bool:
        """Tell whether plans visit the place in the week that is asked about."""
        return any(
            stop.place_id == self.place.id
            for plan in plans
            if plan.week == self.known.week
            for tour in plan.tours
            for stop in tour.stops
        )

    def _task(self, district: District, wishes: Wishes) -> Task:
        return build_task(district, self.weeks, earlier=self.earlier, wishes=wishes)

    def _with(self) -> Task:
        """Return the task with the place forced in, as ``--force`` does it.

        Where a ban keeps it away from the whole week, all its bans are lifted.
        """
        forced = tuple(dict.fromkeys((*self.wishes.forced, self.place.id)))
        bans = tuple(
            ban
            for ban in self.wishes.bans
            if ban.place != self.place.id or not self.known.hindrance
        )
        return self._task(self.district, replace(self.wishes, forced=forced, bans=bans))

    def _without(self) -> Task:
        """Return the task without the place."""
        id_ = self.place.id
        if isinstance(self.place, Appointment):
            others = tuple(a for a in self.district.appointments if a.id != id_)
            return self._task(replace(self.district, appointments=others), self.wishes)
        wishes = replace(
            self.wishes,
            pins=tuple(pin for pin in self.wishes.pins if pin.place != id_),
            forced=tuple(place for place in self.wishes.forced if place != id_),
            bans=(*self.wishes.bans, Ban(id_)),
        )
        return self._task(self.district, wishes)

    def _seconds(self, share: float) -> float:
        return share * max(0.0, self.until - time.monotonic())

    def _now(self, task: Task) -> _Case:
        """Return the case of the weeks as they are, without solving what was proven already."""
        waived = {overdue.ags for overdue in self.plan.overdue if overdue.reason != "no_place"}
        settled = task.waiving(waived) if waived else task
        if (
            self.plan.is_optimal
            and self._is_whole
            and (fingerprint(settled.offer.problem) == self.plan.problem)
        ):
            return _Case(settled, Worth(self.plan.value, self.plan.bound), self.stored)
        return self._case(task, SHARES[0], self.stored)

    def _case(self, task: Task, share: float, like: Sequence[Plan]) -> _Case:
        """Solve a task, beginning with plans, and return what is nearest to them.

        Parameters
        ----------
        task : Task
        share : float
            Of the seconds that are left.
        like : sequence of Plan
        """
        attempts = Attempts(self.plan.seed, self._seconds(share), self.on_progress, known=like)
        settled, solution, waived = settle(task, attempts)
        problem = settled.offer.problem
        left = min(MOST_ALIKE_S, self._seconds(share))
        solution = most_alike(problem, solution, like, left)
        plans = draw_up(
            task.district,
            settled.outings,
            router=settled.router,
            offer=settled.offer,
            solution=solution,
            waived=waived,
            seed=self.plan.seed,
            wishes=settled.wishes,
            rhythm=settled.history.rhythm,
        )
        return _Case(settled, Worth(solution.value, solution.bound), plans)

    @property
    def _is_whole(self) -> bool:
        """Whether the plans of all weeks are there, as they were planned together."""
        others = {plan.week: plan for plan in self.stored}
        return not self.is_torn and not replanned(self.plan, others)

    def _as_stored(self, now: _Case) -> _Case:
        """Return the case with the plans that the team knows, if they are as good as any known."""
        source = self.district.network.source
        if self.plan.config_digest != self.district.digest:
            outdated = "settings"
        elif not self._is_whole:
            outdated = "cycle"
        else:
            value = worth_of(now.task.offer.problem, self.stored)
            if (
                value == self.plan.value
                and now.worth.value <= value <= now.worth.bound
                and self.plan.network == source
            ):
                return replace(now, worth=replace(now.worth, value=value), plans=self.stored)
            is_known_best = self.plan.is_optimal or value != self.plan.value
            outdated = "earlier" if is_known_best or self.plan.network != source else "better"
        self.known = replace(self.known, outdated=outdated)
        return now

    def _forbidden(self, error: RulesConflictError) -> Explanation:
        known = replace(self.known, conflict=error.conflict, demands=error.demands)
        if error.conflict.is_proven:
            reason = "needed" if known.is_planned else "forbidden"
            return replace(known, reason=reason, hindrance=None)
        return known if known.hindrance else replace(known, reason="undecided")

    def _compared(self, now: _Case, other: _Case) -> Explanation:
        due = tuple(o for ags, o in other.overdue.items() if ags not in now.overdue)
        # A wish or an appointment can keep a better week away, and so can a municipality
        # that only the one of the two insists on.
        is_free = self.known.hindrance is None and not (
            self.known.is_planned and (self.known.is_wished or self.known.is_appointment)
        )
        is_part = is_free and now.duties == other.duties
        price = difference(now.worth, other.worth, is_part=is_part)
        known = replace(
            self.known,
            other=other.worth,
            price=price,
            after=other.plans,
            due=due,
        )
        if any(overdue.reason == "not_found" for overdue in due):
            # There may be a plan that visits it all the same.
            return replace(known, reason=known.hindrance.reason if known.hindrance else "undecided")
        if known.hindrance is not None:
            return known
        if self.known.is_planned:
            return replace(known, reason="needed_by_due" if due else "worth_it")
        if due:
            return replace(known, reason="displaces_due")
        if is_part and other.worth.value > now.worth.value:
            return replace(known, reason="better")
        if price.most == 0:
            return replace(known, reason="as_good")
        if price.least == 0:
            return known
        fits = self._fits(other.task)
        reason = "worth_less" if fits else "no_room"
        return replace(known, reason=reason, is_room_proven=fits is not None)

    def _fits(self, task: Task) -> bool | None:
        """Tell whether the place can be visited beside all other stops, if time suffices."""
        visits = [
            (plan.week, stop.place_id)
            for plan in self.known.before
            for tour in plan.tours
            for stop in tour.stops
        ]
        others = tuple(
            Cover(place, frozenset({place}), visits.count((week, place)), None, shifts)
            for week, place in dict.fromkeys(visits)
            for shifts in (task.outings.in_week(week),)
        )
        problem = task.offer.problem
        conflict = smallest_conflict(
            replace(problem, covers=(*problem.covers, *others)),
            (),
            seed=self.plan.seed,
            time_limit=self._seconds(SHARES[2]),
        )
        if conflict is None:
            return True
        return False if conflict.is_proven else None
