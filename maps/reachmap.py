"""How far people walk from the stops, as a map on the screen: one file without internet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geodata.crs import shapes_in_degrees, shapes_in_metres
from geodata.homes import YOUTH, Homes
from geodata.language import current_language, translator
from geodata.reach import MINUTES, Reach
from geodata.region import Municipality
from maps import style, wording
from maps.basemap import Basemap
from maps.leaflet import LEAFLET, Json, Page, render_page
from maps.packed import packed_lines
from maps.webmap import STYLES, drawing_of, ground_data
from tours.reachfigures import PlaceFigures, ReachFigures

_ = translator("maps")

SCRIPTS = ("tools", "land", "stops", "names", "panels", "view", "frame", "reach")
# Finer than this no shown outline can be told from the true one.
SIMPLIFY_M = 4.0


@dataclass(frozen=True, slots=True)
class ReachView:
    """What is said around the map.

    Attributes
    ----------
    service, district : str
    about : str
        Whose reach is shown.
    heading : str
        Who is counted.
    total, method : str
        What is found, and how.
    notes : tuple of str
        What is missing.
    attribution : tuple of str
    """

    service: str
    district: str
    about: str
    heading: str
    total: str
    method: str
    notes: tuple[str, ...]
    attribution: tuple[str, ...]


def render_reachmap(
    view: ReachView,
    figures: ReachFigures,
    reaches: Sequence[Reach],
    basemap: Basemap,
    municipalities: Mapping[str, Municipality],
    homes: Homes | None,
) -> str:
    """Return the page that shows how far people walk: HTML, the same for the same data.

    Parameters
    ----------
    view : ReachView
    figures : ReachFigures
    reaches : sequence of Reach
        One per place of the figures.
    basemap : Basemap
    municipalities : Mapping of str to Municipality
    homes : ndarray of Polygon or None
        Residential areas, degrees, EPSG:4326.
    """
    if len(reaches) != len(figures.places):
        raise ValueError(f"reaches must be of {len(figures.places)} places, got {len(reaches)}")
    near = [(place.point.lon, place.point.lat) for place in figures.places]
    credits_ = [*basemap.attribution, *view.attribution, LEAFLET]
    held = [line for line in credits_ if not any(line != c and line in c for c in credits_)]
    data: dict[str, Json] = {
        "text": {**_texts(figures), "size": view.method},
        "title": {
            "service": view.service,
            "district": view.district,
            "week": [_("Reach on foot"), view.about],
            "brief": _brief(figures),
            "facts": f"{view.heading}.",
            "quality": view.total,
            "offline": _("opens without internet"),
            "notes": list(view.notes),
        },
        **ground_data(basemap, near, list(dict.fromkeys(held))),
        "homes": {
            "rings": [] if homes is None else _outlines(_inside(homes, basemap)),
            "fill": style.HOMES,
        },
        "bands": [
            {
                "minutes": MINUTES[position],
                "name": _("within {n} minutes").format(n=MINUTES[position]),
                "number": f"{_people(figures, figures.within[position])} {_who(figures)}",
                "rings": _outlines([reach.areas[position] for reach in reaches]),
                **_look(position),
            }
            for position in reversed(range(len(MINUTES)))
        ],
        "places": [
            _place(number, place, figures, municipalities[place.ags].name)
            for number, place in enumerate(figures.places, 1)
        ],
    }
    title = (view.service, view.district, _("Reach on foot"), view.about)
    drawing = drawing_of(data, SCRIPTS, [*STYLES, "reach"])
    return render_page(Page(" · ".join(title), current_language()), drawing)


def _look(position: int) -> dict[str, Json]:
    fill, line, dash = style.REACH[position]
    return {"fill": fill, "line": line, "dash": dash}


def _inside(homes: Homes, basemap: Basemap) -> list[shapely.Geometry]:
    found: list[shapely.Geometry] = shapely.intersection(homes, basemap.boundary).tolist()
    return found


def _outlines(areas: list[shapely.Geometry]) -> list[Json]:
    """Return the rings of the union of some areas, as few corners as can be seen."""
    union = shapely.union_all(shapes_in_metres(np.array(areas, dtype=np.object_)))
    parts = shapely.get_parts(shapely.simplify(union, SIMPLIFY_M))
    areal = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return [*packed_lines(shapely.MultiPolygon(shapes_in_degrees(areal).tolist()))]


def _texts(figures: ReachFigures) -> dict[str, Json]:
    return {
        "map": _("Map of the reach on foot"),
        "layers": _("Reach and layers"),
        "times": _("Places"),
        "close": _("Close"),
        "more": _("More about this map"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "names": _("Municipalities"),
        "open": _("Open in a map app"),
        "number": _("No."),
        "place": _("Place"),
        "homes": _("Residential areas"),
        "caption": _("{people}, estimate").format(people=_who(figures)),
        "minutes": [_("{n} min").format(n=n) for n in MINUTES],
        "circle": _("circle: no ways on foot are known here"),
    }


def _brief(figures: ReachFigures) -> str:
    """Return the figures in a line, for screens that have no room for how they are found."""
    told = [
        f"{_('{n} min').format(n=n)} {_people(figures, people)}"
        for n, people in zip(MINUTES, figures.within, strict=True)
    ]
    # A number and its unit stay together.
    line = " · ".join(one.replace(" ", "\u00a0") for one in told)
    return f"{_('{people}, estimate').format(people=_who(figures))}: {line}"


def _who(figures: ReachFigures) -> str:
    return _("young people") if figures.who == YOUTH else _("inhabitants")


def _people(figures: ReachFigures, number: float) -> str:
    return f"≈ {wording.number(round(number))}" if figures.people else "–"


def _place(
    number: int, place: PlaceFigures, figures: ReachFigures, municipality: str
) -> dict[str, Json]:
    counts = [_people(figures, within) for within in place.within]
    rows = [
        [_("within {n} minutes").format(n=n), count]
        for n, count in zip(MINUTES, counts, strict=True)
    ]
    if place.own is not None:
        share = f"{wording.number(100 * place.own, '#,##0')} %"
        rows.append([_("of all in {name}").format(name=municipality), share])
    return {
        "number": number,
        "name": place.point.name,
        "at": [place.point.lat, place.point.lon],
        "municipality": municipality,
        "counts": counts,
        "rows": [list(row) for row in rows],
        "circle": place.is_circle,
    }
