"""The rules of the weeks: what has to be visited, how often at most, how far, in which order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from geodata.language import translator
from geodata.region import Area
from tours.calendar import week_dates, week_of
from tours.config import Config
from tours.district import District
from tours.due import Duty, duty_of
from tours.history import History
from tours.hotspots.hotspots import HUNDREDTHS
from tours.leftout import Unserved
from tours.outings import Outings
from tours.problem import Budget, Cover, Limit, Order
from tours.wishes import Wishes

_ = translator("tours")

# Of so many places one is explored, since the first may lie where no tour can go.
LONGEST_WAITING = 3
NO_GUESS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Rules:
    """The rules of the weeks.

    Attributes
    ----------
    covers : tuple of Cover
    limits : tuple of Limit
    budgets : tuple of Budget
    orders : tuple of Order
    duties : Mapping of int to Duty
        The hard covers that stem from the cycle of the municipalities, by position.
    unreached : Mapping of Duty to str
        Municipalities that are due, though no place in them is offered, with the reason; see
        `tours.leftout.OVERDUE_REASONS`.
    unserved : tuple of (str, Unserved)
        Areas that are not insisted on in a week, since their afternoons are cancelled.
    """

    covers: tuple[Cover, ...]
    limits: tuple[Limit, ...]
    budgets: tuple[Budget, ...]
    orders: tuple[Order, ...]
    duties: Mapping[int, Duty]
    unreached: Mapping[Duty, str]
    unserved: tuple[tuple[str, Unserved], ...]


def build_rules(
    district: District,
    outings: Outings,
    offered: Collection[tuple[str, int]],
    *,
    history: History,
    wishes: Wishes,
    waived: Collection[str] = (),
    lost: Collection[tuple[str, int]] = (),
    likely: Mapping[str, int] = NO_GUESS,
    level: float = 1.0,
) -> Rules:
    """Return the rules of the weeks.

    Parameters
    ----------
    district : District
    outings : Outings
    offered : collection of (str, int)
        Place and shift of each candidate.
    history : History
    wishes : Wishes
    waived : collection of str
        Keys of municipalities that are not insisted on, since it was found impossible.
    lost : collection of (str, int)
        Place and cancelled afternoon, by its position, in which it could have been visited.
    likely : Mapping of str to int
        Contacts that a place can expect at best, hundredths; tells which one to explore first.
    level : float
        See `Hotspots.level`.
    """
    unserved = tuple(_unserved(district, outings, offered, lost))
    covers = [
        *_areas(district, outings, {(week, area.name) for week, area in unserved}),
        *_exploration(district, outings, offered, history, likely, level),
    ]
    duties: dict[int, Duty] = {}
    unreached: dict[Duty, str] = {}
    for duty, members in _others(district, outings, history):
        windows = [outings.in_week(*window) for window in duty.windows]
        reached = [w for w in windows if any((p, n) in offered for p in members for n in w)]
        if len(reached) < len(windows):
            is_lost = any((place, n) in lost for place in members for n in range(len(outings.lost)))
            unreached[duty] = "cancelled" if is_lost else "no_place"
        if duty.ags in waived:
            reached = []
        for shifts in reached:
            duties[len(covers)] = duty
            covers.append(Cover(duty.name, members, shifts=shifts, origin=("cycle", duty.ags)))
        bonus = _bonus(district.config, duty)
        if not reached and members and bonus:
            covers.append(Cover(duty.name, members, bonus=bonus))
    covers += _pins(outings, wishes)
    covers += _appointments(district, outings)
    return Rules(
        covers=tuple(covers),
        limits=tuple(_limits(district, outings)),
        budgets=tuple(_budgets(district.config, outings)),
        orders=tuple(_orders(outings, wishes)),
        duties=duties,
        unreached=unreached,
        unserved=unserved,
    )


def _named(name: str, week: str, outings: Outings) -> str:
    """Return the name of a rule, with the week if there are several."""
    return f"{name} ({week})" if len(outings.weeks) > 1 else name


def _owed(area: Area, week: str, outings: Outings) -> frozenset[int]:
    """Return the shifts of a week on whose days an area is owed something."""
    if not (area.at_least or area.at_least_s):
        return frozenset()
    return frozenset(n for n in outings.in_week(week) if area.is_valid(outings.shifts[n].date))


def _unserved(
    district: District,
    outings: Outings,
    offered: Collection[tuple[str, int]],
    lost: Collection[tuple[str, int]],
) -> Iterator[tuple[str, Unserved]]:
    """Yield the areas without any offer in a week that could be visited but for cancellations."""
    for week in outings.weeks:
        for area in district.config.areas:
            members = [p.id for p in district.places if p.ags in area.municipalities]
            if not (area.at_least or area.at_least_s) or any(
                (place, n) in offered for place in members for n in _owed(area, week, outings)
            ):
                continue
            afternoons = tuple(
                cancelled
                for number, cancelled in enumerate(outings.cancelled)
                if week_of(cancelled.date) == week
                and area.is_valid(cancelled.date)
                and any((place, number) in lost for place in members)
            )
            if afternoons:
                yield week, Unserved(area.name, afternoons)


def _areas(
    district: District, outings: Outings, unserved: Collection[tuple[str, str]]
) -> Iterator[Cover]:
    for week in outings.weeks:
        for area in district.config.areas:
            valid = _owed(area, week, outings)
            if not valid or (week, area.name) in unserved:
                continue
            members = frozenset(p.id for p in district.places if p.ags in area.municipalities)
            name = _named(area.name, week, outings)
            if area.at_least:
                origin = "area", area.name
                yield Cover(name, members, area.at_least, shifts=valid, origin=origin)
            if area.at_least_s:
                minutes = _("{name}, {minutes} minutes").format(
                    name=name, minutes=area.at_least_s // 60
                )
                origin = "area_minutes", area.name
                yield Cover(minutes, members, shifts=valid, dwell_s=area.at_least_s, origin=origin)


def _others(
    district: District, outings: Outings, history: History
) -> Iterator[tuple[Duty, frozenset[str]]]:
    """Yield the municipalities that only the cycle asks for, with their places."""
    config = district.config
    alone = {
        ags
        for area in config.areas
        if len(area.municipalities) == 1
        and any(_owed(area, week, outings) for week in outings.weeks)
        for ags in area.municipalities
    }
    for ags, municipality in district.region.municipalities.items():
        members = frozenset(p.id for p in district.places if p.ags == ags)
        if ags not in config.not_served | alone and (members or municipality.population):
            yield duty_of(ags, municipality.name, outings.weeks, history, config), members


def _bonus(config: Config, duty: Duty) -> int:
    weeks = duty.weeks if duty.was_visited else max(duty.weeks, config.cycle_weeks)
    return round(config.municipality_bonus * weeks * HUNDREDTHS)


def _exploration(
    district: District,
    outings: Outings,
    offered: Collection[tuple[str, int]],
    history: History,
    likely: Mapping[str, int],
    level: float,
) -> Iterator[Cover]:
    """Yield a bonus per week for one stop at a place that was not visited for long.

    Once visits are logged it is for the places that have waited longest, those with the most
    contacts first: else the bus would explore a few that lie handy again and again.
    """
    config = district.config
    if config.exploration_weeks is None:
        return
    bonus = round(config.exploration * level * HUNDREDTHS)
    appointments = {appointment.id for appointment in district.appointments}
    for week in outings.weeks:
        shifts = outings.in_week(week)
        unknown = frozenset(
            place
            for place, number in offered
            if number in shifts
            and place not in appointments
            and (history.weeks_without_place(place, week) or config.exploration_weeks)
            >= config.exploration_weeks
        )
        if history.visits:
            waited = {place: history.weeks_without_place(place, week) for place in unknown}
            ranked = sorted(
                unknown,
                key=lambda place: (
                    waited[place] is not None,
                    -(waited[place] or 0),
                    -likely.get(place, 0),
                    place,
                ),
            )
            unknown = frozenset(ranked[:LONGEST_WAITING])
        if unknown and bonus:
            name = _named(_("exploration stop"), week, outings)
            yield Cover(name, unknown, bonus=bonus, shifts=shifts)


def _pins(outings: Outings, wishes: Wishes) -> Iterator[Cover]:
    for pin in dict.fromkeys(wishes.pins):
        for week in outings.weeks:
            days = frozenset(
                n
                for n in outings.in_week(week)
                if pin.weekday in (None, outings.shifts[n].date.weekday())
            )
            # In a week without that day, as at Christmas, there is nothing to keep.
            if days:
                name = _named(pin.name, week, outings)
                only = frozenset({pin.place})
                yield Cover(name, only, shifts=days, origin=("pin", pin.text))
    for place in dict.fromkeys(wishes.forced):
        for week in outings.weeks:
            name = _named(_("forced stop {place}").format(place=place), week, outings)
            only, shifts = frozenset({place}), outings.in_week(week)
            yield Cover(name, only, shifts=shifts, origin=("forced", place))


def _appointments(district: District, outings: Outings) -> Iterator[Cover]:
    for appointment in district.appointments:
        for week in outings.weeks:
            for day in week_dates(week):
                shifts = outings.on_day(day)
                if appointment.is_on(day) and shifts:
                    name = _named(appointment.called, week, outings)
                    only = frozenset({appointment.id})
                    yield Cover(name, only, shifts=shifts, origin=("appointment", appointment.id))


def _limits(district: District, outings: Outings) -> Iterator[Limit]:
    config = district.config
    for week in outings.weeks:
        everywhere = outings.in_week(week)
        for place in district.places:
            only, origin = frozenset({place.id}), ("place", place.id)
            most = min(config.visits_per_place, place.per_week)
            name = _("visits a week: {name}").format(name=place.name)
            yield Limit(only, everywhere, most, _named(name, week, outings), origin)
            if most > 1:
                name = _("days between visits: {name}").format(name=place.name)
                for a, b in combinations(sorted(everywhere), 2):
                    days = abs((outings.shifts[b].date - outings.shifts[a].date).days)
                    if days < config.days_between and not outings.are_alternatives(a, b):
                        pair, called = frozenset({a, b}), _named(name, week, outings)
                        yield Limit(only, pair, name=called, origin=origin)
        for appointment in district.appointments:
            for day in week_dates(week):
                shifts = outings.on_day(day)
                if appointment.is_on(day) and len(shifts) > 1:
                    yield Limit(
                        frozenset({appointment.id}),
                        shifts,
                        name=appointment.called,
                        origin=("appointment", appointment.id),
                    )
    if config.stops_per_afternoon is not None:
        stops = {place.id for place in district.places}
        stops |= {appointment.id for appointment in district.appointments}
        for outing in outings.outings:
            yield Limit(
                frozenset(stops),
                frozenset(outing.shifts),
                config.stops_per_afternoon,
                _("stops in an afternoon, {day}").format(day=outings.day_name(outing)),
                ("stops",),
            )


def _budgets(config: Config, outings: Outings) -> Iterator[Budget]:
    if config.drive_per_afternoon_s is not None:
        for outing in outings.outings:
            name = _("driving time, {day}").format(day=outings.day_name(outing))
            yield Budget(frozenset(outing.shifts), config.drive_per_afternoon_s, name, ("driving",))
    if config.drive_per_week_s is not None:
        for week, bus in dict.fromkeys((o.week, o.bus) for o in outings.outings):
            shifts = frozenset(
                n for o in outings.outings if (o.week, o.bus) == (week, bus) for n in o.shifts
            )
            name = _("driving time, {week}").format(week=" ".join(filter(None, (week, bus))))
            yield Budget(shifts, config.drive_per_week_s, name, ("driving_week",))


def _orders(outings: Outings, wishes: Wishes) -> Iterator[Order]:
    for lineup in dict.fromkeys(wishes.lineups):
        shifts = frozenset(
            n
            for n, shift in enumerate(outings.shifts)
            if lineup.weekday in (None, shift.date.weekday())
        )
        yield Order(lineup.places, shifts, lineup.name, ("order", lineup.text))
