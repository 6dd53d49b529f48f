"""What people call areas, age bands and topics: our labels in both languages, and other words."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from geodata.language import LANGUAGES, speaking
from geodata.region import Area, Municipality
from geodata.spelling import plain_word, spelling
from tours.tally.columns import REST_WORDS, TOPIC_WORDS
from tours.tally.tally import AGE, TOPIC, area_text, item_text

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
# Words that say no more than that a number is an age.
_AGE_WORDS = re.compile(
    r"\b(?:altersgruppe|alter|aged?|ages|personen)\b:?"
    r"|(?:-?jährige[nr]?|jahren?|jahr|years?(?: old| of age)?|yrs?|(?<=\d) ?j\b)\.?"
)
_TOPIC_HEAD = re.compile(r"^\s*(?:them(?:a|en)|topics?)\b[\s:]*", re.I)
_AND = re.compile(r"[,/&+]|\b(?:und|u\.|and)(?= )")
_OLDER = r"(?:und|u\.?|oder|o\.?|and|or) ?(?:älter|ä\.?|älter als|older|over|up|above|mehr|more)"
_YOUNGER = r"(?:und|u\.?|oder|o\.?|and|or) ?(?:jünger|j\.?|younger|under|below|darunter)"
# How a range is written, and what to add to its first and last age.
_RANGES = tuple(
    (re.compile(form), first, last)
    for form, first, last in (
        (r"(?P<a>\d+) ?(?:-|/|-? ?bis|to|und|and) ?(?P<b>\d+)", 0, 0),
        (r"(?P<a>\d+) ?(?:-|bis|to) ?(?:unter|under) ?(?P<b>\d+)", 0, -1),
        (r"(?:unter|under|below|jünger als|younger than|<|u) ?(?P<b>\d+)", 0, -1),
        (r"(?:bis(?: zu| einschliesslich)?|up to|until|<=|≤|-|max\.?) ?(?P<b>\d+)", 0, 0),
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


def _in_every_language(kind: str, item: str) -> Iterable[str]:
    for language in LANGUAGES:
        with speaking(language):
            yield item_text(kind, item) if kind else area_text(item)


def _range_of(band: str) -> AgeRange:
    first, _dash, last = band.partition("-")
    return int(first) if first else None, int(last) if last else None


class Names:
    """Words for some things, and what each of them means."""

    def __init__(self) -> None:
        # As they are written, and without signs; those that are written win.
        self._whole: dict[str, str] = {}
        self._plain: dict[str, str] = {}
        self._near: dict[str, str | None] = {}

    def add(self, word: str, meaning: str) -> None:
        """Take a word in, unless it means another thing already."""
        self._whole.setdefault(spelling(word), meaning)
        # Without its signs, a name in other letters would be no word at all.
        if plain := plain_word(word):
            self._plain.setdefault(plain, meaning)

    def find(self, text: str) -> str | None:
        """Return what a text means; None if it is no name."""
        found = self._whole.get(spelling(text))
        return self._plain.get(plain_word(text)) if found is None else found

    def near(self, text: str) -> str | None:
        """Return what a text that is no name could have meant."""
        word = spelling(text)[:100]
        if word not in self._near:
            self._near[word] = self._found_near(word)
        return self._near[word]

    def _found_near(self, word: str) -> str | None:
        holding = {meaning for one, meaning in self._whole.items() if word in one}
        if len(word) > 2 and len(holding) == 1:
            return holding.pop()
        words = difflib.get_close_matches(word, self._whole, 1, _ALIKE)
        return self._whole[words[0]] if words else None


def town_words(areas: Sequence[Area], municipalities: Mapping[str, Municipality]) -> dict[str, str]:
    """Return names and keys of municipalities that are an area each, with that area.

    Parameters
    ----------
    areas : sequence of Area
    municipalities : Mapping of str to Municipality
        By key.
    """
    towns = {
        one.name: next(iter(one.municipalities)) for one in areas if len(one.municipalities) == 1
    }
    number = Counter(towns.values())
    return {
        word: area
        for area, ags in towns.items()
        if number[ags] == 1
        for word in (municipalities[ags].name, ags)
    }


class TallyNames:
    """What a list of the tally may name.

    Parameters
    ----------
    areas : sequence of str
        Empty for the rest of the district.
    bands, topics : sequence of str
    towns : Mapping of str to str
        Other words for areas, see `town_words`.
    """

    def __init__(
        self,
        areas: Sequence[str],
        bands: Sequence[str],
        topics: Sequence[str],
        towns: Mapping[str, str] | None = None,
    ) -> None:
        self.area_list, self.bands, self.topic_list = tuple(areas), tuple(bands), tuple(topics)
        self.areas, self.topics = Names(), Names()
        self.ranges = {_range_of(band): band for band in bands}
        for area in areas:
            if area:
                self.areas.add(area, area)
        for word in (*_in_every_language("", ""), *REST_WORDS):
            self.areas.add(word, "")
        for word, area in (towns or {}).items():
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
        words = _TOPIC_HEAD.sub("", text)
        for found in (self.topics.find(text), self.topics.find(words)):
            if found is not None:
                return found
        # Several words for one topic, such as “Freunde/Beziehungen”.
        parts = {self.topics.find(part) for part in _AND.split(words[:100])}
        return parts.pop() if len(parts) == 1 else None

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
