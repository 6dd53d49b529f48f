"""The roads of a district, downloaded and made into a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import NetworkError
from geodata.homes import Homes
from geodata.language import translator
from geodata.network import NetworkSource, RoadNetwork
from geodata.online.keptanswers import cache_folder, date_of, forget
from geodata.online.overpass import (
    OnProgress,
    download_footways,
    download_homes,
    download_roads,
)
from geodata.region import Region
from geodata.roads import ATTRIBUTION, roads_from_graph
from geodata.walking import WalkNetwork, around_places, walk_network
from tours.downloadsettings import Download

_ = translator("tours")


@dataclass(frozen=True, slots=True)
class Fetched:
    """Roads that were downloaded.

    Attributes
    ----------
    network : RoadNetwork
    left_out : Counter
        See `geodata.roads.roads_from_graph`.
    cache : Path
        Where the answers are, until the network is stored.
    """

    network: RoadNetwork
    left_out: Counter[str]
    cache: Path


@dataclass(frozen=True, slots=True)
class FetchedWalk:
    """Ways on foot and residential areas that were downloaded.

    Attributes
    ----------
    walk : WalkNetwork
    homes : ndarray of Polygon
        Degrees, EPSG:4326.
    cache : Path
        Where the answers are, until they are stored.
    """

    walk: WalkNetwork
    homes: Homes
    cache: Path


def fetch_walk(
    region: Region,
    spots: Sequence[tuple[float, float]],
    download: Download,
    on_step: Callable[[str], None],
    on_progress: OnProgress,
) -> FetchedWalk:
    """Download the ways on foot around some places, and the residential areas of a district.

    Parameters
    ----------
    region : Region
    spots : sequence of (lon, lat)
        Places and stops, degrees, EPSG:4326.
    download : Download
    on_step : Callable[[str], None]
        Called with what is done next.
    on_progress : Callable[[int, int], None]
        Called with the number of answers and bytes of this step.

    Raises
    ------
    DownloadError
        If no server answers well.
    NetworkError
        If there are no ways on foot.
    """
    cache = cache_folder(f"walk {next(iter(region.municipalities))[:5]}")
    around = around_places(spots)
    on_step(_("Ways on foot"))
    lines = download_footways(around, download.servers, cache, on_progress)
    on_step(_("Residential areas"))
    homes = download_homes(region.boundary, download.servers, cache, on_progress)
    source = NetworkSource(kind="download", date=date_of(cache), attribution=ATTRIBUTION)
    return FetchedWalk(walk_network(lines, source, around), homes, cache)


def fetch_network(
    region: Region, download: Download, on_step: Callable[[str], None], on_progress: OnProgress
) -> Fetched:
    """Download the roads of a district and make a network of them.

    Parameters
    ----------
    region : Region
    download : Download
    on_step : Callable[[str], None]
        Called with what is done next.
    on_progress : Callable[[int, int], None]
        Called with the number of answers and bytes of this step.

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
    left_out: Counter[str] = Counter()
    try:
        return Fetched(roads_from_graph(raw, source=source, left_out=left_out), left_out, cache)
    except NetworkError:
        forget(cache)
        raise
