"""Walks from the homes of a district, in groups of cells."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from conftest import EAST, WEST

from geodata.homes import Homes
from geodata.places import Place
from geodata.region import Region
from tours.coverage.walks import build_walks, group_cells

AGES = (14, 21)
PLACES = (
    Place(id="west", name="West", kind="square", lon=10.05, lat=52.05, ags=WEST),
    Place(id="far", name="Fern", kind="square", lon=10.01, lat=52.01, ags=WEST),
    Place(id="old", name="Alt", kind="square", lon=10.05, lat=52.05, ags=WEST, status="retired"),
)


def homes(*boxes: tuple[float, float, float, float]) -> Homes:
    found = np.empty(len(boxes), dtype=np.object_)
    found[:] = [shapely.box(*box) for box in boxes]
    return found


def test_without_homes_nothing_is_known_of_walks(region: Region) -> None:
    assert build_walks(region, PLACES, AGES, None, None) is None


def test_without_places_nothing_is_known_of_walks(region: Region) -> None:
    assert build_walks(region, PLACES[2:], AGES, None, homes((10.05, 52.05, 10.06, 52.06))) is None


def test_people_live_in_homes_and_walk_to_places_in_use(region: Region) -> None:
    # Some 400 by 670 metres around the place.
    found = build_walks(region, PLACES, AGES, None, homes((10.047, 52.047, 10.053, 52.053)))
    assert found is not None
    west = found.cells_of(frozenset({WEST}))
    assert found.places == ("west", "far")
    assert found.people[west].sum() == pytest.approx(162, abs=1)
    assert set(found.minutes[0, west].tolist()) == {5, 10}
    assert np.unique(found.minutes[1, west]).tolist() == [np.inf]
    assert (found.is_estimate, found.counts_youth) == (True, True)
    assert found.without_homes == {EAST}


def test_a_retired_place_is_kept_if_it_was_served_once(region: Region) -> None:
    home = homes((10.047, 52.047, 10.053, 52.053))
    found = build_walks(region, PLACES, AGES, None, home, served={"old", "gone"})
    assert found is not None
    assert found.places == ("west", "far", "old")
    assert found.retired == {"old"}


def test_cells_of_the_same_zones_are_one_group() -> None:
    minutes = np.array([[1, 4.9, 5, 7, 15.5, np.inf]])
    found = group_cells(
        ["a"], minutes, np.arange(1.0, 7), np.array([WEST] * 5 + [EAST]), np.zeros((6, 2))
    )
    groups = zip(found.ags.tolist(), found.minutes[0].tolist(), found.people.tolist(), strict=True)
    assert set(groups) == {(WEST, 5, 6), (WEST, 10, 4), (WEST, np.inf, 5), (EAST, np.inf, 6)}
    assert found.people[found.cell_group].tolist() == [6, 6, 6, 4, 5, 6]


def test_minutes_have_a_row_per_place() -> None:
    with pytest.raises(ValueError, match=r"minutes must have shape \(2, 1\)"):
        group_cells(["a", "b"], np.zeros((1, 1)), np.ones(1), np.array([WEST]), np.zeros((1, 2)))
