"""How roads are downloaded: the part [network] of region.toml, and what a command says instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.filefault import reason_of
from geodata.language import translator
from geodata.online.servers import Servers, is_address
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
    """Read how roads are downloaded from region.toml; `tours.config` looks at the rest of it.

    Raises
    ------
    ConfigError
        If the file cannot be read or its part [network] has faults.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            _("The settings cannot be read ({reason})").format(reason=reason_of(error)),
            where=str(path),
            remedy=_("Restore the file from a copy, or make a new workspace with “tours init”"),
        ) from error
    reader = TomlFile(text, path.name)
    download = read_download(reader.table("network", is_required=False))
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
