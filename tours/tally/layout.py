"""How a list of the tally is laid out: a row per number, or a column per age band and topic."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geodata.cells import Row
from geodata.language import translator
from geodata.printable import printable
from geodata.spelling import plain_word, spelling
from tours.errors import VisitError
from tours.monthtext import month_of
from tours.officelist import known_columns, missing_column
from tours.tally.columns import AREA_WORDS, COUNT_WORDS, HEADERS, OTHER_NUMBERS, SUM_WORDS
from tours.tally.names import TallyNames, age_range
from tours.tally.tally import AGE, TOPIC, item_text, read_count

_ = translator("tours")

# Notes what is wrong with a column: its name, what, and what to do about it.
Note = Callable[[str, str, str], None]
# What stands in a cell in which nothing was counted.
NOTHING = frozenset({"", "-", "–", "—", "−", "/"})
_WHOLE = re.compile(r"(\d+)[.,]0{1,2}")
# What a spreadsheet makes of 12-13 or of 10-12.
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?.*|\d\d?\. ?[a-zä]+\.?(?: ?\d{2,4})?|\d\d?\.\d\d?\.\d{2,4}")


@dataclass(frozen=True, slots=True)
class Layout:
    """The names of the columns; empty for one that is not there.

    Attributes
    ----------
    month, year, area : str
    age, topic, item, count : str
        Of a list with a row per number; `item` holds age bands and topics alike.
    counted : tuple of (str, str, str)
        Name, kind and item of each column of numbers; empty for a list with a row per number.
    unread : tuple of str
    """

    month: str
    year: str
    area: str
    age: str
    topic: str
    item: str
    count: str
    counted: tuple[tuple[str, str, str], ...]
    unread: tuple[str, ...]


def cell_count(text: str) -> int | None:
    """Return the number of a cell; None where nothing was counted.

    Raises
    ------
    VisitError
        If it is no count.
    """
    word = text.strip()
    if word in NOTHING:
        return None
    match = _WHOLE.fullmatch(word)
    return read_count(match[1] if match else word)


def begins_as_sum(text: str) -> bool:
    """Tell whether a text calls something a sum."""
    words = spelling(text).replace(":", " ").split()
    return bool(words) and words[0] in SUM_WORDS


def is_date(text: str) -> bool:
    """Tell whether a text is a date, into which spreadsheets turn some age bands."""
    return month_of(text) is not None or _DATE.fullmatch(spelling(text)) is not None


def find_layout(
    rows: Sequence[Row], names: TallyNames, note: Note, *, has_month: bool, has_area: bool
) -> Layout | None:
    """Return how a list is laid out; None if what it needs is missing, which is noted.

    Parameters
    ----------
    rows : sequence of Row
        One at least.
    names : TallyNames
    note : callable
    has_month, has_area : bool
        Whether they are known without a column.
    """
    known, others = known_columns(rows[0], HEADERS)
    problems = _Problems(note)
    area = problems.one_of(others, AREA_WORDS)
    is_long = bool({"age", "topic", "item"} & {*known})
    count = problems.one_of(others, COUNT_WORDS) if is_long else ""
    counted: list[tuple[str, str, str]] = []
    unread: list[str] = []
    for name in others:
        if name in (area, count):
            continue
        found = names.item(name)
        has_counts = _has_counts(rows, name)
        if found is not None and (not is_long or has_counts):
            counted.append((name, *found))
            continue
        if not is_long and (has_counts or age_range(name)):
            problems.unknown_numbers(name, names)
        unread.append(name)
    if is_long:
        for name, _kind, _item in counted:
            problems.stop(
                name,
                _("The list has a row per number, and this column counts as well"),
                _("Keep either rows or columns of numbers"),
            )
        if not count:
            problems.missing(tuple(word for words in COUNT_WORDS for word in words))
    else:
        counted = problems.apart(counted)
        if not counted:
            problems.nothing_counted(names)
    if not has_month and "month" not in known:
        problems.missing(HEADERS["month"])
    if not has_area and not area:
        problems.missing(tuple(word for words in AREA_WORDS for word in words))
    if problems.is_stopped:
        return None
    return Layout(
        month=known.get("month", ""),
        year=known.get("year", ""),
        area=area,
        age=known.get("age", ""),
        topic=known.get("topic", ""),
        item=known.get("item", ""),
        count=count,
        counted=tuple(counted),
        unread=tuple(unread),
    )


def _has_counts(rows: Sequence[Row], name: str) -> bool:
    """Tell whether a column holds more counts than other words."""
    balance = 0
    for row in rows:
        try:
            balance += cell_count(row.text(name)) is not None
        except VisitError:
            balance -= 1
    return balance > 0


class _Problems:
    """What is wrong with the columns, and whether the rows can be read all the same."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self.is_stopped = False

    def stop(self, column: str, what: str, remedy: str) -> None:
        self.is_stopped = True
        self._note(column, what, remedy)

    def missing(self, words: Sequence[str]) -> None:
        self.stop(*missing_column(words))

    def one_of(self, columns: Sequence[str], words: Sequence[Sequence[str]]) -> str:
        """Return the column that some words name, the first ones before the others."""
        for some in words:
            found = [name for name in columns if plain_word(name) in some]
            for name in found[1:]:
                self._same(found[0], name)
            if found:
                return found[0]
        return ""

    def apart(self, counted: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """Return the first column of each band and topic."""
        seen: dict[tuple[str, str], str] = {}
        for name, kind, item in counted:
            first = seen.setdefault((kind, item), name)
            if first != name:
                self._same(first, name)
        return [(name, kind, item) for (kind, item), name in seen.items()]

    def _same(self, first: str, second: str) -> None:
        self._note(
            second,
            _("The columns {first} and {second} mean the same").format(
                first=printable(first), second=printable(second)
            ),
            _("Rename or remove one of them"),
        )

    def nothing_counted(self, names: TallyNames) -> None:
        self.stop(
            HEADERS["age"][0].title(),
            _("No column is about an age band or a topic"),
            _(
                "Name columns Age, Topic and Count, or a column for each band and topic as in: "
                "{names}"
            ).format(names=f"{names.item_words(AGE)}, {names.item_words(TOPIC)}"),
        )

    def unknown_numbers(self, name: str, names: TallyNames) -> None:
        """Note a column of numbers that could be about an age band or a topic, and is not known."""
        words = plain_word(name).split()
        if begins_as_sum(name) or (words and OTHER_NUMBERS.issuperset(words)):
            return
        what, remedy = unknown_item(name, names, AGE if age_range(name) else "")
        self._note(name, what, remedy)


def unknown_item(text: str, names: TallyNames, kind: str) -> tuple[str, str]:
    """Return what is wrong with a text that is no age band or topic, and what to do about it.

    Parameters
    ----------
    text : str
    names : TallyNames
    kind : str
        ``age`` or ``topic``, or empty where it could be either.
    """
    shown = printable(text, 40)
    if kind != TOPIC and is_date(text):
        return (
            _("“{text}” is a date, no age band").format(text=shown),
            _(
                "The spreadsheet may have made it from an age band: format the cells as text and "
                "write the band anew; counted are: {names}"
            ).format(names=names.item_words(AGE)),
        )
    if kind == AGE:
        return (
            _("“{text}” is none of the age bands").format(text=shown),
            _(
                "Write one of: {names}. They follow from “ages” in region.toml, and numbers of "
                "other bands cannot be split"
            ).format(names=names.item_words(AGE)),
        )
    if kind == TOPIC:
        what, listed = _("“{text}” is none of the topics"), names.item_words(TOPIC)
    else:
        what = _("“{text}” is neither an age band nor a topic")
        listed = f"{names.item_words(AGE)}, {names.item_words(TOPIC)}"
    near = names.topics.near(text)
    if near is not None:
        remedy = _(
            "Perhaps “{topic}” is meant; else add it to “topics” in region.toml, or take it out"
        ).format(topic=item_text(TOPIC, near))
    else:
        remedy = _(
            "Write one of: {names}; or add it to “topics” in region.toml, or take it out"
        ).format(names=listed)
    return what.format(text=shown), remedy
