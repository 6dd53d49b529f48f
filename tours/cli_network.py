"""The commands about roads: which ones are in use, and real ones from a file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import translator
from tours.terminal import Where, counting, say, say_path, working

if TYPE_CHECKING:
    from geodata.network import RoadNetwork
    from geodata.region import Region

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
        Path, typer.Argument(help=_("File that ends in .osm, .osm.gz, .osm.bz2 or .osm.pbf."))
    ],
    workspace: Where = None,
    margin: Margin = None,
) -> None:
    """Take the roads of the district and its surroundings from an OpenStreetMap file."""
    from geodata.extract import read_extract
    from geodata.network import NetworkSource
    from geodata.roads import ATTRIBUTION, roads_from_graph
    from geodata.storage import save_network
    from geodata.surroundings import surroundings
    from tours.downloadsettings import load_download, with_options
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    region = space.load_region()
    wanted = with_options(load_download(space.config_file), (), None, margin)
    with counting(_("Roads read")) as on_progress:
        area = surroundings(region.boundary, wanted.margin_m)
        raw = read_extract(file, area, on_progress=on_progress)
    left_out: Counter[str] = Counter()
    with working(_("Computing drive times")):
        source = NetworkSource(kind="extract", date=raw.graph["date"], attribution=ATTRIBUTION)
        roads = roads_from_graph(raw, source=source, left_out=left_out)
    with working(_("Storing the roads")):
        save_network(roads, space.network_file)
    say(*(Text(line) for line in network_summary(region, roads, left_out)))
    say_path(space.network_file)


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
