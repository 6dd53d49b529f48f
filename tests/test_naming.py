"""Which place a person means."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_services import service, with_place

from geodata.errors import PlacesError
from geodata.language import speaking
from geodata.network import RoadNetwork
from geodata.region import Region
from tours.appointments import Appointment
from tours.district import District
from tours.naming import MOST_NAMES, find_place, id_remedy


@pytest.fixture
def district(region: Region, road_network: RoadNetwork, region_toml: str) -> District:
    district = service(region, road_network, region_toml, places=8)
    names = ("Markt", "Marktplatz am Markt", "Schule Süd", "[bold]x[/bold]")
    for number, name in enumerate(names):
        district = with_place(district, number, name=name)
    home = district.places[0]
    visit = Appointment(
        id="hv1",
        weekday=1,
        start_s=0,
        latest_s=0,
        dwell_s=1800,
        name="Frau Muster",
        lon=home.lon,
        lat=home.lat,
        ags=home.ags,
    )
    return replace(district, appointments=(visit,))


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        *(("p2", "p2"), (" p2 ", "p2"), ("Markt", "p0"), ("am markt", "p1"), ("SÜD", "p2")),
        *(("su\u0308d", "p2"), ("am  Markt", "p1")),
        *(("[bold]", "p3"), ("hv1", "hv1")),
    ],
)
def test_an_id_a_name_or_a_part_of_it_is_enough(text: str, id_: str, district: District) -> None:
    assert find_place(district, text).id == id_


@pytest.mark.parametrize("text", ["nirgends", "", " ", "Muster"])
def test_a_text_that_fits_nothing_says_so(text: str, district: District) -> None:
    with pytest.raises(PlacesError) as caught:
        find_place(district, text)
    assert "tours places list" in caught.value.faults[0].remedy


def test_a_text_that_fits_several_names_them(district: District) -> None:
    with pytest.raises(PlacesError, match=r"Platz 4 \(p4\); Platz 5 \(p5\)"):
        find_place(district, "platz ")


def test_of_very_many_only_some_are_named(district: District) -> None:
    with pytest.raises(PlacesError) as caught:
        find_place(district, "p")
    assert caught.value.faults[0].what.count("(p") == MOST_NAMES


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("schule", "Write the id: p2"),
        ("markt", "Write the id: p0, p1"),
        # Too many to be of help.
        ("p", "“tours places list” shows the ids"),
        ("nowhere", "“tours places list” shows the ids"),
        ("", "“tours places list” shows the ids"),
    ],
)
def test_what_is_no_id_is_told_those_that_it_may_mean(
    text: str, remedy: str, district: District
) -> None:
    with speaking("en"):
        assert id_remedy(text, district.places) == remedy
