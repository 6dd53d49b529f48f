"""A made-up district as OpenStreetMap data: six boundaries, a mesh of roads, a few features.

::

    52.2 ┌────────┬────────┬────┬──────┐
         │        │Dorfheim│Fern│      │     A hole in Dorfheim is Inselhausen, 10.13 to 10.16
    52.1 │Muster- │ ┌─┐    ├────┤Nach- │     and 52.05 to 52.08. Forst is unincorporated.
         │stadt   │ └─┘    │Fors│barort│
    52.0 └────────┴────────┴────┴──────┘
        10.0    10.1     10.2 10.25  10.35
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

LonLat = tuple[float, float]
Element = dict[str, Any]
AGS, ARS = "de:amtlicher_gemeindeschluessel", "de:regionalschluessel"

STADT = [(10.0, 52.0), (10.1, 52.0), (10.1, 52.2), (10.0, 52.2)]
DORFHEIM = [(10.1, 52.0), (10.2, 52.0), (10.2, 52.1), (10.2, 52.2), (10.1, 52.2)]
INSEL = [(10.13, 52.05), (10.16, 52.05), (10.16, 52.08), (10.13, 52.08)]
FORST = [(10.2, 52.0), (10.25, 52.0), (10.25, 52.1), (10.2, 52.1)]
FERNFELD = [(10.2, 52.1), (10.25, 52.1), (10.25, 52.2), (10.2, 52.2)]
NACHBAR = [(10.25, 52.0), (10.35, 52.0), (10.35, 52.2), (10.25, 52.2), (10.25, 52.1)]
DISTRICT = [
    *((10.0, 52.0), (10.1, 52.0), (10.2, 52.0), (10.25, 52.0), (10.25, 52.1)),
    *((10.25, 52.2), (10.2, 52.2), (10.1, 52.2), (10.0, 52.2)),
]
LAND = [
    *((10.0, 52.0), (10.1, 52.0), (10.2, 52.0), (10.25, 52.0), (10.35, 52.0)),
    *((10.35, 52.2), (10.25, 52.2), (10.2, 52.2), (10.1, 52.2), (10.0, 52.2)),
]
DISTRICT_RELATION = 906
# The roads: a mesh with a crossing every 2.7 km from west to east and 4.4 km to the north.
LONS = tuple(round(9.94 + 0.04 * step, 2) for step in range(10))
LATS = tuple(round(51.94 + 0.04 * step, 2) for step in range(9))
BESIDE = 0.0004  # degrees: about 30 m from a crossing to the east, and 45 m to the north


@dataclass
class OsmData:
    """Elements as Overpass returns them, made from positions."""

    nodes: dict[LonLat, Element] = field(default_factory=dict)
    ways: dict[tuple[int, ...], Element] = field(default_factory=dict)
    relations: list[Element] = field(default_factory=list)

    def node(self, at: LonLat, **tags: str) -> int:
        """Return the number of the node at a position, made if need be."""
        lon, lat = round(at[0], 6), round(at[1], 6)
        element = self.nodes.setdefault(
            (lon, lat), {"type": "node", "id": 1000 + len(self.nodes), "lon": lon, "lat": lat}
        )
        if tags:
            element.setdefault("tags", {}).update(tags)
        return int(element["id"])

    def way(self, corners: list[LonLat], **tags: str) -> int:
        """Return the number of the way along some positions, made if need be."""
        refs = tuple(self.node(corner) for corner in corners)
        key = min(refs, refs[::-1])
        element = self.ways.setdefault(
            key, {"type": "way", "id": 5000 + len(self.ways), "nodes": list(refs)}
        )
        if tags:
            element.setdefault("tags", {}).update(tags)
        return int(element["id"])

    def boundary(
        self, number: int, ring: list[LonLat], holes: list[list[LonLat]], **tags: str
    ) -> None:
        """Add an administrative boundary; each side is a way that neighbours share."""
        members = [
            {"type": "way", "ref": self.way([a, b]), "role": role}
            for corners, role in [(ring, "outer"), *((hole, "inner") for hole in holes)]
            for a, b in pairwise([*corners, corners[0]])
        ]
        base = {"type": "boundary", "boundary": "administrative"}
        self.relations.append(
            {"type": "relation", "id": number, "members": members, "tags": base | tags}
        )

    @property
    def elements(self) -> list[Element]:
        """All elements."""
        return [*self.nodes.values(), *self.ways.values(), *self.relations]


def beside(lon: float, lat: float, steps: int = 1) -> LonLat:
    """Return a position some 55 m from a crossing, or as many times that."""
    return lon + steps * BESIDE, lat + steps * BESIDE


def musterland() -> OsmData:
    """Return the district, its neighbour and its state."""
    data = OsmData()
    _boundaries(data)
    _roads(data)
    _settlements(data)
    _stops(data)
    _features(data)
    return data


def _boundaries(data: OsmData) -> None:
    level = "admin_level"
    for number, ring, holes, tags in (
        (901, STADT, [], {AGS: "03999001", level: "8", "population": "21.500"}),
        (902, DORFHEIM, [INSEL], {AGS: "03 999 002", level: "8", "population": "4000"}),
        (903, INSEL, [], {AGS: "03999003", level: "8", "population": "700"}),
        # Only the regional key, whose fifth to ninth digit name the association.
        (904, FERNFELD, [], {ARS: "039995401004", level: "8"}),
        (905, FORST, [], {AGS: "03999501", level: "8"}),
        (DISTRICT_RELATION, DISTRICT, [], {AGS: "03999", level: "6"}),
        (907, DORFHEIM, [], {ARS: "039995402", level: "7"}),
        (908, NACHBAR, [], {AGS: "03998001", level: "8", "population": "9000"}),
        (909, LAND, [], {AGS: "03", level: "4"}),
    ):
        data.boundary(number, ring, holes, name=NAMES[number], **tags)


NAMES = {
    901: "Musterstadt",
    902: "Dorfheim",
    903: "Inselhausen",
    904: "Fernfeld",
    905: "Forst (gemeindefreies Gebiet)",
    906: "Landkreis Musterland",
    907: "Samtgemeinde Dorfheim",
    908: "Nachbarort",
    909: "Musterstaat",
}


def _roads(data: OsmData) -> None:
    for lat in LATS:
        data.way([(lon, lat) for lon in LONS], highway="secondary", maxspeed="100")
    for lon in LONS:
        data.way([(lon, lat) for lat in LATS], highway="tertiary")
    data.way([(10.02, 52.02), (10.06, 52.06)], highway="footway")
    data.way([(10.06, 52.02), (10.1, 52.06)], highway="service", service="parking_aisle")


def _settlements(data: OsmData) -> None:
    data.node((10.058, 52.098), place="town", name="Musterstadt", capital="6")
    data.node((10.178, 52.138), place="village", name="Dorfheim")
    data.node((10.142, 52.062), place="village", name="Inselhausen")
    data.node((10.222, 52.142), place="village", name="Fernfeld", population="900")
    data.node((10.018, 52.018), place="hamlet", name="Süderode")


def _stops(data: OsmData) -> None:
    for name, lon, lat in (
        ("Musterstadt, Markt", 10.06, 52.14),
        ("Musterstadt, Süd", 10.06, 52.06),
        ("Süderode, Kirche", 10.02, 52.02),
        ("Dorfheim, Schule", 10.14, 52.14),
        ("Dorfheim, Ortsmitte", 10.18, 52.14),
        ("Dorfheim, Siedlung", 10.18, 52.02),
        ("Inselhausen, Denkmal", 10.14, 52.06),
        ("Fernfeld, Dorfplatz", 10.22, 52.14),
        ("Nachbarort, Markt", 10.3, 52.1),
    ):
        for side in (1, -1):
            data.node(beside(lon, lat, side), highway="bus_stop", name=name)
    # Without a name nobody can be told where to go.
    data.node(beside(10.22, 52.18), highway="bus_stop")


def _features(data: OsmData) -> None:
    data.node(beside(10.06, 52.1), railway="station", name="Musterstadt (Han)")
    data.node(beside(10.06, 52.1, -1), amenity="bus_station", name="ZOB")
    data.node(beside(10.22, 52.1), railway="halt", name="Fernfeld", disused="yes")
    lon, lat = beside(10.02, 52.1)
    yard = [(lon, lat), (lon + 5e-4, lat), (lon + 5e-4, lat + 4e-4), (lon, lat)]
    data.way(yard, amenity="school", name="IGS Musterstadt")
    data.node(beside(10.02, 52.14), amenity="school", name="Grundschule Am Berg")
    data.node(beside(10.06, 52.18), amenity="community_centre", community_centre="youth_centre")
    data.node(beside(10.02, 52.06), leisure="pitch", sport="skateboard;bmx")
    data.node(beside(10.02, 52.18), leisure="pitch", sport="soccer", access="private")
    data.node(beside(10.18, 52.18), leisure="pitch", sport="soccer")
    data.node(beside(10.18, 52.06), leisure="pitch", sport="tennis")
    data.node(beside(10.14, 52.1), shop="supermarket", name="Laden, Groß & Klein")
    # In the middle of a mesh, more than a kilometre from any road.
    data.node((10.08, 52.16), leisure="water_park", name="Waldbad")


def hit(data_name: str = "Landkreis Musterland", **other: object) -> dict[str, Any]:
    """Return what Nominatim says of the district, or of something like it."""
    ring = [*map(list, DISTRICT), list(DISTRICT[0])]
    return {
        "osm_type": "relation",
        "osm_id": DISTRICT_RELATION,
        "class": "boundary",
        "type": "administrative",
        "place_rank": 12,
        "name": data_name,
        "display_name": f"{data_name}, Musterstaat, Deutschland",
        "geojson": {"type": "Polygon", "coordinates": [ring]},
    } | other
