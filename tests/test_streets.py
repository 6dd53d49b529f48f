"""What roads are called, from the tags of their ways to the file and back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from small_grid import SOURCE
from small_osm import RING, Way, raw_graph

from geodata.network import RoadNetwork
from geodata.roads import roads_from_graph
from geodata.storage import load_network, save_network
from geodata.streets import StreetNames, longest_name, street_name, street_names

# The ring with a diagonal and a way to the south, neither of which has a name.
WAYS: tuple[Way, ...] = (
    ("ae", {"highway": "tertiary", "name": "Westweg"}),
    ("ebc", {"highway": "tertiary", "name": "Ostweg", "ref": "K 1"}),
    ("cda", {"highway": "primary", "ref": "B 3;B 27"}),
    ("ac", {"highway": "residential"}),
    ("ef", {"highway": "residential"}),
)


def network(folder: Path, ways: tuple[Way, ...] = WAYS) -> RoadNetwork:
    return roads_from_graph(raw_graph(folder, ways), source=SOURCE)


def names(network: RoadNetwork) -> list[str]:
    """Return the names of the edges, sorted."""
    assert network.streets is not None
    return sorted(network.streets.names[i] for i in network.streets.edge_name.tolist())


@pytest.mark.parametrize(
    ("tags", "name"),
    [
        ({"name": "Am Markt", "ref": "K 1"}, "Am Markt"),
        ({"ref": "B 27"}, "B 27"),
        ({"ref": "B 3; B 27"}, "B 3 / B 27"),
        ({"name": " ", "ref": ";"}, ""),
        ({"name": "Am\r\n Markt\x00\ud800"}, "Am Markt"),
        ({}, ""),
    ],
)
def test_a_way_is_called_by_its_name_else_by_its_number(tags: dict[str, str], name: str) -> None:
    assert street_name(tags) == name


def test_a_name_is_not_longer_than_openstreetmap_takes() -> None:
    assert len(street_name({"name": "A" * 10_000})) == 255


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([("a", 3), ("b", 4), ("a", 2)], "a"),
        ([("", 5), ("b", 4)], ""),
        ([("a", 2), ("b", 2)], "b"),
        ([("b", 2), ("a", 2)], "b"),
        ([], ""),
    ],
)
def test_a_road_is_called_as_most_of_it(parts: list[tuple[str, int]], name: str) -> None:
    assert longest_name(parts) == name


def test_the_roads_of_an_extract_have_their_names(tmp_path: Path) -> None:
    assert names(network(tmp_path))[::2] == ["", "", "B 3 / B 27", "Ostweg", "Westweg"]


def test_both_directions_of_a_road_have_one_name(tmp_path: Path) -> None:
    found = network(tmp_path)
    assert found.streets is not None
    ends = np.sort(np.stack([found.edge_from, found.edge_to]), axis=0).T.tolist()
    pairs = {(*pair, name) for pair, name in zip(ends, found.streets.edge_name, strict=True)}
    assert len(pairs) == found.num_edges / 2


def test_stretches_that_become_one_edge_are_called_as_most_of_them(tmp_path: Path) -> None:
    # Without the way to the south, 500 m of Westweg go on as 1500 m of Ostweg.
    assert names(network(tmp_path, WAYS[:-1]))[::2] == ["", "B 3 / B 27", "Ostweg"]


def test_roads_without_names_have_no_table(tmp_path: Path) -> None:
    assert network(tmp_path, RING).streets is None
    assert street_names(["", ""]) is None


def test_names_come_back_from_the_file(tmp_path: Path) -> None:
    first = network(tmp_path)
    save_network(first, tmp_path / "roads.gpkg")
    again = load_network(tmp_path / "roads.gpkg")
    assert first.streets is not None
    assert again.streets is not None
    assert again.streets.names == first.streets.names
    assert again.streets.edge_name.tolist() == first.streets.edge_name.tolist()


@pytest.mark.parametrize(
    ("table", "positions", "word"),
    [
        (("a",), [0], "empty name"),
        ((), [0], "empty name"),
        (("", "a", "a"), [0], "once"),
        (("", "a"), [2], "from 0 to 1"),
        (("", "a"), [-1], "from 0 to 1"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(
    table: tuple[str, ...], positions: list[int], word: str
) -> None:
    with pytest.raises(ValueError, match=word):
        StreetNames(table, np.array(positions))
