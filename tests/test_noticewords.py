"""The sentences of public notices: every language whole, and more of them from a team."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hostile_texts import HOSTILE

from geodata.language import speaking
from maps.noticewords import (
    CANCELLED,
    CATALOGUES,
    NTH_WEEK,
    SENTENCES,
    TEMPLATE,
    WELCOME,
    NoticeWords,
    load_words,
)
from tours.errors import NoticeError

DAY = dt.date(2026, 12, 2)
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
BUILT_IN = ("de", "en", "tr", "uk", "ar")


def words(language: str, folder: Path | None = None) -> NoticeWords:
    return load_words([language], folder)[0]


def write(folder: Path, language: str, text: str) -> None:
    (folder / f"{language}.po").write_text(HEAD + text, encoding="utf-8")


def catalogue(changes: dict[str, str]) -> str:
    """Return a whole catalogue that says everything in English but for some sentences."""
    pairs = ((key, changes.get(key, key)) for key in SENTENCES)
    return "".join(f'\nmsgid "{key}"\nmsgstr "{said}"\n' for key, said in pairs)


def fault(folder: Path, language: str) -> str:
    with speaking("en"), pytest.raises(NoticeError) as caught:
        words(language, folder)
    return str(caught.value)


def test_every_catalogue_is_tested() -> None:
    names = {path.name for path in CATALOGUES.iterdir()}
    assert names == {TEMPLATE, *(f"{language}.po" for language in BUILT_IN if language != "en")}


@pytest.mark.parametrize("language", [code for code in BUILT_IN if code != "en"])
def test_catalogues_hold_every_sentence_and_no_other(language: str) -> None:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        found = [str(message.id) for message in read_po(file, abort_invalid=True) if message.id]
    assert sorted(found) == sorted(SENTENCES)
    assert set(words(language).sentences.values()) & set(SENTENCES) == set()


def test_the_template_lists_every_sentence() -> None:
    with (CATALOGUES / TEMPLATE).open("rb") as file:
        found = [str(message.id) for message in read_po(file, abort_invalid=True) if message.id]
    assert found == list(SENTENCES)


@pytest.mark.parametrize(
    ("language", "date", "weekday", "cancelled"),
    [
        ("de", "Mittwoch, 2. Dezember", "Mittwoch", "entfällt"),
        ("en", "Wednesday 2 December", "Wednesday", "cancelled"),
        ("tr", "2 Aralık Çarşamba", "Çarşamba", "iptal"),
        ("uk", "середа, 2 грудня", "Середа", "скасовано"),
        ("ar", "الأربعاء، 2 ديسمبر", "الأربعاء", "ملغى"),
    ],
)
def test_dates_are_as_the_language_writes_them(
    language: str, date: str, weekday: str, cancelled: str
) -> None:
    found = words(language)
    assert (found.date(DAY), found.weekday(DAY), found.say(CANCELLED)) == (date, weekday, cancelled)


def test_gaps_are_filled() -> None:
    assert "14" in words("uk").say(WELCOME, first=14, last=21)
    assert words("tr").say(NTH_WEEK, n=3) == "3 haftada bir"


def test_arabic_is_written_from_right_to_left() -> None:
    assert [words(language).direction for language in ("ar", "de")] == ["rtl", "ltr"]


def test_a_language_has_a_typeface_with_its_letters() -> None:
    faces = {language: words(language).face for language in BUILT_IN}
    assert faces == {"de": "Lato", "en": "Lato", "tr": "Rubik", "uk": "Rubik", "ar": "Rubik"}


def test_a_team_adds_a_language(tmp_path: Path) -> None:
    write(tmp_path, "fr", catalogue({CANCELLED: "annulé"}))
    found = words("fr", tmp_path)
    assert (found.say(CANCELLED), found.date(DAY)) == ("annulé", "mercredi 2 décembre")


def test_a_team_says_one_thing_its_own_way(tmp_path: Path) -> None:
    write(tmp_path, "de", f'\nmsgid "{CANCELLED}"\nmsgstr "fällt aus"\n')
    found = words("de", tmp_path)
    assert found.say(CANCELLED) == "fällt aus"
    assert found.sentences[NTH_WEEK] == "alle {n} Wochen"


def test_a_language_without_sentences_names_the_file_to_write(tmp_path: Path) -> None:
    told = fault(tmp_path, "fr")
    assert told.startswith(f"{tmp_path / 'fr.po'}: There are no sentences for notices")
    assert TEMPLATE in told


def test_a_sentence_that_is_missing_is_named(tmp_path: Path) -> None:
    write(tmp_path, "fr", f'\nmsgid "{SENTENCES[0]}"\nmsgstr "Le bus"\n')
    assert f"The sentence “{SENTENCES[1]}” is not translated" in fault(tmp_path, "fr")


@pytest.mark.parametrize("said", ["alle Wochen", "alle {m} Wochen", "alle {n Wochen", "{n!r}"])
def test_gaps_that_differ_are_told(tmp_path: Path, said: str) -> None:
    write(tmp_path, "de", f'\nmsgid "{NTH_WEEK}"\nmsgstr "{said}"\n')
    assert "must have the same gaps" in fault(tmp_path, "de")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no catalogue at all", "The file is no catalogue"),
        (b"\xff\xfe", "The file is not UTF-8 (line 1)"),
        (
            (HEAD + catalogue({})).replace("UTF-8", "UTF-1").encode(),
            "The file is no catalogue (unknown encoding: utf-1)",
        ),
    ],
)
def test_a_file_that_is_no_catalogue_is_one_sentence(
    tmp_path: Path, content: bytes, told: str
) -> None:
    (tmp_path / "de.po").write_bytes(content)
    assert told in fault(tmp_path, "de")


@pytest.mark.parametrize("index", ["0", "7", "9" * 20, "x"])
def test_plural_forms_are_refused_before_they_take_the_memory(tmp_path: Path, index: str) -> None:
    head = HEAD.rstrip().removesuffix('"') + f'Plural-Forms: nplurals={"9" * 12}; plural=0;\\n"\n'
    text = f'{head}\nmsgid "a"\nmsgid_plural "b"\nmsgstr[{index}] "c"\n'
    (tmp_path / "de.po").write_text(text, encoding="utf-8")
    assert "The file is no catalogue (notices have no plural forms)" in fault(tmp_path, "de")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_sentences_hold_no_letter_that_steers(tmp_path: Path, text: str) -> None:
    quoted = text
    for letter, mark in (("\\", r"\\"), ('"', r"\""), ("\n", r"\n"), ("\r", r"\r"), ("\t", r"\t")):
        quoted = quoted.replace(letter, mark)
    quoted = quoted.replace("{", "{{").replace("}", "}}")
    (tmp_path / "de.po").write_text(
        f'{HEAD}\nmsgid "{CANCELLED}"\nmsgstr "{quoted}!"\n', encoding="utf-8", newline=""
    )
    if "中" in text:
        assert "中" in fault(tmp_path, "de")
        return
    said = words("de", tmp_path).say(CANCELLED)
    assert said.split() == re.sub("[\x00-\x1f\x7f-\x9f]", " ", f"{text}!").split()


def test_a_sentence_that_notices_do_not_say_is_told(tmp_path: Path) -> None:
    write(tmp_path, "de", '\nmsgid "Canceled"\nmsgstr "fällt aus"\n')
    assert "“Canceled” is no sentence of the notices" in fault(tmp_path, "de")


def test_letters_that_no_typeface_has_are_told_and_not_printed_as_boxes(tmp_path: Path) -> None:
    write(tmp_path, "ka", catalogue({CANCELLED: "გაუქმებულია"}))
    told = fault(tmp_path, "ka")
    assert "No typeface has these letters of the language “ka”" in told
    assert "გ" in told
