"""The road network on disk: a GeoPackage whose layers open in QGIS, and its arrays beside them.

The arrays are read as they are, which takes a fraction of a second. They carry a stamp of the
layers: after an edit in QGIS the layers count, and the arrays are made anew from them.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from geodata.errors import NetworkError
from geodata.filefault import reason_of
from geodata.language import translator
from geodata.network import NetworkSource, RoadNetwork
from geodata.roadlayers import EDGES, NODES, SOURCE, read_layers, write_layers
from geodata.streets import StreetNames

_ = translator("geodata")

FORMAT = 1
KINDS = ("estimate", "download", "extract")
# A table of ours, which programs that show layers do not list.
TABLE = "tours_arrays"
HEADER = "header"
# How each array is stored.
FLOATS = {"node_lonlat": "<f8", "line_lonlat": "<f8"}
INTS = {
    "edge_from": "<i4",
    "edge_to": "<i4",
    "edge_ms": "<i8",
    "edge_mm": "<i8",
    "edge_class": "<u1",
    "line_start": "<i8",
}
# The names of the roads, which files of earlier versions and estimates do not have: a list of
# texts, and for each edge the position in it.
NAMES, EDGE_NAME, NAME_DTYPE = "names", "edge_name", "<i4"


def save_network(network: RoadNetwork, path: Path) -> None:
    """Write a network whole, in place of what is there; the same network gives the same bytes.

    Parameters
    ----------
    network : RoadNetwork
    path : Path
        Ends in ``.gpkg``.

    Raises
    ------
    NetworkError
        If it cannot be written, or another program has the file open. Then the old one stays.
    """
    with drafted(path) as draft:
        write_layers(network, _facts(network), draft)
        with closing(sqlite3.connect(draft)) as base, base:
            _write_arrays(base, network)


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """Hand out a file to write into, which then takes the place of the one that is there.

    Raises
    ------
    NetworkError
        If it cannot be written, or another program has the file open. Then the old one stays.
    """
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # What waits in it would be written into the new file.
        if (waiting := path.with_name(path.name + "-wal")).exists():
            raise NetworkError(
                _("The road network is open in another program"),
                where=str(path),
                remedy=_("Close it there; if it is open nowhere, delete {file}").format(
                    file=waiting.name
                ),
            )
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".tours-") as folder:
            draft = Path(folder) / "roads.gpkg"
            yield draft
            with draft.open("rb+") as file:
                os.fsync(file.fileno())
            draft.replace(path)
    except (OSError, sqlite3.Error, DataSourceError, DataLayerError, FeatureError) as error:
        raise NetworkError(
            _("The road network cannot be written ({reason})").format(reason=reason_of(error)),
            where=str(path),
            remedy=_("Check that the folder may be written and the disk is not full"),
        ) from error


def load_network(path: Path) -> RoadNetwork:
    """Read a network.

    Raises
    ------
    NetworkError
        If the file is missing, damaged, of another version or no road network, or if it was
        edited and its layers do not fit together.
    """
    with _reading(path), closing(_opened(path)) as base:
        facts = dict(base.execute(f"SELECT key, value FROM {SOURCE}"))
        if facts.get("format") != str(FORMAT):
            raise NetworkError(
                _("The road network is of another version of the program (format {found})").format(
                    found=facts.get("format", "?")
                ),
                where=str(path),
                remedy=_again(),
            )
        source, snap_limit_m = _source(facts), int(facts["snap_limit_m"])
        header = json.loads(_blob(base, HEADER))
        stamp = _stamp(base)
        if header["stamp"] == stamp:
            return _network(base, source, snap_limit_m)
    with _reading(path):
        network = read_layers(path, source, snap_limit_m)
    _keep_arrays(network, path, stamp)
    return network


def _again() -> str:
    return _("Load the roads again with “tours network download” or “tours network import FILE”")


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn what a damaged file leads to into one sentence."""
    try:
        yield
    except NetworkError:
        raise
    except FileNotFoundError as error:
        raise NetworkError(
            _("There is no road network here"), where=str(path), remedy=_again()
        ) from error
    except (OSError, sqlite3.Error, ValueError, LookupError, TypeError) as error:
        raise NetworkError(
            _("The road network cannot be read ({reason})").format(reason=reason_of(error)),
            where=str(path),
            remedy=_again(),
        ) from error


def _opened(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _facts(network: RoadNetwork) -> dict[str, str]:
    source = network.source
    facts = {
        "kind": source.kind,
        "date": source.date,
        "attribution": source.attribution,
        "snap_limit_m": str(network.snap_limit_m),
        "format": str(FORMAT),
    }
    errors = {"error_median": source.error_median, "error_p90": source.error_p90}
    return facts | {name: repr(value) for name, value in errors.items() if value is not None}


def _source(facts: dict[str, str]) -> NetworkSource:
    if facts["kind"] not in KINDS:
        raise ValueError(f"kind {facts['kind']}")
    errors = {name: facts.get(name) for name in ("error_median", "error_p90")}
    return NetworkSource(
        facts["kind"],
        facts["date"] or "",
        facts["attribution"] or "",
        **{name: None if value is None else float(value) for name, value in errors.items()},
    )


def _stamp(base: sqlite3.Connection) -> list[list[object]]:
    """Return what tells whether a layer was edited: its last change and its number of rows."""
    rows = base.execute(
        "SELECT table_name, last_change, feature_count FROM gpkg_contents "
        "JOIN gpkg_ogr_contents USING (table_name) WHERE table_name IN (?, ?) ORDER BY table_name",
        (NODES, EDGES),
    )
    return [list(row) for row in rows]


def _write_arrays(
    base: sqlite3.Connection, network: RoadNetwork, stamp: list[list[object]] | None = None
) -> None:
    base.execute(f"DROP TABLE IF EXISTS {TABLE}")
    base.execute(f"CREATE TABLE {TABLE} (name TEXT PRIMARY KEY, data BLOB, check_sum INTEGER)")
    header = json.dumps({"stamp": _stamp(base) if stamp is None else stamp}).encode()
    rows = {HEADER: header}
    for name, dtype in (FLOATS | INTS).items():
        rows[name] = np.ascontiguousarray(getattr(network, name), dtype=dtype).tobytes()
    if (streets := network.streets) is not None:
        rows[NAMES] = json.dumps(streets.names, ensure_ascii=False).encode()
        rows[EDGE_NAME] = np.ascontiguousarray(streets.edge_name, dtype=NAME_DTYPE).tobytes()
    base.executemany(
        f"INSERT INTO {TABLE} VALUES (?, ?, ?)",
        [(name, data, zlib.crc32(data)) for name, data in rows.items()],
    )


def _blob(base: sqlite3.Connection, name: str) -> bytes:
    query = f"SELECT data, check_sum FROM {TABLE} WHERE name = ?"
    data, check_sum = base.execute(query, (name,)).fetchone() or (b"", -1)
    if not isinstance(data, bytes) or zlib.crc32(data) != check_sum:
        raise ValueError(name)
    return data


def _network(base: sqlite3.Connection, source: NetworkSource, snap_limit_m: int) -> RoadNetwork:
    floats = {
        name: np.frombuffer(_blob(base, name), dtype).astype(np.float64, copy=False).reshape(-1, 2)
        for name, dtype in FLOATS.items()
    }
    ints = {
        name: np.frombuffer(_blob(base, name), dtype).astype(np.int64, copy=False)
        for name, dtype in INTS.items()
    }
    return RoadNetwork(
        source=source,
        node_lonlat=floats["node_lonlat"],
        edge_from=ints["edge_from"],
        edge_to=ints["edge_to"],
        edge_ms=ints["edge_ms"],
        edge_mm=ints["edge_mm"],
        edge_class=ints["edge_class"],
        line_lonlat=floats["line_lonlat"],
        line_start=ints["line_start"],
        snap_limit_m=snap_limit_m,
        streets=_streets(base),
    )


def _streets(base: sqlite3.Connection) -> StreetNames | None:
    """Read what the roads are called; None from a file that does not tell."""
    kept = base.execute(f"SELECT count(*) FROM {TABLE} WHERE name = ?", (NAMES,)).fetchone()
    if not kept[0]:
        return None
    return StreetNames(
        tuple(json.loads(_blob(base, NAMES))),
        np.frombuffer(_blob(base, EDGE_NAME), NAME_DTYPE).astype(np.int64),
    )


def _keep_arrays(network: RoadNetwork, path: Path, stamp: list[list[object]]) -> None:
    """Keep what was made from edited layers; where that is not possible it is made each time."""
    try:
        with closing(sqlite3.connect(path, timeout=0)) as base, base:
            _write_arrays(base, network, stamp)
    except sqlite3.Error:
        return
