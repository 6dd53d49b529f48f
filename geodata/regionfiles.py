"""A district as the files that `geodata.region` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from string import Template

import shapely

from geodata.csvfile import csv_line
from geodata.region import BusStop, Municipality, Region

TEMPLATES = Path(__file__).parent / "regions" / "from_openstreetmap"
# Lists that every team begins with: explanations, examples, and numbers of the whole country.
TEAM_FILES = ("stock.csv", "partners.csv", "crew.csv")
ATTRIBUTION = "© OpenStreetMap-Mitwirkende, ODbL; bearbeitet"
UNKNOWN_AGES = "age_from,age_to,persons\n0,,\n"


def first_team_files() -> dict[str, bytes]:
    """Return the first lists of a team, by file name."""
    folder = TEMPLATES.parent / "team"
    return {name: (folder / name).read_bytes() for name in TEAM_FILES}


def render_district(region: Region, name: str, date: str, more: int) -> dict[str, bytes]:
    """Return the files of a district that was made from OpenStreetMap.

    Parameters
    ----------
    region : Region
        Without age bands: OpenStreetMap knows none.
    name : str
        Of the district.
    date : str
        Day of the data, ISO 8601; empty where it is not known.
    more : int
        Number of meeting places that were found and not taken.

    Returns
    -------
    dict of str to bytes
        By file name.
    """
    if region.age_bands:
        raise ValueError(f"age_bands must be empty, got {len(region.age_bands)}")
    unknown = [m.name for m in region.municipalities.values() if not m.population]
    people = (
        f"Ohne Angabe und deshalb mit 0 geschrieben: {', '.join(unknown)}."
        if unknown
        else "Jede Gemeinde hat eine Angabe."
    )
    credits = Template((TEMPLATES / "ATTRIBUTION.md").read_text(encoding="utf-8")).substitute(
        district=name,
        date=date or "unbekannt",
        people=people,
        more=f"Nicht übernommen wurden {more} weitere Kandidaten." if more else "",
    )
    return {
        "municipalities.geojson": _municipalities(region.municipalities.values()).encode(),
        "stops.csv": _stops(region.stops).encode(),
        "youth.csv": UNKNOWN_AGES.encode(),
        "ATTRIBUTION.md": credits.encode(),
    }


def _municipalities(municipalities: Iterable[Municipality]) -> str:
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {
                    "ags": m.ags,
                    "name": m.name,
                    "population": m.population,
                    "lon": m.lon,
                    "lat": m.lat,
                },
                "geometry": shapely.geometry.mapping(m.boundary),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for m in municipalities
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _stops(stops: Iterable[BusStop]) -> str:
    lines = [csv_line(["stop_id", "name", "ags", "lon", "lat", "rail"])]
    for stop in stops:
        where = f"{stop.lon:.6f}", f"{stop.lat:.6f}"
        lines.append(csv_line([stop.id, stop.name, stop.ags, *where, "1" if stop.is_rail else "0"]))
    return "".join(lines)
