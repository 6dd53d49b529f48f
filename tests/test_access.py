"""What the bus may use, by single tags."""

from __future__ import annotations

import pytest

from geodata.access import is_access_only, node_is_open, way_is_open

Tags = dict[str, str]


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"access": "yes"},
        {"access": "destination"},
        {"access": "customers"},
        {"access": "no", "motor_vehicle": "yes"},
        {"vehicle": "no", "motorcar": "yes"},
        {"motor_vehicle": "agricultural;destination"},
        {"maxweight": "3.5"},
        {"maxweight": "3.5 t"},
        {"maxheight": "3,2 m"},
        {"maxheight": "default"},
        {"bicycle": "no", "hgv": "no"},
        {"access:forward": "no", "motor_vehicle": "yes"},
    ],
    ids=str,
)
def test_open_ways(tags: Tags) -> None:
    assert way_is_open({"highway": "tertiary"} | tags, is_backward=False)


@pytest.mark.parametrize(
    "tags",
    [
        {"access": "private"},
        {"access": "no"},
        {"motor_vehicle": "no"},
        {"vehicle": "no"},
        {"motor_vehicle": "agricultural"},
        {"motor_vehicle": "agricultural;forestry"},
        {"access": "no", "bus": "yes"},
        {"access": "no", "psv": "yes"},
        {"access": "yes", "motor_vehicle": "private"},
        {"maxweight": "2.8"},
        {"maxheight": "2.1 m"},
        {"maxwidth": "1.9"},
        {"motor_vehicle": "yes", "maxweight": "2"},
        {"vehicle:forward": "no"},
    ],
    ids=str,
)
def test_closed_ways(tags: Tags) -> None:
    assert not way_is_open({"highway": "tertiary"} | tags, is_backward=False)


def test_a_way_may_be_open_in_one_direction() -> None:
    tags = {"highway": "residential", "motor_vehicle:backward": "no"}
    assert way_is_open(tags, is_backward=False)
    assert not way_is_open(tags, is_backward=True)


@pytest.mark.parametrize(
    "tags", [{"highway": "motorway"}, {"highway": "tertiary", "junction": "circular"}], ids=str
)
def test_some_ways_are_one_way_by_nature(tags: Tags) -> None:
    assert way_is_open(tags, is_backward=False)
    assert not way_is_open(tags, is_backward=True)


@pytest.mark.parametrize(
    ("tags", "is_open"),
    [
        ({}, False),
        ({"foot": "yes"}, False),
        ({"motor_vehicle": "yes"}, True),
        ({"motorcar": "yes", "motor_vehicle": "no"}, True),
        ({"motor_vehicle": "no"}, False),
    ],
    ids=str,
)
def test_a_ferry_has_to_carry_cars(tags: Tags, is_open: bool) -> None:
    assert way_is_open({"route": "ferry"} | tags, is_backward=False) is is_open


@pytest.mark.parametrize(
    ("tags", "is_only"),
    [
        ({"access": "destination"}, True),
        ({"motor_vehicle": "customers"}, True),
        ({"access": "destination", "motor_vehicle": "yes"}, False),
        ({"motor_vehicle": "destination;permissive"}, False),
        ({"access": "yes"}, False),
        ({}, False),
    ],
    ids=str,
)
def test_ways_for_those_who_have_business_there(tags: Tags, is_only: bool) -> None:
    assert is_access_only({"highway": "residential"} | tags, is_backward=False) is is_only


@pytest.mark.parametrize(
    "tags",
    [
        {"barrier": "cattle_grid"},
        {"barrier": "toll_booth"},
        {"barrier": "height_restrictor", "maxheight": "3"},
        {"barrier": "gate", "access": "yes"},
        {"barrier": "lift_gate", "motor_vehicle": "permissive"},
        {"barrier": "bollard", "access": "no", "motorcar": "yes"},
        {"highway": "crossing", "access": "no"},
        {},
    ],
    ids=str,
)
def test_nodes_to_drive_through(tags: Tags) -> None:
    assert node_is_open(tags)


@pytest.mark.parametrize(
    "tags",
    [
        {"barrier": "bollard"},
        {"barrier": "gate"},
        {"barrier": "gate", "access": "private"},
        {"barrier": "block", "bicycle": "yes"},
        {"barrier": "toll_booth", "motor_vehicle": "no"},
        {"barrier": "height_restrictor", "maxheight": "2"},
        {"barrier": "something new"},
    ],
    ids=str,
)
def test_barriers_that_are_shut(tags: Tags) -> None:
    assert not node_is_open(tags)
