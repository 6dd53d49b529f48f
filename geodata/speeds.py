"""How fast the bus drives: speed limits in all their spellings, and a speed per stretch of road.

The bus is a van of 3.2 t, so it may drive what a car may. It drives a share of the limit, since
nobody drives at the limit from one junction to the next. Where no limit is known the law's is
taken and a factor for the kind of road, for its bends and villages, its parked cars and oncoming
traffic.

The figures lie between two car profiles that are in wide use: OSRM drives 80 % of a signed limit
and 90, 85, 65, 55, 40, 25 km/h from motorway to unclassified without one, built up or not;
Valhalla drives a signed limit and 105, 90, 75, 60, 50, 40 km/h without one, or 89, 73, 57, 49,
40, 35 in built-up areas; both add seconds for turns. ``python -m tests.benchmarks.roads``
measures how well the times agree.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

MPH_KPH = 1.609344
# Walking pace by German case law is 4 to 7 km/h.
WALK_KPH = 7.0
# Where a motorway has no limit, the speed recommended by law (Autobahn-Richtgeschwindigkeit).
NO_LIMIT_KPH = 130.0
# Limits by law for a car or a van up to 3.5 t: in Germany § 3 and § 18 StVO; Austria,
# Switzerland and Liechtenstein, since roads across the border may be in an extract.
BY_LAW: dict[str, dict[str, float]] = {
    "DE": {"urban": 50, "rural": 100, "trunk": 130, "motorway": NO_LIMIT_KPH},
    "AT": {"urban": 50, "rural": 100, "trunk": 100, "motorway": 130},
    "CH": {"urban": 50, "rural": 80, "trunk": 100, "motorway": 120},
    "LI": {"urban": 50, "rural": 80, "trunk": 80, "motorway": 120},
}
OUTSIDE_KPH, INSIDE_KPH = BY_LAW["DE"]["rural"], BY_LAW["DE"]["urban"]
# The middle of 80 and 100 %.
SHARE_OF_SIGNED = 0.9
# Residents, customers and deliveries only: passable, but never a short cut.
ACCESS_ONLY_KPH = 15.0
# A ferry without a known duration, with the time to board and to land.
FERRY_KPH, FERRY_WAIT_S = 8.0, 300.0
# Afternoons of the four seasons on which a limit that depends on the time is looked up.
AFTERNOONS = tuple(dt.datetime(2026, month, 18, 15) for month in (2, 6, 9, 11))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of road.

    Attributes
    ----------
    outside, inside : float
        Share of the limit by law, 100 and 50 km/h, that is driven outside and inside built-up
        areas where none is signed.
    most_kph : float
        Faster than this nobody drives here, whatever is signed.
    """

    outside: float
    inside: float
    most_kph: float


KINDS = {
    "motorway": Kind(0.98, 1.80, 115),
    "trunk": Kind(0.87, 1.20, 105),
    "primary": Kind(0.72, 0.96, 90),
    "secondary": Kind(0.60, 0.90, 85),
    "tertiary": Kind(0.48, 0.80, 80),
    "unclassified": Kind(0.36, 0.60, 60),
    "residential": Kind(0.32, 0.56, 45),
    "living_street": Kind(0.10, 0.20, 10),
    "service": Kind(0.18, 0.36, 25),
    "road": Kind(0.32, 0.56, 45),
}
# Slip roads are short and bent.
LINK_SHARE = 0.6
# Faster than this nobody drives on such a ground, km/h.
GROUND_KPH = {
    "surface": {
        "compacted": 60,
        "sett": 40,
        "fine_gravel": 40,
        "cobblestone": 30,
        "gravel": 30,
        "pebblestone": 30,
        "unpaved": 30,
        "unhewn_cobblestone": 20,
        "ground": 20,
        "dirt": 20,
        "earth": 20,
        "grass_paver": 20,
        "grass": 15,
        "sand": 15,
        "mud": 10,
    },
    "tracktype": {"grade2": 40, "grade3": 25, "grade4": 15, "grade5": 10},
    "smoothness": {"bad": 40, "very_bad": 20, "horrible": 10, "very_horrible": 5},
}
SLOWEST_KPH = 5.0
SPEED_TAGS = (
    "maxspeed",
    "maxspeed:forward",
    "maxspeed:backward",
    "maxspeed:conditional",
    "maxspeed:type",
    "source:maxspeed",
    "zone:maxspeed",
    "zone:traffic",
    *GROUND_KPH,
)

_CLOCK = re.compile(r"(?:(\d+):)?(\d+)(?::(\d+))?")
_ISO_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(mph|km/?h|kph)?")
_BY_RULE = re.compile(r"(?:([a-z]{2}):)?([a-z_]+)")
_ZONE = re.compile(r"(?:[a-z]{2}:)?(?:zone:?)?(\d+)")
_CONDITION = re.compile(r"([^@;]+)@\s*(\([^)]*\)|[^;]+)")


@lru_cache(maxsize=4096)
def read_maxspeed(text: str) -> float | None:
    """Return the limit that a value of maxspeed means.

    Of several values the lowest counts, since nobody knows which lane is meant.

    Parameters
    ----------
    text : str
        ``50``, ``50 km/h``, ``30 mph``, ``DE:urban``, ``DE:zone:30``, ``walk``, ``none``,
        ``50;70`` and the like.

    Returns
    -------
    float or None
        km/h; None where the value names no limit, such as ``signals`` and ``variable``.
    """
    limits = [_one_limit(part.strip().lower()) for part in re.split(r"[;|,]", text)]
    return min((limit for limit in limits if limit), default=None)


def _one_limit(text: str) -> float | None:
    if match := _NUMBER.fullmatch(text):
        return float(match[1]) * (MPH_KPH if match[2] == "mph" else 1)
    if match := _ZONE.fullmatch(text):
        return float(match[1])
    if match := _BY_RULE.fullmatch(text):
        country, rule = (match[1] or "de").upper(), match[2]
        if rule in ("walk", "living_street"):
            return WALK_KPH
        if rule in ("none", "unlimited"):
            return NO_LIMIT_KPH
        if rule == "bicycle_road":
            return 30.0
        return BY_LAW.get(country, {}).get(rule) if match[1] else None
    return None


@lru_cache(maxsize=1024)
def read_conditional(text: str) -> float | None:
    """Return the lowest limit that holds at times when the bus is out, such as past a school.

    Parameters
    ----------
    text : str
        Like ``30 @ (Mo-Fr 07:00-17:00); 80 @ (wet)``. What depends on anything but the time
        (rain, snow, weight, trailers) does not count.

    Returns
    -------
    float or None
        km/h; None if none holds.
    """
    found = [
        limit
        for value, condition in _CONDITION.findall(text)
        if (limit := read_maxspeed(value)) and _holds(condition.strip(" ()"))
    ]
    return min(found, default=None)


def _holds(condition: str) -> bool:
    from opening_hours import OpeningHours, validate

    if not validate(condition):
        return False
    rules = OpeningHours(condition, auto_country=False, auto_timezone=False)
    return any(rules.is_open(afternoon) for afternoon in AFTERNOONS)


def signed_kph(tags: Mapping[str, Any], *, is_backward: bool) -> float | None:
    """Return the limit that the tags of a way state for one direction, km/h, or None."""
    direction = "backward" if is_backward else "forward"
    values = (tags.get(key) for key in (f"maxspeed:{direction}", "maxspeed", "zone:maxspeed"))
    limit = next((kph for text in values if text and (kph := read_maxspeed(text))), None)
    if (text := tags.get("maxspeed:conditional")) and (at_times := read_conditional(text)):
        return min(limit or at_times, at_times)
    return limit


def built_up_by_tag(tags: Mapping[str, Any]) -> bool | None:
    """Tell whether a way is said to lie inside a built-up area; None if nothing is said."""
    for key in ("zone:traffic", "maxspeed:type", "source:maxspeed", "zone:maxspeed", "maxspeed"):
        rule = str(tags.get(key, "")).lower()
        if "urban" in rule or "zone" in rule or (key == "zone:maxspeed" and rule):
            return True
        if "rural" in rule:
            return False
    return None


def speed_kph(tags: Mapping[str, Any], *, is_backward: bool, is_built_up: bool) -> float:
    """Return how fast the bus drives along a stretch of road, without the junctions.

    Parameters
    ----------
    tags : Mapping
        Tags of the way, with ``highway``.
    is_backward : bool
        Whether it drives against the direction in which the way is drawn.
    is_built_up : bool
        Whether the stretch lies in a built-up area, as far as the tags do not say.

    Returns
    -------
    float
        km/h.
    """
    highway = str(tags.get("highway"))
    kind = KINDS.get(highway.removesuffix("_link"), KINDS["road"])
    if signed := signed_kph(tags, is_backward=is_backward):
        speed = min(signed * SHARE_OF_SIGNED, kind.most_kph)
    else:
        by_tag = built_up_by_tag(tags)
        is_inside = is_built_up if by_tag is None else by_tag
        speed = INSIDE_KPH * kind.inside if is_inside else OUTSIDE_KPH * kind.outside
        if highway.endswith("_link"):
            speed *= LINK_SHARE
    ground = [by_value.get(str(tags.get(key))) for key, by_value in GROUND_KPH.items()]
    return max(SLOWEST_KPH, min([speed, *(kph for kph in ground if kph)]))


def ferry_kph(duration: str, metres: float) -> float:
    """Return how fast a ferry is, with the time to board and to land.

    Parameters
    ----------
    duration : str
        How long the crossing takes, as OpenStreetMap has it: ``00:15``, ``15`` (minutes) or
        ``PT15M``; else `FERRY_KPH` is taken.
    metres : float
        Length of the whole crossing.
    """
    crossing_s = read_duration(duration) or metres / FERRY_KPH * 3.6
    return max(metres, 1.0) / (crossing_s + FERRY_WAIT_S) * 3.6


def read_duration(text: str) -> float | None:
    """Return the seconds that a value of duration means; None if it cannot be read."""
    value = text.strip().upper()
    match = _CLOCK.fullmatch(value) or _ISO_DURATION.fullmatch(value)
    if match is None:
        return None
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds
