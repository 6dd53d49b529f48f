"""The roster of the crew as a table, and what it lacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from geodata.errors import Fault
from geodata.language import translator
from tours.crew import Turn, members
from tours.dates import long_date

_ = translator("tours")


def render_roster(turns: Sequence[Turn], drives: Iterable[tuple[dt.date, str]]) -> RenderableType:
    """Return who is on the bus on each afternoon as something rich can print."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(_("Afternoon"), no_wrap=True)
    table.add_column(_("On the bus"))
    for day, bus in drives:
        name = _("{day}, bus {bus}").format(day=long_date(day), bus=bus) if bus else long_date(day)
        there = [f"{m.name} ({m.role})" if m.role else m.name for m in members(turns, day, bus)]
        table.add_row(escape(name), escape(", ".join(there) or "–"))
    return table


def render_gaps(faults: Iterable[Fault]) -> RenderableType:
    """Return what a roster lacks, below a timetable."""
    lines = [Text(f"  {fault.what}") for fault in faults]
    return Group(Text(_("Crew (crew.csv):"), style="bold"), *lines)
