"""crew.csv: who is on the bus on which day, what the rules ask, and every fault."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from small_lists import faults_of

from geodata.language import speaking
from tours.config import read_config
from tours.errors import ConfigError
from tours.team.crew import Member, Turn, load_crew, members, read_crew
from tours.team.crewrules import CrewRules, Drive, build_staffing, crew_faults

HEAD = "name,role,date,until,weekday,week,bus,absent\n"
# Of week 48, which is even.
TUESDAY, WEDNESDAY = dt.date(2026, 11, 24), dt.date(2026, 11, 25)
WEEK = dt.timedelta(weeks=1)


def read(*lines: str, head: str = HEAD) -> tuple[Turn, ...]:
    return read_crew(head + "".join(lines), "crew.csv")


def names(day: dt.date, *lines: str, bus: str = "") -> list[str]:
    return [member.name for member in members(read(*lines), day, bus)]


def gaps(rules: CrewRules, drives: list[Drive], *lines: str) -> list[str]:
    with speaking("en"):
        return [fault.what for fault in crew_faults(read(*lines), rules, drives)]


def test_a_line_is_read() -> None:
    assert read("AB,driver,,,Di,gerade,2,\n") == (
        Turn(name="AB", role="driver", weekday=1, week="even", bus="2"),
    )


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("AB,,2026-11-24,,,,,\n", [True, False, False]),
        ("AB,,24.11.2026,30.11.2026,,,,\n", [True, True, False]),
        ("AB,,,,Di,,,\n", [True, False, True]),
        ("AB,,,,Di,even,,\n", [True, False, False]),
        ("AB,,,,Di,ungerade,,\n", [False, False, True]),
        ("AB,,,,,2026-W48,,\n", [True, True, False]),
        ("AB,,,,Di,2026-w48,,\n", [True, False, False]),
        ("AB,,,,Di,KW 48/2026,,\n", [True, False, False]),
        ("AB,,24.11.26,,,,,\n", [True, False, False]),
        ("AB,,2026-11-25,,Di,,,\n", [False, False, True]),
        ("AB,,,2026-11-30,Di,,,\n", [True, False, False]),
    ],
)
def test_the_days_of_a_line(line: str, days: list[bool]) -> None:
    asked = (TUESDAY, WEDNESDAY, TUESDAY + WEEK)
    assert [bool(names(day, line)) for day in asked] == days


def test_who_is_absent_is_not_there_whatever_else_stands_there() -> None:
    lines = ("AB,,,,Di,,,\n", "CD,,,,Di,,,\n", "ab,,2026-11-24,,,,,ja\n")
    assert names(TUESDAY, *lines) == ["CD"]
    assert names(TUESDAY + WEEK, *lines) == ["AB", "CD"]


def test_who_stands_there_twice_is_one_person_with_a_role() -> None:
    lines = ("AB,,,,Di,,,\n", "AB,driver,2026-11-24,,,,,\n")
    assert members(read(*lines), TUESDAY) == (Member("AB", "driver"),)


def test_a_line_without_a_bus_is_about_every_bus() -> None:
    lines = ("AB,,,,Di,,2,\n", "CD,,,,Di,,,\n")
    assert [names(TUESDAY, *lines, bus=bus) for bus in ("1", "2", "")] == [
        *(["CD"], ["AB", "CD"], ["AB", "CD"]),
    ]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (",,,,Di,,,\n", "column name: The cell is empty"),
        ("AB,,,,,,,\n", "column date: The line says of no day"),
        ("AB,,morgen,,,,,\n", "column date: “morgen” is not a date"),
        ("AB,,24.11.,,,,,\n", "column date: “24.11.” is a day without a year"),
        ("AB,,,,Di,48,,\n", "column week: “48” is not a calendar week"),
        ("AB,,2026-11-24,2026-11-23,,,,\n", "column until: The last day is before the date"),
        ("AB,,,,Xx,,,\n", "column weekday: “Xx” is not a weekday"),
        ("AB,,,,Di,manchmal,,\n", "column week: “manchmal” is not a calendar week"),
        ("AB,,,,Di,2026-W60,,\n", "column week: “2026-W60” is not a calendar week"),
        (
            "AB,,2026-11-24,,,2026-W48,,\n",
            "column week: The line has both a date and a single week",
        ),
        ("AB,,,,Di,,,vielleicht\n", "column absent: “vielleicht” is neither yes nor no"),
    ],
)
def test_a_wrong_cell_is_one_fault_with_line_and_column(line: str, what: str) -> None:
    assert faults_of(lambda: read("# AB\n", line)) == [f"line 3, {what}"]


def test_without_a_file_there_is_no_roster(tmp_path: Path) -> None:
    assert load_crew(tmp_path / "crew.csv") == ()


def test_two_persons_are_needed_where_nothing_is_said() -> None:
    drives = [(TUESDAY, ""), (WEDNESDAY, ""), (TUESDAY + WEEK, "")]
    lines = ("AB,,,,Di,,,\n", "CD,,,,Di,even,,\n")
    assert gaps(CrewRules(), drives, *lines) == [
        "Wednesday, 25 November 2026: nobody is on the roster, and 2 persons are needed",
        "Tuesday, 1 December 2026: 1 of 2 persons (AB), one more is needed",
    ]


def test_how_many_are_missing_is_said() -> None:
    assert gaps(CrewRules(at_least=3), [(TUESDAY, "")], "AB,,,,Di,,,\n") == [
        "Tuesday, 24 November 2026: 1 of 3 persons (AB), 2 more are needed"
    ]


def test_a_gap_says_how_the_afternoon_is_cancelled() -> None:
    (fault,) = crew_faults(read("AB,,,,Di,,,\n"), CrewRules(), [(TUESDAY, "blau; x")])
    command = "tours plan --week 2026-W48 --cancel '2026-11-24/blau; x'"
    assert command in fault.remedy


def test_who_is_there_and_who_is_missing() -> None:
    rules = CrewRules(at_least=3, roles=("Driver", "Worker"))
    (found,) = build_staffing(read("AB,driver,,,Di,,,\n"), rules, [(TUESDAY, ""), (TUESDAY, "")])
    assert (found.members, found.missing) == ((Member("AB", "driver"),), 2)
    assert (found.missing_roles, found.is_enough) == (("Worker",), False)


def test_how_many_are_needed_can_be_set() -> None:
    one = "AB,,,,Di,,,\n"
    assert [len(gaps(CrewRules(at_least=n), [(TUESDAY, "")], one)) for n in (0, 1, 2)] == [0, 0, 1]


def test_of_each_role_somebody_is_needed() -> None:
    rules = CrewRules(at_least=1, roles=("Driver", "Worker"))
    assert gaps(rules, [(TUESDAY, "")], "AB,driver,,,Di,,,\n") == [
        "Tuesday, 24 November 2026: nobody has the role “Worker”"
    ]


def test_nobody_drives_more_often_than_the_rule_allows() -> None:
    rules = CrewRules(at_least=1, most_per_week=1)
    drives = [(TUESDAY, ""), (WEDNESDAY, ""), (TUESDAY + WEEK, "")]
    assert gaps(rules, drives, "AB,,2026-11-23,2026-12-31,,,,\n") == [
        "2026-W48: AB is on the bus on 2 afternoons, 1 at most"
    ]


def test_nobody_is_on_two_buses_at_once() -> None:
    drives = [(TUESDAY, "1"), (TUESDAY, "2")]
    assert gaps(CrewRules(at_least=1), drives, "AB,,,,Di,,,\n") == [
        "Tuesday, 24 November 2026: AB is on 2 buses at once"
    ]
    assert gaps(CrewRules(at_least=1), drives, "AB,,,,Di,,1,\n", "CD,,,,Di,,2,\n") == []


def test_rules_are_read_from_the_settings(region_toml: str) -> None:
    part = '[crew]\nat_least = 3\nroles = ["A"]\nmost_per_week = 2\nnames_in_calendar = true\n'
    config = read_config(region_toml + part, "region.toml", ["03000001", "03000002"])
    assert config.crew_rules == CrewRules(3, ("A",), 2, True, True)


def test_an_unknown_rule_is_a_fault(region_toml: str) -> None:
    with speaking("en"), pytest.raises(ConfigError, match="“at_most” is not a setting of \\[crew"):
        read_config(region_toml + "[crew]\nat_most = 3\n", "region.toml", ["03000001", "03000002"])
