"""The command that writes the public notices of a plan."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import speaking, translator
from tours.cli.terminal import (
    Week,
    Where,
    paper_language,
    say,
    say_path,
    stored_plan,
    warn,
    working,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.places import Place
    from maps.basemap import Basemap
    from maps.noticewords import NoticeWords
    from tours.announced import Announcement
    from tours.config import Config
    from tours.plan import Plan

_ = translator("tours")

notices_app = typer.Typer()


class Paper(StrEnum):
    """Sizes of paper."""

    A4 = "a4"
    A3 = "a3"


PaperSize = Annotated[Paper, typer.Option("--paper", help=_("Size of the paper."))]


@notices_app.command(
    help=_("Write a public notice per place of a plan, with the next dates; PDF, A4 or A3.")
)
def notices(
    week: Week = None,
    paper: PaperSize = Paper.A4,
    workspace: Where = None,
) -> None:
    """Write a public notice per place of a plan, with the next dates."""
    from geodata.places import load_places
    from maps.basemap import build_basemap
    from maps.noticewords import load_words
    from tours.announced import repeated_after
    from tours.config import load_config
    from tours.writing import write_files

    space, stored = stored_plan(workspace, week)
    region = space.load_region()
    config = load_config(space.config_file, region.municipalities)
    places = load_places(space.places_file, region)
    words = load_words(config.notice.languages, space.notice_folder)
    others = space.plans_around(stored, warn)
    path = space.out_folder(stored.week) / "notices.pdf"
    with speaking(paper_language()), working(_("Setting the notices")):
        basemap = build_basemap(region, space.load_network(region))
        shown = announced_places(stored, others, config, places)
        write_files({path: notices_pdf(stored, shown, config, basemap, words, paper.value)})
    if last := repeated_after(stored, others, shown):
        say(
            Text(
                _(
                    "Dates after {week} repeat the plan, less the days without service. Print the "
                    "notices anew when a later plan changes them."
                ).format(week=last)
            )
        )
    say_path(path)


def announced_places(
    stored: Plan,
    others: Iterable[Plan],
    config: Config,
    places: Iterable[Place],
    *,
    is_whole: bool = False,
) -> tuple[Announcement, ...]:
    """Return what is told of the places of a plan, as far as they are for the public still."""
    from tours.announced import announce

    # Since the plan was made, the team may have thought better of it.
    hidden = {place.id for place in places if not place.is_public or place.status == "retired"}
    return announce(
        stored,
        others,
        state=config.state,
        no_service=config.no_service,
        hidden=hidden,
        is_whole=is_whole,
    )


def notices_pdf(
    stored: Plan,
    shown: Sequence[Announcement],
    config: Config,
    basemap: Basemap,
    words: Sequence[NoticeWords],
    paper: str = "a4",
) -> bytes:
    """Return the notices of a plan as the settings want them."""
    from maps.notices import render_notices

    return render_notices(
        stored,
        shown,
        basemap,
        words,
        ages=config.ages,
        contact=config.notice.contact,
        paper=paper,
    )
