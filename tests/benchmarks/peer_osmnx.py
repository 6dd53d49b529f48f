"""OSMnx on the same roads: its graph, its files, and its search pair by pair."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import networkx as nx
import numpy as np
import osmnx as ox
from numpy.typing import NDArray

from geodata.network import ROAD_CLASSES, RoadNetwork


class OSMnx:
    """The graph of a network, nodes called by their positions.

    Parameters
    ----------
    network : RoadNetwork
    """

    name = "osmnx"

    def __init__(self, network: RoadNetwork) -> None:
        self._graph = osmnx_graph(network)

    def matrix_ms(
        self, origins: NDArray[np.int64], targets: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return drive times between nodes, milliseconds, -1 where there is no way.

        Parameters
        ----------
        origins, targets : ndarray of int64, shapes (n,) and (m,)
        """
        pairs = [(u, v) for u in origins.tolist() for v in targets.tolist()]
        first, second = zip(*pairs, strict=True)
        paths = ox.routing.shortest_path(self._graph, first, second, weight="ms", cpus=1)
        ms = [-1 if path is None else nx.path_weight(self._graph, path, "ms") for path in paths]
        return np.array(ms, dtype=np.int64).reshape(len(origins), len(targets))


def osmnx_graph(network: RoadNetwork) -> nx.MultiDiGraph[Any]:
    """Return a network as OSMnx keeps it."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(crs="epsg:4326", simplified=True)
    for node, (lon, lat) in enumerate(network.node_lonlat.tolist()):
        graph.add_node(node, x=lon, y=lat)
    rows = zip(
        network.edge_from.tolist(),
        network.edge_to.tolist(),
        network.edge_ms.tolist(),
        network.edge_mm.tolist(),
        network.edge_class.tolist(),
        network.edge_line,
        strict=True,
    )
    for number, (u, v, ms, mm, road_class, line) in enumerate(rows):
        graph.add_edge(
            u,
            v,
            osmid=number,
            highway=ROAD_CLASSES[road_class],
            length=mm / 1000,
            travel_time=ms / 1000,
            ms=ms,
            geometry=line,
        )
    return graph


class Format(NamedTuple):
    """A way to keep OSMnx's graph on disk."""

    name: str
    ending: str
    save: Callable[[nx.MultiDiGraph[Any], Path], None]
    load: Callable[[Path], nx.MultiDiGraph[Any]]


def _load_geopackage(path: Path) -> nx.MultiDiGraph[Any]:
    nodes = gpd.read_file(path, layer="nodes").set_index("osmid")
    edges = gpd.read_file(path, layer="edges").set_index(["u", "v", "key"])
    graph: nx.MultiDiGraph[Any] = ox.convert.graph_from_gdfs(nodes, edges)
    return graph


def _save_pickle(graph: nx.MultiDiGraph[Any], path: Path) -> None:
    with path.open("wb") as file:
        pickle.dump(graph, file, protocol=pickle.HIGHEST_PROTOCOL)


def _load_pickle(path: Path) -> nx.MultiDiGraph[Any]:
    with path.open("rb") as file:
        graph: nx.MultiDiGraph[Any] = pickle.load(file)
    return graph


FORMATS = (
    Format("graphml", ".graphml", ox.io.save_graphml, ox.io.load_graphml),
    Format("geopackage", ".gpkg", ox.io.save_graph_geopackage, _load_geopackage),
    Format("pickle", ".pickle", _save_pickle, _load_pickle),
)
