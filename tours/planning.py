"""Plan a week: from district, places, settings and roads to a plan that can be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from geodata.errors import Fault
from geodata.language import translator
from geodata.travel import Point, Router
from tours.calendar import is_school_holiday, public_holiday, week_dates, weeks_between
from tours.candidates import Offer, Wishes, offer_week
from tours.config import Config
from tours.district import District
from tours.errors import InfeasibleError
from tours.plan import Cancelled, Depot, Leg, Plan, Stop, Tour, Unassigned
from tours.problem import Problem, Shift
from tours.schedule import Halt, Late, time_tour
from tours.solver.exact import Progress, Solution, solve

_ = translator("tours")

DEPOT = "#depot"


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
    """Return the plan of a week.

    Parameters
    ----------
    district : District
    week : str
        ISO week, ``2026-W48``.
    earlier : sequence of Plan
        Plans of earlier weeks, oldest first. The last is the roster that the public knows;
        all tell when a municipality was last due for a visit.
    wishes : Wishes or None
    seed : int
    time_limit : float or None
        Seconds for the solver.
    on_progress : callable or None

    Raises
    ------
    InfeasibleError
        If the rules cannot hold together, or no afternoon is left.
    NetworkError
        If the depot or a place has no road.
    """
    shifts, cancelled = week_shifts(district.config, week)
    if not shifts:
        raise InfeasibleError(
            _("All afternoons of {week} are public holidays").format(week=week),
            remedy=_("Plan another week, or add an afternoon to region.toml"),
        )
    router = Router(district.network, travel_points(district))
    offer = offer_week(
        district.config,
        district.region,
        district.places,
        shifts,
        router.travel_times(),
        weeks_since=_weeks_since(earlier, week),
        roster=earlier[-1] if earlier else None,
        wishes=wishes,
    )
    solution = solve(offer.problem, seed=seed, time_limit=time_limit, on_progress=on_progress)
    if solution.broken:
        raise InfeasibleError.collected(_conflicts(offer.problem, solution))
    return _drawn_up(district, week, shifts, cancelled, router, offer, solution, seed)


def week_shifts(config: Config, week: str) -> tuple[tuple[Shift, ...], tuple[Cancelled, ...]]:
    """Return the afternoons of a week that are driven, and those that are public holidays."""
    days = week_dates(week)
    shifts: list[Shift] = []
    cancelled: list[Cancelled] = []
    for number, afternoon in enumerate(config.afternoons):
        day = days[afternoon.weekday]
        holiday = public_holiday(day, config.state)
        if holiday is not None:
            cancelled.append(Cancelled(day, holiday))
        else:
            id_ = f"{day.isoformat()}-{number}"
            shifts.append(Shift(id_, day, DEPOT, afternoon.start_s, afternoon.end_s))
    return tuple(shifts), tuple(cancelled)


def travel_points(district: District) -> list[Point]:
    """Return the points to drive to: the depot first, then the places."""
    config = district.config
    depot = Point(DEPOT, config.depot_name, config.depot_lon, config.depot_lat)
    return [depot, *(Point(p.id, p.name, p.lon, p.lat) for p in district.places)]


def _weeks_since(earlier: Sequence[Plan], week: str) -> dict[str, int]:
    since: dict[str, int] = {}
    for plan in earlier:
        for tour in plan.tours:
            for stop in tour.stops:
                since[stop.ags] = weeks_between(plan.week, week)
    return since


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


def _drawn_up(
    district: District,
    week: str,
    shifts: Sequence[Shift],
    cancelled: tuple[Cancelled, ...],
    router: Router,
    offer: Offer,
    solution: Solution,
    seed: int,
) -> Plan:
    config = district.config
    tours = tuple(
        _tour(district, router, offer, number, shift, halts)
        for number, (shift, halts) in enumerate(zip(shifts, solution.tours, strict=True))
    )
    # That other stops are worth more is known only once no plan can be better.
    not_chosen = "outranked" if solution.bound == solution.value else "not_chosen"
    visited = {halt.place for halts in solution.tours for halt in halts}
    unassigned = tuple(
        Unassigned(
            place_id=place.id,
            name=place.name,
            kind=place.kind,
            ags=place.ags,
            municipality=district.region.municipalities[place.ags].name,
            lon=place.lon,
            lat=place.lat,
            reason=offer.left_out.get(place.id, not_chosen),
        )
        for place in district.places
        if place.id not in visited and place.status != "retired"
    )
    return Plan(
        service=config.service,
        district=config.district_name,
        week=week,
        tours=tours,
        unassigned=unassigned,
        cancelled=cancelled,
        value=solution.value,
        bound=solution.bound,
        seed=seed,
        network=district.network.source,
        attribution=district.region.attribution,
        config_digest=district.digest,
        knows_school_holidays=all(
            is_school_holiday(shift.date, config.state) is not None for shift in shifts
        ),
    )


def _tour(
    district: District,
    router: Router,
    offer: Offer,
    number: int,
    shift: Shift,
    halts: Sequence[Halt],
) -> Tour:
    config, travel = district.config, offer.problem.travel
    depot = Depot(config.depot_name, config.depot_lon, config.depot_lat)
    if not halts:
        return Tour(
            id=shift.id,
            date=shift.date,
            depot=depot,
            shift_start_s=shift.start_s,
            shift_end_s=shift.end_s,
            leave_s=shift.start_s,
            return_s=shift.start_s,
            stops=(),
            legs=(),
        )
    times = time_tour(offer.problem, shift, halts)
    if isinstance(times, Late):
        raise ValueError(f"the solver's tour is {times.by_s} s late at {times.place}")
    path = [travel.index(DEPOT), *(travel.index(h.place) for h in halts), travel.index(DEPOT)]
    by_id = {place.id: place for place in district.places}
    stops = []
    for position, halt in enumerate(halts):
        place = by_id[halt.place]
        stops.append(
            Stop(
                place_id=place.id,
                name=place.name,
                kind=place.kind,
                ags=place.ags,
                municipality=district.region.municipalities[place.ags].name,
                lon=place.lon,
                lat=place.lat,
                arrival_s=times.arrivals_s[position],
                start_s=halt.start_s,
                departure_s=times.departures_s[position],
                expected=offer.expected[place.id, number, halt.dwell_s],
                is_public=place.is_public,
                assumed=tuple(sorted(place.assumed)),
            )
        )
    legs = tuple(
        Leg(int(travel.seconds[a, b]), int(travel.metres[a, b]), router.route(a, b))
        for a, b in pairwise(path)
    )
    return Tour(
        id=shift.id,
        date=shift.date,
        depot=depot,
        shift_start_s=shift.start_s,
        shift_end_s=shift.end_s,
        leave_s=times.leave_s,
        return_s=times.return_s,
        stops=tuple(stops),
        legs=legs,
    )
