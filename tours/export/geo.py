"""A week for QGIS and other programs that draw maps: GeoPackage and GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tours.plan import Plan
from tours.schedule import clock

Row = dict[str, str | int | float | bool]


def stop_rows(plan: Plan) -> Iterator[tuple[Row, tuple[float, float]]]:
    """Yield each stop of a week: its columns, and where it is, degrees."""
    for tour in plan.tours:
        for number, (stop, leg) in enumerate(zip(tour.stops, tour.legs, strict=False), 1):
            yield (
                {
                    "week": plan.week,
                    "date": tour.date.isoformat(),
                    "bus": tour.bus,
                    "number": number,
                    "place": stop.place_id,
                    "name": stop.name,
                    "kind": stop.kind,
                    "ags": stop.ags,
                    "municipality": stop.municipality,
                    "arrival": clock(stop.arrival_s),
                    "start": clock(stop.start_s),
                    "end": clock(stop.departure_s),
                    "drive_s": leg.drive_s,
                    "length_m": leg.length_m,
                    "expected": stop.expected / 100,
                    "public": stop.is_public,
                },
                (stop.lon, stop.lat),
            )


def leg_rows(plan: Plan) -> Iterator[tuple[Row, tuple[tuple[float, float], ...]]]:
    """Yield each drive of a week: its columns, and its way along the roads, degrees."""
    for tour in plan.tours:
        names = [tour.depot.name, *(stop.name for stop in tour.stops), tour.depot.name]
        for number, leg in enumerate(tour.legs):
            yield (
                {
                    "week": plan.week,
                    "date": tour.date.isoformat(),
                    "bus": tour.bus,
                    "number": number + 1,
                    "from": names[number],
                    "to": names[number + 1],
                    "drive_s": leg.drive_s,
                    "length_m": leg.length_m,
                    "is_estimate": plan.network.is_estimate,
                },
                leg.route,
            )


def render_geojson(plan: Plan) -> bytes:
    """Return stops and drives of a week as GeoJSON (RFC 7946), the same bytes for the same plan."""
    features = [
        _feature("stop", row, {"type": "Point", "coordinates": list(lonlat)})
        for row, lonlat in stop_rows(plan)
    ]
    features += [
        _feature("drive", row, {"type": "LineString", "coordinates": [list(p) for p in route]})
        for row, route in leg_rows(plan)
    ]
    # A line per feature, so that two files can be compared.
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    credit = json.dumps(_credit(plan), ensure_ascii=False)
    head = f'{{"type": "FeatureCollection", "attribution": {credit}, "features": ['
    return f"{head}\n{lines}\n]}}\n".encode()


def _feature(what: str, row: Row, geometry: dict[str, object]) -> dict[str, object]:
    return {"type": "Feature", "properties": {"layer": what, **row}, "geometry": geometry}


def _credit(plan: Plan) -> str:
    return "; ".join(dict.fromkeys((plan.attribution, plan.network.attribution)))


def render_gpkg(plan: Plan) -> bytes:
    """Return stops and drives of a week as a GeoPackage with the layers ``stops`` and ``drives``.

    It opens in QGIS. The moment of writing stands in it, so that no two are the same bytes.
    """
    import geopandas as gpd
    import shapely

    stops, drives = list(stop_rows(plan)), list(leg_rows(plan))
    layers = {
        "stops": ([row for row, _at in stops], [shapely.Point(at) for _row, at in stops]),
        "drives": ([row for row, _at in drives], [shapely.LineString(at) for _row, at in drives]),
    }
    with TemporaryDirectory() as folder:
        path = Path(folder) / "week.gpkg"
        for name, (rows, shapes) in layers.items():
            # A text would end at its first zero.
            cells = [
                {
                    column: cell.replace("\0", "") if isinstance(cell, str) else cell
                    for column, cell in row.items()
                }
                for row in rows
            ]
            frame = gpd.GeoDataFrame(cells, geometry=shapes, crs="EPSG:4326")
            kind = "Point" if name == "stops" else "LineString"
            frame.to_file(path, layer=name, driver="GPKG", engine="pyogrio", geometry_type=kind)
        return path.read_bytes()
