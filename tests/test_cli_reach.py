"""Who lives within a walk of the stops, as a person asks for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from commandline import Run
from conftest import EAST, REGION_TOML, WEST
from small_osm import osm

from geodata.places import Place, render_places
from geodata.region import Region
from geodata.regionfiles import render_district
from geodata.walkfile import load_walk
from tours.newworkspace import write_workspace
from tours.plan import Plan, render_plan
from tours.tour import APPOINTMENT
from tours.workspace import Workspace

YOUTH = b"age_from,age_to,persons\n0,14,1000\n14,22,1000\n22,,2000\n"
PLACES = (
    Place(id="markt", name="Ostdorf, Markt", kind="square", lon=10.13, lat=52.03, ags=EAST),
    Place(id="kirche", name="Westdorf, Kirche", kind="square", lon=10.02, lat=52.02, ags=WEST),
)
# A street of 2.7 km along the market in the village, by letter, and the village around it.
NODES = {"a": (10.11, 52.03), "b": (10.13, 52.03), "c": (10.15, 52.03)}
VILLAGE = {"h": (10.12, 52.02), "i": (10.14, 52.02), "j": (10.14, 52.04), "k": (10.12, 52.04)}


@pytest.fixture
def space(region: Region, plan: Plan, tmp_path: Path) -> Workspace:
    """Return a workspace of two municipalities with a planned stop and an appointment."""
    first, second = plan.tours
    (stop,) = first.stops
    private = replace(stop, place_id="t1", name="t1", kind=APPOINTMENT, lon=10.02, lat=52.02)
    week = replace(
        plan, tours=(first, replace(second, stops=(private,), legs=first.legs, depot=first.depot))
    )
    district = render_district(replace(region, age_bands=()), "Serviette", "2026-11-01", 0)
    files = {f"district/{name}": content for name, content in district.items()}
    files |= {
        "district/youth.csv": YOUTH,
        "region.toml": REGION_TOML.encode(),
        "places.csv": render_places(PLACES).encode(),
        "plans/2026-W47.json": render_plan(week).encode(),
    }
    return write_workspace(files, tmp_path / "serviette")


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """Return a file with the street and the village around it."""
    path = tmp_path / "east.osm"
    ways: Sequence[tuple[str, dict[str, str]]] = [
        ("abc", {"highway": "residential"}),
        ("hijkh", {"landuse": "residential"}),
    ]
    path.write_text(osm(ways, lonlat=NODES | VILLAGE), encoding="utf-8")
    return path


def asked(run: Run, space: Workspace, *more: str) -> dict[str, object]:
    code, out, err = run("reach", *more, "-w", space.folder, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def test_the_stops_of_the_plan_are_told_and_no_appointment(
    space: Workspace,
    run: Run,
) -> None:
    found = asked(run, space)
    places = found["places"]
    assert isinstance(places, list)
    assert [place["id"] for place in places] == ["markt"]


def test_without_ways_people_are_counted_by_land(space: Workspace, run: Run) -> None:
    found = asked(run, space, "markt", "kirche")
    places, total = found["places"], found["total"]
    assert isinstance(places, list)
    assert isinstance(total, dict)
    assert [place["method"] for place in places] == ["circle", "circle"]
    assert total["people"] == pytest.approx(1_000)
    # A circle of 1200 m / 1.3 on some 76 km² with 750 people.
    assert places[0]["within"][2] == pytest.approx(3.14159 * 0.923**2 / 76.2 * 750, rel=0.03)
    assert total["within"][2] == pytest.approx(sum(p["within"][2] for p in places), abs=0.2)


def test_that_no_homes_are_known_is_said_above_the_numbers(space: Workspace, run: Run) -> None:
    out = " ".join(run("reach", "markt", "-w", space.folder)[1].split())
    assert out.index("Wohngebiete sind nicht geladen") < out.index("5 min")
    assert out.count("Wohngebiete sind nicht") == 1


def test_ways_and_homes_of_a_file_are_in_use(
    space: Workspace,
    extract: Path,
    run: Run,
) -> None:
    code, out, err = run("network", "import", extract, "-w", space.folder)
    assert (code, err) == (0, "")
    assert "Fußwege: 3 km" in " ".join(out.split())
    assert "Wohngebiete: 1" in " ".join(run("network", "status", "-w", space.folder)[1].split())
    walk, homes = load_walk(space.walk_file)
    assert (walk.num_edges, len(homes)) == (1, 1)
    found = asked(run, space, "markt", "kirche")
    places, municipalities = found["places"], found["municipalities"]
    assert isinstance(places, list)
    assert isinstance(municipalities, list)
    assert [place["method"] for place in places] == ["ways", "circle"]
    assert [one["spread_over"] for one in municipalities] == ["area", "homes"]
    # From the middle of the village: the diamond of all within 1200 m, going straight off the
    # street; 1373 m by 2224 m are the village, and its corners lie outside.
    village = shapely.box(-686, -1112, 686, 1112)
    diamond = shapely.Polygon([(1200, 0), (0, 1200), (-1200, 0), (0, -1200)])
    share = village.intersection(diamond).area / village.area
    assert places[0]["within"][2] == pytest.approx(750 * share, rel=0.02)


def test_a_file_without_ways_leaves_the_estimate(
    space: Workspace,
    tmp_path: Path,
    run: Run,
) -> None:
    path = tmp_path / "roads.osm"
    ways = [("ab", {"highway": "primary", "motorroad": "yes"})]
    path.write_text(osm(ways, lonlat=NODES), encoding="utf-8")
    code, out, err = run("network", "import", path, "-w", space.folder)
    assert (code, space.network_file.exists(), space.walk_file.exists()) == (0, True, False)
    assert "Fußwege: keine" in out
    assert err.startswith("Warnung: ")


def test_map_and_areas_are_written(space: Workspace, run: Run) -> None:
    code, out, _err = run("reach", "-w", space.folder)
    folder = space.folder / "out"
    assert (code, out.splitlines()[-1]) == (0, str(folder / "reach.html"))
    assert "Schätzung" in out
    collection = json.loads((folder / "reach.geojson").read_text(encoding="utf-8"))
    facts = [feature["properties"] for feature in collection["features"]]
    assert [(one["place"], one["minutes"]) for one in facts] == [
        *((None, 15), ("markt", 15), (None, 10), ("markt", 10), (None, 5), ("markt", 5))
    ]
    for feature in collection["features"]:
        assert shapely.geometry.shape(feature["geometry"]).contains(shapely.Point(10.13, 52.03))
    page = (folder / "reach.html").read_text(encoding="utf-8")
    assert "Reichweite zu Fuß" in page
    assert "default-src 'none'" in page


def test_the_same_data_give_the_same_files(space: Workspace, run: Run) -> None:
    run("reach", "-w", space.folder)
    paths = [space.folder / "out" / name for name in ("reach.html", "reach.geojson")]
    before = [path.read_bytes() for path in paths]
    run("reach", "-w", space.folder)
    assert [path.read_bytes() for path in paths] == before


def test_a_place_that_is_not_there_is_one_sentence(
    space: Workspace,
    run: Run,
) -> None:
    code, out, err = run("reach", "nirgends", "-w", space.folder)
    assert (code, out, "nirgends" in err) == (1, "", True)


def test_places_and_a_week_do_not_go_together(space: Workspace, run: Run) -> None:
    code, out, err = run("reach", "markt", "--week", "2026-W47", "-w", space.folder)
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_what_a_person_typed_stays_text(space: Workspace, run: Run) -> None:
    hostile = "</script><script>alert(1)</script>"
    text = space.places_file.read_text(encoding="utf-8").replace("Ostdorf, Markt", hostile)
    space.places_file.write_text(text.replace('"</', '"</'), encoding="utf-8")
    assert run("reach", "markt", "-w", space.folder)[0] == 0
    assert hostile not in (space.folder / "out" / "reach.html").read_text(encoding="utf-8")
