"""Ask for the monthly tally: the area, the month, and a number for each band and topic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from geodata.language import translator
from tours.errors import VisitError
from tours.tally.tally import Tally, area_text, item_text, read_count, read_month

_ = translator("tours")

Ask = Callable[[str], str]
Tell = Callable[[str], None]
Item = tuple[str, str]
T = TypeVar("T")


def find_area(areas: Sequence[str], text: str) -> str:
    """Return the area that a person means by its number, its name or the beginning of its name.

    Parameters
    ----------
    areas : sequence of str
        Empty for the rest of the district.
    text : str

    Raises
    ------
    VisitError
        If none or several are meant.
    """
    word = text.strip().casefold()
    if word.isdecimal() and 1 <= int(word) <= len(areas):
        return areas[int(word) - 1]
    names = [area_text(area).casefold() for area in areas]
    if word in names:
        return areas[names.index(word)]
    found = [
        area for area, name in zip(areas, names, strict=True) if word and name.startswith(word)
    ]
    if len(found) == 1:
        return found[0]
    raise VisitError(
        _("“{text}” is not one of the areas").format(text=text),
        remedy=_("Write one of: {names}").format(names=", ".join(map(area_text, areas))),
    )


def ask_tally(
    areas: Sequence[str],
    items: Sequence[Item],
    known: Sequence[Tally],
    today: dt.date,
    *,
    area: str | None,
    month: dt.date | None,
    ask: Ask,
    tell: Tell,
) -> list[Tally]:
    """Return the numbers that a person tells; Enter alone leaves one as it is.

    Parameters
    ----------
    areas : sequence of str
        To choose from.
    items : sequence of (str, str)
        Kind and item, in the order of the questions.
    known : sequence of Tally
        What stands already.
    today : date
    area, month : str or None, date or None
        As far as they are known.
    ask : callable
        Shows a question and returns the answer.
    tell : callable
        Shows what is wrong with an answer.
    """
    if area is None:
        names = ", ".join(f"{n} {area_text(one)}" for n, one in enumerate(areas, start=1))
        question = _("Area? {names}: ").format(names=names)
        area = _asked(question, lambda text: find_area(areas, text), ask, tell)
    if month is None:
        last = today.replace(day=1) - dt.timedelta(days=1)
        question = _("Month? Enter for {month}: ").format(month=f"{last:%Y-%m}")
        month = _asked(
            question,
            lambda text: read_month(text, today) if text else last.replace(day=1),
            ask,
            tell,
        )
    stand = {(one.area, one.month, one.kind, one.item): one.count for one in known}
    found: list[Tally] = []
    for kind, item in items:
        before = stand.get((area, month, kind, item))
        shown = "" if before is None else f" [{before}]"
        count = _asked(
            f"{item_text(kind, item)}{shown}: ",
            lambda text: read_count(text) if text else None,
            ask,
            tell,
        )
        if count is not None and count != before:
            found.append(Tally(area, month, kind, item, count))
    return found


def _asked(question: str, read: Callable[[str], T], ask: Ask, tell: Tell) -> T:
    """Ask until the answer can be understood."""
    while True:
        # Where the input has ended there will be no answer that can be understood.
        answer = ask(question)
        try:
            return read(answer)
        except VisitError as error:
            tell(str(error))
