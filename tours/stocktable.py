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
from tours.stock import Supply

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
            "–" if supply.level is None else str(supply.level),
            str(item.least),
            str(item.target),
            "–" if supply.missing is None else str(supply.missing),
            short_date(supply.counted) if supply.counted else _("never"),
            _state(supply),
        )
    return table


def _state(supply: Supply) -> str:
    if supply.level is None:
        return _("to be counted")
    if supply.is_overdrawn:
        return _("more used than there was: count again")
    return _("below the least level") if supply.is_short else ""


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
    uncounted = [s.item.name for s in supplies if s.level is None or s.is_overdrawn]
    if uncounted:
        text = _("To be counted with “tours stock count”: {names}")
        parts.append(Text(text.format(names=", ".join(uncounted))))
    if not parts:
        text = _("{number} items, nothing below its least level.")
        parts.append(Text(text.format(number=len(supplies))))
    return Group(*parts)


def render_stock_json(supplies: Sequence[Supply]) -> str:
    """Return the stock with its levels as JSON."""
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
            "counted": supply.counted.isoformat() if supply.counted else None,
            "note": supply.item.note,
        }
        for supply in supplies
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
