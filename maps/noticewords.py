"""The sentences of a public notice: one catalogue per language, more of them from the team.

A team adds a language, or says things its own way, by a file ``notice/<language>.po`` in its
workspace. It is laid over the catalogue that comes with the program, if there is one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel import Locale
from babel.dates import format_date
from babel.messages.pofile import PoFileError, read_po

from geodata.filefault import line_of, reason_of
from geodata.language import translator
from maps.typefaces import face_of, missing_letters
from tours.errors import NoticeError

_ = translator("maps")

TAGLINE = "The bus for young people"
WELCOME = (
    "For everyone aged {first} to {last}: just come along when the bus is here, to talk, to hang "
    "out, or when you need help. No need to sign up."
)
DATES = "The next dates"
CANCELLED = "cancelled"
SECOND_WEEK = "every second week"
NTH_WEEK = "every {n} weeks"
PLACE = "Here you find the bus"
CODE = "The code opens this spot on openstreetmap.org."
CHANGES = "If anything changes, a new notice will hang here."
CONTACT = "Contact"
SENTENCES = (
    *(TAGLINE, WELCOME, DATES, CANCELLED, SECOND_WEEK, NTH_WEEK),
    *(PLACE, CODE, CHANGES, CONTACT),
)
# Letters that cannot be set, and that nobody sees.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
# What the program's own catalogues and the files of a team are called.
CATALOGUES = files("maps").joinpath("locale", "notice")
TEMPLATE = "notice.pot"


@dataclass(frozen=True)
class NoticeWords:
    """What a notice says in one language.

    Attributes
    ----------
    language : str
        Its code, ISO 639.
    sentences : Mapping of str to str
        By their English words.
    face : str
        The typeface that has its letters.
    """

    language: str
    sentences: Mapping[str, str]
    face: str

    @property
    def locale(self) -> Locale:
        """Its dates; those of English as Europe writes them."""
        return Locale.parse("en_GB" if self.language == "en" else self.language)

    @property
    def direction(self) -> str:
        """Whether it is written from left to right or the other way: ``ltr`` or ``rtl``."""
        return str(self.locale.text_direction)

    def say(self, sentence: str, **values: object) -> str:
        """Return one of `SENTENCES`, its gaps filled."""
        return self.sentences[sentence].format(**values)

    def weekday(self, day: dt.date) -> str:
        """Return “Mittwoch”."""
        name = str(format_date(day, "EEEE", locale=self.locale))
        return name[0].upper() + name[1:]

    def date(self, day: dt.date) -> str:
        """Return “Mittwoch, 2. Dezember”."""
        pattern = self._short_pattern
        for short, long in (("E+", "EEEE"), ("c+", "cccc"), ("M{3}", "MMMM"), ("L{3}", "LLLL")):
            pattern = re.sub(short, long, pattern)
        return str(format_date(day, pattern, locale=self.locale))

    def short_date(self, day: dt.date) -> str:
        """Return “Mi., 2. Dez.”."""
        return str(format_date(day, self._short_pattern, locale=self.locale))

    @property
    def _short_pattern(self) -> str:
        return str(self.locale.datetime_skeletons["MMMEd"].pattern)


def load_words(languages: Sequence[str], folder: Path | None = None) -> tuple[NoticeWords, ...]:
    """Return the sentences of some languages.

    Parameters
    ----------
    languages : sequence of str
    folder : Path or None
        Where a team keeps catalogues of its own; it need not be there.

    Raises
    ------
    NoticeError
        If there is no catalogue of a language, if one cannot be read or lacks a sentence, or no
        typeface has its letters.
    """
    return tuple(_load(language, folder) for language in languages)


def _load(language: str, folder: Path | None) -> NoticeWords:
    name = f"{language}.po"
    sentences = dict(_built_in(language))
    own = folder / name if folder else None
    where = ""
    if own is not None and own.is_file():
        where = str(own)
        said = _read(own)
        sentences |= said
        if unknown := sorted(said.keys() - set(SENTENCES)):
            raise NoticeError(
                _("“{sentence}” is no sentence of the notices").format(sentence=unknown[0]),
                where=where,
                remedy=_("Take the line msgid as it stands in {file}").format(
                    file=CATALOGUES.joinpath(TEMPLATE)
                ),
            )
    if not sentences:
        raise NoticeError(
            _("There are no sentences for notices in the language “{code}”").format(code=language),
            where=str(own or name),
            remedy=_("Copy {file} there and translate its sentences").format(
                file=CATALOGUES.joinpath(TEMPLATE)
            ),
        )
    if missing := [sentence for sentence in SENTENCES if not sentences.get(sentence)]:
        raise NoticeError(
            _("The sentence “{sentence}” is not translated").format(sentence=missing[0]),
            where=where,
            remedy=_("Translate every sentence of the file"),
        )
    for sentence in SENTENCES:
        if _gaps(sentence) != _gaps(sentences[sentence]):
            raise NoticeError(
                _("“{text}” must have the same gaps in braces as “{sentence}”").format(
                    text=sentences[sentence], sentence=sentence
                ),
                where=where,
                remedy=_("Correct the translation"),
            )
    words = NoticeWords(language, {key: sentences[key] for key in SENTENCES}, "")
    days = [dt.date(2026, month, month + 1) for month in range(1, 13)]
    dates = (words.date(day) + words.short_date(day) + words.weekday(day) for day in days)
    text = "".join((*words.sentences.values(), *dates))
    face = face_of(text)
    if face is None:
        raise NoticeError(
            _("No typeface has these letters of the language “{code}”: {letters}").format(
                code=language, letters=" ".join(missing_letters(text))
            ),
            where=where,
            remedy=_("Take the language out of “languages” in region.toml"),
        )
    return NoticeWords(language, words.sentences, face)


def _gaps(text: str) -> frozenset[str] | None:
    """Return the names of a sentence's gaps; None where its braces make no sense."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return None
    if any(form or convert for _text, _name, form, convert in parts):
        return None
    return frozenset(name for _text, name, _form, _convert in parts if name is not None)


@lru_cache
def _built_in(language: str) -> Mapping[str, str]:
    if language == "en":
        return {sentence: sentence for sentence in SENTENCES}
    file = CATALOGUES.joinpath(f"{language}.po")
    return _entries(file.read_bytes()) if file.is_file() else {}


def _read(path: Path) -> Mapping[str, str]:
    try:
        return _entries(path.read_bytes())
    except OSError as error:
        what, remedy = _("The catalogue cannot be read ({reason})"), _("Check the file")
        what = what.format(reason=reason_of(error))
    except UnicodeDecodeError as error:
        what = _("The file is not UTF-8 (line {line})").format(line=line_of(error))
        remedy = _("Save it as UTF-8 in the editor")
    except (PoFileError, ValueError, LookupError) as error:
        # A lookup that fails is that of the encoding which the file says to have.
        what = _("The file is no catalogue ({reason})").format(reason=reason_of(error))
        remedy = _("Write pairs of lines with msgid and msgstr, the texts in double quotes")
    raise NoticeError(what, where=str(path), remedy=remedy)


def _entries(content: bytes) -> Mapping[str, str]:
    content.decode("utf-8-sig")
    body = content.removeprefix(b"\xef\xbb\xbf")
    # Before they are read: a number of forms in the file's head may be larger than any memory.
    if re.search(rb"^\s*msgid_plural", body, re.MULTILINE):
        raise ValueError(_("notices have no plural forms"))
    return {
        str(message.id): " ".join(_STEERING.sub(" ", str(message.string)).split())
        for message in read_po(BytesIO(body), abort_invalid=True, charset="utf-8")
        if message.id and message.string and not message.fuzzy
    }
