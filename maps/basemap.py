"""The light drawing under every map: roads, boundaries and names, degrees (EPSG:4326)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiLineString, MultiPolygon, Polygon

from geodata.crs import to_lonlat, to_metres
from geodata.network import ROAD_CLASSES, RoadNetwork
from geodata.region import Region

# Finer than this no printed or shown line can be told from the true one.
SIMPLIFY_M = 5.0


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a municipality at a point inside it, or of a bus stop.

    Attributes
    ----------
    name : str
    lon, lat : float
        Degrees, EPSG:4326.
    population : int
        Larger names come first where two collide; 0 for a bus stop.
    """

    name: str
    lon: float
    lat: float
    population: int


@dataclass(frozen=True, eq=False)
class Streets:
    """Roads that have a name, for paper.

    Attributes
    ----------
    names : tuple of str
        Each once.
    name : ndarray of int64, shape (s,)
        Position in `names` of each stretch.
    road_class : ndarray of int64, shape (s,)
        Position in `geodata.network.ROAD_CLASSES`.
    lines : ndarray of shapely.LineString, shape (s,)
        Each stretch once, metres, EPSG:25832.
    """

    names: tuple[str, ...]
    name: NDArray[np.int64]
    road_class: NDArray[np.int64]
    lines: NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Basemap:
    """What is drawn under the plan.

    Attributes
    ----------
    boundary : Polygon or MultiPolygon
        The district.
    borders : MultiLineString
        Borders between municipalities, each once, without the district's own.
    labels : tuple of Label
        By falling population.
    roads : dict of int to MultiLineString
        Per position in `geodata.network.ROAD_CLASSES`, each road once.
    is_estimate : bool
        Whether the roads are not real ones and must not be drawn as such.
    attribution : tuple of str
        Credit lines, each once.
    bus_stops : tuple of Label
        Stops of public transport: to find one's way by where no real roads are drawn.
    streets : Streets or None
        None where no road has a name.
    """

    boundary: Polygon | MultiPolygon
    borders: MultiLineString
    labels: tuple[Label, ...]
    roads: dict[int, MultiLineString]
    is_estimate: bool
    attribution: tuple[str, ...]
    bus_stops: tuple[Label, ...] = ()
    streets: Streets | None = None


def build_basemap(region: Region, network: RoadNetwork) -> Basemap:
    """Return the drawing of a district."""
    outlines = [m.boundary.boundary for m in region.municipalities.values()]
    # Shared borders are the same points on both sides, so the union holds each once.
    borders = shapely.union_all(outlines).difference(region.boundary.boundary)
    names = {ags: m.name for ags, m in region.municipalities.items()}
    edges = _each_once(network)
    lines = network.lines_m(edges)
    inhabited = [m for m in region.municipalities.values() if m.population > 0]
    return Basemap(
        boundary=region.boundary,
        borders=_lines(borders),
        labels=tuple(
            Label(m.name, m.lon, m.lat, m.population)
            for m in sorted(inhabited, key=lambda m: (-m.population, m.ags))
        ),
        roads=_roads(lines, network.edge_class[edges]),
        is_estimate=network.source.is_estimate,
        attribution=tuple(dict.fromkeys((region.attribution, network.source.attribution))),
        bus_stops=tuple(
            Label(stop.name.removesuffix(f", {names[stop.ags]}"), stop.lon, stop.lat, 0)
            for stop in region.stops
        ),
        streets=_streets(network, edges, lines),
    )


def _lines(geometry: shapely.Geometry) -> MultiLineString:
    merged = shapely.line_merge(geometry)
    parts = [part for part in shapely.get_parts(merged) if part.geom_type == "LineString"]
    return MultiLineString(parts)


def _each_once(network: RoadNetwork) -> NDArray[np.int64]:
    """Return one edge for both directions of each road."""
    ends = np.sort(np.stack([network.edge_from, network.edge_to]), axis=0)
    key = np.stack([network.edge_class, network.edge_mm, *ends])
    order = np.lexsort(key)
    is_first = np.r_[True, (np.diff(key[:, order]) != 0).any(axis=0)]
    return np.sort(order[is_first])


def _streets(
    network: RoadNetwork, edges: NDArray[np.int64], lines: NDArray[np.object_]
) -> Streets | None:
    """Return the edges that have a name, with their lines in metres."""
    if network.streets is None or network.source.is_estimate:
        return None
    name = network.streets.edge_name[edges]
    named = name > 0
    return Streets(
        network.streets.names, name[named], network.edge_class[edges[named]], lines[named]
    )


def _roads(lines: NDArray[np.object_], classes: NDArray[np.int64]) -> dict[int, MultiLineString]:
    """Draw roads simplified, one geometry per class; lines in metres."""
    roads: dict[int, MultiLineString] = {}
    for position in range(len(ROAD_CLASSES)):
        chosen = lines[classes == position]
        if len(chosen):
            merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(chosen)))
            # Line by line: a whole network at once takes minutes.
            simple = MultiLineString(list(shapely.simplify(merged, SIMPLIFY_M)))
            roads[position] = shapely.transform(simple, lambda p: to_lonlat(p[:, 0], p[:, 1]))
    return roads


def metres(geometry: shapely.Geometry) -> shapely.Geometry:
    """Project a drawing from degrees to metres, EPSG:25832."""
    return shapely.transform(geometry, lambda p: to_metres(p[:, 0], p[:, 1]))
