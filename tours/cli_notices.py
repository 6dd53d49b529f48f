"""The command that writes the public notices of a plan."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.text import Text

from geodata.language import speaking, translator
from tours.terminal import Week, Where, paper_language, say, say_path, stored_plan, warn, working

_ = translator("tours")

notices_app = typer.Typer()


class Paper(StrEnum):
    """Sizes of paper."""

    A4 = "a4"
    A3 = "a3"


@notices_app.command(
    help=_("Write a public notice per place of a plan, with the next dates; PDF, A4 or A3.")
)
def notices(
    week: Week = None,
    paper: Annotated[Paper, typer.Option(help=_("Size of the paper."))] = Paper.A4,
    workspace: Where = None,
) -> None:
    """Write a public notice per place of a plan, with the next dates."""
    from geodata.places import load_places
    from maps.basemap import build_basemap
    from maps.notices import render_notices
    from maps.noticewords import load_words
    from tours.announced import announce, repeated_after
    from tours.config import load_config
    from tours.workspace import write_files

    space, stored = stored_plan(workspace, week)
    region = space.load_region()
    config = load_config(space.config_file, region.municipalities)
    words = load_words(config.notice.languages, space.notice_folder)
    others = space.plans_around(stored, warn)
    # Since the plan was made, the team may have thought better of it.
    hidden = {
        place.id
        for place in load_places(space.places_file, region)
        if not place.is_public or place.status == "retired"
    }
    places = announce(
        stored, others, state=config.state, no_service=config.no_service, hidden=hidden
    )
    path = space.out_folder(stored.week) / "notices.pdf"
    with speaking(paper_language()), working(_("Setting the notices")):
        basemap = build_basemap(region, space.load_network(region))
        pdf = render_notices(
            stored,
            places,
            basemap,
            words,
            ages=config.ages,
            contact=config.notice.contact,
            paper=paper.value,
        )
        write_files({path: pdf})
    if last := repeated_after(stored, others, places):
        say(
            Text(
                _(
                    "Dates after {week} repeat the plan, less the days without service. Print the "
                    "notices anew when a later plan changes them."
                ).format(week=last)
            )
        )
    say_path(path)
