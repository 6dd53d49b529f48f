"""A week as GeoPackage and GeoJSON, read again by GDAL, the library of QGIS."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest

from tours.exportgeo import render_geojson, render_gpkg
from tours.plan import Plan


@pytest.fixture
def package(plan: Plan, tmp_path: Path) -> Path:
    path = tmp_path / "week.gpkg"
    path.write_bytes(render_gpkg(plan))
    return path


def test_a_package_has_a_layer_of_stops_and_one_of_drives(package: Path) -> None:
    layers = {str(name): str(kind) for name, kind in pyogrio.list_layers(package)}
    assert layers == {"stops": "Point", "drives": "LineString"}


def test_stops_are_where_the_plan_has_them(package: Path, plan: Plan) -> None:
    frame = gpd.read_file(package, layer="stops")
    assert frame.crs == "EPSG:4326"
    rows = zip(frame["place"], frame["start"], frame.geometry.x, frame.geometry.y, strict=True)
    wanted = [
        (s.place_id, f"{s.start_s // 3600:02d}:{s.start_s // 60 % 60:02d}", s.lon, s.lat)
        for tour in plan.tours
        for s in tour.stops
    ]
    assert list(rows) == wanted


def test_drives_are_as_long_as_in_the_plan(package: Path, plan: Plan) -> None:
    frame = gpd.read_file(package, layer="drives")
    assert list(frame["length_m"]) == [leg.length_m for tour in plan.tours for leg in tour.legs]
    first = plan.tours[0].legs[0].route
    assert list(frame.geometry[0].coords) == [tuple(at) for at in first]


def test_a_week_without_a_tour_is_two_empty_layers(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "empty.gpkg"
    path.write_bytes(render_gpkg(replace(plan, tours=())))
    assert [len(gpd.read_file(path, layer=name)) for name in ("stops", "drives")] == [0, 0]


def test_geojson_holds_the_same(package: Path, plan: Plan) -> None:
    features = json.loads(render_geojson(plan))["features"]
    stops = [f for f in features if f["properties"]["layer"] == "stop"]
    frame = gpd.read_file(package, layer="stops")
    assert [f["properties"]["name"] for f in stops] == list(frame["name"])
    assert [tuple(f["geometry"]["coordinates"]) for f in stops] == [
        (x, y) for x, y in zip(frame.geometry.x, frame.geometry.y, strict=True)
    ]


def test_the_same_plan_gives_the_same_geojson(plan: Plan) -> None:
    assert render_geojson(plan) == render_geojson(plan)
