"""What is announced for the weeks ahead as series of a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from icalendar import Event

from geodata.language import translator
from tours.announced import Announcement, Occasion
from tours.calendar import DAY_S, week_dates, week_of
from tours.localtime import moment
from tours.plan import Plan
from tours.schedule import MINUTE_S

_ = translator("tours")


@dataclass(frozen=True, slots=True)
class Series:
    """A weekday and time of a place that comes again.

    Attributes
    ----------
    regular : tuple of Occasion
        Every date of the rhythm, in order, with the same time; at least one.
    step : int
        Weeks from one to the next.
    off : tuple of date
        Those of them on which the bus stays away.
    moved : tuple of (date, Occasion)
        Those of them that a week has at another day or time.
    """

    regular: tuple[Occasion, ...]
    step: int = 1
    off: tuple[dt.date, ...] = ()
    moved: tuple[tuple[dt.date, Occasion], ...] = ()


def series_of(occasions: Iterable[Occasion]) -> tuple[Series, ...]:
    """Return dates of a place as series, in the order of their first dates.

    Together they have just the dates on which the bus comes.
    """
    groups: dict[tuple[int, int, int], list[Occasion]] = {}
    for one in sorted(occasions):
        groups.setdefault((one.date.weekday(), one.start_s, one.end_s), []).append(one)
    kept = {key: group for key, group in groups.items() if _served(group)}
    lone = {key: _served(group)[0] for key, group in kept.items() if len(_served(group)) == 1}
    found = {key: _regular(group) for key, group in kept.items() if key not in lone}
    for key, single in lone.items():
        host = next((one for one in found if _has_room(found[one], single)), None)
        if host is None:
            found[key] = Series((single,))
        else:
            found[host] = _with(found[host], single)
    return tuple(sorted(found.values(), key=lambda one: one.regular[0]))


def _served(group: Iterable[Occasion]) -> list[Occasion]:
    return [one for one in group if not one.is_off]


def _regular(group: Sequence[Occasion]) -> Series:
    """Return occasions of one weekday and time as a series; at least two are served."""
    served = {one.date for one in _served(group)}
    step = math.gcd(*((b.date - a.date).days // 7 for a, b in pairwise(group)))
    first, last = group[0], group[-1]
    dates = [
        first.date + dt.timedelta(weeks=n)
        for n in range(0, (last.date - first.date).days // 7 + 1, step)
    ]
    return Series(
        regular=tuple(replace(first, date=day, is_off=False) for day in dates),
        step=step,
        off=tuple(day for day in dates if day not in served),
    )


def _same_week(series: Series, single: Occasion) -> Occasion | None:
    """Return the date of a series in the week of another, or just before its first; or None."""
    first = series.regular[0]
    dates = [*series.regular]
    # Where a series would begin with the odd week.
    if first.date.toordinal() > 7 * series.step:
        dates.append(replace(first, date=first.date - dt.timedelta(weeks=series.step)))
    week = week_of(single.date)
    return next((one for one in dates if week_of(one.date) == week), None)


def _has_room(series: Series, single: Occasion) -> bool:
    place = _same_week(series, single)
    return place is not None and (place.date in series.off or place not in series.regular)


def _with(series: Series, single: Occasion) -> Series:
    place = _same_week(series, single)
    if place is None:
        raise ValueError(f"single must be in a week of the series, got {single.date}")
    return replace(
        series,
        regular=tuple(sorted({*series.regular, place})),
        off=tuple(day for day in series.off if day != place.date),
        moved=(*series.moved, (place.date, single)),
    )


def series_events(
    plan: Plan,
    announced: Iterable[Announcement],
    former: tuple[Plan, Iterable[Announcement]] | None = None,
) -> Iterator[Event]:
    """Yield the entries of what is announced for the weeks after that of a plan.

    A series keeps its identity from week to week, so that a calendar which reads the file of
    the next week goes on with it; one that is announced no more is cancelled.

    Parameters
    ----------
    plan : Plan
    announced : iterable of Announcement
    former : tuple of Plan and iterable of Announcement, or None
        The plan before it, and what was announced with that.
    """
    kept = set()
    for uid, place, series in _numbered(plan, announced):
        kept.add(uid)
        yield from _events(plan, place, uid, series)
    if former is None:
        return
    monday = week_dates(plan.week)[0]
    for uid, place, series in _numbered(*former):
        coming = (one for one in series.regular if one.date >= monday)
        if uid not in kept and (first := next(coming, None)):
            gone = _entry(plan, place, uid, first)
            gone.add("status", "CANCELLED")
            yield gone


def _numbered(
    plan: Plan, announced: Iterable[Announcement]
) -> Iterator[tuple[str, Announcement, Series]]:
    """Yield the series after the week of a plan, each with its identity."""
    for place in announced:
        ahead = (one for one in place.occasions if week_of(one.date) > plan.week)
        for number, series in enumerate(series_of(ahead), start=1):
            yield f"series-{number}-{place.place_id}@outreach-tours", place, series


def _events(plan: Plan, place: Announcement, uid: str, series: Series) -> Iterator[Event]:
    first, last = series.regular[0], series.regular[-1]
    event = _entry(plan, place, uid, first)
    if len(series.regular) > 1:
        # To the end of its day, for programs that are an hour off once summer time has begun.
        until = moment(last.date, DAY_S - MINUTE_S).astimezone(dt.UTC)
        rule: dict[str, str | int | dt.datetime] = {"freq": "WEEKLY", "until": until}
        if series.step > 1:
            rule["interval"] = series.step
        event.add("rrule", rule)
    if series.off:
        event.add("exdate", [moment(day, first.start_s) for day in series.off])
    yield event
    for day, instead in series.moved:
        other = _entry(plan, place, uid, instead)
        other.add("recurrence-id", moment(day, first.start_s))
        yield other


def _entry(plan: Plan, place: Announcement, uid: str, one: Occasion) -> Event:
    event = Event()
    event.add("uid", uid)
    monday = week_dates(plan.week)[0]
    event.add("dtstamp", dt.datetime.combine(monday, dt.time(), dt.UTC))
    # What a later week says holds against the file of an earlier one.
    event.add("sequence", monday.toordinal() // 7)
    event.add("summary", f"{plan.service}: {place.name}")
    event.add("dtstart", moment(one.date, one.start_s))
    event.add("dtend", moment(one.date, one.end_s))
    event.add("location", f"{place.name}, {place.municipality}")
    event.add("geo", (place.lat, place.lon))
    text = _("Announced with the plan of {week}; a later plan can change it")
    event.add("description", text.format(week=plan.week))
    event.add("class", "PUBLIC")
    return event
