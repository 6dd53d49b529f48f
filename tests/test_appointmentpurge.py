"""Past appointments lose their addresses, and nothing else of appointments.csv changes."""

from __future__ import annotations

import datetime as dt

import pytest
from small_districts import small_district

from geodata.network import RoadNetwork
from geodata.region import Region
from tours.appointments import read_appointments
from tours.privacy.appointmentpurge import past_appointments, without_addresses

BEFORE = dt.date(2026, 11, 11)
TEXT = (
    "\ufeffid;date;weekday;start;latest;minutes;place;name;lon;lat;ags;private;note;Telefon\r\n"
    'besuch-1;2026-11-10;;15:30;16:00;45;;"Familie M.; 2. Stock";10,15;52,05;;;Schlüssel;0170\r\n'
    "besuch-2;11.11.2026;;15:30;;45;;Familie N.;10,15;52,05;;;;\r\n"
    "\r\n"
    "sprechstunde;;Mi;16:00;;60;markt;;;;;no;;\r\n"
    "fest;10.11.2026;;16:00;;60;markt;Fest;;;;no;;\r\n"
)


def test_appointments_before_the_limit_are_due() -> None:
    assert [(one.id, one.last, one.columns) for one in past_appointments(TEXT, BEFORE)] == [
        ("besuch-1", dt.date(2026, 11, 10), ("name", "lon", "lat", "note", "Telefon")),
        ("fest", dt.date(2026, 11, 10), ("name",)),
    ]


def test_all_other_lines_and_cells_stay_as_they_are() -> None:
    lines = TEXT.split("\r\n")
    lines[1] = "besuch-1;2026-11-10;;15:30;16:00;45;;-;;;;;;"
    lines[5] = "fest;10.11.2026;;16:00;;60;markt;;;;;no;;"
    assert without_addresses(TEXT, BEFORE) == "\r\n".join(lines)


def test_what_was_removed_is_not_due_again() -> None:
    assert past_appointments(without_addresses(TEXT, BEFORE), BEFORE) == ()


def test_weekly_appointments_are_due_after_their_last_day() -> None:
    text = (
        "id,weekday,until,start,minutes,name,lon,lat\n"
        "a,Di,2026-11-10,15:00,30,Familie M.,10.15,52.05\n"
        "b,Di,,15:00,30,Familie N.,10.15,52.05\n"
    )
    assert [one.id for one in past_appointments(text, BEFORE)] == ["a"]


@pytest.mark.parametrize("text", ["", "\ufeff", "id\n", "id,date\nx\n", 'id,date\n"x,2020-01-01'])
def test_a_file_without_a_dated_address_has_nothing_due(text: str) -> None:
    assert past_appointments(text, BEFORE) == ()
    assert without_addresses(text, BEFORE) == text


def test_the_file_can_still_be_read(
    region: Region, region_toml: str, road_network: RoadNetwork
) -> None:
    district = small_district(region, region_toml, road_network)
    place = district.places[0].id
    text = without_addresses(TEXT.replace("markt", place), BEFORE)
    found = read_appointments(text, "appointments.csv", region, district.places)
    assert [one.id for one in found] == ["besuch-2", "sprechstunde", "fest"]
