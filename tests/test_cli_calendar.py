"""week.ics as it is ordered: the week, what is announced after it, what is announced no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from commandline import call
from icalendar import Calendar, Event
from sheet_examples import plan, stop, tour

from tours.plan import Plan, render_plan

WEEK, LATER = "2026-W52", "2026-W53"
LIBRARY = "abbensen-buecherei"
Run = Callable[..., list[Event]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a command that writes the calendar of a week and reads its entries."""
    folder = tmp_path / "peine"
    call(["init", "peine", str(folder)])

    def run_(*plans: Plan) -> list[Event]:
        (folder / "plans").mkdir(exist_ok=True)
        for one in plans:
            path = folder / "plans" / f"{one.week}.json"
            path.write_text(render_plan(one), encoding="utf-8")
        capsys.readouterr()
        assert call(["export", "ics", plans[-1].week, "-w", str(folder)]) == 0
        path = Path(capsys.readouterr().out.splitlines()[-1])
        found = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        return [one for one in found if isinstance(one, Event)]

    return run_


def on_tuesday(week: str, *places: str) -> Plan:
    year, number = week.split("-W")
    halts = [stop(n, name=place, place_id=place) for n, place in enumerate(places)]
    day = dt.date.fromisocalendar(int(year), int(number), 2)
    return replace(plan(replace(tour(0, halts), date=day)), week=week)


def uids(events: list[Event]) -> list[str]:
    return [str(one["UID"]).removesuffix("@outreach-tours") for one in events]


def test_the_weeks_ahead_are_a_series_without_days_off(run: Run) -> None:
    # 24 and 31 December 2026 are Thursdays, and days off by the settings.
    some = on_tuesday(WEEK, LIBRARY)
    moved = replace(some.tours[0], date=dt.date(2026, 12, 24))
    this, series = run(replace(some, tours=(moved,)))
    assert uids([this, series]) == [f"{WEEK}-1-{LIBRARY}", f"series-1-{LIBRARY}"]
    exceptions: Any = series["EXDATE"]
    assert exceptions.to_ical().startswith(b"20261231T")


def test_the_next_week_cancels_what_it_leaves_out(run: Run) -> None:
    first = on_tuesday(WEEK, LIBRARY, "dorfplatz")
    events = run(first, on_tuesday(LATER, "dorfplatz"))
    status = dict(zip(uids(events), (one.get("STATUS") for one in events), strict=True))
    assert status == {
        f"{LATER}-1-dorfplatz": None,
        "series-1-dorfplatz": None,
        f"series-1-{LIBRARY}": "CANCELLED",
    }
