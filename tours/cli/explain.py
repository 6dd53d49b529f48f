"""Commands that explain plans: what changed, why a place is not in, what a stop is worth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import translator
from tours.cli.terminal import (
    AsJson,
    Where,
    former_plans,
    progress,
    say,
    say_json,
    stored_plan,
    warn,
)

if TYPE_CHECKING:
    from tours.plan import Plan

_ = translator("tours")

explain_app = typer.Typer()


@explain_app.command(help=_("Say what differs between two plans: stops, times, kilometres."))
def diff(
    first: Annotated[
        str,
        typer.Argument(
            metavar="A",
            help=_("Calendar week, 2026-W48, KW48 or 24.11.2026, or a plan file."),
        ),
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
        say_json(render_diff_json(before, after))
        return
    say(render_diff(before, after))


@explain_app.command(
    "explain",
    help=_("Say why a place is not in a plan and what it would cost; what a stop is worth."),
)
def explain_(
    place: Annotated[
        str, typer.Argument(metavar=_("PLACE"), help=_("Id of a place, or a part of its name."))
    ],
    week: Annotated[
        str | None,
        typer.Option(
            help=_(
                "Calendar week: 2026-W48, KW48, next or a day of it, 24.11.2026; else the last one "
                "planned."
            )
        ),
    ] = None,
    workspace: Where = None,
    time_limit: Annotated[
        float, typer.Option(min=0, help=_("Seconds in which it is to be proven."))
    ] = 120,
    as_json: AsJson = False,
) -> None:
    """Say why a place is not in a plan and what it would cost; what a stop is worth."""
    from tours.commandline import command_line
    from tours.cycle import alone, replanned
    from tours.explain.explain import explain
    from tours.explain.reasons import (
        command_of,
        render_explanation,
        render_explanation_json,
    )
    from tours.naming import find_place
    from tours.wishes import options_of

    space, stored = stored_plan(workspace, week)
    district = space.load_district()
    found = find_place(district, place)
    others = former_plans(space, stored.cycle) | {stored.week: stored}
    is_torn = bool(replanned(stored, others))
    if is_torn:
        # The other weeks have plans of their own by now, which nothing is to overwrite.
        stored = alone(stored)
        others = {stored.week: stored}
    weeks = stored.cycle or (stored.week,)
    with progress() as on_progress:
        made = explain(
            district,
            [others[one] for one in weeks],
            stored.week,
            found,
            earlier=space.earlier_plans(weeks[0], district.config.weeks_back, warn),
            is_torn=is_torn,
            time_limit=time_limit,
            on_progress=on_progress,
        )
    where = ["--workspace", str(workspace)] if workspace else []
    what = command_of(made, where, options_of(stored, besides=found.id))
    if as_json:
        say_json(render_explanation_json(made, what and what[1]))
        return
    say(render_explanation(made))
    if what is not None:
        print()
        say(Text(what[0]))
        print(f"  {command_line(what[1])}")


def _plan_of(text: str, workspace: Path | None) -> Plan:
    """Return the plan of a week in the workspace, or that of a file."""
    from tours.cli.usage import checked_week
    from tours.plan import load_plan
    from tours.workspace import open_workspace

    path = Path(text)
    if path.suffix == ".json" or path.is_file():
        return load_plan(path)
    checked_week(text)
    space = open_workspace(workspace or Path())
    return space.load_plan(checked_week(text, space.weeks()))
