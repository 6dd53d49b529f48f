"""Where afternoons drive the same road: every route once, side by side instead of on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from geodata.crs import Coordinates

# Routes come with five decimals; on this grid the same road has the same whole numbers.
GRID = 100_000
# A corner of one route lies on the road of another if it is this near, in steps of the grid.
SAME_ROAD = 1.5

Corner = tuple[int, int]
Piece = tuple[Corner, Corner]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of an afternoon's route without a break.

    Attributes
    ----------
    corners : tuple of (int, int)
        Longitude and latitude in steps of the grid, 1 / `GRID` degrees.
    lanes : tuple of int
        For each piece between two corners, how many half line widths it is drawn beside the
        road: negative to the left of the way that the corners go, 0 where the road is not shared.
    """

    corners: tuple[Corner, ...]
    lanes: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.lanes) != len(self.corners) - 1:
            raise ValueError(
                f"lanes must hold {len(self.corners) - 1} pieces, got {len(self.lanes)}"
            )


def side_by_side(routes: Sequence[Coordinates]) -> tuple[tuple[Run, ...], ...]:
    """Give each route a lane of its own wherever it shares the road with another.

    A road that one route uses twice is drawn once: the second pass would fill the gaps of
    its line pattern.

    Parameters
    ----------
    routes : sequence of Coordinates
        One per afternoon, may be empty; degrees, EPSG:4326.

    Returns
    -------
    tuple of tuple of Run
        In the order of the routes.
    """
    return parts_side_by_side([[route] for route in routes])


def parts_side_by_side(routes: Sequence[Sequence[Coordinates]]) -> tuple[tuple[Run, ...], ...]:
    """Give routes of several parts lanes of their own; see `side_by_side`."""
    parts = [part for route in routes for part in route]
    common = iter(_on_common_corners(parts))
    once = [_without_repeats([next(common) for _part in route]) for route in routes]
    users: dict[Piece, list[int]] = {}
    for user, pieces in enumerate(once):
        for piece in pieces:
            users.setdefault(_undirected(piece), []).append(user)
    # Lanes are counted across the way that the first user of a piece drives it, so that they
    # keep their sides all along a shared road.
    way = {
        _undirected(piece): piece
        for user, pieces in reversed(list(enumerate(once)))
        for piece in pieces
        if users[_undirected(piece)][0] == user
    }

    def lane(user: int, piece: Piece) -> int:
        sharing = users[_undirected(piece)]
        place = 2 * sharing.index(user) - (len(sharing) - 1)
        return place if way[_undirected(piece)] == piece else -place

    return tuple(
        _runs(pieces, [lane(user, piece) for piece in pieces]) for user, pieces in enumerate(once)
    )


def _undirected(piece: Piece) -> Piece:
    return piece if piece[0] <= piece[1] else (piece[1], piece[0])


def _on_common_corners(routes: Sequence[Coordinates]) -> list[list[Corner]]:
    """Put the routes on the grid and give roads the corners that other routes have on them."""
    gridded = [[(round(x * GRID), round(y * GRID)) for x, y in route] for route in routes]
    pieces = sorted({_undirected(p) for route in gridded for p in pairwise(route) if p[0] != p[1]})
    if not pieces:
        return gridded
    corners = sorted({corner for piece in pieces for corner in piece})
    points = np.asarray(shapely.points(np.array(corners, dtype=np.float64)))
    lines = np.asarray(shapely.linestrings(np.array(pieces, dtype=np.float64)))
    near = shapely.STRtree(points).query(lines, predicate="dwithin", distance=SAME_ROAD)
    between: dict[Piece, list[tuple[float, Corner]]] = {}
    at = shapely.line_locate_point(lines[near[0]], points[near[1]]).tolist()
    for (i, j), along in zip(near.T.tolist(), at, strict=True):
        if corners[j] not in pieces[i]:
            between.setdefault(pieces[i], []).append((along, corners[j]))

    def inner(piece: Piece) -> list[Corner]:
        if not (beside := between.get(_undirected(piece))):
            return []
        known = [corner for _along, corner in sorted(beside)]
        return known if piece == _undirected(piece) else known[::-1]

    return [
        [*route[:1], *(c for piece in pairwise(route) for c in (*inner(piece), piece[1]))]
        for route in gridded
    ]


def _without_repeats(route: Sequence[Sequence[Corner]]) -> list[Piece]:
    first: dict[Piece, Piece] = {}
    for part in route:
        for piece in pairwise(part):
            if piece[0] != piece[1]:
                first.setdefault(_undirected(piece), piece)
    return list(first.values())


def _runs(pieces: Sequence[Piece], lanes: Sequence[int]) -> tuple[Run, ...]:
    runs: list[tuple[list[Corner], list[int]]] = []
    for (start, end), lane in zip(pieces, lanes, strict=True):
        if not runs or runs[-1][0][-1] != start:
            runs.append(([start], []))
        runs[-1][0].append(end)
        runs[-1][1].append(lane)
    return tuple(Run(tuple(corners), tuple(lanes)) for corners, lanes in runs)
