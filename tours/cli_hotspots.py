"""Commands about what is expected of places, and why."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from geodata.language import translator
from tours.cli_visit import DateOption, moment, read_date, today
from tours.errors import VisitError
from tours.terminal import AsJson, Where, say, say_path

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
        typer.Option(metavar="PLACE", help=_("Say that something has changed at a place.")),
    ] = None,
    unchanged: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help=_("Say that nothing has changed there.")),
    ] = None,
    date: DateOption = None,
    as_json: AsJson = False,
) -> None:
    """Print what is expected of the places, or note what the team says about one."""
    from tours.hotspottable import render_hotspots, render_hotspots_json
    from tours.naming import find_among
    from tours.visits import Change
    from tours.workspace import open_workspace

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
                _("{date} has not been yet").format(date=day.isoformat()),
                where="--date",
                remedy=_("Name the last day of what was before"),
            )
        place = find_among(district.places, text)
        space.visit_log.say(Change(place.id, day, has_changed), now=moment())
        say_path(space.visit_log.path)
        return
    found, threshold = district.hotspots(day + dt.timedelta(days=1)), district.config.hotspot
    if as_json:
        print(render_hotspots_json(found, day, threshold), end="")
        return
    say(render_hotspots(found, district.region.municipalities, day, threshold))


@hotspots_app.command(
    "explain", help=_("Say what is expected of a place, with a line per visit behind it.")
)
def explain(
    place: Annotated[
        str, typer.Argument(metavar="PLACE", help=_("Id of a place, or a part of its name."))
    ],
    workspace: Where = None,
    as_json: AsJson = False,
) -> None:
    """Say what is expected of a place, with a line per visit behind it."""
    from tours.hotspotstory import render_place, render_place_json
    from tours.naming import find_among
    from tours.workspace import open_workspace

    district = open_workspace(workspace or Path()).load_district()
    found = district.hotspots(today() + dt.timedelta(days=1))
    one = find_among(district.places, place)
    if as_json:
        print(render_place_json(found, one, today(), district.config.hotspot), end="")
        return
    municipality = district.region.municipalities[one.ags].name
    say(render_place(found, one, municipality, today(), district.config))
