"""What differs between two plans, in words and in figures."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from geodata.language import translator
from tours.comparability import incomparable, reason_text
from tours.dates import short_weekday
from tours.figures import Figures, figures, render_figures
from tours.plan import Plan
from tours.schedule import MINUTE_S, clock
from tours.tour import Tour

_ = translator("tours")

# How a stop can differ, from the greatest difference to the smallest.
KINDS = ("new", "gone", "day", "time", "dwell")


@dataclass(frozen=True, slots=True, order=True)
class Visit:
    """When a place is visited.

    Attributes
    ----------
    date : date
    start_s, dwell_s : int
        Whole minutes, as they are shown.
    bus : str
        Label of the bus; empty where there is one.
    """

    date: dt.date
    start_s: int
    dwell_s: int
    bus: str = ""

    @property
    def weekday(self) -> int:
        """0 is Monday."""
        return self.date.weekday()

    @property
    def text(self) -> str:
        """As people say it, ``Mi. 16:00``."""
        when = f"{short_weekday(self.date)} {clock(self.start_s)}"
        return _("{when}, bus {bus}").format(when=when, bus=self.bus) if self.bus else when

    def likeness(self, other: Visit) -> int:
        """Return how much two visits of a place have in common."""
        return (
            4 * (self.weekday == other.weekday)
            + 2 * (self.start_s == other.start_s)
            + (self.bus == other.bus)
        )


@dataclass(frozen=True, slots=True)
class Change:
    """A stop that is new, gone, or not as it was.

    Attributes
    ----------
    place_id, name : str
    before, after : Visit or None
        None before a new stop, and after one that is gone.
    """

    place_id: str
    name: str
    before: Visit | None
    after: Visit | None

    @property
    def kind(self) -> str:
        """The first of `KINDS` that is true of it."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        if (self.before.weekday, self.before.bus) != (self.after.weekday, self.after.bus):
            return "day"
        return "time" if self.before.start_s != self.after.start_s else "dwell"

    @property
    def text(self) -> str:
        """In words."""
        before, after = self.before, self.after
        if before is None:
            assert after is not None
            return _("new: {name}, {when}").format(name=self.name, when=after.text)
        if after is None:
            return _("gone: {name}, {when}").format(name=self.name, when=before.text)
        minutes, were = after.dwell_s // 60, before.dwell_s // 60
        if self.kind == "dwell":
            text = _("longer: {name}, {when}") if minutes > were else _("shorter: {name}, {when}")
            line = text.format(name=self.name, when=after.text)
        else:
            line = _("moved: {name}, {when} instead of {before}").format(
                name=self.name, when=after.text, before=before.text
            )
        if minutes == were:
            return line
        return line + _(", {minutes} instead of {before} minutes").format(
            minutes=minutes, before=were
        )


@dataclass(frozen=True, slots=True)
class Reordering:
    """An afternoon that visits the same places in another order.

    Attributes
    ----------
    date : date
        In the second plan.
    bus : str
    before, after : tuple of str
        Names of the places that both visit then.
    """

    date: dt.date
    bus: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def text(self) -> str:
        """In words."""
        day = short_weekday(self.date)
        if self.bus:
            day = _("{when}, bus {bus}").format(when=day, bus=self.bus)
        if len(self.after) > 2 and self.after == self.before[::-1]:
            return _("the other way round: {day}").format(day=day)
        return _("other order: {day}: {names}").format(day=day, names="; ".join(self.after))


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two plans.

    Attributes
    ----------
    stops : tuple of Change
        In the order of the week.
    orders : tuple of Reordering
    before, after : Figures
    """

    stops: tuple[Change, ...]
    orders: tuple[Reordering, ...]
    before: Figures
    after: Figures

    @property
    def lines(self) -> list[str]:
        """All changes of stops and their order, in words."""
        return [*(change.text for change in self.stops), *(turn.text for turn in self.orders)]


def changes_between(before: Plan, after: Plan) -> Changes:
    """Return what differs between two plans, of the same week or of two.

    Weekdays are compared, not dates.
    """
    old, new = _visits(before), _visits(after)
    names = _names(before) | _names(after)
    stops = [
        Change(place, names[place], was, now)
        for place in sorted(names)
        for was, now in _pairs(old.get(place, []), new.get(place, []))
        if was is None or now is None or not _is_same(was, now)
    ]
    stops.sort(key=_when)
    return Changes(tuple(stops), _reorderings(before, after), figures(before), figures(after))


def _when(change: Change) -> tuple[int, int, str]:
    visit = change.after or change.before
    assert visit is not None
    return visit.weekday, visit.start_s, change.place_id


def _is_same(a: Visit, b: Visit) -> bool:
    return (a.weekday, a.start_s, a.dwell_s, a.bus) == (b.weekday, b.start_s, b.dwell_s, b.bus)


def _names(plan: Plan) -> dict[str, str]:
    return {stop.place_id: stop.name for tour in plan.tours for stop in tour.stops}


def _visits(plan: Plan) -> dict[str, list[Visit]]:
    found: dict[str, list[Visit]] = {}
    for tour in plan.tours:
        for stop in tour.stops:
            # What differs by less than the minutes that are shown is no change.
            start, end = (s // MINUTE_S * MINUTE_S for s in (stop.start_s, stop.departure_s))
            visit = Visit(tour.date, start, end - start, tour.bus)
            found.setdefault(stop.place_id, []).append(visit)
    return found


def _pairs(
    before: Sequence[Visit], after: Sequence[Visit]
) -> list[tuple[Visit | None, Visit | None]]:
    """Pair the visits of a place, those that are most alike first."""
    likeness = [
        (-was.likeness(now), a, b)
        for a, was in enumerate(sorted(before))
        for b, now in enumerate(sorted(after))
    ]
    matched: dict[int, int] = {}
    for _alike, a, b in sorted(likeness):
        if a not in matched and b not in matched.values():
            matched[a] = b
    pairs: list[tuple[Visit | None, Visit | None]] = [
        (was, sorted(after)[matched[a]] if a in matched else None)
        for a, was in enumerate(sorted(before))
    ]
    pairs += [(None, now) for b, now in enumerate(sorted(after)) if b not in matched.values()]
    return pairs


def _reorderings(before: Plan, after: Plan) -> tuple[Reordering, ...]:
    found: list[Reordering] = []
    for tour in after.tours:
        for other in before.tours:
            if (tour.date.weekday(), tour.bus) != (other.date.weekday(), other.bus):
                continue
            now, was = _shared(tour, other), _shared(other, tour)
            if [place for place, _name in now] != [place for place, _name in was]:
                names = tuple(tuple(name for _place, name in order) for order in (was, now))
                found.append(Reordering(tour.date, tour.bus, *names))
    return tuple(found)


def _shared(tour: Tour, other: Tour) -> list[tuple[str, str]]:
    places = {stop.place_id for stop in other.stops}
    return [(stop.place_id, stop.name) for stop in tour.stops if stop.place_id in places]


def render_changes(before: Plan, after: Plan, head: str | None = None) -> RenderableType:
    """Return in words what is new, gone or moved.

    Parameters
    ----------
    before, after : Plan
    head : str or None
        What stands above; None to name the week of the first plan.
    """
    lines = changes_between(before, after).lines
    head = head or _("Changes against {week}:").format(week=before.week)
    if not lines:
        return Text(f"{head} {_('none')}")
    return Group(Text(head, style="bold"), *(Text(f"  {line}") for line in lines))


def render_diff(before: Plan, after: Plan) -> RenderableType:
    """Return the changes between two plans and what both amount to."""
    heads = (before.week, after.week)
    if before.week == after.week:
        heads = (_("before"), _("after"))
    changes = changes_between(before, after)
    head = _("Changes from {before} to {after}:").format(before=before.week, after=after.week)
    reasons = incomparable(before, after)
    parts: list[RenderableType] = [
        render_changes(before, after, head),
        Text(),
        render_figures(changes.before, changes.after, heads, is_comparable=not reasons),
    ]
    if reasons:
        text = _("What the two are worth is not compared: {reasons}.").format(
            reasons="; ".join(map(reason_text, reasons))
        )
        parts += [Text(), Text(text)]
    return Group(*parts)


def render_diff_json(before: Plan, after: Plan) -> str:
    """Return the changes between two plans as JSON."""
    changes = changes_between(before, after)
    body = {
        "before": {"week": before.week, **asdict(changes.before)},
        "after": {"week": after.week, **asdict(changes.after)},
        "stops": [{"kind": change.kind, **asdict(change)} for change in changes.stops],
        "orders": [asdict(turn) for turn in changes.orders],
        "incomparable": incomparable(before, after),
    }
    return json.dumps(body, ensure_ascii=False, indent=1, default=str) + "\n"
