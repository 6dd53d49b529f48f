"""Plan weeks: from district, places, settings and roads to plans that can be shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.errors import Fault
from geodata.language import translator
from geodata.travel import Point, Router, TravelTimes
from tours.attempts import Attempts
from tours.calendar import week_dates, week_of
from tours.candidates import Offer, offer_weeks
from tours.config import Config
from tours.dates import short_date
from tours.district import District
from tours.drawup import draw_up
from tours.due import Duty, most_overdue_first
from tours.errors import InfeasibleError
from tours.explain.infeasible import RulesConflictError, refusal
from tours.explain.lengthening import helpful_minutes
from tours.explain.remedies import demands_of
from tours.history import History, read_history
from tours.outings import Outings, build_outings
from tours.plan import Plan
from tours.problem import Problem
from tours.solver.solution import Progress, Solution
from tours.wishes import Wishes

_ = translator("tours")


@dataclass(frozen=True, eq=False)
class Task:
    """Some weeks to be planned as one, with all that their problem is made from.

    Attributes
    ----------
    district : District
    outings : Outings
    history : History
    wishes : Wishes
    router : Router
    travel : TravelTimes
    offer : Offer
    """

    district: District
    outings: Outings
    history: History
    wishes: Wishes
    router: Router
    travel: TravelTimes
    offer: Offer

    def waiving(self, waived: Collection[str]) -> Task:
        """Return the task without insisting on the cycle of some municipalities, by key."""
        offer = offer_weeks(
            self.district,
            self.outings,
            self.travel,
            history=self.history,
            wishes=self.wishes,
            waived=waived,
        )
        return replace(self, offer=offer)

    def problem_with(self, config: Config) -> Problem:
        """Return the problem of the weeks with other settings, without insisting on the cycle."""
        district = replace(self.district, config=config)
        return offer_weeks(
            district,
            build_outings(config, self.outings.weeks, self.wishes.outages),
            self.travel,
            history=self.history,
            wishes=self.wishes,
            waived={duty.ags for duty in self.offer.duties.values()},
        ).problem


def build_task(
    district: District,
    weeks: Sequence[str],
    *,
    earlier: Sequence[Plan] = (),
    wishes: Wishes | None = None,
    waived: Collection[str] = (),
) -> Task:
    """Return what is to be solved for some weeks.

    Parameters
    ----------
    district : District
    weeks : sequence of str
        ISO weeks that follow each other.
    earlier : sequence of Plan
        Plans of earlier weeks, oldest first, the first of the workspace among them. The valid
        one is the roster that the public knows; all tell when a place was last visited.
    wishes : Wishes or None
    waived : collection of str
        Keys of municipalities whose cycle is not insisted on; those that `Plan.overdue` names
        in a plan that was made before.

    Raises
    ------
    ConfigError, AppointmentError
        If a wish or an appointment cannot hold.
    InfeasibleError
        If no afternoon of a week is left.
    NetworkError
        If a depot or an appointment has no road.
    """
    wishes = wishes or Wishes()
    outings = build_outings(district.config, weeks, wishes.outages)
    empty = [week for week in weeks if not outings.in_week(week)]
    if empty:
        raise InfeasibleError.collected(_no_afternoon(week, outings) for week in empty)
    router = router_of(district)
    travel = router.travel_times()
    # What is dated in the weeks themselves counts no more than it did when they were planned first.
    visits = district.journal.before(week_dates(weeks[0])[0]).visits
    history = read_history(earlier, visits, district.places)
    offer = offer_weeks(district, outings, travel, history=history, wishes=wishes, waived=waived)
    return Task(district, outings, history, wishes, router, travel, offer)


def _no_afternoon(week: str, outings: Outings) -> Fault:
    lost = {c.date: c.holiday for c in outings.cancelled if week_of(c.date) == week}
    days = "; ".join(f"{short_date(date)} ({reason})" for date, reason in lost.items())
    return Fault(
        _("No afternoon of {week} is left: {days}").format(week=week, days=days),
        remedy=_(
            "Plan another week, or take a day out of --cancel or of no_service in region.toml"
        ),
    )


def plan_week(
    district: District,
    week: str,
    *,
    earlier: Sequence[Plan] = (),
    known: Sequence[Plan] = (),
    wishes: Wishes | None = None,
    seed: int = 0,
    time_limit: float | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Plan:
    """Return the plan of a week; see `plan_weeks`."""
    (plan,) = plan_weeks(
        district,
        (week,),
        earlier=earlier,
        known=known,
        wishes=wishes,
        seed=seed,
        time_limit=time_limit,
        on_progress=on_progress,
    )
    return plan


def plan_weeks(
    district: District,
    weeks: Sequence[str],
    *,
    earlier: Sequence[Plan] = (),
    known: Sequence[Plan] = (),
    wishes: Wishes | None = None,
    seed: int = 0,
    time_limit: float | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Plan, ...]:
    """Return the plans of some weeks, chosen as one.

    Parameters
    ----------
    district : District
    weeks : sequence of str
        ISO weeks that follow each other.
    earlier : sequence of Plan
        See `build_task`.
    known : sequence of Plan
        Plans that these weeks have already, with these or other settings: where planning
        begins. The result is worth no less, as far as they are still possible.
    wishes : Wishes or None
    seed : int
    time_limit : float or None
        Seconds for the solver.
    on_progress : callable or None
    should_stop : callable or None
        Asked again and again; once it says so, the best plans so far are taken.

    Raises
    ------
    InfeasibleError
        If the rules cannot hold together, or no afternoon of a week is left.
    ConfigError, AppointmentError, NetworkError
        See `build_task`.
    """
    task = build_task(district, weeks, earlier=earlier, wishes=wishes)
    attempts = Attempts(seed, time_limit, on_progress, should_stop, known)
    try:
        settled, solution, waived = settle(task, attempts)
    except RulesConflictError as error:
        if not error.conflict.is_proven:
            raise
        longer = helpful_minutes(
            district.config, task.problem_with, seed=seed, time_limit=attempts.seconds_left
        )
        raise refusal(error.conflict, error.demands, longer) from None
    return draw_up(
        district,
        settled.outings,
        router=settled.router,
        offer=settled.offer,
        solution=solution,
        waived=waived,
        seed=seed,
        wishes=settled.wishes,
        rhythm=settled.history.rhythm,
    )


def settle(task: Task, attempts: Attempts) -> tuple[Task, Solution, Mapping[Duty, str]]:
    """Solve a task, insisting on as many overdue municipalities as the weeks can hold.

    The most overdue ones go first: each is insisted on if there is a plan with it and all
    those before it.

    Parameters
    ----------
    task : Task
    attempts : Attempts

    Returns
    -------
    Task
        Without the municipalities that are not insisted on.
    Solution
    Mapping of Duty to str
        Those municipalities, with the reason; see `tours.leftout.OVERDUE_REASONS`.

    Raises
    ------
    InfeasibleError
        If the other rules cannot hold together, or no plan that keeps them was found in time.
    """
    # Which municipalities are missed by a plan that misses as few as it must is worth knowing.
    solution = attempts.first(task.offer.problem, rules_only=not task.offer.duties)
    if not solution.broken:
        return task, solution, {}
    duties = task.offer.duties
    order = most_overdue_first(tuple(dict.fromkeys(duties.values())))
    missed = {duties[number] for number in solution.broken if number in duties}
    if (
        solution.status == "infeasible"
        and solution.bound == solution.value
        and all(number in duties for number in solution.broken)
        and _are_last(missed, order)
    ):
        # No plan misses fewer, and none of those that are missed would have gone first.
        proven = replace(solution, broken=(), status="optimal")
        return task.waiving({d.ags for d in missed}), proven, dict.fromkeys(missed, "no_time")
    settled = task
    if any(number not in duties for number in solution.broken):
        settled = task.waiving({duty.ags for duty in order}) if order else task
        solution = _keeping_rules(settled, attempts, solution if settled is task else None)
    kept: set[str] = set()
    waived: dict[Duty, str] = {}
    everything = {duty.ags for duty in order}
    for duty in order:
        if is_kept(duty, task, solution):
            kept.add(duty.ags)
            continue
        trial = task.waiving(everything - kept - {duty.ags})
        found = attempts.solve(trial.offer.problem)
        if found.broken:
            waived[duty] = "no_time" if found.status == "infeasible" else "not_found"
        else:
            kept.add(duty.ags)
            settled, solution = trial, found
    final = task.waiving(everything - kept)
    found = attempts.solve(final.offer.problem)
    if not found.broken:
        return final, found, waived
    # Out of time, the last plan that keeps them all is as good.
    if settled is task:
        return final, replace(solution, broken=(), status="feasible"), waived
    return settled, solution, waived


def _keeping_rules(task: Task, attempts: Attempts, first: Solution | None) -> Solution:
    """Solve a task that insists on no municipality.

    Parameters
    ----------
    task : Task
    attempts : Attempts
    first : Solution or None
        What a first look found.

    Raises
    ------
    InfeasibleError
        If its rules cannot hold together, or no plan that keeps them was found in time.
    """
    problem = task.offer.problem
    solution = first or attempts.first(problem)
    if not solution.broken:
        return solution
    demands = demands_of(task.district, task.outings, task.wishes, task.offer)
    rules = [demand.rule for demand in demands]
    is_infeasible = solution.status == "infeasible"
    conflict = attempts.conflict(problem, rules, is_infeasible=is_infeasible)
    if conflict is None or not (conflict.is_proven or is_infeasible):
        # Whoever does not know why there should be no plan goes on looking for one.
        solution = attempts.solve(problem)
        if not solution.broken:
            return solution
        if conflict is None or solution.status == "infeasible":
            conflict = attempts.conflict(problem, rules, is_infeasible=True)
    if conflict is None:
        raise ValueError("rules must hold together if the time sufficed to find that they do")
    raise refusal(conflict, demands)


def _are_last(missed: Collection[Duty], order: Sequence[Duty]) -> bool:
    """Tell whether every other municipality is overdue for as long, or longer."""
    longest = max(duty.weeks for duty in missed)
    return all(len(duty.windows) == 1 for duty in missed) and all(
        duty.weeks >= longest for duty in order if duty not in missed
    )


def is_kept(duty: Duty, task: Task, solution: Solution) -> bool:
    """Tell whether a plan visits a municipality in each of the windows that its cycle asks."""
    members = {place.id for place in task.district.places if place.ags == duty.ags}
    visited = {
        n for n, halts in enumerate(solution.tours) if any(h.place in members for h in halts)
    }
    return all(visited & task.outings.in_week(*window) for window in duty.windows)


def router_of(district: District) -> Router:
    """Return the roads with all points to drive to; places without a road are left out.

    Raises
    ------
    NetworkError
        If a depot or an appointment has no road.
    """
    places = {place.id for place in district.places}
    points = travel_points(district)
    return Router(district.network, points, needed={p.id for p in points} - places)


def travel_points(district: District) -> list[Point]:
    """Return the points to drive to: the depots first, the main one before the others."""
    return [
        *(Point(site.point, site.name, site.lon, site.lat) for site in district.config.depots),
        *(Point(p.id, p.name, p.lon, p.lat) for p in district.places),
        *(Point(a.id, a.title, a.lon, a.lat) for a in district.appointments if not a.is_called_off),
    ]
