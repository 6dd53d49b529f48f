"""places.csv with German words: read as meant, kept as typed, and told where a word is unknown."""

from __future__ import annotations

from itertools import chain

import pytest

from geodata.errors import PlacesError
from geodata.language import LANGUAGES, speaking
from geodata.places import COLUMNS, KINDS, STATUSES, read_places
from geodata.placewords import (
    COLUMN_WORDS,
    KIND_WORDS,
    STATUS_WORDS,
    meaning_of,
    place_columns,
)
from geodata.region import Region
from geodata.spelling import plain_word
from maps.wording import kind_label
from tours.places.decision import accept
from tours.places.imports import import_places
from tours.places.proposalfile import read_proposals
from tours.places.table import kind_text, status_text

# As a German spreadsheet keeps it.
GERMAN = (
    "\ufeffKennung;Name;Art;Länge;Breite;Öffnungszeiten;Öffentlich;Status;angenommen;Schlüssel\r\n"
    "juz;JUZ;Jugendzentrum;10,01;52,01;Mo-Fr 14:00-18:00;nein;Ruhend;Öffnungszeiten;am Haken\r\n"
    "rampe;Rampe;Skatepark;10,02;52,02;;ja;aktiv;;\r\n"
)


def faults(text: str, region: Region, language: str = "de") -> list[str]:
    with speaking(language), pytest.raises(PlacesError) as caught:
        read_places(text, "places.csv", region)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("words", "ours"),
    [(KIND_WORDS, KINDS), (STATUS_WORDS, STATUSES), (COLUMN_WORDS, COLUMNS)],
)
def test_each_of_our_words_has_others_that_mean_nothing_else(
    words: dict[str, tuple[str, ...]], ours: tuple[str, ...]
) -> None:
    assert tuple(words) == ours
    plain = [{plain_word(word) for word in (name, *others)} for name, others in words.items()]
    assert len(set(chain(*plain))) == sum(map(len, plain))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_calls_them_is_understood(language: str) -> None:
    with speaking(language):
        assert [meaning_of(kind_text(kind), KIND_WORDS) for kind in KINDS] == [*KINDS]
        named = [kind for kind in KINDS if kind != "other"]
        assert [meaning_of(kind_label(kind), KIND_WORDS) for kind in named] == named
        assert [meaning_of(status_text(one), STATUS_WORDS) for one in STATUSES] == [*STATUSES]


@pytest.mark.parametrize("text", ["JUGENDZENTRUM", " youth-centre ", "youth_centre", "Juz"])
def test_a_word_is_recognised_in_any_spelling(text: str) -> None:
    assert meaning_of(text, KIND_WORDS) == "youth_centre"


@pytest.mark.parametrize("text", ["", "-", "Jugend", "market"])
def test_what_means_nothing_stays_as_it_is(text: str) -> None:
    assert meaning_of(text, KIND_WORDS) == text


def test_a_german_list_is_read(region: Region) -> None:
    first, second = read_places(GERMAN, "places.csv", region)
    assert (first.kind, first.status, first.is_public) == ("youth_centre", "resting", False)
    assert (first.lon, first.lat, first.hours) == (10.01, 52.01, "Mo-Fr 14:00-18:00")
    assert (first.assumed, dict(first.extra)) == (frozenset({"hours"}), {"Schlüssel": "am Haken"})
    assert (second.kind, second.status, second.is_public) == ("skate_park", "active", True)


@pytest.mark.parametrize(
    ("status", "ours"),
    [("pausiert", "resting"), ("geschlossen", "retired"), ("aufgegeben", "retired")],
)
def test_a_german_status_is_read(status: str, ours: str, region: Region) -> None:
    (place, _other) = read_places(GERMAN.replace("Ruhend", status), "places.csv", region)
    assert place.status == ours


def test_a_column_in_our_words_is_meant_whatever_else_is_there() -> None:
    assert place_columns(["Name", "name", "Art", "Typ", "kind "]) == [
        *("Name", "name", "kind", "Typ", "kind "),
    ]
    assert place_columns(["Art", "kind", "", "Länge"]) == ["Art", "kind", "", "lon"]


def test_an_unknown_word_is_told_with_those_that_are_known(region: Region) -> None:
    text = GERMAN.replace("Skatepark", "Rollbahn").replace(";aktiv", ";offen")
    kind, status = faults(text, region)
    assert kind == (
        "places.csv, Zeile 3, Spalte Art: „Rollbahn“ ist unbekannt. Möglich sind: "
        "Bahnhof, Bushaltestelle, Schule, Jugendzentrum, Sportplatz, Skatepark, Schwimmbad, Park, "
        "Platz, Laden, Büro, anderes."
    )
    words = "„offen“ ist unbekannt. Möglich sind: aktiv, ruhend, geschlossen."
    assert status.endswith(f"Spalte Status: {words}")


def test_in_english_our_own_words_are_shown(region: Region) -> None:
    (kind,) = faults(GERMAN.replace("Skatepark", "rink"), region, "en")
    assert "Write one of: station, bus_stop, school" in kind


def test_what_is_neither_yes_nor_no_is_told(region: Region) -> None:
    (fault,) = faults(GERMAN.replace(";ja;", ";manchmal;"), region)
    assert "Spalte Öffentlich: „manchmal“ ist weder ja noch nein" in fault


@pytest.mark.parametrize(
    ("hours", "remedy"),
    [
        ("Di-Do 14:00-18:00", "Die Tage englisch schreiben: „Tu-Th 14:00-18:00“."),
        ("Di 14 bis 18", "Schreibweise wie „Mo-Fr 13:00-19:00; SH 12:00-18:00; PH off“."),
    ],
)
def test_german_weekdays_are_told_in_english(hours: str, remedy: str, region: Region) -> None:
    (fault,) = faults(GERMAN.replace("Mo-Fr 14:00-18:00", hours), region)
    assert fault.endswith(remedy)


def test_a_place_that_is_taken_leaves_the_words_of_the_list(region: Region) -> None:
    proposals = "decision,id,name,kind,lon,lat\nja,bad,Bad,Freibad,10.03,52.03\n"
    file = read_proposals(proposals, "proposals.csv", region)
    after = accept(file, GERMAN, region).places_text
    assert after == GERMAN + "bad;Bad;pool;10,030000;52,030000;;yes;active;;\r\n"


def test_an_import_changes_only_what_means_something_else(region: Region) -> None:
    theirs = "id,kind,status,name,lon,lat\njuz,youth_centre,active,JUZ,10.01,52.01\n"
    found = import_places(theirs, "theirs.csv", GERMAN, region)
    assert [(one.column, one.before, one.after) for one in found.changes] == [
        ("status", "resting", "active"),
    ]
    assert found.text == GERMAN.replace("Ruhend", "active")


def test_german_words_are_imported(region: Region) -> None:
    ours = (
        "id,name,kind,lon,lat,hours,public,assumed,status\n"
        "juz,JUZ,Jugendhaus,10.01,52.01,,no,hours,active\n"
    )
    found = import_places(GERMAN, "liste.csv", ours, region)
    assert found.text.splitlines()[1:] == [
        "juz,JUZ,Jugendhaus,10.01,52.01,Mo-Fr 14:00-18:00,no,hours,resting",
        "rampe,Rampe,skate_park,10.020000,52.020000,,yes,,active",
    ]
