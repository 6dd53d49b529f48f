"""Visits on the terminal and as JSON: what is logged, and planned against happened."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from babel.dates import format_date
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from geodata.language import current_language, translator
from tours.schedule import clock
from tours.timetable import hours_text, number_text
from tours.visits.outcomes import PUNCTUAL_S, Outcome, Summary
from tours.visits.visit import REASONS, Visit

_ = translator("tours")


def short_day(day: dt.date) -> str:
    """Return a date as ``Di. 24.11.2026``."""
    pattern = "EEE dd.MM.yyyy" if current_language() == "de" else "EEE yyyy-MM-dd"
    return str(format_date(day, pattern, locale=current_language()))


def failure_text(reason: str) -> str:
    """Say why an announced stop did not take place."""
    return {
        "staff": _("staff"),
        "vehicle": _("vehicle"),
        "weather": _("weather"),
        "road": _("road or traffic"),
        "time": _("no time left"),
        "closed": _("place closed"),
        "other": _("other reason"),
    }[reason]


def reasons_text() -> str:
    """Return the reasons with their numbers, to choose from."""
    return ", ".join(f"{n} {failure_text(r)}" for n, r in enumerate(REASONS, start=1))


def name_in(names: Mapping[str, str], place: str) -> str:
    """Return what a place is called, or its id where it is not in places.csv any more."""
    return names.get(place, place)


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for number, name in enumerate(columns):
        table.add_column(name, justify="left" if number < 2 else "right", no_wrap=number != 1)
    return table


def render_visits(visits: Sequence[Visit], names: Mapping[str, str]) -> RenderableType:
    """Return visits as a table, with their sums.

    Parameters
    ----------
    visits : sequence of Visit
    names : Mapping of str to str
        What the places are called.
    """
    table = _table(_("Date"), _("Place"), _("From"), _("To"), _("Met"), _("New"), _("No."))
    for visit in visits:
        there = visit.took_place
        name = escape(name_in(names, visit.place))
        if not there:
            name += "  " + escape(
                _("did not take place: {reason}").format(reason=failure_text(visit.reason))
            )
        table.add_row(
            short_day(visit.date),
            name,
            clock(visit.arrival_s),
            clock(visit.departure_s) if there else "",
            str(visit.met) if there else "",
            str(visit.new) if there else "",
            str(visit.id or ""),
        )
    took_place = [visit for visit in visits if visit.took_place]
    foot = _("Visits: {visits}; met: {met}, of them new: {new}; on site: {hours}").format(
        visits=len(took_place),
        met=sum(visit.met for visit in took_place),
        new=sum(visit.new for visit in took_place),
        hours=hours_text(sum(visit.dwell_s for visit in took_place)),
    )
    return Group(table, Text(), Text(foot)) if visits else Text(_("No visit is logged."))


def visit_json(visit: Visit) -> dict[str, object]:
    """Return a visit as JSON holds it."""
    planned = visit.planned
    return {
        "id": visit.id,
        "place": visit.place,
        "date": visit.date.isoformat(),
        "took_place": visit.took_place,
        "arrival_s": visit.arrival_s if visit.took_place else None,
        "departure_s": visit.departure_s if visit.took_place else None,
        "met": visit.met if visit.took_place else None,
        "new": visit.new if visit.took_place else None,
        "reason": visit.reason or None,
        "planned": planned
        and {
            "week": planned.week,
            "tour": planned.tour,
            "arrival_s": planned.arrival_s,
            "start_s": planned.start_s,
            "departure_s": planned.departure_s,
        },
        "logged_at": visit.logged_at and visit.logged_at.isoformat(),
    }


def render_visits_json(visits: Sequence[Visit]) -> str:
    """Return visits as JSON."""
    return json.dumps([visit_json(visit) for visit in visits], ensure_ascii=False, indent=1) + "\n"


def render_outcomes(
    some: Sequence[Outcome],
    beside: Sequence[Visit],
    total: Summary,
    names: Mapping[str, str],
) -> RenderableType:
    """Return planned against happened as a table, with what it comes to.

    Parameters
    ----------
    some : sequence of Outcome
    beside : sequence of Visit
        Those that were not planned.
    total : Summary
    names : Mapping of str to str
        What the places are called.
    """
    table = _table(
        _("Date"), _("Place"), _("Start"), _("Arrival"), _("Late"), _("Planned"), _("Stayed")
    )
    for outcome in some:
        visit, planned = outcome.visit, outcome.planned
        name = escape(name_in(names, outcome.place))
        if visit is None:
            name += "  " + escape(_("not logged yet"))
        elif not visit.took_place:
            text = _("did not take place: {reason}").format(reason=failure_text(visit.reason))
            name += "  " + escape(text)
        is_kept = visit is not None and visit.took_place
        table.add_row(
            short_day(outcome.date),
            name,
            clock(planned.start_s),
            clock(visit.arrival_s) if visit and is_kept else "",
            _minutes(outcome.late_s) if outcome.late_s else "",
            _minutes(planned.dwell_s),
            _minutes(visit.dwell_s) if visit and is_kept else "",
        )
    for visit in beside:
        name = f"{escape(name_in(names, visit.place))}  {escape(_('not planned'))}"
        times = (clock(visit.arrival_s), "", "", _minutes(visit.dwell_s))
        table.add_row(short_day(visit.date), name, "", *times)
    return Group(table, Text(), *map(Text, _sums(total)))


def _minutes(seconds: int) -> str:
    return _("{minutes} min").format(minutes=(seconds + 30) // 60)


def _sums(total: Summary) -> list[str]:
    logged = total.announced - total.open
    lines = [
        _("Announced stops: {announced}; not logged yet: {open}").format(
            announced=total.announced, open=total.open
        )
    ]
    if logged:
        lines.append(
            _("Took place: {kept} of {logged} ({percent} %)").format(
                kept=total.kept, logged=logged, percent=_percent(total.kept, logged)
            )
        )
    for reason, number in total.missed.items():
        lines.append(
            _("Did not take place: {number}, {reason}").format(
                number=number, reason=failure_text(reason)
            )
        )
    if total.kept:
        lines += [
            _(
                "Punctual, at most {minutes} min after the published start: {number} of {kept} "
                "({percent} %)"
            ).format(
                minutes=PUNCTUAL_S // 60,
                number=total.punctual,
                kept=total.kept,
                percent=_percent(total.punctual, total.kept),
            ),
            _("On site {hours}, planned {planned}").format(
                hours=hours_text(total.dwell_s), planned=hours_text(total.planned_dwell_s)
            ),
        ]
    if total.unplanned:
        lines.append(_("Visits that were not planned: {number}").format(number=total.unplanned))
    return lines


def _percent(part: int, whole: int) -> str:
    return number_text(100 * part / whole, 0)


def render_outcomes_json(some: Sequence[Outcome], beside: Sequence[Visit], total: Summary) -> str:
    """Return planned against happened as JSON."""
    body = {
        "summary": {
            "announced": total.announced,
            "kept": total.kept,
            "punctual": total.punctual,
            "missed": dict(total.missed),
            "open": total.open,
            "unplanned": total.unplanned,
            "planned_dwell_s": total.planned_dwell_s,
            "dwell_s": total.dwell_s,
        },
        "stops": [
            {
                "place": outcome.place,
                "date": outcome.date.isoformat(),
                "week": outcome.planned.week,
                "tour": outcome.planned.tour,
                "start_s": outcome.planned.start_s,
                "planned_dwell_s": outcome.planned.dwell_s,
                "late_s": outcome.late_s,
                "visit": outcome.visit and visit_json(outcome.visit),
            }
            for outcome in some
        ],
        "unplanned": [visit_json(visit) for visit in beside],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"
