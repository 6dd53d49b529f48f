"""The meeting places for QGIS and other programs: GeoJSON, GeoPackage, and CSV as we write it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from geodata.places import Place, cells_of, render_places

Value = str | int | float

# Columns that are numbers to a map program; where a place lies is its geometry.
_NUMBERS: Mapping[str, Callable[[str], int | float]] = {
    **{"min_dwell": int, "max_dwell": int, "per_week": int, "start_weight": float},
}
_POSITION = ("lon", "lat")


def properties(places: Sequence[Place]) -> list[dict[str, Value]]:
    """Return the columns of each place without its position; those of the team's own as well."""
    extra = list(dict.fromkeys(key for place in places for key in place.extra))
    rows = []
    for place in places:
        cells = {key: place.extra.get(key, "") for key in extra} | cells_of(place)
        rows.append(
            {
                key: _NUMBERS[key](cell) if key in _NUMBERS else cell
                for key, cell in cells.items()
                if key not in _POSITION
            }
        )
    return rows


def render_geojson(places: Sequence[Place]) -> bytes:
    """Return the places as GeoJSON (RFC 7946), a line each, the same bytes for the same places."""
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": row,
                "geometry": {
                    "type": "Point",
                    "coordinates": [round(place.lon, 6), round(place.lat, 6)],
                },
            },
            ensure_ascii=False,
        )
        for place, row in zip(places, properties(places), strict=True)
    ]
    body = ",\n".join(lines)
    return f'{{"type": "FeatureCollection", "features": [\n{body}\n]}}\n'.encode()


def render_gpkg(places: Sequence[Place]) -> bytes:
    """Return the places as a GeoPackage with the layer ``places``.

    The moment of writing stands in it, so that no two are the same bytes.
    """
    import geopandas as gpd
    import shapely

    shapes = [shapely.Point(round(place.lon, 6), round(place.lat, 6)) for place in places]
    # A text would end at its first zero.
    rows = [
        {key: one.replace("\0", "") if isinstance(one, str) else one for key, one in row.items()}
        for row in properties(places)
    ]
    frame = gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "places.gpkg"
        frame.to_file(path, layer="places", driver="GPKG", engine="pyogrio")
        return path.read_bytes()


def render_csv(places: Sequence[Place]) -> bytes:
    """Return the places as places.csv with commas, decimal points and every column."""
    return render_places(places).encode()


# By the ending of the file.
RENDERERS: Mapping[str, Callable[[Sequence[Place]], bytes]] = {
    ".geojson": render_geojson,
    ".gpkg": render_gpkg,
    ".csv": render_csv,
}
