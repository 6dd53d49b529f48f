"""The commands that look for places to be added, and take or refuse what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import speaking, translator
from tours.cli.download import Overpass
from tours.cli.terminal import (
    Where,
    counting,
    downloading,
    paper_language,
    say,
    say_path,
    working,
)

if TYPE_CHECKING:
    from geodata.additions import Additions
    from geodata.features import Feature
    from geodata.region import Region
    from tours.district import District
    from tours.places.decision import Decided
    from tours.places.proposalfile import ProposalFile
    from tours.workspace import Workspace

_ = translator("tours")

discover_app = typer.Typer()

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="ID", help=_("Ids of proposals, or parts of their names.")),
]


@discover_app.command(
    "discover",
    help=_(
        "Look for places that could be visited, in an OpenStreetMap file, online or among the "
        "stops of the district, and propose them in proposals.csv and on a map. places.csv stays "
        "as it is."
    ),
)
def discover(
    workspace: Where = None,
    file: Annotated[
        Path | None,
        typer.Option("--from", help=_("File that ends in .osm, .osm.gz, .osm.bz2 or .osm.pbf.")),
    ] = None,
    online: Annotated[
        bool, typer.Option("--online", help=_("Ask OpenStreetMap, by an Overpass server."))
    ] = False,
    server: Overpass = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(help=_("Propose only this kind, as in places.csv; can be repeated.")),
    ] = None,
    afresh: Annotated[
        bool,
        typer.Option(
            "--afresh", help=_("Drop earlier proposals that nobody has decided about first.")
        ),
    ] = False,
    rules: Annotated[
        bool,
        typer.Option(
            "--rules", help=_("Print what makes a place of which kind, and what is assumed of it.")
        ),
    ] = False,
) -> None:
    """Look for places that could be visited, and propose them in a file and on a map."""
    from geodata.placewords import KIND_WORDS, meaning_of
    from tours.places.proposalfile import load_proposals
    from tours.places.proposaltable import additions_text, render_rules, standing_text
    from tours.places.rewriting import rewritten
    from tours.workspace import open_workspace

    if rules:
        say(render_rules())
        return
    kinds = [meaning_of(one, KIND_WORDS) for one in kind or ()]
    _check_options(file, online, server or (), kinds)
    space = open_workspace(workspace or Path())
    district = space.load_district()
    # A fault of the file is said before anything is downloaded.
    load_proposals(space.proposals_file, district.region)
    features, source = _found(space, district, file, online, server or ())
    found, after, drawn = rewritten(
        [space.proposals_file, space.places_file],
        lambda: _proposed(space, district, features, kinds, afresh=afresh),
    )
    say(Text(additions_text(found, source)), Text(standing_text(after.rows)))
    if not features:
        say(
            Text(
                _(
                    "Stops tell little: --from with an OpenStreetMap file, or --online, finds "
                    "youth centres, schools and pitches, too."
                )
            )
        )
    if any(row.decision == "" for row in after.rows):
        say(Text(_("Write yes or no in column decision, then run “tours places accept”.")))
    for path in (drawn, space.proposals_file):
        say_path(path)


def _proposed(
    space: Workspace,
    district: District,
    features: Sequence[Feature],
    kinds: Sequence[str],
    *,
    afresh: bool,
) -> tuple[dict[Path, bytes], tuple[Additions, ProposalFile, Path]]:
    """Return the files to write, and what is new, what is proposed, and where the map is."""
    from dataclasses import replace

    from geodata.additions import find_additions
    from geodata.places import load_places
    from tours.places.proposalfile import load_proposals, read_proposals

    district = replace(district, places=load_places(space.places_file, district.region))
    earlier = load_proposals(space.proposals_file, district.region)
    if afresh:
        earlier = earlier.without_open()
    found = find_additions(
        features,
        district.region,
        district.places,
        earlier=earlier.places,
        network=None if district.network.source.is_estimate else district.network,
        not_served=district.config.not_served,
        kinds=kinds,
    )
    text = earlier.with_new(found.proposals, _text_of(space.places_file))
    after = read_proposals(text, space.proposals_file.name, district.region)
    drawn = _drawn(space, district, after)
    contents = {space.proposals_file: text.encode()} | drawn
    return contents, (found, after, next(iter(drawn)))


def _check_options(
    file: Path | None, online: bool, server: Sequence[str], kinds: Sequence[str]
) -> None:
    from geodata.errors import PlacesError
    from geodata.places import KINDS
    from tours.places.table import kind_text

    if file is not None and (online or server):
        raise PlacesError(
            _("A file and a server were named"),
            where="--from",
            remedy=_("Take --from without internet, or --online"),
        )
    for kind in kinds:
        if kind not in KINDS:
            raise PlacesError(
                _("“{value}” is unknown").format(value=kind),
                where="--kind",
                remedy=_("Write one of: {names}").format(names=", ".join(map(kind_text, KINDS))),
            )


def _found(
    space: Workspace,
    district: District,
    file: Path | None,
    online: bool,
    server: Sequence[str],
) -> tuple[tuple[Feature, ...], str]:
    """Return the features of the district, and where they come from in words."""
    if file is not None:
        from geodata.featurefile import read_features

        with counting(_("Features read")) as on_progress:
            read = read_features(file, district.region.boundary, on_progress=on_progress)
        return read.features, _dated(file.name, read.date)
    if online or server:
        from geodata.online.keptanswers import cache_folder, date_of, forget
        from geodata.online.overpass import download_features
        from tours.downloadsettings import load_download, with_options

        wanted = with_options(load_download(space.config_file), server, None, None)
        cache = cache_folder(f"features {next(iter(district.region.municipalities))[:5]}")
        with downloading() as (on_step, on_progress):
            on_step(_("Stops and meeting places"))
            features = download_features(
                district.region.boundary, wanted.servers, cache, on_progress
            )
        date = date_of(cache)
        forget(cache)
        return features, _dated("OpenStreetMap", date)
    return (), _("the names of the stops of the district")


def _dated(name: str, date: str) -> str:
    return _("{name} of {date}").format(name=name, date=date) if date else name


@discover_app.command(
    "accept",
    help=_(
        "Take what is marked with yes in proposals.csv, or what is named, into places.csv, whose "
        "other lines stay as they are."
    ),
)
def accept(
    names: Names = None,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Take what nobody has decided about, too."))
    ] = False,
    workspace: Where = None,
) -> None:
    """Take proposals into places.csv."""
    from tours.places.decision import accept as accepted
    from tours.places.proposaltable import kinds_text
    from tours.places.table import render_places_table

    space, region, decided, drawn = _written(
        workspace,
        lambda file, text, region: accepted(file, text, region, names or (), everything=everything),
    )
    say(
        render_places_table(decided.places, region),
        Text(
            _("{number} taken: {kinds}. Check what is assumed before the first drive.").format(
                number=len(decided.places), kinds=kinds_text(decided.places)
            )
        ),
    )
    for path in (drawn, space.proposals_file, space.places_file):
        say_path(path)


@discover_app.command("refuse", help=_("Refuse proposals, so that they are not proposed again."))
def refuse(
    names: Names = None,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Refuse all that nobody has decided about."))
    ] = False,
    workspace: Where = None,
) -> None:
    """Refuse proposals, so that they are not proposed again."""
    from tours.places.decision import refuse as refused
    from tours.places.proposaltable import kinds_text

    space, _region, decided, drawn = _written(
        workspace,
        lambda file, text, region: refused(file, text, region, names or (), everything=everything),
    )
    say(
        Text(
            _("{number} refused: {kinds}.").format(
                number=len(decided.places), kinds=kinds_text(decided.places)
            )
        )
    )
    for path in (drawn, space.proposals_file):
        say_path(path)


def _text_of(path: Path) -> str:
    """Return the text of a file as it is, line ends and byte order mark included."""
    return path.read_bytes().decode("utf-8")


def _written(
    workspace: Path | None, decide: Callable[[ProposalFile, str, Region], Decided]
) -> tuple[Workspace, Region, Decided, Path]:
    """Write both files and the map anew; return what was decided, and where the map is."""
    from tours.places.rewriting import rewritten
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    district = space.load_district()
    decided, drawn = rewritten(
        [space.proposals_file, space.places_file], lambda: _decided(space, district, decide)
    )
    return space, district.region, decided, drawn


def _decided(
    space: Workspace, district: District, decide: Callable[[ProposalFile, str, Region], Decided]
) -> tuple[dict[Path, bytes], tuple[Decided, Path]]:
    """Return the files to write, and what was decided with where the map is."""
    from dataclasses import replace

    from geodata.errors import PlacesError
    from geodata.places import load_places, read_places
    from tours.places.proposalfile import load_proposals, read_proposals

    file = load_proposals(space.proposals_file, district.region)
    if file.text is None:
        raise PlacesError(
            _("Nothing has been proposed yet"),
            where=str(space.proposals_file),
            remedy=_("Look for places with “tours places discover”"),
        )
    before = load_places(space.places_file, district.region)
    decided = decide(file, _text_of(space.places_file), district.region)
    after = read_proposals(decided.proposals_text, space.proposals_file.name, district.region)
    places = read_places(decided.places_text, space.places_file.name, district.region)
    drawn = _drawn(space, replace(district, places=places), after)
    contents = {space.proposals_file: decided.proposals_text.encode()}
    if places != before:
        contents = {space.places_file: decided.places_text.encode()} | contents
    return contents | drawn, (decided, next(iter(drawn)))


def _drawn(space: Workspace, district: District, file: ProposalFile) -> dict[Path, bytes]:
    """Return the map of places and proposals, with where it goes."""
    from maps.basemap import build_basemap
    from maps.proposalmap import Heading, render_proposalmap
    from tours.places.rules import place_rules, rule_notes

    with speaking(paper_language()), working(_("Drawing the map")):
        heading = Heading(
            district.config.service,
            district.config.district_name,
            {m.ags: m.name for m in district.region.municipalities.values()},
            district.network.source,
            place_rules(),
            rule_notes(),
        )
        basemap = build_basemap(district.region, district.network)
        page = render_proposalmap(heading, district.places, file.rows, basemap)
        return {space.folder / "out" / "proposals.html": page.encode()}
