"""Boundaries out of a file of OpenStreetMap data: a district by its name, and what lies in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import shapely
from shapely.geometry import MultiPolygon, Polygon

from geodata.boundaries import (
    AGS,
    ARS,
    municipalities_from_features,
    municipalities_without_keys,
    people_of,
)
from geodata.errors import RegionError
from geodata.language import translator
from geodata.osmfile import check_osm_file, reading
from geodata.printable import printable
from geodata.region import Municipality

_ = translator("geodata")

# Administrative levels of what can be a district: countries, states, counties, districts.
DISTRICT_LEVELS = range(2, 7)
# What German districts are called in full, where somebody writes the short name.
PREFIXES = ("", "landkreis ", "kreis ")
# Municipalities stand on this level; where they do not, on the nearest one that fills the district.
LEVELS = (8, 7, 9, 6, 5)
FILLED = 0.95
READ = (AGS, ARS, "boundary", "name", "official_name", "population")
MOST_NAMED = 8


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """An administrative boundary.

    Attributes
    ----------
    relation : int
        Its number in OpenStreetMap.
    level : int
        Administrative level: 6 for districts, 8 for municipalities.
    tags : Mapping of str to str
        Those of `READ` that it has.
    area : Polygon or MultiPolygon
        Degrees, EPSG:4326.
    """

    relation: int
    level: int
    tags: Mapping[str, str]
    area: Polygon | MultiPolygon

    @property
    def name(self) -> str:
        """Its name on one line; its number where it has none."""
        return printable(self.tags.get("name", ""), 60) or f"R{self.relation}"


def read_outlines(
    path: Path, *, on_progress: Callable[[int], None] = lambda _number: None
) -> tuple[tuple[Outline, ...], str]:
    """Read the administrative boundaries that are whole in a file, and the date of its data.

    Parameters
    ----------
    path : Path
        With one of `geodata.osmfile.ENDINGS`.
    on_progress : callable
        Told now and then how many boundaries have been read.

    Raises
    ------
    NetworkError
        If the file is none or is damaged.
    """
    import osmium

    check_osm_file(path)
    wanted = osmium.filter.TagFilter(("boundary", "administrative"))
    shapes = osmium.geom.WKBFactory()
    found: list[Outline] = []
    with reading(path):
        file = osmium.FileProcessor(path).with_areas(wanted).with_filter(wanted)
        header = file.header
        date = header.get("osmosis_replication_timestamp") or header.get("timestamp")
        for entity in file:
            if not isinstance(entity, osmium.osm.Area) or entity.from_way():
                continue
            level = entity.tags.get("admin_level") or ""
            area = shapely.make_valid(shapely.from_wkb(shapes.create_multipolygon(entity)))
            if level.isascii() and level.isdigit() and isinstance(area, Polygon | MultiPolygon):
                tags = {key: entity.tags[key] for key in READ if key in entity.tags}
                found.append(Outline(entity.orig_id(), int(level), tags, area))
                on_progress(len(found))
    return tuple(sorted(found, key=lambda outline: outline.relation)), date[:10]


def chosen_outline(name: str, outlines: Sequence[Outline]) -> Outline:
    """Return the one district that a name means.

    Parameters
    ----------
    name : str
        Of the district, in full or without “Landkreis”, or ``R`` and its number.
    outlines : sequence of Outline

    Raises
    ------
    RegionError
        If there is none, or several.
    """
    districts = [o for o in outlines if o.level in DISTRICT_LEVELS]
    meant = {prefix + name.strip().casefold() for prefix in PREFIXES}
    found = [
        district
        for district in districts
        if f"r{district.relation}" in meant
        or district.name.casefold() in meant
        or district.tags.get("official_name", "").casefold() in meant
    ]
    if len(found) == 1:
        return found[0]
    named = found or sorted(districts, key=lambda o: (o.level != LEVELS[3], o.name))
    texts = "; ".join(f"{o.name} (R{o.relation})" for o in named[:MOST_NAMED])
    if found:
        raise RegionError(
            _("“{name}” may mean several districts: {districts}").format(
                name=name, districts=texts
            ),
            remedy=_("Take the number in brackets instead of the name"),
        )
    raise RegionError(
        _("The file has no whole boundary of a district “{name}”").format(name=name),
        remedy=_("It has these: {districts}").format(districts=texts)
        if texts
        else _("Take the extract that covers the district"),
    )


def municipalities_in(district: Outline, outlines: Sequence[Outline]) -> dict[str, Municipality]:
    """Return the municipalities of a district, by key.

    Outside Germany, where none has an official key, keys are made up: they begin with 99.

    Raises
    ------
    RegionError
        If there is none.
    """
    # A city that is a district of its own is its own municipality.
    inside = [o for o in outlines if district.area.contains(o.area.representative_point())]
    if any(o.tags.get(AGS) or o.tags.get(ARS) for o in inside):
        frame = gpd.GeoDataFrame(
            {key: [o.tags.get(key) for o in inside] for key in READ},
            geometry=[o.area for o in inside],
            crs="EPSG:4326",
        )
        return municipalities_from_features(frame, district.area)
    for level in LEVELS:
        parts = [o for o in inside if o.level == level > district.level]
        union = shapely.union_all([o.area for o in parts])
        if union.intersection(district.area).area >= FILLED * district.area.area:
            return municipalities_without_keys(
                [(o.name, people_of(o.tags.get("population")), o.area) for o in parts]
            )
    raise RegionError(
        _("The file knows no municipalities in “{name}”").format(name=district.name),
        remedy=_("Take the extract that covers the district"),
    )
