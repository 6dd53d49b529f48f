"""The commands about roads: which ones are in use, and real ones from a file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import translator
from tours.cli.terminal import Where, counting, say, say_path, warn, working

if TYPE_CHECKING:
    from geodata.errors import OutreachError
    from geodata.footextract import FootFinds
    from geodata.network import NetworkSource, RoadNetwork
    from geodata.region import Region
    from tours.workspace import Workspace

_ = translator("tours")

Margin = Annotated[
    float | None,
    typer.Option(min=0, max=50, help=_("Roads up to so many km beyond the district; else 5.")),
]

network_app = typer.Typer(help=_("Roads: which ones are in use, and where real ones come from."))


@network_app.command(
    "status",
    help=_("Print which roads are in use, how many, and how far their times can be trusted."),
)
def network_status(workspace: Where = None) -> None:
    """Print which roads are in use, how many, and how far their times can be trusted."""
    from tours.config import load_config
    from tours.onfoot import status_text
    from tours.timetable import network_text
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    region = space.load_region()
    roads = space.load_network(region)
    percent = load_config(space.config_file, region.municipalities, region).surcharge_percent
    lines = [
        network_text(roads.source),
        _size_text(roads),
        _("Source: {source}").format(source=roads.source.attribution),
    ]
    if percent:
        lines.append(
            _("Drives take {percent} % longer than computed (region.toml).").format(percent=percent)
        )
    if text := status_text(space, is_estimate=roads.source.is_estimate):
        lines.append(text)
    say(*map(Text, lines))


@network_app.command(
    "import",
    help=_(
        "Take the roads of the district and its surroundings from an OpenStreetMap file, without "
        "internet."
    ),
)
def network_import(
    file: Annotated[
        Path,
        typer.Argument(
            metavar=_("FILE"), help=_("File that ends in .osm, .osm.gz, .osm.bz2 or .osm.pbf.")
        ),
    ],
    workspace: Where = None,
    margin: Margin = None,
) -> None:
    """Take the roads of the district and its surroundings from an OpenStreetMap file."""
    from geodata.extract import read_extract
    from geodata.footextract import FootFinds
    from geodata.network import NetworkSource
    from geodata.roads import ATTRIBUTION, roads_from_graph
    from geodata.storage import save_network
    from geodata.surroundings import surroundings
    from geodata.walking import around_places
    from tours.downloadsettings import load_download, with_options
    from tours.onfoot import spots_of
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    region = space.load_region()
    wanted = with_options(load_download(space.config_file), (), None, margin)
    with counting(_("Roads read")) as on_progress:
        area = surroundings(region.boundary, wanted.margin_m)
        on_foot = FootFinds(around_places(spots_of(space, region)), region.boundary)
        raw = read_extract(file, area, on_foot=on_foot, on_progress=on_progress)
    left_out: Counter[str] = Counter()
    with working(_("Computing drive times")):
        source = NetworkSource(kind="extract", date=raw.graph["date"], attribution=ATTRIBUTION)
        roads = roads_from_graph(raw, source=source, left_out=left_out)
    with working(_("Storing the roads")):
        save_network(roads, space.network_file)
    with working(_("Storing the ways on foot")):
        walk_text, fault = store_walk(on_foot, source, space)
    say(*map(Text, [*network_summary(region, roads, left_out), walk_text]))
    if fault is not None:
        warn(fault)
    say_path(space.network_file)


def store_walk(
    on_foot: FootFinds, source: NetworkSource, space: Workspace
) -> tuple[str, OutreachError | None]:
    """Store the ways on foot of a file, and return what is said of them, and what is wrong."""
    from geodata.errors import NetworkError
    from geodata.walkfile import save_walk
    from geodata.walking import walk_network
    from tours.onfoot import missing_text, summary_text

    try:
        walk, homes = walk_network(on_foot.lines(), source, on_foot.around), on_foot.homes()
        save_walk(walk, homes, space.walk_file)
    except NetworkError as error:
        return missing_text(space), error
    return summary_text(walk, homes), None


def _size_text(roads: RoadNetwork) -> str:
    from tours.timetable import number_text

    return _("{nodes} nodes, {edges} directed edges, {km} km of roads in one direction").format(
        nodes=number_text(roads.num_nodes, 0),
        edges=number_text(roads.num_edges, 0),
        km=number_text(int(roads.edge_mm.sum()) / 2e6, 0),
    )


def network_summary(region: Region, roads: RoadNetwork, left_out: Counter[str]) -> list[str]:
    """Return what is said of roads that were just loaded, line by line."""
    from tours.timetable import network_text, number_text

    lines = [
        network_text(roads.source),
        _size_text(roads),
        _(
            "Left out: {closed} km that are closed to the bus, {lost} km that cannot be reached "
            "or left; {barriers} barriers are shut"
        ).format(
            closed=number_text(left_out["closed"] / 2e3, 1),
            lost=number_text(left_out["unreachable"] / 2e3, 1),
            barriers=left_out["barriers"],
        ),
    ]
    if missing := _without_roads(region, roads):
        lines.append(
            _("No road is known in these municipalities: {names}").format(names=", ".join(missing))
        )
    return lines


def _without_roads(region: Region, roads: RoadNetwork) -> list[str]:
    """Return the municipalities into which no road leads."""
    import shapely

    lon, lat = roads.line_lonlat.T
    missing = []
    for one in region.municipalities.values():
        shapely.prepare(one.boundary)
        if one.population and not shapely.intersects_xy(one.boundary, lon, lat).any():
            missing.append(one.name)
    return missing
