"""A road network as the layers of a GeoPackage: to be looked at and corrected in QGIS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.crs import LONLAT
from geodata.errors import Fault, NetworkError
from geodata.filefault import reason_of
from geodata.language import translator
from geodata.network import ROAD_CLASSES, NetworkSource, RoadNetwork, corners_of
from geodata.streets import street_names

_ = translator("geodata")

NODES, EDGES, SOURCE = "nodes", "edges", "source"
EDGE_FIELDS = ("from_node", "to_node", "highway", "length_m", "time_s")
# Files of earlier versions have no names.
NAME_FIELD = "name"
# The last change of the layers, where the data have no date; any edit moves it.
LONG_AGO = "2000-01-01"
# More faults of one kind than these nobody reads.
MOST_FAULTS = 10
# Far more than any road has, and small enough to be added up in whole numbers.
MOST = 1e9


def write_layers(network: RoadNetwork, facts: dict[str, str], path: Path) -> None:
    """Write the layers into a new file: nodes, edges in both directions, and a table of facts.

    The same network gives the same bytes: the last change is the date of the data.

    Parameters
    ----------
    network : RoadNetwork
    facts : dict of str to str
    path : Path
        Ends in ``.gpkg``.
    """
    from pyogrio.raw import write

    with dated(network.source.date):
        write(
            path,
            shapely.to_wkb(shapely.points(network.node_lonlat)),
            [np.arange(network.num_nodes)],
            ["node"],
            layer=NODES,
            driver="GPKG",
            geometry_type="Point",
            crs=LONLAT,
        )
        classes = np.array(ROAD_CLASSES, dtype=np.object_)
        cells = [
            network.edge_from,
            network.edge_to,
            classes[network.edge_class],
            network.edge_mm / 1000,
            network.edge_ms / 1000,
        ]
        fields = list(EDGE_FIELDS)
        if (streets := network.streets) is not None:
            shown = np.array([name or None for name in streets.names], dtype=np.object_)
            cells.append(shown[streets.edge_name])
            fields.append(NAME_FIELD)
        write(
            path,
            shapely.to_wkb(network.edge_line),
            cells,
            fields,
            layer=EDGES,
            driver="GPKG",
            geometry_type="LineString",
            crs=LONLAT,
        )
        write_facts(facts, path)


@contextmanager
def dated(date: str) -> Iterator[None]:
    """Let layers that are written be changed last on the date of the data, ISO 8601."""
    import pyogrio

    day = date[:10] if re.fullmatch(r"\d{4}-\d{2}-\d{2}", date[:10]) else LONG_AGO
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{day}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def write_facts(facts: dict[str, str], path: Path) -> None:
    """Write a table of facts into a file that is there."""
    from pyogrio.raw import write

    rows = [np.array(column, dtype=np.object_) for column in zip(*facts.items(), strict=True)]
    write(path, None, rows, ["key", "value"], layer=SOURCE, driver="GPKG")


def read_layers(path: Path, source: NetworkSource, snap_limit_m: int) -> RoadNetwork:
    """Return the network that the layers show, after somebody has edited them.

    Parameters
    ----------
    path : Path
    source : NetworkSource
    snap_limit_m : int

    Raises
    ------
    NetworkError
        With the nodes and edges that cannot be read.
    """
    from pyogrio.errors import DataLayerError, DataSourceError
    from pyogrio.raw import read

    try:
        _meta, node_fid, points, node_cells = read(
            path, layer=NODES, columns=["node"], return_fids=True
        )
        meta, edge_fid, lines, edge_cells = read(
            path, layer=EDGES, columns=[*EDGE_FIELDS, NAME_FIELD], return_fids=True
        )
    except (DataLayerError, DataSourceError, ValueError) as error:
        raise NetworkError(
            _("The layers of the road network cannot be read ({reason})").format(
                reason=reason_of(error)
            ),
            where=str(path),
            remedy=_remedy(),
        ) from error
    found = dict(zip(meta["fields"].tolist(), edge_cells, strict=True))
    missing = [name for name in EDGE_FIELDS if name not in found]
    if missing or not node_cells:
        raise NetworkError(
            _("The layers of the road network lack a column: {names}").format(
                names=", ".join(missing) or "node"
            ),
            where=str(path),
            remedy=_remedy(),
        )
    layers = _Layers(path)
    at = layers.points(points, node_fid)
    names = layers.numbers(NODES, "node", node_cells[0], node_fid)
    position = {name: i for i, name in enumerate(names.tolist())}
    if len(position) < len(names):
        layers.fault(NODES, _("two nodes have the same number in the column “node”"))
    shown = layers.lines(lines, edge_fid)
    ends = [
        layers.known(
            column, layers.numbers(EDGES, column, found[column], edge_fid), position, edge_fid
        )
        for column in ("from_node", "to_node")
    ]
    mm, ms = (
        np.round(layers.numbers(EDGES, column, found[column], edge_fid) * 1000).astype(np.int64)
        for column in ("length_m", "time_s")
    )
    layers.check()
    corners, start = corners_of(shown)
    classes = {name: i for i, name in enumerate(ROAD_CLASSES)}
    last = len(ROAD_CLASSES) - 1
    return RoadNetwork(
        source=source,
        node_lonlat=at,
        edge_from=ends[0],
        edge_to=ends[1],
        edge_ms=ms,
        edge_mm=mm,
        edge_class=np.array([classes.get(name, last) for name in found["highway"].tolist()]),
        line_lonlat=corners,
        line_start=start,
        snap_limit_m=snap_limit_m,
        streets=street_names([_text(cell) for cell in found[NAME_FIELD].tolist()])
        if NAME_FIELD in found
        else None,
    )


def _text(cell: object) -> str:
    """Return a cell of the column of names, which somebody may have made a column of numbers."""
    return cell if isinstance(cell, str) else ""


def _remedy() -> str:
    return _("Correct it in QGIS, or load the roads again")


class _Layers:
    """The layers while they are read: collects what is wrong with them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._faults: list[Fault] = []

    def fault(self, layer: str, what: str) -> None:
        """Note what is wrong."""
        where = _("{file}, layer {layer}").format(file=self._path.name, layer=layer)
        self._faults.append(Fault(what, where, _remedy()))

    def check(self) -> None:
        """Fail if anything was wrong."""
        if self._faults:
            raise NetworkError.collected(self._faults)

    def _features(
        self, layer: str, fids: NDArray[np.int64], wrong: NDArray[np.bool_], what: str
    ) -> None:
        numbers = fids[wrong].tolist()
        shown = ", ".join(map(str, numbers[:MOST_FAULTS]))
        if len(numbers) > MOST_FAULTS:
            shown += ", …"
        if numbers:
            self.fault(layer, _("{what} (fid {numbers})").format(what=what, numbers=shown))

    def points(self, wkb: NDArray[np.object_], fids: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the positions of the nodes."""
        shapes = shapely.from_wkb(wkb)
        wrong = (shapely.get_type_id(shapes) != shapely.GeometryType.POINT) | shapely.is_empty(
            shapes
        )
        self._features(NODES, fids, wrong, _("no point"))
        at = np.zeros((len(shapes), 2))
        at[~wrong] = shapely.get_coordinates(shapes[~wrong])
        return at

    def lines(self, wkb: NDArray[np.object_], fids: NDArray[np.int64]) -> NDArray[np.object_]:
        """Return the lines of the edges."""
        shapes = shapely.from_wkb(wkb)
        wrong = shapely.get_type_id(shapes) != shapely.GeometryType.LINESTRING
        wrong |= shapely.is_empty(shapes)
        self._features(EDGES, fids, wrong, _("no line"))
        if not len(shapes):
            self.fault(EDGES, _("the layer is empty"))
        return np.asarray(shapes, dtype=np.object_)

    def numbers(
        self, layer: str, column: str, cells: NDArray[np.generic], fids: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return a column of numbers from 0."""
        try:
            values = cells.astype(np.float64)
        except ValueError:
            self.fault(layer, _("the column {column} holds no numbers").format(column=column))
            return np.zeros(len(fids))
        wrong = ~((values >= 0) & (values < MOST))
        self._features(
            layer, fids, wrong, _("no number in the column {column}").format(column=column)
        )
        return np.where(wrong, 0, values)

    def known(
        self,
        column: str,
        names: NDArray[np.float64],
        position: dict[float, int],
        fids: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Return the positions of nodes that edges name."""
        found = np.array([position.get(name, -1) for name in names.tolist()], dtype=np.int64)
        self._features(
            EDGES,
            fids,
            found < 0,
            _("{column} is no node of the layer nodes").format(column=column),
        )
        return found
