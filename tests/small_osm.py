"""OpenStreetMap data on the napkin: nodes in metres, ways with tags, as a file or a graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import networkx as nx
import shapely
from small_grid import Grid

from geodata.extract import read_extract
from geodata.roads import drive_graph

Spot = tuple[float, float]
Tags = Mapping[str, str]
Way = tuple[str, Tags]

# By letter, metres on the napkin; the number of a node is that of its letter.
CROSS: dict[str, Spot] = {
    "a": (0, 0),
    "b": (1000, 0),
    "c": (1000, 1000),
    "d": (0, 1000),
    "e": (500, 0),
    "f": (500, -500),
}
RING: tuple[Way, ...] = (("abcda", {"highway": "tertiary"}),)
EVERYWHERE = shapely.box(9, 51, 12, 53)


def osm(
    ways: Iterable[Way],
    nodes: Mapping[str, Spot] = CROSS,
    node_tags: Mapping[str, Tags] | None = None,
    stamp: str = "2026-11-01T08:00:00Z",
    lonlat: Mapping[str, Spot] | None = None,
) -> str:
    """Return a file of nodes by letter, in degrees if given, and ways as words of letters."""
    grid = Grid()
    places = lonlat or {name: grid.lonlat(*spot) for name, spot in nodes.items()}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
    for name, (lon, lat) in places.items():
        tags = _tags((node_tags or {}).get(name, {}))
        lines.append(
            f'<node id="{ord(name)}" version="1" lat="{lat:.7f}" lon="{lon:.7f}">{tags}</node>'
        )
    for number, (word, tags_) in enumerate(ways, 1):
        refs = "".join(f'<nd ref="{ord(name)}"/>' for name in word)
        lines.append(
            f'<way id="{number}" version="1" timestamp="{stamp}">{refs}{_tags(tags_)}</way>'
        )
    return "\n".join([*lines, "</osm>", ""])


def _tags(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())


def raw_graph(
    folder: Path,
    ways: Iterable[Way],
    nodes: Mapping[str, Spot] = CROSS,
    node_tags: Mapping[str, Tags] | None = None,
) -> nx.MultiDiGraph[Any]:
    """Return the unsimplified graph of a small file."""
    path = folder / "small.osm"
    path.write_text(osm(ways, nodes, node_tags), encoding="utf-8")
    return read_extract(path, EVERYWHERE)


def drives(folder: Path, ways: Iterable[Way], nodes: Mapping[str, Spot] = CROSS) -> set[str]:
    """Return the stretches that can be driven, as words of their two ends, the way there first."""
    graph = drive_graph(raw_graph(folder, ways, nodes))
    return {chr(u) + chr(v) for u, v in graph.edges()}
