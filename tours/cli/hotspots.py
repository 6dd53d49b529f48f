"""Commands about what is expected of places, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.language import speaking, translator
from tours.cli.now import moment, today
from tours.cli.terminal import AsJson, Where, paper_language, say, say_json, say_path, working
from tours.cli.visit import DateOption, read_date
from tours.errors import VisitError

if TYPE_CHECKING:
    from geodata.region import Municipality
    from maps.hotspotmap import Spot
    from tours.district import District
    from tours.hotspots.hotspots import Hotspots

_ = translator("tours")

hotspots_app = typer.Typer(
    help=_("What is expected of the places, and the visits that made it so."),
    invoke_without_command=True,
)


@hotspots_app.callback()
def hotspots(
    context: typer.Context,
    workspace: Where = None,
    changed: Annotated[
        str | None,
        typer.Option(metavar=_("PLACE"), help=_("Say that something has changed at a place.")),
    ] = None,
    unchanged: Annotated[
        str | None,
        typer.Option(metavar=_("PLACE"), help=_("Say that nothing has changed there.")),
    ] = None,
    date: DateOption = None,
    draws_map: Annotated[
        bool, typer.Option("--map", help=_("Draw a map of them, too: out/hotspots.html."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print what is expected of the places, or note what the team says about one."""
    from rich.text import Text

    from tours.dates import numeric_date
    from tours.hotspots.story import change_text
    from tours.hotspots.table import render_hotspots, render_hotspots_json
    from tours.naming import find_among
    from tours.visits.visit import Change
    from tours.workspace import open_workspace
    from tours.writing import write_files

    if context.invoked_subcommand is not None:
        return
    space = open_workspace(workspace or Path())
    district = space.load_district()
    day = read_date(date, "--date") or today()
    said = [
        (text, has_changed) for text, has_changed in ((changed, True), (unchanged, False)) if text
    ]
    if len(said) > 1:
        raise VisitError(
            _("A place has either changed or not"),
            remedy=_("Leave out --changed or --unchanged"),
        )
    for text, has_changed in said:
        if day > today():
            raise VisitError(
                _("{date} has not been yet").format(date=numeric_date(day)),
                where="--date",
                remedy=_("Name the last day of what was before"),
            )
        place = find_among(district.places, text)
        space.visit_log.say(Change(place.id, day, has_changed), now=moment())
        after = space.load_district().hotspots(day + dt.timedelta(days=1))
        say(Text(change_text(after, place, day, has_changed=has_changed)))
        say_path(space.visit_log.path)
        return
    found, threshold = district.hotspots(day + dt.timedelta(days=1)), district.config.hotspot
    path = space.folder / "out" / "hotspots.html"
    if draws_map:
        write_files({path: _drawn(district, found, day)})
    if as_json:
        say_json(render_hotspots_json(found, day, threshold))
        return
    say(render_hotspots(found, district.region.municipalities, day, threshold))
    if draws_map:
        print()
        say_path(path)


def _drawn(district: District, found: Hotspots, day: dt.date) -> bytes:
    """Return the map of what is expected of the places."""
    from maps.basemap import build_basemap
    from maps.hotspotmap import Heading, render_hotspotmap

    config = district.config
    with speaking(paper_language()), working(_("Drawing the map")):
        heading = Heading(
            config.service, config.district_name, day, config.hotspot, district.network.source
        )
        spots = _spots(found, district.region.municipalities, day, config.hotspot)
        basemap = build_basemap(district.region, district.network)
        return render_hotspotmap(heading, spots, basemap).encode()


def _spots(
    found: Hotspots, municipalities: Mapping[str, Municipality], day: dt.date, threshold: float
) -> list[Spot]:
    """Return the places as the map shows them, those with the most expected contacts first."""
    from maps.hotspotmap import Spot
    from tours.hotspots.hotspots import interval
    from tours.hotspots.story import story_lines
    from tours.hotspots.table import question_text, ranked

    questions = {prompt.place: prompt for prompt in found.prompts()}
    spots: list[Spot] = []
    for place in ranked(found, day):
        forecast, num_visits = found.standing(place.id, day), found.num_visits(place.id)
        low, high = interval(forecast)
        visits, prompt = found.of(place.id), questions.get(place.id)
        if place.status == "resting":
            state = "resting"
        elif not num_visits:
            state = "never"
        else:
            state = "hotspot" if found.is_hotspot(place.id, day, threshold) else "visited"
        spots.append(
            Spot(
                name=place.name,
                kind=place.kind,
                municipality=municipalities[place.ags].name,
                lon=place.lon,
                lat=place.lat,
                state=state,
                expected_hour=forecast.mean,
                low=low,
                high=high,
                weight=found.weight(place.id, day),
                visits=num_visits,
                last_visit=visits[-1].visit.date if visits else None,
                story=tuple(story_lines(found, place)) if num_visits else (),
                question=question_text(prompt, {place.id: place.name}) if prompt else "",
            )
        )
    return spots


@hotspots_app.command(
    "explain", help=_("Say what is expected of a place, with a line per visit behind it.")
)
def explain(
    place: Annotated[
        str, typer.Argument(metavar=_("PLACE"), help=_("Id of a place, or a part of its name."))
    ],
    workspace: Where = None,
    as_json: AsJson = False,
) -> None:
    """Say what is expected of a place, with a line per visit behind it."""
    from tours.hotspots.story import render_place, render_place_json
    from tours.naming import find_among
    from tours.workspace import open_workspace

    district = open_workspace(workspace or Path()).load_district()
    found = district.hotspots(today() + dt.timedelta(days=1))
    one = find_among(district.places, place)
    if as_json:
        say_json(render_place_json(found, one, today(), district.config.hotspot))
        return
    municipality = district.region.municipalities[one.ags].name
    say(render_place(found, one, municipality, today(), district.config))
