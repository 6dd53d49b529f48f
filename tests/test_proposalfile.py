"""proposals.csv: what is read, what is added, and that nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import WEST

from geodata.additions import Proposal
from geodata.errors import PlacesError
from geodata.language import speaking
from geodata.places import Place
from geodata.region import Region
from tours.places.proposalfile import HEADER, ProposalFile, load_proposals, read_proposals

NEW = Proposal(
    Place(id="rampe", name="Rampe", kind="skate_park", lon=10.05, lat=52.05, ags=WEST),
    "OpenStreetMap n7: leisure=skatepark",
)
PLACES = "id,name\n"
TYPED = (
    "\ufeffdecision;id;name;kind;lon;lat;hours;own\r\n"
    "nein;alt;Alte Halle;other;10,02;52,02;Mo 14:00-16:00;Tel. 1\r\n"
    "; bad ;Bad;pool;10,03;52,03;;\r\n"
)


def read(text: str, region: Region) -> ProposalFile:
    return read_proposals(text, "proposals.csv", region)


def fault(text: str, region: Region) -> str:
    with speaking("en"), pytest.raises(PlacesError) as caught:
        read(text, region)
    return str(caught.value)


def test_without_a_file_there_is_nothing(region: Region, tmp_path: Path) -> None:
    assert load_proposals(tmp_path / "proposals.csv", region) == ProposalFile()


def test_a_proposal_is_read_as_it_was_written(region: Region) -> None:
    (row,) = read(ProposalFile().with_new([NEW], PLACES), region).rows
    assert (row.place, row.decision, row.source) == (NEW.place, "", NEW.source)


def test_a_new_file_has_the_decision_first(region: Region) -> None:
    header, _row = ProposalFile().with_new([NEW], PLACES).splitlines()
    assert header == ",".join(HEADER)


def test_a_new_file_is_written_as_the_places_are(region: Region) -> None:
    places = "\ufeffid;lon\r\nmarkt;10,01\r\n"
    text = ProposalFile().with_new([NEW], places)
    assert text.startswith("\ufeffdecision;id;name;")
    assert ";10,050000;52,050000;" in text
    assert text.count("\r\n") == 2
    assert read(text, region).places == [NEW.place]


def test_new_proposals_leave_the_old_lines_as_they_are(region: Region) -> None:
    typed = (
        f"\ufeffown;{';'.join(HEADER)}\r\n"
        ' Tel. 1 ;nein;alt;"Alte; Halle";other;10,02;52,02;;Mo 14:00-16:00;;;;;;;;;'
    )
    text = read(typed, region).with_new([NEW], PLACES)
    assert text.startswith(f"{typed}\r\n;;rampe;Rampe;skate_park;10,050000;52,050000;{WEST};;30;90")
    assert text.count("\r\n") == 3


def test_without_its_columns_nothing_is_proposed(region: Region) -> None:
    with speaking("en"), pytest.raises(PlacesError, match=r"no column .*: ags, min_dwell"):
        read(TYPED, region).with_new([NEW], PLACES)


@pytest.mark.parametrize(
    ("word", "decision"),
    [
        ("", ""),
        ("ja", "yes"),
        ("X", "yes"),
        ("no", "no"),
        ("taken", "taken"),
        ("Übernommen", "taken"),
    ],
)
def test_decisions_are_read_in_both_languages(word: str, decision: str, region: Region) -> None:
    (row,) = read(f"decision,id,name,kind,lon,lat\n{word},a,A,shop,10.05,52.05\n", region).rows
    assert row.decision == decision


def test_another_word_is_no_decision(region: Region) -> None:
    said = fault("decision,id,name,kind,lon,lat\nmaybe,a,A,shop,10.05,52.05\n", region)
    assert "proposals.csv, line 2, column decision: “maybe” is no decision" in said


def test_an_id_stands_for_one_proposal(region: Region) -> None:
    row = ",a,A,shop,10.05,52.05\n"
    assert "already the id of line 2" in fault(f"decision,id,name,kind,lon,lat\n{row}{row}", region)


def test_what_is_wrong_with_a_place_is_said_of_this_file(region: Region) -> None:
    said = fault("decision,id,name,kind,lon,lat\n,a,A,hut,10.05,52.05\n", region)
    assert "proposals.csv, line 2, column kind" in said


def test_a_decision_changes_its_own_line_alone(region: Region) -> None:
    text = read(TYPED, region).decided(["bad"], "no")
    assert text.splitlines()[:2] == TYPED.splitlines()[:2]
    assert read(text, region).rows[1].decision == "no"


def test_what_is_open_can_be_dropped(region: Region) -> None:
    file = read(TYPED, region).without_open()
    assert [row.place.id for row in file.rows] == ["alt"]
    assert file.with_new([], PLACES) == "".join(TYPED.splitlines(keepends=True)[:2])


def test_a_file_in_another_encoding_is_refused(region: Region, tmp_path: Path) -> None:
    path = tmp_path / "proposals.csv"
    path.write_bytes("decision,id,name\n,ä\n".encode("latin-1"))
    with speaking("en"), pytest.raises(PlacesError, match="not UTF-8"):
        load_proposals(path, region)
