"""Afternoons and depots of region.toml: buses, breaks, depots, and every fault with its line."""

from __future__ import annotations

from itertools import pairwise

import pytest

from geodata.language import speaking
from tours.afternoons import MAIN_DEPOT, Afternoon, DepotSite, read_afternoons, read_depots
from tours.problem import Rest
from tours.tomlfile import TomlFile

DEPOT = '[depot]\nname = "Hof"\nlon = 10.05\nlat = 52.05\n'
TUESDAY = '[[shifts]]\nweekday = "Di"\nstart = "14:00"\nend = "19:00"\n'


def afternoons(text: str) -> tuple[Afternoon, ...]:
    reader = TomlFile(text, "region.toml")
    found = read_afternoons(reader, (MAIN_DEPOT, "east"))
    assert reader.faults == []
    return found


def faults(text: str) -> list[str]:
    """Return what is wrong with the afternoons, in English; each names the remedy."""
    with speaking("en"):
        reader = TomlFile(text, "region.toml")
        read_afternoons(reader, (MAIN_DEPOT, "east"))
    assert all(fault.remedy for fault in reader.faults)
    return [f"{fault.where.removeprefix('region.toml, ')}: {fault.what}" for fault in reader.faults]


def depots(text: str) -> tuple[tuple[DepotSite, ...], list[str]]:
    """Return the depots, and what is wrong with them in English."""
    with speaking("en"):
        reader = TomlFile(text, "region.toml")
        found = read_depots(reader)
    return found, [fault.what for fault in reader.faults]


def other_depot(id_: str) -> str:
    return f'[[depots]]\nid = "{id_}"\nname = "Osthof"\nlon = 10.15\nlat = 52.05\n'


def test_an_afternoon_without_more_has_one_bus_and_the_main_depot() -> None:
    assert afternoons(TUESDAY) == (Afternoon(1, 50_400, 68_400, "", None, ("depot",)),)


def test_each_of_several_buses_has_a_number() -> None:
    assert [a.bus for a in afternoons(TUESDAY + "buses = 3\n")] == ["1", "2", "3"]


def test_ten_buses_are_in_the_order_of_their_numbers() -> None:
    found = [int(a.bus) for a in afternoons(TUESDAY + "buses = 11\n")]
    assert all(a < b for a, b in pairwise(found))


def test_a_bus_can_have_a_name() -> None:
    assert [a.bus for a in afternoons(TUESDAY + 'bus = "Bus-A.2"\n')] == ["Bus-A.2"]


def test_a_break_has_a_length_and_the_times_at_which_it_begins() -> None:
    text = TUESDAY + 'break_minutes = 15\nbreak_between = ["16:00", "17:30"]\n'
    assert [a.rest for a in afternoons(text)] == [Rest(57_600, 63_000, 900)]


@pytest.mark.parametrize(
    ("length", "between"),
    [(30, '["14:00", "18:30"]'), (5, '["16:00", "16:00"]'), (180, '["16:00", "16:00"]')],
)
def test_a_break_may_begin_and_end_with_the_afternoon(length: int, between: str) -> None:
    afternoons(TUESDAY + f"break_minutes = {length}\nbreak_between = {between}\n")


@pytest.mark.parametrize(
    "between",
    ['["13:55", "16:00"]', '["16:00", "18:31"]', '["17:00", "16:00"]', '["19:00", "19:00"]'],
)
def test_a_break_outside_the_afternoon_is_a_fault(between: str) -> None:
    text = TUESDAY + f"break_minutes = 30\nbreak_between = {between}\n"
    assert faults(text) == ["line 6, column 1: The break does not lie within the afternoon"]


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("break_minutes = 30", "break_between"),
        ('break_between = ["16:00", "17:00"]', "break_minutes"),
    ],
)
def test_half_a_break_is_a_fault(line: str, missing: str) -> None:
    assert faults(TUESDAY + line) == [f"line 1, column 1: “{missing}” is missing in [shifts]"]


def test_the_depots_of_an_afternoon_are_in_their_order_and_once() -> None:
    text = TUESDAY + 'depots = ["east", "depot", "east"]\n'
    assert [a.depots for a in afternoons(text)] == [("east", "depot")]


def test_an_unknown_depot_is_a_fault() -> None:
    text = TUESDAY + 'depots = ["east", "north", "south"]\n'
    assert faults(text) == ["line 5, column 1: There is no depot north, south"]


@pytest.mark.parametrize("bus", ["Bus A", "a/b", "<b>", "x" * 21, "1@2"])
def test_what_is_no_label_of_a_bus_is_a_fault(bus: str) -> None:
    assert faults(TUESDAY + f'bus = "{bus}"\n') == [
        f"line 5, column 1: “{bus}” is not a label of a bus"
    ]


def test_a_named_bus_is_one_bus() -> None:
    assert faults(TUESDAY + 'bus = "A"\nbuses = 2\n') == [
        "line 5, column 1: “bus” names one bus, and there are 2"
    ]


@pytest.mark.parametrize("buses", [0, 21])
def test_the_number_of_buses_has_bounds(buses: int) -> None:
    assert faults(TUESDAY + f"buses = {buses}\n") == [
        "line 5, column 1: “buses” must be a whole number from 1 to 20"
    ]


def test_two_afternoons_of_the_same_bus_may_touch() -> None:
    early = TUESDAY.replace("14:00", "10:00").replace("19:00", "14:00")
    assert [a.start_s for a in afternoons(TUESDAY + early)] == [36_000, 50_400]


def test_two_afternoons_of_the_same_bus_may_not_overlap() -> None:
    late = TUESDAY.replace("14:00", "18:55").replace("19:00", "21:00")
    assert faults(TUESDAY + late) == [
        "line 7, column 1: On Di two afternoons of the same bus overlap"
    ]


def test_a_numbered_bus_and_a_bus_of_that_name_are_the_same() -> None:
    assert len(faults(TUESDAY + "buses = 2\n" + TUESDAY + 'bus = "2"\n')) == 1


def test_afternoons_of_two_buses_may_overlap() -> None:
    text = TUESDAY + 'bus = "B"\n' + TUESDAY + 'bus = "A"\n'
    assert [a.bus for a in afternoons(text)] == ["A", "B"]


def test_an_afternoon_with_a_fault_overlaps_with_nobody() -> None:
    assert faults(TUESDAY + TUESDAY.replace("19:00", "13:00")) == [
        "line 8, column 1: The afternoon ends before it starts"
    ]


def test_an_unknown_setting_of_an_afternoon_is_a_fault() -> None:
    assert faults(TUESDAY + "crew = 2\n") == [
        "line 5, column 1: “crew” is not a setting of [shifts]"
    ]


def test_without_an_afternoon_one_is_asked_for() -> None:
    assert faults(DEPOT) == ["line 1, column 1: There is no afternoon"]


def test_the_main_depot_comes_first() -> None:
    found, wrong = depots(other_depot("east") + DEPOT)
    assert ([site.id for site in found], wrong) == (["depot", "east"], [])


def test_the_point_of_a_depot_is_no_id_of_a_place() -> None:
    assert DepotSite("east", "Osthof", 10.15, 52.05).point.startswith("#")


@pytest.mark.parametrize("id_", ["depot", "east"])
def test_two_depots_of_one_id_are_a_fault(id_: str) -> None:
    _found, wrong = depots(DEPOT + other_depot("east") + other_depot(id_))
    assert wrong == [f"There are two depots “{id_}”"]


@pytest.mark.parametrize("id_", ["Ost hof", "#1", "a/b", "x" * 21])
def test_what_is_no_id_of_a_depot_is_a_fault(id_: str) -> None:
    assert depots(DEPOT + other_depot(id_))[1] == [f"“{id_}” is not an id"]


def test_two_depots_without_id_are_not_called_the_same() -> None:
    nameless = other_depot("").replace('id = ""\n', "")
    assert depots(DEPOT + nameless + nameless)[1] == ["“id” is missing in [depots]"] * 2
