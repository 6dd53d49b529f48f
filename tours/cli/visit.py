"""Commands of the visit log: after the afternoon."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from geodata.errors import OutreachError
from geodata.language import translator
from tours.cli.now import moment, today
from tours.cli.reminder import remind
from tours.cli.terminal import Where, agrees, ask, say, say_path, warn
from tours.errors import VisitError

if TYPE_CHECKING:
    from geodata.places import Place
    from tours.visits.visit import Visit
    from tours.workspace import Workspace

_ = translator("tours")

visit_app = typer.Typer(
    help=_("Visits: what was met at which stop, in numbers only."), no_args_is_help=True
)

PlaceOption = Annotated[
    str | None, typer.Option("--place", help=_("Id of a place, or a part of its name."))
]
DateOption = Annotated[
    str | None, typer.Option("--date", help=_("Day of the visit, 2026-11-25, 25.11.2026 or 25.11."))
]
MetOption = Annotated[int | None, typer.Option("--met", help=_("How many were met."))]
NewOption = Annotated[
    int | None, typer.Option("--new", help=_("How many of them for the first time."))
]
ArrivalOption = Annotated[str | None, typer.Option("--arrival", help=_("Arrival, 14:30."))]
DepartureOption = Annotated[str | None, typer.Option("--departure", help=_("Departure, 15:00."))]
MissedOption = Annotated[
    str | None,
    typer.Option(
        "--missed",
        metavar=_("REASON"),
        help=_("The stop did not take place: staff, vehicle, weather, road, time, closed, other."),
    ),
]
# So far back a planned stop is still asked for.
ASKED_WEEKS = 8
# So long after a day it is clear which one is meant without its year.
CLEAR = dt.timedelta(days=183)


def may_log(yes: bool) -> bool:
    """Return whether somebody agrees to what was shown of a list; says so if not.

    Parameters
    ----------
    yes : bool
        Whether that was said beforehand.

    Raises
    ------
    VisitError
        If nobody is there to be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise VisitError(
            _("Nothing was logged: nobody is there to agree"),
            remedy=_("Look at the preview and add --yes"),
        )
    if agrees(_("Log this?")):
        return True
    say(Text(_("Nothing was logged.")))
    return False


def places_of(space: Workspace) -> tuple[Place, ...]:
    """Read the meeting places of a workspace."""
    from geodata.places import load_places

    return load_places(space.places_file, space.load_region())


@visit_app.command(
    "log",
    help=_(
        "Log the visits of an afternoon, asked stop by stop through the planned tour; or one "
        "visit by options."
    ),
)
def log(
    workspace: Where = None,
    place: PlaceOption = None,
    date: DateOption = None,
    met: MetOption = None,
    new: NewOption = None,
    arrival: ArrivalOption = None,
    departure: DepartureOption = None,
    missed: MissedOption = None,
) -> None:
    """Log the visits of an afternoon, or one visit by options."""
    from tours.visits.accept import Accepted, Draft, accept, removed_text
    from tours.visits.rows import Entries
    from tours.visits.table import render_visits
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    places = places_of(space)
    names = {one.id: one.name for one in places}
    day = read_date(date, "--date")
    if place is None:
        if given := [
            name
            for name, value in (
                *(("--met", met), ("--new", new), ("--arrival", arrival)),
                *(("--departure", departure), ("--missed", missed)),
            )
            if value is not None
        ]:
            raise VisitError(
                _("{option} says nothing without a place").format(option=given[0]),
                remedy=_("Add --place, or leave the options out to be asked stop by stop"),
            )
        visits = _asked(space, places, day)
        if not visits:
            say(Text(_("Nothing was logged.")))
            return
        say(render_visits(visits, names))
        if not agrees(_("Log this?")):
            say(Text(_("Nothing was logged.")))
            return
    else:
        visits = [
            _by_options(space, places, place, day or today(), met, new, arrival, departure, missed)
        ]
    plans = space.plans_between(min(v.date for v in visits), max(v.date for v in visits))
    accepted: list[Accepted] = []
    before = space.visit_log.journal().removed_before

    def decide(entries: Entries) -> Sequence[Visit]:
        drafts = [Draft(v) for v in visits]
        accepted.append(accept(drafts, entries, plans, again=True, removed_before=before))
        return accepted[-1].new

    logged = space.visit_log.add(decide, now=moment())
    if place is not None and logged:
        say(render_visits(logged, names))
    say(
        Text(
            _("{number} logged, {known} were in the log already").format(
                number=len(logged), known=accepted[-1].known
            )
        )
    )
    if left_out := removed_text(accepted[-1], before):
        say(Text(left_out))
    say_changes(space, {visit.place for visit in logged})
    remind(space, today())
    say_path(space.visit_log.path)


def read_date(text: str | None, option: str, since: dt.date | None = None) -> dt.date | None:
    """Return the day that an option names, or None without one.

    Without a year it is the first one since a day, else the last one up to today; what is logged
    is logged soon, so that a day long ago is rather one to come, or a slip.
    """
    from geodata.daytext import lacks_year
    from tours.dates import numeric_date
    from tours.visits.entry import read_visit_day

    if text is None:
        return None
    if (named := _named_day(text)) is not None:
        return named
    try:
        day = read_visit_day(text, since=since, until=today())
    except VisitError as error:
        (fault,) = error.faults
        raise VisitError(fault.what, where=option, remedy=fault.remedy) from None
    if option == "--date" and lacks_year(text.strip()) and today() - day > CLEAR:
        raise VisitError(
            _("“{value}” was last on {day}, long ago").format(value=text, day=numeric_date(day)),
            where=option,
            remedy=_("Write the year, too"),
        )
    return day


def _named_day(text: str) -> dt.date | None:
    """Return the day that a word means, a weekday the last one up to today; None if it is none."""
    from geodata.spelling import spelling
    from tours.calendar import weekday_of

    now, word = today(), spelling(text)
    for days, words in enumerate((("heute", "today"), ("gestern", "yesterday"), ("vorgestern",))):
        if word in words:
            return now - dt.timedelta(days=days)
    weekday = weekday_of(word)
    return None if weekday is None else now - dt.timedelta(days=(now.weekday() - weekday) % 7)


def _asked(space: Workspace, places: Sequence[Place], day: dt.date | None) -> list[Visit]:
    """Ask for the visits of a day; else of the last one that has stops to be logged."""
    from tours.dates import long_date
    from tours.visits.dialog import ask_afternoon, open_stops

    now = today()
    first, last = (day, day) if day else (now - dt.timedelta(weeks=ASKED_WEEKS), now)
    plans = space.plans_between(first, last)
    visits = space.visit_log.journal().visits
    found = [one for one in open_stops(plans, visits) if first <= one.date <= last]
    if not found and not day:
        raise VisitError(
            _("No planned stop up to today is left to be logged"),
            where=str(space.shown),
            remedy=_("Name the day with --date, or a visit that was not planned with --place"),
        )
    day = day or max(one.date for one in found)
    say(
        Text(long_date(day), style="bold"),
        Text(
            _(
                "Per stop: met, of them new, arrival, departure. “3” is 3 met at the planned "
                "time, “3 1” with one new, “3 1 1430 1500” at other times, “-” did not take "
                "place, Enter alone leaves it for later."
            )
        ),
    )
    return ask_afternoon(
        [one for one in found if one.date == day],
        day,
        places,
        now,
        ask=ask,
        tell=lambda text: say(Text(text)),
        logged=visits,
    )


def _by_options(
    space: Workspace,
    places: Sequence[Place],
    place: str,
    day: dt.date,
    met: int | None,
    new: int | None,
    arrival: str | None,
    departure: str | None,
    reason: str | None,
) -> Visit:
    from tours.dates import numeric_date
    from tours.naming import find_among
    from tours.visits.dialog import open_stops
    from tours.visits.entry import Asking, checked, missed, read_time, usual_times

    id_ = find_among(places, place).id
    visits = space.visit_log.journal().visits
    stops = [s for s in open_stops(space.plans_between(day, day), visits) if s.date == day]
    here = [s.planned for s in stops if s.stop.place_id == id_]
    start = read_time(arrival) if arrival else None
    planned = min(here, key=lambda p: abs(p.start_s - (start or p.start_s)), default=None)
    asking = Asking(id_, day, today(), planned)
    if reason is not None:
        reason = known_reason(reason)
        if met or new:
            raise VisitError(
                _("A stop that did not take place has no contacts"),
                remedy=_("Leave out --missed, or --met and --new"),
            )
        return missed(asking, reason)
    if met is None:
        raise VisitError(_("--met is missing"), remedy=_("Say how many were met, 0 for nobody"))
    usual = usual_times(planned) if planned else (None, None)
    start = usual[0] if start is None else start
    end = read_time(departure) if departure else usual[1]
    if start is None or end is None:
        raise VisitError(
            _("No stop at {place} is left to be logged on {date}").format(
                place=id_, date=numeric_date(day)
            ),
            remedy=_("Add --arrival and --departure for a visit that was not planned"),
        )
    return checked(asking, arrival_s=start, departure_s=end, met=met, new=new or 0)


def known_reason(text: str) -> str:
    """Return the reason that a text says; refuse one that is not on the list."""
    from tours.visits.columns import read_reason, reason_names

    if reason := read_reason(text):
        return reason
    raise VisitError(
        _("“{value}” is no reason that is known").format(value=text),
        where="--missed",
        remedy=_("Write one of: {names}").format(names=reason_names()),
    )


def say_changes(space: Workspace, places: set[str]) -> None:
    """Ask whether something changed at the places that were just logged.

    They are logged, whatever is wrong with another file: that is only warned of.
    """
    from tours.hotspots.table import render_prompts

    try:
        hotspots = space.load_district().hotspots(dt.date.max)
    except OutreachError as error:
        warn(error)
        return
    prompts = [prompt for prompt in hotspots.prompts() if prompt.place in places]
    if prompts:
        names = {one.id: one.name for one in hotspots.places.values()}
        say(render_prompts(prompts, names))
