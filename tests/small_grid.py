"""Metres on the napkin, on the grid of EPSG:25832, and roads between them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx
import shapely

from geodata.crs import to_lonlat
from geodata.network import NetworkSource, RoadNetwork, network_from_graph

ORIGIN = (568_000.0, 5_762_000.0)
SOURCE = NetworkSource(kind="extract", date="2026-11-01", attribution="© Napkin")


class Grid:
    """Turns metres on the napkin into degrees, and lines into roads."""

    def lonlat(self, x: float, y: float) -> tuple[float, float]:
        """Return the degrees of a point, metres from the corner of the napkin."""
        lon, lat = to_lonlat([ORIGIN[0] + x], [ORIGIN[1] + y])[0].tolist()
        return lon, lat

    def graph(
        self,
        nodes: dict[str, tuple[float, float]],
        roads: Iterable[tuple[str, str, str]],
    ) -> nx.MultiDiGraph[Any]:
        """Return a graph of OSMnx's shape; a road is (from, to, ``two-way`` or ``one-way``)."""
        graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(crs="epsg:4326", simplified=True)
        for name, (x, y) in nodes.items():
            lon, lat = self.lonlat(x, y)
            graph.add_node(name, x=lon, y=lat, at=(x, y))
        for u, v, ways in roads:
            for a, b in ((u, v), (v, u))[: 1 if ways == "one-way" else 2]:
                length = shapely.Point(nodes[a]).distance(shapely.Point(nodes[b]))
                graph.add_edge(a, b, length=length, travel_time=length / 10, highway="tertiary")
        return graph

    def network(self, graph: nx.MultiDiGraph[Any]) -> RoadNetwork:
        """Return the arrays of a graph."""
        return network_from_graph(graph, SOURCE)
