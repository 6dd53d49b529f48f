"""Who lives within a walk of places: in words, on the terminal, as JSON and as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import shapely
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text
from shapely.geometry import MultiPolygon, Polygon

from geodata.homes import YOUTH
from geodata.language import translator
from geodata.reach import DETOUR, MINUTES, WALK_KPH, Reach
from geodata.region import Municipality
from tours.reachfigures import ReachFigures, Within
from tours.timetable import number_text

_ = translator("tours")

# A metre; finer positions would pretend too much.
DECIMALS = 5
CIRCLE = "*"


def render_reach(
    figures: ReachFigures, municipalities: Mapping[str, Municipality], ages: tuple[int, int]
) -> RenderableType:
    """Return the figures as a table, with what has to be known to read them."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", title_justify="left")
    table.add_column(_("Place"))
    table.add_column(_("Municipality"))
    for minutes in MINUTES:
        table.add_column(_("{n} min").format(n=minutes), justify="right", no_wrap=True)
    table.add_column(_("of its municipality"), justify="right")
    for place in figures.places:
        table.add_row(
            escape(place.point.name) + (f" {CIRCLE}" if place.is_circle else ""),
            escape(municipalities[place.ags].name),
            *([number_text(n, 0) for n in place.within] if figures.people else ["–"] * 3),
            "–" if place.own is None else share_text(place.own),
        )
    method, *remarks = notes(figures, municipalities)
    # What makes all numbers too small is read before them.
    above = [by_area] if (by_area := homes_text(figures, municipalities)) else []
    below = ["", total_text(figures), method, *(one for one in remarks if one not in above)]
    lines = [heading(figures, ages), *above, ""]
    return Group(*map(Text, lines), table, *map(Text, below))


def heading(figures: ReachFigures, ages: tuple[int, int]) -> str:
    """Say who is counted."""
    if figures.who == YOUTH:
        return _(
            "Young people aged {first} to {last} who live within a walk of a place (estimate)"
        ).format(first=ages[0], last=ages[1])
    return _("Inhabitants of all ages who live within a walk of a place (estimate)")


def total_text(figures: ReachFigures) -> str:
    """Say how many live within a walk of any of the places."""
    if not figures.people:
        return _("How many people live in the municipalities is not known.")
    parts = [
        _("{n} min: {people} ({share})").format(
            n=minutes, people=number_text(number, 0), share=share_text(number / figures.people)
        )
        for minutes, number in zip(MINUTES, figures.within, strict=True)
    ]
    return _("Within a walk of any of them, nobody counted twice: {parts}, of {all}.").format(
        parts=", ".join(parts), all=number_text(figures.people, 0)
    )


def notes(figures: ReachFigures, municipalities: Mapping[str, Municipality]) -> list[str]:
    """Return what has to be known to read the figures, a sentence or two each."""
    found = [
        _(
            "Each municipality's number of young people is estimated from its inhabitants and the "
            "district's age groups, and spread evenly over its residential areas where they are "
            "known; people walk {kph} km/h."
        )
        if figures.who == YOUTH
        else _(
            "The age groups of the district are not known. The inhabitants of each municipality "
            "are spread evenly over its residential areas where they are known; people walk {kph} "
            "km/h."
        )
    ]
    found[0] = found[0].format(kph=number_text(WALK_KPH))
    if by_area := homes_text(figures, municipalities):
        found.append(by_area)
    if figures.num_circles:
        found.append(
            _(
                "{mark} No ways on foot are known here: a circle, the walk taken for {detour} "
                "times the straight line. “tours network download” or “tours network import FILE” "
                "loads them, also for places that were added since."
            ).format(mark=CIRCLE, detour=number_text(DETOUR))
        )
    return found


def homes_text(figures: ReachFigures, municipalities: Mapping[str, Municipality]) -> str:
    """Say where residential areas are not known; empty if they are everywhere."""
    by_area = [ags for ags, one in figures.municipalities.items() if one.is_by_area]
    if not by_area:
        return ""
    if len(by_area) == len(figures.municipalities):
        return _(
            "No residential areas are loaded: people are spread over fields and forests as "
            "well, so that far too few are counted in villages and towns."
        )
    names = ", ".join(municipalities[ags].name for ags in by_area)
    return _(
        "Hardly any residential areas are known in {names}: people are spread over fields "
        "and forests there, so that far too few are counted in villages and towns."
    ).format(names=names)


def share_text(share: float) -> str:
    """Return a share in percent, a small one with one decimal."""
    return f"{number_text(100 * share, 0 if share >= 0.1 else 1)}\u00a0%"


def render_reach_json(
    figures: ReachFigures, municipalities: Mapping[str, Municipality], ages: tuple[int, int]
) -> str:
    """Return the figures as JSON; persons are estimates with one decimal."""
    data = {
        "estimate": True,
        "counted": figures.who,
        "ages": list(ages) if figures.who == YOUTH else None,
        "minutes": list(MINUTES),
        "places": [
            {
                "id": place.point.id,
                "name": place.point.name,
                "ags": place.ags,
                "within": _rounded(place.within),
                "share_of_municipality": None if place.own is None else round(place.own, 4),
                "method": "circle" if place.is_circle else "ways",
            }
            for place in figures.places
        ],
        "municipalities": [
            {
                "ags": ags,
                "name": municipalities[ags].name,
                "people": round(one.people, 1),
                "within": _rounded(one.within),
                "spread_over": "area" if one.is_by_area else "homes",
            }
            for ags, one in figures.municipalities.items()
        ],
        "total": {"people": round(figures.people, 1), "within": _rounded(figures.within)},
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _rounded(within: Within) -> list[float]:
    return [round(number, 1) for number in within]


def render_reach_geojson(
    figures: ReachFigures, reaches: Sequence[Reach], attribution: Sequence[str]
) -> str:
    """Return the areas as GeoJSON: per place and for all together, the widest one first."""
    features = []
    for position in reversed(range(len(MINUTES))):
        union = shapely.union_all([reach.areas[position] for reach in reaches])
        facts: dict[str, str | None] = {"place": None, "name": None, "method": None}
        features.append(_feature(union, facts, MINUTES[position], figures.within[position]))
        for place, reach in zip(figures.places, reaches, strict=True):
            facts = {
                "place": place.point.id,
                "name": place.point.name,
                "method": "circle" if reach.is_estimate else "ways",
            }
            area, number = reach.areas[position], place.within[position]
            features.append(_feature(area, facts, MINUTES[position], number))
    collection = {
        "type": "FeatureCollection",
        "attribution": "; ".join(attribution),
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"


def _feature(
    area: shapely.Geometry, facts: Mapping[str, object], minutes: int, people: float
) -> dict[str, object]:
    parts = [shapely.geometry.polygon.orient(part) for part in _polygons(area)]
    return {
        "type": "Feature",
        "properties": {**facts, "minutes": minutes, "people_estimate": round(people, 1)},
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [
                [
                    [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords]
                    for ring in (part.exterior, *part.interiors)
                ]
                for part in parts
            ],
        },
    }


def _polygons(area: shapely.Geometry) -> list[Polygon]:
    if isinstance(area, Polygon):
        return [area]
    if isinstance(area, MultiPolygon):
        return list(area.geoms)
    raise ValueError(f"area must be a polygon, got {type(area).__name__}")
