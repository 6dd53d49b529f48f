"""The partners of the team as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from geodata.language import translator
from tours.team.partners import Partner

_ = translator("tours")


def render_partners(partners: Sequence[Partner]) -> RenderableType:
    """Return the partners as something rich can print, those for emergencies first."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in (_("Partner"), _("Telephone"), _("Hours"), _("Area"), _("Languages")):
        table.add_column(name)
    for one in sorted(partners, key=lambda partner: not partner.is_emergency):
        name = f"{one.name} · {one.role}" if one.role else one.name
        table.add_row(
            escape(_("{name} (emergency)").format(name=name) if one.is_emergency else name),
            escape(one.phone),
            escape(one.hours or _("not known")),
            escape(one.area or _("whole district")),
            escape(one.languages),
        )
    return table


def render_partners_json(partners: Sequence[Partner]) -> str:
    """Return the partners as JSON."""
    rows = [
        {
            "name": one.name,
            "role": one.role,
            "phone": one.phone,
            "dial": one.dial,
            "is_emergency": one.is_emergency,
            "hours": one.hours,
            "municipalities": sorted(one.municipalities),
            "languages": one.languages,
            "note": one.note,
        }
        for one in partners
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
