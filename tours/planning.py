"""Plan weeks: from district, places, settings and roads to plans that can be shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.errors import Fault
from geodata.language import translator
from geodata.travel import Point, Router, TravelTimes
from tours.candidates import Offer, offer_weeks
from tours.district import District
from tours.drawup import draw_up
from tours.due import Duty, most_overdue_first
from tours.errors import InfeasibleError
from tours.history import History, read_history
from tours.outings import Outings, build_outings
from tours.plan import Plan
from tours.problem import Problem
from tours.solver.exact import Progress, Solution, solve
from tours.wishes import Wishes

_ = translator("tours")

# What a further attempt gets when the time is up, seconds.
LAST_ATTEMPT_S = 1.0


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
        If a depot, a place or an appointment has no road.
    """
    wishes = wishes or Wishes()
    outings = build_outings(district.config, weeks, wishes.outages)
    empty = [week for week in weeks if not outings.in_week(week)]
    if empty:
        raise InfeasibleError.collected(
            Fault(
                _("All afternoons of {week} are public holidays or cancelled").format(week=week),
                remedy=_("Plan another week, or add an afternoon to region.toml"),
            )
            for week in empty
        )
    router = Router(district.network, travel_points(district))
    travel = router.travel_times()
    history = read_history(earlier)
    offer = offer_weeks(district, outings, travel, history=history, wishes=wishes, waived=waived)
    return Task(district, outings, history, wishes, router, travel, offer)


def plan_week(
    district: District,
    week: str,
    *,
    earlier: Sequence[Plan] = (),
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
    wishes: Wishes | None = None,
    seed: int = 0,
    time_limit: float | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> tuple[Plan, ...]:
    """Return the plans of some weeks, chosen as one.

    Parameters
    ----------
    district : District
    weeks : sequence of str
        ISO weeks that follow each other.
    earlier : sequence of Plan
        See `build_task`.
    wishes : Wishes or None
    seed : int
    time_limit : float or None
        Seconds for the solver.
    on_progress : callable or None

    Raises
    ------
    InfeasibleError
        If the rules cannot hold together, or no afternoon of a week is left.
    ConfigError, AppointmentError, NetworkError
        See `build_task`.
    """
    task = build_task(district, weeks, earlier=earlier, wishes=wishes)
    until = None if time_limit is None else time.monotonic() + time_limit

    def attempt(problem: Problem) -> Solution:
        seconds = None
        if until is not None and time_limit is not None:
            seconds = max(until - time.monotonic(), min(LAST_ATTEMPT_S, time_limit))
        return solve(problem, seed=seed, time_limit=seconds, on_progress=on_progress)

    settled, solution, waived = settle(task, attempt)
    return draw_up(
        district,
        settled.outings,
        router=settled.router,
        offer=settled.offer,
        solution=solution,
        waived=waived,
        seed=seed,
        wishes=settled.wishes,
    )


def settle(
    task: Task, attempt: Callable[[Problem], Solution]
) -> tuple[Task, Solution, Mapping[Duty, str]]:
    """Solve a task, insisting on as many overdue municipalities as the weeks can hold.

    The most overdue ones go first: each is insisted on if there is a plan with it and all
    those before it.

    Parameters
    ----------
    task : Task
    attempt : callable
        Solves a problem.

    Returns
    -------
    Task
        Without the municipalities that are not insisted on.
    Solution
    Mapping of Duty to str
        Those municipalities, with the reason; see `tours.plan.OVERDUE_REASONS`.

    Raises
    ------
    InfeasibleError
        If the other rules cannot hold together.
    """
    solution = attempt(task.offer.problem)
    if not solution.broken:
        return task, solution, {}
    duties = task.offer.duties
    order = most_overdue_first(tuple(dict.fromkeys(duties.values())))
    missed = {duties[number] for number in solution.broken if number in duties}
    if (
        solution.status == "infeasible"
        and all(number in duties for number in solution.broken)
        and _are_last(missed, order)
    ):
        # No plan misses fewer, and none of those that are missed would have gone first.
        proven = replace(solution, broken=(), status="optimal")
        return task.waiving({d.ags for d in missed}), proven, dict.fromkeys(missed, "no_time")
    settled = task
    if any(number not in duties for number in solution.broken):
        settled = task.waiving({duty.ags for duty in order})
        solution = attempt(settled.offer.problem)
        if solution.broken:
            raise InfeasibleError.collected(_conflicts(settled.offer.problem, solution))
    kept: set[str] = set()
    waived: dict[Duty, str] = {}
    everything = {duty.ags for duty in order}
    for duty in order:
        if is_kept(duty, task, solution):
            kept.add(duty.ags)
            continue
        trial = task.waiving(everything - kept - {duty.ags})
        found = attempt(trial.offer.problem)
        if found.broken:
            waived[duty] = "no_time" if found.status == "infeasible" else "not_found"
        else:
            kept.add(duty.ags)
            settled, solution = trial, found
    final = task.waiving(everything - kept)
    found = attempt(final.offer.problem)
    if not found.broken:
        return final, found, waived
    # Out of time, the last plan that keeps them all is as good.
    if settled is task:
        return final, replace(solution, broken=(), status="feasible"), waived
    return settled, solution, waived


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


def travel_points(district: District) -> list[Point]:
    """Return the points to drive to: the depots first, the main one before the others."""
    return [
        *(Point(site.point, site.name, site.lon, site.lat) for site in district.config.depots),
        *(Point(p.id, p.name, p.lon, p.lat) for p in district.places),
        *(Point(a.id, a.title, a.lon, a.lat) for a in district.appointments),
    ]


def _conflicts(problem: Problem, solution: Solution) -> list[Fault]:
    """Say which hard rules fail in the plan that breaks the fewest visits."""
    offered = {candidate.place for candidate in problem.candidates}
    faults: list[Fault] = []
    for cover in (problem.covers[number] for number in solution.broken):
        if not cover.places & offered:
            faults.append(
                Fault(
                    _("“{rule}” cannot be visited: none of its places is open and in reach").format(
                        rule=cover.name
                    ),
                    remedy=_("Check opening hours and afternoons, or relax this rule"),
                )
            )
        elif solution.status != "infeasible":
            faults.append(
                Fault(
                    _("No plan that keeps “{rule}” was found, nor proven impossible").format(
                        rule=cover.name
                    ),
                    remedy=_("Allow more seconds with --time-limit, or relax the rule"),
                )
            )
        else:
            faults.append(
                Fault(
                    _(
                        "The rules of the week cannot hold together: no time is left for “{rule}”"
                    ).format(rule=cover.name),
                    remedy=_(
                        "Relax it (at_least in region.toml, or the pin), or lengthen an afternoon"
                    ),
                )
            )
    return faults
