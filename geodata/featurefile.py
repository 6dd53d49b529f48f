"""Features out of a file of OpenStreetMap data, without internet: stops, settlements, places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import MultiPolygon, Polygon

from geodata.errors import NetworkError
from geodata.features import READ, Feature, asked_for, in_order
from geodata.language import translator
from geodata.osmfile import UNITS, check_osm_file, reading

if TYPE_CHECKING:
    from osmium.osm.types import Area, Node, TagList, Way

_ = translator("geodata")

REPORT_EVERY = 5_000


@dataclass(frozen=True, slots=True)
class FoundFeatures:
    """What a file knows of an area.

    Attributes
    ----------
    features : tuple of Feature
        In the order of their ids.
    date : str
        Of the data, ISO 8601; empty if the file has none.
    """

    features: tuple[Feature, ...]
    date: str


@dataclass
class _Kept:
    """Features so far, each with its point; `elsewhere` counts those outside the box."""

    box: tuple[float, float, float, float]
    found: list[tuple[str, dict[str, str], float, float]] = field(default_factory=list)
    elsewhere: int = 0

    def add(self, id_: str, tags: TagList, point: shapely.Point) -> None:
        west, south, east, north = self.box
        if not (west <= point.x <= east and south <= point.y <= north):
            self.elsewhere += 1
            return
        known = {key: tags[key] for key in READ if key in tags}
        self.found.append((id_, known, round(point.x, 6), round(point.y, 6)))


def read_features(
    path: Path,
    area: Polygon | MultiPolygon,
    *,
    on_progress: Callable[[int], None] = lambda _number: None,
) -> FoundFeatures:
    """Read stops, settlements and what could be a meeting place in an area.

    Parameters
    ----------
    path : Path
        With one of `geodata.osmfile.ENDINGS`.
    area : Polygon or MultiPolygon
        Degrees, EPSG:4326. What has its point outside is left out.
    on_progress : callable
        Told now and then how many features have been read.

    Raises
    ------
    NetworkError
        If the file is none, is damaged, or knows nothing in the area.
    """
    check_osm_file(path)
    kept = _Kept(area.bounds)
    date = _read(path, kept, on_progress)
    shapely.prepare(area)
    lonlat = [(lon, lat) for _id, _tags, lon, lat in kept.found]
    is_inside = shapely.intersects_xy(area, *zip(*lonlat, strict=True)) if lonlat else ()
    features = [Feature(*one) for one, inside in zip(kept.found, is_inside, strict=True) if inside]
    if not features:
        raise NetworkError(
            _("The file has no stop and no place in the district ({number} elsewhere)").format(
                number=kept.elsewhere + len(kept.found)
            ),
            where=str(path),
            remedy=_("Take the extract that covers the district"),
        )
    return FoundFeatures(in_order(features), date)


def _read(path: Path, kept: _Kept, on_progress: Callable[[int], None]) -> str:
    """Fill in what is found, and return the date of the file."""
    import osmium

    wanted = osmium.filter.TagFilter(*asked_for())
    shapes = osmium.geom.WKBFactory()
    with reading(path):
        file = osmium.FileProcessor(path).with_areas(wanted).with_filter(wanted)
        header = file.header
        date = header.get("osmosis_replication_timestamp") or header.get("timestamp")
        for number, entity in enumerate(file):
            if isinstance(entity, osmium.osm.Node):
                _keep_node(entity, kept)
            elif isinstance(entity, osmium.osm.Way):
                _keep_way(entity, kept)
            elif isinstance(entity, osmium.osm.Area) and not entity.from_way():
                _keep_area(entity, shapely.from_wkb(shapes.create_multipolygon(entity)), kept)
            if number % REPORT_EVERY == 0:
                on_progress(number)
    return date[:10]


def _keep_node(node: Node, kept: _Kept) -> None:
    point = shapely.Point(node.location.x / UNITS, node.location.y / UNITS)
    kept.add(f"n{node.id}", node.tags, point)


def _keep_way(way: Way, kept: _Kept) -> None:
    """Keep a way, as an area if it is closed; nodes outside the extract are not in the file."""
    corners = [
        (node.location.x / UNITS, node.location.y / UNITS)
        for node in way.nodes
        if node.location.valid()
    ]
    if len(corners) < 2:
        return
    is_area = way.is_closed() and len(corners) > 3
    shape = shapely.Polygon(corners) if is_area else shapely.LineString(corners)
    kept.add(f"w{way.id}", way.tags, _point_of(shape))


def _keep_area(area: Area, shape: shapely.Geometry, kept: _Kept) -> None:
    kept.add(f"r{area.orig_id()}", area.tags, _point_of(shape))


def _point_of(shape: shapely.Geometry) -> shapely.Point:
    """Return a point of a shape, inside it where it has an inside."""
    return shapely.make_valid(shape).representative_point()
