"""Why so much is expected of a place: a line per visit in words, and the factors behind it."""

from __future__ import annotations

import datetime as dt

from babel.dates import get_day_names
from rich.console import Group, RenderableType
from rich.text import Text

from geodata.language import current_language, translator
from geodata.places import Place
from tours.config import Config
from tours.hotspots.factors import KINDS, Key, Site, factors_of, lasting_factors
from tours.hotspots.hotspots import Experience, Hotspots, interval
from tours.hotspots.table import as_json, place_json, render_prompts, rounded
from tours.places.table import kind_text
from tours.schedule import clock
from tours.timetable import number_text
from tours.visits.table import short_day

_ = translator("tours")


def render_place(
    hotspots: Hotspots, place: Place, municipality: str, day: dt.date, config: Config
) -> RenderableType:
    """Return what is expected of a place, the visits behind it and the factors, in words.

    Parameters
    ----------
    hotspots : Hotspots
    place : Place
    municipality : str
        Its name.
    day : date
        As of when.
    config : Config
        What a stop earns beyond its contacts.
    """
    forecast = hotspots.standing(place.id, day)
    low, high = interval(forecast)
    guess = (
        _("Start weight {weight}, assumed")
        if "start_weight" in place.assumed
        else (_("Start weight {weight}"))
    )
    head = [
        f"{kind_text(place.kind)}, {municipality}",
        _(
            "An hour's stop on an ordinary day: {mean} contacts expected (estimate), four of five "
            "times {low} to {high}."
        ).format(mean=number_text(forecast.mean, 2), low=low, high=high),
        guess.format(weight=number_text(place.start_weight)),
    ]
    parts: list[RenderableType] = [Text(f"{place.name} ({place.id})", style="bold")]
    parts += [*map(Text, head), Text(), *map(Text, story_lines(hotspots, place)), Text()]
    parts += map(Text, _factor_lines(hotspots, place, day))
    curiosity = config.curiosity * forecast.curiosity if hotspots.has_visits else 0.0
    worth = _(
        "Such a stop is worth to a plan: {mean} contacts, {curiosity} for what it teaches, at "
        "most {stability} for being as announced."
    ).format(
        mean=number_text(forecast.mean, 2),
        curiosity=number_text(curiosity, 2),
        stability=number_text(config.stability * hotspots.level, 2),
    )
    parts += [Text(), Text(worth)]
    if prompts := [prompt for prompt in hotspots.prompts() if prompt.place == place.id]:
        parts += [Text(), render_prompts(prompts, {place.id: place.name})]
    return Group(*parts)


def story_lines(hotspots: Hotspots, place: Place) -> list[str]:
    """Return a line per visit, and per word of the team, in their order."""
    lines = [
        (one.visit.date, 0, lesson_text(one, place.name, hotspots.site(place.id)))
        for one in hotspots.of(place.id)
    ]
    for change in hotspots.changes:
        if change.place == place.id:
            words = (
                _(
                    "{day}: the team says that something has changed: {name} counts like a new "
                    "place again"
                )
                if change.has_changed
                else _("{day}: the team says that nothing has changed")
            )
            text = words.format(day=short_day(change.date), name=place.name)
            lines.append((change.date, 1, text))
    lines.sort(key=lambda line: line[:2])
    told = [*_removed(hotspots, place), *(text for _date, _rank, text in lines)]
    return told or [_("No visit is logged yet.")]


def change_text(hotspots: Hotspots, place: Place, day: dt.date, *, has_changed: bool) -> str:
    """Say what was noted about a place and what follows from it.

    Parameters
    ----------
    hotspots : Hotspots
        With what was noted, as of the day after.
    place : Place
    day : date
        Whose visits are the last ones of what was before.
    has_changed : bool
    """
    text = (
        _(
            "Noted: something has changed at {name}. From the day after {day} it counts like a new "
            "place: its own factor is 1, its weight {weight} with its kind and municipality; the "
            "next visits tell."
        )
        if has_changed
        else _(
            "Noted: nothing has changed at {name}. Its weight is {weight}; the visits up to "
            "{day} raise no question any more."
        )
    )
    weight = hotspots.weight(place.id, day + dt.timedelta(days=1))
    return text.format(name=place.name, day=short_day(day), weight=number_text(weight))


def _removed(hotspots: Hotspots, place: Place) -> list[str]:
    """Return a line about visits whose rows are not there any more, if there are such."""
    sums = [one for one in hotspots.sums if one.place == place.id]
    if not sums:
        return []
    text = _(
        "{first} to {last}: {visits} visits with {met} contacts together; their rows were removed, "
        "what they taught still counts"
    )
    return [
        text.format(
            first=f"{sums[0].month:%Y-%m}",
            last=f"{sums[-1].month:%Y-%m}",
            visits=sum(one.visits for one in sums),
            met=sum(one.met for one in sums),
        )
    ]


def lesson_text(one: Experience, name: str, site: Site) -> str:
    """Say what a visit taught: what was expected, what was met, what the place counts since."""
    visit, lesson = one.visit, one.lesson
    low, high = interval(lesson.forecast)
    text = _(
        "{day}, {start} to {end}: expected {mean} ({low} to {high}), met {met}: {name} counts "
        "{factor} times"
    ).format(
        day=short_day(visit.date),
        start=clock(visit.start_s),
        end=clock(visit.departure_s),
        mean=number_text(lesson.forecast.mean),
        low=low,
        high=high,
        met=lesson.met,
        name=name,
        factor=number_text(lesson.place.value),
    )
    notes = []
    if one.occasion.is_holiday:
        notes.append(_("school holidays"))
    elif one.occasion.is_holiday is None:
        notes.append(_("school holidays not known, taken for term time"))
    if ("dark", "outdoor") in factors_of(site, one.occasion):
        notes.append(_("dark season"))
    return f"{text} ({', '.join(notes)})" if notes else text


def _factor_lines(hotspots: Hotspots, place: Place, day: dt.date) -> list[str]:
    """Return a line per factor that the place's visits move, as it is on a day."""
    site = hotspots.site(place.id)
    keys = dict.fromkeys(lasting_factors(site))
    for one in hotspots.of(place.id):
        keys |= dict.fromkeys(factors_of(site, one.occasion))
    lines = [_("Factors, each with the contacts that it has seen:")]
    for key in sorted(keys, key=lambda key: (list(KINDS).index(key[0]), key)):
        factor = hotspots.ledger.factor(key, site, day)
        lines.append(
            "  "
            + f"{_factor_name(key)}: {number_text(factor.value, 2)} "
            + f"({number_text(factor.memory, 0)})"
        )
    lines.append("  " + _("weather: not recorded, counts nothing"))
    return lines


def _factor_name(key: Key) -> str:
    band = {"0": _("before 16:00"), "1": _("16:00 to 18:00"), "2": _("after 18:00")}
    names = {
        "rate": lambda: _("contacts per hour of a place of weight 1"),
        "kind": lambda: _("kind"),
        "municipality": lambda: _("municipality"),
        "place": lambda: _("place"),
        "band": lambda: _("kind, {band}").format(band=band[key[2]]),
        "holiday": lambda: _("kind, in school holidays"),
        "weather": lambda: _("in the open, bad weather"),
        "dark": lambda: _("in the open, dark season"),
        "weekday": lambda: _("place, {weekday} {band}").format(
            weekday=get_day_names("abbreviated", locale=current_language())[int(key[2])],
            band=band[key[3]],
        ),
    }
    return names[key[0]]()


def render_place_json(hotspots: Hotspots, place: Place, day: dt.date, threshold: float) -> str:
    """Return what is expected of a place and the visits behind it as JSON."""
    visits = [
        {
            "visit": one.visit.id,
            "date": one.visit.date.isoformat(),
            "start_s": one.visit.start_s,
            "dwell_s": one.visit.dwell_s,
            "expected": rounded(one.lesson.forecast.mean),
            "interval_80": list(interval(one.lesson.forecast)),
            "met": one.lesson.met,
            "factor_before": rounded(one.lesson.forecast.place.value),
            "factor": rounded(one.lesson.place.value),
            "memory": rounded(one.lesson.place.memory),
            "scatter": rounded(one.lesson.scatter),
            "is_school_holiday": one.occasion.is_holiday,
        }
        for one in hotspots.of(place.id)
    ]
    changes = [
        {"date": change.date.isoformat(), "has_changed": change.has_changed}
        for change in hotspots.changes
        if change.place == place.id
    ]
    return as_json(
        {**place_json(hotspots, place, day, threshold), "history": visits, "changes": changes}
    )
