"""A road network on disk: the same again, editable in QGIS, whole or not at all."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from small_grid import Grid

from geodata.errors import NetworkError
from geodata.language import speaking
from geodata.network import NetworkSource, RoadNetwork
from geodata.storage import load_network, save_network
from geodata.streets import street_names

ARRAYS = (
    *("node_lonlat", "edge_from", "edge_to", "edge_ms", "edge_mm", "edge_class"),
    *("line_lonlat", "line_start"),
)


@pytest.fixture
def path(road_network: RoadNetwork, tmp_path: Path) -> Path:
    """Return the file of the square with its one-way street."""
    file = tmp_path / "network" / "roads.gpkg"
    save_network(road_network, file)
    return file


def run(path: Path, *statements: str) -> None:
    """Change the file behind the back of every program that shows layers."""
    with closing(sqlite3.connect(path)) as base, base:
        for statement in statements:
            base.execute(statement)


def edited(path: Path, layer: str, change: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]) -> None:
    """Change a layer by the library that QGIS writes with."""
    change(gpd.read_file(path, layer=layer)).to_file(path, layer=layer, driver="GPKG")


def same(a: RoadNetwork, b: RoadNetwork) -> bool:
    assert (a.source, a.snap_limit_m) == (b.source, b.snap_limit_m)
    return all(np.array_equal(getattr(a, name), getattr(b, name)) for name in ARRAYS)


def fault(path: Path) -> str:
    with speaking("en"), pytest.raises(NetworkError) as caught:
        load_network(path)
    return str(caught.value)


@pytest.mark.parametrize(
    "source",
    [
        NetworkSource("extract", "2026-11-01", "© OpenStreetMap'; --"),
        NetworkSource("estimate", "", "", 0.15, 0.4),
        NetworkSource("download", "2026-11-01T12:30:00Z", "© ü", 0.1 + 0.2, None),
    ],
)
def test_a_network_comes_back_as_it_was(
    source: NetworkSource, road_network: RoadNetwork, tmp_path: Path
) -> None:
    network = replace(road_network, source=source, snap_limit_m=275)
    save_network(network, tmp_path / "roads.gpkg")
    assert same(load_network(tmp_path / "roads.gpkg"), network)


def test_the_same_network_gives_the_same_bytes(
    path: Path, road_network: RoadNetwork, tmp_path: Path
) -> None:
    save_network(road_network, tmp_path / "again.gpkg")
    assert (tmp_path / "again.gpkg").read_bytes() == path.read_bytes()


def test_a_network_is_read_without_the_libraries_that_made_it(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from geodata.storage import load_network; "
        f"load_network(Path({str(path)!r})); "
        "print([m for m in ('geopandas', 'pandas', 'osmnx', 'pyogrio') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_layers_show_nodes_edges_and_where_they_are_from(path: Path) -> None:
    nodes, edges = gpd.read_file(path, layer="nodes"), gpd.read_file(path, layer="edges")
    facts = gpd.read_file(path, layer="source")
    assert (len(nodes), len(edges)) == (4, 7)
    assert {str(layer.crs) for layer in (nodes, edges)} == {"EPSG:4326"}
    first = edges.to_dict("records")[0]
    assert (first["from_node"], first["to_node"], first["highway"]) == (0, 1, "tertiary")
    assert (first["length_m"], first["time_s"]) == (1000.0, 100.0)
    assert dict(zip(facts["key"], facts["value"], strict=True))["attribution"] == "© Napkin"


def test_no_other_layers_are_listed(path: Path) -> None:
    assert gpd.list_layers(path)["name"].tolist() == ["nodes", "edges", "source"]


def test_an_edit_of_a_layer_counts(path: Path, road_network: RoadNetwork) -> None:
    edited(path, "edges", lambda edges: edges.assign(time_s=edges["time_s"] * 2))
    network = load_network(path)
    assert network.edge_ms.tolist() == (road_network.edge_ms * 2).tolist()
    assert same(replace(network, edge_ms=road_network.edge_ms), road_network)


def test_what_was_made_from_edited_layers_is_kept(path: Path) -> None:
    edited(path, "edges", lambda edges: edges.iloc[1:])
    before = path.read_bytes()
    first = load_network(path)
    assert path.read_bytes() != before
    kept = path.read_bytes()
    assert same(load_network(path), first)
    assert path.read_bytes() == kept


def test_an_edit_that_cannot_be_kept_counts_all_the_same(path: Path) -> None:
    edited(path, "edges", lambda edges: edges.iloc[1:])
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert load_network(path).num_edges == 6


def named(network: RoadNetwork, *names: str) -> RoadNetwork:
    """Give the edges names, in turn."""
    count = -(-network.num_edges // len(names))
    return replace(network, streets=street_names((names * count)[: network.num_edges]))


def shown_names(network: RoadNetwork) -> list[str]:
    assert network.streets is not None
    return [network.streets.names[i] for i in network.streets.edge_name.tolist()]


def test_the_layer_of_edges_shows_names(road_network: RoadNetwork, tmp_path: Path) -> None:
    save_network(named(road_network, "Am '; -- Markt", ""), tmp_path / "roads.gpkg")
    edges = gpd.read_file(tmp_path / "roads.gpkg", layer="edges")
    assert edges["name"].dropna().tolist() == ["Am '; -- Markt"] * 4
    assert edges["name"].isna().sum() == 3


def test_a_name_that_is_edited_counts(road_network: RoadNetwork, tmp_path: Path) -> None:
    file = tmp_path / "roads.gpkg"
    save_network(named(road_network, "Alt", ""), file)
    edited(file, "edges", lambda edges: edges.assign(name=edges["name"].replace("Alt", "Neu")))
    first = load_network(file)
    assert shown_names(first) == ["Neu", ""] * 3 + ["Neu"]
    assert same(first, road_network)
    assert shown_names(load_network(file)) == shown_names(first)


def test_a_file_without_names_is_read_and_edited(path: Path) -> None:
    assert "name" not in gpd.read_file(path, layer="edges")
    assert load_network(path).streets is None
    edited(path, "edges", lambda edges: edges.iloc[1:])
    assert load_network(path).streets is None


def test_names_that_were_damaged_are_noticed(road_network: RoadNetwork, tmp_path: Path) -> None:
    file = tmp_path / "roads.gpkg"
    save_network(named(road_network, "Weg"), file)
    run(file, "UPDATE tours_arrays SET data = x'00' WHERE name = 'names'")
    assert "names" in fault(file)


def test_a_column_of_names_that_holds_numbers_gives_none(path: Path) -> None:
    edited(path, "edges", lambda edges: edges.assign(name=7))
    assert load_network(path).streets is None


def test_an_edge_deleted_by_hand_is_noticed(path: Path) -> None:
    run(path, "DROP TRIGGER rtree_edges_geom_delete", "DELETE FROM edges WHERE fid = 1")
    assert load_network(path).num_edges == 6


def test_broken_layers_are_named_with_what_is_wrong(path: Path) -> None:
    def broken(edges: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        edges.loc[1, "to_node"] = 99
        edges.loc[2, "time_s"] = -1
        edges.loc[3, "length_m"] = None
        return edges

    edited(path, "edges", broken)
    lines = fault(path).splitlines()
    assert [line.split(": ")[1].split(". ")[0] for line in lines] == [
        "to_node is no node of the layer nodes (fid 2)",
        "no number in the column length_m (fid 4)",
        "no number in the column time_s (fid 3)",
    ]
    assert all(line.startswith("roads.gpkg, layer edges") for line in lines)


def test_an_edge_without_a_line_is_named(path: Path) -> None:
    def broken(edges: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        edges.loc[4, "geometry"] = None
        return edges

    edited(path, "edges", broken)
    assert "no line (fid 5)" in fault(path)


def test_two_nodes_with_one_number_are_a_fault(path: Path) -> None:
    edited(path, "nodes", lambda nodes: nodes.assign(node=0))
    assert "two nodes have the same number" in fault(path)


def test_a_missing_column_is_named(path: Path) -> None:
    edited(path, "edges", lambda edges: edges.drop(columns="time_s"))
    assert "lack a column: time_s" in fault(path)


def test_a_deleted_layer_is_a_fault(path: Path) -> None:
    run(path, "DELETE FROM gpkg_contents WHERE table_name = 'nodes'")
    assert "cannot be read" in fault(path)


def test_another_version_is_said_to_be_one(path: Path) -> None:
    run(path, "UPDATE source SET value = '2' WHERE key = 'format'")
    assert "another version of the program (format 2)" in fault(path)
    assert "tours network download" in fault(path)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM source WHERE key = 'attribution'",
        "UPDATE source SET value = 'rumour' WHERE key = 'kind'",
        "UPDATE source SET value = 'far' WHERE key = 'snap_limit_m'",
        "DELETE FROM tours_arrays WHERE name = 'edge_ms'",
        "UPDATE tours_arrays SET data = zeroblob(length(data)) WHERE name = 'edge_to'",
        "UPDATE tours_arrays SET data = substr(data, 9) WHERE name = 'line_lonlat'",
        "UPDATE tours_arrays SET data = 'x' WHERE name = 'header'",
        "DROP TABLE tours_arrays",
        "DROP TABLE source",
    ],
)
def test_a_damaged_file_is_one_sentence(statement: str, path: Path) -> None:
    run(path, statement)
    text = fault(path)
    assert "The road network cannot be read" in text
    assert "tours network import FILE" in text
    assert "\n" not in text


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.9])
def test_a_truncated_file_is_one_sentence(share: float, path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    text = fault(path)
    assert "The road network cannot be read" in text
    assert "\n" not in text


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert "There is no road network here" in fault(tmp_path / "roads.gpkg")


def test_a_network_takes_the_place_of_another(path: Path, road_network: RoadNetwork) -> None:
    save_network(replace(road_network, edge_ms=road_network.edge_ms * 3), path)
    assert load_network(path).edge_ms.tolist() == (road_network.edge_ms * 3).tolist()
    assert [file.name for file in path.parent.iterdir()] == ["roads.gpkg"]


def test_nothing_is_written_beside_what_another_program_has_not_written_yet(
    path: Path, road_network: RoadNetwork
) -> None:
    before = path.read_bytes()
    path.with_name("roads.gpkg-wal").write_bytes(b"changes")
    with speaking("en"), pytest.raises(NetworkError, match="open in another program"):
        save_network(road_network, path)
    assert path.read_bytes() == before


def test_a_full_disk_leaves_the_old_network(path: Path, road_network: RoadNetwork) -> None:
    before = path.read_bytes()
    child = os.fork()
    if not child:
        # No file of this process may grow beyond this: the disk is as good as full.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        code = 1
        try:
            save_network(road_network, path)
        except NetworkError as error:
            code = 0 if "cannot be written" in str(error) or "geschrieben" in str(error) else 2
        finally:
            os._exit(code)
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["roads.gpkg"]


def test_a_folder_that_cannot_be_made_is_a_fault(road_network: RoadNetwork, tmp_path: Path) -> None:
    (tmp_path / "network").write_text("a file")
    with pytest.raises(NetworkError):
        save_network(road_network, tmp_path / "network" / "roads.gpkg")


def test_an_edge_of_many_corners_keeps_them(grid: Grid, tmp_path: Path) -> None:
    graph = grid.graph({"a": (0, 0), "b": (300, 400)}, [("a", "b", "two-way")])
    course = shapely.LineString([grid.lonlat(*p) for p in ((0, 0), (300, 0), (300, 400))])
    graph.edges["a", "b", 0]["geometry"] = course
    network = grid.network(graph)
    save_network(network, tmp_path / "roads.gpkg")
    assert load_network(tmp_path / "roads.gpkg").edge_line[0].equals(course)
