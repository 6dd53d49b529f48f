"""Appointments in a week: on full minutes, never dropped in silence, called what they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from icalendar import Calendar
from rich.console import Console
from small_services import WEEK, planned, service

from geodata.errors import OutreachError
from geodata.language import speaking
from geodata.network import RoadNetwork
from geodata.region import Region
from maps import wording
from tours.announced import announce
from tours.appointments import Appointment
from tours.changes import changes_between
from tours.district import District
from tours.errors import ConfigError
from tours.explain.explain import explain
from tours.export.calendar import render_calendar
from tours.plan import NOTHING_ASKED, Plan, read_plan, render_plan
from tours.planning import plan_week
from tours.timetable import render_left_out
from tours.wishes import Wishes, read_wishes


@pytest.fixture
def district(region: Region, road_network: RoadNetwork, region_toml: str) -> District:
    """Return afternoons on Tuesday and Thursday, 14 to 17 o'clock, and two appointments."""
    district = service(region, road_network, region_toml, days="Di Do")
    home, office = district.places[:2]
    family = Appointment(
        id="hv1", weekday=1, start_s=54_000, latest_s=57_600, dwell_s=1800, name="Familie M.",
        lon=home.lon, lat=home.lat, ags=home.ags,
    )  # fmt: skip
    company = replace(
        family, id="amt", name="Jugendamt", lon=office.lon, lat=office.lat, is_private=False
    )
    return replace(district, appointments=(family, company))


def asked(**wishes: tuple[str, ...]) -> Wishes:
    return read_wishes(replace(NOTHING_ASKED, **wishes))


def left_out(plan: Plan, *, details: bool) -> list[str]:
    console = Console(width=110)
    with console.capture() as capture:
        console.print(render_left_out(plan, details=details))
    return [line.strip() for line in capture.get().splitlines()]


def faults(district: District, wishes: Wishes | None = None) -> list[str]:
    with speaking("en"), pytest.raises(OutreachError) as caught:
        plan_week(district, WEEK, wishes=wishes)
    return list(map(str, caught.value.faults))


def test_appointments_start_on_full_minutes(district: District) -> None:
    found = [s for t in planned(district).tours for s in t.stops if s.is_appointment]
    assert [stop.start_s % 60 for stop in found] == [0, 0]


def test_a_start_at_the_same_minute_is_no_change(district: District) -> None:
    plan = planned(district)

    def later(seconds: int) -> Plan:
        tours = tuple(
            replace(
                t,
                stops=tuple(
                    replace(
                        s, start_s=s.start_s + seconds, departure_s=s.departure_s + seconds + 20
                    )
                    for s in t.stops
                ),
            )
            for t in plan.tours
        )
        return replace(plan, tours=tours)

    assert changes_between(plan, later(9)).lines == []
    assert changes_between(plan, later(60)).lines != []


@pytest.mark.parametrize("details", [False, True])
def test_an_appointment_of_a_cancelled_afternoon_is_named_with_the_reason(
    district: District, details: bool
) -> None:
    plan = plan_week(district, WEEK, wishes=asked(cancelled=("Di Krankheit",)))
    lines = left_out(plan, details=details)
    at = lines.index("Termine, die entfallen:")
    assert lines[at + 1 : at + 3] == [
        "Termin hv1: der Nachmittag fällt aus",
        "Termin amt (Jugendamt): der Nachmittag fällt aus",
    ]


def test_an_appointment_is_not_counted_among_the_places(district: District) -> None:
    plan = plan_week(district, WEEK, wishes=asked(cancelled=("Di Krankheit",)))
    places = sum(not place.is_appointment for place in plan.unassigned)
    assert f"Nicht besucht: {places} Treffpunkte" in left_out(plan, details=False)
    assert len(plan.unassigned) == places + 2


def test_papers_and_map_name_the_appointments_of_a_cancelled_afternoon(district: District) -> None:
    plan = plan_week(district, WEEK, wishes=asked(cancelled=("Di Krankheit",)))
    assert wording.cancellations(plan) == (
        "Entfällt: Dienstag, 24. November 2026 (Krankheit); Termin hv1; Termin amt (Jugendamt)"
    )


def test_a_week_without_cancelled_appointments_does_not_speak_of_them(district: District) -> None:
    assert not any("Termine" in line for line in left_out(planned(district), details=True))


def test_rules_in_conflict_call_an_appointment_by_its_id(district: District) -> None:
    both = tuple(replace(a, latest_s=a.start_s) for a in district.appointments)
    found = " ".join(faults(replace(district, appointments=both)))
    assert ("appointment hv1" in found, "appointment amt (Jugendamt)" in found) == (True, True)


def test_an_appointment_on_a_day_without_a_tour_is_called_by_its_id(district: District) -> None:
    monday = replace(district.appointments[1], weekday=0)
    (fault,) = faults(replace(district, appointments=(monday,)))
    assert fault.startswith("appointment amt (Jugendamt): there is no afternoon on 2026-11-23")


@pytest.mark.parametrize(
    ("wishes", "remedy"),
    [
        ({"bans": ("hv1",)}, "To leave it out, take it out of appointments.csv"),
        ({"pins": ("hv1",)}, "Its day and time are set in appointments.csv"),
        ({"forced": ("hv1",)}, "Its day and time are set in appointments.csv"),
        ({"orders": ("hv1,p2",)}, "Its day and time are set in appointments.csv"),
    ],
)
def test_a_wish_about_an_appointment_says_where_it_is_changed(
    district: District, wishes: dict[str, tuple[str, ...]], remedy: str
) -> None:
    (fault,) = faults(district, asked(**wishes))
    assert fault == f"“hv1” is an appointment, not a meeting place. {remedy}."


def test_a_wish_about_nothing_still_says_so(district: District) -> None:
    with pytest.raises(ConfigError):
        plan_week(district, WEEK, wishes=asked(bans=("nowhere",)))
    assert faults(district, asked(bans=("nowhere",))) == [
        "There is no place “nowhere”. “tours places list” shows the ids."
    ]


def test_an_appointment_that_is_called_off_is_not_planned_and_said(district: District) -> None:
    home, office = district.appointments
    plan = planned(replace(district, appointments=(replace(home, status="cancelled"), office)))
    kept = [s.place_id for t in plan.tours for s in t.stops if s.is_appointment]
    assert kept == ["amt"]
    lines = left_out(plan, details=False)
    assert "Termin hv1: abgesagt oder erledigt (appointments.csv)" in lines


def test_an_appointment_that_is_called_off_for_another_day_is_not_said(district: District) -> None:
    home = replace(
        district.appointments[0], weekday=None, date=dt.date(2026, 12, 1), status="cancelled"
    )
    plan = planned(replace(district, appointments=(home,)))
    assert not any(one.is_appointment for one in plan.unassigned)


def test_a_request_is_planned_and_marked(district: District) -> None:
    home, office = district.appointments
    plan = planned(replace(district, appointments=(replace(home, status="requested"), office)))
    marks = {s.place_id: s.is_confirmed for t in plan.tours for s in t.stops if s.is_appointment}
    assert marks == {"hv1": False, "amt": True}
    stop = next(s for t in plan.tours for s in t.stops if not s.is_confirmed)
    assert wording.public_note(stop) == "nicht öffentlich · unbestätigt"
    assert read_plan(render_plan(plan), "plan") == plan


def test_a_plan_without_a_request_is_written_as_before(district: District) -> None:
    assert "is_confirmed" not in render_plan(planned(district))


def test_what_is_called_off_needs_no_road(district: District) -> None:
    # 70 km from the roads of the napkin.
    far = replace(district.appointments[0], lon=11.0, lat=52.0)
    assert faults(replace(district, appointments=(far,))) != []
    planned(replace(district, appointments=(replace(far, status="cancelled"),)))


def test_it_is_explained_that_an_appointment_is_called_off(district: District) -> None:
    called_off = replace(district.appointments[0], status="cancelled")
    district = replace(district, appointments=(called_off,))
    told = explain(district, (planned(district),), WEEK, called_off)
    assert told.hindrance is not None
    assert told.hindrance.reason == "called_off"


def starts_of(district: District, *appointments: Appointment) -> dict[str, int]:
    tours = planned(replace(district, appointments=appointments)).tours
    return {s.place_id: s.start_s for t in tours for s in t.stops if s.is_appointment}


def test_an_appointment_within_a_window_starts_on_the_grid(district: District) -> None:
    # Half hours in this district; the window opens at an odd minute, before which nobody is ready.
    office = replace(district.appointments[1], start_s=50_400, latest_s=54_300)
    (start,) = starts_of(district, office).values()
    assert start in (52_200, 54_000, 54_300)


def test_first_and_last_start_are_possible_off_the_grid(district: District) -> None:
    home, office = (
        replace(a, start_s=54_180, latest_s=54_180 + 1_500) for a in district.appointments
    )
    # 15:03 and 15:28; between the two, no half hour.
    assert set(starts_of(district, home).values()) <= {54_180, 55_680}
    late = replace(office, start_s=54_180 + 1_500, latest_s=54_180 + 1_500)
    assert starts_of(district, late) == {"amt": 55_680}


def test_a_window_that_the_bus_reaches_between_two_starts_is_kept_to_the_minute(
    district: District,
) -> None:
    # The bus leaves at 14:00 and needs setting up, so 14:00 is out of reach; 14:29 is too, where
    # the afternoon ends with the visit.
    shift = district.config.afternoons[0]
    short = replace(shift, end_s=shift.start_s + 3_540)
    config = replace(district.config, afternoons=(short,))
    office = replace(district.appointments[1], start_s=50_400, latest_s=52_140)
    (start,) = starts_of(replace(district, config=config), office).values()
    assert 50_400 < start < 52_140


@pytest.mark.parametrize(("is_private", "note"), [(True, "nicht öffentlich"), (False, "")])
def test_papers_say_of_private_appointments_that_they_are_not_for_the_public(
    district: District, is_private: bool, note: str
) -> None:
    office = replace(district.appointments[1], is_private=is_private)
    (stop,) = (
        stop
        for tour in planned(replace(district, appointments=(office,))).tours
        for stop in tour.stops
        if stop.is_appointment
    )
    assert wording.public_note(stop) == note


def test_the_calendar_holds_no_position_of_an_appointment_that_is_not_private(
    district: District,
) -> None:
    office = district.appointments[1]
    calendar = Calendar.from_ical(
        render_calendar(planned(replace(district, appointments=(office,))))
    )
    (event,) = (e for e in calendar.walk("VEVENT") if str(e["SUMMARY"]).endswith("Jugendamt"))
    assert (str(event["CLASS"]), "GEO" in event, "LOCATION" in event) == ("PUBLIC", False, False)


def test_no_appointment_is_announced(district: District) -> None:
    office = district.appointments[1]
    assert not office.is_private
    told = announce(planned(replace(district, appointments=(office,))), state="NI")
    assert told
    assert "amt" not in {one.place_id for one in told}
