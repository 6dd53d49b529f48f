"""Meeting places that could be added to a list that people keep: only what is new to it.

1. Every feature with a kind (`geodata.kinds`) and every spot that the name of a stop gives
   (`geodata.discover`) counts, where the service is responsible and a road is near.
2. What lies within 150 m of a place of the list, or bears the id that its own name gives, is
   that place already, whatever its status: somebody has decided about it.
3. Of the rest, of those within 150 m of each other the strongest kind stays, and of those of
   one name of their own the strongest.
4. The start weight is that of the kind for the people of the municipality, as if this one place
   joined those that there are.

That young people meet there is a guess, and so are hours, dwell and weights: marked as assumed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scipy.spatial import cKDTree

from geodata.crs import to_metres
from geodata.discover import (
    DEFAULTS,
    MERGE_WITHIN_M,
    candidates_from_stops,
    mean_people,
    slug,
    start_weight,
)
from geodata.features import Feature
from geodata.kinds import reason_of_kind
from geodata.language import translator
from geodata.network import RoadNetwork
from geodata.places import Place
from geodata.printable import printable
from geodata.proposals import (
    STRENGTH,
    UNNAMED,
    beside_roads,
    free_id,
    merged,
    places_from_features,
    published,
)
from geodata.region import BusStop, Region

_ = translator("geodata")

# Why something that was found is not proposed.
REASONS = ("known", "earlier", "merged", "no_road", "not_served")
# Stops that came from OpenStreetMap are called as there, others as in timetables.
_OSM_ID = re.compile(r"[nwr]\d+")
# A cell that begins so is a formula to a spreadsheet.
_FORMULA = "=+-@'\t "


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place that could be added.

    Attributes
    ----------
    place : Place
    source : str
        Where it comes from, and by what it is of its kind.
    """

    place: Place
    source: str


@dataclass(frozen=True, slots=True)
class Additions:
    """What could be added to a list of places.

    Attributes
    ----------
    proposals : tuple of Proposal
        By municipality, the strongest kinds first.
    left_out : Mapping of str to int
        Per reason of `REASONS`, how many were found and are not proposed.
    """

    proposals: tuple[Proposal, ...]
    left_out: Mapping[str, int]


def find_additions(
    features: Sequence[Feature],
    region: Region,
    places: Sequence[Place],
    *,
    earlier: Sequence[Place] = (),
    network: RoadNetwork | None = None,
    not_served: Collection[str] = (),
    kinds: Collection[str] = (),
) -> Additions:
    """Return the places that could be added to a list.

    Parameters
    ----------
    features : sequence of Feature
        None to go by the stops of the region alone.
    region : Region
    places : sequence of Place
        The list, with all that rests and all that was given up.
    earlier : sequence of Place
        What was proposed before, whatever was decided about it.
    network : RoadNetwork, optional
        What lies farther from its roads than its limit is left out; None while there are none.
    not_served : Collection of str
        Keys of municipalities that others are responsible for.
    kinds : Collection of str
        Those that are looked for; all if none is named.
    """
    found = [*_from_features(features, region), *_from_stops(region)]
    left_out: Counter[str] = Counter()
    tests: tuple[tuple[str, Callable[[], Sequence[bool]]], ...] = (
        ("not_served", lambda: [one.place.ags in not_served for one in found]),
        ("no_road", lambda: [not is_near for is_near in _beside_roads(found, network)]),
        ("known", lambda: _is_among(found, places)),
        ("earlier", lambda: _is_among(found, earlier)),
        ("merged", lambda: _is_weaker(found)),
    )
    # Each looks at what those before it have left.
    for reason, test in tests:
        kept = [one for one, is_left_out in zip(found, test(), strict=True) if not is_left_out]
        left_out[reason] = len(found) - len(kept)
        found = kept
    found = [one for one in found if not kinds or one.place.kind in kinds]
    new = [
        replace(one, place=replace(one.place, start_weight=weight))
        for one in _named_apart(found, [*places, *earlier])
        for weight in [joining_weight(one.place, places, region, not_served)]
    ]
    ordered = sorted(
        new, key=lambda p: (p.place.ags, STRENGTH.index(p.place.kind), p.place.name, p.place.id)
    )
    return Additions(tuple(ordered), left_out)


def _beside_roads(found: Sequence[Proposal], network: RoadNetwork | None) -> list[bool]:
    return beside_roads([(one.place.lon, one.place.lat) for one in found], network)


def _is_weaker(found: Sequence[Proposal]) -> list[bool]:
    """Tell which proposals have a stronger one within `MERGE_WITHIN_M`, or of their own name."""
    left = {one.place.id: one.place for one in found}
    while True:
        strongest = merged([*left.values()])
        names: set[tuple[str, str]] = set()
        again = []
        for place in strongest:
            name = place.ags, place.name
            if name in names and _has_own_name(place):
                again.append(place.id)
            names.add(name)
        if not again:
            kept = {place.id for place in strongest}
            return [one.place.id not in kept for one in found]
        # What lies beside a namesake has lost its neighbour.
        for id_ in again:
            del left[id_]


def _from_features(features: Sequence[Feature], region: Region) -> Iterable[Proposal]:
    by_id = {feature.id: feature for feature in features}
    for place in places_from_features(features, region.municipalities):
        reason = printable(reason_of_kind(by_id[place.id].tags))
        yield Proposal(_clean(place), f"OpenStreetMap {place.id}: {reason}")


def _from_stops(region: Region) -> Iterable[Proposal]:
    stops = {
        (stop.ags, stop.lon, stop.lat): stop
        for stop in sorted(region.stops, key=lambda stop: stop.id, reverse=True)
    }
    named = [_as_in_timetables(stop, region) for stop in region.stops]
    for place in candidates_from_stops(named, region.municipalities):
        stop = stops[place.ags, place.lon, place.lat]
        source = _("Stop {id}: {name}").format(id=stop.id, name=stop.name)
        yield Proposal(_clean(replace(place, id=f"stop {place.id}")), printable(source))


def _as_in_timetables(stop: BusStop, region: Region) -> BusStop:
    is_known = stop.ags in region.municipalities
    return (
        published(stop, region.municipalities) if is_known and _OSM_ID.fullmatch(stop.id) else stop
    )


def _clean(place: Place) -> Place:
    """Name a place on one line that no spreadsheet takes for a formula."""
    return replace(
        place, name=printable(place.name).lstrip(_FORMULA) or UNNAMED.get(place.kind, place.kind)
    )


def _is_among(found: Sequence[Proposal], places: Sequence[Place]) -> list[bool]:
    """Tell which proposals are some places already: by position, or by the id of their name."""
    if not places or not found:
        return [False] * len(found)
    tree = cKDTree(to_metres([p.lon for p in places], [p.lat for p in places]))
    points = to_metres([one.place.lon for one in found], [one.place.lat for one in found])
    is_near = [bool(some) for some in tree.query_ball_point(points, MERGE_WITHIN_M)]
    ids = {place.id for place in places}
    return [
        near or (_has_own_name(one.place) and slug(one.place.name) in ids)
        for one, near in zip(found, is_near, strict=True)
    ]


def _has_own_name(place: Place) -> bool:
    """Tell whether a name means one place: of a village's station, not of its pitches or shops."""
    if place.kind in ("station", "shop"):
        return place.kind == "station"
    return not place.name.endswith(f", {UNNAMED.get(place.kind)}")


def _named_apart(found: Sequence[Proposal], others: Sequence[Place]) -> list[Proposal]:
    """Give each a name and an id that nothing else has."""
    names = {place.name for place in others}
    ids = {place.id for place in others}
    apart = []
    for one in sorted(found, key=lambda p: (p.place.ags, p.place.name, p.place.id)):
        id_ = free_id(one.place.name, ids)
        ids.add(id_)
        name, number = one.place.name, 1
        while name in names:
            number += 1
            name = f"{one.place.name} {number}"
        names.add(name)
        apart.append(replace(one, place=replace(one.place, id=id_, name=name)))
    return apart


def joining_weight(
    place: Place, places: Sequence[Place], region: Region, not_served: Collection[str] = ()
) -> float:
    """Return the start weight of a place as if it alone joined a list.

    Parameters
    ----------
    place : Place
    places : sequence of Place
        The list; what was given up does not count.
    region : Region
    not_served : Collection of str
        Keys of municipalities that do not count for the mean.
    """
    served = [other for other in places if other.status != "retired"]
    mean = mean_people(served, region.municipalities, not_served)
    if mean is None:
        return DEFAULTS[place.kind].weight
    number = 1 + sum(other.ags == place.ags for other in served)
    return start_weight(place.kind, region.municipalities[place.ags].population / number, mean)
