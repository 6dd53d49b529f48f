"""What people on foot may use."""

from __future__ import annotations

import re

import pytest

from geodata.footways import FOOT_FILTER, foot_is_open

OPEN: list[dict[str, str]] = [
    {"highway": "footway"},
    {"highway": "steps"},
    {"highway": "track", "access": "agricultural"},
    {"highway": "residential", "oneway": "yes"},
    {"highway": "living_street"},
    {"highway": "service", "service": "parking_aisle"},
    {"highway": "primary"},
    {"highway": "trunk", "sidewalk": "right"},
    {"highway": "trunk", "foot": "yes"},
    {"highway": "cycleway", "foot": "designated"},
    {"highway": "path", "access": "private", "foot": "yes"},
    {"highway": "path", "access": "no; permissive"},
    {"highway": "residential", "access": "destination"},
]
CLOSED: list[dict[str, str]] = [
    {"highway": "motorway"},
    {"highway": "trunk"},
    {"highway": "trunk", "sidewalk": "no"},
    {"highway": "trunk", "sidewalk": "separate"},
    {"highway": "primary", "motorroad": "yes"},
    {"highway": "cycleway"},
    {"highway": "bridleway"},
    {"highway": "path", "foot": "no"},
    {"highway": "primary", "foot": "use_sidepath"},
    {"highway": "service", "access": "private"},
    {"highway": "service", "service": "driveway"},
    {"highway": "track", "access": "no"},
    {"highway": "construction"},
    {"railway": "rail"},
]


@pytest.mark.parametrize("tags", OPEN, ids=str)
def test_people_walk_there(tags: dict[str, str]) -> None:
    assert foot_is_open(tags)


@pytest.mark.parametrize("tags", CLOSED, ids=str)
def test_people_do_not_walk_there(tags: dict[str, str]) -> None:
    assert not foot_is_open(tags)


@pytest.mark.parametrize("tags", OPEN, ids=str)
def test_what_is_open_is_asked_for(tags: dict[str, str]) -> None:
    clauses = re.findall(r'\["(\w+)"(!?)~"([^"]+)"\]', FOOT_FILTER)
    assert len(clauses) == 3
    for key, sign, pattern in clauses:
        assert bool(re.search(pattern, tags.get(key, ""))) != bool(sign)
