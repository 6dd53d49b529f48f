"""A place from options: what is given is kept, the rest is assumed and called so."""

from __future__ import annotations

import pytest
from conftest import EAST

from geodata.discover import ASSUMED, DEFAULTS
from geodata.errors import PlacesError
from geodata.language import LANGUAGES, speaking, translator
from geodata.places import KINDS, Place
from geodata.region import Region
from tours.places.newplace import new_place
from tours.places.table import kind_text

GIVEN: dict[str, str | None] = {
    "name": "Ostdorf, Hütte",
    "kind": "youth_centre",
    "lon": "10,15",
    "lat": "52.05",
}


def made(region: Region, places: tuple[Place, ...] = (), **more: str | None) -> Place:
    return new_place(GIVEN | more, places, region)


def faults(region: Region, places: tuple[Place, ...] = (), **more: str) -> list[str]:
    with speaking("en"), pytest.raises(PlacesError) as caught:
        made(region, places, **more)
    return [f"{fault.where}: {fault.what}" for fault in caught.value.faults]


def test_the_position_tells_the_municipality_and_the_kind_the_rest(region: Region) -> None:
    place = made(region)
    assert (place.id, place.ags, place.lon) == ("ostdorf-huette", EAST, 10.15)
    assert (place.hours, place.assumed) == (DEFAULTS["youth_centre"].hours, ASSUMED)
    assert (place.min_dwell_s, place.start_weight) == (45 * 60, 1.3)


@pytest.mark.parametrize("name", ["y" * 101, "Ostdorf\nHütte"])
def test_a_name_that_fits_on_no_sign_is_a_fault(name: str, region: Region) -> None:
    (fault,) = faults(region, name=name)
    assert "more than 100 characters" in fault


def test_what_is_given_is_not_assumed(region: Region) -> None:
    place = made(region, hours="Mo 14:00-16:00", start_weight="2,5")
    assert (place.hours, place.start_weight) == ("Mo 14:00-16:00", 2.5)
    assert place.assumed == {"min_dwell", "max_dwell"}


def test_a_long_shortest_halt_lengthens_the_longest(region: Region) -> None:
    place = made(region, min_dwell="120")
    assert (place.min_dwell_s, place.max_dwell_s) == (7200, 7200)
    assert "min_dwell" not in place.assumed


def test_an_id_from_the_name_gets_a_number_where_it_is_taken(region: Region) -> None:
    assert made(region, (made(region),)).id == "ostdorf-huette-2"


def test_a_given_id_must_be_free(region: Region) -> None:
    said = faults(region, (made(region),), id="ostdorf-huette")
    assert said == ["--id: There is a place of this id already"]


def test_every_fault_names_its_option(region: Region) -> None:
    said = faults(region, kind="hut", hours="always", lon="9", min_dwell="1")
    assert [one.partition(":")[0] for one in said] == ["--lon", "--min-dwell", "--kind", "--hours"]


def test_an_empty_name_is_told_of_as_a_name(region: Region) -> None:
    assert faults(region, name=" ") == [": The name is empty"]


@pytest.mark.parametrize("word", ["youth_centre", "Jugendzentrum", "YOUTH CENTRE"])
def test_a_kind_may_be_written_in_words(word: str, region: Region) -> None:
    assert made(region, kind=word).kind == "youth_centre"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_names_every_kind(language: str) -> None:
    help_ = "Kind: station, bus stop, school, youth centre, sports ground, skate park, "
    help_ += "swimming pool, park, square, shop, office or other; or its id in places.csv."
    with speaking(language):
        said = translator("tours")(help_)
        assert [kind for kind in KINDS if kind_text(kind) not in said] == []
