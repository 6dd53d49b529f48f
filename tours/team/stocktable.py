"""The stock as a table, as JSON, and what is to be bought."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from geodata.language import translator
from tours.dates import short_date
from tours.team.stock import Supply

_ = translator("tours")


def render_stock(supplies: Sequence[Supply]) -> RenderableType:
    """Return the stock with its levels as something rich can print."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(_("Item"), min_width=24)
    table.add_column("id")
    for name in (_("Level"), _("Least"), _("Target"), _("Missing")):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column(_("Counted"), no_wrap=True)
    table.add_column("")
    for supply in supplies:
        item = supply.item
        table.add_row(
            escape(f"{item.name} ({item.unit})" if item.unit else item.name),
            item.id,
            _("unknown") if supply.level is None else str(supply.level),
            str(item.least),
            str(item.target),
            "–" if supply.missing is None else str(supply.missing),
            short_date(supply.counted) if supply.counted else _("never"),
            _state(supply),
        )
    return table


def _state(supply: Supply) -> str:
    if supply.level is None:
        return _moved(supply)
    if supply.is_overdrawn:
        return _("more used than there was: count again")
    return _("below the least level") if supply.is_short else ""


def _moved(supply: Supply) -> str:
    """Return what is known of an item that nobody has counted; empty if nothing is."""
    text = ""
    if supply.used and supply.added:
        text = _("since the beginning {used} used and {added} added")
    elif supply.used:
        text = _("since the beginning {used} used")
    elif supply.added:
        text = _("since the beginning {added} added")
    return text.format(used=supply.used, added=supply.added)


def _to_count(supply: Supply) -> str:
    """Return an item that has to be counted, and why."""
    never = _("not counted yet") if supply.level is None else ""
    return f"{supply.item.name} ({', '.join(filter(None, (_state(supply), never)))})"


def render_purchases(supplies: Sequence[Supply]) -> RenderableType:
    """Return what is to be bought to reach the targets, and what nobody has counted."""
    short = [supply for supply in supplies if supply.is_short]
    parts: list[RenderableType] = []
    if short:
        parts.append(Text(_("Below the least level, to be bought up to the target:"), style="bold"))
        for supply in short:
            amount = f"{supply.missing} {supply.item.unit}".strip()
            line = _("{amount}: {name} (there are {level}, at least {least}, target {target})")
            parts.append(
                Text(
                    "  "
                    + line.format(
                        amount=amount,
                        name=supply.item.name,
                        level=supply.level,
                        least=supply.item.least,
                        target=supply.item.target,
                    )
                )
            )
    uncounted = [supply for supply in supplies if supply.level is None or supply.is_overdrawn]
    if uncounted:
        parts.append(Text(_("To be counted with “tours stock count”:"), style="bold"))
        parts += [Text(f"  {_to_count(one)}") for one in uncounted]
    if not parts:
        text = _("{number} items, nothing below its least level.")
        parts.append(Text(text.format(number=len(supplies))))
    return Group(*parts)


def render_uncounted(supplies: Sequence[Supply]) -> RenderableType | None:
    """Return how levels become known that nobody has counted yet; None if all are known."""
    ids = [supply.item.id for supply in supplies if supply.level is None]
    if not ids:
        return None
    text = _("The level is unknown until somebody counts: {command}")
    command = " ".join(["tours stock count", *(_("{id}=NUMBER").format(id=one) for one in ids)])
    return Text(text.format(command=command))


def render_stock_json(supplies: Sequence[Supply]) -> str:
    """Return the stock with its levels as JSON.

    What was used and added counts since the last count; before any, since the log begins.
    """
    rows = [
        {
            "id": supply.item.id,
            "name": supply.item.name,
            "unit": supply.item.unit,
            "level": supply.level,
            "min": supply.item.least,
            "target": supply.item.target,
            "missing": supply.missing,
            "is_short": supply.is_short,
            "is_overdrawn": supply.is_overdrawn,
            "counted": supply.counted.isoformat() if supply.counted else None,
            "used_since": supply.used,
            "added_since": supply.added,
            "note": supply.item.note,
        }
        for supply in supplies
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
