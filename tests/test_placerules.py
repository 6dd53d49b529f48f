"""The rules that people read are those that the program follows."""

from __future__ import annotations

import pytest

from geodata.discover import DEFAULTS, KIND_PATTERNS
from geodata.kinds import RULES
from geodata.language import speaking
from tours.places.rules import place_rules, rule_notes
from tours.places.table import kind_text


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_that_a_rule_makes_is_there_once(language: str) -> None:
    with speaking(language):
        kinds = [rule.kind for rule in place_rules()]
        made = {kind_text(rule.kind) for rule in RULES}
        made |= {kind_text(kind) for kind, _pattern in KIND_PATTERNS}
    assert (sorted(kinds), len(kinds)) == (sorted(made), len({*kinds}))


def test_what_is_assumed_is_what_places_get() -> None:
    with speaking("en"):
        shown = {rule.kind: (rule.hours, rule.weight) for rule in place_rules()}
    school = DEFAULTS["school"]
    assert shown["school"] == (school.hours, school.weight)


def test_names_of_stops_are_words() -> None:
    with speaking("en"):
        names = {rule.kind: rule.names for rule in place_rules()}
    assert names["station"] == "Bahnhof, ZOB, Bhf"
    assert names["sports ground"] == "Sport(platz|halle|heim|lokal), Stadion, Turnhalle"
    assert not any(sign in text for text in names.values() for sign in "\\[]$?^")


def test_every_word_of_the_names_makes_its_kind() -> None:
    """A word without an alternative is found by the pattern it comes from."""
    with speaking("en"):
        shown = {rule.kind: rule.names.split(", ") for rule in place_rules() if rule.names}
        patterns = [(kind_text(kind), pattern) for kind, pattern in KIND_PATTERNS]
    for kind, words in shown.items():
        for word in words:
            if "(" not in word and "…" not in word:
                assert any(k == kind and pattern.search(word) for k, pattern in patterns), word


def test_notes_name_the_distance() -> None:
    with speaking("en"):
        assert sum("150 m" in note for note in rule_notes()) == 2
