"""Answers of map servers: what is wrong with one, said before anything is made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.crs import to_metres
from geodata.language import translator
from geodata.printable import printable
from geodata.region import Region

_ = translator("geodata")

BUSY = (429, 502, 503, 504)
LONGEST_REMARK = 120
# Every spot of a district has a road within this distance, but for forests and heaths.
NEAR_ROAD_M = 3_000
LEAST_NEAR_ROAD = 0.75
LEAST_COVERED = 0.5
LEAST_WITH_ROAD = 0.9
# A mesh of so many points in each direction over the district.
MESH = 60
_SLOTS = re.compile(r"\b[1-9]\d* slots? available now")
_WAIT = re.compile(r"[Ss]lot available after:.*?in (-?\d{1,6}) seconds")


class Refusal(Exception):
    """A server does not give what it was asked for.

    Parameters
    ----------
    what : str
        What the matter is, as a part of a sentence.
    is_passing : bool
        Whether the same server may do better after a pause.
    wait_s : float or None
        The pause the server itself asks for, seconds.
    """

    def __init__(self, what: str, *, is_passing: bool = False, wait_s: float | None = None) -> None:
        self.is_passing = is_passing
        self.wait_s = wait_s
        super().__init__(what)


def judge_status(status: int, headers: Mapping[str, str]) -> None:
    """Refuse an answer that its status calls none.

    Raises
    ------
    Refusal
    """
    if status in BUSY:
        asked = headers.get("Retry-After", "")
        raise Refusal(
            _("it is overloaded, error {status}").format(status=status),
            is_passing=True,
            wait_s=float(asked) if re.fullmatch(r"\d{1,6}", asked) else None,
        )
    if status != 200:
        raise Refusal(_("it answers with error {status}").format(status=status))


def read_json(body: bytes) -> object:
    """Return what an answer says.

    Raises
    ------
    Refusal
        If it is a page for people, or breaks off.
    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        if body.lstrip().startswith(b"<"):
            raise Refusal(_("it sends a page instead of data"), is_passing=True) from None
        raise Refusal(_("its answer breaks off or is damaged"), is_passing=True) from None


def judge_overpass(body: bytes) -> None:
    """Refuse an answer of Overpass that is not whole.

    A query that takes too long is answered with status 200, what was found until then, and a
    remark.

    Raises
    ------
    Refusal
    """
    answer = read_json(body)
    if not isinstance(answer, dict):
        raise Refusal(_("its answer is not OpenStreetMap data"))
    if remark := answer.get("remark"):
        text = printable(remark, LONGEST_REMARK)
        raise Refusal(_("it gave up: “{remark}”").format(remark=text), is_passing=True)
    elements = answer.get("elements")
    if not isinstance(elements, list) or not all(map(_is_element, elements)):
        raise Refusal(_("its answer is not OpenStreetMap data"))
    nodes = {element["id"] for element in elements if element["type"] == "node"}
    if not all(nodes.issuperset(e["nodes"]) for e in elements if e["type"] == "way"):
        raise Refusal(_("its answer breaks off or is damaged"), is_passing=True)


def _is_element(element: object) -> bool:
    if not isinstance(element, dict) or type(element.get("id")) is not int:
        return False
    tags = element.get("tags", {})
    if not isinstance(tags, dict) or not all(isinstance(value, str) for value in tags.values()):
        return False
    if element.get("type") == "node":
        lon, lat = element.get("lon"), element.get("lat")
        return (
            isinstance(lon, int | float)
            and isinstance(lat, int | float)
            and abs(lon) <= 180
            and abs(lat) <= 90
        )
    if element.get("type") == "way":
        nodes = element.get("nodes")
        return isinstance(nodes, list) and bool(nodes) and all(type(n) is int for n in nodes)
    members = element.get("members")
    return (
        element.get("type") == "relation"
        and isinstance(members, list)
        and all(isinstance(m, dict) and {"type", "ref", "role"} <= m.keys() for m in members)
    )


def seconds_to_wait(status: str) -> int:
    """Read the status page of Overpass.

    Parameters
    ----------
    status : str
        As it stands under ``/status``.

    Returns
    -------
    int
        Seconds until a query may be sent; 0 where one may be sent now or nothing is said.
    """
    if _SLOTS.search(status):
        return 0
    return max(0, min(map(int, _WAIT.findall(status)), default=0))


def judge_municipalities(share: float) -> None:
    """Refuse municipalities that leave half of their district uncovered.

    On the coast a district reaches out to sea and its municipalities do not.

    Parameters
    ----------
    share : float
        Of the district's area.

    Raises
    ------
    Refusal
    """
    if share < LEAST_COVERED:
        raise Refusal(
            _("its municipalities cover only {percent} % of the district").format(
                percent=round(share * 100)
            )
        )


def judge_roads(lon: NDArray[np.float64], lat: NDArray[np.float64], region: Region) -> None:
    """Refuse roads that leave much of the district without one.

    Parameters
    ----------
    lon, lat : ndarray of float64, shape (n,)
        Corners of the roads, degrees, EPSG:4326.
    region : Region

    Raises
    ------
    Refusal
    """
    # Not at the top, since the settings of a plan know this module and it takes long to load.
    from scipy.spatial import cKDTree

    if not len(lon):
        raise Refusal(_("it knows no road in the district"))
    west, south, east, north = region.boundary.bounds
    x, y = (
        axis.ravel()
        for axis in np.meshgrid(np.linspace(west, east, MESH), np.linspace(south, north, MESH))
    )
    inside = shapely.contains_xy(region.boundary, x, y)
    away, _nearest = cKDTree(to_metres(lon, lat)).query(to_metres(x[inside], y[inside]))
    near = float(np.mean(away <= NEAR_ROAD_M)) if inside.any() else 1.0
    with_road = [
        bool(shapely.contains_xy(m.boundary, lon, lat).any())
        for m in region.municipalities.values()
        if m.population > 0
    ]
    if near < LEAST_NEAR_ROAD:
        raise Refusal(
            _("its roads reach only {percent} % of the district").format(percent=round(near * 100))
        )
    if with_road and sum(with_road) < LEAST_WITH_ROAD * len(with_road):
        raise Refusal(
            _("{missing} of {number} municipalities have no road in its answer").format(
                missing=len(with_road) - sum(with_road), number=len(with_road)
            )
        )
