"""The day sheet: the map and the timetable of an afternoon, and room to write."""

from __future__ import annotations

import math
from collections.abc import Sequence

from geodata.language import translator
from maps import wording
from maps.frame import fit_frame
from maps.ground import Ground
from maps.halts import halt_rows, way_home
from maps.lettering import printable
from maps.paper import A4, GAP_MM, Paper, Part, note_mm
from maps.papermap import STRIP_MM, draw_map
from maps.teampage import emergency_calls
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
from tours.team.crew import Member
from tours.team.day import TeamDay
from tours.tour import Stop, Tour

_ = translator("maps")

# Height of the row of a break.
BREAK_MM = 5.5
# Widths of the columns on A4: of more room, names and notes have the most.
COLUMNS_MM = (9.0, 46.0, 14.0, 18.0, 18.0, 11.0, 11.0, 15.0, 15.0, 25.0)
NAME_COLUMN, NOTE_COLUMN = 1, 9
# So much of the column for notes goes to the names where nothing is printed in it.
FROM_NOTES_MM = 8.0
# Rows as high as this can be read at arm's length, in the light of a dashboard.
HIGH_ROW_MM, USUAL_ROW_MM = 12.0, 8.2
# So many of those on the roster have a line each, at most.
MOST_NAMED = 8


def day_page(
    plan: Plan,
    ground: Ground,
    position: int,
    *,
    crew: int,
    day: TeamDay | None = None,
    paper: Paper = A4,
) -> Part:
    """Return the day sheet of an afternoon: its map, its timetable and room to write."""
    tour, day = plan.tours[position], day or TeamDay()
    halts = _halts(tour, day)
    num_lines = max(1, crew, min(MOST_NAMED, len(day.members)))
    crew_lines = math.ceil(num_lines / 2)
    table_head, depot_row, write = 10.0, 8.0, 9.0 * (crew_lines + 1) + 13.0
    # The rest is shared by the map and the rows. Many stops take from the map what two lines
    # for a name need.
    room = paper.height_mm - 22 - 3 * GAP_MM - note_mm(plan, ground)
    room -= table_head + 2 * depot_row + 9 + write
    most = max(1, len(tour.stops))
    breaks = sum(bool(stop.rest_s) for stop in tour.stops)
    room -= BREAK_MM * breaks
    usual_map = 90.0 * paper.height_mm / A4.height_mm
    row = max((room - usual_map) / most, min(USUAL_ROW_MM, (room - 55) / most))
    row = min(HIGH_ROW_MM, row)
    height = min(0.57 * paper.height_mm, room - row * len(tour.stops)) - STRIP_MM
    drive = f"{wording.duration(tour.drive_s)} {_('drive time')}"
    about = [wording.kilometres(tour.length_m), drive]
    about += [wording.from_depot(tour)] * plan.names_depots
    return {
        "kind": "day",
        "date": printable(wording.with_bus(wording.long_date(tour.date), tour.bus)),
        "look": tour_look(position),
        "leave": clock(tour.leave_s),
        "return": clock(tour.return_s),
        "depart_label": _("departure"),
        "return_label": _("return"),
        "about": printable(" · ".join(about)),
        "map": _day_map(plan, position, ground, paper, height),
        "widths": _widths(paper, is_noted=any(halt["flag"] for halt in halts)),
        "row": row,
        "depot_row": depot_row,
        "break_row": BREAK_MM,
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
        "halts": halts,
        "depot": {"text": depot_mark(plan, tour), "name": printable(tour.depot.name)},
        "away": _("off from the depot"),
        "back": _("back at the depot"),
        "way_home": way_home(tour),
        "remarks": [
            assumptions(tour.stops),
            _("Drive times know no traffic, road works or weather. “Arrival” is without reserve."),
        ],
        "crew": _crew(day.members, num_lines),
        "weather": _("Weather"),
        "odometer": _("Odometer, start / end"),
        "comments": _("Remarks"),
        "calls": printable(
            " · ".join(f"{call['label']} {call['number']}" for call in emergency_calls())
        ),
    }


def _halts(tour: Tour, day: TeamDay) -> list[Part]:
    """Return the rows of the timetable, each with what has to be known before one arrives."""
    flags = {briefing.number: printable(briefing.interpreting) for briefing in day.briefings}
    return [
        {**row, "flag": flags.get(number, "")}
        for number, row in enumerate(halt_rows(tour), start=1)
    ]


def _crew(members: Sequence[Member], num_lines: int) -> list[Part]:
    """Return the lines for names; the last one holds all names that have no line of their own."""
    names = [printable(f"{m.name} ({m.role})" if m.role else m.name) for m in members]
    names = [*names[: num_lines - 1], ", ".join(names[num_lines - 1 :])]
    names += [""] * (num_lines - len(names))
    return [{"label": f"{_('Crew')} {i}", "name": name} for i, name in enumerate(names, start=1)]


def _widths(paper: Paper, *, is_noted: bool) -> list[float]:
    more = paper.width_mm - A4.width_mm
    moved = 0.0 if is_noted else FROM_NOTES_MM
    extra = {NAME_COLUMN: 0.7 * more + moved, NOTE_COLUMN: 0.3 * more - moved}
    return [round(w + extra.get(i, 0.0), 2) for i, w in enumerate(COLUMNS_MM)]


def _day_map(plan: Plan, position: int, ground: Ground, paper: Paper, height_mm: float) -> Part:
    tour = plan.tours[position]
    padding, radius = min(9.0, height_mm * 0.12), 2.9 if height_mm > 70 else 2.3
    frame = fit_frame(
        tour_points([tour]),
        paper.width_mm,
        height_mm,
        padding_mm=padding,
        enlarged=paper.enlarged,
    )
    drawn = draw_map(
        ground,
        frame,
        routes=[tour_route(tour, position, 1.2)],
        markers=[depot_marker(plan, tour, radius), *stop_markers(tour, position, radius)],
        name_pt=8.5,
    )
    alt = _("Map of the tour on {date} with {n} stops")
    return finish_map(drawn, alt.format(date=wording.long_date(tour.date), n=len(tour.stops)))


def assumptions(stops: Sequence[Stop]) -> str:
    """Return what is assumed of stops numbered from 1; empty if all was checked."""
    columns = dict.fromkeys(column for stop in stops for column in stop.assumed)
    parts = []
    for column in columns:
        at = [str(i) for i, stop in enumerate(stops, start=1) if column in stop.assumed]
        where = _("all stops") if len(at) == len(stops) else ", ".join(at)
        parts.append(f"{wording.assumed_label(column)} ({where})")
    return printable(f"{_('Assumed, not checked')}: {'; '.join(parts)}.") if parts else ""
