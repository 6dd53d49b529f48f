"""Commands on the meeting places: what is known, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.text import Text

from geodata.language import translator
from tours.cli.addplace import addplace_app
from tours.cli.discover import discover_app
from tours.cli.placesfile import placesfile_app
from tours.cli.terminal import AsJson, Where, say, say_json

_ = translator("tours")

places_app = typer.Typer(
    help=_("Meeting places: what is known, what is wrong with it, what could be visited.")
)
places_app.add_typer(discover_app)
places_app.add_typer(addplace_app)
places_app.add_typer(placesfile_app)


@places_app.command(
    "list", help=_("Print the meeting places with kind, municipality, hours and status.")
)
def places_list(workspace: Where = None, as_json: AsJson = False) -> None:
    """Print the meeting places with kind, municipality, hours and status."""
    import json

    from tours.places.table import render_places_table
    from tours.workspace import open_workspace

    district = open_workspace(workspace or Path()).load_district()
    if as_json:
        rows = [
            {
                "id": p.id,
                "name": p.name,
                "kind": p.kind,
                "lon": p.lon,
                "lat": p.lat,
                "ags": p.ags,
                "hours": p.hours,
                "status": p.status,
                "start_weight": p.start_weight,
                "assumed": sorted(p.assumed),
            }
            for p in district.places
        ]
        say_json(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    say(render_places_table(district.places, district.region))


@places_app.command(
    "check", help=_("Check settings and meeting places; every fault with line, column and remedy.")
)
def places_check(workspace: Where = None) -> None:
    """Check settings and meeting places; every fault with line, column and remedy."""
    from geodata.errors import NetworkError
    from tours.planning import router_of
    from tours.workspace import open_workspace

    district = open_workspace(workspace or Path()).load_district()
    if faults := router_of(district).faults:
        raise NetworkError.collected(faults)
    assumed = sum(bool(place.assumed) for place in district.places)
    served = {p.ags for p in district.places if p.status == "active"}
    missing = [
        m.name
        for ags, m in district.region.municipalities.items()
        if m.population and ags not in served | district.config.not_served
    ]
    say(
        Text(
            _("{number} places, no fault; {assumed} of them with assumed values.").format(
                number=len(district.places), assumed=assumed
            )
        )
    )
    if missing:
        say(
            Text(
                _("Municipalities without an active place: {names}").format(
                    names=", ".join(missing)
                )
            )
        )
