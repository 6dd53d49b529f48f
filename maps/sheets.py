"""Sheets for the bus: the week at a glance, a day sheet per afternoon, a map per stop (PDF)."""

from __future__ import annotations

from collections.abc import Mapping

from maps.basemap import Basemap
from maps.daysheet import day_page
from maps.ground import lay_ground
from maps.paper import typeset
from maps.stopmaps import stop_pages
from maps.teampage import team_pages
from maps.weekpage import week_pages
from tours.plan import Plan
from tours.teamday import TeamDay


def render_sheets(
    plan: Plan, basemap: Basemap, *, crew: int = 2, days: Mapping[str, TeamDay] | None = None
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
        sheet and on its back.
    """
    ground = lay_ground(basemap)
    pages = week_pages(plan, ground)
    for position, tour in enumerate(plan.tours):
        day = (days or {}).get(tour.id)
        pages.append(day_page(plan, ground, position, crew=crew, day=day))
        pages += team_pages(plan, ground, position, day) if day else []
        pages += stop_pages(plan, ground, position)
    return typeset(pages, plan, ground)
