"""The papers that a plan is written with: map, sheets, notices and calendar."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.language import speaking, translator
from tours.cli.calendar import calendar_file
from tours.cli.notices import announced_places, notices_pdf
from tours.cli.terminal import paper_language, working

if TYPE_CHECKING:
    from maps.noticewords import NoticeWords
    from tours.district import District
    from tours.plan import Plan
    from tours.team.day import Team
    from tours.workspace import Workspace

_ = translator("tours")


def notice_words(space: Workspace, district: District) -> Sequence[NoticeWords]:
    """Return what notices say; what is wrong with it shows before a plan is made, not after."""
    from maps.noticewords import load_words

    return load_words(district.config.notice.languages, space.notice_folder)


def drawn_papers(
    space: Workspace,
    district: District,
    team: Team,
    words: Sequence[NoticeWords],
    one: Plan,
    made: Sequence[Plan],
) -> dict[Path, bytes]:
    """Return the papers of a plan, each with where it goes.

    Parameters
    ----------
    space : Workspace
    district : District
    team : Team
        What the day sheets say beside the tour.
    words : sequence of NoticeWords
    one : Plan
    made : sequence of Plan
        All that were made with it; the next dates on notices are theirs as well.
    """
    from maps.basemap import build_basemap
    from maps.sheets import render_sheets
    from maps.webmap import render_webmap
    from tours.team.day import team_days
    from tours.visits.table import reasons_text

    folder, config = space.out_folder(one.week), district.config
    # New plans take the place of stored ones; “tours notices” warns of those that are damaged.
    around = space.plans_around(one, lambda _fault: None)
    others = list({plan.week: plan for plan in (*around, *made) if plan != one}.values())
    with speaking(paper_language()), working(_("Drawing map and sheets")):
        basemap = build_basemap(district.region, district.network)
        shown = announced_places(one, others, config, district.places)
        days = team_days(team, one)
        return {
            folder / "map.html": render_webmap(one, basemap).encode(),
            folder / "sheets.pdf": render_sheets(
                one, basemap, crew=config.crew, days=days, reasons=reasons_text()
            ),
            folder / "notices.pdf": notices_pdf(one, shown, config, basemap, words),
            folder / "week.ics": calendar_file(space, one, others, config, district.places, team),
        }
