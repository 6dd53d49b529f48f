"""The command of the monthly tally."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import translator
from tours.cli.now import moment, today
from tours.cli.terminal import AsJson, Where, agrees, ask, say, say_json, say_path
from tours.cli.visit import may_log
from tours.errors import VisitError

if TYPE_CHECKING:
    from tours.config import Config
    from tours.tally.tally import Tally
    from tours.workspace import Workspace

_ = translator("tours")

tally_app = typer.Typer()


@tally_app.command(
    "tally",
    help=_(
        "Count ages and topics of a month by area, asked number by number or by a list; never by "
        "visit, no names."
    ),
)
def tally(
    workspace: Where = None,
    area: Annotated[
        str | None, typer.Option(help=_("Area, by name or by the beginning of it."))
    ] = None,
    month: Annotated[str | None, typer.Option(help=_("Month, 2026-10 or 10.2026."))] = None,
    count: Annotated[
        list[str] | None,
        typer.Option(
            metavar=_("WHAT=NUMBER"),
            help=_("A number, as in 14-15=3 or school=5; can be repeated, and nothing is asked."),
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--import",
            metavar=_("FILE"),
            help=_(
                "Log the numbers of a list, CSV or XLSX; shown first, all of them or none. --area "
                "and --month where it has no such column."
            ),
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help=_("Do not ask, log the numbers of the list."))
    ] = False,
    is_list: Annotated[
        bool, typer.Option("--list", help=_("Print what is counted, for the team."))
    ] = False,
    district: Annotated[
        str | None,
        typer.Option(
            metavar=_("QUARTER"),
            help=_("Print what may leave the house of a quarter, 2026-Q3: small numbers hidden."),
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Count ages and topics of a month by area, or print what is counted."""
    from tours.config import load_config
    from tours.tally.dialog import ask_tally, find_area
    from tours.tally.table import (
        render_district_tally,
        render_district_tally_json,
        render_tallies,
        render_tallies_json,
    )
    from tours.tally.tally import AGE, TOPIC, age_bands, district_tally, read_month, read_quarter
    from tours.workspace import open_workspace

    if file is not None:
        for option, is_given in (
            *(("--count", count), ("--list", is_list), ("--district", district)),
            ("--json", as_json),
        ):
            if is_given:
                raise VisitError(
                    _("--import and {option} cannot be together").format(option=option),
                    remedy=_("Leave out one of the two"),
                )
    elif yes:
        raise VisitError(
            _("--yes says nothing without --import"), remedy=_("Add --import, or leave it out")
        )
    space = open_workspace(workspace or Path())
    config = load_config(space.config_file, space.load_region().municipalities)
    bands, topics = age_bands(*config.ages), config.privacy.topics
    items = [*((AGE, band) for band in bands), *((TOPIC, topic) for topic in topics)]
    known = space.visit_log.tallies()
    if district is not None:
        months = read_quarter(district)
        shown = district_tally(known, months, bands, topics)
        name = f"{months[0]:%Y}-Q{(months[0].month + 2) // 3}"
        if as_json:
            say_json(render_district_tally_json(shown, name))
        else:
            say(render_district_tally(shown, name))
        return
    areas = [*(one.name for one in config.areas), ""]
    chosen = None if area is None else find_area(areas, area)
    day = None if month is None else read_month(month, today())
    if file is not None:
        _import(file, space, config, area=chosen, month=day, yes=yes)
        return
    if is_list:
        rank = {item: number for number, item in enumerate(items)}
        some = [
            one
            for one in known
            if (chosen is None or one.area == chosen) and (day is None or one.month == day)
        ]
        # In the order of the settings, what is no longer counted last.
        some.sort(key=lambda one: (one.month, one.area, rank.get((one.kind, one.item), len(rank))))
        if as_json:
            say_json(render_tallies_json(some))
        else:
            say(render_tallies(some))
        return
    if count:
        if chosen is None or day is None:
            raise VisitError(
                _("--count says nothing without an area and a month"),
                remedy=_("Add --area and --month, or leave --count out to be asked"),
            )
        made = [_by_option(one, items, chosen, day) for one in count]
    else:
        say(
            Text(
                _(
                    "Numbers only, each person or conversation once and in one area. Enter leaves "
                    "a number as it is."
                )
            )
        )
        made = ask_tally(
            areas,
            items,
            known,
            today(),
            area=chosen,
            month=day,
            ask=ask,
            tell=lambda text: say(Text(text)),
        )
        if made:
            say(render_tallies(made))
        if not made or not agrees(_("Log this?")):
            say(Text(_("Nothing was logged.")))
            return
    space.visit_log.count(made, now=moment())
    say(Text(_("{number} logged").format(number=len(made))))
    say_path(space.visit_log.path)


def _import(
    file: Path,
    space: Workspace,
    config: Config,
    *,
    area: str | None,
    month: dt.date | None,
    yes: bool,
) -> None:
    """Log the numbers of a list; shown first, all of them or none."""
    from tours.tally.changes import agreed_tallies, tally_changes
    from tours.tally.listfile import load_tally_list
    from tours.tally.names import TallyNames, town_words
    from tours.tally.table import render_tally_changes
    from tours.tally.tally import age_bands

    names = TallyNames(
        [*(one.name for one in config.areas), ""],
        age_bands(*config.ages),
        config.privacy.topics,
        town_words(config.areas, space.load_region().municipalities),
    )
    found = load_tally_list(file, names, today(), area=area, month=month)
    changes = tally_changes(found.tallies, space.visit_log.tallies())
    num_new = sum(one.is_new for one in changes)
    num_same = sum(one.is_same for one in changes)
    num_changed = len(changes) - num_new - num_same
    say(render_tally_changes(changes))
    if found.unread:
        say(Text(_("Columns that are not read: {names}").format(names=", ".join(found.unread))))
    if found.sums:
        lines = ", ".join(map(str, found.sums))
        say(Text(_("Lines that are sums and are not read: {lines}").format(lines=lines)))
    if found.num_twice:
        say(
            Text(
                _("Numbers that stand there twice and are counted once: {number}").format(
                    number=found.num_twice
                )
            )
        )
    say(
        Text(
            _("{new} new, {changed} changed, {same} are counted already").format(
                new=num_new, changed=num_changed, same=num_same
            )
        )
    )
    if num_same == len(changes):
        say(Text(_("The list changes nothing.")))
        return
    if num_changed:
        say(
            Text(
                _(
                    "Changed numbers take the place of what was counted; the log keeps what was "
                    "there."
                )
            )
        )
    if not may_log(yes):
        return
    logged = space.visit_log.count_decided(
        # Again, since somebody may have counted something meanwhile.
        lambda known: agreed_tallies(changes, known),
        now=moment(),
    )
    say(Text(_("{number} logged").format(number=len(logged))))
    say_path(space.visit_log.path)


def _by_option(text: str, items: Sequence[tuple[str, str]], area: str, month: dt.date) -> Tally:
    """Return the number that an option tells."""
    from tours.tally.tally import Tally, item_text, read_count

    name, sign, number = text.rpartition("=")
    word = name.strip().casefold()
    for kind, item in items:
        if sign and word in (item.casefold(), item_text(kind, item).casefold()):
            return Tally(area, month, kind, item, read_count(number))
    raise VisitError(
        _("“{text}” is neither an age band nor a topic with its number").format(text=text),
        where="--count",
        remedy=_("Write one of these, “=” and a number: {names}").format(
            names=", ".join(item for _kind, item in items)
        ),
    )
