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
    ],
)
def test_the_programmer_s_faults_are_refused(change: dict[str, object], message: str) -> None:
    good: dict[str, object] = {
        **{"id": "a", "weekday": 1, "start_s": 55_800, "latest_s": 55_800, "dwell_s": 60},
        **{"name": "A", "lon": 10.0, "lat": 52.0, "ags": "03000001"},
    }
    with pytest.raises(ValueError, match=message):
        Appointment(**{**good, **change})  # type: ignore[arg-type]
