"""Ways on foot on the napkin: lines in metres, and who lives beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import networkx as nx
import numpy as np
import shapely
from small_grid import ORIGIN, SOURCE, Grid

from geodata.crs import shapes_in_degrees
from geodata.walking import WalkNetwork, walk_network

Spot = tuple[float, float]
# Far more than a walk of 15 minutes around all that is drawn.
AROUND = shapely.box(-5_000, -5_000, 8_000, 8_000)


def shape_on(napkin: shapely.Geometry) -> shapely.Geometry:
    """Return a shape of the napkin in degrees."""
    (shape,) = shapes_on([napkin]).tolist()
    assert isinstance(shape, shapely.Geometry)
    return shape


def shapes_on(shapes: Iterable[shapely.Geometry]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Return shapes of the napkin in degrees."""
    moved = [shapely.transform(shape, lambda at: at + ORIGIN) for shape in shapes]
    found = np.array(moved, dtype=np.object_)
    return shapes_in_degrees(found)


def walk_on(lines: Sequence[Sequence[Spot]], covered: shapely.Polygon = AROUND) -> WalkNetwork:
    """Return the network of lines on the napkin."""
    area = shape_on(covered)
    assert isinstance(area, shapely.Polygon)
    return walk_network(shapes_on(map(shapely.LineString, lines)), SOURCE, area)


def lonlat(*spots: Spot) -> list[Spot]:
    """Return spots of the napkin in degrees."""
    return [Grid().lonlat(*spot) for spot in spots]


def graph_of(lines: Sequence[Sequence[Spot]]) -> nx.Graph[Spot]:
    """Return straight lines as a graph whose nodes are their ends; the shortest of several."""
    graph: nx.Graph[Spot] = nx.Graph()
    for line in lines:
        a, b, metres = line[0], line[-1], shapely.LineString(line).length
        if not graph.has_edge(a, b) or graph.edges[a, b]["weight"] > metres:
            graph.add_edge(a, b, weight=metres)
    return graph
