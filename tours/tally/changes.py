"""What a list would change in the monthly tally: numbers that are new, other, or as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geodata.language import translator
from tours.errors import VisitError
from tours.tally.tally import Tally, area_text, item_text

_ = translator("tours")


@dataclass(frozen=True, slots=True)
class TallyChange:
    """A number, and what is counted already.

    Attributes
    ----------
    tally : Tally
    before : int or None
        None where nothing is counted yet.
    """

    tally: Tally
    before: int | None

    @property
    def is_new(self) -> bool:
        """Whether nothing was counted yet."""
        return self.before is None

    @property
    def is_same(self) -> bool:
        """Whether the number is counted already."""
        return self.before == self.tally.count


def tally_changes(tallies: Iterable[Tally], known: Iterable[Tally]) -> tuple[TallyChange, ...]:
    """Return what some numbers would change, in order of month and area.

    Parameters
    ----------
    tallies : iterable of Tally
    known : iterable of Tally
        As they stand.
    """
    stand = {_cell(one): one.count for one in known}
    found = [TallyChange(one, stand.get(_cell(one))) for one in tallies]
    return tuple(sorted(found, key=lambda one: (one.tally.month, one.tally.area)))


def agreed_tallies(changes: Sequence[TallyChange], known: Iterable[Tally]) -> tuple[Tally, ...]:
    """Return what is left to be logged of changes that somebody has agreed to.

    Parameters
    ----------
    changes : sequence of TallyChange
    known : iterable of Tally
        As they stand by now.

    Raises
    ------
    VisitError
        If a number was counted otherwise meanwhile, so that nobody has agreed to lose it.
    """
    stand = {_cell(one): one.count for one in known}
    left: list[Tally] = []
    for change in changes:
        tally, now = change.tally, stand.get(_cell(change.tally))
        if now == tally.count:
            continue
        if now != change.before:
            raise VisitError(
                _("{month}, {area}, {item}: somebody counted {count} meanwhile").format(
                    month=f"{tally.month:%Y-%m}",
                    area=area_text(tally.area),
                    item=item_text(tally.kind, tally.item),
                    count=now,
                ),
                remedy=_("Import the list again, and look at the preview"),
            )
        left.append(tally)
    return tuple(left)


def _cell(tally: Tally) -> tuple[object, ...]:
    return tally.area, tally.month, tally.kind, tally.item
