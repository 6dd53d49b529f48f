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
from tours.hotspots.hotspots import Hotspots, Prompt, interval
from tours.timetable import number_text
from tours.visits.table import name_in, short_day

_ = translator("tours")

MARK = "●"


def ranked(hotspots: Hotspots, day: dt.date) -> list[Place]:
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
        Weight from which on a visited place is marked as a hotspot.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in (_("Place"), _("Municipality")):
        table.add_column(name)
    for name in (_("In an hour"), "80 %", _("Weight"), _("Visits"), _("Last")):
        table.add_column(name, justify="right", no_wrap=True)
    for place in ranked(hotspots, day):
        forecast, weight = hotspots.standing(place.id, day), hotspots.weight(place.id, day)
        low, high = interval(forecast)
        is_hot = hotspots.is_hotspot(place.id, day, threshold)
        visits = hotspots.of(place.id)
        table.add_row(
            escape(place.name),
            escape(municipalities[place.ags].name),
            number_text(forecast.mean, 2),
            f"{low} – {high}",
            (f"{MARK} " if is_hot else "") + weight_text(weight, threshold),
            str(hotspots.num_visits(place.id)),
            short_day(visits[-1].visit.date) if visits else "–",
        )
    lines = [
        _(
            "Contacts expected of an hour's stop on an ordinary day (estimate), and between what "
            "four of five such stops lie; weight: times a place of weight 1, which need not be the "
            "mean of all places; {mark} hotspot: visited, and a weight of {weight} or more."
        ).format(mark=MARK, weight=number_text(threshold))
    ]
    if not hotspots.experiences:
        lines.append(_("No visit is logged yet: these are the start values."))
    names = {place.id: place.name for place in hotspots.places.values()}
    parts: list[RenderableType] = [table, Text(), *map(Text, lines)]
    if prompts := hotspots.prompts():
        parts += [Text(), render_prompts(prompts, names)]
    return Group(*parts)


def weight_text(weight: float, threshold: float) -> str:
    """Return a weight in words: “< 1.5” for one that would round up to what makes a hotspot."""
    text = number_text(weight)
    is_near = weight < threshold and text == number_text(threshold)
    return f"<\xa0{text}" if is_near else text


def question_text(prompt: Prompt, names: Mapping[str, str]) -> str:
    """Return the question whether something has changed at a place, in a sentence."""
    return _(
        "{name}: {met} met since {day}, {expected} expected. Has something changed there?"
    ).format(
        name=name_in(names, prompt.place),
        met=prompt.met,
        day=short_day(prompt.since),
        expected=number_text(prompt.expected),
    )


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
        parts += [
            Text(question_text(prompt, names)),
            Text("  " + _("yes: tours hotspots --changed {place}").format(place=prompt.place)),
            Text("  " + _("no: tours hotspots --unchanged {place}").format(place=prompt.place)),
        ]
    return Group(*parts)


def render_hotspots_json(hotspots: Hotspots, day: dt.date, threshold: float) -> str:
    """Return what is expected of the places as JSON."""
    body = {
        "date": day.isoformat(),
        "rate": rounded(hotspots.ledger.factor(("rate",), hotspots.site(""), day).value),
        "scatter": rounded(hotspots.ledger.scatter),
        "weather": None,
        "places": [place_json(hotspots, place, day, threshold) for place in ranked(hotspots, day)],
        "prompts": [
            {
                "place": prompt.place,
                "met": prompt.met,
                "expected": rounded(prompt.expected),
                "since": prompt.since.isoformat(),
            }
            for prompt in hotspots.prompts()
        ],
    }
    return as_json(body)


def place_json(
    hotspots: Hotspots, place: Place, day: dt.date, threshold: float
) -> dict[str, object]:
    """Return what is expected of a place as JSON holds it."""
    forecast, weight = hotspots.standing(place.id, day), hotspots.weight(place.id, day)
    visits = hotspots.of(place.id)
    return {
        "place": place.id,
        "name": place.name,
        "ags": place.ags,
        "lon": place.lon,
        "lat": place.lat,
        "expected_hour": rounded(forecast.mean),
        "interval_80": list(interval(forecast)),
        "curiosity_hour": rounded(forecast.curiosity),
        "weight": rounded(weight),
        "is_hotspot": hotspots.is_hotspot(place.id, day, threshold),
        "factor": rounded(forecast.place.value),
        "memory": rounded(forecast.place.memory),
        "visits": hotspots.num_visits(place.id),
        "last_visit": visits[-1].visit.date.isoformat() if visits else None,
    }


def rounded(value: float) -> float:
    """Return a number to four digits, which is more than is known of it."""
    return round(value, 4)


def as_json(body: object) -> str:
    """Return a body as the text that commands print."""
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"
