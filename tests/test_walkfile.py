"""The ways on foot on disk: as they were, whole or not at all, and told when damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely
from small_walks import lonlat, shapes_on, walk_on

from geodata.errors import NetworkError
from geodata.walkfile import load_walk, save_walk
from geodata.walking import AROUND_M, around_places, walk_network

WALK = walk_on([[(0, 0), (400, 0)], [(400, 0), (400, 300), (0, 0)]])
HOMES = shapes_on([shapely.box(0, 0, 100, 100)])
ARRAYS = ("node_lonlat", "edge_from", "edge_to", "edge_mm", "line_lonlat", "line_start")


def test_ways_and_homes_come_back_as_they_were(tmp_path: Path) -> None:
    save_walk(WALK, HOMES, path := tmp_path / "network" / "walk.gpkg")
    walk, homes = load_walk(path)
    for name in ARRAYS:
        assert np.array_equal(getattr(walk, name), getattr(WALK, name)), name
    assert walk.source == WALK.source
    assert shapely.equals(homes, HOMES).all()
    assert shapely.equals(walk.covered, WALK.covered)


def test_lengths_are_those_on_the_ground() -> None:
    assert WALK.edge_mm.tolist() == pytest.approx([400_000, 800_000], abs=20)


def test_without_homes_there_is_an_empty_layer(tmp_path: Path) -> None:
    save_walk(WALK, HOMES[:0], path := tmp_path / "walk.gpkg")
    assert len(load_walk(path)[1]) == 0


def test_the_same_ways_give_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / "a.gpkg", tmp_path / "b.gpkg"]
    for path in paths:
        save_walk(WALK, HOMES, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_an_edit_of_a_layer_counts(tmp_path: Path) -> None:
    save_walk(WALK, HOMES, path := tmp_path / "walk.gpkg")
    with closing(sqlite3.connect(path)) as base, base:
        for trigger in base.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger'"
        ).fetchall():
            base.execute(f"DROP TRIGGER {trigger[0]}")
        base.execute("DELETE FROM ways WHERE number = 2")
    assert load_walk(path)[0].num_edges == 1


def damaged(path: Path, how: str) -> None:
    if how == "missing":
        path.unlink()
    elif how == "cut":
        path.write_bytes(path.read_bytes()[:5_000])
    elif how == "text":
        path.write_text("ways", encoding="utf-8")
    else:
        with closing(sqlite3.connect(path)) as base, base:
            base.execute("UPDATE source SET value = '99' WHERE key = 'format'")


@pytest.mark.parametrize("how", ["missing", "cut", "text", "version"])
def test_a_damaged_file_is_one_sentence_with_a_remedy(tmp_path: Path, how: str) -> None:
    save_walk(WALK, HOMES, path := tmp_path / "walk.gpkg")
    damaged(path, how)
    with pytest.raises(NetworkError) as caught:
        load_walk(path)
    (fault,) = caught.value.faults
    assert (fault.where, "tours network" in fault.remedy) == (str(path), True)


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (path := tmp_path / "walk.gpkg").mkdir()
    with pytest.raises(NetworkError):
        save_walk(WALK, HOMES, path)


def test_a_network_without_ways_is_refused() -> None:
    with pytest.raises(NetworkError):
        walk_network(shapes_on([]), WALK.source, WALK.covered)


def test_ways_are_needed_around_each_place() -> None:
    area = around_places(lonlat((0, 0), (10_000, 0)))
    inside = lonlat((AROUND_M * 0.99, 0), (0, -AROUND_M * 0.99), (10_000, 0))
    outside = lonlat((AROUND_M * 1.01, 0), (5_000, 0))
    assert [bool(shapely.intersects_xy(area, *spot)) for spot in inside] == [True] * 3
    assert [bool(shapely.intersects_xy(area, *spot)) for spot in outside] == [False] * 2


def test_around_no_place_there_is_nothing() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        around_places([])
