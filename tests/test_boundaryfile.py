"""Boundaries of a file: the district that a name means, and its municipalities."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from musterland import AGS, ARS, DISTRICT_RELATION, DORFHEIM, OsmData, musterland
from osm_xml import xml_of

from geodata.boundaryfile import Outline, chosen_outline, municipalities_in, read_outlines
from geodata.errors import RegionError


@pytest.fixture(scope="module")
def outlines(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outline, ...]:
    path = tmp_path_factory.mktemp("file") / "muster.osm"
    path.write_text(xml_of(musterland().elements), encoding="utf-8")
    return read_outlines(path)[0]


@pytest.mark.parametrize(
    "name", ["Landkreis Musterland", "musterland", " Musterland ", f"R{DISTRICT_RELATION}"]
)
def test_a_district_is_found_by_its_name(name: str, outlines: tuple[Outline, ...]) -> None:
    assert chosen_outline(name, outlines).relation == DISTRICT_RELATION


@pytest.mark.parametrize("name", ["Dorfheim", "Landkreis Anderswo", ""])
def test_what_is_no_district_names_those_there_are(
    name: str, outlines: tuple[Outline, ...]
) -> None:
    with pytest.raises(RegionError, match=r"Landkreis Musterland \(R906\)"):
        chosen_outline(name, outlines)


def test_of_several_districts_none_is_taken(outlines: tuple[Outline, ...]) -> None:
    twin = Outline(77, 6, {"name": "Kreis Musterland"}, outlines[0].area)
    with pytest.raises(RegionError, match="kann mehrere Kreise meinen"):
        chosen_outline("Musterland", (*outlines, twin))


def test_municipalities_are_those_with_the_keys_of_the_district(
    outlines: tuple[Outline, ...],
) -> None:
    found = municipalities_in(chosen_outline("Musterland", outlines), outlines)
    names = ["Musterstadt", "Dorfheim", "Inselhausen", "Fernfeld", "Forst (gemeindefreies Gebiet)"]
    assert [m.name for m in found.values()] == names


def test_where_there_are_no_keys_they_are_made_up(outlines: tuple[Outline, ...]) -> None:
    def without(tags: Mapping[str, str]) -> dict[str, str]:
        return {key: value for key, value in tags.items() if key not in (AGS, ARS)}

    bare = tuple(Outline(o.relation, o.level, without(o.tags), o.area) for o in outlines)
    found = municipalities_in(chosen_outline("Musterland", bare), bare)
    assert list(found) == [f"9900000{number}" for number in range(1, 6)]
    assert [m.population for m in found.values()] == [21_500, 4_000, 700, 0, 0]


def test_a_boundary_that_is_cut_off_is_left_out(tmp_path: Path) -> None:
    data = OsmData()
    data.boundary(1, DORFHEIM, [], name="Dorfheim", admin_level="8")
    path = tmp_path / "cut.osm"
    path.write_text(xml_of([e for e in data.elements if e["id"] != 5000]), encoding="utf-8")
    assert read_outlines(path)[0] == ()
