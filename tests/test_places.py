"""places.csv: what is read, what is written, and that every fault is named with its place."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from conftest import WEST
from hypothesis import given, settings
from hypothesis import strategies as st
from small_placefiles import HEADER, MARKT, cells, faults, lines, read

from geodata.errors import PlacesError
from geodata.places import COLUMNS, KINDS, STATUSES, Place, read_places, render_places
from geodata.region import Region


def test_a_place_is_read_with_its_municipality_and_defaults(region: Region) -> None:
    assert read(lines(MARKT), region) == Place(
        id="markt", name="Markt", kind="square", lon=10.05, lat=52.05, ags=WEST
    )


def test_an_unknown_name_in_assumed_is_named_with_the_known_ones(region: Region) -> None:
    (fault,) = faults(cells(assumed="hours opening"), region)
    assert (fault.what, fault.where) == (
        "There is no column opening",
        "places.csv, line 2, column assumed",
    )
    assert "start_weight" in fault.remedy


@pytest.mark.parametrize(
    ("text", "what"),
    [
        *((text, "The file is empty") for text in ("", "\n", "\ufeff", "\n \n")),
        (MARKT, "The first line does not name the columns"),
    ],
)
def test_what_is_no_table_is_one_fault(text: str, what: str, region: Region) -> None:
    (fault,) = faults(text, region)
    assert (fault.what, "id, name, kind" in fault.remedy) == (what, True)


def test_a_line_with_a_hash_is_no_comment_here(region: Region) -> None:
    # Such a place would vanish, and with it its stops.
    with pytest.raises(PlacesError):
        read_places(f"{HEADER}\n#a,A,square,10.05,52.05\n", "places.csv", region)


def test_tabs_may_stand_between_the_cells(region: Region) -> None:
    assert read(lines(MARKT).replace(",", "\t"), region) == read(lines(MARKT), region)


def test_names_in_assumed_may_have_commas(region: Region) -> None:
    assert read(cells(assumed="hours, note"), region).assumed == {"hours", "note"}


def test_every_column_is_read(region: Region) -> None:
    place = read(
        cells(
            ags=WEST,
            hours="Mo-Fr 14:00-18:00",
            min_dwell="20",
            max_dwell="45",
            per_week="2",
            public="nein",
            status="resting",
            start_weight="1.5",
            assumed="hours status",
            note="am Brunnen",
        ),
        region,
    )
    assert place == Place(
        id="markt",
        name="Markt",
        kind="square",
        lon=10.05,
        lat=52.05,
        ags=WEST,
        hours="Mo-Fr 14:00-18:00",
        min_dwell_s=1200,
        max_dwell_s=2700,
        per_week=2,
        is_public=False,
        status="resting",
        start_weight=1.5,
        assumed=frozenset({"hours", "status"}),
        note="am Brunnen",
    )


@pytest.mark.parametrize(
    "text",
    [
        lines(MARKT.replace(",", ";"), header=HEADER.replace(",", ";")),
        lines("markt;Markt;square;10,05;52,05", header=HEADER.replace(",", ";")),
        lines('markt,Markt,square,"10,05","52,05"'),
        "\ufeff" + lines(MARKT),
        lines(MARKT).replace("\n", "\r\n"),
        lines(MARKT).replace("\n", "\r"),
        lines(MARKT).rstrip("\n"),
        lines(" markt , Markt , square , 10.05 , 52.05 "),
        lines(MARKT, header=" id , name , kind , lon , lat "),
        lines("", MARKT, "", ""),
        lines("Markt,52.05,square,markt,10.05", header="name,lat,kind,id,lon"),
        lines('"markt","Markt","square","10.05","52.05"'),
    ],
    ids=[
        "semicolon",
        "semicolon and decimal comma",
        "decimal comma in quotes",
        "byte order mark",
        "line ends of Windows",
        "line ends of old Macs",
        "no line end at the end",
        "spaces around cells",
        "spaces around names of columns",
        "empty lines",
        "another order of columns",
        "all cells quoted",
    ],
)
def test_ways_to_write_the_same_file(text: str, region: Region) -> None:
    assert read(text, region) == read(lines(MARKT), region)


def test_empty_rows_and_columns_that_a_spreadsheet_leaves_are_no_fault(region: Region) -> None:
    text = lines(f"{MARKT},,", ",,,,,,", header=f"{HEADER},,")
    assert read(text, region) == read(lines(MARKT), region)


def test_key_without_its_leading_zero_is_taken_for_the_key(region: Region) -> None:
    assert read(cells(ags="3000001"), region).ags == WEST


def test_unknown_columns_are_kept_and_written_back(region: Region) -> None:
    text = lines(f"{MARKT},04711,ja", header=f"{HEADER},key,Schlüssel vorhanden")
    place = read(text, region)
    assert place.extra == {"key": "04711", "Schlüssel vorhanden": "ja"}
    assert read(render_places([place]), region) == place


def test_columns_unknown_to_some_places_stay_empty_there(region: Region) -> None:
    places = [
        Place(id=id_, name=id_, kind="other", lon=10.05, lat=52.05, ags=WEST, extra=extra)
        for id_, extra in (("a", {"key": "1"}), ("b", {"colour": "red"}))
    ]
    rows = [line.split(",")[len(COLUMNS) :] for line in render_places(places).splitlines()]
    assert rows == [["key", "colour"], ["1", ""], ["", "red"]]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=20).map(str.strip)
PLACES = st.builds(
    Place,
    id=st.from_regex(r"[a-z0-9][a-z0-9_-]{0,10}", fullmatch=True),
    name=TEXT.filter(bool),
    kind=st.sampled_from(KINDS),
    lon=st.integers(10_000_001, 10_099_999).map(lambda n: n / 1e6),
    lat=st.integers(52_000_001, 52_099_999).map(lambda n: n / 1e6),
    ags=st.just(WEST),
    hours=st.sampled_from(["", "24/7", "Mo-Fr 13:00-19:00; SH 12:00-18:00; PH off"]),
    min_dwell_s=st.integers(5, 60).map(lambda n: n * 60),
    max_dwell_s=st.integers(60, 480).map(lambda n: n * 60),
    per_week=st.integers(1, 7),
    is_public=st.booleans(),
    status=st.sampled_from(STATUSES),
    start_weight=st.integers(0, 200).map(lambda n: n / 10),
    assumed=st.frozensets(st.sampled_from(["hours", "status", "start_weight"])),
    note=TEXT,
    extra=st.fixed_dictionaries({"key": TEXT, "more, of it": TEXT}).map(MappingProxyType),
)


@settings(max_examples=60, deadline=None)
@given(place=PLACES)
def test_what_is_written_is_read_as_the_same_place(place: Place, region: Region) -> None:
    assert read(render_places([place]), region) == place


@pytest.mark.parametrize(
    "name",
    [
        "=cmd|'/c calc'!A1",
        "+49",
        "@import",
        "-1",
        "M" * 10_000,
        'Platz "Am Markt"',
        "Markt, hinten; links",
        "Markt\nhinten",
        "🛹 Skatepark",
    ],
)
def test_hostile_and_odd_names_survive(name: str, region: Region) -> None:
    place = Place(id="a", name=name, kind="other", lon=10.05, lat=52.05, ags=WEST)
    assert read(render_places([place]), region).name == name
