"""week.ics against the rules of RFC 5545, read by hand and by a library."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from geodata.language import speaking
from tours.export.calendar import render_calendar
from tours.plan import Plan
from tours.tour import Leg, Stop

UTC = dt.UTC


def with_stops(plan: Plan, *stops: Stop) -> Plan:
    """Return the plan with other stops on its first afternoon."""
    tour = plan.tours[0]
    leg = tour.legs[0]
    legs = tuple(Leg(leg.drive_s, leg.length_m, leg.route) for _ in range(len(stops) + 1))
    return replace(plan, tours=(replace(tour, stops=stops, legs=legs), *plan.tours[1:]))


def named(plan: Plan, name: str) -> Plan:
    return with_stops(plan, replace(plan.tours[0].stops[0], name=name))


def on(plan: Plan, date: str) -> Plan:
    """Return the plan with its stop on another day."""
    day = dt.date.fromisoformat(date)
    year, week, _weekday = day.isocalendar()
    tours = (replace(plan.tours[0], date=day),)
    return replace(plan, week=f"{year}-W{week:02d}", tours=tours)


def lines(plan: Plan) -> list[str]:
    """Return the content lines, unfolded by hand."""
    text = render_calendar(plan).decode("utf-8")
    return text.replace("\r\n ", "").replace("\r\n\t", "").removesuffix("\r\n").split("\r\n")


def events(plan: Plan) -> list[Event]:
    calendar = Calendar.from_ical(render_calendar(plan))
    return [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]


def text(event: Event, name: str) -> str:
    return str(event[name])


def test_the_file_is_one_calendar_of_its_version(plan: Plan) -> None:
    found = lines(plan)
    assert (found[0], found[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert found.count("VERSION:2.0") == 1
    assert sum(line.startswith("PRODID:") for line in found) == 1


def test_every_line_ends_as_the_standard_asks(plan: Plan) -> None:
    data = render_calendar(plan)
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")


def test_no_line_is_longer_than_75_bytes(plan: Plan) -> None:
    data = render_calendar(named(plan, "Höfe 🛹 " * 60))
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_lines_are_folded_between_letters(plan: Plan) -> None:
    for line in render_calendar(named(plan, "ä🛹" * 100)).split(b"\r\n"):
        line.decode("utf-8")


def test_every_line_is_a_property(plan: Plan) -> None:
    assert [line for line in lines(plan) if not re.match(r"[A-Z-]+(;[A-Z-]+=[^:]+)*:", line)] == []


def test_everything_that_begins_ends(plan: Plan) -> None:
    found = lines(plan)
    begun = [line.removeprefix("BEGIN:") for line in found if line.startswith("BEGIN:")]
    ended = [line.removeprefix("END:") for line in found if line.startswith("END:")]
    assert sorted(begun) == sorted(ended)
    assert begun.count("VEVENT") == 1


def test_every_event_has_what_the_standard_asks(plan: Plan) -> None:
    found = lines(plan)
    event = found[found.index("BEGIN:VEVENT") : found.index("END:VEVENT")]
    for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION"):
        assert sum(line.startswith((f"{name}:", f"{name};")) for line in event) == 1, name
    assert any(re.fullmatch(r"DTSTAMP:\d{8}T\d{6}Z", line) for line in event)


def test_the_time_zone_is_in_the_file(plan: Plan) -> None:
    found = lines(plan)
    zone = found[found.index("BEGIN:VTIMEZONE") : found.index("END:VTIMEZONE")]
    assert "TZID:Europe/Berlin" in zone
    assert {"BEGIN:STANDARD", "BEGIN:DAYLIGHT"} <= set(zone)
    assert [line for line in found if line.startswith("DTSTART;")] == [
        "DTSTART;TZID=Europe/Berlin:20261117T144000"
    ]


@pytest.mark.parametrize(
    ("date", "start"),
    [
        ("2026-11-17", dt.datetime(2026, 11, 17, 13, 40, tzinfo=UTC)),
        ("2026-07-07", dt.datetime(2026, 7, 7, 12, 40, tzinfo=UTC)),
        ("2026-03-28", dt.datetime(2026, 3, 28, 13, 40, tzinfo=UTC)),
        ("2026-03-29", dt.datetime(2026, 3, 29, 12, 40, tzinfo=UTC)),
        ("2026-10-24", dt.datetime(2026, 10, 24, 12, 40, tzinfo=UTC)),
        ("2026-10-25", dt.datetime(2026, 10, 25, 13, 40, tzinfo=UTC)),
    ],
)
def test_summer_and_winter_time_are_those_of_the_day(
    date: str, start: dt.datetime, plan: Plan
) -> None:
    (event,) = events(on(plan, date))
    assert isinstance(event.start, dt.datetime)
    assert isinstance(event.end, dt.datetime)
    assert event.start.astimezone(UTC) == start
    assert event.end.astimezone(UTC) == start + dt.timedelta(hours=1)


def test_the_rules_of_the_zone_in_the_file_are_those_of_germany(plan: Plan) -> None:
    (zone,) = Calendar.from_ical(render_calendar(plan)).timezones
    rules, germany = zone.to_tz(lookup_tzid=False), ZoneInfo("Europe/Berlin")
    summer = [
        *(dt.datetime(2026, 3, 29, hour) for hour in (0, 1, 3, 12)),
        *(dt.datetime(2026, 10, 25, hour) for hour in (0, 1, 3, 12)),
        *(dt.datetime(year, month, 15, 12) for year in (2025, 2027, 2044) for month in (1, 7)),
    ]
    for time in summer:
        offsets = [time.replace(tzinfo=one).utcoffset() for one in (rules, germany)]
        assert offsets[0] == offsets[1], time


def test_what_is_read_is_what_was_planned(plan: Plan) -> None:
    with speaking("en"):
        (event,) = events(plan)
    assert text(event, "SUMMARY") == "Bus: Ostdorf, Markt"
    assert text(event, "LOCATION") == "Ostdorf, Markt, Ostdorf"
    assert text(event, "DESCRIPTION").split("\n") == [
        "Arrival 14:30",
        "Expected contacts (estimate): 1.2",
        "Estimated network: no real roads, drive times are estimates (typical error 15 %, "
        "one drive in ten is off by more than 40 %).",
        "Assumed, confirmed by nobody yet: opening hours",
    ]
    assert "GEO:52.03;10.13" in lines(plan)


def test_an_entry_is_not_called_estimated_on_real_roads(plan: Plan) -> None:
    real = replace(plan, network=replace(plan.network, kind="download"))
    with speaking("en"):
        (event,) = events(real)
    assert "not from real roads" not in text(event, "DESCRIPTION")


def test_what_is_not_public_is_private(plan: Plan) -> None:
    stop = plan.tours[0].stops[0]
    both = with_stops(plan, stop, replace(stop, place_id="hof", is_public=False))
    assert [text(event, "CLASS") for event in events(both)] == ["PUBLIC", "PRIVATE"]


def test_where_an_appointment_is_stands_in_no_calendar(plan: Plan) -> None:
    stop = plan.tours[0].stops[0]
    home = replace(stop, kind="appointment", name="Termin hv1", is_public=False, rest_s=1800)
    entries = events(with_stops(plan, home))
    assert text(entries[0], "SUMMARY") == "Bus: Termin hv1"
    assert [name for event in entries for name in ("GEO", "LOCATION") if name in event] == []
    written = "".join(lines(with_stops(plan, home)))
    assert not any(words in written for words in ("Ostdorf", "52.03", "10.13"))


@pytest.mark.parametrize(
    "name",
    [
        "Markt, hinten; links",
        "C:\\Markt\\n",
        "Zeile\nnoch eine",
        'Platz "Am Markt" :=',
        "🛹 Skatepark 🏳️‍🌈",
        "Straße der Einheit 1–3",
        "x" * 1_000,
    ],
)
def test_odd_names_survive(name: str, plan: Plan) -> None:
    (event,) = events(named(plan, name))
    assert text(event, "SUMMARY") == f"Bus: {name}"


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r", "\r\n "])
@pytest.mark.parametrize("field", ["service", "name", "place_id", "municipality"])
def test_a_name_cannot_write_lines_of_its_own(field: str, line_end: str, plan: Plan) -> None:
    evil = f"Markt{line_end}ATTENDEE:mailto:a@example.org{line_end}END:VEVENT"
    stop = plan.tours[0].stops[0]
    hostile = {
        "service": replace(plan, service=evil),
        "name": with_stops(plan, replace(stop, name=evil)),
        "place_id": with_stops(plan, replace(stop, place_id=evil)),
        "municipality": with_stops(plan, replace(stop, municipality=evil)),
    }
    written = render_calendar(hostile[field]).decode("utf-8")
    assert not re.search(r"(^|[\r\n])ATTENDEE", written)
    assert written.count("\r\nEND:VEVENT\r\n") == 1
    assert re.search(r"\r(?!\n)|(?<!\r)\n", written) is None


def test_the_name_of_the_calendar_is_escaped(plan: Plan) -> None:
    found = lines(replace(plan, service="Bus, Kreis; Nord\n2"))
    assert "NAME:Bus\\, Kreis\\; Nord\\n2" in found
    assert "X-WR-CALNAME:Bus\\, Kreis\\; Nord\\n2" in found


def test_the_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    assert render_calendar(plan) == render_calendar(plan)


def test_ids_of_entries_are_unique(plan: Plan) -> None:
    stop = plan.tours[0].stops[0]
    others = [replace(stop, place_id=id_) for id_ in ("markt-2", "1-markt", "2-markt")]
    tours = with_stops(plan, stop, *others).tours
    twice = replace(tours[0], date=dt.date(2026, 11, 19))
    uids = [event.uid for event in events(replace(plan, tours=(tours[0], twice)))]
    assert len(uids) == len(set(uids)) == 8


def test_a_moved_stop_keeps_its_id(plan: Plan) -> None:
    stop = plan.tours[0].stops[0]
    later = with_stops(plan, replace(stop, start_s=60_000, departure_s=61_800))
    on_thursday = on(plan, "2026-11-19")
    uids = {events(each)[0].uid for each in (plan, later, on_thursday)}
    assert len(uids) == 1


def test_a_stop_of_another_week_has_another_id(plan: Plan) -> None:
    assert events(plan)[0].uid != events(on(plan, "2026-11-24"))[0].uid


def test_a_week_without_stops_is_a_calendar_without_entries(plan: Plan) -> None:
    empty = replace(plan, tours=plan.tours[1:])
    assert events(empty) == []
    assert lines(empty)[-1] == "END:VCALENDAR"
