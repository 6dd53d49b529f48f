"""Candidate meeting places from stops: what the name of a stop tells about the spot beside it.

Stops are named after what they serve: "Bahnhof/ZOB, Northeim", "Sudheim Oberes Tor, Northeim".
The rule has four steps:

1. The name is split into village and spot, and the first pattern of `KIND_PATTERNS` that the
   spot matches gives the kind. Spots of `NOT_A_MEETING_PLACE` are left out, and so is a spot
   that matches nothing.
2. Of all candidates within 150 m of each other the one with the strongest kind stays.
3. A village keeps one centre; a village without any candidate gets its most central stop.
4. `with_start_weights` gives each place a first guess of how well it works.

What comes out is a list for people to clean, not a list to drive to: a name says nothing about
whether young people are there. `hours`, dwell and weights are assumed, and marked so.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geodata.crs import to_metres
from geodata.places import Place
from geodata.region import BusStop, Municipality

MERGE_WITHIN_M = 150
ASSUMED = frozenset({"hours", "min_dwell", "max_dwell", "start_weight"})
WEIGHT_FACTOR_BOUNDS = (0.7, 1.4)


@dataclass(frozen=True, slots=True)
class KindDefaults:
    """What is assumed of a place as long as only its kind is known.

    Attributes
    ----------
    hours : str
        When young people are plausibly there, opening_hours syntax.
    min_dwell_min, max_dwell_min : int
        Minutes.
    weight : float
        Contacts met here, relative to the average place.
    """

    hours: str
    min_dwell_min: int
    max_dwell_min: int
    weight: float


# A guess, to be replaced by visits. The bus is out from about 14:00 to 19:00; schools still have
# their afternoon lessons then, sport begins when school is over.
DEFAULTS: Mapping[str, KindDefaults] = {
    "station": KindDefaults("Mo-Su 12:00-20:00", 30, 90, 1.5),
    "skate_park": KindDefaults("Mo-Su 14:00-20:00", 30, 90, 1.5),
    "youth_centre": KindDefaults("Mo-Fr 14:00-20:00; PH off", 45, 90, 1.3),
    "school": KindDefaults("Mo-Fr 12:00-16:30; SH off; PH off", 30, 60, 1.2),
    "square": KindDefaults("Mo-Su 14:00-20:00", 30, 90, 1.2),
    "pool": KindDefaults("May 15-Sep 15 12:00-19:00", 30, 90, 1.2),
    "shop": KindDefaults("Mo-Sa 13:00-20:00; PH off", 30, 60, 1.2),
    "sports": KindDefaults("Mo-Fr 15:00-20:00; PH off", 30, 90, 1.1),
    "park": KindDefaults("Mo-Su 14:00-20:00", 30, 90, 1.0),
    "other": KindDefaults("Mo-Fr 14:00-20:00; PH off", 30, 60, 0.9),
    "bus_stop": KindDefaults("Mo-Su 13:00-20:00", 30, 60, 0.8),
    "office": KindDefaults("Mo-Th 14:00-16:00; PH off", 30, 60, 0.6),
}
INDOOR_POOL_HOURS = "Mo-Su 14:00-20:00"
INDOOR_POOL = re.compile(r"[Hh]allenbad|Freizeitbad")

# Strongest first: the first pattern that matches decides, and of neighbours the earlier stays.
KIND_PATTERNS: Sequence[tuple[str, re.Pattern[str]]] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("station", r"(?<!Alter )(?<!Am )\bBahnhof\b|\bZOB\b|\bBhf\b"),
        ("youth_centre", r"\bJugend(zentrum|haus|heim|treff)|\bJUZ\b"),
        ("skate_park", r"Skate"),
        # Primary schools are for children, and so is what a village calls its school: both fall
        # through to the village centre below.
        (
            "school",
            r"Schulzentrum|[Gg]ymnasium|[Gg]esamtschule|Realschule|Hauptschule|Oberschule"
            r"|Berufsbildende|Berufskolleg|\bBBS\b|\bIGS\b|\bKGS\b|\w-Schule\b",
        ),
        ("pool", r"[Ff]reibad|[Hh]allenbad|[Ss]chwimmbad|Freizeitbad|Bergbad|Badesee|\bBad$"),
        ("sports", r"[Ss]port(platz|halle|heim|lokal)$|Stadion|Turnhalle"),
        ("park", r"(Kur|Stadt|Bürger|Schloss)park|Spielplatz"),
        ("shop", r"Einkaufszentrum|StadtCenter|City Treff"),
        ("square", r"Markt(platz)?\b|Rathaus$|Dorfplatz|\bThie(platz)?$|\bOrtsmitte\b"),
        ("square", r"platz$|Festanger|\bMittelpunkt$|\b(Mitte|Ort)$"),
        ("square", r"\bKirche$|\bKapelle$|Denkmal$|Ehrenmal$"),
        ("other", r"Dorfgemeinschaftshaus|Bürger(haus|halle|zentrum)|Jugendhalle|Bücherei"),
        ("bus_stop", r"[Ss]chule\b|Feuerwehr"),
    )
)
NOT_A_MEETING_PLACE = re.compile(
    r"[Ff]riedhof|[Kk]rankenhaus|Klinik|Altenheim|Kindergarten|Gewerbe|Industrie|\bAbzw\b|[Kk]raftwerk"
    r"|Parkplatz|B\d+$|Schiffsanleger|Ersatzhaltestelle|Forschungszentrum"
)
_CENTRES = ("square", "bus_stop")
_SCHOOL = next(i for i, (kind, _) in enumerate(KIND_PATTERNS) if kind == "school")

# A first word that is no village: "Am Stadtpark", "Alte Schule", "Haus Eilen".
_NO_VILLAGE = re.compile(
    r"(Am|An|Auf|Im|In|Zum|Zur|Zu|Bei|Beim|Hinter|Hinterm|Unter|Vor|Alte[rs]?|Neue[rs]?|Hoher?"
    r"|Lange|Kurze|Große|Kleine|Obere|Untere|Schöne|Grüner|Schwarzer|Haus|Hof|Gut|Kloster"
    r"|Park|St|Abzw)\b"
)
_TWO_WORDS = re.compile(r"(Groß|Klein|Bad) \w+")
_HEAD = re.compile(r"((?:Groß |Klein |Bad )?(?!Groß |Klein |Bad )[^\s]+(?: über \w+)?) (.+)")
_STREET = re.compile(r"(Straße|Landstraße|Weg|Tor|Platz|Ring|Kamp|Hof|Haus|Bruch|Wall)\b")


def split_stop_name(name: str, town: str) -> tuple[str, str]:
    """Split the name of a stop into village and spot.

    Parameters
    ----------
    name : str
        As published: "Sudheim Oberes Tor, Northeim" or "Bahnhof/ZOB, Northeim".
    town : str
        Name of the municipality.

    Returns
    -------
    tuple of str
        Village and spot: ("Sudheim", "Oberes Tor"). The village is empty in the main place of
        the municipality; the spot is empty where the name is a place's name only.
    """
    left = re.sub(r"\s*\([^)]*\)?", "", name.rsplit(", ", 1)[0]).strip()
    if left == town:
        return "", ""
    if left.startswith(f"{town} "):
        return "", left.removeprefix(f"{town} ")
    match = _HEAD.fullmatch(left)
    if match is None or _NO_VILLAGE.match(left):
        return (left, "") if _TWO_WORDS.fullmatch(left) else ("", left)
    head, spot = match.groups()
    # "Göttinger Straße" is a street, and "Realschule Bretzelnweg" begins with the spot.
    is_street = head.endswith("städter") or (head.endswith("er") and _STREET.match(spot))
    if is_street or _kind_rank(head) is not None or NOT_A_MEETING_PLACE.search(head):
        return "", left
    return head, spot


def _town(municipality: Municipality) -> str:
    return re.sub(r"\s*\(.*\)", "", municipality.name)


def _kind_rank(spot: str) -> int | None:
    return next((i for i, (_, p) in enumerate(KIND_PATTERNS) if p.search(spot)), None)


def slug(text: str) -> str:
    """Return a text in small letters and digits, words joined by hyphens, 60 at most."""
    folded = text.lower()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        folded = folded.replace(umlaut, letters)
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:60]


@dataclass(frozen=True, slots=True)
class _Spot:
    stop: BusStop
    village: str
    spot: str
    kind: str
    rank: int


def _read_stop(stop: BusStop, town: str) -> _Spot | None:
    village, spot = split_stop_name(stop.name, town)
    if NOT_A_MEETING_PLACE.search(spot):
        return None
    if stop.is_rail:
        # Railway names carry no spot: "Kreiensen" is the station of Kreiensen.
        place = village or spot if "Bahnhof" not in spot and "Bhf" not in spot else village
        return _Spot(stop, place, "Bahnhof", "station", 0)
    rank = _kind_rank(spot)
    if rank is not None and not village and re.match(r"Schule\b", spot):
        rank = _SCHOOL
    if rank is None:
        return _Spot(stop, village, spot, "bus_stop", len(KIND_PATTERNS))
    return _Spot(stop, village, spot, KIND_PATTERNS[rank][0], rank)


def _central(spots: Sequence[_Spot]) -> _Spot:
    xy = to_metres([s.stop.lon for s in spots], [s.stop.lat for s in spots])
    distances = np.hypot(*(xy - xy.mean(axis=0)).T)
    return spots[int(np.argmin(distances))]


def _chosen(spots: Sequence[_Spot]) -> list[_Spot]:
    """Keep the strongest of neighbours, and one centre per village."""
    villages: dict[str, list[_Spot]] = defaultdict(list)
    for spot in spots:
        villages[spot.village].append(spot)
    found = [s for s in spots if s.rank < len(KIND_PATTERNS)]
    named = {s.village for s in found}
    found += [_central(members) for village, members in villages.items() if village not in named]

    # A bus stop's name comes before the railway's: it says where on the ground one meets.
    found.sort(key=lambda s: (s.rank, s.stop.is_rail, s.stop.name, s.stop.id))
    kept: list[_Spot] = []
    positions: list[tuple[float, float]] = []
    centres: set[str] = set()
    for spot in found:
        x, y = to_metres(spot.stop.lon, spot.stop.lat)[0]
        if any(math.hypot(x - px, y - py) <= MERGE_WITHIN_M for px, py in positions):
            continue
        if spot.village and spot.kind in _CENTRES:
            if spot.village in centres:
                continue
            centres.add(spot.village)
        kept.append(spot)
        positions.append((float(x), float(y)))
    return kept


def assumed_hours(kind: str, name: str) -> str:
    """Return when young people are plausibly at a place of a kind; an indoor pool by its name."""
    is_indoor = kind == "pool" and INDOOR_POOL.search(name)
    return INDOOR_POOL_HOURS if is_indoor else DEFAULTS[kind].hours


def candidates_from_stops(
    stops: Iterable[BusStop], municipalities: Mapping[str, Municipality]
) -> tuple[Place, ...]:
    """Derive candidate meeting places from the stops of a district.

    Parameters
    ----------
    stops : iterable of BusStop
    municipalities : Mapping of str to Municipality
        By key; a stop of another municipality is left out.

    Returns
    -------
    tuple of Place
        Sorted by municipality and id, with the columns in `ASSUMED` marked as assumed.
    """
    by_municipality: dict[str, list[_Spot]] = defaultdict(list)
    for stop in stops:
        municipality = municipalities.get(stop.ags)
        spot = _read_stop(stop, _town(municipality)) if municipality is not None else None
        if spot is not None:
            by_municipality[stop.ags].append(spot)

    places: list[Place] = []
    ids: Counter[str] = Counter()
    for ags, spots in sorted(by_municipality.items()):
        for spot in _chosen(spots):
            name = ", ".join(filter(None, (spot.village or _town(municipalities[ags]), spot.spot)))
            base = slug(name)
            ids[base] += 1
            defaults = DEFAULTS[spot.kind]
            places.append(
                Place(
                    id=base if ids[base] == 1 else f"{base}-{ids[base]}",
                    name=name,
                    kind=spot.kind,
                    lon=spot.stop.lon,
                    lat=spot.stop.lat,
                    ags=ags,
                    hours=assumed_hours(spot.kind, spot.spot),
                    min_dwell_s=defaults.min_dwell_min * 60,
                    max_dwell_s=defaults.max_dwell_min * 60,
                    assumed=ASSUMED,
                )
            )
    return with_start_weights(sorted(places, key=lambda p: (p.ags, p.id)), municipalities)


def with_start_weights(
    places: Iterable[Place],
    municipalities: Mapping[str, Municipality],
    not_served: Collection[str] = (),
) -> tuple[Place, ...]:
    """Give each place its first weight.

    The weight of the kind, times the square root of the people of the municipality per place in
    it, relative to the mean over all places, within `WEIGHT_FACTOR_BOUNDS`; a municipality whose
    people are not known counts as the mean. Youth per municipality is estimated as population
    times a share that is the same in the whole district, so the share cancels out. The square
    root, because people of a large place do not all meet at one spot.

    Parameters
    ----------
    places : iterable of Place
    municipalities : Mapping of str to Municipality
    not_served : Collection of str
        Keys of municipalities that do not count for the mean.

    Returns
    -------
    tuple of Place
        In the order given.
    """
    rows = tuple(places)
    people = people_per_place(rows, municipalities)
    mean = mean_people(rows, municipalities, not_served) or 1.0
    return tuple(
        replace(place, start_weight=start_weight(place.kind, people[place.ags], mean))
        for place in rows
    )


def people_per_place(
    places: Iterable[Place], municipalities: Mapping[str, Municipality]
) -> dict[str, float]:
    """Return the people of each municipality that has places, per place in it."""
    num_places = Counter(place.ags for place in places)
    return {ags: municipalities[ags].population / number for ags, number in num_places.items()}


def mean_people(
    places: Sequence[Place],
    municipalities: Mapping[str, Municipality],
    not_served: Collection[str] = (),
) -> float | None:
    """Return the mean of `people_per_place` over all places; None if nothing is known."""
    people = people_per_place(places, municipalities)
    counted = [
        people[place.ags] for place in places if place.ags not in not_served and people[place.ags]
    ]
    return sum(counted) / len(counted) if counted else None


def start_weight(kind: str, people: float, mean: float) -> float:
    """Return the first weight of a place: that of its kind, times the root of people to mean.

    Parameters
    ----------
    kind : str
    people : float
        Of its municipality, per place in it; 0 where they are not known.
    mean : float
        Over all places, more than 0.
    """
    low, high = WEIGHT_FACTOR_BOUNDS
    factor = min(max(math.sqrt((people or mean) / mean), low), high)
    return round(DEFAULTS[kind].weight * factor, 1)
