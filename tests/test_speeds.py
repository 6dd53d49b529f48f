"""Speed limits in all their spellings, and what is driven of them."""

from __future__ import annotations

import pytest

from geodata.speeds import (
    FERRY_WAIT_S,
    KINDS,
    NO_LIMIT_KPH,
    SHARE_OF_SIGNED,
    built_up_by_tag,
    ferry_kph,
    read_conditional,
    read_duration,
    read_maxspeed,
    signed_kph,
    speed_kph,
)


@pytest.mark.parametrize(
    ("text", "kph"),
    [
        ("50", 50),
        ("50 km/h", 50),
        ("50km/h", 50),
        ("50 kmh", 50),
        (" 50 ", 50),
        ("7.5", 7.5),
        ("30 mph", 48.28032),
        ("30mph", 48.28032),
        ("DE:urban", 50),
        ("de:urban", 50),
        ("DE:rural", 100),
        ("DE:motorway", NO_LIMIT_KPH),
        ("DE:zone:30", 30),
        ("DE:zone30", 30),
        ("DE:30", 30),
        ("zone:20", 20),
        ("DE:bicycle_road", 30),
        ("DE:living_street", 7),
        ("DE:walk", 7),
        ("AT:rural", 100),
        ("CH:rural", 80),
        ("walk", 7),
        ("none", NO_LIMIT_KPH),
        ("50;70", 50),
        ("70;50", 50),
        ("50|70", 50),
        ("50; signals", 50),
    ],
)
def test_a_limit_in_each_spelling(text: str, kph: float) -> None:
    assert read_maxspeed(text) == pytest.approx(kph)


@pytest.mark.parametrize(
    "text", ["", "signals", "variable", "fast", "DE:nowhere", "XX:urban", "urban", "0", "-50", "½"]
)
def test_what_names_no_limit_is_none(text: str) -> None:
    assert read_maxspeed(text) is None


@pytest.mark.parametrize(
    ("text", "kph"),
    [
        ("30 @ (Mo-Fr 07:00-17:00)", 30),
        ("30 @ (Mo-Fr 07:00-17:00); 80 @ (wet)", 30),
        ("30 @ Mo-Fr 07:00-17:00", 30),
        ("70 @ (06:00-20:00); 50 @ (14:00-16:00)", 50),
        ("30 @ (22:00-06:00)", None),
        ("30 @ (Su 00:00-24:00)", None),
        ("80 @ (wet)", None),
        ("60 @ (weight>3.5)", None),
        ("60 @ (trailer; hgv)", None),
        ("none @ (19:00-06:00)", None),
        ("nonsense", None),
        ("@", None),
    ],
)
def test_of_conditional_limits_those_of_the_afternoon_count(text: str, kph: float | None) -> None:
    assert read_conditional(text) == kph


def test_each_direction_has_its_own_limit() -> None:
    tags = {"maxspeed": "100", "maxspeed:forward": "70"}
    assert signed_kph(tags, is_backward=False) == 70
    assert signed_kph(tags, is_backward=True) == 100
    assert signed_kph({"maxspeed:backward": "30 mph"}, is_backward=False) is None


def test_a_conditional_limit_only_lowers() -> None:
    at_times = {"maxspeed:conditional": "80 @ (Mo-Fr 06:00-20:00)"}
    assert signed_kph({"maxspeed": "100"} | at_times, is_backward=False) == 80
    assert signed_kph({"maxspeed": "50"} | at_times, is_backward=False) == 50
    assert signed_kph(at_times, is_backward=False) == 80


def test_a_limit_that_is_none_is_not_overruled_by_one_for_a_lane() -> None:
    assert signed_kph({"maxspeed": "signals"}, is_backward=False) is None
    assert signed_kph({"zone:maxspeed": "DE:30"}, is_backward=False) == 30


@pytest.mark.parametrize(
    ("tags", "is_built_up"),
    [
        ({"zone:traffic": "DE:urban"}, True),
        ({"zone:traffic": "DE:rural"}, False),
        ({"source:maxspeed": "DE:urban"}, True),
        ({"maxspeed:type": "DE:rural"}, False),
        ({"maxspeed:type": "DE:zone30"}, True),
        ({"source:maxspeed": "sign"}, None),
        ({"maxspeed": "50"}, None),
        ({}, None),
    ],
)
def test_tags_tell_of_built_up_areas(tags: dict[str, str], is_built_up: bool | None) -> None:
    assert built_up_by_tag(tags) is is_built_up


def speed(is_built_up: bool = False, is_backward: bool = False, **tags: str) -> float:
    named = {key.replace("__", ":"): value for key, value in tags.items()}
    return speed_kph(named, is_backward=is_backward, is_built_up=is_built_up)


def test_of_a_signed_limit_a_share_is_driven_wherever_it_is() -> None:
    for is_built_up in (True, False):
        found = speed(is_built_up, highway="secondary", maxspeed="70")
        assert found == pytest.approx(70 * SHARE_OF_SIGNED)


def test_without_a_sign_the_law_and_the_kind_of_road_count() -> None:
    assert speed(highway="secondary") == pytest.approx(100 * KINDS["secondary"].outside)
    assert speed(True, highway="secondary") == pytest.approx(50 * KINDS["secondary"].inside)


def test_a_tag_on_the_place_counts_more_than_the_streets_around() -> None:
    inside = speed(True, highway="tertiary")
    assert speed(False, highway="tertiary", zone__traffic="DE:urban") == inside
    outside = speed(False, highway="tertiary")
    assert speed(True, highway="tertiary", source__maxspeed="DE:rural") == outside


@pytest.mark.parametrize("is_built_up", [True, False])
def test_the_wider_the_road_the_faster(is_built_up: bool) -> None:
    names = ("motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential")
    found = [speed(is_built_up, highway=name) for name in (*names, "living_street")]
    assert found == sorted(found, reverse=True)


def test_nobody_breaks_the_limit_by_law_in_a_built_up_area() -> None:
    names = set(KINDS) - {"motorway", "trunk"}
    assert max(speed(True, highway=name) for name in names) <= 50


@pytest.mark.parametrize("maxspeed", ["none", "130", "DE:motorway"])
def test_a_small_street_without_limit_is_no_motorway(maxspeed: str) -> None:
    assert speed(highway="residential", maxspeed=maxspeed) == KINDS["residential"].most_kph


def test_slip_roads_are_slower_unless_a_sign_says() -> None:
    assert speed(highway="primary_link") < speed(highway="primary")
    signed = speed(highway="primary", maxspeed="60")
    assert speed(highway="primary_link", maxspeed="60") == signed


@pytest.mark.parametrize(
    "ground",
    [{"surface": "gravel"}, {"tracktype": "grade3"}, {"smoothness": "very_bad"}],
    ids=str,
)
def test_bad_ground_slows_down(ground: dict[str, str]) -> None:
    tags = {"highway": "unclassified", "maxspeed": "50"}
    slow = speed_kph(tags | ground, is_backward=False, is_built_up=False)
    assert slow < speed_kph(tags | {"surface": "asphalt"}, is_backward=False, is_built_up=False)


def test_nothing_is_slower_than_walking() -> None:
    assert speed(highway="service", maxspeed="1", surface="mud") >= 5


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("15", 900),
        ("00:15", 900),
        ("1:30", 5400),
        ("00:05:30", 330),
        ("PT15M", 900),
        ("PT1H5M", 3900),
        ("pt90s", 90),
        ("soon", None),
        ("", None),
    ],
)
def test_durations_of_ferries(text: str, seconds: float | None) -> None:
    assert read_duration(text) == seconds


def test_a_ferry_takes_its_duration_and_the_wait() -> None:
    metres = 500.0
    assert metres / ferry_kph("00:10", metres) * 3.6 == pytest.approx(600 + FERRY_WAIT_S)
    assert 0 < ferry_kph("", metres) < 8
