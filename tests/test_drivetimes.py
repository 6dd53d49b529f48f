"""The benchmark of drive times, where the truth is known."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from benchmarks.roads import agreement, draw_pairs, main, our_times, read_roads
from small_osm import osm

from geodata.crs import to_metres

WAYS = [
    ("aebcda", {"highway": "tertiary"}),
    ("efc", {"highway": "residential", "oneway": "yes"}),
    ("bd", {"highway": "primary", "maxspeed": "100"}),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.osm"
    path.write_text(osm(WAYS, node_tags={"f": {"barrier": "gate", "access": "yes"}}), "utf-8")
    return path


def test_agreement_of_times() -> None:
    ours = np.array([110.0, 90.0, 120.0, 50.0])
    theirs = np.array([100.0, 100.0, 100.0, np.nan])
    found = agreement("x", ours, theirs)
    assert (found["pairs"], found["no_way"]) == (3, 1)
    assert found["median_ratio"] == 1.1
    assert found["mape"] == pytest.approx((10 + 10 + 20) / 3, abs=0.1)
    assert found["scatter"] == pytest.approx(100 * (0 + 20 / 110 + 10 / 110) / 3, abs=0.1)


def test_a_peer_that_knows_no_way_agrees_in_nothing() -> None:
    found = agreement("x", np.array([1.0]), np.array([np.nan]))
    assert (found["pairs"], found["no_way"], found["median_ratio"]) == (0, 1, None)


def test_pairs_lie_apart_and_are_the_same_for_a_seed(file: Path) -> None:
    network = read_roads(file)
    pairs = draw_pairs(network, 20, 3)
    assert np.array_equal(pairs, draw_pairs(network, 20, 3))
    metres = to_metres(network.node_lonlat[:, 0], network.node_lonlat[:, 1])
    assert np.hypot(*(metres[pairs[:, 0]] - metres[pairs[:, 1]]).T).min() >= 1_000
    assert (our_times(network, pairs) > 0).all()


def test_networkx_has_the_same_times(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), "--pairs", "30", "--peers", "networkx", "--json"]) == 0
    ours, theirs = map(json.loads, capsys.readouterr().out.splitlines())
    assert (ours["peer"], theirs["peer"]) == ("ours", "networkx")
    assert (theirs["pairs"], theirs["different"]) == (30, 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--peers", "unknown"], "There is no peer"),
        (["--pairs", "0"], "too few"),
        (["--peers", "osrm", "--executables", "nowhere"], "osrm-extract"),
    ],
    ids=["peer", "pairs", "executables"],
)
def test_what_cannot_be_measured_is_said(
    arguments: list[str],
    said: str,
    file: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main([str(file), *arguments]) == 1
    assert said in capsys.readouterr().err


def test_only_junctions_are_nodes(file: Path) -> None:
    assert read_roads(file).num_nodes == len("bcde")
