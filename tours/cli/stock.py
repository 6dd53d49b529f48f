"""Commands about what the bus carries: counts, use, and what is to be bought."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import translator
from tours.cli.now import moment, today
from tours.cli.terminal import AsJson, Where, say, say_json, say_path
from tours.cli.visit import read_date
from tours.errors import TeamError

if TYPE_CHECKING:
    from tours.team.stock import Item, Supply
    from tours.team.stocklog import Entry
    from tours.workspace import Workspace

_ = translator("tours")

stock_app = typer.Typer(
    help=_("Stock of the bus: what there is, what was used, what is to be bought."),
    no_args_is_help=True,
)

Amounts = Annotated[
    list[str],
    typer.Argument(
        metavar=_("ITEM=NUMBER"),
        help=_("Id of an item or a part of its name, and how many; can be repeated."),
    ),
]
Day = Annotated[
    str | None,
    typer.Option(
        "--date", help=_("Day that it is about, 2026-11-25, 25.11.2026 or 25.11.; else today.")
    ),
]


@stock_app.command("list", help=_("Print the stock with its levels and what is missing."))
def list_(workspace: Where = None, as_json: AsJson = False) -> None:
    """Print the stock with its levels and what is missing."""
    from tours.team.stocktable import render_stock, render_stock_json

    space, items, entries = _stock(workspace)
    found = _supplies(space, items, entries)
    if as_json:
        say_json(render_stock_json(found))
        return
    say(render_stock(found), *_notes(items, entries))


@stock_app.command("use", help=_("Log what was used."))
def use(amounts: Amounts, workspace: Where = None, date: Day = None) -> None:
    """Log what was used."""
    _log("use", amounts, workspace, date)


@stock_app.command("add", help=_("Log what was bought and put in."))
def add(amounts: Amounts, workspace: Where = None, date: Day = None) -> None:
    """Log what was bought and put in."""
    _log("add", amounts, workspace, date)


@stock_app.command("count", help=_("Log how many there are by count; levels begin anew with it."))
def count(amounts: Amounts, workspace: Where = None, date: Day = None) -> None:
    """Log how many there are by count."""
    _log("count", amounts, workspace, date)


@stock_app.command("check", help=_("Check the lists, and print what is to be bought."))
def check(workspace: Where = None) -> None:
    """Check the lists, and print what is to be bought."""
    from tours.team.stocktable import render_purchases

    space, items, entries = _stock(workspace)
    say(render_purchases(_supplies(space, items, entries)), *_notes(items, entries))


def _stock(
    workspace: Path | None,
) -> tuple[Workspace, tuple[Item, ...], tuple[Entry, ...]]:
    """Read the list and its log, with the faults of both at once."""
    from geodata.errors import Fault
    from tours.team.stock import load_stock
    from tours.team.stocklog import load_stock_log
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    faults: list[Fault] = []
    items: tuple[Item, ...] = ()
    entries: tuple[Entry, ...] = ()
    try:
        items = load_stock(space.stock_file)
    except TeamError as error:
        faults += error.faults
    try:
        entries = load_stock_log(space.stock_log_file)
    except TeamError as error:
        faults += error.faults
    if faults:
        raise TeamError.collected(faults)
    return space, items, entries


def _supplies(
    space: Workspace, items: Sequence[Item], entries: Sequence[Entry]
) -> tuple[Supply, ...]:
    from tours.team.listfile import begun
    from tours.team.stock import COLUMNS, supplies

    return supplies(begun(tuple(items), space.stock_file, COLUMNS), entries, today())


def _notes(items: Sequence[Item], entries: Sequence[Entry]) -> list[Text]:
    from tours.team.stock import unknown_items

    notes: list[Text] = []
    if unknown := unknown_items(items, entries):
        text = _("Logged, but not on the list of stock: {ids}").format(ids=", ".join(unknown))
        notes.append(Text(text))
    # The commands log nothing ahead; a year that was typed wrong would hide all later counts.
    if ahead := [entry for entry in entries if entry.date > today()]:
        text = _("Logged for days to come, and left out; correct them in stock_log.csv: {entries}")
        days = dict.fromkeys(f"{entry.item} {entry.date.isoformat()}" for entry in ahead)
        notes.append(Text(text.format(entries=", ".join(days))))
    return notes


def _log(change: str, amounts: Sequence[str], workspace: Path | None, date: str | None) -> None:
    from tours.dates import numeric_date
    from tours.team.stock import find_item
    from tours.team.stocklog import Entry, add_entries, load_stock_log
    from tours.team.stocktable import render_stock, render_uncounted

    space, items, _entries = _stock(workspace)
    _supplies(space, items, ())
    day = read_date(date, "--date") or today()
    if day > today():
        raise TeamError(
            _("{date} has not been yet").format(date=numeric_date(day)),
            where="--date",
            remedy=_("Log what was counted or used once it is"),
        )
    pairs = [(find_item(items, name), number) for name, number in read_amounts(amounts)]
    entries = [Entry(day, item.id, change, number) for item, number in pairs]
    add_entries(space.stock_log_file, entries, now=moment())
    touched = tuple(dict.fromkeys(item.id for item, _number in pairs))
    found = _supplies(space, items, load_stock_log(space.stock_log_file))
    shown = [supply for supply in found if supply.item.id in touched]
    say(render_stock(shown))
    if (hint := render_uncounted(shown)) is not None:
        say(hint)
    say_path(space.stock_log_file)


def read_amounts(texts: Sequence[str]) -> list[tuple[str, int]]:
    """Return items with numbers, as typed: ``ITEM=NUMBER`` each, or one ``ITEM NUMBER``.

    Raises
    ------
    TeamError
        With every fault.
    """
    from geodata.errors import Fault
    from tours.team.stocklog import MOST

    parts = [text.rpartition("=") for text in texts]
    if len(texts) == 2 and not any(sign for _name, sign, _number in parts):
        parts = [(texts[0], "=", texts[1])]
    found: list[tuple[str, int]] = []
    faults: list[Fault] = []
    for (name, sign, number), text in zip(parts, texts, strict=False):
        is_number = number.strip().isascii() and number.strip().isdecimal()
        if sign and name.strip() and is_number and int(number) <= MOST:
            found.append((name.strip(), int(number)))
            continue
        faults.append(
            Fault(
                _("“{text}” does not say of what how many").format(text=text),
                remedy=_("Write it as in plaster=3, with a whole number up to {most}").format(
                    most=MOST
                ),
            )
        )
    if faults:
        raise TeamError.collected(faults)
    return found
