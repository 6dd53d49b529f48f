"""A district from its files, and what is asked of it."""

from __future__ import annotations

import datetime as dt
import json
import math
import shutil
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geodata.crs import to_lonlat, to_metres
from geodata.errors import Fault, OutreachError, RegionError
from geodata.region import FILES, AgeBand, Area, BusStop, Region, built_in_folder, load_region

WEST, EAST = "03000001", "03000002"


def feature(ags: str, west: float) -> dict[str, Any]:
    ring = [[west, 52.0], [west + 0.1, 52.0], [west + 0.1, 52.1], [west, 52.1], [west, 52.0]]
    return {
        "type": "Feature",
        "properties": {
            "ags": ags,
            "name": f"Dorf {ags[-1]}",
            "population": 1000,
            "lon": west + 0.05,
            "lat": 52.05,
        },
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def crossed(made: dict[str, Any]) -> dict[str, Any]:
    """Return a municipality whose boundary is a bow tie."""
    ring = [[10.0, 52.0], [10.1, 52.1], [10.1, 52.0], [10.0, 52.1], [10.0, 52.0]]
    return made | {"geometry": {"type": "Polygon", "coordinates": [ring]}}


def counted(made: dict[str, Any], people: float) -> dict[str, Any]:
    return made | {"properties": made["properties"] | {"population": people}}


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a district's folder: two squares, a stop, two age bands, a credit."""
    texts = {
        "municipalities.geojson": collection(feature(EAST, 10.1), feature(WEST, 10.0)),
        "stops.csv": "stop_id,name,ags,lon,lat,rail\ns,Bahnhof,03000001,10.05,52.05,1\n",
        "youth.csv": "age_from,age_to,persons\n0,18,300\n18,,700\n",
        "ATTRIBUTION.md": "# Sources\n\n> © Serviette\n\n> more\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def fault(folder: Path) -> Fault:
    with pytest.raises(RegionError) as caught:
        load_region(folder)
    return caught.value.faults[0]


def test_a_district_is_read_from_its_files(folder: Path) -> None:
    region = load_region(folder)
    assert list(region.municipalities) == [WEST, EAST]
    assert region.municipalities[WEST].boundary.equals(shapely.box(10.0, 52.0, 10.1, 52.1))
    assert region.stops == (BusStop("s", "Bahnhof", WEST, 10.05, 52.05, True),)
    assert region.age_bands == (AgeBand(0, 18, 300), AgeBand(18, None, 700))
    assert region.attribution == "© Serviette"


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()
    assert fault(folder).where == str(folder / name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("municipalities.geojson", ""),
        ("municipalities.geojson", "{"),
        ("municipalities.geojson", "[]"),
        ("municipalities.geojson", collection()),
        ("municipalities.geojson", collection(feature(WEST, 10.0) | {"geometry": None})),
        (
            "municipalities.geojson",
            collection(
                feature(WEST, 10.0) | {"geometry": {"type": "Point", "coordinates": [10, 52]}}
            ),
        ),
        (
            "municipalities.geojson",
            collection(feature(WEST, 10.0) | {"geometry": {"type": "Polygon", "coordinates": []}}),
        ),
        ("municipalities.geojson", collection(feature(WEST, 10.0) | {"properties": {}})),
        ("municipalities.geojson", collection(feature(WEST, 10.0), feature(WEST, 10.1))),
        ("municipalities.geojson", collection(feature(WEST, math.inf))),
        ("municipalities.geojson", collection(feature(WEST, 1e300))),
        ("municipalities.geojson", collection(feature(WEST, 400.0))),
        ("municipalities.geojson", collection(feature(WEST, math.nan))),
        ("municipalities.geojson", collection(crossed(feature(WEST, 10.0)))),
        ("municipalities.geojson", collection(counted(feature(WEST, 10.0), math.inf))),
        ("municipalities.geojson", collection(counted(feature(WEST, 10.0), -1))),
        ("municipalities.geojson", "[" * 100_000),
        ("stops.csv", "stop_id,name,ags,lon,lat,rail\ns,Bahnhof,99999999,10.05,52.05,1\n"),
        ("stops.csv", "id,name\n1,Bahnhof\n"),
        ("stops.csv", "stop_id,name,ags,lon,lat,rail\ns,Bahnhof,03000001,1e300,52.05,1\n"),
        ("stops.csv", "stop_id,name,ags,lon,lat,rail\ns,Bahnhof,03000001,east,52.05,1\n"),
        ("stops.csv", "stop_id,name,ags,lon,lat,rail\ns,Bahnhof,03000001,nan,52.05,1\n"),
        ("stops.csv", "stop_id,name,ags,lon,lat,rail\ns,Bahnhof\n"),
        ("stops.csv", f"stop_id,name,ags,lon,lat,rail\ns,{'B' * 200_000},03000001,10,52,1\n"),
        ("youth.csv", "age_from,age_to,persons\n"),
        ("youth.csv", "age_from,age_to,persons\nyoung,18,300\n"),
        ("youth.csv", "age_from,age_to,persons\n0,18,0\n"),
        ("youth.csv", "age_from,age_to,persons\n18,18,100\n"),
        ("youth.csv", "age_from,age_to,persons\n0,18,-100\n18,,300\n"),
        ("ATTRIBUTION.md", "no credit\n"),
    ],
)
def test_a_damaged_file_is_named(name: str, text: str, folder: Path) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    assert fault(folder).where == str(folder / name)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_utf8_is_named(name: str, folder: Path) -> None:
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data.replace(b"0", b"\xe4\xff").replace(b"S", b"\xe4\xff"))
    assert fault(folder).where == str(folder / name)


def test_a_region_that_is_not_built_in_is_refused() -> None:
    with pytest.raises(RegionError):
        built_in_folder("../regions/peine")


def test_a_fault_of_the_data_is_one_of_the_user() -> None:
    assert issubclass(RegionError, OutreachError)


@pytest.mark.parametrize(
    ("lon", "lat", "ags"),
    [
        (10.05, 52.05, WEST),
        (10.15, 52.05, EAST),
        (10.25, 52.05, None),
        (52.05, 10.05, None),
        (10.1, 52.05, WEST),  # on the line between both the first one counts
        (10.0, 52.0, WEST),
    ],
)
def test_municipality_at_a_point(lon: float, lat: float, ags: str | None, region: Region) -> None:
    assert region.municipality_at(lon, lat) == ags


def test_distance_is_that_on_the_ellipsoid(region: Region) -> None:
    _there, _back, metres = Geod(ellps="GRS80").inv(9.9, 52.05, 10.0, 52.05)
    # The grid is true to 0.4 per mille.
    assert region.distance_m(WEST, 9.9, 52.05) == pytest.approx(metres, abs=0.0004 * metres + 1)


def test_distance_is_nothing_inside(region: Region) -> None:
    assert region.distance_m(WEST, 10.05, 52.05) == 0


def test_district_is_the_union_of_its_municipalities(region: Region) -> None:
    assert region.boundary.equals(shapely.box(10.0, 52.0, 10.2, 52.1))


@pytest.mark.parametrize(
    ("ages", "share"),
    [
        ((0, 9), 1_000 / 4_000),
        ((0, 19), 2_000 / 4_000),
        ((15, 24), (500 + 2_000 * 5 / 80) / 4_000),  # the open band ends at 100
        ((14, 14), 100 / 4_000),
        ((0, 99), 1),
    ],
)
def test_youth_is_spread_evenly_within_a_band(
    ages: tuple[int, int], share: float, region: Region
) -> None:
    assert region.youth_share(ages) == pytest.approx(share)


def test_youth_of_a_municipality_is_its_part_of_the_people(region: Region) -> None:
    assert region.estimated_youth(EAST, (0, 9)) == 750


@pytest.mark.parametrize(
    ("first", "last", "valid"),
    [
        (None, None, True),
        ("2026-11-25", "2026-11-25", True),
        ("2026-11-26", None, False),
        (None, "2026-11-24", False),
        (None, "2026-11-25", True),
    ],
)
def test_an_area_is_valid_on_its_first_and_last_day(
    first: str | None, last: str | None, valid: bool
) -> None:
    days = [dt.date.fromisoformat(day) if day else None for day in (first, last)]
    area = Area("Westen", "focus", frozenset({WEST}), 1, days[0], days[1])
    assert area.is_valid(dt.date(2026, 11, 25)) is valid


def test_grid_has_the_published_coordinates_of_a_point() -> None:
    # On the central meridian of zone 32 easting is 500,000 m; the northing of 52 degrees is
    # 0.9996 times the length of the meridian from the equator, 5,763,343.55 m on GRS80.
    (metres,) = to_metres(9.0, 52.0)
    assert metres == pytest.approx([500_000.0, 0.9996 * 5_763_343.55], abs=0.01)


@given(st.floats(6, 12), st.floats(51, 54))
def test_degrees_survive_the_way_to_metres_and_back(lon: float, lat: float) -> None:
    ((x, y),) = to_metres(lon, lat)
    assert to_lonlat(x, y)[0] == pytest.approx([lon, lat], abs=1e-9)


def test_boundaries_that_were_saved_in_metres_are_read_as_degrees(tmp_path: Path) -> None:
    folder = tmp_path / "district"
    shutil.copytree(built_in_folder("peine"), folder)
    path = folder / "municipalities.geojson"
    usual = load_region(folder)
    gpd.read_file(path).to_crs(25832).to_file(path, driver="GeoJSON", engine="pyogrio")
    assert '"crs"' in path.read_text(encoding="utf-8")
    for ags, municipality in load_region(folder).municipalities.items():
        assert municipality.boundary.hausdorff_distance(usual.municipalities[ags].boundary) < 1e-6
