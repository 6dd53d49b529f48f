"""appointments.csv: what is read, what is kept private, and every fault with its sentence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from small_districts import small_district

from geodata.language import speaking
from geodata.network import RoadNetwork
from geodata.region import Region
from tours.appointments import Appointment, load_appointments, read_appointments
from tours.district import District
from tours.errors import AppointmentError

HEAD = "id,date,weekday,start,latest,minutes,place,name,lon,lat,ags,private,note\n"
HOME = "home,2026-11-24,,15:30,16:00,45,,Familie M.,10.15,52.05,,,bring forms\n"
WEDNESDAY = dt.date(2026, 11, 25)


@pytest.fixture
def district(region: Region, region_toml: str, road_network: RoadNetwork) -> District:
    return small_district(region, region_toml, road_network)


def read(district: District, *lines: str, head: str = HEAD) -> tuple[Appointment, ...]:
    text = head + "".join(lines)
    return read_appointments(text, "appointments.csv", district.region, district.places)


def faults(district: District, *lines: str, head: str = HEAD) -> list[str]:
    """Return line, column and sentence of each fault, in English; each names the remedy."""
    with speaking("en"), pytest.raises(AppointmentError) as caught:
        read(district, *lines, head=head)
    assert all(fault.remedy for fault in caught.value.faults)
    return [
        f"{fault.where.removeprefix('appointments.csv, ')}: {fault.what}"
        for fault in caught.value.faults
    ]


def test_an_appointment_at_a_point_of_its_own_is_read(district: District) -> None:
    assert read(district, HOME) == (
        Appointment(
            id="home",
            date=dt.date(2026, 11, 24),
            weekday=None,
            start_s=55_800,
            latest_s=57_600,
            dwell_s=2700,
            name="Familie M.",
            lon=10.15,
            lat=52.05,
            ags="03000002",
            is_private=True,
            note="bring forms",
        ),
    )


def test_an_appointment_at_a_meeting_place_is_there(district: District) -> None:
    (found,) = read(district, "office,,Do,15:30,,45,east,,,,,no,\n")
    east = district.places[1]
    assert (found.name, found.lon, found.lat, found.ags) == ("East", east.lon, east.lat, east.ags)


def test_without_a_latest_start_it_starts_on_time(district: District) -> None:
    (found,) = read(district, "office,,Do,15:30,,45,east,,,,,,\n")
    assert found.latest_s == found.start_s


@pytest.mark.parametrize(("cell", "is_private"), [("", True), ("yes", True), ("nein", False)])
def test_an_appointment_is_private_unless_it_says_no(
    district: District, cell: str, is_private: bool
) -> None:
    (found,) = read(district, f"office,,Do,15:30,,45,east,,,,,{cell},\n")
    assert found.is_private == is_private


def test_a_private_appointment_is_called_by_its_id(district: District) -> None:
    (found,) = read(district, HOME)
    with speaking("en"):
        assert found.title == "appointment home"


def test_columns_that_are_not_known_are_kept(district: District) -> None:
    (found,) = read(district, HOME.replace("\n", ",0171\n"), head=HEAD.replace("\n", ",phone\n"))
    assert dict(found.extra) == {"phone": "0171"}


def test_semicolons_and_a_byte_order_mark_are_read_alike(district: District) -> None:
    text = "\ufeff" + (HEAD + HOME.replace("10.15", "10,15")).replace(",", ";")
    semicolons = text.replace("10;15", "10,15")
    assert read(district, head=semicolons) == read(district, HOME)


def test_a_date_is_on_that_day_only(district: District) -> None:
    (found,) = read(district, HOME)
    days = [dt.date(2026, 11, 24), dt.date(2026, 12, 1)]
    assert [found.is_on(day) for day in days] == [True, False]


@pytest.mark.parametrize("day", ["mi", "Wed", "Mittwoch"])
def test_a_weekday_is_on_it_every_week(district: District, day: str) -> None:
    (found,) = read(district, f"office,,{day},15:30,,45,east,,,,,,\n")
    week = dt.timedelta(weeks=1)
    assert [found.is_on(day) for day in (WEDNESDAY, WEDNESDAY + week)] == [True, True]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Home,,Do,15:30,,45,east,,,,,,", "column id: “Home” is not an id"),
        (",,Do,15:30,,45,east,,,,,,", "column id: The cell is empty"),
        ("east,,Do,15:30,,45,east,,,,,,", "column id: “east” is the id of a meeting place"),
        ("a,,Xx,15:30,,45,east,,,,,,", "column weekday: “Xx” is not a weekday"),
        ("a,,,15:30,,45,east,,,,,,", "column date: An appointment has either a date or a weekday"),
        (
            "a,2026-11-24,Di,15:30,,45,east,,,,,,",
            "column date: An appointment has either a date or a weekday",
        ),
        ("a,2026-02-30,,15:30,,45,east,,,,,,", "column date: “2026-02-30” is not a date"),
        ("a,,Do,,,45,east,,,,,,", "column start: The cell is empty"),
        ("a,,Do,3 Uhr,,45,east,,,,,,", "column start: “3 Uhr” is not a time of day"),
        ("a,,Do,15:30,24:00,45,east,,,,,,", "column latest: “24:00” is not a time of day"),
        (
            "a,,Do,15:30,15:25,45,east,,,,,,",
            "column latest: The latest start is before the start",
        ),
        ("a,,Do,15:30,,,east,,,,,,", "column minutes: The cell is empty"),
        ("a,,Do,15:30,,4,east,,,,,,", "column minutes: “4” is not a number from 5 to 480"),
        ("a,,Do,15:30,,7.5,east,,,,,,", "column minutes: “7.5” is not a whole number"),
        ("a,,Do,15:30,,45,nowhere,,,,,,", "column place: There is no place “nowhere”"),
        (
            "a,,Do,15:30,,45,east,,10.15,52.05,,,",
            "column place: The appointment has both a place and a position",
        ),
        ("a,,Do,15:30,,45,,,10.15,52.05,,,", "column name: The cell is empty"),
        ("a,,Do,15:30,,45,east,,,,,maybe,", "column private: “maybe” is neither yes nor no"),
    ],
)
def test_a_wrong_cell_is_one_fault_with_line_and_column(
    district: District, line: str, what: str
) -> None:
    assert faults(district, HOME, line + "\n") == [f"line 3, {what}"]


@pytest.mark.parametrize("position", ["52.05,10.15", "9.00,52.05", ",52.05", "10.15,", "x,y"])
def test_a_wrong_position_is_a_fault(district: District, position: str) -> None:
    assert faults(district, f"a,,Do,15:30,,45,,Home,{position},,,\n")


NEW = "id,date,weekday,until,start,latest,end,minutes,place,unit,purpose,status,language\n"


def of(district: District, line: str) -> Appointment:
    (found,) = read(district, f"{line}\n", head=NEW)
    return found


def new_faults(district: District, line: str) -> list[str]:
    return faults(district, f"{line}\n", head=NEW)


def test_who_asked_for_it_what_for_and_the_language_are_read(district: District) -> None:
    found = of(district, "a,,Mi,,15:30,,,45,east,Jugendamt,Begleitung,requested,ar")
    assert (found.unit, found.purpose, found.language) == ("Jugendamt", "Begleitung", "ar")
    assert (found.status, found.is_confirmed) == ("requested", False)


def test_an_older_file_holds_confirmed_appointments_without_a_language(district: District) -> None:
    (found,) = read(district, HOME)
    assert (found.status, found.is_confirmed, found.language) == ("confirmed", True, "")


@pytest.mark.parametrize(
    ("times", "start_s", "latest_s", "dwell_s"),
    [
        # start, latest, end, minutes: as long as from start to end, ...
        ("15:00,,15:45,", 54_000, 54_000, 2700),
        # ... or anywhere between the two.
        ("15:00,,17:00,45", 54_000, 58_500, 2700),
        ("15:00,15:30,17:00,45", 54_000, 55_800, 2700),
        ("15:00,,15:45,45", 54_000, 54_000, 2700),
    ],
)
def test_an_end_says_how_long_or_until_when(
    district: District, times: str, start_s: int, latest_s: int, dwell_s: int
) -> None:
    found = of(district, f"a,,Mi,,{times},east,,,,")
    assert (found.start_s, found.latest_s, found.dwell_s) == (start_s, latest_s, dwell_s)


@pytest.mark.parametrize(
    ("times", "what"),
    [
        ("15:00,,,", "minutes: The cell is empty"),
        ("15:00,,14:00,", "end: The end is not 5 to 480 minutes after the start"),
        ("15:00,,15:04,", "end: The end is not 5 to 480 minutes after the start"),
        ("15:00,,15:30,45", "end: The end is less than 45 minutes after the start"),
        (
            "15:00,16:30,17:00,45",
            "latest: The latest start is too late for 45 minutes before the end",
        ),
        ("15:00,15:30,17:00,", "minutes: With a latest start and an end, the length is open"),
        ("15:00,,halb vier,", "end: “halb vier” is not a time of day"),
    ],
)
def test_times_that_do_not_fit_are_one_fault(district: District, times: str, what: str) -> None:
    assert new_faults(district, f"a,,Mi,,{times},east,,,,") == [f"line 2, column {what}"]


def test_the_column_minutes_may_be_missing_beside_an_end(district: District) -> None:
    (found,) = read(district, "a;Mi;15:00;15:45;east\n", head="\ufeffid;weekday;start;end;place\n")
    assert found.dwell_s == 2700


def test_a_weekly_appointment_ends_with_its_last_day(district: District) -> None:
    found = of(district, "a,,Mi,25.11.2026,15:00,,,45,east,,,,")
    assert [found.is_on(WEDNESDAY + dt.timedelta(weeks=n)) for n in (-1, 0, 1)] == [
        *(True, True, False),
    ]


def test_a_last_day_before_the_date_is_a_fault(district: District) -> None:
    assert new_faults(district, "a,2026-11-25,,2026-11-24,15:00,,,45,east,,,,") == [
        "line 2, column until: The last day is before the date"
    ]


@pytest.mark.parametrize(
    ("status", "day", "is_on"),
    [
        ("requested", ",Mi", True),
        ("confirmed", ",Mi", True),
        ("cancelled", ",Mi", False),
        ("cancelled", "2026-11-25,", False),
        # What came every week is over; what was once has been.
        ("done", ",Mi", False),
        ("done", "2026-11-25,", True),
    ],
)
def test_what_is_called_off_does_not_take_place(
    district: District, status: str, day: str, is_on: bool
) -> None:
    found = of(district, f"a,{day},,15:00,,,45,east,,,{status},")
    assert (found.is_on(WEDNESDAY), found.is_due(WEDNESDAY)) == (is_on, True)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("angefragt", "requested"),
        ("Zugesagt", "confirmed"),
        ("bestätigt", "confirmed"),
        ("abgesagt", "cancelled"),
        ("erledigt", "done"),
    ],
)
def test_a_status_may_be_german(district: District, word: str, status: str) -> None:
    assert of(district, f"a,2026-11-24,,,15:00,,,45,east,,,{word},").status == status


def test_an_unknown_status_is_a_fault(district: District) -> None:
    assert new_faults(district, "a,,Mi,,15:00,,,45,east,,,offen,") == [
        "line 2, column status: “offen” is unknown"
    ]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("", ""),
        ("nein", ""),
        ("Deutsch", ""),
        # Not Japanese, whose code it is.
        ("ja", "Dolmetschen klären"),
        ("ar", "Sprache: Arabisch – Dolmetschen klären"),
        ("Kurmandschi", "Sprache: Kurmandschi – Dolmetschen klären"),
    ],
)
def test_the_language_says_whether_somebody_has_to_interpret(
    district: District, cell: str, said: str
) -> None:
    with speaking("de"):
        assert of(district, f"a,,Mi,,15:00,,,45,east,,,,{cell}").interpreting == said


def test_what_a_plan_does_not_depend_on_is_not_told(district: District) -> None:
    plain = of(district, "a,,Mi,,15:00,,,45,east,,,,")
    assert of(district, "a,,Mi,,15:00,,,45,east,Amt,Hilfe,confirmed,ar").told == plain.told
    assert of(district, "a,,Mi,,15:00,,,45,east,,,cancelled,").told != plain.told
    assert of(district, "a,,Mi,2026-12-31,15:00,,,45,east,,,,").told != plain.told


def test_two_appointments_of_one_id_are_a_fault(district: District) -> None:
    assert faults(district, HOME, HOME) == ["line 3, column id: “home” is already the id of line 2"]


def test_faults_of_several_lines_come_at_once(district: District) -> None:
    lines = ("a,,Do,15:30,,4,east,,,,,,\n", "b,,Do,15:30,,45,nowhere,,,,,x,\n")
    assert [where[:7] for where in faults(district, *lines)] == ["line 2,", "line 3,"]


def test_a_file_without_a_needed_column_is_a_fault(district: District) -> None:
    assert len(faults(district, "a,15:30\n", head="id,start\n")) == 1


def test_a_file_with_its_head_alone_holds_no_appointment(district: District) -> None:
    assert read(district) == ()


def test_without_a_file_there_is_no_appointment(district: District, tmp_path: Path) -> None:
    path = tmp_path / "appointments.csv"
    assert load_appointments(path, district.region, district.places) == ()


def test_a_file_that_is_not_utf8_is_named(district: District, tmp_path: Path) -> None:
    path = tmp_path / "appointments.csv"
    path.write_bytes((HEAD + HOME.replace("M.", "Mü")).encode("cp1252"))
    with speaking("en"), pytest.raises(AppointmentError, match="UTF-8") as caught:
        load_appointments(path, district.region, district.places)
    assert caught.value.faults[0].where == str(path)


def test_a_folder_in_place_of_the_file_is_named(district: District, tmp_path: Path) -> None:
    with speaking("en"), pytest.raises(AppointmentError, match="cannot be read"):
        load_appointments(tmp_path, district.region, district.places)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"weekday": 1, "date": WEDNESDAY}, "date or weekday must be given"),
        ({"weekday": None}, "date or weekday must be given"),
        ({"latest_s": 55_799}, "latest_s must be at least start_s"),
        ({"dwell_s": 0}, "dwell_s must be 1 or more"),
        ({"status": "open"}, "status must be one of"),
    ],
)
def test_the_programmer_s_faults_are_refused(change: dict[str, object], message: str) -> None:
    good: dict[str, object] = {
        **{"id": "a", "weekday": 1, "start_s": 55_800, "latest_s": 55_800, "dwell_s": 60},
        **{"name": "A", "lon": 10.0, "lat": 52.0, "ags": "03000001"},
    }
    with pytest.raises(ValueError, match=message):
        Appointment(**{**good, **change})  # type: ignore[arg-type]  # any of its fields
