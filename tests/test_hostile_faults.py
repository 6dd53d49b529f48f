"""Sentences about faults that quote hostile texts: one line each, short, and steering nothing."""

from __future__ import annotations

import sqlite3
from json import JSONDecodeError
from pathlib import Path

import pytest
from commandline import Run
from hostile_texts import HOSTILE, LONG

from geodata.errors import Fault
from geodata.filefault import reason_of
from geodata.language import speaking

LONGEST = 1_600


@pytest.mark.parametrize("part", range(3))
def test_what_is_quoted_in_a_fault_is_cut_and_its_end_stays(part: int) -> None:
    texts = ["what", "where", "remedy"]
    texts[part] = f"“{LONG[0]}” is unknown"
    said = str(Fault(*texts))
    assert len(said) < 600
    assert "“AAAA" in said
    assert "AAAA … AAAA" in said
    assert "AAAA” is unknown" in said


def test_a_sentence_of_usual_length_is_whole() -> None:
    names = ", ".join(f"Ort {number}" for number in range(50))
    assert names in str(Fault(names))


def test_a_fault_is_one_line() -> None:
    for text in HOSTILE:
        said = str(Fault(text, text, text))
        assert len(said.splitlines()) <= 1, text[:60]
        assert len(said) < LONGEST
    assert str(Fault("a\r\n Error: b\n\nc\td")) == "a Error: b c d."


def test_a_line_break_in_a_typed_text_makes_no_further_fault(tmp_path: Path, run: Run) -> None:
    code, _out, err = run("show", f"W48\nFehler: {LONG[0]}", "-w", tmp_path)
    assert (code, len(err.splitlines())) == (1, 1)
    assert len(err) < LONGEST


def test_a_wrong_option_is_quoted_in_one_short_line(run: Run) -> None:
    for arguments in (("plan", "--seed"), ("sheets", "--paper"), ("places", "list", "--x")):
        code, _out, err = run(*arguments, f"{LONG[0]}\nFehler: x")
        assert (code, len(err.splitlines())) == (2, 1)
        assert len(err) < LONGEST


@pytest.mark.parametrize(
    ("error", "german"),
    [
        (JSONDecodeError("Expecting value", "[\n  x", 4), "kein JSON ab Zeile 2, Spalte 3"),
        (UnicodeDecodeError("utf-8", b"a\n\xff", 2, 3, "x"), "nicht in UTF-8, Zeile 2"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "x"), "darin stehen beschädigte Zeichen"),
        (TypeError("'NoneType' object"), "etwas darin ist von anderer Art, als es sein muss"),
        (KeyError("ags"), "ags fehlt"),
        (RecursionError("maximum depth"), "zu tief verschachtelt"),
        (sqlite3.DatabaseError("file is not a database"), "file is not a database"),
        (ValueError("ags"), "ags"),
        (ValueError("invalid literal for int() with base 10: 'x'"), "„x“ ist keine Zahl"),
        (ValueError("could not convert string to float: 'öst'"), "„öst“ ist keine Zahl"),
        (KeyError(), "KeyError"),
    ],
)
def test_why_a_file_cannot_be_read_is_german(error: Exception, german: str) -> None:
    with speaking("de"):
        assert reason_of(error) == german


def test_a_remedy_that_ends_in_a_date_gets_no_second_full_stop() -> None:
    assert str(Fault("No date", "--date", "Write 25.11.")) == "--date: No date. Write 25.11."
