"""Roads out of a file of OpenStreetMap data, without internet.

The file is read once from front to end, so that the extract of a whole state can be used for a
district: positions of nodes are kept outside Python, and of the roads those near the district.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from geodata.errors import NetworkError
from geodata.footextract import FootFinds
from geodata.language import translator
from geodata.osmfile import UNITS, check_osm_file, reading
from geodata.roads import TAGS, is_asked_for

if TYPE_CHECKING:
    import networkx as nx
    from osmium.index import LocationTable
    from osmium.osm import Location
    from osmium.osm.types import Node, Way

_ = translator("geodata")

# Of a node that is not in the file.
NOWHERE = 2**31 - 1
# Values of oneway as OSMnx takes them: one direction, and against the order of nodes.
ONE_WAY = {"yes", "true", "1", "-1", "reverse", "T", "F"}
AGAINST = {"-1", "reverse", "T"}
REPORT_EVERY = 20_000
# What a file without dates has.
NO_DATE = "1970-01-01"


@dataclass
class _Found:
    """What is kept of a file.

    Attributes
    ----------
    box : tuple of int
        West, south, east and north of the area.
    ways : list of (id, tags, nodes)
    position : dict of node to (lon, lat)
        Those inside the box.
    node_tags : dict of node to tags
    num_read, num_astray : int
        Roads read, and places on them of which the file does not tell where they are.
    newest : str
        Date of the last edit of a road.
    """

    box: tuple[int, int, int, int]
    ways: list[tuple[int, dict[str, str], list[int]]] = field(default_factory=list)
    position: dict[int, tuple[float, float]] = field(default_factory=dict)
    node_tags: dict[int, dict[str, str]] = field(default_factory=dict)
    num_read: int = 0
    num_astray: int = 0
    newest: str = NO_DATE


def read_extract(
    path: Path,
    area: Polygon | MultiPolygon,
    *,
    on_foot: FootFinds | None = None,
    on_progress: Callable[[int], None] = lambda _number: None,
) -> nx.MultiDiGraph[Any]:
    """Read the roads of an area, as OSMnx would download them with ``simplify=False``.

    Parameters
    ----------
    path : Path
        With one of `ENDINGS`; nodes before ways, as all known providers have it.
    area : Polygon or MultiPolygon
        Degrees, EPSG:4326. Nodes outside it are left out.
    on_foot : FootFinds or None
        Filled with the ways on foot and the residential areas, so that the file need not be read
        twice.
    on_progress : callable
        Told now and then how many roads have been read.

    Returns
    -------
    MultiDiGraph
        Unsimplified; ``graph.graph["date"]`` is the date of the data, ISO 8601, empty if the
        file has none.

    Raises
    ------
    NetworkError
        If the file is none, is damaged, or has no roads in the area.
    """
    check_osm_file(path)
    west, south, east, north = area.bounds
    found = _Found(
        (
            math.floor(west * UNITS),
            math.floor(south * UNITS),
            math.ceil(east * UNITS),
            math.ceil(north * UNITS),
        )
    )
    date = _read(path, found, on_foot, on_progress)
    graph = _graph(found, area)
    if not graph.number_of_edges():
        raise _no_roads(path, found)
    graph.graph["date"] = date or found.newest.replace(NO_DATE, "")
    return graph


def _read(
    path: Path, found: _Found, on_foot: FootFinds | None, on_progress: Callable[[int], None]
) -> str:
    """Fill in what is found, and return the date of the file."""
    import osmium

    with reading(path):
        file = osmium.FileProcessor(path, osmium.osm.NODE | osmium.osm.WAY | osmium.osm.RELATION)
        header = file.header
        date = header.get("osmosis_replication_timestamp") or header.get("timestamp")
        wanted = ["highway", "route", *TAGS["node"], *(["landuse"] if on_foot else [])]
        keys = osmium.filter.KeyFilter(*wanted)
        for entity in file.with_locations("flex_mem").with_filter(keys):
            if isinstance(entity, osmium.osm.Node):
                _keep_node(entity, found)
            elif isinstance(entity, osmium.osm.Way):
                _keep_way(entity, found)
                if on_foot:
                    on_foot.keep_way(entity)
                if found.num_read % REPORT_EVERY == 0:
                    on_progress(found.num_read)
            elif on_foot and isinstance(entity, osmium.osm.Relation):
                on_foot.keep_relation(entity)
        if on_foot:
            _read_rings(path, on_foot, file.node_location_storage)
    return date[:10]


def _read_rings(path: Path, on_foot: FootFinds, table: LocationTable | None) -> None:
    """Read the ways of areas of several rings, which are told only after all ways."""
    import osmium

    if not (wanted := on_foot.rings_wanted()) or table is None:
        return

    def location(ref: int) -> Location | None:
        try:
            return table.get(ref)
        except KeyError:
            return None

    ways = osmium.FileProcessor(path, osmium.osm.WAY)
    for way in ways.with_filter(osmium.filter.IdFilter(wanted)):
        if isinstance(way, osmium.osm.Way):
            on_foot.keep_ring(way, location)


def _keep_node(node: Node, found: _Found) -> None:
    """Keep the tags of a node, if it lies near."""
    west, south, east, north = found.box
    if west <= node.location.x <= east and south <= node.location.y <= north:
        found.node_tags[node.id] = _kept(node, "node")


def _keep_way(way: Way, found: _Found) -> None:
    """Keep a road, if it lies near."""
    west, south, east, north = found.box
    if not is_asked_for({tag.k: tag.v for tag in way.tags}):
        return
    found.num_read += 1
    refs: list[int] = []
    is_near = False
    for node in way.nodes:
        ref, place = node.ref, node.location
        refs.append(ref)
        x, y = place.x, place.y
        if west <= x <= east and south <= y <= north:
            found.position[ref] = (x / UNITS, y / UNITS)
            is_near = True
        elif x == NOWHERE:
            found.num_astray += 1
    if is_near:
        found.ways.append((way.id, _kept(way, "way"), refs))
        found.newest = max(found.newest, way.timestamp.date().isoformat())


def _graph(found: _Found, area: Polygon | MultiPolygon) -> nx.MultiDiGraph[Any]:
    """Return the roads inside the area as a graph of OSMnx's shape."""
    import networkx as nx
    from osmnx.distance import add_edge_lengths

    lonlat = np.array(list(found.position.values()), dtype=np.float64).reshape(-1, 2)
    shapely.prepare(area)
    is_inside = shapely.intersects_xy(area, lonlat[:, 0], lonlat[:, 1])
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(crs="epsg:4326")
    for (node, (lon, lat)), inside in zip(found.position.items(), is_inside, strict=True):
        if inside:
            graph.add_node(node, y=lat, x=lon, **found.node_tags.get(node, {}))
    while found.ways:
        osmid, tags, refs = found.ways.pop()
        for u, v, is_reversed in _edges(tags, refs):
            if u in graph and v in graph:
                is_one_way = _is_one_way(tags)
                graph.add_edge(
                    u, v, osmid=osmid, **tags | {"oneway": is_one_way}, reversed=is_reversed
                )
    return add_edge_lengths(graph) if graph.number_of_edges() else graph


def _edges(tags: dict[str, str], refs: list[int]) -> Iterator[tuple[int, int, bool]]:
    """Return the stretches of a way, and whether they lead against its direction."""
    nodes = [node for node, _group in groupby(refs)]
    is_one_way = _is_one_way(tags)
    if is_one_way and tags.get("oneway") in AGAINST:
        nodes.reverse()
    for u, v in pairwise(nodes):
        yield u, v, False
        if not is_one_way:
            yield v, u, True


def _is_one_way(tags: dict[str, str]) -> bool:
    return tags.get("oneway") in ONE_WAY or tags.get("junction") == "roundabout"


def _kept(entity: Node | Way, kind: str) -> dict[str, str]:
    return {key: entity.tags[key] for key in TAGS[kind] if key in entity.tags}


def _no_roads(path: Path, found: _Found) -> NetworkError:
    if found.num_read and found.num_astray and not found.position:
        return NetworkError(
            _("The file does not tell where its roads are: their nodes are missing or come later"),
            where=str(path),
            remedy=_("Sort it, as with “osmium sort”, or take a complete extract"),
        )
    return NetworkError(
        _("The file has no roads in the district ({number} roads elsewhere)").format(
            number=found.num_read
        ),
        where=str(path),
        remedy=_("Take the extract that covers the district"),
    )
