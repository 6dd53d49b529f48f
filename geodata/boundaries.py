"""Municipalities from the boundaries of OpenStreetMap, by their official keys."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from geodata.crs import to_lonlat, to_metres
from geodata.errors import RegionError
from geodata.language import translator
from geodata.printable import printable
from geodata.region import Municipality

_ = translator("geodata")

AGS, ARS = "de:amtlicher_gemeindeschluessel", "de:regionalschluessel"
TAGS: dict[str, bool | str | list[str]] = {AGS: True, ARS: True}
# Begins keys that nobody gave; German ones begin with 01 to 16.
MADE_UP = "99"
# An outline is drawn on maps of a district, not read as a land register.
SIMPLIFY_M = 25
DECIMALS = 5

Area = Polygon | MultiPolygon


def municipalities_from_features(
    features: gpd.GeoDataFrame, district: Area
) -> dict[str, Municipality]:
    """Return the municipalities of a district.

    Whatever has a key of 8 digits is one, of whichever administrative level: municipalities
    (level 8), unincorporated areas, a city that is its own district (level 6), but not the
    associations of municipalities between (Verbandsgemeinde, Samtgemeinde; level 7), whose key
    is shorter. Of the regional key, 12 digits, the association's part is left out. Those whose
    first five digits are most frequent inside the district belong to it.

    Parameters
    ----------
    features : GeoDataFrame
        Of OSMnx's shape, with the tags of `TAGS`.
    district : Polygon or MultiPolygon
        Degrees, EPSG:4326.

    Returns
    -------
    dict of str to Municipality
        By key, in the order of the keys. The population is 0 where none is given; shared
        borders are simplified alike.

    Raises
    ------
    RegionError
        If there is none.
    """
    found: dict[str, tuple[str, int, Area]] = {}
    columns = [
        list(features[name]) if name in features else [None] * len(features)
        for name in (AGS, ARS, "boundary", "name", "population")
    ]
    for ags_tag, ars_tag, kind, name, population, outline in zip(
        *columns, features.geometry, strict=True
    ):
        ags = _key(ags_tag, ars_tag)
        if not ags or kind != "administrative" or not isinstance(outline, Polygon | MultiPolygon):
            continue
        if ags not in found or outline.area > found[ags][2].area:
            label = printable(name) if isinstance(name, str) else ags
            found[ags] = label, people_of(population), outline
    inside = [ags for ags, row in found.items() if district.contains(row[2].representative_point())]
    if not inside:
        raise RegionError(
            _("OpenStreetMap knows no municipality with an official key in this district"),
            remedy=_("Check the name of the district, or try again later"),
        )
    key = Counter(ags[:5] for ags in sorted(inside)).most_common(1)[0][0]
    chosen = {ags: found[ags] for ags in sorted(inside) if ags.startswith(key)}
    outlines = _simplified([row[2] for row in chosen.values()])
    return {
        ags: _municipality(ags, name, population, outline)
        for (ags, (name, population, _raw)), outline in zip(chosen.items(), outlines, strict=True)
    }


def municipalities_without_keys(
    rows: Sequence[tuple[str, int, Area]],
) -> dict[str, Municipality]:
    """Return municipalities where there are no official keys: keys are made up.

    Parameters
    ----------
    rows : sequence of (str, int, Polygon or MultiPolygon)
        Name, population, outline in degrees, EPSG:4326.

    Returns
    -------
    dict of str to Municipality
        In the order of the rows; keys begin with `MADE_UP`.
    """
    outlines = _simplified([outline for _name, _people, outline in rows])
    made = (
        _municipality(f"{MADE_UP}{number:06d}", name, people, outline)
        for number, ((name, people, _raw), outline) in enumerate(
            zip(rows, outlines, strict=True), start=1
        )
    )
    return {municipality.ags: municipality for municipality in made}


def _key(ags: object, ars: object) -> str:
    """Return a key of 8 digits, or an empty text where there is none."""
    digits = re.sub(r"\s", "", ags) if isinstance(ags, str) else ""
    if re.fullmatch(r"(0[1-9]|1[0-6])\d{6}", digits, re.ASCII):
        return digits
    digits = re.sub(r"\s", "", ars) if isinstance(ars, str) else ""
    if re.fullmatch(r"(0[1-9]|1[0-6])\d{10}", digits, re.ASCII):
        return digits[:5] + digits[9:]
    return ""


def people_of(population: object) -> int:
    """Read a number of people as mappers write it; 0 where it is none."""
    text = re.sub(r"[\s.,']", "", population) if isinstance(population, str) else ""
    return int(text) if re.fullmatch(r"\d{1,8}", text, re.ASCII) else 0


def _simplified(outlines: list[Area]) -> list[Area]:
    """Simplify outlines so that neighbours still meet; degrees to degrees, rounded."""
    # Where a ring begins, and which way it runs, is an accident of its source.
    metres = shapely.transform(shapely.normalize(outlines), lambda p: to_metres(p[:, 0], p[:, 1]))
    simple = shapely.coverage_simplify(metres, SIMPLIFY_M)
    degrees = shapely.transform(simple, lambda p: np.round(to_lonlat(p[:, 0], p[:, 1]), DECIMALS))
    valid = shapely.normalize(shapely.make_valid(degrees, method="structure", keep_collapsed=False))
    return [
        new if isinstance(new, Polygon | MultiPolygon) and not new.is_empty else old
        for new, old in zip(valid, outlines, strict=True)
    ]


def _municipality(ags: str, name: str, population: int, outline: Area) -> Municipality:
    point = outline.representative_point()
    return Municipality(
        ags=ags,
        name=name,
        population=population,
        lon=round(point.x, DECIMALS),
        lat=round(point.y, DECIMALS),
        boundary=outline,
    )


def with_people_of_places(
    municipalities: Mapping[str, Municipality], places: Iterable[tuple[str, str, float, float]]
) -> dict[str, Municipality]:
    """Fill populations that are not given from the town or village of the same name.

    Parameters
    ----------
    municipalities : Mapping of str to Municipality
    places : iterable of (str, str, float, float)
        Name, population as it is written, and position of towns and villages, degrees, EPSG:4326.

    Returns
    -------
    dict of str to Municipality
        Of a name that occurs several times the largest number is taken.
    """
    known = [(name, people_of(text), lon, lat) for name, text, lon, lat in places]

    def filled(municipality: Municipality) -> Municipality:
        if municipality.population:
            return municipality
        town = re.sub(r"\s*\(.*\)", "", municipality.name)
        people = [
            number
            for name, number, lon, lat in known
            if name in (town, municipality.name)
            and municipality.boundary.covers(shapely.Point(lon, lat))
        ]
        return replace(municipality, population=max(people, default=0))

    return {ags: filled(municipality) for ags, municipality in municipalities.items()}
