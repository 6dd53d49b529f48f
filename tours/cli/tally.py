"""The command of the monthly tally."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import translator
from tours.cli.now import moment, today
from tours.cli.terminal import AsJson, Where, agrees, ask, note, say, say_json, say_path
from tours.cli.visit import may_log
from tours.errors import VisitError

if TYPE_CHECKING:
    from tours.config import Config
    from tours.tally.changes import TallyChange
    from tours.tally.listfile import TallyList
    from tours.tally.tally import Tally
    from tours.workspace import Workspace

_ = translator("tours")

tally_app = typer.Typer()
# Beside each of these options the others would not be heard.
ALONE = {
    "--import": ("--count", "--list", "--district", "--json"),
    "--count": ("--list", "--district", "--json"),
    "--list": ("--district",),
    "--district": ("--area", "--month"),
}


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
    from tours.tally.dialog import find_area
    from tours.tally.tally import read_month
    from tours.workspace import open_workspace

    _refuse_unheard(
        {
            **{"--import": file, "--count": count, "--list": is_list, "--district": district},
            **{"--json": as_json, "--area": area, "--month": month, "--yes": yes},
        }
    )
    space = open_workspace(workspace or Path())
    config = load_config(space.config_file, space.load_region().municipalities)
    if district is not None:
        _print_district(space, config, district, as_json=as_json)
        return
    areas = _areas(config)
    chosen = None if area is None else find_area(areas, area)
    day = None if month is None else read_month(month, today())
    if file is not None:
        _import(file, space, config, area=chosen, month=day, yes=yes)
    elif is_list:
        _print_list(space, config, chosen, day, as_json=as_json)
    elif count:
        if chosen is None or day is None:
            raise VisitError(
                _("--count says nothing without an area and a month"),
                remedy=_("Add --area and --month, or leave --count out to be asked"),
            )
        _log(space, [_by_option(one, _items(config), chosen, day) for one in count])
    else:
        _ask(space, config, chosen, day)


def _refuse_unheard(given: Mapping[str, object]) -> None:
    """Refuse options that are given and would have no effect."""
    for first, others in ALONE.items():
        for second in others:
            if given[first] and given[second]:
                raise VisitError(
                    _("{first} and {second} cannot be together").format(first=first, second=second),
                    remedy=_("Leave out one of the two"),
                )
    if given["--yes"] and not given["--import"]:
        raise VisitError(
            _("--yes says nothing without --import"), remedy=_("Add --import, or leave it out")
        )


def _areas(config: Config) -> list[str]:
    return [*(one.name for one in config.areas), ""]


def _items(config: Config) -> list[tuple[str, str]]:
    """Return kind and item of all that is counted, in the order of the settings."""
    from tours.tally.tally import AGE, TOPIC, age_bands

    bands, topics = age_bands(*config.ages), config.privacy.topics
    return [*((AGE, band) for band in bands), *((TOPIC, topic) for topic in topics)]


def _print_district(space: Workspace, config: Config, quarter: str, *, as_json: bool) -> None:
    """Print what may leave the house of a quarter."""
    from tours.coverage.periods import read_quarter
    from tours.tally.table import render_district_tally, render_district_tally_json
    from tours.tally.tally import age_bands, district_tally

    period = read_quarter(quarter)
    known, bands = space.visit_log.tallies(), age_bands(*config.ages)
    shown = district_tally(known, period, bands, config.privacy.topics)
    if period.last >= today():
        text = _(
            "{quarter} is not over: what leaves the house now, and once more when it is, can be "
            "set against each other"
        )
        note(text.format(quarter=period.name))
    if as_json:
        say_json(render_district_tally_json(shown, period.name))
    else:
        say(render_district_tally(shown, period.name))


def _print_list(
    space: Workspace,
    config: Config,
    area: str | None,
    month: dt.date | None,
    *,
    as_json: bool,
) -> None:
    """Print what is counted, for the team."""
    from tours.tally.table import render_tallies, render_tallies_json

    rank = {item: number for number, item in enumerate(_items(config))}
    some = [
        one
        for one in space.visit_log.tallies()
        if (area is None or one.area == area) and (month is None or one.month == month)
    ]
    # In the order of the settings, what is no longer counted last.
    some.sort(key=lambda one: (one.month, one.area, rank.get((one.kind, one.item), len(rank))))
    if as_json:
        say_json(render_tallies_json(some))
    else:
        say(render_tallies(some))


def _ask(space: Workspace, config: Config, area: str | None, month: dt.date | None) -> None:
    """Ask number by number, and log what was told."""
    from tours.tally.dialog import ask_tally
    from tours.tally.table import render_tallies

    say(
        Text(
            _(
                "Numbers only, each person or conversation once and in one area. Enter leaves "
                "a number as it is."
            )
        )
    )
    made = ask_tally(
        _areas(config),
        _items(config),
        space.visit_log.tallies(),
        today(),
        area=area,
        month=month,
        ask=ask,
        tell=lambda text: say(Text(text)),
    )
    if made:
        say(render_tallies(made))
    if not made or not agrees(_("Log this?")):
        say(Text(_("Nothing was logged.")))
        return
    _log(space, made)


def _log(space: Workspace, made: Sequence[Tally]) -> None:
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
    from tours.tally.tally import age_bands

    names = TallyNames(
        _areas(config),
        age_bands(*config.ages),
        config.privacy.topics,
        town_words(config.areas, space.load_region().municipalities),
    )
    found = load_tally_list(file, names, today(), area=area, month=month)
    changes = tally_changes(found.tallies, space.visit_log.tallies())
    _show(found, changes)
    if all(one.is_same for one in changes) or not may_log(yes):
        return
    logged = space.visit_log.count_decided(
        # Again, since somebody may have counted something meanwhile.
        lambda known: agreed_tallies(changes, known),
        now=moment(),
    )
    say(Text(_("{number} logged").format(number=len(logged))))
    say_path(space.visit_log.path)


def _show(found: TallyList, changes: Sequence[TallyChange]) -> None:
    """Show what a list would change, and what of it is not read."""
    from tours.tally.table import render_tally_changes

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
    if num_changed:
        say(
            Text(
                _(
                    "Changed numbers take the place of what was counted; the log keeps what was "
                    "there."
                )
            )
        )


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
