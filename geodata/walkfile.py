"""The ways on foot and the residential areas on disk: a GeoPackage that opens in QGIS."""

from __future__ import annotations

from pathlib import Path

from geodata.homes import Homes
from geodata.walking import WalkNetwork


def save_walk(walk: WalkNetwork, homes: Homes, path: Path) -> None:
    """Write both whole, in place of what is there; the same ones give the same bytes.

    Raises
    ------
    NetworkError
        If they cannot be written. Then the old file stays.
    """
    raise NotImplementedError


def load_walk(path: Path) -> tuple[WalkNetwork, Homes]:
    """Read the ways on foot and the residential areas.

    Raises
    ------
    NetworkError
        If the file cannot be read.
    """
    raise NotImplementedError
