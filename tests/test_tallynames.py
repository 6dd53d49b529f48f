"""What offices call age bands, topics and areas."""

from __future__ import annotations

import unicodedata

import pytest
from conftest import EAST, WEST
from hostile_texts import HOSTILE
from small_tallies import AREAS, BANDS, NAMES, TOPICS

from geodata.language import LANGUAGES, speaking
from geodata.region import Area, Region
from tours.tally.names import AgeRange, TallyNames, age_range, town_words
from tours.tally.tally import AGE, TOPIC, age_bands, area_text, item_text


@pytest.mark.parametrize(
    ("texts", "ages"),
    [
        (
            (
                *("14-15", "14–15", "14 - 15 Jahre", "14 bis 15", "14/15 J.", "14-15jährige"),
                *("14 to 15 years", "Alter 14-15", "Altersgruppe: 14-15", "14 bis unter 16"),
                *("ages 14-15", "14 und 15 Jahre", "'14-15", "14- bis 15-Jährige"),
            ),
            (14, 15),
        ),
        (
            (
                *("-13", "bis 13", "bis 13 Jahre", "unter 14", "unter 14 J.", "<14", "< 14 Jahre"),
                *("≤13", "0-13", "U14", "jünger als 14", "up to 13 years", "13 und jünger"),
                *("13 and younger", "bis einschließlich 13", "under 14"),
            ),
            (None, 13),
        ),
        (
            (
                *("18-", "18+", "ab 18", "ab 18 Jahren", "18 und älter", "18 Jahre und älter"),
                *("18 u. ä.", "über 17", ">17", "≥18", "18 years and older", "older than 17"),
            ),
            (18, None),
        ),
        (("16", "16 Jahre", "16-16", "16 years"), (16, 16)),
        (("Schule", "", "-", "Anzahl", "2026-09", "014-015", "14-15-16", "J.", "1" * 9999), None),
    ],
)
def test_ages_are_read_as_they_are_written(texts: tuple[str, ...], ages: AgeRange | None) -> None:
    assert {text: age_range(text) for text in texts} == dict.fromkeys(texts, ages)


@pytest.mark.parametrize("ages", [(14, 21), (12, 27), (16, 16), (15, 27)])
def test_bands_are_known_by_id_and_by_label(ages: tuple[int, int]) -> None:
    bands = age_bands(*ages)
    names = TallyNames(AREAS, bands, TOPICS)
    labels = {band: band for band in bands}
    for language in LANGUAGES:
        with speaking(language):
            labels |= {item_text(AGE, band): band for band in bands}
    assert {label: names.item(label) for label in labels} == {
        label: (AGE, band) for label, band in labels.items()
    }


@pytest.mark.parametrize("text", ["14-16", "bis 14", "ab 19", "14", "12-13"])
def test_other_bands_are_none_of_ours(text: str) -> None:
    assert NAMES.item(text) is None


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        *(("school", "school"), ("SCHULE", "school"), ("Thema: Schule", "school")),
        *(("work", "work"), ("Ausbildung  und Arbeit", "work"), ("Beruf", "work")),
        *(("Beruf/Job", "work"), ("Job u. Arbeit", "work"), ("Schule und Arbeit", None)),
        *(("training and work", "work"), ("feuerwehr", "Feuerwehr"), ("Familie", None)),
    ],
)
def test_topics_are_known_by_id_label_and_other_words(text: str, topic: str | None) -> None:
    assert NAMES.item(text) == (None if topic is None else (TOPIC, topic))


def test_the_words_of_the_team_come_before_ours() -> None:
    names = TallyNames(AREAS, BANDS, ("other", "Sonstiges", "Schule", "school"))
    assert [names.topic(word) for word in ("Sonstiges", "Schule")] == ["Sonstiges", "Schule"]


def test_a_topic_that_reads_like_a_band_is_neither() -> None:
    assert TallyNames(AREAS, BANDS, ("14 bis 15",)).item("14 bis 15") is None


@pytest.mark.parametrize(
    ("text", "area"),
    [
        *(
            ("stadt  ostdorf", "Stadt Ostdorf"),
            ("Ostdorf", "Stadt Ostdorf"),
            ("SÜLBECK", "Sülbeck"),
        ),
        *((unicodedata.normalize("NFD", "Sülbeck"), "Sülbeck"), ("übriger Kreis", "")),
        *(("rest of the district", ""), ("Übriger Landkreis", ""), ("Stadt", None), ("", None)),
    ],
)
def test_areas_are_known_by_name(text: str, area: str | None) -> None:
    assert NAMES.areas.find(text) == area


@pytest.mark.parametrize(
    ("text", "area"), [("Sülbek", "Sülbeck"), ("Stadt", "Stadt Ostdorf"), ("Atlantis", None)]
)
def test_a_name_that_is_nearly_right_is_guessed(text: str, area: str | None) -> None:
    assert NAMES.areas.near(text) == area


def test_hostile_names_stay_apart() -> None:
    topics = list(dict.fromkeys(" ".join(text.split()) for text in HOSTILE))
    names = TallyNames([*topics, ""], BANDS, topics)
    assert [names.topic(topic) for topic in topics] == topics
    assert [names.areas.find(topic) for topic in topics] == topics
    with speaking("de"):
        assert names.areas.find(area_text("")) == ""


def test_a_municipality_that_is_an_area_names_it_unless_it_is_two(region: Region) -> None:
    areas = [
        Area("West alone", "focus", frozenset({WEST})),
        Area("East", "focus", frozenset({EAST})),
        Area("East, funded", "funding", frozenset({EAST})),
        Area("Both", "funding", frozenset({WEST, EAST})),
    ]
    name = region.municipalities[WEST].name
    assert town_words(areas, region.municipalities) == {name: "West alone", WEST: "West alone"}
