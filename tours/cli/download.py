"""The commands that go online: roads of a workspace, and a workspace of any German district."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import translator
from tours.cli.network import Margin, network_summary
from tours.cli.terminal import Where, downloading, say, say_path, warn

if TYPE_CHECKING:
    from geodata.errors import OutreachError
    from tours.download import Fetched
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


@download_app.command(
    "download",
    help=_("Download the roads of the district and its surroundings from OpenStreetMap."),
)
def network_download(
    workspace: Where = None, server: Overpass = None, margin: Margin = None
) -> None:
    """Download the roads of the district and its surroundings from OpenStreetMap."""
    from geodata.errors import DownloadError, NetworkError
    from geodata.online.keptanswers import forget
    from geodata.storage import save_network
    from geodata.walkfile import save_walk
    from tours.config import load_config
    from tours.download import fetch_network, fetch_walk
    from tours.downloadsettings import load_download, with_options
    from tours.onfoot import missing_text, spots_of, summary_text
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    region = space.load_region()
    load_config(space.config_file, region.municipalities)
    wanted = with_options(load_download(space.config_file), server or (), None, margin)
    with downloading() as (on_step, on_progress):
        fetched = fetch_network(region, wanted, on_step, on_progress)
        on_step(_("Storing the roads"))
        save_network(fetched.network, space.network_file)
        fault: DownloadError | NetworkError | None = None
        try:
            on_foot = fetch_walk(region, spots_of(space, region), wanted, on_step, on_progress)
            save_walk(on_foot.walk, on_foot.homes, space.walk_file)
        except (DownloadError, NetworkError) as error:
            # The roads are worth having: reach on foot is estimated until its ways are there.
            walk_text, fault = missing_text(space), error
        else:
            walk_text = summary_text(on_foot.walk, on_foot.homes)
            forget(on_foot.cache)
    forget(fetched.cache)
    lines = network_summary(region, fetched.network, fetched.left_out)
    say(*map(Text, [*lines, walk_text]))
    if fault is not None:
        warn(fault)
    say_path(space.network_file)


def init_online(
    name: str, folder: Path | None, server: list[str] | None, nominatim: str | None
) -> None:
    """Make a workspace of a district that is not built in."""
    from geodata.errors import DownloadError, NetworkError, RegionError
    from geodata.online.keptanswers import forget
    from geodata.online.nominatim import is_relation
    from geodata.online.servers import Servers
    from geodata.storage import save_network
    from tours.download import fetch_network
    from tours.downloadsettings import MARGIN_KM, Download, with_options
    from tours.newdistrict import default_folder, first_files, survey_district
    from tours.newworkspace import check_vacant, write_workspace

    # The number of a district tells its name only later.
    target = folder or (None if is_relation(name) else Path(default_folder(name)))
    if target is not None:
        check_vacant(target)
    wanted = with_options(
        Download(Servers(), round(MARGIN_KM * 1000)), server or (), nominatim, None
    )
    own = wanted.servers if server or nominatim else None
    fetched: Fetched | None = None
    fault: DownloadError | NetworkError | None = None
    with downloading() as (on_step, on_progress):
        try:
            survey = survey_district(name, wanted.servers, on_step, on_progress)
        except (DownloadError, RegionError) as error:
            raise _with_built_in(error) from error
        caches = [cache for cache in [survey.cache] if cache is not None]
        try:
            fetched = fetch_network(survey.region, wanted, on_step, on_progress)
            caches.append(fetched.cache)
        except (DownloadError, NetworkError) as error:
            # The rest is worth having: times are estimated until roads are there.
            fault = error
        made = first_files(survey, fetched.network if fetched else None, own)
    space = write_workspace(made.files, target or Path(default_folder(survey.name)))
    if fetched is not None:
        save_network(fetched.network, space.network_file)
    for cache in caches:
        forget(cache)
    say(Text(survey_text(survey, made)))
    if fetched is not None:
        print()
        say(*map(Text, network_summary(survey.region, fetched.network, fetched.left_out)))
    say_path(space.shown)
    if fault is not None:
        raise DownloadError(
            _("The workspace is there, but without roads: {reason}").format(
                reason=fault.faults[0].what
            ),
            remedy=_("Run “tours network download -w {folder}” later").format(folder=space.folder),
        )


def _with_built_in(error: OutreachError) -> OutreachError:
    """Add what needs no download: perhaps one of those was meant."""
    from geodata.region import BUILT_IN

    (fault,) = error.faults
    remedy = _("{remedy}; without a download there are: {names}").format(
        remedy=fault.remedy, names=", ".join(BUILT_IN)
    )
    return type(error)(fault.what, where=fault.where, remedy=remedy)


def survey_text(survey: Survey, made: FirstFiles) -> str:
    """Return what is said of a district that was just made a workspace."""
    from geodata.boundaries import MADE_UP

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
    if next(iter(region.municipalities)).startswith(MADE_UP):
        lines.append(
            _(
                "The municipalities have no official German keys: theirs are made up, and holidays "
                "are those of the state in region.toml"
            )
        )
    lines.append(_("The number of young people is not known and not estimated"))
    lines.append(
        _("Depot, afternoons, rules and meeting places are assumed: please edit region.toml first")
    )
    return ".\n".join(lines) + "."
