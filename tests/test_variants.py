"""Variants as they are typed: each gives the settings that an edited region.toml gives."""

from __future__ import annotations

import pytest
from conftest import REGION_TOML

from geodata.language import speaking
from geodata.places import Place
from tours.compare.alterations import Chosen, DepotAt, Hours, Move
from tours.compare.variants import Variant, read_variant, read_variants
from tours.config import Config, read_config
from tours.errors import ConfigError

KEYS = ("03000001", "03000002")
SECOND = '[[shifts]]\nweekday = "Do"\nstart = "14:00"\nend = "19:00"\n'
FIRST = SECOND.replace('"Do"', '"Di"')
FRIDAY = SECOND.replace('"Do"', '"Fr"')
REST = 'break_minutes = 30\nbreak_between = ["16:00", "17:00"]\n'
PLACES = (
    Place(id="markt", name="Ostdorf, Markt", kind="square", lon=10.13, lat=52.03, ags=KEYS[1]),
)


def settings(toml: str = REGION_TOML) -> Config:
    return read_config(toml, "region.toml", KEYS)


def edited(*changes: tuple[str, str]) -> Config:
    """Return the settings after region.toml was edited by hand."""
    toml = REGION_TOML
    for old, new in changes:
        assert old in toml
        toml = toml.replace(old, new)
    return settings(toml)


def altered(text: str, config: Config | None = None) -> Config:
    return read_variant(text).applied(config or settings(), PLACES)


def later(shift: str, start: str, end: str) -> str:
    return shift.replace("14:00", start).replace("19:00", end)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (
            "depot markt",
            [('"Hof"', '"Ostdorf, Markt"'), ("lon = 10.05", "lon = 10.13"), ("= 52.05", "= 52.03")],
        ),
        (
            "depot 52.01 10.02",
            [('"Hof"', '"52.01 10.02"'), ("lon = 10.05", "lon = 10.02"), ("= 52.05", "= 52.01")],
        ),
        ("Di -> Mi", [('"Di"', '"Mi"')]),
        ("Di -> Fr", [('"Di"', '"Fr"')]),
        ("Di -> Mi 13:00-18:00", [(FIRST, later(FIRST, "13:00", "18:00").replace("Di", "Mi"))]),
        ("Do 13:00-20:30", [(SECOND, later(SECOND, "13:00", "20:30"))]),
        ("13:00-20:00", [("14:00", "13:00"), ("19:00", "20:00")]),
        ("+Fr 12:00-17:00", [(SECOND, SECOND + later(FRIDAY, "12:00", "17:00"))]),
        ("+Fr", [(SECOND, SECOND + FRIDAY)]),
        ("+Do 10:00-12:00", [(SECOND, SECOND + later(SECOND, "10:00", "12:00"))]),
        ("+Di/B 15:00-17:00", [(FIRST, FIRST + later(FIRST, "15:00", "17:00") + 'bus = "B"\n')]),
        ("-Do", [(SECOND, "")]),
        ("+bus", [(FIRST, FIRST + "buses = 2\n"), (SECOND, SECOND + "buses = 2\n")]),
        ("+bus Do", [(SECOND, SECOND + "buses = 2\n")]),
        ("+bus Do, +bus Do", [(SECOND, SECOND + "buses = 3\n")]),
        # Each change acts on what those before it have made.
        ("+Fr, +bus Fr", [(SECOND, SECOND + FRIDAY + "buses = 2\n")]),
        ("Di -> Mi, Mi 13:00-18:00", [(FIRST, later(FIRST, "13:00", "18:00").replace("Di", "Mi"))]),
        ("Di -> Fr, Do -> Di, Fr -> Do", []),
        (
            "-Di, depot markt, +Di",
            [('"Hof"', '"Ostdorf, Markt"'), ("lon = 10.05", "lon = 10.13"), ("= 52.05", "= 52.03")],
        ),
    ],
)
def test_a_variant_is_region_toml_edited_by_hand(text: str, changes: list[tuple[str, str]]) -> None:
    assert altered(text) == edited(*changes)


def test_one_of_several_buses_can_be_changed() -> None:
    two = edited((SECOND, SECOND + "buses = 2\n"))
    one_early = SECOND + 'bus = "1"\n' + later(SECOND, "12:00", "17:00") + 'bus = "2"\n'
    assert altered("Do/2 12:00-17:00", two) == edited((SECOND, one_early))


def test_one_of_several_buses_can_stay() -> None:
    two = edited((SECOND, SECOND + "buses = 2\n"))
    assert altered("-Do/2", two) == edited((SECOND, SECOND + 'bus = "1"\n'))


def test_a_further_bus_drives_as_the_first_of_the_day() -> None:
    rested = edited((SECOND, SECOND + REST))
    assert altered("+bus Do", rested) == edited((SECOND, SECOND + REST + "buses = 2\n"))


def test_a_further_bus_beside_one_with_a_name_gets_a_number() -> None:
    named = edited((SECOND, SECOND + 'bus = "A"\n'))
    both = SECOND + 'bus = "A"\n' + SECOND + 'bus = "1"\n'
    assert altered("+bus Do", named) == edited((SECOND, both))


# ---- How it can be typed ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Di->Mi", "Di -> Mi"),
        ("di → mi", "Di -> Mi"),
        ("Do 13-18", "Do 13:00-18:00"),
        ("Do 9:30 – 18:00", "Do 09:30-18:00"),
        ("  +Fr ,-Do  ", "+Fr, -Do"),
        ("+BUS fr", "+bus Fr"),
        ("Depot=Markt", "depot markt"),
        # Points as they are copied from map programs, and with a decimal comma.
        ("depot 52.01, 10.02", "depot 52.01 10.02"),
        ("depot 52.01,10.02", "depot 52.01 10.02"),
        ("depot 52,01 10,02", "depot 52.01 10.02"),
        ("depot 52,01, 10,02, +Fr", "depot 52.01 10.02, +Fr"),
        ("depot 52.01 10.02, 13:00-18:00", "depot 52.01 10.02, 13:00-18:00"),
        ("Do/2->Fr", "Do/2 -> Fr"),
        ("-Do/B-2", "-Do/B-2"),
        ("Tue -> Wednesday", "Di -> Mi"),
        ("+Fri 12:00-17:00, +bus Thursday", "+Fr 12:00-17:00, +bus Do"),
        ("-Thu", "-Do"),
    ],
)
def test_ways_to_type_the_same(text: str, same: str) -> None:
    assert read_variant(text).text == same


@pytest.mark.parametrize(
    ("text", "name", "changes"),
    [
        ("Lange Woche: +Fr, +bus", "Lange Woche", "+Fr, +bus"),
        ("Ab 13:30: Do 13:30-18:00", "Ab 13:30", "Do 13:30-18:00"),
        ("Bus 2:  +bus", "Bus 2", "+bus"),
        ("+fr 14-19", "+Fr 14:00-19:00", "+Fr 14:00-19:00"),
    ],
)
def test_a_name_stands_before_a_colon(text: str, name: str, changes: str) -> None:
    variant = read_variant(text)
    assert (variant.name, variant.text) == (name, changes)


def test_weekdays_are_written_in_the_current_language() -> None:
    variant = read_variant("Tue -> Mo")
    with speaking("en"):
        assert variant.text == "Tue -> Mon"
    with speaking("de"):
        assert variant.text == "Di -> Mo"


def test_what_is_typed_again_from_its_text_is_the_same() -> None:
    variant = read_variant("depot 52,01 10,02, Di->Mi 13-18, +Fr, +Fr/B 9-12, -Do/2, +bus mi, 8-9")
    assert read_variant(variant.text) == variant


# ---- What cannot be read, or does not fit -------------------------------------------------


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "„“ fehlt eine Änderung"),
        ("+Fr,", "„+Fr,“ fehlt eine Änderung"),
        ("Name:", "„Name:“ fehlt eine Änderung"),
        (": +Fr", "leeren Namen"),
        ("Mittw 13:00-18:00", "„Mittw“ ist kein Wochentag"),
        ("Lang:13:00-18:00", "ist keine Änderung"),
        ("Mo -> Xx", "„Xx“ ist kein Wochentag"),
        ("+bus Xx", "„Xx“ ist kein Wochentag"),
        ("Do 25:00-26:00", "ist keine Änderung"),
        ("Do 18:00-13:00", "„Do 18:00-13:00“ endet vor dem Beginn"),
        ("depot 10.02 52.01", "ist kein Punkt in Deutschland"),
        ("depot 152.01 10.02", "ist kein Punkt in Deutschland"),
        ("depot Ostdorf, Markt", "„Markt“ ist keine Änderung"),
        ("x" * 41 + ": +Fr", "ist kein Name einer Variante"),
        ("a\nb: +Fr", "ist kein Name einer Variante"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_variant(text)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("depot nirgends", "Es gibt keinen Treffpunkt „nirgends“"),
        ("Mo -> Mi", "Es gibt keinen Nachmittag „Mo“"),
        ("-Do/2", "Es gibt keinen Nachmittag „Do/2“"),
        ("Di -> Do", "überschneiden sich zwei Nachmittage"),
        ("+Do 18:00-20:00", "überschneiden sich zwei Nachmittage"),
        ("-Di, -Do", "Es bleibt kein Nachmittag"),
        ("Do 13:00-18:00, +Fr", "„+Fr“ sagt nicht, von wann bis wann"),
    ],
)
def test_what_does_not_fit_the_settings_is_told_with_the_name(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        altered(f"Frage: {text}")
    assert caught.value.faults[0].where == "Frage"
    assert complaint in str(caught.value)


def test_the_remedy_for_an_afternoon_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(ConfigError) as caught:
        altered("-Mo")
    assert "Di 14:00-19:00, Do 14:00-19:00" in str(caught.value)


@pytest.mark.parametrize("hours", ["16:30-19:00", "14:00-17:15"])
def test_hours_that_cut_the_break_are_refused(hours: str) -> None:
    with pytest.raises(ConfigError, match="Pause"):
        altered(f"Do {hours}", edited((SECOND, SECOND + REST)))


def test_hours_that_just_hold_the_break_are_taken() -> None:
    config = altered("Do 16:00-17:30", edited((SECOND, SECOND + REST)))
    assert config == edited((SECOND, later(SECOND, "16:00", "17:30") + REST))


def test_two_variants_of_one_name_are_refused() -> None:
    with pytest.raises(ConfigError, match="zwei Varianten „\\+Fr“"):
        read_variants(["+Fr", "+ fr"])


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        read_variants(["Unsinn", "+Fr", "-Xx"])
    assert len(caught.value.faults) == 2


# ---- The programmer's faults --------------------------------------------------------------


def test_a_variant_needs_a_change() -> None:
    with pytest.raises(ValueError, match="at least one, got 0"):
        Variant("Name", ())


def test_a_variant_needs_a_name() -> None:
    with pytest.raises(ValueError, match="name must not be empty"):
        Variant("", (DepotAt(52.0, 10.0),))


@pytest.mark.parametrize(("start", "end"), [(-1, 60), (60, 60), (0, 86_401)])
def test_hours_lie_within_a_day(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"got {start} and {end}"):
        Hours(start, end)


def test_a_weekday_is_one_of_seven() -> None:
    with pytest.raises(ValueError, match="got 7"):
        Move(Chosen(7), 0)


def test_a_point_lies_on_earth() -> None:
    with pytest.raises(ValueError, match=r"got 91\.0 and 10\.0"):
        DepotAt(91.0, 10.0)
