"""The command line: a command reads, calls, writes and says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from geodata.language import speaking, translator
from tours.cli.commandtext import at_workspace
from tours.cli.compare import compare_app
from tours.cli.coverage import coverage_app
from tours.cli.crew import crew_app, roster_notes
from tours.cli.download import Nominatim, Overpass, download_app, init_online
from tours.cli.explain import explain_app
from tours.cli.export import export_app
from tours.cli.hotspots import hotspots_app
from tours.cli.initfile import init_from_file
from tours.cli.network import network_app
from tours.cli.notices import Paper, PaperSize, notices_app
from tours.cli.papers import drawn_papers, notice_words
from tours.cli.partners import partners_app
from tours.cli.places import places_app
from tours.cli.privacy import privacy_app
from tours.cli.reach import reach_app
from tours.cli.reminder import remind
from tours.cli.stock import stock_app
from tours.cli.tally import tally_app
from tours.cli.terminal import (
    AsJson,
    Week,
    Where,
    former_plans,
    note,
    paper_language,
    progress,
    say,
    say_commands,
    say_json,
    say_path,
    stoppable,
    stored_plan,
    warn,
    working,
)
from tours.cli.visit import visit_app
from tours.cli.visitlist import visitlist_app

_ = translator("tours")

app = typer.Typer(
    help=_("Plan the week of an outreach bus: tours, maps, sheets."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(places_app, name="places")
app.add_typer(network_app, name="network")
network_app.add_typer(download_app)
app.add_typer(export_app, name="export")
app.add_typer(explain_app)
app.add_typer(compare_app)
app.add_typer(reach_app)
app.add_typer(notices_app)
visit_app.add_typer(visitlist_app)
visit_app.add_typer(tally_app)
app.add_typer(visit_app, name="visit")
app.add_typer(hotspots_app, name="hotspots")
app.add_typer(coverage_app, name="coverage")
app.add_typer(privacy_app, name="privacy")
app.add_typer(stock_app, name="stock")
app.add_typer(partners_app, name="partners")
app.add_typer(crew_app, name="crew")


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        print(f"tours {version('outreach-tours')}")
        raise typer.Exit


@app.callback()
def options(
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="de|en",
            help=_(
                "Language of the terminal and of what is written, anywhere in the line; else the "
                "terminal speaks that of the locale, and paper German."
            ),
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help=_("Print the version."), callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """List the options that stand before all commands; `tours.cli.entrance` reads ``--lang``."""


@app.command(help=_("Plan a week and write the plan, map, sheets, public notices and calendar."))
def plan(
    region: Annotated[
        str | None,
        typer.Argument(
            metavar=_("REGION"),
            help=_("Built-in region (northeim, peine, dueren, nienburg) or a workspace."),
        ),
    ] = None,
    workspace: Where = None,
    week: Annotated[
        str | None,
        typer.Option(
            help=_(
                "Calendar week: 2026-W48, KW48, next or a day of it, 24.11.2026; else the next one."
            )
        ),
    ] = None,
    weeks: Annotated[
        int,
        typer.Option(min=1, max=4, help=_("Weeks to plan as one, such as A and B weeks: 1 to 4.")),
    ] = 1,
    pin: Annotated[
        list[str] | None,
        typer.Option(help=_("Visit PLACE, PLACE@Mi or “PLACE@Mi 15:30”; can be repeated.")),
    ] = None,
    ban: Annotated[
        list[str] | None,
        typer.Option(help=_("Leave PLACE or PLACE@Mi out; can be repeated.")),
    ] = None,
    force: Annotated[
        list[str] | None,
        typer.Option(help=_("Have PLACE in the week, whenever it suits; can be repeated.")),
    ] = None,
    order: Annotated[
        list[str] | None,
        typer.Option(
            help=_(
                "Keep the order A,B,C or A,B,C@Mi where a tour visits several of them; can be "
                "repeated."
            )
        ),
    ] = None,
    cancel: Annotated[
        list[str] | None,
        typer.Option(
            help=_(
                "Do not drive on Mi, “Mi illness”, “25.11. training”, 2026-11-25 or, of several "
                "buses, Mi/2; can be repeated."
            )
        ),
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option(min=0, help=_("Seconds after which the best plan is taken."))
    ] = None,
    seed: Annotated[
        int,
        typer.Option(min=0, max=2**31 - 1, help=_("Seed; may choose among plans of equal worth.")),
    ] = 0,
    no_outputs: Annotated[
        bool, typer.Option("--no-outputs", help=_("Write the plan only, no map and no sheets."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Plan a week and write the plan, map, sheets, public notices and calendar."""
    from tours.calendar import week_dates, week_of, weeks_from
    from tours.changes import render_changes
    from tours.cli.now import today
    from tours.cli.usage import checked_week
    from tours.cycle import left_behind
    from tours.history import read_history
    from tours.newworkspace import find_workspace
    from tours.papers import outdated_papers
    from tours.plan import Asked, render_plan, render_plans
    from tours.planning import plan_weeks
    from tours.solver.rehearsal import rehearse
    from tours.team.loading import load_team
    from tours.timetable import render_left_out, render_timetable
    from tours.wishes import read_wishes
    from tours.writing import write_files

    first = checked_week(week) if week else week_of(today() + dt.timedelta(weeks=1))
    wanted = weeks_from(first, weeks)
    wishes = read_wishes(
        Asked(
            pins=tuple(pin or ()),
            bans=tuple(ban or ()),
            forced=tuple(force or ()),
            orders=tuple(order or ()),
            cancelled=tuple(cancel or ()),
        ),
        since=week_dates(first)[0],
    )
    space = find_workspace(region, workspace)
    at_workspace(space.folder)
    rehearsal = rehearse()
    district = space.load_district()
    team = load_team(space, district.region, district.config, district.appointments)
    earlier = space.earlier_plans(wanted[0], district.config.weeks_back, warn)
    former = former_plans(space, wanted)
    words = () if no_outputs else notice_words(space, district)
    if rehearsal.is_needed:
        with working(_("Preparing the planner, once after installation")):
            rehearsal.wait()
    with stoppable() as should_stop, progress() as on_progress:
        made = plan_weeks(
            district,
            wanted,
            earlier=earlier,
            known=tuple(former.values()),
            wishes=wishes,
            seed=seed,
            time_limit=time_limit,
            on_progress=on_progress,
            should_stop=should_stop,
        )
    outputs: dict[Path, bytes] = {}
    for one in made:
        if one.week not in former and (kept := space.keep_unreadable(one.week)):
            text = _("The former plan of {week} cannot be read; it is kept as {path}")
            note(text.format(week=one.week, path=kept))
        outputs[space.plan_file(one.week)] = render_plan(one).encode()
        if not no_outputs:
            outputs |= drawn_papers(space, district, team, words, one, made)
    write_files(outputs)
    old = list(outdated_papers(space, former, made)) if no_outputs else []
    if as_json:
        for text, commands in old:
            say_commands(text, commands, is_result=False)
        say_json(render_plan(made[0]) if weeks == 1 else render_plans(made))
        return
    history = read_history(earlier)
    for one in made:
        parts = [render_timetable(one)]
        if rosters := history.rosters(one.week, weeks):
            parts.append(render_changes(rosters[0], one))
        if one.week in former:
            head = _("Changes against the former plan of this week:")
            parts.append(render_changes(former[one.week], one, head))
        parts.append(render_left_out(one, details=False))
        parts += roster_notes(space, [one])
        if one.week in former and (left := left_behind(former[one.week], made)):
            parts.append(
                Text(
                    _(
                        "{weeks}: planned together with {week} before; what was proven, was "
                        "proven of them together. Plan the weeks as one again with --weeks, or "
                        "each alone."
                    ).format(weeks=", ".join(left), week=one.week)
                )
            )
        say(*parts)
        print()
    for text, commands in old:
        say_commands(text, commands)
        print()
    remind(space, today())
    for one in made:
        say_path(space.plan_file(one.week) if no_outputs else space.out_folder(one.week))


@app.command(
    help=_(
        "Make a workspace from a built-in region, from an OpenStreetMap file or, online, of any "
        "German district; nothing is overwritten."
    )
)
def init(
    region: Annotated[
        str,
        typer.Argument(
            metavar=_("REGION"),
            help=_(
                "Built-in region (northeim, peine, dueren, nienburg) or a district, "
                "“Landkreis Göttingen”."
            ),
        ),
    ],
    folder: Annotated[
        Path | None,
        typer.Argument(metavar=_("FOLDER"), help=_("New folder; else one of the region's name.")),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", help=_("OpenStreetMap file (.osm.pbf) with the district, without internet.")
        ),
    ] = None,
    server: Overpass = None,
    nominatim: Nominatim = None,
) -> None:
    """Make a workspace from a built-in region, a file or, online, of any German district."""
    from geodata.region import BUILT_IN
    from tours.newworkspace import built_in_name, make_workspace

    if file is not None:
        init_from_file(region, folder, file, names_server=bool(server or nominatim))
        return
    region = built_in_name(region)
    if region not in BUILT_IN:
        init_online(region, folder, server, nominatim)
        return
    space = make_workspace(region, folder or Path(region))
    say(
        Text(
            _(
                "Settings, meeting places and district are in the folder. What is assumed is "
                "marked in region.toml and in the column “assumed” of places.csv."
            )
        )
    )
    say_path(space.shown)


@app.command(help=_("Print the timetable of a plan and what it leaves out."))
def show(week: Week = None, workspace: Where = None, as_json: AsJson = False) -> None:
    """Print the timetable of a plan and what it leaves out."""
    from tours.cycle import replanned
    from tours.plan import render_plan
    from tours.timetable import render_left_out, render_timetable

    space, stored = stored_plan(workspace, week)
    if as_json:
        say_json(render_plan(stored))
        return
    others = replanned(stored, former_plans(space, stored.cycle))
    say(
        render_timetable(stored, others),
        render_left_out(stored, details=True),
        *roster_notes(space, [stored]),
    )


@app.command("map", help=_("Write the map of a plan: one HTML file that opens without internet."))
def map_(
    week: Week = None,
    workspace: Where = None,
    tiles: Annotated[
        bool,
        typer.Option(
            "--tiles",
            help=_(
                "With map pictures of basemap.de (BKG) below: whoever opens it needs the internet, "
                "and their server learns who looks where."
            ),
        ),
    ] = False,
) -> None:
    """Write the map of a plan: one HTML file that opens without internet."""
    from maps.basemap import build_basemap
    from maps.webmap import render_webmap
    from tours.writing import write_files

    space, stored = stored_plan(workspace, week)
    region = space.load_region()
    path = space.out_folder(stored.week) / "map.html"
    with speaking(paper_language()), working(_("Drawing the map")):
        basemap = build_basemap(region, space.load_network(region))
        write_files({path: render_webmap(stored, basemap, tiles=tiles).encode()})
    say_path(path)


@app.command(help=_("Write the sheets of a plan: week, day sheets and stop maps; PDF, A4 or A3."))
def sheets(week: Week = None, paper: PaperSize = Paper.A4, workspace: Where = None) -> None:
    """Write the sheets of a plan: week, day sheets and stop maps."""
    from maps.basemap import build_basemap
    from maps.sheets import render_sheets
    from tours.config import load_config
    from tours.team.day import team_days
    from tours.team.loading import load_team_of
    from tours.visits.table import reasons_text
    from tours.writing import write_files

    space, stored = stored_plan(workspace, week)
    region = space.load_region()
    config = load_config(space.config_file, region.municipalities)
    team = load_team_of(space, region, config, stored)
    path = space.out_folder(stored.week) / "sheets.pdf"
    with speaking(paper_language()), working(_("Setting the sheets")):
        basemap = build_basemap(region, space.load_network(region))
        days = team_days(team, stored)
        made = render_sheets(
            stored,
            basemap,
            crew=config.crew,
            days=days,
            reasons=reasons_text(),
            paper=paper.value,
        )
        write_files({path: made})
    say_path(path)
