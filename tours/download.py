"""How roads are downloaded: the part [network] of region.toml, and what the command says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import NetworkError
from geodata.language import translator
from geodata.network import NetworkSource, RoadNetwork
from geodata.online.keptanswers import cache_folder, date_of, forget
from geodata.online.overpass import OnProgress, download_roads
from geodata.online.servers import Servers, is_address
from geodata.region import Region
from geodata.roads import ATTRIBUTION, roads_from_graph
from tours.errors import ConfigError
from tours.tomlfile import TomlFile
from tours.tomltable import Table

_ = translator("tours")

MARGIN_KM = 5.0


@dataclass(frozen=True, slots=True)
class Download:
    """How roads are downloaded.

    Attributes
    ----------
    servers : Servers
    margin_m : int
        How far beyond the district roads are wanted, metres.
    """

    servers: Servers
    margin_m: int


def read_download(table: Table) -> Download:
    """Read the part [network]; faults are noted in the table."""
    usual = Servers()
    overpass = table.texts("overpass") or usual.overpass
    nominatim = table.text("nominatim", usual.nominatim) or usual.nominatim
    margin_km = table.number("margin_km", 0, 50, MARGIN_KM)
    table.finish()
    for key, addresses in (("overpass", overpass), ("nominatim", (nominatim,))):
        for address in addresses:
            if not is_address(address):
                table.fault(
                    key,
                    _("“{address}” is not the address of a server").format(address=address),
                    _("Write it as in https://overpass-api.de/api"),
                )
                return Download(usual, round(margin_km * 1000))
    return Download(Servers(overpass, nominatim), round(margin_km * 1000))


def load_download(path: Path) -> Download:
    """Read how roads are downloaded from region.toml.

    Raises
    ------
    ConfigError
        If the file cannot be read or its part [network] has faults.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            _("The settings cannot be read ({reason})").format(reason=error),
            where=str(path),
            remedy=_("Restore the file from a copy, or make a new workspace with “tours init”"),
        ) from error
    reader = TomlFile(text, path.name)
    download = read_download(reader.table("network"))
    if reader.faults:
        raise ConfigError.collected(reader.faults)
    return download


def with_options(
    download: Download, servers: Sequence[str], nominatim: str | None, margin_km: float | None
) -> Download:
    """Return the settings with what the command line says instead.

    Raises
    ------
    DownloadError
        If something is not the address of a server.
    """
    usual = download.servers
    return Download(
        Servers(tuple(servers) or usual.overpass, nominatim or usual.nominatim),
        download.margin_m if margin_km is None else round(margin_km * 1000),
    )


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
