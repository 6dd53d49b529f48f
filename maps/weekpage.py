"""The week at a glance: all stops and times on one page, with the district."""

from __future__ import annotations

import math

import numpy as np
import shapely

from geodata.language import translator
from maps import wording
from maps.frame import fit_frame
from maps.ground import Ground
from maps.halts import halt_rows
from maps.lettering import printable
from maps.paper import GAP_MM, HEIGHT_MM, WIDTH_MM, Part, note_mm
from maps.papermap import STRIP_MM, draw_map
from maps.tourmap import (
    depot_mark,
    depot_marker,
    finish_map,
    stop_markers,
    tour_look,
    tour_points,
    tour_route,
)
from tours.plan import Plan
from tours.schedule import clock

_ = translator("maps")


def week_page(plan: Plan, ground: Ground) -> Part:
    """Return the week at a glance: all stops and times on one page, with the district."""
    columns = min(3, max(1, len(plan.tours)))
    card_rows = math.ceil(len(plan.tours) / columns)
    most = max((len(tour.stops) for tour in plan.tours), default=0)
    cancelled = printable(wording.cancellations(plan))
    # Head, totals and remarks; the rest is shared by the map and the cards.
    room = HEIGHT_MM - 20 - 20 - 2 * GAP_MM - 5 - note_mm(plan, ground) - (6 if cancelled else 0)
    card_head, card_foot = 15.0, 6.5
    share_mm = (room - 90) / card_rows - card_head - card_foot if card_rows else 0.0
    row = min(10.5, share_mm / most) if most else 0.0
    card = card_head + card_foot + row * most
    height = min(150.0, room - card_rows * card - GAP_MM * max(0, card_rows - 1)) - STRIP_MM
    stops = [stop for tour in plan.tours for stop in tour.stops]
    assumed = sum(bool(stop.assumed) for stop in stops)
    return {
        "kind": "week",
        "title": wording.week_title(plan.week),
        "about": printable(f"{plan.service} · {plan.district} · {wording.week_days(plan.week)}"),
        "quality": wording.quality(plan),
        "totals": [
            {"value": str(len(stops)), "label": _("stops")},
            {"value": wording.kilometres(plan.length_m), "label": _("drive")},
            {"value": wording.duration(plan.drive_s), "label": _("drive time")},
            {"value": wording.duration(plan.dwell_s), "label": _("time on site")},
            {"value": wording.contacts(plan.expected), "label": wording.contacts_label()},
        ],
        "cancelled": cancelled,
        "remark": _(
            "Values of {n} of {total} stops are assumed, not checked; see the day sheets."
        ).format(n=assumed, total=len(stops))
        if assumed
        else "",
        "map": _district_map(plan, ground, height),
        "columns": columns,
        "card": {"head": card_head, "row": row, "foot": card_foot, "height": card},
        "tours": [_card(plan, i) for i in range(len(plan.tours))],
        "empty": _("no stops"),
    }


def _card(plan: Plan, position: int) -> Part:
    tour = plan.tours[position]
    away = wording.span(tour.leave_s, tour.return_s)
    back = _("{time} back at the depot").format(time=clock(tour.return_s))
    if plan.names_depots:
        start = f"{depot_mark(plan, tour)} {wording.from_depot(tour)}"
        back = f"{start} · {_('{time} back').format(time=clock(tour.return_s))}"
    return {
        "date": wording.with_bus(wording.long_date(tour.date), tour.bus),
        "look": tour_look(position),
        "halts": halt_rows(tour),
        "about": f"{away} · {wording.kilometres(tour.length_m)}",
        "back": printable(back),
    }


def _district_map(plan: Plan, ground: Ground, height_mm: float) -> Part:
    corners = np.reshape(shapely.total_bounds(ground.land), (2, 2))
    frame = fit_frame(
        np.vstack([corners, tour_points(plan.tours)]), WIDTH_MM, height_mm, padding_mm=4
    )
    markers = [m for i, tour in enumerate(plan.tours) for m in stop_markers(tour, i, 1.9)]
    depots = {tour.depot: depot_marker(plan, tour, 2.1) for tour in plan.tours}
    drawn = draw_map(
        ground,
        frame,
        routes=[tour_route(tour, i, 0.9) for i, tour in enumerate(plan.tours)],
        markers=[*depots.values(), *markers],
        name_pt=7.5,
    )
    return finish_map(drawn, _("Map of {name} with all routes").format(name=plan.district))
