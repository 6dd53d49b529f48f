"""A table of a TOML file hands out checked values; a fault has its sentence and its remedy."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from operator import methodcaller

import pytest

from geodata.language import speaking
from tours.tomltable import Table

Read = Callable[[Table], object]


class Noted:
    """A table of one line, and the faults that were noted."""

    def __init__(self, text: str) -> None:
        self.found: list[tuple[str, str, str]] = []
        self.table = Table("part", tomllib.loads(text), self._note)

    def _note(self, key: str, what: str, remedy: str) -> None:
        self.found.append((key, what, remedy))

    def unasked(self) -> list[str]:
        """Return what is said in English of keys that nobody has asked for."""
        with speaking("en"):
            self.table.finish()
        return [what for _key, what, _remedy in self.found]


def sentences(text: str, read: Read) -> list[str]:
    """Return what is found wrong with a line, in English."""
    noted = Noted(text)
    with speaking("en"):
        read(noted.table)
    assert all(key and remedy for key, _what, remedy in noted.found)
    return [what for _key, what, _remedy in noted.found]


def value(text: str, read: Read) -> object:
    """Return what is read of a line without a fault."""
    noted = Noted(text)
    found = read(noted.table)
    noted.table.finish()
    assert noted.found == []
    return found


TEXT: Read = methodcaller("text", "x")
CHOICE: Read = methodcaller("choice", "x", ("a", "b"))
NUMBER: Read = methodcaller("number", "x", 0, 10)
WHOLE: Read = methodcaller("whole", "x", 0, 10)
OPTIONAL: Read = methodcaller("optional", "x", 0, 10)
TRUTH: Read = methodcaller("truth", "x", True)
TEXTS: Read = methodcaller("texts", "x")
WHOLES: Read = methodcaller("wholes", "x", 0, 10)
TIME: Read = methodcaller("time", "x")
TIMES: Read = methodcaller("times", "x")
DATE: Read = methodcaller("date", "x")
KEYS: Read = methodcaller("keys", "x", {"1": "Westdorf", "2": "Ostdorf"}, needed=True)


@pytest.mark.parametrize(
    ("text", "read", "expected"),
    [
        ('x = " Bus "', TEXT, "Bus"),
        ('x = "b"', CHOICE, "b"),
        ("x = 0", NUMBER, 0.0),
        ("x = 10", NUMBER, 10.0),
        ("x = 2.5", NUMBER, 2.5),
        ("x = 3.0", WHOLE, 3),
        ("x = 3", OPTIONAL, 3),
        ("", OPTIONAL, None),
        ("x = false", TRUTH, False),
        ("", TRUTH, True),
        ('x = [" a ", "b"]', TEXTS, ("a", "b")),
        ("", TEXTS, ()),
        ("x = [3, 1, 3]", WHOLES, (3, 1, 3)),
        ('x = "9:05"', TIME, 32_700),
        ('x = "00:00"', TIME, 0),
        ('x = ["16:00", "18:00"]', TIMES, (57_600, 64_800)),
        ("x = 2026-12-31", DATE, dt.date(2026, 12, 31)),
        ("", DATE, None),
        ('x = ["2", "1", "2"]', KEYS, frozenset({"1", "2"})),
    ],
)
def test_a_value_is_read(text: str, read: Read, expected: object) -> None:
    assert value(text, read) == expected


@pytest.mark.parametrize("read", [TEXT, CHOICE, NUMBER, WHOLE, WHOLES, TIME, TIMES, KEYS])
def test_a_missing_value_is_one_fault(read: Read) -> None:
    assert sentences("", read) == ["“x” is missing in [part]"]


@pytest.mark.parametrize(
    ("read", "what", "texts"),
    [
        (TEXT, "“x” must be a text", ["3", '""', '" "', '["a"]', "true", "{}"]),
        (CHOICE, "“x” must be a text", ["3", '""', "2026-01-01"]),
        (
            NUMBER,
            "“x” must be a number from 0 to 10",
            ['"3"', "true", "-1", "10.5", "nan", "inf", "[3]", "9" * 400],
        ),
        (
            WHOLE,
            "“x” must be a whole number from 0 to 10",
            ["-1", "11", "nan", "true", "2.5", "1e-300"],
        ),
        (OPTIONAL, "“x” must be a whole number from 0 to 10", ["11", '""', "10.5"]),
        (TRUTH, "“x” must be true or false", ["1", "0", '"true"', "[]"]),
        (TEXTS, "“x” must be a list of texts", ['"a"', "[]", "[1]", '["a", ""]', "{}", "[[]]"]),
        (
            WHOLES,
            "“x” must be a list of whole numbers from 0 to 10",
            ["3", "[]", "[11]", "[1.0]", "[true]", '["1"]', "[[1]]"],
        ),
        (
            TIME,
            "“x” must be a time of day",
            ['"24:00"', '"9"', '"9:5"', '"09:60"', '""', "9", "09:00:00", '"09:00:00"', '" 9:00"'],
        ),
        (
            TIMES,
            "“x” must be two times of day",
            ['"16:00"', "[]", '["16:00"]', '["16:00", "x"]', '["1:00", "2:00", "3:00"]', "[1, 2]"],
        ),
        (DATE, "“x” must be a date", ['"2026-01-01"', "2026-01-01T00:00:00", "0", "09:00:00"]),
        (KEYS, "“x” must be a list of municipality keys", ['"1"', "[]", "[1]", "{}"]),
        (KEYS, "There is no municipality 3, 4 in this district", ['["3", "1", "4"]']),
    ],
)
def test_a_wrong_value_is_one_fault_with_its_sentence(
    read: Read, what: str, texts: list[str]
) -> None:
    assert [sentences(f"x = {text}", read) for text in texts] == [[what]] * len(texts)


def test_an_unknown_word_is_named() -> None:
    assert sentences('x = "c"', CHOICE) == ["“x” is “c”, which is unknown"]


def test_keys_that_are_not_needed_may_be_none() -> None:
    assert value("x = []", methodcaller("keys", "x", {}, needed=False)) == frozenset()


def test_a_municipality_by_its_name_is_told_its_key() -> None:
    noted = Noted('x = ["ostdorf"]')
    with speaking("en"):
        KEYS(noted.table)
    assert noted.found[0][2] == 'Write the key in place of the name: "2" (Ostdorf)'


def test_a_key_that_nobody_asks_for_is_named() -> None:
    noted = Noted("x = 1\ny = 2")
    noted.table.whole("x", 0, 10)
    assert noted.unasked() == ["“y” is not a setting of [part]"]


def test_looking_whether_a_key_is_there_does_not_ask_for_it() -> None:
    noted = Noted("x = 1")
    assert noted.table.has("x")
    assert noted.unasked() == ["“x” is not a setting of [part]"]
