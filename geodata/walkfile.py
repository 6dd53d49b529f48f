"""The ways on foot and the residential areas on disk: a GeoPackage that opens in QGIS.

Its layers are all there is: an edit in QGIS counts at once. Ways meet where their ends do.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from geodata.crs import LONLAT
from geodata.errors import NetworkError
from geodata.filefault import reason_of
from geodata.homes import Homes
from geodata.language import translator
from geodata.network import NetworkSource
from geodata.roadlayers import SOURCE, dated, write_facts
from geodata.storage import drafted
from geodata.walking import WalkNetwork, walk_network

_ = translator("geodata")

FORMAT = "1"
KINDS = ("download", "extract")
WAYS, AREAS, COVERED = "ways", "homes", "covered"
TYPES = {WAYS: "LineString", AREAS: "Polygon", COVERED: "MultiPolygon"}


def save_walk(walk: WalkNetwork, homes: Homes, path: Path) -> None:
    """Write both whole, in place of what is there; the same ones give the same bytes.

    Parameters
    ----------
    walk : WalkNetwork
    homes : ndarray of Polygon
        Degrees, EPSG:4326.
    path : Path
        Ends in ``.gpkg``.

    Raises
    ------
    NetworkError
        If they cannot be written. Then the old file stays.
    """
    from pyogrio.raw import write

    edge = np.repeat(np.arange(walk.num_edges), np.diff(walk.line_start))
    covered = (
        walk.covered if isinstance(walk.covered, MultiPolygon) else MultiPolygon([walk.covered])
    )
    layers: dict[str, NDArray[np.object_]] = {
        WAYS: np.asarray(shapely.linestrings(walk.line_lonlat, indices=edge), dtype=np.object_),
        AREAS: homes,
        COVERED: np.array([covered], dtype=np.object_),
    }
    source = walk.source
    with drafted(path) as draft, dated(source.date):
        for name, shapes in layers.items():
            write(
                draft,
                shapely.to_wkb(shapes),
                [np.arange(1, len(shapes) + 1)],
                ["number"],
                layer=name,
                driver="GPKG",
                geometry_type=TYPES[name],
                crs=LONLAT,
            )
        facts = {"kind": source.kind, "date": source.date, "attribution": source.attribution}
        write_facts(facts | {"format": FORMAT}, draft)


def load_walk(path: Path) -> tuple[WalkNetwork, Homes]:
    """Read the ways on foot and the residential areas.

    Raises
    ------
    NetworkError
        If the file is missing, damaged or of another version of the program.
    """
    with _reading(path):
        with closing(_opened(path)) as base:
            facts = dict(base.execute(f"SELECT key, value FROM {SOURCE}"))
        if facts.get("format") != FORMAT or facts["kind"] not in KINDS:
            raise ValueError(f"format {facts.get('format')}")
        source = NetworkSource(facts["kind"], facts["date"] or "", facts["attribution"] or "")
        lines, homes, covered = (_shapes(path, name) for name in (WAYS, AREAS, COVERED))
        area = shapely.union_all(covered)
        if not isinstance(area, Polygon | MultiPolygon) or not len(lines):
            raise ValueError(COVERED if len(lines) else WAYS)
        return walk_network(lines, source, area), homes


def _shapes(path: Path, layer: str) -> NDArray[np.object_]:
    """Return what a layer holds of its type; drawing in QGIS leaves empty shapes behind."""
    from pyogrio.raw import read

    _meta, _fids, wkb, _cells = read(path, layer=layer, columns=[])
    shapes = shapely.get_parts(shapely.from_wkb(wkb[[one is not None for one in wkb]]))
    is_line = layer == WAYS
    wanted = shapely.GeometryType.LINESTRING if is_line else shapely.GeometryType.POLYGON
    kept: NDArray[np.object_] = shapes[
        (shapely.get_type_id(shapes) == wanted) & ~shapely.is_empty(shapes)
    ]
    return kept if is_line else np.asarray(shapely.make_valid(kept), dtype=np.object_)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn what a damaged file leads to into one sentence."""
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        yield
    except NetworkError:
        raise
    except (
        *(OSError, sqlite3.Error, ValueError, LookupError, TypeError),
        *(shapely.errors.ShapelyError, DataLayerError, DataSourceError),
    ) as error:
        raise NetworkError(
            _("The ways on foot cannot be read ({reason})").format(reason=reason_of(error)),
            where=str(path),
            remedy=_(
                "Load them again with “tours network download” or “tours network import FILE”, or "
                "delete the file"
            ),
        ) from error


def _opened(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
