"""What is wrong in region.toml is named, with line, column and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import EAST, WEST
from hypothesis import given, settings
from hypothesis import strategies as st
from small_settings import read

from geodata.errors import Fault
from geodata.language import speaking
from geodata.region import Region
from tours.config import load_config, read_config
from tours.errors import ConfigError


def faults(text: str) -> tuple[Fault, ...]:
    """Return what is found wrong, in English."""
    with speaking("en"), pytest.raises(ConfigError) as caught:
        read(text)
    return caught.value.faults


def line_of(text: str, part: str, number: int = 0) -> int:
    """Return the line of the text that holds a part, counted from 1."""
    return [i for i, line in enumerate(text.split("\n"), start=1) if part in line][number]


def only(text: str, what: str, line: int, column: int = 1) -> bool:
    """Tell whether this fault, here, is the only one."""
    (fault,) = faults(text)
    assert (fault.what, fault.where) == (what, f"region.toml, line {line}, column {column}")
    return bool(fault.remedy)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('name = "Bus"', "name = 3", "“name” must be a text"),
        ('name = "Bus"', 'name = " "', "“name” must be a text"),
        ('state = "NI"', 'state = "XX"', "“state” is “XX”, which is unknown"),
        ("ages = [14, 21]", "ages = 14", "“ages” must be a list of whole numbers from 6 to 30"),
        ("ages = [14, 21]", "ages = []", "“ages” must be a list of whole numbers from 6 to 30"),
        ("ages = [14, 21]", "ages = [21, 14]", "“ages” must be the first and the last age"),
        ("lon = 10.05", 'lon = "10.05"', "“lon” must be a number from -180 to 180"),
        ("lon = 10.05", "lon = true", "“lon” must be a number from -180 to 180"),
        ("lat = 52.05", "lat = nan", "“lat” must be a number from -90 to 90"),
        ("lat = 52.05", "lat = inf", "“lat” must be a number from -90 to 90"),
        ("lat = 52.05", f"lat = {10**400}", "“lat” must be a number from -90 to 90"),
        (
            "grid_minutes = 5",
            "grid_minutes = 0",
            "“grid_minutes” must be a whole number from 1 to 60",
        ),
        (
            "grid_minutes = 5",
            "grid_minutes = 2.5",
            "“grid_minutes” must be a whole number from 1 to 60",
        ),
        ("grid_minutes = 5", "grid_minutes = 7", "“grid_minutes” must divide 60"),
        (
            "dwell_minutes = [30, 60]",
            "dwell_minutes = [30, true]",
            "“dwell_minutes” must be a list of whole numbers from 5 to 480",
        ),
        (
            "cycle_weeks = 4",
            "cycle_weeks = true",
            "“cycle_weeks” must be a whole number from 1 to 52",
        ),
        ("stability = 0.4", "stability = -1", "“stability” must be a number from 0 to 50"),
        ('start = "14:00"', 'start = "14 Uhr"', "“start” must be a time of day"),
        ('start = "14:00"', "start = 14:00:00", "“start” must be a time of day"),
        ('end = "19:00"', 'end = "24:00"', "“end” must be a time of day"),
        ('end = "19:00"', 'end = "14:00"', "The afternoon ends before it starts"),
        ('weekday = "Di"', 'weekday = "Tu"', "“weekday” is “Tu”, which is unknown"),
        ('kind = "focus"', 'kind = "zone"', "“kind” is “zone”, which is unknown"),
        (
            'municipalities = ["03000001"]',
            'municipalities = ["03000001", "03999999"]',
            "There is no municipality 03999999 in this district",
        ),
        (
            'municipalities = ["03000001"]',
            "municipalities = [3000001]",
            "“municipalities” must be a list of municipality keys",
        ),
        (
            'municipalities = ["03000001"]',
            "municipalities = []",
            "“municipalities” must be a list of municipality keys",
        ),
        ("from = 2026-01-01", 'from = "2026-01-01"', "“from” must be a date"),
        ("from = 2026-01-01", "from = 2026-01-01T00:00:00", "“from” must be a date"),
        ("until = 2026-12-31", "until = 2025-12-31", "The area ends before it starts"),
        ('name = "Osten"', 'name = "Westen"', "There are two areas “Westen”"),
        ("at_least = 0", "at_least = 0.5", "“at_least” must be a whole number from 0 to 20"),
        ("at_least = 0", "at_laest = 0", "“at_laest” is not a setting of [areas]"),
    ],
)
def test_a_wrong_value_is_named_with_line_and_column(
    old: str, new: str, what: str, region_toml: str
) -> None:
    text = region_toml.replace(old, f"  {new}", 1)
    assert only(text, what, line_of(text, f"  {new}"), 3)


def test_a_fault_in_the_second_afternoon_is_named_there(region_toml: str) -> None:
    head, tail = region_toml.split('weekday = "Do"')
    text = head + 'weekday = "Do"' + tail.replace('"19:00"', '"19"', 1)
    assert only(text, "“end” must be a time of day", line_of(text, '"19"'))


def test_an_unknown_key_of_the_second_area_is_named_there(region_toml: str) -> None:
    text = region_toml + "valid = true\n"
    assert only(text, "“valid” is not a setting of [areas]", line_of(text, "valid"))


def test_a_missing_setting_is_named_at_its_table(region_toml: str) -> None:
    text = region_toml.replace('state = "NI"\n', "")
    assert only(text, "“state” is missing in [service]", line_of(text, "[service]"))


def test_a_missing_setting_of_the_second_afternoon_is_named_there(region_toml: str) -> None:
    text = region_toml.replace('weekday = "Do"\n', "")
    assert only(text, "“weekday” is missing in [shifts]", line_of(text, "[[shifts]]", 1))


def test_missing_ages_are_one_fault(region_toml: str) -> None:
    text = region_toml.replace("ages = [14, 21]\n", "")
    assert only(text, "“ages” is missing in [service]", 1)


def test_two_areas_without_name_are_not_called_the_same(region_toml: str) -> None:
    text = region_toml.replace('name = "Westen"\n', "").replace('name = "Osten"\n', "")
    assert [fault.what for fault in faults(text)] == ["“name” is missing in [areas]"] * 2


def test_settings_of_an_empty_table_are_all_missing(region_toml: str) -> None:
    text = region_toml.replace(
        region_toml[region_toml.index("[rules]") : region_toml.index("[weights]")], "[rules]\n"
    )
    assert [fault.what for fault in faults(text)] == [
        f"“{key}” is missing in [rules]"
        for key in ("visits_per_place", "days_between", "cycle_weeks")
    ]


def test_without_afternoon_there_is_nothing_to_plan(region_toml: str) -> None:
    start, end = region_toml.index("[[shifts]]"), region_toml.index("[times]")
    assert only(region_toml[:start] + region_toml[end:], "There is no afternoon", 1)


@pytest.mark.parametrize(
    ("lon", "lat", "what"),
    [
        # A degree of latitude is 111 km; the district ends at 52.1 degrees north.
        (10.05, 53.1, "The depot lies 111 km outside the district"),
        (52.05, 10.05, "Longitude and latitude are swapped"),
    ],
)
def test_a_depot_far_from_the_district_is_named(
    lon: float, lat: float, what: str, region_toml: str, region: Region
) -> None:
    text = region_toml.replace("lon = 10.05", f"lon = {lon}").replace("lat = 52.05", f"lat = {lat}")
    with speaking("en"), pytest.raises(ConfigError) as caught:
        read_config(text, "region.toml", region.municipalities, region)
    (fault,) = caught.value.faults
    line = line_of(text, "lon = ")
    assert (fault.what, fault.where) == (what, f"region.toml, line {line}, column 1")


def test_a_depot_may_lie_somewhat_outside_the_district(region_toml: str, region: Region) -> None:
    text = region_toml.replace("lat = 52.05", "lat = 52.4")
    config = read_config(text, "region.toml", region.municipalities, region)
    assert config.depots[0].lat == 52.4


def test_an_afternoon_in_single_brackets_is_named(region_toml: str) -> None:
    start, end = region_toml.index("[[shifts]]"), region_toml.index("[times]")
    text = region_toml[:start] + '[shifts]\nweekday = "Di"\n' + region_toml[end:]
    assert only(text, "[[shifts]] must stand in double brackets", line_of(text, "[shifts]"))


def test_a_value_in_place_of_a_table_is_named_with_its_line(region_toml: str) -> None:
    start, end = region_toml.index("[depot]"), region_toml.index("[[shifts]]")
    text = "\ndepot = 'Hof'\n" + region_toml[:start] + region_toml[end:]
    first = faults(text)[0]
    assert (first.what, first.where) == (
        "[depot] must be a table",
        "region.toml, line 2, column 1",
    )


def test_a_value_in_place_of_areas_is_named_with_its_line(region_toml: str) -> None:
    text = "areas = ['Westen']\n" + region_toml[: region_toml.index("[[areas]]")]
    assert only(text, "[[areas]] must stand in double brackets", 1)


def test_a_wrong_value_in_a_table_on_one_line_is_named_with_the_line(region_toml: str) -> None:
    start, end = region_toml.index("[depot]"), region_toml.index("[[shifts]]")
    text = (
        "\ndepot = {name = 'Hof', lon = 'x', lat = 52}\n" + region_toml[:start] + region_toml[end:]
    )
    assert only(text, "“lon” must be a number from -180 to 180", 2)


@pytest.mark.parametrize(
    ("extra", "line"),
    [("\n[extra]\nx = 1\n", 2), ("\n[[extra]]\nx = 1\n", 2), ("\n['extra']\n", 2)],
)
def test_an_unknown_table_is_named(extra: str, line: int, region_toml: str) -> None:
    text = extra + region_toml
    assert only(text, "“extra” is not a part of this file", line)


def test_the_distance_from_a_road_is_read(region_toml: str) -> None:
    assert read(region_toml + "\n[network]\nsnap_limit_m = 75\n").snap_limit_m == 75


def test_a_distance_from_a_road_that_cannot_be_meant_is_named(region_toml: str) -> None:
    text = "[network]\nsnap_limit_m = 5\n" + region_toml
    assert only(text, "“snap_limit_m” must be a whole number from 10 to 5000", 2)


def test_an_unknown_key_above_the_tables_is_named(region_toml: str) -> None:
    assert only("# 1\n\nextra = 1\n" + region_toml, "“extra” is not a part of this file", 3)


def test_a_table_within_a_table_is_not_a_setting(region_toml: str) -> None:
    text = region_toml + "[service.more]\nx = 1\n"
    assert only(text, "“more” is not a setting of [service]", line_of(text, "[service]"))


def test_keys_of_other_tables_do_not_mislead(region_toml: str) -> None:
    text = region_toml.replace('name = "Hof"', "name = 7")
    assert only(text, "“name” must be a text", line_of(text, "name = 7"))


def test_a_rare_line_separator_in_a_comment_counts_no_line(region_toml: str) -> None:
    text = "# one\u2028line\x85only\n" + region_toml.replace("lon = 10.05", "lon = 'x'")
    assert only(text, "“lon” must be a number from -180 to 180", line_of(text, "lon = 'x'"))


def test_all_faults_come_at_once_in_one_error(region_toml: str) -> None:
    text = (
        region_toml.replace('"NI"', '"XX"')
        .replace("lat = 52.05", "lat = 99")
        .replace('"Do"', '"Donnerstag"')
        .replace("grid_minutes = 5", "grid_minutes = 99")
        .replace("days_between = 1\n", "")
        .replace("stability = 0.4", "stability = 'high'")
        .replace('"funding"', '"fonds"')
    )
    parts = [
        '"XX"',
        "lat = 99",
        '"Donnerstag"',
        "grid_minutes",
        "[rules]",
        "stability",
        '"fonds"',
    ]
    found = sorted(int(fault.where.split()[2].rstrip(",")) for fault in faults(text))
    assert found == sorted(line_of(text, part) for part in parts)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (1, "[service"),
        (2, "[service]\nname = Bus\n"),
        (2, '[service]\nname = "Bus\n'),
        (2, "[service]\nname: 'Bus'\n"),
        (3, "[service]\nname = 'Bus'\nname = 'Bus'\n"),
        (2, "[service]\nfrom = 2026-02-30\n"),
        (3, "[service]\nages = [14,\n21"),
    ],
)
def test_invalid_toml_is_named_with_its_line(line: int, text: str) -> None:
    (fault,) = faults(text)
    assert fault.what == "The file is not valid TOML"
    assert fault.where.startswith(f"region.toml, line {line}, column ")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("[weights]\ndriving_hour = 0,3\n", "decimal point instead of the comma, as in 0.3"),
        ("[weights]\nstability = -0,4 # x\n", "decimal point instead of the comma, as in -0.4"),
        ("[service]\nname = 'A'\nname = 'B'\n", "stands there twice"),
        ("[depot]\n[depot]\n", "stands there twice"),
        ("[service]\nname = Bus\n", "missing quote"),
        ("[service]\nname = „Bus“\n", "straight quotes"),
    ],
)
def test_what_people_get_wrong_in_toml_has_a_remedy_of_its_own(text: str, remedy: str) -> None:
    (fault,) = faults(text)
    assert remedy in fault.remedy


@pytest.mark.parametrize("text", ["", "\n \n", "# settings\n"])
def test_an_empty_file_is_one_fault_that_says_so(text: str) -> None:
    (fault,) = faults(text)
    assert fault.what == "The file holds no setting"
    assert "tours init" in fault.remedy


def test_a_missing_part_is_one_fault(region_toml: str) -> None:
    start, end = region_toml.index("[weights]"), region_toml.index("[[areas]]")
    assert only(region_toml[:start] + region_toml[end:], "The part [weights] is missing", 1)


def test_a_number_in_quotes_with_a_comma_is_told_how_to_write_it(region_toml: str) -> None:
    (fault,) = faults(region_toml.replace("stability = 0.4", 'stability = "0,4"'))
    assert fault.remedy == "Write 0.4: without quotes, with a decimal point instead of a comma"


@pytest.mark.parametrize("text", ["x = " + "[" * 20_000, "x = " + "9" * 5_000])
def test_what_breaks_the_toml_reader_is_invalid_toml(text: str) -> None:
    (fault,) = faults(text)
    assert fault.what == "The file is not valid TOML"


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "region.toml", ())
    assert caught.value.faults[0].where == str(tmp_path / "region.toml")


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path, region_toml: str) -> None:
    path = tmp_path / "region.toml"
    path.write_bytes(region_toml.replace("Hof", "Höfe").encode("cp1252"))
    with speaking("en"), pytest.raises(ConfigError) as caught:
        load_config(path, (WEST, EAST))
    line = line_of(region_toml, "Hof")
    assert caught.value.faults[0].what == f"The file is not UTF-8 (line {line})"


def test_a_byte_order_mark_is_no_fault(tmp_path: Path, region_toml: str) -> None:
    path = tmp_path / "region.toml"
    path.write_text(region_toml, encoding="utf-8-sig")
    assert load_config(path, (WEST, EAST)) == read(region_toml)


PIECES = st.sampled_from(
    [
        *("[", "]", "[[", "{", "}", "=", '"', "'", '"""', "\n", "\r", "#", ",", ".", "-", "\0"),
        *("0", "9" * 30, "1e999", "nan", "-inf", "true", "2026-01-01", "14:00:00", "[]", "{}"),
        *("service", "areas", "name", "\ud7ff", "\u2028", "ü", "_", "0x", "\\u0000", " "),
    ]
)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_damaged_file_raises_nothing_but_its_own_error(
    data: st.DataObject, region_toml: str
) -> None:
    text = region_toml
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 12))
        text = text[:at] + "".join(data.draw(st.lists(PIECES, max_size=3))) + text[at + gone :]
    try:
        config = read(text)
    except ConfigError as error:
        assert all(fault.where and fault.remedy for fault in error.faults)
    else:
        assert config.afternoons


def test_an_exploration_stop_is_worth_two_hours_at_an_average_place_unless_it_is_set(
    region_toml: str,
) -> None:
    often = region_toml.replace("contacts_per_hour = 0.5", "contacts_per_hour = 3")
    told = often.replace("[weights]", "[weights]\nexploration = 1.5")
    assert [read(text).exploration for text in (region_toml, often, told)] == [1.0, 6.0, 1.5]


def test_a_wrong_rate_is_one_fault(region_toml: str) -> None:
    wrong = region_toml.replace("contacts_per_hour = 0.5", "contacts_per_hour = -1")
    assert len(faults(wrong)) == 1
