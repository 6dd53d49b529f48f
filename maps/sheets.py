"""Sheets for the bus: the week at a glance, a day sheet per afternoon, a map per stop (PDF)."""

from __future__ import annotations

from collections.abc import Mapping

from maps import wording
from maps.basemap import Basemap
from maps.daysheet import day_page
from maps.ground import Ground, lay_ground
from maps.lettering import printable
from maps.paper import GAP_MM, PAPERS, Paper, Part, note_mm, typeset
from maps.papertable import table_page
from maps.stopmaps import BAND_MM, stop_pages
from maps.teampage import team_pages
from maps.tourmap import tour_look
from maps.weekindex import WEEK_LOOK, index_pages
from maps.weekpage import week_pages
from tours.plan import Plan
from tours.team.day import TeamDay


def render_sheets(
    plan: Plan,
    basemap: Basemap,
    *,
    crew: int = 2,
    days: Mapping[str, TeamDay] | None = None,
    reasons: str = "",
    paper: str = "a4",
) -> bytes:
    """Return the sheets of a week as one PDF: the same bytes for the same plan.

    Parameters
    ----------
    plan : Plan
    basemap : Basemap
        Of the plan's district.
    crew : int
        Persons on the bus: as many lines for names.
    days : Mapping of str to TeamDay, or None
        What the team has to know on each afternoon, by the id of the tour; printed on the day
        sheet and on its back. With it, sheets are made to be printed on both sides: the week and
        each afternoon start on a leaf of their own.
    reasons : str
        Why a stop may not have taken place, with the numbers that the log asks for.
    paper : str
        ``a4`` or ``a3``.
    """
    ground, size = lay_ground(basemap), PAPERS[paper]
    pages = week_pages(plan, ground, size)
    if days is None:
        for position in range(len(plan.tours)):
            pages.append(day_page(plan, ground, position, crew=crew, paper=size))
            pages += stop_pages(plan, ground, position, size)
        return typeset(pages, plan, ground, size)
    if len(pages) % 2:
        pages += index_pages(plan, ground, size)
    look, title = WEEK_LOOK, wording.week_title(plan.week)
    for position, tour in enumerate(plan.tours):
        if len(pages) % 2:
            pages.append(_notes_page(plan, ground, look, title, size))
        day = days.get(tour.id, TeamDay())
        pages.append(day_page(plan, ground, position, crew=crew, day=day, paper=size))
        back = team_pages(plan, ground, position, day, size, reasons=reasons)
        pages += back
        pages += stop_pages(plan, ground, position, size, before=1 + len(back))
        look = tour_look(position)
        title = printable(wording.with_bus(wording.long_date(tour.date), tour.bus))
    return typeset(pages, plan, ground, size)


def _notes_page(plan: Plan, ground: Ground, look: Part, title: str, paper: Paper) -> Part:
    """Return a page to write on: the back of what has an odd number of pages."""
    room = paper.height_mm - BAND_MM - GAP_MM - note_mm(plan, ground)
    return table_page(look, title, [], room, paper)
