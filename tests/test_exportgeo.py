"""A week as GeoPackage and GeoJSON, read again by GDAL, the library of QGIS."""

from __future__ import annotations

import json
import sqlite3
import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import pytest

from tours.export.geo import render_geojson, render_gpkg
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


def test_geojson_keeps_the_rules_of_its_standard(plan: Plan) -> None:
    # RFC 7946: degrees of WGS 84, longitude first, and no other reference system named.
    found = json.loads(render_geojson(plan).decode("utf-8"))
    assert (found["type"], "crs" in found) == ("FeatureCollection", False)
    for one in found["features"]:
        assert one.keys() >= {"type", "properties", "geometry"}
        shape = one["geometry"]
        points = [shape["coordinates"]] if shape["type"] == "Point" else shape["coordinates"]
        assert (shape["type"], len(points) >= 2) in {("Point", False), ("LineString", True)}
        assert all(10 <= lon <= 11 and 52 <= lat <= 53 for lon, lat in points)


def test_the_package_is_one_by_its_standard(package: Path) -> None:
    # OGC 12-128: what a reader without GDAL relies on.
    with sqlite3.connect(package) as file:

        def ask(query: str) -> list[tuple[Any, ...]]:
            return file.execute(query).fetchall()

        assert ask("pragma application_id") == [(int.from_bytes(b"GPKG"),)]
        assert ask("pragma user_version")[0][0] >= 10200
        assert ask("pragma integrity_check") == [("ok",)]
        assert ask("pragma foreign_key_check") == []
        systems = {row[0] for row in ask("select srs_id from gpkg_spatial_ref_sys")}
        assert systems >= {-1, 0, 4326}
        contents = "select table_name, data_type, srs_id, min_x, min_y, max_x, max_y from"
        assert sorted(ask(f"{contents} gpkg_contents")) == [
            ("drives", "features", 4326, 10.05, 52.03, 10.13, 52.05),
            ("stops", "features", 4326, 10.13, 52.03, 10.13, 52.03),
        ]
        columns = ask("select table_name, geometry_type_name, srs_id from gpkg_geometry_columns")
        assert sorted(columns) == [("drives", "LINESTRING", 4326), ("stops", "POINT", 4326)]
        assert {row[0] for row in ask("select extension_name from gpkg_extensions")} == {
            "gpkg_rtree_index"
        }
        assert ask("select count(*) from rtree_stops_geom") == [(1,)]
        (blob,) = ask("select geom from stops")[0]
    # "GP", version, flags, reference system, then the point as well-known binary.
    assert blob[:3] == b"GP\x00"
    assert struct.unpack("<i", blob[4:8]) == (4326,)
    assert struct.unpack("<dd", blob[-16:]) == (10.13, 52.03)
