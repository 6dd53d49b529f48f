"""The commands that go online: roads of a workspace, and a workspace of any German district."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import translator
from tours.terminal import Where, downloading, say, say_path

if TYPE_CHECKING:
    from geodata.network import RoadNetwork
    from tours.newdistrict import FirstFiles, Survey

_ = translator("tours")

download_app = typer.Typer()
# From here on, what is missing is rounding.
WELL_COVERED = 0.98

Overpass = Annotated[
    list[str] | None,
    typer.Option(
        "--server", help=_("Address of an Overpass server; can be repeated, asked in this order.")
    ),
]
Nominatim = Annotated[
    str | None, typer.Option("--nominatim", help=_("Address of a Nominatim server."))
]
Margin = Annotated[
    float | None,
    typer.Option(min=0, max=50, help=_("Roads up to so many km beyond the district; else 5.")),
]


@download_app.command(
    "download",
    help=_("Download the roads of the district and its surroundings from OpenStreetMap."),
)
def network_download(
    workspace: Where = None, server: Overpass = None, margin: Margin = None
) -> None:
    """Download the roads of the district and its surroundings from OpenStreetMap."""
    from geodata.online.keptanswers import forget
    from geodata.storage import save_network
    from tours.config import load_config
    from tours.download import fetch_network
    from tours.downloadsettings import load_download, with_options
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    region = space.load_region()
    load_config(space.config_file, region.municipalities)
    wanted = with_options(load_download(space.config_file), server or (), None, margin)
    with downloading() as (on_step, on_progress):
        network, cache = fetch_network(region, wanted, on_step, on_progress)
    save_network(network, space.network_file)
    forget(cache)
    say(Text(_network_text(network)))
    say_path(space.network_file)


def init_online(
    name: str, folder: Path | None, server: list[str] | None, nominatim: str | None
) -> None:
    """Make a workspace of a district that is not built in."""
    from geodata.errors import DownloadError, NetworkError
    from geodata.online.keptanswers import forget
    from geodata.online.servers import Servers
    from geodata.storage import save_network
    from tours.download import fetch_network
    from tours.downloadsettings import MARGIN_KM, Download, with_options
    from tours.newdistrict import default_folder, first_files, survey_district
    from tours.workspace import check_vacant, write_workspace

    target = folder or Path(default_folder(name))
    check_vacant(target)
    wanted = with_options(
        Download(Servers(), round(MARGIN_KM * 1000)), server or (), nominatim, None
    )
    own = wanted.servers if server or nominatim else None
    network: RoadNetwork | None = None
    fault: DownloadError | NetworkError | None = None
    with downloading() as (on_step, on_progress):
        survey = survey_district(name, wanted.servers, on_step, on_progress)
        caches = [survey.cache]
        try:
            network, cache = fetch_network(survey.region, wanted, on_step, on_progress)
            caches.append(cache)
        except (DownloadError, NetworkError) as error:
            # The rest is worth having: times are estimated until roads are there.
            fault = error
        made = first_files(survey, network, own)
    space = write_workspace(made.files, target)
    if network is not None:
        save_network(network, space.network_file)
    for cache in caches:
        forget(cache)
    say(Text(_survey_text(survey, made, network)))
    say_path(space.folder)
    if fault is not None:
        raise DownloadError(
            _("The workspace is there, but without roads: {reason}").format(
                reason=fault.faults[0].what
            ),
            remedy=_("Run “tours network download -w {folder}” later").format(folder=space.folder),
        )


def _network_text(network: RoadNetwork) -> str:
    from tours.timetable import number_text

    return _("{nodes} nodes, {edges} directed edges; data of {date}").format(
        nodes=number_text(network.num_nodes, 0),
        edges=number_text(network.num_edges, 0),
        date=network.source.date or "?",
    )


def _survey_text(survey: Survey, made: FirstFiles, network: RoadNetwork | None) -> str:
    region = survey.region
    unknown = [m.name for m in region.municipalities.values() if not m.population]
    lines = [
        _("{name}: {municipalities} municipalities, {stops} stops, {places} meeting places").format(
            name=survey.name,
            municipalities=len(region.municipalities),
            stops=len(region.stops),
            places=made.num_places,
        )
    ]
    if made.num_more:
        lines.append(
            _("{number} more candidates for meeting places were left out").format(
                number=made.num_more
            )
        )
    if survey.covered < WELL_COVERED:
        lines.append(
            _("The municipalities cover {percent} % of the district").format(
                percent=round(survey.covered * 100)
            )
        )
    if unknown:
        lines.append(_("Population not known: {names}").format(names=", ".join(unknown)))
    lines.append(_("The number of young people is not known and not estimated"))
    if network is not None:
        lines.append(_network_text(network))
    lines.append(
        _("Depot, afternoons, rules and meeting places are assumed: please edit region.toml first")
    )
    return ".\n".join(lines) + "."
