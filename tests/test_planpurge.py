"""A stored plan loses the addresses of past appointments and stays a plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from conftest import EAST

from geodata.language import speaking
from geodata.region import Region
from tours.leftout import Unassigned
from tours.plan import Plan, read_plan, render_plan
from tours.privacy.planpurge import num_addresses, plan_without_addresses
from tours.tour import APPOINTMENT

BEFORE = dt.date(2026, 12, 1)


@pytest.fixture
def visited(plan: Plan) -> Plan:
    """Return the week with a home visit after the stop at the market, and one left out."""
    tour = plan.tours[0]
    home = replace(
        tour.stops[0], place_id="hv1", name="Termin hv1", kind=APPOINTMENT,
        lon=10.1234, lat=52.0321, arrival_s=56_700, start_s=57_000, departure_s=58_800,
    )  # fmt: skip
    there = ((10.13, 52.03), (10.1211, 52.0311), (10.1234, 52.0321))
    back = ((10.1234, 52.0321), (10.1011, 52.0411), (10.05, 52.05))
    legs = (tour.legs[0], replace(tour.legs[1], route=there), replace(tour.legs[1], route=back))
    tour = replace(tour, stops=(tour.stops[0], home), legs=legs, return_s=59_400)
    left = Unassigned(
        "hv2", "Termin hv2", APPOINTMENT, EAST, "Ostdorf", 10.1777, 52.0888, "cancelled"
    )
    return replace(plan, tours=(tour, plan.tours[1]), unassigned=(*plan.unassigned, left))


def test_addresses_of_stops_and_of_what_was_left_out_are_found(
    visited: Plan, region: Region
) -> None:
    assert num_addresses(visited, BEFORE, region.municipalities) == 2


def test_meeting_places_are_no_addresses(plan: Plan, region: Region) -> None:
    assert num_addresses(plan, BEFORE, region.municipalities) == 0


def test_appointments_from_the_limit_on_stay(visited: Plan, region: Region) -> None:
    before = dt.date(2026, 11, 17)
    assert num_addresses(visited, before, region.municipalities) == 0
    assert plan_without_addresses(visited, before, region.municipalities) == visited


def test_no_position_and_no_road_to_the_door_is_left(visited: Plan, region: Region) -> None:
    text = render_plan(plan_without_addresses(visited, BEFORE, region.municipalities))
    secrets = ("10.1234", "52.0321", "10.1211", "52.0311", "10.1011", "10.1777", "52.0888")
    assert [secret for secret in secrets if secret not in render_plan(visited)] == []
    assert [secret for secret in secrets if secret in text] == []


def test_times_and_all_other_stops_stay(visited: Plan, region: Region) -> None:
    made = plan_without_addresses(visited, BEFORE, region.municipalities)
    first, home = made.tours[0].stops
    assert first == visited.tours[0].stops[0]
    assert (home.start_s, home.departure_s, home.municipality) == (57_000, 58_800, "Ostdorf")
    assert made.tours[0].legs[0] == visited.tours[0].legs[0]
    assert made.tours[0].legs[1].route == ((10.13, 52.03), (10.15, 52.05))


def test_the_plan_can_still_be_read_and_has_no_address(visited: Plan, region: Region) -> None:
    made = plan_without_addresses(visited, BEFORE, region.municipalities)
    assert read_plan(render_plan(made), "plan") == made
    assert num_addresses(made, BEFORE, region.municipalities) == 0


def test_the_name_goes_from_an_appointment_at_the_centre(visited: Plan, region: Region) -> None:
    centre = region.municipalities[EAST]
    tour = visited.tours[0]
    home = replace(tour.stops[1], lon=centre.lon, lat=centre.lat, name="Familie Geheim")
    named = replace(visited, tours=(replace(tour, stops=(tour.stops[0], home)), visited.tours[1]))
    assert num_addresses(named, BEFORE, region.municipalities) == 2
    made = plan_without_addresses(named, BEFORE, region.municipalities)
    assert "Geheim" not in render_plan(made)


def test_neither_length_nor_time_of_the_drives_tells_the_address(
    visited: Plan, region: Region
) -> None:
    tour = visited.tours[0]
    longer = tuple(replace(leg, drive_s=leg.drive_s + 99, length_m=leg.length_m + 777)
                   for leg in tour.legs[1:])  # fmt: skip
    home = replace(tour.stops[1], arrival_s=tour.stops[1].arrival_s + 99)
    other = replace(
        tour,
        stops=(tour.stops[0], home),
        legs=(tour.legs[0], *longer),
        return_s=tour.return_s + 99,
    )
    one, two = (
        plan_without_addresses(
            replace(visited, tours=(t, visited.tours[1])), BEFORE, region.municipalities
        )
        for t in (tour, other)
    )
    assert one == two


def test_a_plan_without_addresses_has_none_in_another_language(
    visited: Plan, region: Region
) -> None:
    made = plan_without_addresses(visited, BEFORE, region.municipalities)
    with speaking("en"):
        assert num_addresses(made, BEFORE, region.municipalities) == 0
