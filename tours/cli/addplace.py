"""The command that adds one place by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import translator
from tours.cli.terminal import Where, say, say_path

if TYPE_CHECKING:
    from geodata.places import Place
    from tours.district import District
    from tours.workspace import Workspace

_ = translator("tours")

addplace_app = typer.Typer()


@addplace_app.command(
    "add",
    help=_(
        "Add a place at the end of places.csv, whose other lines stay as they are; the position "
        "tells the municipality, and the kind what is assumed."
    ),
)
def add(
    name: Annotated[
        str, typer.Argument(metavar=_("NAME"), help=_("What it is called, “Uslar, Skatepark”."))
    ],
    kind: Annotated[
        str,
        typer.Option(
            help=_(
                "Kind: station, bus stop, school, youth centre, sports ground, skate park, "
                "swimming pool, park, square, shop, office or other; or its id in places.csv."
            )
        ),
    ],
    lon: Annotated[str, typer.Option(help=_("Longitude, degrees, 9.98864."))],
    lat: Annotated[str, typer.Option(help=_("Latitude, degrees, 51.70289."))],
    hours: Annotated[
        str | None, typer.Option(help=_("When young people are there, “Mo-Fr 13:00-19:00”."))
    ] = None,
    min_dwell: Annotated[
        str | None, typer.Option("--min-dwell", help=_("Shortest halt, minutes."))
    ] = None,
    max_dwell: Annotated[
        str | None, typer.Option("--max-dwell", help=_("Longest halt, minutes."))
    ] = None,
    start_weight: Annotated[
        str | None,
        typer.Option("--start-weight", help=_("Contacts met there, relative to an average place.")),
    ] = None,
    id_: Annotated[str | None, typer.Option("--id", help=_("Id; else made from the name."))] = None,
    note: Annotated[str | None, typer.Option(help=_("A note of the team."))] = None,
    workspace: Where = None,
) -> None:
    """Add a place at the end of places.csv."""
    from tours.places.rewriting import rewritten
    from tours.places.table import render_places_table
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    values = {
        **{"name": name, "kind": kind, "lon": lon, "lat": lat, "hours": hours, "id": id_},
        **{"min_dwell": min_dwell, "max_dwell": max_dwell, "start_weight": start_weight},
        "note": note,
    }
    place, district = rewritten([space.places_file], lambda: _added(space, values))
    say(render_places_table([place], district.region))
    if place.ags in district.config.not_served:
        say(Text(_("Others are responsible for this municipality.")))
    say_path(space.places_file)


def _added(
    space: Workspace, values: Mapping[str, str | None]
) -> tuple[dict[Path, bytes], tuple[Place, District]]:
    """Return the list with the new place, and the place with its district."""
    from geodata.errors import NetworkError
    from geodata.proposals import beside_roads
    from tours.places.decision import with_places
    from tours.places.newplace import new_place

    district = space.load_district()
    place = new_place(values, district.places, district.region, district.config.not_served)
    if beside_roads([(place.lon, place.lat)], district.network) == [False]:
        raise NetworkError(
            _("There is no road within {limit} m").format(limit=district.network.snap_limit_m),
            where=f"{place.lat:.5f} N, {place.lon:.5f} E",
            remedy=_("Correct the position"),
        )
    text = space.places_file.read_bytes().decode("utf-8")
    after = with_places(text, [place], district.region)
    return {space.places_file: after.encode()}, (place, district)
