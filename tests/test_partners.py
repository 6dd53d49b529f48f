"""partners.csv: what is read, when a partner is open and for whom, and every fault."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from conftest import EAST, WEST
from small_lists import faults_of

from geodata.language import speaking
from geodata.region import Area, Region
from tours.errors import TeamError
from tours.team.partners import Partner, load_partners, read_partners

HEAD = "name,role,phone,emergency,hours,area,languages,note\n"
OFFICE = 'Office,advice,05021 1234,no,"Mo-Fr 08:00-16:00; PH off",Westdorf,"de, ar",ring twice\n'
AREAS = (Area("Osten", "funding", frozenset({EAST})),)
# The holiday is a Thursday.
WEDNESDAY, HOLIDAY = dt.date(2026, 11, 25), dt.date(2025, 12, 25)
HOUR = 3600


def read(region: Region, *lines: str, head: str = HEAD) -> tuple[Partner, ...]:
    return read_partners(head + "".join(lines), "partners.csv", region, AREAS)


def test_a_partner_is_read_and_keeps_what_was_typed(region: Region) -> None:
    (found,) = read(region, OFFICE)
    assert found == Partner(
        name="Office",
        role="advice",
        phone="05021 1234",
        dial="050211234",
        hours="Mo-Fr 08:00-16:00; PH off",
        area="Westdorf",
        municipalities=frozenset({WEST}),
        languages="de, ar",
        note="ring twice",
    )


def test_semicolons_and_a_byte_order_mark_are_read_alike(region: Region) -> None:
    text = "\ufeffname;phone;emergency\r\nOffice;05021 1234;ja\r\n"
    (found,) = read(region, head=text)
    assert (found.name, found.is_emergency) == ("Office", True)


def test_unknown_columns_are_kept(region: Region) -> None:
    (found,) = read(region, "Office,112,x\n", head="name,phone,colour\n")
    assert dict(found.extra) == {"colour": "x"}


def test_comments_are_left_out_and_counted_as_lines(region: Region) -> None:
    assert read(region, "# Office of the youth, office\n", OFFICE) == read(region, OFFICE)
    lines = ("# a, b\n", "Office,advice,12,no,,,,\n")
    assert faults_of(lambda: read(region, *lines))[0].startswith("line 3, column phone: “12”")


@pytest.mark.parametrize(
    ("area", "keys"),
    [
        ("", set()),
        ("osten", {EAST}),
        ("Westdorf; Osten", {WEST, EAST}),
        (f"{WEST} | Ostdorf", {WEST, EAST}),
    ],
)
def test_areas_and_municipalities_are_known_by_name_and_key(
    region: Region, area: str, keys: set[str]
) -> None:
    (found,) = read(region, f"Office,,112,,,{area},,\n")
    assert found.municipalities == keys


def test_a_partner_without_an_area_serves_everybody(region: Region) -> None:
    anywhere, west = read(region, "A,,112,,,,,\n", "B,,112,,,Westdorf,,\n")
    assert (anywhere.serves({EAST}), west.serves({EAST}), west.serves({WEST, EAST})) == (
        *(True, False, True),
    )


@pytest.mark.parametrize(
    ("day", "start", "end", "open_s"),
    [
        (WEDNESDAY, 14, 19, ((8 * HOUR, 16 * HOUR),)),
        (WEDNESDAY, 16, 19, ()),
        (WEDNESDAY, 6, 8, ()),
        (WEDNESDAY, 7, 9, ((8 * HOUR, 16 * HOUR),)),
        (HOLIDAY, 14, 19, ()),
    ],
)
def test_a_partner_is_open_during_a_tour_or_not(
    region: Region, day: dt.date, start: int, end: int, open_s: tuple[tuple[int, int], ...]
) -> None:
    (found,) = read(region, OFFICE)
    assert found.open_during(day, start * HOUR, end * HOUR, "NI") == open_s


def test_without_hours_it_is_not_known_when_a_partner_is_open(region: Region) -> None:
    (found,) = read(region, "Office,,112,,,,,\n")
    assert found.open_during(WEDNESDAY, 0, 86_400, "NI") is None


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (",,112,,,,,\n", "column name: The cell is empty"),
        ("A,,,,,,,\n", "column phone: The cell is empty"),
        (
            "A,,5021 1234,,,,,\n",
            "column phone: “5021 1234” cannot be dialled: the area code with its zero is "
            "missing; spreadsheets drop the first zero",
        ),
        ("A,,112,vielleicht,,,,\n", "column emergency: “vielleicht” is neither yes nor no"),
        ("A,,112,,8 bis 16,,,\n", "column hours: “8 bis 16” cannot be read as opening hours"),
        (
            "A,,112,,,Westdorf|Atlantis|Utopia,,\n",
            "column area: There is no area or municipality “Atlantis, Utopia”",
        ),
        ("A,,112\n", "column note: The line has another number of cells than the first line"),
    ],
)
def test_a_wrong_cell_is_one_fault_with_line_and_column(
    region: Region, line: str, what: str
) -> None:
    assert faults_of(lambda: read(region, OFFICE, line)) == [f"line 3, {what}"]


def test_all_faults_come_at_once(region: Region) -> None:
    lines = ("A,,12,vielleicht,8 bis 16,Atlantis,,\n", ",,112,,,,,\n")
    found = faults_of(lambda: read(region, *lines))
    assert [where[:6] for where in found] == ["line 2"] * 4 + ["line 3"]


def test_without_a_file_there_is_no_partner(region: Region, tmp_path: Path) -> None:
    assert load_partners(tmp_path / "partners.csv", region) == ()


def test_a_file_that_is_not_utf8_is_named(region: Region, tmp_path: Path) -> None:
    path = tmp_path / "partners.csv"
    path.write_bytes("name,phone\nBüro,112\n".encode("cp1252"))
    with speaking("en"), pytest.raises(TeamError, match=r"UTF-8 \(line 2\)"):
        load_partners(path, region)
