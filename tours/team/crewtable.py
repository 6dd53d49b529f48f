"""The roster of the crew as a table and as JSON, and what it lacks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from geodata.errors import Fault
from geodata.language import translator
from tours.calendar import week_of
from tours.dates import long_date
from tours.team.crewrules import CrewRules, Staffing

_ = translator("tours")


def render_roster(afternoons: Sequence[Staffing], rules: CrewRules) -> RenderableType:
    """Return who is on the bus on each afternoon, and who is missing, for rich to print."""
    if not afternoons:
        return Text(_("No afternoon is driven in this time, so nobody is missing."))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(_("Afternoon"), no_wrap=True)
    table.add_column(_("On the bus"))
    table.add_column(_("Missing"))
    for one in afternoons:
        day = long_date(one.day)
        name = _("{day}, bus {bus}").format(day=day, bus=one.bus) if one.bus else day
        there = [f"{m.name} ({m.role})" if m.role else m.name for m in one.members]
        missing = [*([str(one.missing)] if one.missing else []), *one.missing_roles]
        table.add_row(escape(name), escape(", ".join(there) or "–"), escape(", ".join(missing)))
    return Group(table, Text(), Text(_verdict(afternoons, rules)))


def _verdict(afternoons: Sequence[Staffing], rules: CrewRules) -> str:
    lacking = sum(not one.is_enough for one in afternoons)
    text = _("Nobody is missing on any afternoon up to {day} ({number} checked, {least} persons).")
    if lacking:
        text = _("Somebody is missing on {lacking} of {number} afternoons up to {day}.")
    last = max(one.day for one in afternoons)
    return text.format(
        day=long_date(last), number=len(afternoons), least=rules.at_least, lacking=lacking
    )


def render_roster_json(afternoons: Sequence[Staffing]) -> str:
    """Return who is on the bus on each afternoon, and who is missing, as JSON."""
    rows = [
        {
            "week": week_of(one.day),
            "date": one.day.isoformat(),
            "bus": one.bus,
            "members": [{"name": m.name, "role": m.role} for m in one.members],
            "missing": one.missing,
            "missing_roles": list(one.missing_roles),
        }
        for one in afternoons
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def render_gaps(faults: Iterable[Fault]) -> RenderableType:
    """Return what a roster lacks, below a timetable."""
    lines = [Text(f"  {fault.what}") for fault in faults]
    return Group(Text(_("Crew (crew.csv):"), style="bold"), *lines)
