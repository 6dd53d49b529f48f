"""Sheets for the bus: the week at a glance, a day sheet per afternoon, a map per stop (PDF).

Python says what stands where and how large it is, the templates set it. All lengths are
millimetres, and every part has a fixed height, so that no page can overflow.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import typst
from babel.dates import format_date, format_interval
from babel.numbers import format_decimal, format_percent
from numpy.typing import NDArray

from geodata.crs import to_metres
from geodata.language import current_language, translator
from maps import style
from maps.basemap import Basemap
from maps.frame import Frame, fit_frame
from maps.ground import Ground, lay_ground
from maps.lettering import fonts, printable
from maps.papermap import STRIP_MM, Marker, Route, draw_map
from tours.calendar import week_dates
from tours.plan import Plan, Stop, Tour
from tours.schedule import clock

_ = translator("maps")

# A4 less the margins of sheets.typ.
WIDTH_MM, HEIGHT_MM = 182.0, 263.0
NOTE_MM = 8.0
GAP_MM = 4.0
SHAPES = ("circle", "square", "diamond", "hexagon")
STOP_SCALE, STOP_SCALE_ESTIMATE = 15_000, 25_000

Part = dict[str, Any]


def render_sheets(plan: Plan, basemap: Basemap, *, crew: int = 2) -> bytes:
    """Return the sheets of a week as one PDF: the same bytes for the same plan.

    Parameters
    ----------
    plan : Plan
    basemap : Basemap
        Of the plan's district.
    crew : int
        Persons on the bus: as many lines for names.
    """
    ground = lay_ground(basemap)
    pages = [week_page(plan, ground)]
    for position in range(len(plan.tours)):
        pages.append(day_page(plan, ground, position, crew=crew))
        pages += stop_pages(plan, ground, position)
    return typeset(pages, plan, ground)


def typeset(pages: Sequence[Part], plan: Plan, ground: Ground) -> bytes:
    """Return pages made by this module as a PDF, each with the foot of the plan."""
    week = week_dates(plan.week)
    title = f"{plan.service} · {plan.district} · {_week_label(plan)}"
    document = {
        "lang": current_language(),
        "title": printable(title),
        "foot": printable(f"{title} · {_('plan {digest}').format(digest=plan.digest)}"),
        "credits": ground.credits,
        "page": _("page"),
        "note": estimate_note(plan),
        "pages": pages,
    }
    made = typst.compile(
        Path(__file__).parent / "sheets.typ",
        root=Path(__file__).parent,
        font_paths=fonts(),
        sys_inputs={"document": json.dumps(document)},
        pdf_standards=["ua-1"],
        timestamp=int(dt.datetime.combine(week[0], dt.time(), dt.UTC).timestamp()),
        format="pdf",
    )
    return bytes(made)


# -- words and numbers


def _locale() -> str:
    return {"de": "de_DE", "en": "en_GB"}[current_language()]


def long_date(day: dt.date) -> str:
    """Return a date with its weekday: “Montag, 23. November 2026”."""
    return format_date(day, "full", locale=_locale())


def kilometres(metres: int) -> str:
    """Return a length: “41,3 km”."""
    return f"{format_decimal(metres / 1000, '#,##0.0', locale=_locale())} km"


def duration(seconds: int) -> str:
    """Return a span of time to the minute: “2 h 05 min”."""
    minutes = (seconds + 30) // 60
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d} min" if hours else f"{rest} min"


def share(value: float, digits: int = 0) -> str:
    """Return a share in percent, rounded up, so that “at most” stays true."""
    up = math.ceil(value * 100 * 10**digits - 1e-9) / (100 * 10**digits)
    form = "#,##0.#\xa0%" if current_language() == "de" else "#,##0.#%"
    return format_percent(up, form, locale=_locale(), decimal_quantization=False)


def _week_label(plan: Plan) -> str:
    year, week = plan.week.split("-W")
    return _("week {week}/{year}").format(week=int(week), year=year)


def estimate_note(plan: Plan) -> str:
    """Return what every page has to say of an estimated network; empty for a real one."""
    source = plan.network
    if not source.is_estimate:
        return ""
    text = _("Estimated network: the course of roads and the drive times are estimated")
    if source.error_median is not None and source.error_p90 is not None:
        text += ", " + _("typical error {median}, one drive in ten over {p90}").format(
            median=share(source.error_median), p90=share(source.error_p90)
        )
    return f"{text}."


def quality(plan: Plan) -> tuple[str, str]:
    """Return how good a plan is, in two words and in a sentence."""
    if plan.is_optimal:
        return _("proven optimal"), _("No other plan of this week brings more.")
    return (
        _("at most {share} below the best possible").format(share=share(plan.gap, 1)),
        _("Whether a better plan exists was not proven in the time given."),
    )


def contacts(hundredths: int) -> str:
    """Return expected contacts, one decimal below ten."""
    form = "#,##0.0" if hundredths < 1000 else "#,##0"
    return format_decimal(hundredths / 100, form, locale=_locale())


def assumptions(stops: Sequence[Stop]) -> str:
    """Return what is assumed of stops numbered from 1; empty if all was checked."""
    columns = dict.fromkeys(column for stop in stops for column in stop.assumed)
    parts = []
    for column in columns:
        at = [str(i) for i, stop in enumerate(stops, start=1) if column in stop.assumed]
        where = _("all stops") if len(at) == len(stops) else ", ".join(at)
        parts.append(f"{style.assumed_label(column)} ({where})")
    return printable(f"{_('Assumed, not checked')}: {'; '.join(parts)}.") if parts else ""


def stop_name(stop: Stop) -> str:
    """Return the name of a stop as it can be printed, with its id if nothing is left of it."""
    name = printable(stop.name)
    return name if any(map(str.isalnum, name)) else printable(f"{name} ({stop.place_id})")


def _town(stop: Stop) -> str:
    return printable(stop.municipality) + (
        "" if stop.is_public else f" · {_('not for the public')}"
    )


# -- parts that several pages use


def _look(position: int) -> Part:
    return {**asdict(style.afternoon_style(position)), "shape": SHAPES[position % len(SHAPES)]}


def _route(tour: Tour, position: int, width_mm: float) -> Route:
    legs = tuple(leg.route for leg in tour.legs)
    return Route(legs, style.afternoon_style(position), width_mm)


def _markers(tour: Tour, position: int, radius_mm: float) -> list[Marker]:
    shape, colour = SHAPES[position % len(SHAPES)], style.afternoon_style(position).colour
    return [
        Marker(str(i), stop.lon, stop.lat, shape, colour, radius_mm)
        for i, stop in enumerate(tour.stops, start=1)
    ]


def _depot(tour: Tour, radius_mm: float) -> Marker:
    return Marker(_("D"), tour.depot.lon, tour.depot.lat, "square", style.DEPOT, radius_mm)


def _finished(drawn: Part, alt: str) -> Part:
    """Add the words of a map's strip, and what it shows for who cannot see it."""
    part = drawn["bar"]["part_m"]
    unit, per = ("km", 1000) if part >= 1000 else ("m", 1)
    ends = [format_decimal(k * part / per, locale=_locale()) for k in range(3)]
    drawn["bar"]["labels"] = [*ends[:2], f"{ends[2]} {unit}"]
    drawn["scale_label"] = f"1 : {format_decimal(drawn['scale'], locale=_locale())}"
    return {**drawn, "north": _("N"), "alt": printable(alt)}


def _minutes(arrival_s: int, departure_s: int) -> str:
    """Return minutes as the difference of the clock times that are printed beside them."""
    return str(max(arrival_s // 60 - departure_s // 60, int(arrival_s > departure_s)))


def _halts(tour: Tour) -> list[Part]:
    """Return the rows of a timetable."""
    left = [tour.leave_s, *(stop.departure_s for stop in tour.stops)]
    return [
        {
            "number": str(i),
            "name": stop_name(stop),
            "town": _town(stop),
            "arrival": clock(stop.arrival_s),
            "start": clock(stop.start_s),
            "end": clock(stop.departure_s),
            "drive": _minutes(stop.arrival_s, left[i - 1]),
            "km": format_decimal(leg.length_m / 1000, "#,##0.0", locale=_locale()),
        }
        for i, (stop, leg) in enumerate(zip(tour.stops, tour.legs, strict=False), start=1)
    ]


def _note_mm(plan: Plan) -> float:
    return NOTE_MM if estimate_note(plan) else 0.0


# -- pages


def week_page(plan: Plan, ground: Ground) -> Part:
    """Return the week at a glance: all stops and times on one page, with the district."""
    columns = min(3, max(1, len(plan.tours)))
    card_rows = math.ceil(len(plan.tours) / columns)
    most = max((len(tour.stops) for tour in plan.tours), default=0)
    cancelled = [f"{long_date(c.date)} ({c.holiday})" for c in plan.cancelled]
    # Head, totals and remarks; the rest is shared by the map and the cards.
    room = HEIGHT_MM - 20 - 20 - 2 * GAP_MM - 5 - _note_mm(plan) - (6 if cancelled else 0)
    card_head, card_foot = 15.0, 6.5
    share_mm = (room - 90) / card_rows - card_head - card_foot if card_rows else 0.0
    row = min(10.5, share_mm / most) if most else 0.0
    card = card_head + card_foot + row * most
    height = min(150.0, room - card_rows * card - GAP_MM * max(0, card_rows - 1)) - STRIP_MM
    week = week_dates(plan.week)
    stops = [stop for tour in plan.tours for stop in tour.stops]
    assumed = sum(bool(stop.assumed) for stop in stops)
    return {
        "kind": "week",
        "title": printable(f"{_('Week at a glance')} · {_week_label(plan)}"),
        "about": printable(
            f"{plan.service} · {plan.district} · "
            + format_interval(week[0], week[6], "yMMMMd", locale=_locale())
        ),
        "quality": quality(plan),
        "totals": [
            {"value": str(len(stops)), "label": _("stops")},
            {"value": kilometres(plan.length_m), "label": _("drive")},
            {"value": duration(plan.drive_s), "label": _("drive time")},
            {"value": duration(plan.dwell_s), "label": _("time on site")},
            {"value": contacts(plan.expected), "label": _("expected contacts (estimate)")},
        ],
        "cancelled": printable(f"{_('Cancelled')}: {'; '.join(cancelled)}") if cancelled else "",
        "remark": _(
            "Values of {n} of {total} stops are assumed, not checked; see the day sheets."
        ).format(n=assumed, total=len(stops))
        if assumed
        else "",
        "map": _district_map(plan, ground, height),
        "columns": columns,
        "card": {"head": card_head, "row": row, "foot": card_foot, "height": card},
        "tours": [_card(tour, i) for i, tour in enumerate(plan.tours)],
        "empty": _("no stops"),
    }


def _card(tour: Tour, position: int) -> Part:
    return {
        "date": long_date(tour.date),
        "look": _look(position),
        "halts": _halts(tour),
        "about": f"{clock(tour.leave_s)}–{clock(tour.return_s)} · {kilometres(tour.length_m)}",
        "back": _("{time} back at the depot").format(time=clock(tour.return_s)),
    }


def _district_map(plan: Plan, ground: Ground, height_mm: float) -> Part:
    corners = np.reshape(shapely.total_bounds(ground.land), (2, 2))
    frame = fit_frame(np.vstack([corners, _points(plan.tours)]), WIDTH_MM, height_mm, padding_mm=4)
    markers = [m for i, tour in enumerate(plan.tours) for m in _markers(tour, i, 1.9)]
    depots = {(t.depot.lon, t.depot.lat): _depot(t, 2.1) for t in plan.tours}
    drawn = draw_map(
        ground,
        frame,
        routes=[_route(tour, i, 0.9) for i, tour in enumerate(plan.tours)],
        markers=[*depots.values(), *markers],
        name_pt=7.5,
    )
    return _finished(drawn, _("Map of {name} with all routes").format(name=plan.district))


def _points(tours: Iterable[Tour]) -> NDArray[np.float64]:
    """Return all points of routes, stops and depots in metres, EPSG:25832."""
    points = [(tour.depot.lon, tour.depot.lat) for tour in tours]
    points += [(stop.lon, stop.lat) for tour in tours for stop in tour.stops]
    points += [p for tour in tours for leg in tour.legs for p in leg.route]
    return to_metres(*np.array(points, dtype=np.float64).reshape(-1, 2).T)


def day_page(plan: Plan, ground: Ground, position: int, *, crew: int) -> Part:
    """Return the day sheet of an afternoon: its map, its timetable and room to write."""
    tour = plan.tours[position]
    crew_lines = math.ceil(max(1, crew) / 2)
    table_head, depot_row, write = 10.0, 8.0, 9.0 * (crew_lines + 1) + 13.0
    # The rest is shared by the map and the rows. Many stops take from the map what two lines
    # for a name need.
    room = HEIGHT_MM - 22 - 3 * GAP_MM - _note_mm(plan) - table_head - 2 * depot_row - 9 - write
    most = max(1, len(tour.stops))
    row = min(10.5, max((room - 85) / most, min(8.2, (room - 55) / most)))
    height = min(150.0, room - row * len(tour.stops)) - STRIP_MM
    return {
        "kind": "day",
        "date": long_date(tour.date),
        "look": _look(position),
        "leave": clock(tour.leave_s),
        "return": clock(tour.return_s),
        "depart_label": _("departure"),
        "return_label": _("return"),
        "about": f"{kilometres(tour.length_m)} · {duration(tour.drive_s)} {_('drive time')}",
        "map": _day_map(tour, position, ground, height),
        "row": row,
        "depot_row": depot_row,
        "head": table_head,
        "columns": [
            _("No."),
            _("Stop"),
            _("Arrival"),
            _("Start"),
            _("End, departure"),
            _("Drive min"),
            _("km"),
            _("Contacts"),
            _("of these new"),
            _("Note"),
        ],
        "halts": _halts(tour),
        "depot": {"text": _("D"), "name": printable(tour.depot.name)},
        "away": _("off from the depot"),
        "back": _("back at the depot"),
        "way_home": _way_home(tour),
        "remarks": [
            assumptions(tour.stops),
            _("Drive times know no traffic, road works or weather. “Arrival” is without reserve."),
        ],
        "crew": [f"{_('Crew')} {i}" for i in range(1, max(1, crew) + 1)],
        "weather": _("Weather"),
        "odometer": _("Odometer, start / end"),
        "comments": _("Remarks"),
    }


def _way_home(tour: Tour) -> Part:
    if not tour.stops:
        return {"drive": "", "km": ""}
    return {
        "drive": _minutes(tour.return_s, tour.stops[-1].departure_s),
        "km": format_decimal(tour.legs[-1].length_m / 1000, "#,##0.0", locale=_locale()),
    }


def _day_map(tour: Tour, position: int, ground: Ground, height_mm: float) -> Part:
    padding, radius = min(9.0, height_mm * 0.12), 2.9 if height_mm > 70 else 2.3
    frame = fit_frame(_points([tour]), WIDTH_MM, height_mm, padding_mm=padding)
    drawn = draw_map(
        ground,
        frame,
        routes=[_route(tour, position, 1.2)],
        markers=[_depot(tour, radius), *_markers(tour, position, radius)],
        name_pt=8.5,
    )
    alt = _("Map of the tour on {date} with {n} stops")
    return _finished(drawn, alt.format(date=long_date(tour.date), n=len(tour.stops)))


def stop_pages(plan: Plan, ground: Ground, position: int) -> list[Part]:
    """Return the maps of an afternoon's stops, two on a page."""
    tour = plan.tours[position]
    room = HEIGHT_MM - 11 - GAP_MM - _note_mm(plan)
    height = (room - 2 * GAP_MM) / 2
    panels = [_stop_panel(plan, ground, position, i, height) for i in range(len(tour.stops))]
    return [
        {
            "kind": "stops",
            "date": long_date(tour.date),
            "about": _("Maps of the stops"),
            "look": _look(position),
            "panels": panels[i : i + 2],
            "height": height,
        }
        for i in range(0, len(panels), 2)
    ]


def _stop_panel(plan: Plan, ground: Ground, position: int, number: int, height_mm: float) -> Part:
    tour = plan.tours[position]
    stop, leg = tour.stops[number], tour.legs[number]
    origin = stop_name(tour.stops[number - 1]) if number else printable(tour.depot.name)
    halt = _halts(tour)[number]
    assumed = ", ".join(printable(style.assumed_label(column)) for column in stop.assumed)
    head, side = 15.0, 48.0
    map_height = height_mm - head - STRIP_MM
    drawn = _stop_map(plan, ground, position, number, (WIDTH_MM - side, map_height))
    return {
        **halt,
        "head": head,
        "side": side,
        "facts": [
            {"label": _("Arrival"), "value": halt["arrival"]},
            {
                "label": _("Drive"),
                "value": f"{halt['drive']} min · {kilometres(leg.length_m)}",
                "more": _("from {name}").format(name=origin),
            },
            # With points and in this order: so the navigation in the bus takes them.
            {
                "label": _("Latitude, longitude"),
                "value": f"{stop.lat:.5f}, {stop.lon:.5f}",
                "link": f"geo:{stop.lat:.5f},{stop.lon:.5f}",
            },
            {"label": _("Kind"), "value": style.kind_label(stop.kind)},
            {"label": _("Assumed, not checked"), "value": assumed or _("nothing"), "lines": 2},
        ],
        "map": _finished(drawn, _("Map around {name}").format(name=stop_name(stop))),
        "locator": _locator(ground, stop, side - GAP_MM),
    }


def _stop_map(
    plan: Plan, ground: Ground, position: int, number: int, size: tuple[float, float]
) -> Part:
    tour = plan.tours[position]
    stop = tour.stops[number]
    x, y = to_metres(stop.lon, stop.lat)[0].tolist()
    scale = STOP_SCALE_ESTIMATE if ground.is_estimate else STOP_SCALE
    markers = _markers(tour, position, 2.6)
    markers[number] = Marker(
        str(number + 1), stop.lon, stop.lat, "pin", style.afternoon_style(position).colour, 3.6
    )
    frame = Frame(x, y, scale, *size)
    shown = [m for m in [*markers, _depot(tour, 2.6)] if frame.holds(*frame.place(m.lon, m.lat))]
    look = style.afternoon_style(position)
    others = [(u.name, u.lon, u.lat) for u in plan.unassigned]
    others += [(s.name, s.lon, s.lat) for t in plan.tours if t is not tour for s in t.stops]
    return draw_map(
        ground,
        frame,
        routes=[
            Route(tuple(leg.route for leg in tour.legs[:number]), look, 0.7),
            Route((tour.legs[number].route,), look, 1.5),
            Route(tuple(leg.route for leg in tour.legs[number + 1 :]), look, 0.7),
        ],
        markers=shown,
        places=others,
        name_pt=9.0,
    )


def _locator(ground: Ground, stop: Stop, width_mm: float) -> Part:
    """Return a thumbnail of the district with one point in it."""
    corners = np.reshape(shapely.total_bounds(ground.land), (2, 2))
    wide, high = (corners[1] - corners[0]).tolist()
    height = min(34.0, round(width_mm * high / wide, 1))
    frame = fit_frame(corners, width_mm, height, padding_mm=1.5)
    marker = Marker("", stop.lon, stop.lat, "circle", style.INK, 1.3)
    bare = replace(ground, roads={})
    return _finished(draw_map(bare, frame, markers=[marker], name_pt=0), _("Where in the district"))
