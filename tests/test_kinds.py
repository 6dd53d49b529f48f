"""What the tags of a feature make of it, and that the rules people see are the ones in use."""

from __future__ import annotations

import pytest

from geodata.features import READ, TAGS, asked_for
from geodata.kinds import RULES, kind_of, reason_of_kind
from geodata.places import KINDS


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ("railway=station", "station"),
        ("railway=halt", "station"),
        ("railway=station disused=yes", None),
        ("railway=station abandoned=yes", None),
        ("railway=station station=miniature", None),
        ("amenity=bus_station", "station"),
        ("leisure=pitch sport=skateboard", "skate_park"),
        ("leisure=pitch sport=bmx;skateboard", "skate_park"),
        ("leisure=skatepark", "skate_park"),
        ("amenity=community_centre community_centre=youth_centre", "youth_centre"),
        ("amenity=community_centre community_centre:for=juvenile", "youth_centre"),
        ("amenity=community_centre name=Jugendhaus", "youth_centre"),
        ("amenity=youth_centre", "youth_centre"),
        ("amenity=community_centre name=Bürgerhaus", None),
        ("amenity=school", "school"),
        ("amenity=school name=IGS", "school"),
        ("amenity=school name=Grundschule", None),
        ("amenity=school name=Musikschule", None),
        ("amenity=school isced:level=1", None),
        ("amenity=school isced:level=1;2", "school"),
        ("amenity=school name=Grund-und-Oberschule isced:level=1", "school"),
        ("leisure=water_park", "pool"),
        ("leisure=bathing_place", "pool"),
        ("leisure=sports_centre sport=swimming", "pool"),
        ("leisure=pitch", "sports"),
        ("leisure=pitch sport=soccer", "sports"),
        ("leisure=pitch sport=soccer;tennis", "sports"),
        ("leisure=pitch sport=tennis", None),
        ("leisure=pitch sport=soccer access=private", None),
        ("leisure=pitch sport=soccer access=customers", None),
        ("leisure=stadium", "sports"),
        ("shop=supermarket", "shop"),
        ("shop=mall", "shop"),
        ("place=square", "square"),
        ("amenity=marketplace", "square"),
        ("amenity=cinema", "other"),
        ("place=village", None),
        ("highway=bus_stop", None),
    ],
)
def test_tags_tell_the_kind(tags: str, kind: str | None) -> None:
    found = kind_of(dict(pair.split("=") for pair in tags.split()))
    assert found == kind
    assert found is None or found in KINDS


def test_the_reason_names_the_tags_that_decide() -> None:
    tags = {"leisure": "pitch", "sport": "bmx;soccer", "name": "Platz"}
    assert reason_of_kind(tags) == "leisure=pitch sport=bmx;soccer"


def test_what_is_nothing_has_no_reason() -> None:
    assert reason_of_kind({"leisure": "pitch", "sport": "tennis"}) == ""


def test_rules_speak_of_tags_that_are_asked_for() -> None:
    used = {
        (key, value)
        for rule in RULES
        for one in rule.any_of
        for key, values in one.items()
        for value in values
    }
    assert {key for key, _value in used} <= {*READ}
    first = {(key, value) for key, value in used if key in TAGS}
    assert first - {*asked_for()} == set()


def test_a_rule_is_written_as_mappers_write_tags() -> None:
    rule = next(rule for rule in RULES if rule.kind == "skate_park")
    assert rule.tags == (
        "leisure=skatepark, leisure=pitch + sport=skateboard|skateboarding|roller_skating|bmx"
    )
