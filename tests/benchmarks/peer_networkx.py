"""NetworkX on the same roads: Dijkstra in Python, one search per origin."""

from __future__ import annotations

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from geodata.network import RoadNetwork


class NetworkX:
    """The graph of a network, by positions of nodes.

    Parameters
    ----------
    network : RoadNetwork
    """

    name = "networkx"

    def __init__(self, network: RoadNetwork) -> None:
        ends = (network.edge_from.tolist(), network.edge_to.tolist(), network.edge_ms.tolist())
        self._graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
        self._graph.add_weighted_edges_from(zip(*ends, strict=True))

    def matrix_ms(
        self, origins: NDArray[np.int64], targets: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return drive times between nodes, milliseconds, -1 where there is no way.

        Parameters
        ----------
        origins, targets : ndarray of int64, shapes (n,) and (m,)
        """
        rows = []
        for origin in origins.tolist():
            found = nx.single_source_dijkstra_path_length(self._graph, origin)
            rows.append([found.get(target, -1) for target in targets.tolist()])
        return np.array(rows, dtype=np.int64)
