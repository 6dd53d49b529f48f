"""The page of proposals as text: what stands in it, and what must never stand in it."""

from __future__ import annotations

from typing import Any

import pytest
from webmap_examples import DOWNLOAD, HOSTILE, Reading, district

from geodata.language import speaking
from geodata.places import Place
from maps.proposalmap import Heading, render_proposalmap
from tours.places.proposalfile import Proposed
from tours.places.rules import PlaceRule

AGS = "03155001"
RULE = PlaceRule("Schule", ("amenity=school",), "IGS", "Mo-Fr 12:00-16:30", "30 bis 60 min", 1.2)


def place(name: str = "Halle", **changes: Any) -> Place:  # noqa: ANN401 - any field
    values: dict[str, Any] = {"id": "halle", "kind": "skate_park", "lon": 10.05, "lat": 51.7}
    return Place(name=name, ags=AGS, **values | changes)


def proposed(decision: str = "", source: str = "Stop 1: Halle", **changes: Any) -> Proposed:  # noqa: ANN401 - any field
    return Proposed(place(**changes), decision, source, 2)


def page(
    *proposals: Proposed,
    places: tuple[Place, ...] = (),
    service: str = "Bauwagen",
    town: str = "Amt",
) -> str:
    heading = Heading(service, "Kreis Serviette", {AGS: town}, DOWNLOAD, [RULE], ["Satz"])
    return render_proposalmap(heading, places, proposals, district())


def data(*proposals: Proposed, **options: Any) -> Any:  # noqa: ANN401 - any field
    return Reading(page(*proposals, **options)).data


def rows(one: dict[str, Any]) -> dict[str, str]:
    return dict(one["rows"])


def test_the_same_proposals_give_the_same_bytes() -> None:
    assert page(proposed()) == page(proposed())


def test_no_tag_names_a_file_from_elsewhere() -> None:
    tags = Reading(page(proposed(), places=(place(),))).tags
    assert not [tag for tag, attrs in tags for name, _v in attrs if name in ("src", "href")]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_part_of_the_page(name: str) -> None:
    hostile = proposed(name=name, source=name, note=name, hours=name)
    text = page(hostile, places=(place(name),), service=name, town=name)
    plain = page(proposed(), places=(place(),))
    tags = [(tag, [key for key, _v in attrs]) for tag, attrs in Reading(text).tags]
    assert tags == [(tag, [key for key, _v in attrs]) for tag, attrs in Reading(plain).tags]
    assert Reading(text).data["proposals"][0]["name"] == name


def test_a_popup_says_what_is_assumed_and_where_it_comes_from() -> None:
    one = proposed(
        hours="Mo 14:00-16:00", start_weight=1.5, assumed=frozenset({"hours", "start_weight"})
    )
    with speaking("en"):
        found = rows(data(one)["proposals"][0])
    assert found == {
        "Kind": "skate park",
        "Municipality": "Amt",
        "Hours": "Mo 14:00-16:00 (assumed)",
        "Halt": "30 to 90 min",
        "Start weight": "1.5 (assumed)",
        "Source": "Stop 1: Halle",
    }


def test_what_a_person_confirmed_is_not_called_assumed() -> None:
    with speaking("en"):
        assert rows(data(proposed())["proposals"][0])["Hours"] == "always"


@pytest.mark.parametrize(
    ("decision", "state", "verbs"),
    [("", "open", ["accept", "refuse"]), ("yes", "yes", ["refuse"]), ("no", "no", ["accept"])],
)
def test_each_decision_has_its_look_and_its_commands(
    decision: str, state: str, verbs: list[str]
) -> None:
    (one,) = data(proposed(decision))["proposals"]
    assert one["state"] == state
    assert one["commands"] == [f"tours places {verb} halle" for verb in verbs]


def test_what_was_taken_is_a_place_and_not_shown_twice() -> None:
    found = data(proposed("taken"), places=(place(),))
    assert (len(found["proposals"]), len(found["places"])) == (0, 1)


def test_the_list_has_the_municipalities_and_not_what_was_refused() -> None:
    found = data(proposed("no"), proposed(id="b"), proposed("yes", id="c"))
    assert found["towns"] == [["Amt", [1, 2]]]


def test_openstreetmap_is_credited_where_it_was_asked() -> None:
    assert any(
        "OpenStreetMap" in line for line in data(proposed(source="OpenStreetMap n1: x"))["credits"]
    )
    assert not any("OpenStreetMap" in line for line in data(proposed())["credits"])


def test_the_rules_are_on_the_page() -> None:
    found = data(proposed())
    assert found["rules"][0][:3] == ["Schule", ["amenity=school", "Haltestellen: IGS"], RULE.hours]
    assert found["notes"] == ["Satz."]
