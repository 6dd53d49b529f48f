"""The commands that take the meeting places to other programs and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import translator
from tours.cli.terminal import Where, agrees, say, say_path

if TYPE_CHECKING:
    from tours.places.imports import Imported

_ = translator("tours")

placesfile_app = typer.Typer()
# So many changes are told one by one.
MOST_TOLD = 30


@placesfile_app.command(
    "export", help=_("Write the meeting places for QGIS and others: GeoPackage, GeoJSON or CSV.")
)
def export(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar=_("FILE"),
            help=_("places.gpkg, places.geojson or places.csv; else out/places.gpkg."),
        ),
    ] = None,
    workspace: Where = None,
) -> None:
    """Write the meeting places for QGIS and other programs."""
    from geodata.errors import PlacesError
    from geodata.places import load_places
    from tours.places.export import RENDERERS
    from tours.workspace import open_workspace
    from tours.writing import write_files

    space = open_workspace(workspace or Path())
    path = file or space.folder / "out" / "places.gpkg"
    render = RENDERERS.get(path.suffix.lower())
    if render is None:
        raise PlacesError(
            _("“{name}” ends in none of {endings}").format(
                name=path.name, endings=", ".join(RENDERERS)
            ),
            remedy=_("Name a file such as places.gpkg"),
        )
    if path.resolve() == space.places_file.resolve():
        raise PlacesError(
            _("places.csv of the workspace is not overwritten"),
            where=str(path),
            remedy=_("Name another file"),
        )
    write_files({path: render(load_places(space.places_file, space.load_region()))})
    say_path(path)


@placesfile_app.command(
    "import",
    help=_(
        "Take places that were edited elsewhere back into places.csv: shown first, only cells that "
        "differ change, and nothing is removed."
    ),
)
def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar=_("FILE"), help=_("File that ends in .gpkg, .geojson or .csv.")),
    ],
    workspace: Where = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask."))] = False,
) -> None:
    """Take places that were edited elsewhere back into places.csv."""
    from tours.places.imports import import_places, read_file
    from tours.places.rewriting import rewrite
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    region = space.load_region()
    text = read_file(file)
    raw = space.places_file.read_bytes()
    before = raw.decode("utf-8")
    found = import_places(text, file.name, before, region)
    say(*map(Text, _told(found)))
    if found.text == before:
        say_path(space.places_file)
        return
    if not yes and not agrees(_("Write places.csv?")):
        say(Text(_("Nothing was changed.")))
        return
    rewrite({space.places_file: raw}, {space.places_file: found.text.encode()})
    say_path(space.places_file)


def _told(found: Imported) -> list[str]:
    lines = [
        _("{id}, {column}: “{before}” becomes “{after}”").format(
            id=one.id, column=one.column, before=one.before, after=one.after
        )
        for one in found.changes[:MOST_TOLD]
    ]
    parts = ["\n".join(lines)] if lines else []
    summary = (
        _("{changed} cells change, {new} places are new: {names}")
        if found.new
        else _("{changed} cells change, no place is new")
    )
    parts.append(
        summary.format(
            changed=len(found.changes),
            new=len(found.new),
            names=", ".join(place.id for place in found.new),
        )
        + "."
    )
    if found.missing:
        parts.append(
            _("Not in the file, and left as they are: {names}").format(
                names=", ".join(found.missing)
            )
            + "."
        )
    if found.ignored:
        parts.append(
            _(
                "Not taken over, since places.csv has no such column: {names}. Add the columns "
                "there first if they are to be kept"
            ).format(names=", ".join(found.ignored))
            + "."
        )
    return parts
