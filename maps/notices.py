"""Public notices: a page per place, to be hung up where the bus comes (PDF)."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.language import translator
from maps import wording
from maps.basemap import Basemap
from maps.ground import lay_ground
from maps.lettering import printable
from maps.noticepage import notice_page
from maps.noticewords import NoticeWords
from maps.paper import Part, compile_pdf
from maps.style import A3_MM, A4_MM
from maps.typefaces import all_fonts
from tours.announced import Announcement
from tours.calendar import week_dates
from tours.plan import Plan

_ = translator("maps")

PAPERS = {"a4": A4_MM, "a3": A3_MM}


def render_notices(
    plan: Plan,
    announcements: Sequence[Announcement],
    basemap: Basemap,
    words: Sequence[NoticeWords],
    *,
    ages: tuple[int, int],
    contact: str = "",
    paper: str = "a4",
) -> bytes:
    """Return the public notices of a week as one PDF, the same bytes for the same input.

    Parameters
    ----------
    plan : Plan
    announcements : sequence of Announcement
        The public places of the plan, each of which gets a page.
    basemap : Basemap
        Of the plan's district.
    words : sequence of NoticeWords
        One to four languages, the first one in large letters.
    ages : tuple of int
        First and last age that the service is for.
    contact : str
        How to reach the service; empty to print nothing.
    paper : str
        ``a4`` or ``a3``.
    """
    ground = lay_ground(basemap)
    width, height = PAPERS[paper]
    enlarged = width / A4_MM[0]
    pages: list[Part] = [
        notice_page(
            place,
            ground,
            words,
            service=plan.service,
            ages=ages,
            contact=contact,
            paper=paper,
            enlarged=enlarged,
        )
        for place in announcements
    ]
    week = wording.week_label(plan.week)
    nobody = _("In {week} the bus comes to no public place.").format(week=week)
    document = {
        "lang": words[0].language,
        "title": printable(f"{plan.service} · {plan.district} · {week}"),
        "foot": printable(f"{plan.district} · {week} · {wording.plan_label(plan)}"),
        "width": width,
        "height": height,
        "enlarged": enlarged,
        "pages": pages or [{"kind": "none", "service": printable(plan.service), "text": nobody}],
    }
    return compile_pdf("notices.typ", document, week_dates(plan.week)[0], all_fonts())
