"""Sheets for the bus: the week at a glance, a day sheet per afternoon, a map per stop (PDF)."""

from __future__ import annotations

from maps.basemap import Basemap
from maps.daysheet import day_page
from maps.ground import lay_ground
from maps.paper import typeset
from maps.stopmaps import stop_pages
from maps.weekpage import week_pages
from tours.plan import Plan


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
    pages = week_pages(plan, ground)
    for position in range(len(plan.tours)):
        pages.append(day_page(plan, ground, position, crew=crew))
        pages += stop_pages(plan, ground, position)
    return typeset(pages, plan, ground)
