"""The command that plans variants of a week side by side."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.language import speaking, translator
from tours.cli.terminal import (
    AsJson,
    Where,
    paper_language,
    progress,
    say,
    say_json,
    say_path,
    warn,
    working,
)

if TYPE_CHECKING:
    from tours.compare.compare import Comparison, Outcome
    from tours.district import District

_ = translator("tours")

compare_app = typer.Typer()


@compare_app.command(
    help=_("Plan a week as it is set and in variants, and compare them: a table and a map.")
)
def compare(
    variant: Annotated[
        list[str],
        typer.Option(
            help=_(
                "What differs: “depot PLACE”, “depot 51.6591 9.6355”, “Mo -> Di”, "
                "“Mi 13:00-18:00”, “+Fr 14:00-19:00”, “-Do”, “+bus”, “+bus Mi”; several with "
                "commas, each on what those before it made, and a name before them: "
                "“Long week: +Fr, +bus”. Can be repeated."
            )
        ),
    ],
    week: Annotated[
        str | None,
        typer.Argument(
            metavar=_("WEEK"),
            help=_(
                "Calendar week: 2026-W48, KW48, next or a day of it, 24.11.2026; else the last one "
                "planned, or the next."
            ),
        ),
    ] = None,
    workspace: Where = None,
    time_limit: Annotated[
        float,
        typer.Option(
            min=0,
            help=_("Seconds for each variant, after which its best plan is taken; 0 for no limit."),
        ),
    ] = 60,
    seed: Annotated[
        int,
        typer.Option(min=0, max=2**31 - 1, help=_("Seed; may choose among plans of equal worth.")),
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Plan a week as it is set and in variants, and compare them: a table and a map."""
    from tours.calendar import week_of
    from tours.cli.now import today
    from tours.cli.usage import checked_week
    from tours.compare.compare import compare_variants
    from tours.compare.table import render_comparison, render_comparison_json
    from tours.compare.variants import read_variants
    from tours.workspace import open_workspace
    from tours.writing import write_files

    variants = read_variants(variant)
    if week is not None:
        checked_week(week)
    space = open_workspace(workspace or Path())
    known = space.weeks()
    if week is not None:
        week = checked_week(week, known)
    else:
        week = known[-1] if known else week_of(today() + dt.timedelta(weeks=1))
    district = space.load_district()
    comparison = compare_variants(
        district,
        week,
        variants,
        earlier=space.earlier_plans(week, district.config.weeks_back, warn),
        stored=space.load_plan(week) if week in known else None,
        seed=seed,
        time_limit=time_limit or None,
        watching=progress,
        on_outcome=_tell,
    )
    path = space.out_folder(week) / "compare.html"
    write_files({path: _drawn(comparison, district)})
    if as_json:
        say_json(render_comparison_json(comparison))
        return
    say(render_comparison(comparison))
    print()
    say_path(path)


def _tell(outcome: Outcome) -> None:
    """Say beside the result what a variant came to, as soon as it is known."""
    from tours.timetable import number_text

    text = _("{name}: no plan")
    value = ""
    if outcome.plan:
        value = number_text(outcome.plan.value / 100, 2)
        text = (
            _("{name}: worth {value}")
            if outcome.plan.is_optimal
            else _("{name}: worth {value}, not proven")
        )
    print(text.format(name=outcome.title, value=value), file=sys.stderr, flush=True)


def _drawn(comparison: Comparison, district: District) -> bytes:
    """Return the map of a comparison."""
    from maps.basemap import build_basemap
    from maps.comparemap import Panel, render_comparemap
    from tours.compare.notes import notes_on
    from tours.compare.table import lines_of

    with speaking(paper_language()), working(_("Drawing the map")):
        panels = [
            Panel(outcome.title, outcome.text, outcome.plan, " ".join(map(str, outcome.faults)))
            for outcome in comparison.outcomes
        ]
        figures = [(line.name, line.values, line.differences) for line in lines_of(comparison)]
        basemap = build_basemap(district.region, district.network)
        return render_comparemap(panels, basemap, figures, notes_on(comparison)).encode()
