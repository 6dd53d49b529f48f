"""One week on the terminal, on paper, on the map and in the calendar: the same times."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from icalendar import Calendar, Event
from pdf_words import read_pdf
from rich.console import Console
from sheet_examples import basemap, plan, stop, tour
from webmap_examples import Reading

from maps.daysheet import day_page
from maps.ground import lay_ground
from maps.halts import halt_rows
from maps.sheets import render_sheets
from maps.webmap import render_webmap
from tours.export.calendar import render_calendar
from tours.plan import Plan
from tours.timetable import render_timetable

# 14:30 to 14:45 for the public, then half an hour for the crew.
RESTING = stop(1, rest_s=1800)
WEEK = plan(tour(0, [stop(0), RESTING, stop(2, hours=14.6)]))
LEAVES = "15:15"


def terminal(some: Plan) -> str:
    console = Console(width=110)
    with console.capture() as capture:
        console.print(render_timetable(some))
    return capture.get()


def on_the_map(some: Plan) -> list[dict[str, object]]:
    found: list[dict[str, object]] = Reading(render_webmap(some, basemap())).data["tours"][0][
        "stops"
    ]
    return found


def entries(some: Plan) -> list[Event]:
    calendar = Calendar.from_ical(render_calendar(some))
    return [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]


def is_break(event: Event) -> bool:
    return "Pause" in str(event["summary"])


def span(event: Event) -> str:
    return f"{event.start:%H:%M}–{event.end:%H:%M}"


def times_of(some: Plan) -> dict[str, list[tuple[str, str]]]:
    """Return start and end of each stop, as they stand in each place."""
    lines = [line for line in terminal(some).splitlines() if re.match(r" +\d  ", line)]
    clocks = [re.findall(r"\d\d:\d\d", line) for line in lines]
    rows = halt_rows(some.tours[0])
    spans = [str(halt["span"]).split("–") for halt in on_the_map(some)]
    dates = [span(event).split("–") for event in entries(some) if not is_break(event)]
    return {
        "terminal": [(start, end) for _arrival, start, end in clocks],
        "paper": [(row["start"], row["end"]) for row in rows],
        "map": [(start, end) for start, end in spans],
        "calendar": [(start, end) for start, end in dates],
    }


@pytest.mark.parametrize("seconds", [0, 29, 59])
def test_the_same_start_and_end_stand_everywhere(seconds: int) -> None:
    # Who starts late by some seconds ends as late.
    off = [
        replace(s, start_s=s.start_s + seconds, departure_s=s.departure_s + seconds)
        for s in WEEK.tours[0].stops
    ]
    found = times_of(plan(tour(0, off)))
    expected = [("14:05", "14:20"), ("14:30", "14:45"), ("15:31", "15:46")]
    assert found == dict.fromkeys(("terminal", "paper", "map", "calendar"), expected)


def test_entries_of_the_calendar_are_on_full_minutes() -> None:
    late = replace(RESTING, start_s=RESTING.start_s + 9, departure_s=RESTING.departure_s + 9)
    found = {f"{moment:%S}" for e in entries(plan(tour(0, [late]))) for moment in (e.start, e.end)}
    assert found == {"00"}


def test_the_break_of_the_crew_ends_at_the_same_minute_everywhere() -> None:
    rows = dict(on_the_map(WEEK)[1]["rows"])  # type: ignore[call-overload]  # pairs
    found = {
        "terminal": next(line for line in terminal(WEEK).splitlines() if "Pause" in line),
        "paper": halt_rows(WEEK.tours[0])[1]["rest"],
        "map": rows["Pause"],
        "map, tooltip and list": on_the_map(WEEK)[1]["rest"],
        "map, read aloud": on_the_map(WEEK)[1]["label"],
        "calendar": next(span(e) for e in entries(WEEK) if is_break(e)),
        "calendar, stop": str(entries(WEEK)[1]["description"]),
    }
    assert [place for place, words in found.items() if LEAVES not in words] == []


def test_the_break_stands_on_every_page_of_its_stop() -> None:
    week_, day, first, _second = read_pdf(render_sheets(WEEK, basemap()))
    assert [page.has(f"Pause bis {LEAVES}") for page in (week_, day, first)] == [True] * 3


def test_the_day_sheet_has_the_departure_after_the_break() -> None:
    rows = day_page(WEEK, lay_ground(basemap()), 0, crew=2)["halts"]
    assert [row["leave"] for row in rows] == ["14:20", LEAVES, "15:46"]


def test_the_break_is_an_entry_of_its_own_from_the_end_of_the_stop() -> None:
    (found,) = filter(is_break, entries(WEEK))
    assert (span(found), str(found["class"])) == (f"14:45–{LEAVES}", "PRIVATE")


def test_without_a_break_nobody_speaks_of_one() -> None:
    plain = plan(tour(0, [stop(0)]))
    written = terminal(plain) + render_calendar(plain).decode() + str(on_the_map(plain))
    assert "Pause" not in written
    assert not any(page.has("Pause") for page in read_pdf(render_sheets(plain, basemap())))
