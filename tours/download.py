"""The roads of a district, downloaded and made into a network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from geodata.errors import NetworkError
from geodata.language import translator
from geodata.network import NetworkSource, RoadNetwork
from geodata.online.keptanswers import cache_folder, date_of, forget
from geodata.online.overpass import OnProgress, download_roads
from geodata.region import Region
from geodata.roads import ATTRIBUTION, roads_from_graph
from tours.downloadsettings import Download

_ = translator("tours")


def fetch_network(
    region: Region, download: Download, on_step: Callable[[str], None], on_progress: OnProgress
) -> tuple[RoadNetwork, Path]:
    """Return the roads of a district, and where the answers are kept until they are stored.

    Raises
    ------
    DownloadError
        If no server answers well.
    NetworkError
        If the bus can use none of the roads.
    """
    cache = cache_folder(f"roads {next(iter(region.municipalities))[:5]}")
    on_step(_("Roads"))
    raw = download_roads(region, download.margin_m, download.servers, cache, on_progress)
    on_step(_("Drive times on the roads"))
    source = NetworkSource(kind="download", date=date_of(cache), attribution=ATTRIBUTION)
    try:
        return roads_from_graph(raw, source=source), cache
    except NetworkError:
        forget(cache)
        raise
