"""What is wrong in places.csv is named, with line, column and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import EAST, WEST
from hypothesis import given, settings
from hypothesis import strategies as st
from small_placefiles import HEADER, MARKT, cells, faults, lines, read

from geodata.errors import PlacesError
from geodata.language import speaking
from geodata.places import Place, load_places, read_places, render_places
from geodata.region import Region


def wheres(text: str, region: Region) -> list[str]:
    return [fault.where.removeprefix("places.csv, ") for fault in faults(text, region)]


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ({"id": ""}, "The cell is empty"),
        ({"id": "Am Markt"}, "“Am Markt” is not an id"),
        ({"id": "m" * 65}, f"“{'m' * 65}” is not an id"),
        ({"name": " "}, "The cell is empty"),
        ({"kind": "market"}, "“market” is unknown"),
        ({"lon": ""}, "The cell is empty"),
        ({"lon": "ten"}, "“ten” is not a number from -180 to 180"),
        ({"lon": "nan"}, "“nan” is not a number from -180 to 180"),
        ({"lat": "inf"}, "“inf” is not a number from -90 to 90"),
        ({"lat": "1e999"}, "“1e999” is not a number from -90 to 90"),
        ({"lat": "5_2.05"}, "“5_2.05” is not a number from -90 to 90"),
        ({"lat": "91"}, "“91” is not a number from -90 to 90"),
        ({"ags": "03999999"}, "There is no municipality 03999999 in this district"),
        ({"hours": "Mo-Fr 13 bis 19 Uhr"}, "“Mo-Fr 13 bis 19 Uhr” cannot be read as opening hours"),
        ({"min_dwell": "4"}, "“4” is not a number from 5 to 480"),
        ({"min_dwell": "nan"}, "“nan” is not a number from 5 to 480"),
        ({"min_dwell": "30.5"}, "“30.5” is not a whole number"),
        ({"max_dwell": "-inf"}, "“-inf” is not a number from 5 to 480"),
        ({"per_week": "0"}, "“0” is not a number from 1 to 7"),
        ({"public": "vielleicht"}, "“vielleicht” is neither yes nor no"),
        ({"status": "closed"}, "“closed” is unknown"),
        ({"start_weight": "-1"}, "“-1” is not a number from 0 to 20"),
    ],
)
def test_a_wrong_cell_is_named_with_line_and_column(
    cell: dict[str, str], what: str, region: Region
) -> None:
    (column,) = cell
    (fault,) = faults(cells(**cell), region)
    assert (fault.what, fault.where) == (what, f"places.csv, line 2, column {column}")
    assert fault.remedy


def test_shortest_halt_above_the_longest_is_a_fault(region: Region) -> None:
    assert wheres(cells(min_dwell="60", max_dwell="30"), region) == ["line 2, column min_dwell"]


def test_a_short_longest_halt_shortens_the_default_of_the_shortest(region: Region) -> None:
    place = read(cells(max_dwell="20"), region)
    assert (place.min_dwell_s, place.max_dwell_s) == (1200, 1200)


def test_swapped_coordinates_are_named_as_such(region: Region) -> None:
    (fault,) = faults(cells(lon="52.05", lat="10.05"), region)
    assert fault.what == "Longitude and latitude are swapped"


def test_swapped_coordinates_are_named_as_such_beside_a_key(region: Region) -> None:
    (fault,) = faults(cells(lon="52.05", lat="10.05", ags=WEST), region)
    assert fault.what == "Longitude and latitude are swapped"


def test_a_point_outside_the_district_is_a_fault(region: Region) -> None:
    (fault,) = faults(cells(lon="10.25"), region)
    assert fault.what == "The point lies outside the district"


def test_a_point_outside_its_municipality_is_a_fault(region: Region) -> None:
    # 0.01 degrees of longitude are 685 m at 52.05 degrees north.
    (fault,) = faults(cells(lon="10.11", ags=WEST), region)
    assert fault.what == "The point lies 686 m outside Westdorf"


def test_a_point_just_outside_its_municipality_is_a_rough_boundary(region: Region) -> None:
    assert read(cells(lon="10.101", ags=WEST), region).ags == WEST


def test_a_second_place_of_the_same_id_is_named_with_the_first(region: Region) -> None:
    (fault,) = faults(lines(MARKT, MARKT.replace("markt", "park"), MARKT), region)
    assert (fault.what, fault.where) == (
        "“markt” is already the id of line 2",
        "places.csv, line 4, column id",
    )


def test_two_empty_ids_are_not_called_the_same(region: Region) -> None:
    empty = MARKT.replace("markt", "")
    assert {fault.what for fault in faults(lines(empty, empty), region)} == {"The cell is empty"}


def test_two_empty_coordinates_are_two_faults(region: Region) -> None:
    assert wheres(cells(lon="", lat=""), region) == ["line 2, column lon", "line 2, column lat"]


def test_a_line_break_of_old_macs_in_a_cell_is_a_line_break(region: Region) -> None:
    place = Place(
        id="a", name="a", kind="other", lon=10.05, lat=52.05, ags=WEST, note="vorn\rhinten"
    )
    assert read(render_places([place]), region).note == "vorn\nhinten"


def test_all_faults_come_at_once(region: Region) -> None:
    text = lines(
        "a,,square,10.05,52.05",
        "b,B,market,10.05,52.05",
        MARKT,
        "c,C,square,9.0,52.05",
        "d,D,square,10.05",
        "e,,park,x,y",
    )
    assert wheres(text, region) == [
        "line 2, column name",
        "line 3, column kind",
        "line 5, column lon",
        "line 6, column lat",
        "line 7, column lon",
        "line 7, column lat",
        "line 7, column name",
    ]


@pytest.mark.parametrize("row", [f"{MARKT},more", "markt,Markt,square,10.05"])
def test_another_number_of_cells_is_a_fault(row: str, region: Region) -> None:
    (fault,) = faults(lines(row), region)
    assert fault.what == "The line has another number of cells than the first line"


def test_lines_are_those_of_the_file_after_a_line_break_in_a_cell(region: Region) -> None:
    text = lines('a,"A\nB\nC",square,10.05,52.05', "b,B,market,10.05,52.05")
    assert wheres(text, region) == ["line 5, column kind"]


def test_a_fault_beside_a_line_break_is_at_the_lines_beginning(region: Region) -> None:
    text = lines(MARKT, 'a,"A\nB\nC",market,10.05,52.05')
    assert wheres(text, region) == ["line 3, column kind"]


def test_an_unclosed_quote_is_named_where_it_opens(region: Region) -> None:
    text = lines("b,B,market,10.05,52.05", 'a,"A,square,10.05,52.05', MARKT)
    assert wheres(text, region) == ["line 2, column kind", "line 3"]


def test_a_quote_inside_a_cell_is_named(region: Region) -> None:
    assert wheres(lines(MARKT, 'a,"A" B,square,10.05,52.05'), region) == ["line 3"]


@pytest.mark.parametrize("header", ['"id,name,kind,lon,lat', '"id"x,name,kind,lon,lat'])
def test_a_quote_in_the_first_line_is_named(header: str, region: Region) -> None:
    assert wheres(lines(MARKT, header=header), region) == ["line 1"]


def test_missing_columns_are_all_named(region: Region) -> None:
    found = [fault.what for fault in faults("id,name\na,A\n", region)]
    assert found == [f"Column {name} is missing" for name in ("kind", "lon", "lat")]


@pytest.mark.parametrize("column", ["name", "note", "key"])
def test_two_columns_of_one_name_are_a_fault(column: str, region: Region) -> None:
    (fault,) = faults(lines(f"{MARKT},x,y", header=f"{HEADER},{column},{column}"), region)[:1]
    assert (fault.what, fault.where) == (
        f"There are two columns {column}",
        "places.csv, line 1",
    )


def test_a_text_below_a_column_without_name_is_a_fault(region: Region) -> None:
    (fault,) = faults(lines(f"{MARKT},lost", header=f"{HEADER},"), region)
    assert fault.what == "“lost” stands in a column that has no name"


def test_a_file_of_its_first_line_only_holds_no_place(region: Region) -> None:
    (fault,) = faults(lines(), region)
    assert fault.what == "The file holds no meeting place"


def test_a_file_that_is_missing_is_named(tmp_path: Path, region: Region) -> None:
    path = tmp_path / "places.csv"
    with pytest.raises(PlacesError) as caught:
        load_places(path, region)
    assert caught.value.faults[0].where == str(path)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path, region: Region) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(lines(MARKT.replace("Markt", "Höfe")).encode("cp1252"))
    with speaking("en"), pytest.raises(PlacesError) as caught:
        load_places(path, region)
    assert caught.value.faults[0].what == "The file is not UTF-8 (line 2)"


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_file_raises_nothing_but_its_own_error(
    data: st.DataObject, region: Region
) -> None:
    text = cells(ags=EAST, hours="Mo-Fr 14:00-18:00", min_dwell="20", note="am Brunnen", key="7")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 6))
        new = data.draw(st.text(st.sampled_from("\"',;\r\n\0-0719eEnÄ \ufeff٣"), max_size=4))
        text = text[:at] + new + text[at + gone :]
    try:
        places = read_places(text, "places.csv", region)
    except PlacesError:
        return
    assert read_places(render_places(places), "places.csv", region) == places
