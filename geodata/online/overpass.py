"""Overpass: roads and features of an area, asked by OSMnx.

What OSMnx would do without end or without a word is decided here. Each answer is judged before
OSMnx sees it, a server that is busy is asked again after a pause, and then the next one. What
was answered is kept until the whole is there.
"""

from __future__ import annotations

import io
import json
import math
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from geodata.boundaries import TAGS, municipalities_from_features
from geodata.errors import DownloadError
from geodata.features import TAGS as FEATURE_TAGS
from geodata.features import Feature, features_from_frame
from geodata.filefault import reason_of
from geodata.footways import FOOT_FILTER, FOOT_TAGS, foot_is_open
from geodata.homes import Homes, homes_inside
from geodata.language import translator
from geodata.online.answers import (
    Refusal,
    judge_municipalities,
    judge_overpass,
    judge_roads,
    judge_status,
    seconds_to_wait,
)
from geodata.online.keptanswers import forget, forget_old
from geodata.online.servers import (
    Servers,
    get_page,
    patiently,
    speaking_plainly,
    unanswered,
    user_agent,
)
from geodata.region import Municipality, Region
from geodata.surroundings import surroundings
from geodata.waylines import join_ways

if TYPE_CHECKING:
    import networkx as nx
    from requests import Response

_ = translator("geodata")
T = TypeVar("T")
Area = Polygon | MultiPolygon
# Number of answers and bytes that have come so far.
OnProgress = Callable[[int, int], None]

LARGEST_ANSWER = 2 * 1024**3  # bytes
PIECE = 1 << 12  # bytes; the clock is looked at after each
# Sides of the squares in which ways on foot are asked for, degrees: some 20 km.
SQUARE_DEGREES = 0.3, 0.2
HOME_TAGS: dict[str, bool | str | list[str]] = {"landuse": "residential"}
LONGEST_ANSWER = 4.0  # in time-outs: whoever dribbles is never silent


def download_municipalities(
    district: Area, servers: Servers, cache: Path, on_progress: OnProgress
) -> tuple[dict[str, Municipality], float]:
    """Return the municipalities of a district, and how much of it they cover.

    Parameters
    ----------
    district : Polygon or MultiPolygon
        Degrees, EPSG:4326.
    servers : Servers
    cache : Path
        Where answers are kept.
    on_progress : Callable[[int, int], None]

    Returns
    -------
    dict of str to Municipality
        By key.
    float
        Share of the district's area, 0 to 1.

    Raises
    ------
    DownloadError
        If no server answers well.
    """
    # Borders that are shared with neighbours lie on the edge; they have to be inside.
    area = surroundings(district, 100)

    def ask() -> tuple[dict[str, Municipality], float]:
        import osmnx as ox

        found = municipalities_from_features(ox.features_from_polygon(area, TAGS), district)
        union = shapely.union_all([m.boundary for m in found.values()])
        share = float(union.intersection(district).area / district.area)
        judge_municipalities(share)
        return found, share

    return _ask(ask, servers, cache, on_progress)


def download_features(
    district: Area, servers: Servers, cache: Path, on_progress: OnProgress
) -> tuple[Feature, ...]:
    """Return stops, settlements and what could be a meeting place in a district.

    Parameters
    ----------
    district : Polygon or MultiPolygon
        Degrees, EPSG:4326.
    servers : Servers
    cache : Path
        Where answers are kept.
    on_progress : Callable[[int, int], None]

    Raises
    ------
    DownloadError
        If no server answers well.
    """
    area = surroundings(district, 0)

    def ask() -> tuple[Feature, ...]:
        import osmnx as ox

        return features_from_frame(ox.features_from_polygon(area, FEATURE_TAGS))

    return _ask(ask, servers, cache, on_progress)


def download_roads(
    region: Region, margin_m: float, servers: Servers, cache: Path, on_progress: OnProgress
) -> nx.MultiDiGraph[Any]:
    """Return the raw roads of a district and a margin around it, as a graph of OSMnx's shape.

    Parameters
    ----------
    region : Region
    margin_m : float
        Metres beyond the boundary.
    servers : Servers
    cache : Path
        Where answers are kept.
    on_progress : Callable[[int, int], None]

    Raises
    ------
    DownloadError
        If no server answers well.
    """
    area = surroundings(region.boundary, margin_m)

    def ask() -> nx.MultiDiGraph[Any]:
        import osmnx as ox

        from geodata.roads import DRIVE_FILTER

        graph = ox.graph_from_polygon(
            area, simplify=False, retain_all=True, custom_filter=DRIVE_FILTER
        )
        corners = np.array([(d["x"], d["y"]) for _n, d in graph.nodes(data=True)])
        judge_roads(corners[:, 0], corners[:, 1], region)
        return graph

    return _ask(ask, servers, cache, on_progress)


def download_footways(
    around: Area, servers: Servers, cache: Path, on_progress: OnProgress
) -> NDArray[np.object_]:
    """Return the ways on foot of an area between their junctions, lines in degrees.

    The area is asked for in squares, so that a large one needs no more memory than a small one.

    Parameters
    ----------
    around : Polygon or MultiPolygon
        Degrees, EPSG:4326.
    servers : Servers
    cache : Path
        Where answers are kept.
    on_progress : Callable[[int, int], None]

    Raises
    ------
    DownloadError
        If no server answers well, or there are no ways.
    """

    def ask() -> NDArray[np.object_]:
        stretches = [corners for square in _squares(around) for corners in _stretches(square)]
        if not stretches:
            raise ValueError("no ways")
        way = np.repeat(np.arange(len(stretches)), 2)
        return join_ways(np.concatenate(stretches), way, around)

    return _ask(ask, servers, cache, on_progress)


def _squares(area: Area) -> list[Area]:
    west, south, east, north = area.bounds
    wide, high = SQUARE_DEGREES
    columns, rows = math.ceil((east - west) / wide), math.ceil((north - south) / high)
    boxes = [
        shapely.box(
            west + x * wide, south + y * high, west + (x + 1) * wide, south + (y + 1) * high
        )
        for y in range(rows)
        for x in range(columns)
    ]
    cut = shapely.intersection(area, np.array(boxes, dtype=np.object_)).tolist()
    return [piece for piece in cut if isinstance(piece, Polygon | MultiPolygon) and piece.area]


def _stretches(square: Area) -> list[NDArray[np.float64]]:
    """Return the ends of each stretch that is open, those that lead out of the square as well."""
    import osmnx as ox

    try:
        graph = ox.graph_from_polygon(
            square,
            simplify=False,
            retain_all=True,
            truncate_by_edge=True,
            custom_filter=FOOT_FILTER,
        )
    except json.JSONDecodeError:
        raise
    except ValueError:
        # Nobody walks in a square of forest.
        return []
    at = {node: (data["x"], data["y"]) for node, data in graph.nodes(data=True)}
    return [np.array([at[u], at[v]]) for u, v, tags in graph.edges(data=True) if foot_is_open(tags)]


def download_homes(district: Area, servers: Servers, cache: Path, on_progress: OnProgress) -> Homes:
    """Return the residential areas of a district.

    Parameters
    ----------
    district : Polygon or MultiPolygon
        Degrees, EPSG:4326.
    servers : Servers
    cache : Path
        Where answers are kept.
    on_progress : Callable[[int, int], None]

    Raises
    ------
    DownloadError
        If no server answers well.
    """
    area = surroundings(district, 0)

    def ask() -> Homes:
        import osmnx as ox

        return homes_inside(ox.features_from_polygon(area, HOME_TAGS).geometry, district)

    return _ask(ask, servers, cache, on_progress)


def _ask(question: Callable[[], T], servers: Servers, cache: Path, on_progress: OnProgress) -> T:
    """Return the answer of the first server that gives a good one."""
    reasons: list[str] = []
    for address in servers.overpass:

        def once(base: str = address.rstrip("/").removesuffix("/interpreter")) -> T:
            wait_s = seconds_to_wait(
                get_page(f"{base}/status", servers.patience.look_s).decode(errors="replace")
            )
            if wait_s > servers.patience.longest_pause_s:
                raise Refusal(_("it is free again only in {seconds} s").format(seconds=wait_s))
            time.sleep(wait_s)
            with _osmnx(base, servers, cache, on_progress):
                return _built(question, servers, cache)

        found = patiently(once, servers.patience, reasons)
        if found is not None:
            return found
    raise unanswered(servers.overpass, reasons)


def _built(question: Callable[[], T], servers: Servers, cache: Path) -> T:
    try:
        with speaking_plainly(servers.patience.timeout_s):
            return question()
    except json.JSONDecodeError as error:
        # The machine stopped while an answer was written; the servers' own were judged before.
        forget(cache)
        raise Refusal(_("a kept answer was damaged"), is_passing=True, wait_s=0) from error
    except ValueError as error:
        # Of good answers OSMnx refuses those without anything inside the area.
        forget(cache)
        raise Refusal(_("it knows nothing in this area")) from error
    except Refusal as refusal:
        if not refusal.is_passing:
            forget(cache)
        raise
    except OSError as error:
        raise DownloadError(
            _("What the server answers cannot be kept ({reason})").format(reason=reason_of(error)),
            where=str(cache),
            remedy=_("Check that the folder may be written and the disk is not full"),
        ) from error


@contextmanager
def _osmnx(address: str, servers: Servers, cache: Path, on_progress: OnProgress) -> Iterator[None]:
    """Set OSMnx up to ask one server, and undo it."""
    from osmnx import settings

    from geodata.roads import TAGS as ROAD_TAGS

    wanted: dict[str, object] = {
        "overpass_url": address,
        "overpass_rate_limit": False,  # it would wait without end
        "requests_timeout": servers.patience.timeout_s,
        "requests_kwargs": {"hooks": {"response": _Guard(servers, on_progress)}, "stream": True},
        "doh_url_template": None,
        "http_user_agent": user_agent(),
        "http_referer": "",
        "use_cache": True,
        "cache_folder": cache,
        "useful_tags_node": list(ROAD_TAGS["node"]),
        "useful_tags_way": list(dict.fromkeys((*ROAD_TAGS["way"], *FOOT_TAGS))),
    }
    before = {name: getattr(settings, name) for name in wanted}
    # OSMnx pins the name of a server to an address for good.
    resolve = socket.getaddrinfo
    try:
        try:
            forget_old(cache)
        except OSError:
            forget(cache)
        for name, value in wanted.items():
            setattr(settings, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(settings, name, value)
        socket.getaddrinfo = resolve


class _Guard:
    """Reads each answer of Overpass, bounded in time and size, and lets only good ones pass."""

    def __init__(self, servers: Servers, on_progress: OnProgress) -> None:
        self._servers = servers
        self._on_progress = on_progress
        self._answers = 0
        self._bytes = 0

    def __call__(self, response: Response, *_args: object, **_options: object) -> Response:
        if response.is_redirect:
            return response
        judge_status(response.status_code, response.headers)
        body = io.BytesIO()
        deadline = time.monotonic() + LONGEST_ANSWER * self._servers.patience.timeout_s
        for piece in response.iter_content(PIECE):
            body.write(piece)
            self._on_progress(self._answers, self._bytes + body.tell())
            if time.monotonic() > deadline:
                raise Refusal(_("its answer takes too long"))
            if body.tell() > LARGEST_ANSWER:
                raise Refusal(_("its answer is too large"))
        judge_overpass(body.getvalue())
        self._answers += 1
        self._bytes += body.tell()
        self._on_progress(self._answers, self._bytes)
        time.sleep(self._servers.patience.spacing_s)
        return _read(response, body)


def _read(response: Response, body: io.BytesIO) -> Response:
    """Return an answer like this one, with its content at hand."""
    import requests

    body.seek(0)
    same = requests.Response()
    same.status_code, same.reason, same.url = response.status_code, response.reason, response.url
    same.headers, same.encoding, same.raw = response.headers, "utf-8", body
    same.request = response.request
    return same
