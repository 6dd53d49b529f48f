"""Commands about the roster of the crew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.errors import OutreachError
from geodata.language import translator
from tours.cli.terminal import AsJson, Where, say, say_json, warn
from tours.errors import PlanError, TeamError

if TYPE_CHECKING:
    import datetime as dt

    from rich.console import RenderableType

    from tours.config import Config
    from tours.plan import Plan
    from tours.workspace import Workspace

_ = translator("tours")

crew_app = typer.Typer(
    help=_("Roster of the crew: who is on the bus, and whether that is enough."),
    no_args_is_help=True,
)


# So far ahead a roster is looked at.
WEEKS = 8


@crew_app.command(
    "check",
    help=_(
        "Print who is on the bus in the weeks to come, and name each afternoon on which somebody "
        "is missing by the rules in region.toml."
    ),
)
def check(
    week: Annotated[
        str | None,
        typer.Option(
            help=_(
                "Calendar week: 2026-W48, KW48, next or a day of it, 24.11.2026; else from today "
                "on."
            )
        ),
    ] = None,
    weeks: Annotated[
        int | None,
        typer.Option(min=1, max=53, help=_("So many weeks; else 8, or the one of --week.")),
    ] = None,
    workspace: Where = None,
    as_json: AsJson = False,
) -> None:
    """Print who is on the bus in the weeks to come, and name each afternoon with a gap."""
    from tours.calendar import week_of, weeks_from
    from tours.cli.now import today
    from tours.cli.usage import checked_week
    from tours.config import load_config
    from tours.team.crew import COLUMNS, load_crew
    from tours.team.crewrules import build_staffing, crew_faults
    from tours.team.crewtable import render_roster, render_roster_json
    from tours.team.listfile import begun
    from tours.workspace import open_workspace

    first = checked_week(week) if week is not None else week_of(today())
    asked = weeks_from(first, weeks or (WEEKS if week is None else 1))
    space = open_workspace(workspace or Path())
    region = space.load_region()
    config = load_config(space.config_file, region.municipalities)
    turns = begun(load_crew(space.crew_file), space.crew_file, COLUMNS)
    drives = [d for d in _drives(space, config, asked) if week is not None or d[0] >= today()]
    afternoons = build_staffing(turns, config.crew_rules, drives)
    if as_json:
        say_json(render_roster_json(afternoons))
    else:
        say(render_roster(afternoons, config.crew_rules))
    if faults := crew_faults(turns, config.crew_rules, drives):
        raise TeamError.collected(faults)


def _drives(space: Workspace, config: Config, weeks: Sequence[str]) -> list[tuple[dt.date, str]]:
    """Return the afternoons of some weeks that are driven, by their plans where there are any."""
    from tours.outings import build_outings
    from tours.team.day import drives

    planned = space.weeks()
    found: list[tuple[dt.date, str]] = []
    for one in weeks:
        if one in planned:
            try:
                found += drives([space.load_plan(one)])
                continue
            except PlanError as error:
                warn(error)
        outings = build_outings(config, [one])
        found += [(outings.shifts[o.shifts[0]].date, o.bus) for o in outings.outings]
    return found


def roster_notes(space: Workspace, plans: Sequence[Plan]) -> list[RenderableType]:
    """Return what the roster lacks for some plans; a roster that cannot be read is told beside."""
    from tours.config import load_config
    from tours.team.crew import load_crew
    from tours.team.crewrules import crew_faults
    from tours.team.crewtable import render_gaps
    from tours.team.day import drives

    try:
        turns = load_crew(space.crew_file)
        if not turns:
            return []
        region = space.load_region()
        rules = load_config(space.config_file, region.municipalities).crew_rules
    except OutreachError as error:
        warn(error)
        return []
    faults = crew_faults(turns, rules, drives(plans))
    return [render_gaps(faults)] if faults else []
