"""Commands that explain plans: what changed, why a place is not in, what a stop is worth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.language import translator
from tours.terminal import AsJson, Where, say

if TYPE_CHECKING:
    from tours.plan import Plan

_ = translator("tours")

explain_app = typer.Typer()


@explain_app.command(help=_("Say what differs between two plans: stops, times, kilometres."))
def diff(
    first: Annotated[
        str, typer.Argument(metavar="A", help=_("Calendar week, 2026-W48, or a plan file."))
    ],
    second: Annotated[
        str, typer.Argument(metavar="B", help=_("Calendar week or plan file to compare with."))
    ],
    workspace: Where = None,
    as_json: AsJson = False,
) -> None:
    """Say what differs between two plans: stops, times, kilometres."""
    from tours.changes import render_diff, render_diff_json

    before, after = (_plan_of(text, workspace) for text in (first, second))
    if as_json:
        print(render_diff_json(before, after), end="")
        return
    say(render_diff(before, after))


def _plan_of(text: str, workspace: Path | None) -> Plan:
    """Return the plan of a week in the workspace, or that of a file."""
    from tours.calendar import week_dates
    from tours.plan import load_plan
    from tours.workspace import open_workspace

    path = Path(text)
    if path.suffix == ".json" or path.is_file():
        return load_plan(path)
    week_dates(text)
    return open_workspace(workspace or Path()).load_plan(text)
