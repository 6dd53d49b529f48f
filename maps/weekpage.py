"""The week at a glance: all stops and times with the district, on one page where they fit."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely

from geodata.language import translator
from maps import wording
from maps.frame import fit_frame
from maps.ground import Ground
from maps.halts import halt_rows, stop_name
from maps.lettering import printable, text_width_mm
from maps.paper import A4, GAP_MM, Paper, Part, note_mm
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

# A card of a tour: its head, the last line, and beside each name a number and a time.
CARD_HEAD, CARD_FOOT, BESIDE_NAME = 15.0, 6.5, 28.0
# The smallest letters that can be read, and the least row that holds a line of them, a name of
# two lines, or a time with a break below it.
LEAST_PT = 7.0
LEAST_ROW, ROW_OF_TWO, ROW_WITH_BREAK = 4.2, 5.8, 6.2
LEGEND_ROW = 6.0
HEAD_MM = 20.0
# So much of a page the map takes at most.
MOST_MAP = 0.57


def week_pages(plan: Plan, ground: Ground, paper: Paper = A4) -> list[Part]:
    """Return the week at a glance: one page, or one with the map and others with the times."""
    number = len(plan.tours)
    # Four tours stand better two by two than three and one.
    columns = 2 if number in (2, 4) else min(3, max(1, number))
    lines = math.ceil(number / columns)
    cancelled = printable(wording.cancellations(plan))
    # Head, totals and remarks; the rest is shared by the map and the cards.
    room = paper.height_mm - HEAD_MM - 20 - 2 * GAP_MM - 5 - note_mm(plan, ground)
    room -= 6 if cancelled else 0
    least_map = (90 if lines < 3 else 82) * paper.height_mm / A4.height_mm
    card = _card_size(plan, room - least_map, columns)
    if card["row"] >= _least_row(plan, paper, columns) or not lines:
        tours = _cards(plan, range(number))
        height = room - lines * card["height"] - GAP_MM * max(0, lines - 1)
        shown = {"tours": tours, "columns": columns, "card": card, "legend": []}
        return [_map_page(plan, ground, paper, height, cancelled) | shown]
    legend = [
        {
            "look": tour_look(i),
            "label": printable(wording.with_bus(wording.date_in_week(tour.date), tour.bus)),
            "about": f"{wording.span(tour.leave_s, tour.return_s)} · "
            f"{wording.kilometres(tour.length_m)}",
        }
        for i, tour in enumerate(plan.tours)
    ]
    height = room - LEGEND_ROW * math.ceil(number / 2)
    shown = {"tours": [], "columns": columns, "card": card, "legend": legend}
    return [
        _map_page(plan, ground, paper, height, cancelled) | shown,
        *_card_pages(plan, ground, paper),
    ]


def _card_pages(plan: Plan, ground: Ground, paper: Paper) -> list[Part]:
    """Return the pages with the times of tours for which the first one has no room."""
    room = paper.height_mm - HEAD_MM - note_mm(plan, ground) - 5
    most = max(len(tour.stops) for tour in plan.tours)
    least = CARD_HEAD + CARD_FOOT + _least_row(plan, paper, 3) * most + GAP_MM
    per_page = 3 * max(1, int((room + GAP_MM) // least))
    number = len(plan.tours)
    return [
        {
            **_title(plan),
            "kind": "cards",
            "columns": 3,
            "card": _card_size(plan, room, 3, number=min(per_page, number)),
            "tours": _cards(plan, range(first, min(first + per_page, number))),
            "empty": _("no stops"),
        }
        for first in range(0, number, per_page)
    ]


def _card_size(plan: Plan, room: float, columns: int, *, number: int | None = None) -> Part:
    """Return the heights of a card where all of them share some room."""
    lines = math.ceil((len(plan.tours) if number is None else number) / columns)
    most = max((len(tour.stops) for tour in plan.tours), default=0)
    # The head says already when the bus is back.
    foot = CARD_FOOT if lines < 2 or plan.names_depots else 1.5
    share = (room - GAP_MM * (lines - 1)) / lines - CARD_HEAD - foot if lines else 0.0
    # In a wide card a name needs one line.
    roomy = 10.5 if lines < 2 else 6.0 if columns == 2 else 6.8
    row = min(roomy, share / most) if most else LEAST_ROW
    return {
        "head": CARD_HEAD,
        "row": row,
        "beside": BESIDE_NAME,
        "foot": foot,
        "height": CARD_HEAD + foot + row * most,
    }


def _least_row(plan: Plan, paper: Paper, columns: int) -> float:
    """Return how high a row is at least for its words to be read."""
    width = (paper.width_mm - GAP_MM * (columns - 1)) / columns - BESIDE_NAME
    stops = [stop for tour in plan.tours for stop in tour.stops]
    is_short = all(text_width_mm(stop_name(s), LEAST_PT, bold=True) <= width for s in stops)
    with_break = ROW_WITH_BREAK if any(stop.rest_s for stop in stops) else 0.0
    return max(LEAST_ROW if is_short else ROW_OF_TWO, with_break)


def _title(plan: Plan) -> Part:
    return {
        "title": wording.week_title(plan.week),
        "about": printable(f"{plan.service} · {plan.district} · {wording.week_days(plan.week)}"),
    }


def _map_page(plan: Plan, ground: Ground, paper: Paper, height_mm: float, cancelled: str) -> Part:
    stops = [stop for tour in plan.tours for stop in tour.stops]
    assumed = sum(bool(stop.assumed) for stop in stops)
    return {
        **_title(plan),
        "kind": "week",
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
        "map": _district_map(
            plan, ground, paper, min(MOST_MAP * paper.height_mm, height_mm) - STRIP_MM
        ),
        "legend_row": LEGEND_ROW,
        "empty": _("no stops"),
    }


def _cards(plan: Plan, positions: Sequence[int]) -> list[Part]:
    return [_card(plan, position) for position in positions]


def _card(plan: Plan, position: int) -> Part:
    tour = plan.tours[position]
    away = wording.span(tour.leave_s, tour.return_s)
    back = _("{time} back at the depot").format(time=clock(tour.return_s))
    if plan.names_depots:
        start = f"{depot_mark(plan, tour)} {wording.from_depot(tour)}"
        # The name of a depot can be too long for the card; the time comes first.
        back = f"{_('{time} back').format(time=clock(tour.return_s))} · {start}"
    return {
        "date": printable(wording.with_bus(wording.long_date(tour.date), tour.bus)),
        "look": tour_look(position),
        "halts": halt_rows(tour),
        "about": f"{away} · {wording.kilometres(tour.length_m)}",
        "back": printable(back),
    }


def _district_map(plan: Plan, ground: Ground, paper: Paper, height_mm: float) -> Part:
    corners = np.reshape(shapely.total_bounds(ground.land), (2, 2))
    frame = fit_frame(
        np.vstack([corners, tour_points(plan.tours)]),
        paper.width_mm,
        height_mm,
        padding_mm=4,
        enlarged=paper.enlarged,
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
