"""Meeting places proposed for a district, from features and stops, for people to clean.

1. Every feature with a kind (`geodata.kinds.kind_of`) and every candidate that the stops'
   names give (`geodata.discover`) is a candidate.
2. Of candidates within 150 m of each other the one with the strongest kind stays.
3. Each municipality gets a share of `NUM_PLACES`, one at least, by the square root of its
   people. It spends it on different kinds first, then on different villages.

That young people meet there is a guess, and so are hours, dwell and weights: marked as assumed.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geodata.crs import to_metres
from geodata.discover import (
    ASSUMED,
    DEFAULTS,
    MERGE_WITHIN_M,
    assumed_hours,
    candidates_from_stops,
    slug,
    with_start_weights,
)
from geodata.features import Feature, Settlements, municipalities_of
from geodata.kinds import kind_of
from geodata.network import RoadNetwork
from geodata.places import Place
from geodata.region import BusStop, Municipality

# As many as people can look through, and as a week can choose from.
NUM_PLACES = 80
# The strongest first.
STRENGTH = (
    *("station", "youth_centre", "skate_park", "school", "pool", "sports"),
    *("park", "shop", "square", "other", "office", "bus_stop"),
)
# What a feature without a name is called; places bear the names of the country they lie in.
UNNAMED = {
    "station": "Bahnhof",
    "youth_centre": "Jugendzentrum",
    "skate_park": "Skatepark",
    "school": "Schule",
    "pool": "Freibad",
    "sports": "Sportplatz",
    "shop": "Supermarkt",
    "square": "Platz",
    "other": "Kino",
}


def propose_places(
    features: Sequence[Feature],
    stops: Iterable[BusStop],
    municipalities: Mapping[str, Municipality],
    *,
    network: RoadNetwork | None = None,
) -> tuple[tuple[Place, ...], int]:
    """Return meeting places for a first list, and how many more were found.

    Parameters
    ----------
    features : sequence of Feature
    stops : iterable of BusStop
        Named as in OpenStreetMap.
    municipalities : Mapping of str to Municipality
    network : RoadNetwork, optional
        What lies farther from its roads than its limit is no candidate.

    Returns
    -------
    tuple of Place
        By municipality and id; all that is assumed is marked.
    int
        Candidates beyond those.
    """
    found = [
        *places_from_features(features, municipalities),
        *candidates_from_stops((published(s, municipalities) for s in stops), municipalities),
    ]
    near = beside_roads([(place.lon, place.lat) for place in found], network)
    candidates = merged([place for place, is_near in zip(found, near, strict=True) if is_near])
    chosen = _chosen(candidates, municipalities)
    places = with_start_weights(_named_apart(chosen), municipalities)
    ordered = tuple(sorted(places, key=lambda place: (place.ags, place.id)))
    return ordered, len(candidates) - len(chosen)


def beside_roads(lonlat: Sequence[tuple[float, float]], network: RoadNetwork | None) -> list[bool]:
    """Tell which points lie within the limit of a network; all, if there is none."""
    if network is None or not lonlat:
        return [True] * len(lonlat)
    points = shapely.points(to_metres(*zip(*lonlat, strict=True)))
    tree = shapely.STRtree(network.edge_line_m)
    near = set(tree.query(points, predicate="dwithin", distance=network.snap_limit_m)[0].tolist())
    return [position in near for position in range(len(lonlat))]


def published(stop: BusStop, municipalities: Mapping[str, Municipality]) -> BusStop:
    """Name a stop as timetables do: village and spot, then the municipality after a comma."""
    return replace(stop, name=f"{stop.name.replace(', ', ' ')}, {municipalities[stop.ags].name}")


def places_from_features(
    features: Sequence[Feature], municipalities: Mapping[str, Municipality]
) -> Iterable[Place]:
    """Yield a place for each feature with a kind; its id is that of the feature."""
    settlements = Settlements(features, municipalities)
    keys = municipalities_of([(f.lon, f.lat) for f in features], municipalities)
    for feature, ags in zip(features, keys, strict=True):
        kind = kind_of(feature.tags)
        if ags is None or kind is None:
            continue
        village = settlements.name_at(ags, feature.lon, feature.lat)
        # The railway calls a station by its town.
        spot = UNNAMED["station"] if "railway" in feature.tags else feature.name or UNNAMED[kind]
        defaults = DEFAULTS[kind]
        yield Place(
            id=feature.id,
            name=f"{village}, {spot.replace(',', '')}",
            kind=kind,
            lon=feature.lon,
            lat=feature.lat,
            ags=ags,
            hours=assumed_hours(kind, spot),
            min_dwell_s=defaults.min_dwell_min * 60,
            max_dwell_s=defaults.max_dwell_min * 60,
            assumed=ASSUMED,
            note=f"OpenStreetMap {feature.id}",
        )


def merged(candidates: Sequence[Place]) -> list[Place]:
    """Keep the strongest, features first, of those within `MERGE_WITHIN_M` of each other."""
    order = sorted(
        candidates, key=lambda p: (STRENGTH.index(p.kind), not p.note, p.ags, p.name, p.id)
    )
    if not order:
        return []
    points = to_metres([p.lon for p in order], [p.lat for p in order])
    tree = cKDTree(points)
    is_taken = np.zeros(len(order), dtype=bool)
    kept: list[Place] = []
    for position, place in enumerate(order):
        if not is_taken[position]:
            kept.append(place)
            is_taken[tree.query_ball_point(points[position], MERGE_WITHIN_M)] = True
    return kept


def _chosen(candidates: Sequence[Place], municipalities: Mapping[str, Municipality]) -> list[Place]:
    by_ags: dict[str, list[Place]] = defaultdict(list)
    for place in candidates:
        by_ags[place.ags].append(place)
    waiting = {ags: _varied(places) for ags, places in sorted(by_ags.items())}
    known = [municipalities[ags].population for ags in waiting if municipalities[ags].population]
    mean = sum(known) / len(known) if known else 1.0
    worth = {ags: math.sqrt(municipalities[ags].population or mean) for ags in waiting}
    chosen = [places.pop(0) for places in waiting.values()]
    heap = [(-worth[ags] / 2, ags, 1) for ags in waiting]
    heapq.heapify(heap)
    while heap and len(chosen) < NUM_PLACES:
        _worth, ags, number = heapq.heappop(heap)
        if waiting[ags]:
            chosen.append(waiting[ags].pop(0))
            heapq.heappush(heap, (-worth[ags] / (number + 2), ags, number + 1))
    return chosen


def _varied(places: Sequence[Place]) -> list[Place]:
    """Order the places of a municipality: different kinds first, then different villages."""
    of_kind: Counter[str] = Counter()
    of_village: Counter[tuple[str, str]] = Counter()
    keys: dict[str, tuple[int, int, int, str, str]] = {}
    for place in sorted(places, key=lambda p: (p.name.endswith(UNNAMED.get(p.kind, "")), p.name)):
        village = place.kind, place.name.split(", ")[0]
        keys[place.id] = (
            of_village[village],
            of_kind[place.kind],
            STRENGTH.index(place.kind),
            place.name,
            place.id,
        )
        of_kind[place.kind] += 1
        of_village[village] += 1
    return sorted(places, key=lambda place: keys[place.id])


def _named_apart(places: Sequence[Place]) -> list[Place]:
    """Give places of one name numbers, and each an id from its name."""
    names: Counter[str] = Counter()
    ids: set[str] = set()
    apart = []
    for place in sorted(places, key=lambda p: (p.ags, p.name, p.id)):
        names[place.name] += 1
        number = names[place.name]
        name = place.name if number == 1 else f"{place.name} {number}"
        id_ = free_id(name, ids)
        ids.add(id_)
        apart.append(replace(place, id=id_, name=name))
    return apart


def free_id(name: str, taken: Collection[str]) -> str:
    """Return an id from a name, with a number if need be, that is not taken."""
    base = slug(name) or "ort"
    numbered = (f"{base}-{number}" for number in itertools.count(2))
    return next(id_ for id_ in itertools.chain((base,), numbered) if id_ not in taken)
