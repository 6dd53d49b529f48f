"""Elements as Overpass returns them, written as a file of OpenStreetMap data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import quoteattr

STAMP = "2026-11-15T20:00:00Z"
ORDER = ("node", "way", "relation")


def xml_of(elements: Iterable[dict[str, Any]]) -> str:
    """Return the file: nodes, ways, relations, each in the order of their numbers."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
    for element in sorted(elements, key=lambda e: (ORDER.index(e["type"]), e["id"])):
        kind = element["type"]
        place = f' lat="{element["lat"]}" lon="{element["lon"]}"' if kind == "node" else ""
        inner = [f'<nd ref="{ref}"/>' for ref in element.get("nodes", ())]
        inner += [
            f'<member type="{m["type"]}" ref="{m["ref"]}" role="{m["role"]}"/>'
            for m in element.get("members", ())
        ]
        inner += [
            f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in element.get("tags", {}).items()
        ]
        head = f'<{kind} id="{element["id"]}" version="1" timestamp="{STAMP}"{place}>'
        lines.append(f"{head}{''.join(inner)}</{kind}>")
    return "\n".join([*lines, "</osm>", ""])
