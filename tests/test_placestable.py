"""The meeting places as a table: whole ids, words for kinds and status."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from geodata.language import speaking
from geodata.places import KINDS, STATUSES, Place
from geodata.region import Region
from tours.places.table import kind_text, render_places_table, status_text

WEST = "03000001"
LONG = "hardegsen-niedernjesa-gemeinschaftshaus-am-alten-bahnhof"


def printed(region: Region, width: int, **values: str) -> str:
    place = Place(
        id=LONG,
        name="Niedernjesa, Gemeinschaftshaus am alten Bahnhof",
        kind="bus_stop",
        lon=10.05,
        lat=52.05,
        ags=WEST,
        hours="Mo-Fr 13:00-19:00; SH 12:00-18:00; PH off",
        **values,  # type: ignore[arg-type]  # any field
    )
    out = io.StringIO()
    with speaking("de"):
        Console(file=out, width=width).print(render_places_table([place], region))
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 110])
def test_an_id_is_never_broken(width: int, region: Region) -> None:
    assert LONG in printed(region, width)


def test_kind_and_status_are_said_in_words(region: Region) -> None:
    words = printed(region, 200, status="resting").split()
    assert {"Bushaltestelle", "ruht"} <= set(words)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_german_word(kind: str) -> None:
    with speaking("de"):
        assert kind_text(kind) not in KINDS


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_a_german_word(status: str) -> None:
    with speaking("de"):
        assert status_text(status) not in STATUSES


def test_a_name_without_end_is_cut_in_the_table(region: Region) -> None:
    town = replace(region.municipalities[WEST], name="B" * 10_000)
    wide = replace(region, municipalities={WEST: town})
    place = Place(id="a", name="A" * 10_000, kind="park", lon=10.05, lat=52.05, ags=WEST)
    out = io.StringIO()
    Console(file=out, width=400).print(render_places_table([place], wide))
    assert "A" * 99 + "…" in out.getvalue()
    assert "B" * 99 + "…" in out.getvalue()
