"""The rules of the weeks as people know them: what each asks for, and what to change about it.

Rules that stem from the same setting or wish are one: nobody can take away half of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geodata.language import translator
from geodata.places import Place
from tours.calendar import WEEKDAYS
from tours.candidates import Offer
from tours.config import Config
from tours.district import District
from tours.explain.obstacles import pin_obstacle
from tours.outings import Outings
from tours.problem import Cover, Problem, Rest, Shift
from tours.schedule import clock
from tours.solver.rule import Rule
from tours.timetable import reason_text
from tours.wishes import Wishes

_ = translator("tours")

Origin = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """A rule as a person would take it away.

    Attributes
    ----------
    origin : tuple of str
        Kind of the setting or wish, and what it names.
    rule : Rule
        What of the problem stems from it.
    text : str
        What it asks for.
    obstacle : str
        Why it cannot hold even by itself; empty where that is not plain to see.
    remedy : str
        What to change, and where, as a sentence without its full stop.
    """

    origin: Origin
    rule: Rule
    text: str
    obstacle: str
    remedy: str


def demands_of(
    district: District, outings: Outings, wishes: Wishes, offer: Offer
) -> tuple[Demand, ...]:
    """Return the rules of some weeks as people know them.

    Parameters
    ----------
    district : District
    outings : Outings
    wishes : Wishes
        What the offer was made with.
    offer : Offer
        Without municipalities that the cycle insists on: those give way by themselves.
    """
    parts = _parts_by_origin(offer.problem, outings)
    words = _Words(district, outings, wishes, offer)
    return tuple(
        Demand(
            origin,
            Rule(" ".join(origin), **{kind: frozenset(held) for kind, held in found.items()}),
            words.text(origin),
            words.obstacle([offer.problem.covers[n] for n in sorted(found.get("covers", ()))]),
            words.remedy(origin),
        )
        for origin, found in parts.items()
    )


def _parts_by_origin(problem: Problem, outings: Outings) -> dict[Origin, dict[str, set[int]]]:
    """Return the positions of the parts of a problem that stem from each setting or wish."""
    found: dict[Origin, dict[str, set[int]]] = {}

    def note(origin: Origin, kind: str, number: int) -> None:
        if origin:
            found.setdefault(origin, {}).setdefault(kind, set()).add(number)

    for number, cover in enumerate(problem.covers):
        if cover.bonus is None:
            note(cover.origin, "covers", number)
    for number, limit in enumerate(problem.limits):
        note(limit.origin, "limits", number)
    for number, budget in enumerate(problem.budgets):
        note(budget.origin, "budgets", number)
    for number, order in enumerate(problem.orders):
        note(order.origin, "orders", number)
    for origin, _rest, shifts in _rests(outings):
        for number in shifts:
            note(origin, "rests", number)
    return found


def _rests(outings: Outings) -> Iterator[tuple[Origin, Rest, Sequence[int]]]:
    """Yield the break of each outing, and in which of the afternoons of region.toml it is."""
    for outing in outings.outings:
        shift = outings.shifts[outing.shifts[0]]
        if shift.rest is not None:
            day = str(shift.date.weekday())
            yield ("break", day, outing.bus, str(shift.start_s)), shift.rest, outing.shifts


class _Words:
    """What rules are called, and what can be done about them."""

    def __init__(self, district: District, outings: Outings, wishes: Wishes, offer: Offer) -> None:
        self.config: Config = district.config
        self.outings = outings
        self.wishes = wishes
        self.offer = offer
        self.places = {place.id: place for place in district.places}
        self.appointments = {a.id: a for a in district.appointments}
        self.areas = {area.name: area for area in self.config.areas}
        self.offered = {(c.place, c.shift) for c in offer.problem.candidates}

    def text(self, origin: Origin) -> str:
        """Return what a rule asks for."""
        config, (kind, *names) = self.config, origin
        if kind == "area":
            text = _("{area}: visits a week, at least {number}")
            return text.format(area=names[0], number=self.areas[names[0]].at_least)
        if kind == "area_minutes":
            text = _("{area}: minutes on site a week, at least {number}")
            return text.format(area=names[0], number=self.areas[names[0]].at_least_s // 60)
        if kind == "pin":
            return next(pin.name for pin in self.wishes.pins if pin.text == names[0])
        if kind == "forced":
            return _("forced stop {place}").format(place=names[0])
        if kind == "appointment":
            return self.appointments[names[0]].called
        if kind == "order":
            return next(o.name for o in self.wishes.lineups if o.text == names[0])
        if kind == "place":
            place = self.places[names[0]]
            text = _("{place}: visits a week, at most {number}")
            return text.format(place=place.name, number=self._most(place))
        if kind == "break":
            rest = next(rest for key, rest, _shifts in _rests(self.outings) if key == origin)
            return _("break on {day}: {minutes} minutes, beginning {earliest} to {latest}").format(
                day=" ".join(filter(None, (WEEKDAYS[int(names[0])], names[1]))),
                minutes=rest.length_s // 60,
                earliest=clock(rest.earliest_s),
                latest=clock(rest.latest_s),
            )
        text, number = {
            "stops": (_("stops in an afternoon: at most {number}"), config.stops_per_afternoon),
            "driving": (
                _("minutes of driving in an afternoon: at most {number}"),
                (config.drive_per_afternoon_s or 0) // 60,
            ),
            "driving_week": (
                _("minutes of driving in a week: at most {number}"),
                (config.drive_per_week_s or 0) // 60,
            ),
        }[kind]
        return text.format(number=number)

    def remedy(self, origin: Origin) -> str:
        """Return what to change about a rule, and where."""
        kind, *names = origin
        if kind == "place" and self._most(self.places[names[0]]) > 1:
            return _(
                "Raise visits_per_place in region.toml and per_week in places.csv, or lower "
                "days_between"
            )
        return {
            "area": _("Lower at_least of this area in region.toml"),
            "area_minutes": _("Lower at_least_minutes of this area in region.toml"),
            "pin": _("Leave out --pin “{wish}”, or choose another day or time"),
            "forced": _("Leave out --force {wish}"),
            "appointment": _("Change day, start, latest or minutes in appointments.csv"),
            "order": _("Leave out --order “{wish}”, or choose another order"),
            "place": _("Raise visits_per_place in region.toml and per_week in places.csv"),
            "break": _("Lower break_minutes, or widen break_between in region.toml"),
            "stops": _("Raise stops_per_afternoon in region.toml"),
            "driving": _("Raise driving_minutes in region.toml"),
            "driving_week": _("Raise driving_minutes_per_week in region.toml"),
        }[kind].format(wish=names[0] if names else "")

    def obstacle(self, covers: Sequence[Cover]) -> str:
        """Return why a rule cannot hold by itself, if none of its places is offered."""
        for cover in covers:
            shifts = range(len(self.outings.shifts)) if cover.shifts is None else cover.shifts
            if not any((place, n) in self.offered for place in cover.places for n in shifts):
                return self._unoffered(cover, [self.outings.shifts[n] for n in sorted(shifts)])
        return ""

    def _unoffered(self, cover: Cover, shifts: Sequence[Shift]) -> str:
        kind, *names = cover.origin
        if kind == "appointment":
            return _("it cannot be reached, held and left within the afternoon")
        if kind == "pin":
            pin = next(pin for pin in self.wishes.pins if pin.text == names[0])
            return pin_obstacle(pin, self._only(cover), shifts, self.offer.problem, self.config)
        if kind == "forced":
            week = next(o.week for o in self.outings.outings if cover.counts(names[0], o.shifts[0]))
            return reason_text(self.offer.left_out[names[0], week])
        return _("none of its places is open and in reach")

    def _only(self, cover: Cover) -> Place:
        (place,) = cover.places
        return self.places[place]

    def _most(self, place: Place) -> int:
        return min(self.config.visits_per_place, place.per_week)
