"""Commands for what is logged or in lists: import, list, correct, export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.language import speaking, translator
from tours.cli.now import moment, today
from tours.cli.terminal import AsJson, Where, paper_language, say, say_json, say_path
from tours.cli.visit import (
    ASKED_WEEKS,
    ArrivalOption,
    DateOption,
    DepartureOption,
    MetOption,
    MissedOption,
    NewOption,
    PlaceOption,
    known_reason,
    may_log,
    places_of,
    read_date,
    say_changes,
)
from tours.errors import VisitError

if TYPE_CHECKING:
    from tours.visits.visit import Visit

_ = translator("tours")

visitlist_app = typer.Typer()

FromOption = Annotated[str | None, typer.Option("--from", help=_("First day, 2026-10-01 or 1.10."))]
ToOption = Annotated[str | None, typer.Option("--to", help=_("Last day, 2026-12-31 or 31.12."))]


@visitlist_app.command(
    "import",
    help=_("Log the visits of a list, CSV or XLSX; shown first, all of them or none."),
)
def import_(
    file: Annotated[
        Path, typer.Argument(metavar=_("FILE"), help=_("List of visits, CSV or XLSX."))
    ],
    workspace: Where = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask, log them."))] = False,
) -> None:
    """Log the visits of a list; shown first, all of them or none."""
    from tours.visits.accept import accept, removed_text
    from tours.visits.listfile import load_visit_list
    from tours.visits.rows import Entries
    from tours.visits.table import render_visits
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    places = places_of(space)
    found = load_visit_list(file, places, today())
    days = [draft.visit.date for draft in found.drafts]
    plans = space.plans_between(min(days), max(days))
    before = space.visit_log.journal().removed_before
    preview = accept(found.drafts, space.visit_log.entries(), plans, removed_before=before)
    if preview.new:
        say(render_visits(preview.new, {one.id: one.name for one in places}))
    if found.unread:
        say(Text(_("Columns that are not read: {names}").format(names=", ".join(found.unread))))
    say(
        Text(
            _("{number} new, {known} are in the log already").format(
                number=len(preview.new), known=preview.known
            )
        )
    )
    if left_out := removed_text(preview, before):
        say(Text(left_out))
    if not preview.new:
        return
    if not may_log(yes):
        return

    def decide(entries: Entries) -> Sequence[Visit]:
        # Again, since somebody may have logged something meanwhile.
        return accept(found.drafts, entries, plans, removed_before=before).new

    logged = space.visit_log.add(decide, now=moment())
    say(Text(_("{number} logged").format(number=len(logged))))
    say_changes(space, {visit.place for visit in logged})
    say_path(space.visit_log.path)


def _within(visits: Sequence[Visit], first: dt.date | None, last: dt.date | None) -> list[Visit]:
    return [
        v for v in visits if (first is None or first <= v.date) and (last is None or v.date <= last)
    ]


@visitlist_app.command("list", help=_("Print the visits; --planned puts them beside the plans."))
def list_(
    workspace: Where = None,
    first: FromOption = None,
    last: ToOption = None,
    planned: Annotated[
        bool,
        typer.Option("--planned", help=_("Planned against happened: missed, late, length.")),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print the visits."""
    from tours.visits.outcomes import outcomes, summary, unplanned
    from tours.visits.table import (
        render_outcomes,
        render_outcomes_json,
        render_visits,
        render_visits_json,
    )
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    names = {one.id: one.name for one in places_of(space)}
    logged = space.visit_log.journal().visits
    start = read_date(first, "--from")
    end = read_date(last, "--to", start)
    if not planned:
        visits = _within(logged, start, end)
        if as_json:
            say_json(render_visits_json(visits))
        else:
            say(render_visits(visits, names))
        return
    # What is still to come has no outcome.
    end = min(end or today(), today())
    start = start or end - dt.timedelta(weeks=ASKED_WEEKS)
    some = outcomes(space.plans_between(start, end), logged, start, end)
    beside = unplanned(logged, start, end)
    total = summary(some, beside)
    if as_json:
        say_json(render_outcomes_json(some, beside, total))
    else:
        say(render_outcomes(some, beside, total, names))


@visitlist_app.command(
    "correct",
    help=_("Correct a visit, or take it back; the log keeps what was there before."),
)
def correct(
    id_: Annotated[int, typer.Argument(metavar="ID", help=_("Number of the visit."))],
    workspace: Where = None,
    place: PlaceOption = None,
    date: DateOption = None,
    met: MetOption = None,
    new: NewOption = None,
    arrival: ArrivalOption = None,
    departure: DepartureOption = None,
    missed: MissedOption = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help=_("Take the visit back: it never was."))
    ] = False,
) -> None:
    """Correct a visit, or take it back."""
    from tours.naming import find_among
    from tours.visits.correct import Correction, corrected
    from tours.visits.entry import read_time
    from tours.visits.table import render_visits
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    places = places_of(space)
    names = {one.id: one.name for one in places}
    if missed is not None:
        missed = known_reason(missed)
    correction = Correction(
        place=find_among(places, place).id if place else None,
        date=read_date(date, "--date"),
        met=met,
        new=new,
        arrival_s=read_time(arrival) if arrival else None,
        departure_s=read_time(departure) if departure else None,
        reason=missed,
    )
    if withdraw != correction.is_empty:
        raise VisitError(
            _("It is not said what is to be corrected")
            if correction.is_empty
            else _("A visit is either corrected or taken back"),
            remedy=_(
                "Add --met, --new, --arrival, --departure, --place, --date or --missed; or "
                "--withdraw"
            ),
        )
    if withdraw:
        visit = space.visit_log.withdraw(id_, now=moment())
        say(render_visits([visit], names), Text(_("Taken back.")))
    else:
        before = space.visit_log.journal().removed_before
        plans = space.plans_between
        visit = space.visit_log.correct(
            id_,
            lambda was, entries: corrected(was, correction, entries, today(), plans, before),
            now=moment(),
        )
        say(render_visits([visit], names))
    say_path(space.visit_log.path)


@visitlist_app.command("export", help=_("Write the visits for spreadsheets, CSV or XLSX."))
def export(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar=_("FILE"), help=_("visits.csv or visits.xlsx; else out/visits.xlsx.")
        ),
    ] = None,
    workspace: Where = None,
    first: FromOption = None,
    last: ToOption = None,
) -> None:
    """Write the visits for spreadsheets."""
    from tours.visits.export import render_csv, render_xlsx
    from tours.workspace import open_workspace
    from tours.writing import write_files

    space = open_workspace(workspace or Path())
    path = file or space.folder / "out" / "visits.xlsx"
    render = {".csv": render_csv, ".xlsx": render_xlsx}.get(path.suffix.lower())
    if render is None:
        raise VisitError(
            _("“{name}” ends neither in .csv nor in .xlsx").format(name=path.name),
            remedy=_("Name a file such as visits.csv or visits.xlsx"),
        )
    names = {one.id: one.name for one in places_of(space)}
    start = read_date(first, "--from")
    visits = _within(space.visit_log.journal().visits, start, read_date(last, "--to", start))
    with speaking(paper_language()):
        write_files({path: render(visits, names)})
    say_path(path)
