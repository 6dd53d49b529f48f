"""Nominatim: which districts bear a name. Nothing else is asked there."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPolygon, Polygon

from geodata.language import translator
from geodata.online.answers import Refusal, read_json
from geodata.online.servers import Servers, get_page, patiently, unanswered
from geodata.printable import printable

_ = translator("geodata")

DISTRICT_RANK = 12  # Nominatim's rank of admin_level 6


@dataclass(frozen=True, slots=True)
class FoundDistrict:
    """A district as Nominatim knows it.

    Attributes
    ----------
    name, full_name : str
        Alone, and with what it belongs to.
    relation : int
        Its number in OpenStreetMap.
    boundary : Polygon or MultiPolygon
        Degrees, EPSG:4326.
    """

    name: str
    full_name: str
    relation: int
    boundary: Polygon | MultiPolygon


def is_relation(name: str) -> bool:
    """Tell whether a name is ``R`` and the number of a relation of OpenStreetMap."""
    return re.fullmatch(r"[Rr][0-9]{1,12}", name) is not None


def find_districts(name: str, servers: Servers) -> tuple[FoundDistrict, ...]:
    """Ask Nominatim which districts bear a name.

    Parameters
    ----------
    name : str
        As people write it, or ``R`` and the number of a relation of OpenStreetMap.
    servers : Servers

    Raises
    ------
    DownloadError
        If Nominatim cannot be asked.
    """
    asked = {"format": "json", "polygon_geojson": "1", "accept-language": "de"}
    if is_relation(name):
        page = "lookup"
        asked |= {"osm_ids": name.upper()}
    else:
        page = "search"
        asked |= {"q": name, "countrycodes": "de", "limit": "20", "dedupe": "0"}
    address = f"{servers.nominatim.rstrip('/')}/{page}"
    patience = servers.patience
    reasons: list[str] = []
    body = patiently(lambda: get_page(address, patience.timeout_s, asked), patience, reasons)
    if body is not None:
        try:
            rows = read_json(body)
            if not isinstance(rows, list):
                raise Refusal(_("its answer is no list of places"))
            return tuple(found for row in rows if (found := _district(row)) is not None)
        except Refusal as refusal:
            reasons.append(str(refusal))
    raise unanswered((servers.nominatim,), reasons)


def _district(row: object) -> FoundDistrict | None:
    """Read one hit; None if it is no district or makes no sense."""
    try:
        if not isinstance(row, dict) or row["osm_type"] != "relation":
            return None
        if row.get("class", row.get("category")) != "boundary" or row["type"] != "administrative":
            return None
        if int(row["place_rank"]) != DISTRICT_RANK:
            return None
        boundary = shapely.make_valid(shapely.from_geojson(json.dumps(row["geojson"])))
        full_name = printable(row["display_name"])
        name = printable(row.get("name") or full_name.split(",")[0])
        if not isinstance(boundary, Polygon | MultiPolygon) or boundary.is_empty or not name:
            return None
        return FoundDistrict(name, full_name, int(row["osm_id"]), boundary)
    except (KeyError, TypeError, ValueError, shapely.errors.ShapelyError):
        return None
