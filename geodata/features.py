"""Features of OpenStreetMap that matter here: where people wait, meet and live, by their tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geodata.crs import to_metres
from geodata.kinds import is_station
from geodata.printable import printable
from geodata.region import BusStop, Municipality

# What is asked for; each feature has one of these.
TAGS: dict[str, bool | str | list[str]] = {
    "highway": "bus_stop",
    "public_transport": ["platform", "station"],
    "railway": ["station", "halt"],
    "amenity": [
        *("bus_station", "school", "community_centre", "youth_centre"),
        *("cinema", "marketplace"),
    ],
    "leisure": ["pitch", "sports_centre", "stadium", "skatepark", "water_park", "bathing_place"],
    "shop": ["supermarket", "mall"],
    "place": ["city", "town", "village", "suburb", "hamlet", "square"],
}
# What is read of them.
READ = (
    *(*TAGS, "name", "access", "sport", "population", "capital", "disused", "abandoned", "station"),
    *("community_centre", "community_centre:for", "isced:level", "train", "indoor"),
)
SETTLEMENTS = ("city", "town", "village", "suburb", "hamlet")
# Both directions of a stop, and all its platforms, are one stop of that name.
SAME_STOP_M = 300
# A feature farther from any settlement bears the name of its municipality.
NEAR_SETTLEMENT_M = 2_500


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing on the ground.

    Attributes
    ----------
    id : str
        ``n``, ``w`` or ``r`` and its number in OpenStreetMap.
    tags : Mapping of str to str
        Those of `READ` that it has.
    lon, lat : float
        A point of it, degrees, EPSG:4326.
    """

    id: str
    tags: Mapping[str, str]
    lon: float
    lat: float

    @property
    def name(self) -> str:
        """Its name on one line; empty where it has none."""
        return printable(self.tags.get("name", ""), 60)


def features_from_frame(frame: gpd.GeoDataFrame) -> tuple[Feature, ...]:
    """Return the features of a table of OSMnx's shape, in the order of their ids."""
    columns = {name: list(frame[name]) for name in READ if name in frame}
    points = frame.geometry.representative_point()
    found = []
    for row, ((element, number), lon, lat) in enumerate(
        zip(frame.index, points.x, points.y, strict=True)
    ):
        tags = {
            name: values[row] for name, values in columns.items() if isinstance(values[row], str)
        }
        found.append(Feature(f"{element[0]}{number}", tags, round(lon, 6), round(lat, 6)))
    return in_order(found)


def asked_for() -> list[tuple[str, str]]:
    """Return `TAGS` as pairs of key and value."""
    found: list[tuple[str, str]] = []
    for key, values in TAGS.items():
        if isinstance(values, bool):
            raise ValueError(f"TAGS must name values, got {values} for {key!r}")
        found += [(key, value) for value in ([values] if isinstance(values, str) else values)]
    return found


def in_order(features: Iterable[Feature]) -> tuple[Feature, ...]:
    """Return features in the order of their ids."""
    return tuple(sorted(features, key=lambda feature: (feature.id[0], int(feature.id[1:]))))


def stops_from_features(
    features: Iterable[Feature], municipalities: Mapping[str, Municipality]
) -> tuple[BusStop, ...]:
    """Return the stops of a district that have a name.

    Parameters
    ----------
    features : iterable of Feature
    municipalities : Mapping of str to Municipality
        What lies in none of them is left out.

    Returns
    -------
    tuple of BusStop
        By municipality and name. Of stops of one name within `SAME_STOP_M` the first is kept.
    """
    stops = [
        feature
        for feature in features
        if feature.name and (is_station(feature.tags) or _is_bus_stop(feature.tags))
    ]
    keys = municipalities_of([(s.lon, s.lat) for s in stops], municipalities)
    metres = to_metres([s.lon for s in stops], [s.lat for s in stops])
    kept: dict[tuple[str, str, bool], list[tuple[Feature, NDArray[np.float64]]]] = {}
    for stop, ags, at in zip(stops, keys, metres, strict=True):
        if ags is None:
            continue
        same = kept.setdefault((ags, stop.name, is_station(stop.tags)), [])
        if all(np.hypot(*(at - other)) > SAME_STOP_M for _stop, other in same):
            same.append((stop, at))
    return tuple(
        BusStop(stop.id, name, ags, stop.lon, stop.lat, is_rail)
        for (ags, name, is_rail), same in sorted(kept.items())
        for stop, _at in same
    )


def _is_bus_stop(tags: Mapping[str, str]) -> bool:
    return tags.get("highway") == "bus_stop" or (
        tags.get("public_transport") in ("platform", "station") and "railway" not in tags
        and tags.get("train") != "yes"
    )  # fmt: skip


def municipalities_of(
    lonlat: list[tuple[float, float]], municipalities: Mapping[str, Municipality]
) -> list[str | None]:
    """Return the key of the municipality around each point; None outside all of them."""
    if not lonlat:
        return []
    keys = list(municipalities)
    tree = shapely.STRtree([municipalities[ags].boundary for ags in keys])
    found: list[str | None] = [None] * len(lonlat)
    which, where = tree.query(shapely.points(lonlat), predicate="intersects")
    for point, outline in zip(which.tolist(), where.tolist(), strict=True):
        if found[point] is None:
            found[point] = keys[outline]
    return found


class Settlements:
    """Towns and villages, to name what lies in them."""

    def __init__(
        self, features: Iterable[Feature], municipalities: Mapping[str, Municipality]
    ) -> None:
        self._all = [f for f in features if f.tags.get("place") in SETTLEMENTS and f.name]
        keys = municipalities_of([(f.lon, f.lat) for f in self._all], municipalities)
        self._municipalities = municipalities
        self._by_ags: dict[str, tuple[list[Feature], cKDTree]] = {}
        for ags in municipalities:
            members = [f for f, key in zip(self._all, keys, strict=True) if key == ags]
            if members:
                points = to_metres([f.lon for f in members], [f.lat for f in members])
                self._by_ags[ags] = members, cKDTree(points)

    def name_at(self, ags: str, lon: float, lat: float) -> str:
        """Return the settlement of a municipality that is nearest, else the municipality."""
        if ags in self._by_ags:
            members, tree = self._by_ags[ags]
            away, position = tree.query(to_metres(lon, lat)[0])
            if away <= NEAR_SETTLEMENT_M:
                return members[int(position)].name
        return re.sub(r"\s*\(.*\)", "", self._municipalities[ags].name)

    def people(self) -> list[tuple[str, str, float, float]]:
        """Return name, population as it is written, and position of each."""
        return [(f.name, f.tags.get("population", ""), f.lon, f.lat) for f in self._all]

    def seat(self) -> Feature | None:
        """Return the town that is called the capital of its district; None if none is."""
        return next((f for f in self._all if f.tags.get("capital") == "6"), None)
