"""Commands about the roster of the crew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.errors import OutreachError
from geodata.language import translator
from tours.errors import TeamError
from tours.terminal import Where, say, warn

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


@crew_app.command(
    "check", help=_("Print who is on the bus, and check it against the rules in region.toml.")
)
def check(
    week: Annotated[
        str | None,
        typer.Option(help=_("Calendar week, 2026-W48; else all weeks planned from now on.")),
    ] = None,
    workspace: Where = None,
) -> None:
    """Print who is on the bus, and check it against the rules in region.toml."""
    from tours.config import load_config
    from tours.crew import COLUMNS, load_crew
    from tours.crewrules import crew_faults
    from tours.crewtable import render_roster
    from tours.teamfile import begun
    from tours.usage import checked_week
    from tours.workspace import open_workspace

    if week is not None:
        checked_week(week)
    space = open_workspace(workspace or Path())
    region = space.load_region()
    config = load_config(space.config_file, region.municipalities)
    turns = begun(load_crew(space.crew_file), space.crew_file, COLUMNS)
    drives = _drives(space, config, week)
    say(render_roster(turns, drives))
    if faults := crew_faults(turns, config.crew_rules, drives):
        raise TeamError.collected(faults)


def _drives(space: Workspace, config: Config, week: str | None) -> list[tuple[dt.date, str]]:
    """Return the afternoons of a week or of all weeks planned from now on, else of the next."""
    import datetime as dt

    from tours.calendar import week_of
    from tours.cli_visit import today
    from tours.outings import build_outings
    from tours.teamday import drives

    weeks = [week] if week else [w for w in space.weeks() if w >= week_of(today())]
    weeks = weeks or [week_of(today() + dt.timedelta(weeks=1))]
    found: list[tuple[dt.date, str]] = []
    for one in weeks:
        if one in space.weeks():
            found += drives([space.load_plan(one)])
        else:
            outings = build_outings(config, [one])
            found += [(outings.shifts[o.shifts[0]].date, o.bus) for o in outings.outings]
    return found


def roster_notes(space: Workspace, plans: Sequence[Plan]) -> list[RenderableType]:
    """Return what the roster lacks for some plans; a roster that cannot be read is told beside."""
    from tours.config import load_config
    from tours.crew import load_crew
    from tours.crewrules import crew_faults
    from tours.crewtable import render_gaps
    from tours.teamday import drives

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
