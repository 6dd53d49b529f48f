"""Points and random roads for tests of driving."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from small_grid import Grid

from geodata.network import RoadNetwork
from geodata.travel import Point, Router, TravelTimes

Spot = tuple[float, float]


def points(grid: Grid, *spots: Spot) -> list[Point]:
    return [Point(f"p{i}", f"P{i}", *grid.lonlat(x, y)) for i, (x, y) in enumerate(spots)]


def times(grid: Grid, network: RoadNetwork, *spots: Spot) -> TravelTimes:
    return Router(network, points(grid, *spots)).travel_times()


def random_roads(seed: int) -> dict[str, Any]:
    """Return a ring of six corners with some cross roads, and seven spots beside them."""
    rng = random.Random(seed)
    nodes = {
        name: (
            1000 * np.cos(angle) + rng.uniform(-300, 300),
            1000 * np.sin(angle) + rng.uniform(-300, 300),
        )
        for name, angle in zip("abcdef", np.arange(6) * np.pi / 3, strict=True)
    }
    names = list(nodes)
    pairs = list(pairwise([*names, "a"])) + [(u, v) for u, v in ("ad", "be", "fc")]
    roads = [(u, v, rng.choice(["one-way", "two-way"])) for u, v in pairs]
    spots = []
    for _ in range(7):
        u, v, _ways = rng.choice(roads)
        share, side = rng.uniform(0.05, 0.95), rng.choice([0, 0, rng.uniform(-40, 40)])
        (x0, y0), (x1, y1) = nodes[u], nodes[v]
        length = float(np.hypot(x1 - x0, y1 - y0))
        spots.append(
            (
                x0 + share * (x1 - x0) - side * (y1 - y0) / length,
                y0 + share * (y1 - y0) + side * (x1 - x0) / length,
            )
        )
    return {"nodes": nodes, "roads": roads, "spots": spots}


def curve(grid: Grid, *spots: Spot) -> shapely.LineString:
    return shapely.LineString([grid.lonlat(x, y) for x, y in spots])
