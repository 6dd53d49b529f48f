"""igraph on the same roads: Dijkstra in C, one search per origin."""

from __future__ import annotations

import igraph
import numpy as np
from numpy.typing import NDArray

from geodata.network import RoadNetwork


class IGraph:
    """The graph of a network, by positions of nodes.

    Parameters
    ----------
    network : RoadNetwork
    """

    name = "igraph"

    def __init__(self, network: RoadNetwork) -> None:
        edges = np.column_stack([network.edge_from, network.edge_to])
        self._graph = igraph.Graph(n=network.num_nodes, edges=edges.tolist(), directed=True)
        self._ms = network.edge_ms.tolist()

    def matrix_ms(
        self, origins: NDArray[np.int64], targets: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return drive times between nodes, milliseconds, -1 where there is no way.

        Parameters
        ----------
        origins, targets : ndarray of int64, shapes (n,) and (m,)
        """
        # igraph refuses to be asked twice for the same target.
        once, place = np.unique(targets, return_inverse=True)
        found = np.array(
            self._graph.distances(
                source=origins.tolist(), target=once.tolist(), weights=self._ms, mode="out"
            )
        )[:, place]
        return np.where(np.isfinite(found), found, -1).astype(np.int64)
