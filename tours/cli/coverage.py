"""Commands of the management report: what the service was to whom, and frozen quarters."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import speaking, translator
from tours.cli.now import moment
from tours.cli.terminal import AsJson, Where, paper_language, say, say_json, say_path, warn, working
from tours.cli.visit import read_date
from tours.cli.visitlist import FromOption, ToOption
from tours.errors import CoverageError, PlanError

if TYPE_CHECKING:
    from tours.coverage.freeze import FrozenReport
    from tours.coverage.periods import Period
    from tours.coverage.record import Record
    from tours.coverage.report import CoverageReport
    from tours.coverage.walks import Walks
    from tours.district import District
    from tours.workspace import Workspace

_ = translator("tours")

coverage_app = typer.Typer(
    help=_("What the service was to each municipality and area: the management report."),
    invoke_without_command=True,
)
Quarter = Annotated[str, typer.Argument(metavar=_("QUARTER"), help=_("Quarter, 2026-Q3."))]


@coverage_app.callback()
def coverage(
    context: typer.Context,
    workspace: Where = None,
    first: FromOption = None,
    last: ToOption = None,
    quarter: Annotated[
        str | None, typer.Option(help=_("Quarter, 2026-Q3; else the last one that is over."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print the figures of a period and write them as PDF, HTML and XLSX."""
    from tours.coverage.table import render_coverage, render_coverage_json
    from tours.workspace import open_workspace
    from tours.writing import write_files

    if context.invoked_subcommand is not None:
        return
    space = open_workspace(workspace or Path())
    record = _record(space)
    period = _period(record, first, last, quarter)
    with working(_("Reckoning the figures")):
        report = _with_frozen(space, _report(space, record, period))
    if as_json:
        say_json(render_coverage_json(report))
        return
    with speaking(paper_language()), working(_("Setting the report")):
        files = _drawn(space, report, record.district)
    write_files(files)
    say(render_coverage(report))
    print()
    for path in files:
        say_path(path)


@coverage_app.command(
    "freeze", help=_("Keep the figures of a quarter as evidence; nothing is overwritten.")
)
def freeze(
    quarter: Quarter,
    workspace: Where = None,
    may_be_empty: Annotated[
        bool, typer.Option("--empty", help=_("Even if nothing is logged about the quarter."))
    ] = False,
) -> None:
    """Keep the figures of a quarter as evidence; nothing is overwritten."""
    from tours.coverage.freeze import check_not_frozen, render_frozen, write_frozen
    from tours.coverage.periods import read_quarter
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    period = read_quarter(quarter)
    path = space.frozen_file(period.name)
    check_not_frozen(path)
    report = _report(space, _record(space), period)
    write_frozen(path, render_frozen(report, may_be_empty=may_be_empty))
    say(
        Text(
            _("{quarter} is frozen; SHA-256 of its figures: {digest}").format(
                quarter=period.name, digest=report.digest
            )
        )
    )
    say_path(path)


@coverage_app.command(
    "verify",
    help=_("Say whether frozen reports are unchanged, and whether the log gives other figures."),
)
def verify(
    quarter: Annotated[
        str | None,
        typer.Argument(metavar=_("QUARTER"), help=_("Quarter, 2026-Q3; else all that are frozen.")),
    ] = None,
    workspace: Where = None,
) -> None:
    """Say whether frozen reports are unchanged, and whether the log gives other figures."""
    from tours.coverage.freeze import load_frozen
    from tours.coverage.periods import read_quarter
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    names = [read_quarter(quarter).name] if quarter else space.frozen_quarters()
    if not names:
        raise CoverageError(
            _("No quarter is frozen"),
            where=str(space.shown),
            remedy=_("Freeze one with “tours coverage freeze 2026-Q3”"),
        )
    frozen = [load_frozen(space.frozen_file(name)) for name in names]
    record = _record(space)
    for one in frozen:
        _say_state(space, record, one, removed_on(space))
    changed = [one for one in frozen if not one.is_intact]
    if changed:
        raise CoverageError(
            _("Frozen reports were changed after they were frozen: {quarters}").format(
                quarters=", ".join(one.quarter for one in changed)
            ),
            where=str(space.frozen_file(changed[0].quarter)),
            remedy=_("Bring the file back from a copy; a frozen report is not to be edited"),
        )


def removed_on(space: Workspace) -> dt.date | None:
    """Return the day on which visits were last removed from the log; None if none were."""
    days = [one.at.date() for one in space.visit_log.purges() if one.what == "visits"]
    return max(days, default=None)


def _say_state(
    space: Workspace, record: Record, one: FrozenReport, purged_on: dt.date | None
) -> None:
    from tours.coverage.evidence import today_text
    from tours.coverage.freeze import differences, frozen_state
    from tours.coverage.periods import read_quarter
    from tours.coverage.table import render_differences
    from tours.dates import numeric_date

    head = _("{quarter}, frozen on {date}: ").format(
        quarter=one.quarter, date=numeric_date(one.frozen_on)
    )
    if not one.is_intact:
        say(Text(head + _("the file was changed, its digest does not match")))
        return
    report = _report(space, record, read_quarter(one.quarter))
    found = [other for other in differences(one, report) if not other.is_removed]
    state = frozen_state(one, report, purged_on)
    said = _("unchanged, and the log gives the same figures today")
    if state.removed:
        said = " ".join([_("unchanged."), *today_text(state)])
    elif found:
        said = _("unchanged; the log gives {number} other figures today:").format(number=len(found))
    say(Text(head + said), *([render_differences(found)] if found else []))


def _period(record: Record, first: str | None, last: str | None, quarter: str | None) -> Period:
    """Return the days that the options name."""
    from tours.coverage.build import usual_period
    from tours.coverage.periods import Period, read_quarter, year_to

    start = read_date(first, "--from")
    end = read_date(last, "--to", start)
    if quarter is not None:
        if start or end:
            raise CoverageError(
                _("Either a quarter or days can be named"), remedy=_("Leave out --quarter")
            )
        return read_quarter(quarter)
    if start is None and end is None:
        return usual_period(record)
    end = end or record.today
    start = start or year_to(end).first
    if end < start:
        raise CoverageError(
            _("The last day is before the first one"),
            where="--from, --to",
            remedy=_("Correct one of the two"),
        )
    return Period(start, end)


def _record(space: Workspace) -> Record:
    """Read the district, the log and all plans that can be read."""
    from tours.coverage.record import Record

    district = space.load_district()
    plans = []
    for week in space.weeks():
        try:
            plans.append(space.load_plan(week))
        except PlanError as error:
            warn(error)
    first_logged: dict[int, dt.datetime] = {}
    for row in space.visit_log.entries().rows:
        if row.visit.logged_at is not None:
            first_logged.setdefault(row.visit.id, row.visit.logged_at)
    return Record(district, tuple(plans), moment(), first_logged)


def _walks(space: Workspace, record: Record) -> Walks | None:
    """Return who walks how far to the places; None where nothing is known of it."""
    from tours.coverage.walks import build_walks

    district = record.district
    walk, homes = space.load_walk()
    ages, served = district.config.ages, record.served_places
    return build_walks(district.region, record.places, ages, walk, homes, served=served)


def _report(space: Workspace, record: Record, period: Period) -> CoverageReport:
    from tours.coverage.build import build_report

    return build_report(record, record.district.config.coverage, _walks(space, record), period)


def _with_frozen(space: Workspace, report: CoverageReport) -> CoverageReport:
    """Return a report with what is known of its frozen one."""
    from tours.coverage.freeze import frozen_state, load_frozen

    name = report.period.period.name
    if not name or not space.frozen_file(name).exists():
        return report
    frozen = load_frozen(space.frozen_file(name))
    return replace(report, frozen=frozen_state(frozen, report, removed_on(space)))


def _drawn(space: Workspace, report: CoverageReport, district: District) -> dict[Path, bytes]:
    """Return the files of a report, each with where it goes."""
    from maps.basemap import build_basemap
    from maps.coverage.page import render_coverage_page
    from maps.coverage.report import render_coverage_report
    from maps.coverage.webmap import render_coveragemap
    from tours.coverage.workbook import render_workbook

    period = report.period.period
    folder = space.out_folder("coverage") / (period.name or f"{period.first}_{period.last}")
    region, basemap = district.region, build_basemap(district.region, district.network)
    return {
        folder / "map.html": render_coveragemap(report, region, basemap).encode(),
        folder / "coverage.pdf": render_coverage_report(report, region),
        folder / "coverage.html": render_coverage_page(report, region).encode(),
        folder / "coverage.xlsx": render_workbook(report),
    }
