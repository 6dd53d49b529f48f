"""What the bus may use: ways, directions and barriers, by the tags of OpenStreetMap.

Like a car: what is set aside for buses of public transport is not for this one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# From the special to the general; the first that is tagged decides.
HIERARCHY = ("motorcar", "motor_vehicle", "vehicle", "access")
OPEN = {"yes", "permissive", "designated", "public", "official", "hov", "unknown"}
# Open to whoever has business there, and the bus has.
ACCESS_ONLY = {"destination", "customers"}
# Barriers that stand open or are driven over, unless their own access tags say otherwise.
PASSABLE = {
    "arch",
    "border_control",
    "cattle_grid",
    "entrance",
    "height_restrictor",
    "kerb",
    "no",
    "sally_port",
    "toll_booth",
}
# A Transporter with a medium roof: height and width in metres, weight in tonnes.
SIZE = {"maxheight": 2.5, "maxwidth": 2.0, "maxweight": 3.2}
ACCESS_TAGS = (
    *HIERARCHY,
    *(f"{key}:{way}" for key in HIERARCHY for way in ("forward", "backward")),
    *SIZE,
)

_METRIC = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:m|t)?")


def way_is_open(tags: Mapping[str, Any], *, is_backward: bool) -> bool:
    """Tell whether the bus may drive along a way in one direction.

    Parameters
    ----------
    tags : Mapping
        Tags of the way, and ``oneway`` as OSMnx gives it. A ferry has to be said to carry cars.
    is_backward : bool
        Whether it drives against the direction in which the way is drawn.
    """
    if is_backward and _is_one_way_by_nature(tags):
        return False
    values = _access(tags, is_backward=is_backward)
    if values is None:
        return "highway" in tags and _fits(tags)
    return bool(values & (OPEN | ACCESS_ONLY)) and _fits(tags)


def is_access_only(tags: Mapping[str, Any], *, is_backward: bool) -> bool:
    """Tell whether a way is open to those only who have business there."""
    values = _access(tags, is_backward=is_backward)
    return values is not None and not values & OPEN and bool(values & ACCESS_ONLY)


def node_is_open(tags: Mapping[str, Any]) -> bool:
    """Tell whether the bus may drive through a node; a gate of which nothing is known is shut."""
    if "barrier" not in tags:
        # Access tags of crossings are meant for those who cross.
        return True
    values = _access(tags, is_backward=False)
    if values is not None:
        return bool(values & (OPEN | ACCESS_ONLY)) and _fits(tags)
    return tags["barrier"] in PASSABLE and _fits(tags)


def _access(tags: Mapping[str, Any], *, is_backward: bool) -> set[str] | None:
    direction = "backward" if is_backward else "forward"
    for key in HIERARCHY:
        for name in (f"{key}:{direction}", key):
            if value := tags.get(name):
                return set(re.split(r"\s*;\s*", value.strip()))
    return None


def _is_one_way_by_nature(tags: Mapping[str, Any]) -> bool:
    # OSMnx knows this of "roundabout" alone.
    return tags.get("highway") == "motorway" or tags.get("junction") == "circular"


def _fits(tags: Mapping[str, Any]) -> bool:
    return all(
        float(match[1].replace(",", ".")) >= least
        for key, least in SIZE.items()
        if (match := _METRIC.fullmatch(str(tags.get(key, ""))))
    )
