"""Proposals taken and refused: places.csv grows at its end, or stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from geodata.errors import PlacesError
from geodata.language import speaking
from geodata.places import read_places
from geodata.region import Region
from tours.places.decision import Decided, accept, refuse
from tours.places.proposalfile import read_proposals

PROPOSALS = (
    "decision,id,name,kind,lon,lat,hours,min_dwell,start_weight,assumed,own,source\n"
    "yes,rampe,Rampe,skate_park,10.05,52.05,Mo-Fr 14:00-18:00,45,1.5,hours,Tel. 1,n1\n"
    ",bad,Bad,pool,10.03,52.03,,,1.2,,,n2\n"
    "no,alt,Alt,shop,10.02,52.02,,,1,,,n3\n"
)
# As a German spreadsheet keeps it, with a column of the team's own and no line end at last.
PLACES = (
    "\ufeffid;own;name;kind;lon;lat;hours;min_dwell;start_weight;assumed;note\r\n"
    'markt;"a;b";Markt;square;10,01;52,01;;;1,2;;"Zeile\r\nzwei"'
)


def accepted(
    region: Region, *names: str, places: str = PLACES, everything: bool = False
) -> Decided:
    file = read_proposals(PROPOSALS, "proposals.csv", region)
    return accept(file, places, region, names, everything=everything)


def fault(region: Region, *names: str, places: str = PLACES, text: str = PROPOSALS) -> str:
    file = read_proposals(text, "proposals.csv", region)
    with speaking("en"), pytest.raises(PlacesError) as caught:
        accept(file, places, region, names)
    return str(caught.value)


def decisions(text: str, region: Region) -> list[str]:
    return [row.decision for row in read_proposals(text, "proposals.csv", region).rows]


def test_what_is_marked_is_added_at_the_end(region: Region) -> None:
    assert accepted(region).places_text == (
        f"{PLACES}\r\n"
        "rampe;Tel. 1;Rampe;skate_park;10,050000;52,050000;Mo-Fr 14:00-18:00;45;1,5;hours;\r\n"
    )


def test_what_was_taken_is_marked_so(region: Region) -> None:
    assert decisions(accepted(region).proposals_text, region) == ["taken", "", "no"]


@pytest.mark.parametrize(
    ("names", "everything", "ids"),
    [
        ((), True, ["rampe", "bad"]),
        (("bad",), False, ["bad"]),
        (("Alt", "bad"), False, ["bad", "alt"]),
    ],
)
def test_what_is_named_is_taken(
    names: Sequence[str], everything: bool, ids: list[str], region: Region
) -> None:
    decided = accepted(region, *names, everything=everything)
    assert [place.id for place in decided.places] == ids
    read = read_places(decided.places_text, "places.csv", region)
    assert [place.id for place in read] == ["markt", *ids]


def test_a_taken_place_is_not_taken_twice(region: Region) -> None:
    text = PROPOSALS.replace("yes,rampe", "taken,rampe")
    assert "Taken already: rampe" in fault(region, "rampe", text=text)


def test_an_id_that_a_place_has_is_not_taken(region: Region) -> None:
    said = fault(region, places=PLACES.replace("markt", "rampe"))
    assert "proposals.csv, line 2, column id: places.csv has a place “rampe” already" in said


def test_without_a_mark_there_is_nothing_to_take(region: Region) -> None:
    assert "Nothing in proposals.csv" in fault(region, text=PROPOSALS.replace("yes,", ","))


def test_an_unknown_id_is_told(region: Region) -> None:
    assert fault(region, "hof") == "“hof” is no proposal in proposals.csv. Open are: bad."


def refusal(region: Region, *names: str, text: str = PROPOSALS) -> str:
    file = read_proposals(text, "proposals.csv", region)
    with speaking("de"), pytest.raises(PlacesError) as caught:
        refuse(file, PLACES, region, names)
    return str(caught.value)


def test_each_unknown_id_to_be_refused_is_told_with_what_is_open(region: Region) -> None:
    assert refusal(region, "nix", "bad", "xyz").splitlines() == [
        "„nix“ ist kein Vorschlag in proposals.csv. Offen sind: bad.",
        "„xyz“ ist kein Vorschlag in proposals.csv. Offen sind: bad.",
    ]


def test_an_id_that_is_nearly_one_is_recognised(region: Region) -> None:
    assert refusal(region, "ramppe").endswith("Gemeint ist vielleicht: rampe.")


def test_of_many_open_proposals_some_are_named_and_where_the_others_are(region: Region) -> None:
    more = "".join(f",bad-{n},Bad {n},pool,10.03,52.03,,,1,,,n\n" for n in range(9))
    said = refusal(region, "nix", text=PROPOSALS + more)
    assert "Offen sind 10, darunter bad, bad-0, bad-1, bad-2, bad-3, bad-4; alle" in said
    assert "out/proposals.html" in said


def test_where_no_proposal_is_open_it_is_said_how_to_find_some(region: Region) -> None:
    said = refusal(region, "nix", text=PROPOSALS.replace(",bad,", "no,bad,"))
    assert said.endswith("Kein Vorschlag ist offen; „tours places discover“ sucht weitere.")


def test_a_place_is_no_proposal_and_how_to_give_it_up_is_said(region: Region) -> None:
    said = refusal(region, "markt")
    assert said.startswith("„markt“ ist ein Treffpunkt in places.csv, kein Vorschlag.")
    assert "status" in said
    assert "“markt” is a place in places.csv, no proposal. There is nothing" in fault(
        region, "markt"
    )


def test_columns_that_are_missing_are_named_and_nothing_is_lost(region: Region) -> None:
    bare = "id,name,kind,lon,lat\nmarkt,Markt,square,10.01,52.01\n"
    said = fault(region, places=bare)
    assert "no column for what the new places say: hours, min_dwell, start_weight, assumed" in said


def test_columns_may_be_missing_for_what_goes_without_saying(region: Region) -> None:
    bare = "id,name,kind,lon,lat\nmarkt,Markt,square,10.01,52.01\n"
    plain = "decision,id,name,kind,lon,lat\nyes,bad,Bad,pool,10.03,52.03\n"
    file = read_proposals(plain, "proposals.csv", region)
    assert accept(file, bare, region).places_text == f"{bare}bad,Bad,pool,10.030000,52.030000\n"


@pytest.mark.parametrize(
    ("names", "everything", "after"),
    [
        (("rampe",), False, ["no", "", "no"]),
        ((), True, ["yes", "no", "no"]),
    ],
)
def test_what_is_refused_is_marked_so(
    names: Sequence[str], everything: bool, after: list[str], region: Region
) -> None:
    file = read_proposals(PROPOSALS, "proposals.csv", region)
    decided = refuse(file, PLACES, region, names, everything=everything)
    assert decisions(decided.proposals_text, region) == after
    assert decided.places_text == PLACES


def test_a_taken_place_is_not_refused(region: Region) -> None:
    file = read_proposals(PROPOSALS.replace("yes,", "taken,"), "proposals.csv", region)
    with speaking("en"), pytest.raises(PlacesError, match="Taken already"):
        refuse(file, PLACES, region, ["rampe"])


def test_nothing_is_refused_by_itself(region: Region) -> None:
    file = read_proposals(PROPOSALS, "proposals.csv", region)
    with speaking("en"), pytest.raises(PlacesError, match="to be refused"):
        refuse(file, PLACES, region, [])
