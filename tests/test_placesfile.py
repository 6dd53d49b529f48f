"""Places to a map program and back: nothing is lost, and only what was edited changes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import WEST
from hostile_texts import HOSTILE

from geodata.csvfile import plain_breaks
from geodata.errors import PlacesError
from geodata.language import speaking
from geodata.places import Place, read_places
from geodata.region import Region
from tours.places.export import RENDERERS, render_geojson
from tours.places.imports import ENDINGS, Imported, import_places, read_file

PLACES = (
    "\ufeffid;name;kind;lon;lat;hours;min_dwell;start_weight;note;own\r\n"
    'markt;"Markt; alt";square;10,01;52,01;Mo 14:00-16:00;30;1,2;;Tel.\r\n'
    "halle;Halle;sports;10,15;52,05;;;1;=1+1;\r\n"
)


def places(region: Region) -> Sequence[Place]:
    return read_places(PLACES, "places.csv", region)


def written(region: Region, folder: Path, ending: str) -> Path:
    path = folder / f"places{ending}"
    path.write_bytes(RENDERERS[ending](places(region)))
    return path


def imported(text: str, region: Region) -> Imported:
    return import_places(text, "edited.csv", PLACES, region)


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_exported_comes_back_unchanged(
    ending: str, region: Region, tmp_path: Path
) -> None:
    found = imported(read_file(written(region, tmp_path, ending)), region)
    assert (found.text, found.changes, found.new, found.missing) == (PLACES, (), (), ())


def test_geojson_has_a_point_and_numbers(region: Region) -> None:
    text = render_geojson(places(region))
    first = json.loads(text)["features"][0]
    assert first["geometry"] == {"type": "Point", "coordinates": [10.01, 52.01]}
    assert (first["properties"]["start_weight"], first["properties"]["own"]) == (1.2, "Tel.")
    assert text == render_geojson(places(region))


def edit(path: Path, change: Callable[[dict[str, object]], object]) -> str:
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")
    return read_file(path)


def test_only_the_cell_that_was_edited_changes(region: Region, tmp_path: Path) -> None:
    def move(data: dict[str, Any]) -> None:
        data["features"][1]["geometry"]["coordinates"] = [10.16, 52.05]

    text = edit(written(region, tmp_path, ".geojson"), move)
    found = imported(text, region)
    assert [(c.id, c.column, c.after) for c in found.changes] == [("halle", "lon", "10.160000")]
    assert found.text == PLACES.replace("10,15", "10,160000")


def test_a_new_point_is_a_new_place_and_none_is_removed(region: Region) -> None:
    found = imported("id,name,kind,lon,lat\nneu,Neu,shop,10.02,52.02\n", region)
    assert ([place.id for place in found.new], found.missing) == (["neu"], ("markt", "halle"))
    assert found.text == PLACES + "neu;Neu;shop;10,020000;52,020000;;30;1;;\r\n"


def test_columns_that_the_file_does_not_have_stay(region: Region) -> None:
    found = imported("id,name,kind,lon,lat\nmarkt,Markt,square,10.01,52.01\n", region)
    assert [change.column for change in found.changes] == ["name"]
    assert "Mo 14:00-16:00;30;1,2;;Tel." in found.text


def test_a_point_elsewhere_is_refused(region: Region) -> None:
    with speaking("en"), pytest.raises(PlacesError, match="outside the district"):
        imported("id,name,kind,lon,lat\nneu,Neu,shop,1,2\n", region)


def test_a_column_that_is_missing_in_the_list_is_named(region: Region) -> None:
    header = "id,name,kind,lon,lat,max_dwell\n"
    with speaking("en"), pytest.raises(PlacesError, match=r"no column .* max_dwell"):
        imported(f"{header}markt,Markt,square,10.01,52.01,60\n", region)


def test_columns_that_are_not_taken_over_are_named(region: Region) -> None:
    header = "id,name,kind,lon,lat,colour,size\n"
    found = imported(f"{header}halle,Halle,sports,10.15,52.05,red,\n", region)
    assert found.ignored == ("colour",)


def test_kinds_may_be_written_in_words(region: Region) -> None:
    found = imported("id,name,kind,lon,lat\nneu,Neu,Bushaltestelle,10.02,52.02\n", region)
    assert [place.kind for place in found.new] == ["bus_stop"]


def test_lines_are_no_places(region: Region, tmp_path: Path) -> None:
    def bend(data: dict[str, Any]) -> None:
        data["features"][0]["geometry"] = {
            "type": "LineString",
            "coordinates": [[10, 52], [10.1, 52]],
        }

    with speaking("en"), pytest.raises(PlacesError, match="not every place is a point"):
        edit(written(region, tmp_path, ".geojson"), bend)


@pytest.mark.parametrize("name", ["places.xlsx", "gone.gpkg", "gone.csv"])
def test_what_is_no_file_of_places_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(PlacesError) as caught:
        read_file(tmp_path / name)
    assert caught.value.faults[0].where == str(tmp_path / name)


def test_a_file_that_is_damaged_is_told(tmp_path: Path) -> None:
    path = tmp_path / "places.gpkg"
    path.write_text("nothing", encoding="utf-8")
    with pytest.raises(PlacesError, match=r"cannot be read|kann nicht gelesen"):
        read_file(path)


@pytest.mark.filterwarnings("ignore")
def test_a_file_whose_layer_is_gone_is_told(region: Region, tmp_path: Path) -> None:
    path = written(region, tmp_path, ".gpkg")
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("DROP TABLE places")
    with pytest.raises(PlacesError):
        read_file(path)


def test_hostile_values_of_a_layer_come_in_to_the_letter(region: Region, tmp_path: Path) -> None:
    texts = [text.replace("\0", "") for text in HOSTILE]
    made = [
        Place(id=f"p{n}", name=f"{text}.", kind="park", lon=10.02, lat=52.02, ags=WEST, note=text)
        for n, text in enumerate(texts)
    ]
    path = tmp_path / "places.gpkg"
    path.write_bytes(RENDERERS[".gpkg"](made))
    found = imported(read_file(path), region).new
    assert [one.name for one in found] == [plain_breaks(f"{text}.").strip() for text in texts]
    assert [one.note for one in found] == [plain_breaks(text).strip() for text in texts]


@pytest.mark.parametrize(
    "text", ["", ",,,", '"', 'id,name\n"a', "x" * 200_000, "id,name,kind,lon,lat\n\0"]
)
def test_what_is_no_table_is_told(text: str, region: Region) -> None:
    with pytest.raises(PlacesError):
        imported(text, region)
