"""Draw up plans from what the solver found: times, routes, what is left out and how good it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from geodata.travel import Router
from tours.calendar import is_school_holiday, school_holiday, week_of
from tours.candidates import Offer
from tours.district import District
from tours.due import Duty, most_overdue_first
from tours.fingerprint import fingerprint
from tours.leftout import Overdue, SchoolHoliday, Unassigned
from tours.outings import Outing, Outings
from tours.plan import Plan
from tours.schedule import Halt, Late, time_tour
from tours.solver.solution import Solution
from tours.tour import APPOINTMENT, Depot, Leg, Stop, Tour
from tours.wishes import Wishes


def draw_up(
    district: District,
    outings: Outings,
    *,
    router: Router,
    offer: Offer,
    solution: Solution,
    waived: Mapping[Duty, str],
    seed: int,
    wishes: Wishes | None = None,
    rhythm: int = 1,
) -> tuple[Plan, ...]:
    """Return the plans of the weeks that were solved as one, in order.

    Parameters
    ----------
    district : District
    outings : Outings
    router : Router
        Of the travel times in the problem.
    offer : Offer
        What was solved.
    solution : Solution
    waived : Mapping of Duty to str
        Municipalities that were not insisted on, with the reason.
    seed : int
    wishes : Wishes or None
        What the offer was made with.
    rhythm : int
        After how many weeks a single week comes again.
    """
    config = district.config
    overdue = _overdue(district, outings, offer, solution, waived)
    solved = fingerprint(offer.problem)
    is_cycle = len(outings.weeks) > 1
    plans: list[Plan] = []
    for week in outings.weeks:
        tours = tuple(
            _tour(district, router, offer, outing, solution)
            for outing in outings.outings
            if outing.week == week
        )
        plans.append(
            Plan(
                service=config.service,
                district=config.district_name,
                week=week,
                tours=tours,
                unassigned=_unassigned(district, week, offer, solution, tours),
                cancelled=tuple(c for c in outings.cancelled if week_of(c.date) == week),
                value=solution.value,
                bound=solution.bound,
                seed=seed,
                network=district.network.source,
                attribution=district.region.attribution,
                config_digest=district.digest,
                knows_school_holidays=all(
                    is_school_holiday(tour.date, config.state) is not None for tour in tours
                ),
                overdue=overdue,
                cycle=outings.weeks if is_cycle else (),
                wishes=(wishes or Wishes()).asked,
                repeats=len(outings.weeks) if is_cycle else rhythm,
                problem=solved,
                num_depots=len(config.depots),
                school_holidays=tuple(_school_holidays(tours, config.state)),
                unserved=tuple(area for of, area in offer.unserved if of == week),
            )
        )
    return tuple(plans)


def _school_holidays(tours: Sequence[Tour], state: str) -> Iterator[SchoolHoliday]:
    for date in dict.fromkeys(tour.date for tour in tours):
        if name := school_holiday(date, state):
            yield SchoolHoliday(date, name)


def _overdue(
    district: District,
    outings: Outings,
    offer: Offer,
    solution: Solution,
    waived: Mapping[Duty, str],
) -> tuple[Overdue, ...]:
    """Return the municipalities that the cycle asks for and that are not visited in time."""
    reasons = {**waived, **offer.unreached}
    by_id = {place.id: place.ags for place in district.places}
    visited = {
        (by_id.get(halt.place, ""), n) for n, halts in enumerate(solution.tours) for halt in halts
    }
    return tuple(
        Overdue(duty.ags, duty.name, duty.weeks, reasons[duty])
        for duty in most_overdue_first(tuple(reasons))
        if not all(
            any((duty.ags, n) in visited for n in outings.in_week(*window))
            for window in duty.windows
        )
    )


def _unassigned(
    district: District, week: str, offer: Offer, solution: Solution, tours: Sequence[Tour]
) -> tuple[Unassigned, ...]:
    # That other stops are worth more is known only once no plan can be better.
    not_chosen = "outranked" if solution.bound == solution.value else "not_chosen"
    visited = {stop.place_id for tour in tours for stop in tour.stops}
    places = [
        Unassigned(
            place_id=place.id,
            name=place.name,
            kind=place.kind,
            ags=place.ags,
            municipality=district.region.municipalities[place.ags].name,
            lon=place.lon,
            lat=place.lat,
            reason=offer.left_out.get((place.id, week), not_chosen),
        )
        for place in district.places
        if place.id not in visited and place.status != "retired"
    ]
    appointments = [
        Unassigned(
            place_id=appointment.id,
            name=appointment.title,
            kind=APPOINTMENT,
            ags=appointment.ags,
            municipality=district.region.municipalities[appointment.ags].name,
            lon=appointment.lon,
            lat=appointment.lat,
            reason=offer.left_out[appointment.id, week],
        )
        for appointment in district.appointments
        if (appointment.id, week) in offer.left_out
    ]
    return (*places, *appointments)


def _tour(
    district: District, router: Router, offer: Offer, outing: Outing, solution: Solution
) -> Tour:
    """Return the tour of an outing, from the depot that the solver chose."""
    number = next((n for n in outing.shifts if solution.tours[n]), outing.shifts[0])
    halts, shift = solution.tours[number], offer.problem.shifts[number]
    site = next(site for site in district.config.depots if site.point == shift.depot)
    depot = Depot(site.name, site.lon, site.lat)
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
            bus=outing.bus,
        )
    times = time_tour(offer.problem, shift, halts)
    if isinstance(times, Late):
        raise ValueError(f"the solver's tour is {times.by_s} s late at {times.place}")
    travel = offer.problem.travel
    home = travel.index(shift.depot)
    path = [home, *(travel.index(halt.place) for halt in halts), home]
    stops = tuple(
        _stop(
            district,
            halt,
            times.arrivals_s[position],
            times.departures_s[position],
            # Nobody is expected at an appointment.
            offer.expected.get((halt.place, number, halt.start_s, halt.dwell_s), 0),
        )
        for position, halt in enumerate(halts)
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
        stops=stops,
        legs=legs,
        bus=outing.bus,
    )


def _stop(district: District, halt: Halt, arrival_s: int, departure_s: int, expected: int) -> Stop:
    municipalities = district.region.municipalities
    place = next((place for place in district.places if place.id == halt.place), None)
    if place is not None:
        return Stop(
            place_id=place.id,
            name=place.name,
            kind=place.kind,
            ags=place.ags,
            municipality=municipalities[place.ags].name,
            lon=place.lon,
            lat=place.lat,
            arrival_s=arrival_s,
            start_s=halt.start_s,
            departure_s=departure_s,
            expected=expected,
            is_public=place.is_public,
            assumed=tuple(sorted(place.assumed)),
            rest_s=halt.rest_s,
        )
    appointment = next(a for a in district.appointments if a.id == halt.place)
    return Stop(
        place_id=appointment.id,
        name=appointment.title,
        kind=APPOINTMENT,
        ags=appointment.ags,
        municipality=municipalities[appointment.ags].name,
        lon=appointment.lon,
        lat=appointment.lat,
        arrival_s=arrival_s,
        start_s=halt.start_s,
        departure_s=departure_s,
        expected=expected,
        is_public=not appointment.is_private,
        rest_s=halt.rest_s,
        is_confirmed=appointment.is_confirmed,
    )
