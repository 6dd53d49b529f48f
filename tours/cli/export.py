"""Commands that write a plan for other programs: calendar, navigation, spreadsheet, QGIS."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from geodata.language import speaking, translator
from tours.cli.calendar import calendar_file
from tours.cli.terminal import Week, Where, paper_language, say_path, stored_plan, warn

if TYPE_CHECKING:
    from tours.plan import Plan
    from tours.workspace import Workspace

_ = translator("tours")

export_app = typer.Typer(help=_("The plan for other programs."))


def _write(
    week: str | None, workspace: Path | None, name: str, render: Callable[[Plan], bytes]
) -> None:
    """Write one file beside the other outputs of a week, and say where it is."""
    _write_of(*stored_plan(workspace, week), name, render)


def _write_of(space: Workspace, stored: Plan, name: str, render: Callable[[Plan], bytes]) -> None:
    from tours.writing import write_files

    path = space.out_folder(stored.week) / name
    with speaking(paper_language()):
        write_files({path: render(stored)})
    say_path(path)


@export_app.command(
    "ics", help=_("Write the stops of a plan and what is announced after it as a calendar file.")
)
def export_ics(week: Week = None, workspace: Where = None) -> None:
    """Write the stops of a plan and what is announced after it as a calendar file."""
    from geodata.places import load_places
    from tours.config import load_config
    from tours.team.crew import load_crew
    from tours.team.day import Team

    space, stored = stored_plan(workspace, week)
    region = space.load_region()
    config = load_config(space.config_file, region.municipalities)
    places = load_places(space.places_file, region)
    rules = config.crew_rules
    team = Team(turns=load_crew(space.crew_file) if rules.in_calendar else (), rules=rules)
    others = space.plans_around(stored, warn)

    def render(plan: Plan) -> bytes:
        return calendar_file(space, plan, others, config, places, team)

    _write_of(space, stored, "week.ics", render)


@export_app.command(
    "gpx", help=_("Write stops and ways of a plan for navigation devices and apps, GPX 1.1.")
)
def export_gpx(week: Week = None, workspace: Where = None) -> None:
    """Write stops and ways of a plan for navigation devices and apps."""
    from tours.export.gpx import render_gpx

    _write(week, workspace, "tours.gpx", render_gpx)


@export_app.command("xlsx", help=_("Write the stops of a plan as a workbook for spreadsheets."))
def export_xlsx(week: Week = None, workspace: Where = None) -> None:
    """Write the stops of a plan as a workbook for spreadsheets."""
    from tours.export.xlsx import render_xlsx

    _write(week, workspace, "week.xlsx", render_xlsx)


@export_app.command(
    "gpkg", help=_("Write stops and ways of a plan for QGIS, as a GeoPackage with two layers.")
)
def export_gpkg(week: Week = None, workspace: Where = None) -> None:
    """Write stops and ways of a plan for QGIS."""
    from tours.export.geo import render_gpkg

    _write(week, workspace, "week.gpkg", render_gpkg)


@export_app.command("geojson", help=_("Write stops and ways of a plan as GeoJSON."))
def export_geojson(week: Week = None, workspace: Where = None) -> None:
    """Write stops and ways of a plan as GeoJSON."""
    from tours.export.geo import render_geojson

    _write(week, workspace, "week.geojson", render_geojson)
