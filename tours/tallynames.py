"""What people call areas, age bands and topics: our labels in both languages, and other words."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from geodata.language import LANGUAGES, speaking
from tours.officelist import plain_header
from tours.tally import AGE, TOPIC, area_text, item_text
from tours.tallycolumns import REST_WORDS, TOPIC_WORDS

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
# Words that say no more than that a number is an age.
_AGE_WORDS = re.compile(
    r"\b(?:altersgruppe|alter|aged?|ages|personen)\b:?"
    r"|(?:-?jährige[nr]?|jahren?|jahr|years?(?: old| of age)?|yrs?|(?<=\d) ?j\b)\.?"
)
_TOPIC_HEAD = re.compile(r"^\s*(?:themen?|topics?)\b[\s:]*", re.I)
_OLDER = r"(?:und|u\.?|oder|o\.?|and|or) ?(?:älter|ä\.?|älter als|older|over|up|above|mehr|more)"
_YOUNGER = r"(?:und|u\.?|oder|o\.?|and|or) ?(?:jünger|j\.?|younger|under|below|darunter)"
# How a range is written, and what to add to its first and last age.
_RANGES = tuple(
    (re.compile(form), first, last)
    for form, first, last in (
        (r"(?P<a>\d+) ?(?:-|–|/|bis|to|und|and) ?(?P<b>\d+)", 0, 0),
        (r"(?P<a>\d+) ?(?:-|bis|to) ?(?:unter|under) ?(?P<b>\d+)", 0, -1),
        (r"(?:unter|under|below|jünger als|younger than|<|u) ?(?P<b>\d+)", 0, -1),
        (r"(?:bis(?: zu| einschließlich)?|up to|until|<=|≤|-|max\.?) ?(?P<b>\d+)", 0, 0),
        (rf"(?P<b>\d+) ?{_YOUNGER}", 0, 0),
        (r"(?:über|over|above|älter als|older than|>) ?(?P<a>\d+)", 1, 0),
        (r"(?:ab|from|>=|≥|min\.?) ?(?P<a>\d+)", 0, 0),
        (rf"(?P<a>\d+) ?(?:\+|-|{_OLDER})", 0, 0),
        (r"(?P<a>(?P<b>\d+))", 0, 0),
    )
)
AgeRange = tuple[int | None, int | None]
# As alike as this a word may have been meant.
_ALIKE = 0.6


def age_range(text: str) -> AgeRange | None:
    """Return the first and last age that a text names, None where it is open.

    Returns None for a text that is no age, such as the name of a topic.
    """
    plain = _DASHES.sub("-", spelling(text)).lstrip("'")
    plain = " ".join(_AGE_WORDS.sub(" ", plain).split())
    for form, more_first, more_last in _RANGES:
        match = form.fullmatch(plain)
        if match is None or any(len(number) > 2 for number in match.groups() if number):
            continue
        found = match.groupdict()
        first = int(found["a"]) + more_first if found.get("a") else None
        last = int(found["b"]) + more_last if found.get("b") else None
        # Nobody is younger than that, so that it is as open as none.
        return (first or None) if last is not None else first, last
    return None


def spelling(text: str) -> str:
    """Return a text in the spelling that names are compared in: case and blanks do not count."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _in_every_language(kind: str, item: str) -> Iterable[str]:
    for language in LANGUAGES:
        with speaking(language):
            yield item_text(kind, item) if kind else area_text(item)


def _range_of(band: str) -> AgeRange:
    first, _dash, last = band.partition("-")
    return int(first) if first else None, int(last) if last else None


@dataclass(frozen=True, slots=True)
class Names:
    """Words for some things, and what each of them means.

    Attributes
    ----------
    whole, plain : dict of str to str
        As they are written, and without signs; those that are written win.
    """

    whole: dict[str, str] = field(default_factory=dict)
    plain: dict[str, str] = field(default_factory=dict)

    def add(self, word: str, meaning: str) -> None:
        """Take a word in, unless it means another thing already."""
        self.whole.setdefault(spelling(word), meaning)
        # Without its signs, a name in other letters would be no word at all.
        if plain := plain_header(word):
            self.plain.setdefault(plain, meaning)

    def find(self, text: str) -> str | None:
        """Return what a text means; None if it is no name."""
        found = self.whole.get(spelling(text))
        return self.plain.get(plain_header(text)) if found is None else found

    def near(self, text: str) -> str | None:
        """Return what a text that is no name could have meant."""
        words = difflib.get_close_matches(spelling(text)[:100], self.whole, 1, _ALIKE)
        return self.whole[words[0]] if words else None


class TallyNames:
    """What a list of the tally may name.

    Parameters
    ----------
    areas : sequence of str
        Empty for the rest of the district.
    bands, topics : sequence of str
    towns : iterable of (str, str)
        Other words for areas, each with the area: those of the only municipality in it.
    """

    def __init__(
        self,
        areas: Sequence[str],
        bands: Sequence[str],
        topics: Sequence[str],
        towns: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.area_list, self.bands, self.topic_list = tuple(areas), tuple(bands), tuple(topics)
        self.areas, self.topics = Names(), Names()
        self.ranges = {_range_of(band): band for band in bands}
        for area in areas:
            if area:
                self.areas.add(area, area)
        for word in (*_in_every_language("", ""), *REST_WORDS):
            self.areas.add(word, "")
        for word, area in towns:
            self.areas.add(word, area)
        # The team's own words come first.
        for topic in topics:
            self.topics.add(topic, topic)
        for topic in topics:
            for word in _in_every_language(TOPIC, topic):
                self.topics.add(word, topic)
        for topic in topics:
            for word in TOPIC_WORDS.get(topic, ()):
                self.topics.add(word, topic)

    def topic(self, text: str) -> str | None:
        """Return the topic that a text names; None if it is none of ours."""
        found = self.topics.find(text)
        return self.topics.find(_TOPIC_HEAD.sub("", text)) if found is None else found

    def band(self, text: str) -> str | None:
        """Return the age band that a text names; None if it names none of ours."""
        if (word := spelling(text)) in self.bands:
            return word
        found = age_range(text)
        return self.ranges.get(found) if found else None

    def item(self, text: str) -> tuple[str, str] | None:
        """Return kind and item of the age band or topic that a text names."""
        topic = self.topic(text)
        band = self.band(text)
        if topic is not None:
            return None if band is not None else (TOPIC, topic)
        return (AGE, band) if band is not None else None

    def area_words(self) -> str:
        """Return the areas, as they can be written."""
        return ", ".join(map(area_text, self.area_list))

    def item_words(self, kind: str) -> str:
        """Return the age bands or the topics, as they can be written."""
        items = self.bands if kind == AGE else self.topic_list
        return ", ".join(item_text(kind, item) for item in items)
