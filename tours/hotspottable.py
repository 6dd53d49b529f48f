"""What is expected of places, on the terminal and as JSON, each with the visits that made it so."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from geodata.language import translator
from geodata.places import Place
from geodata.region import Municipality
from tours.calendar import WEEKDAYS
from tours.config import Config
from tours.factors import KINDS, Key, Site, factors_of, lasting_factors
from tours.hotspots import Experience, Hotspots, Prompt, interval
from tours.schedule import clock
from tours.timetable import number_text
from tours.visittable import name_in, short_day

_ = translator("tours")

MARK = "●"


def _ranked(hotspots: Hotspots, day: dt.date) -> list[Place]:
    """Return the places that are still visited, those with the most expected contacts first."""
    return sorted(
        (place for place in hotspots.places.values() if place.status != "retired"),
        key=lambda place: (-hotspots.standing(place.id, day).mean, place.id),
    )


def render_hotspots(
    hotspots: Hotspots,
    municipalities: Mapping[str, Municipality],
    day: dt.date,
    threshold: float,
) -> RenderableType:
    """Return the places with what is expected of them, as a table.

    Parameters
    ----------
    hotspots : Hotspots
    municipalities : Mapping of str to Municipality
    day : date
        As of when.
    threshold : float
        Weight from which on a place is marked as a hotspot.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in (_("Place"), _("Municipality")):
        table.add_column(name)
    for name in (_("In an hour"), "80 %", _("Weight"), _("Visits"), _("Last")):
        table.add_column(name, justify="right", no_wrap=True)
    for place in _ranked(hotspots, day):
        forecast, weight = hotspots.standing(place.id, day), hotspots.weight(place.id, day)
        low, high = interval(forecast)
        visits = hotspots.of(place.id)
        table.add_row(
            escape(place.name),
            escape(municipalities[place.ags].name),
            number_text(forecast.mean, 2),
            f"{low} – {high}",
            (f"{MARK} " if weight >= threshold else "") + number_text(weight),
            str(len(visits)),
            short_day(visits[-1].visit.date) if visits else "–",
        )
    lines = [
        _(
            "Contacts expected of an hour's stop on an ordinary day (estimate), and between what "
            "four of five such stops lie; weight: times an average place; {mark} from {weight} on."
        ).format(mark=MARK, weight=number_text(threshold))
    ]
    if not hotspots.experiences:
        lines.append(_("No visit is logged yet: these are the start values."))
    names = {place.id: place.name for place in hotspots.places.values()}
    parts: list[RenderableType] = [table, Text(), *map(Text, lines)]
    if prompts := hotspots.prompts():
        parts += [Text(), render_prompts(prompts, names)]
    return Group(*parts)


def render_prompts(prompts: Sequence[Prompt], names: Mapping[str, str]) -> RenderableType:
    """Return the question whether something has changed at some places.

    Parameters
    ----------
    prompts : sequence of Prompt
    names : Mapping of str to str
        What the places are called.
    """
    parts: list[RenderableType] = []
    for prompt in prompts:
        question = _(
            "{name}: {met} met since {day}, {expected} expected. Has something changed there?"
        ).format(
            name=name_in(names, prompt.place),
            met=prompt.met,
            day=short_day(prompt.since),
            expected=number_text(prompt.expected),
        )
        parts += [
            Text(question),
            Text("  " + _("yes: tours hotspots --changed {place}").format(place=prompt.place)),
            Text("  " + _("no: tours hotspots --unchanged {place}").format(place=prompt.place)),
        ]
    return Group(*parts)


def render_hotspots_json(hotspots: Hotspots, day: dt.date, threshold: float) -> str:
    """Return what is expected of the places as JSON."""
    body = {
        "date": day.isoformat(),
        "rate": _rounded(hotspots.ledger.factor(("rate",), hotspots.site(""), day).value),
        "scatter": _rounded(hotspots.ledger.scatter),
        "weather": None,
        "places": [
            _place_json(hotspots, place, day, threshold) for place in _ranked(hotspots, day)
        ],
        "prompts": [
            {
                "place": prompt.place,
                "met": prompt.met,
                "expected": _rounded(prompt.expected),
                "since": prompt.since.isoformat(),
            }
            for prompt in hotspots.prompts()
        ],
    }
    return _json(body)


def _place_json(
    hotspots: Hotspots, place: Place, day: dt.date, threshold: float
) -> dict[str, object]:
    forecast, weight = hotspots.standing(place.id, day), hotspots.weight(place.id, day)
    visits = hotspots.of(place.id)
    return {
        "place": place.id,
        "name": place.name,
        "ags": place.ags,
        "lon": place.lon,
        "lat": place.lat,
        "expected_hour": _rounded(forecast.mean),
        "interval_80": list(interval(forecast)),
        "curiosity_hour": _rounded(forecast.curiosity),
        "weight": _rounded(weight),
        "is_hotspot": weight >= threshold,
        "factor": _rounded(forecast.place.value),
        "memory": _rounded(forecast.place.memory),
        "visits": len(visits),
        "last_visit": visits[-1].visit.date.isoformat() if visits else None,
    }


def _rounded(value: float) -> float:
    return round(value, 4)


def _json(body: object) -> str:
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


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
        f"{place.kind}, {municipality}",
        _(
            "An hour's stop on an ordinary day: {mean} contacts expected (estimate), four of five "
            "times {low} to {high}."
        ).format(mean=number_text(forecast.mean, 2), low=low, high=high),
        guess.format(weight=number_text(place.start_weight)),
    ]
    parts: list[RenderableType] = [Text(f"{place.name} ({place.id})", style="bold")]
    parts += [*map(Text, head), Text(), *map(Text, _story(hotspots, place)), Text()]
    parts += map(Text, _factor_lines(hotspots, place, day))
    curiosity = config.curiosity * forecast.curiosity if hotspots.has_visits else 0.0
    worth = _(
        "Such a stop is worth to a plan: {mean} contacts, {curiosity} for what it teaches, at "
        "most {stability} for being as announced."
    ).format(
        mean=number_text(forecast.mean, 2),
        curiosity=number_text(curiosity, 2),
        stability=number_text(config.stability, 2),
    )
    parts += [Text(), Text(worth)]
    if prompts := [prompt for prompt in hotspots.prompts() if prompt.place == place.id]:
        parts += [Text(), render_prompts(prompts, {place.id: place.name})]
    return Group(*parts)


def _story(hotspots: Hotspots, place: Place) -> list[str]:
    """Return a line per visit, and per word of the team, in their order."""
    lines = [
        (one.visit.date, 0, lesson_text(one, place.name, hotspots.site(place.id)))
        for one in hotspots.of(place.id)
    ]
    for change in hotspots.changes:
        if change.place == place.id:
            words = (
                _(
                    "{day}: the team says that something has changed: {name} counts as an average place again"
                )
                if change.has_changed
                else _("{day}: the team says that nothing has changed")
            )
            text = words.format(day=short_day(change.date), name=place.name)
            lines.append((change.date, 1, text))
    lines.sort(key=lambda line: line[:2])
    return [text for _date, _rank, text in lines] or [_("No visit is logged yet.")]


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
        "rate": lambda: _("contacts per hour of an average place"),
        "kind": lambda: _("kind"),
        "municipality": lambda: _("municipality"),
        "place": lambda: _("place"),
        "band": lambda: _("kind, {band}").format(band=band[key[2]]),
        "holiday": lambda: _("kind, in school holidays"),
        "weather": lambda: _("in the open, bad weather"),
        "dark": lambda: _("in the open, dark season"),
        "weekday": lambda: _("place, {weekday} {band}").format(
            weekday=WEEKDAYS[int(key[2])], band=band[key[3]]
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
            "expected": _rounded(one.lesson.forecast.mean),
            "interval_80": list(interval(one.lesson.forecast)),
            "met": one.lesson.met,
            "factor_before": _rounded(one.lesson.forecast.place.value),
            "factor": _rounded(one.lesson.place.value),
            "memory": _rounded(one.lesson.place.memory),
            "scatter": _rounded(one.lesson.scatter),
            "is_school_holiday": one.occasion.is_holiday,
        }
        for one in hotspots.of(place.id)
    ]
    changes = [
        {"date": change.date.isoformat(), "has_changed": change.has_changed}
        for change in hotspots.changes
        if change.place == place.id
    ]
    return _json(
        {**_place_json(hotspots, place, day, threshold), "history": visits, "changes": changes}
    )
