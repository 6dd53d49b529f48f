"""A comparison as a table: a line per figure, the settings as they are first, then differences.

Nothing says which variant is the best: that is for those who know what a bus costs.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from textwrap import wrap

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from geodata.language import translator
from tours.compare.compare import Comparison, Tally
from tours.compare.notes import notes_on
from tours.figures import durations_beside, numbers_beside
from tours.timetable import number_text

_ = translator("tours")

WIDEST_HEAD = 18
# Letters between two columns.
BETWEEN = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of every plan.

    Attributes
    ----------
    name : str
    values : tuple of str
        One per plan.
    differences : tuple of str
        From the settings as they are, with a sign; empty where there is none to tell.
    """

    name: str
    values: tuple[str, ...]
    differences: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.values) != len(self.differences):
            raise ValueError(
                f"differences must hold {len(self.values)}, got {len(self.differences)}"
            )


def lines_of(comparison: Comparison) -> tuple[Line, ...]:
    """Return the figures of all variants that have a plan, in their order."""
    tallies = [outcome.tally for outcome in comparison.outcomes if outcome.tally]
    base = comparison.outcomes[0].tally
    making = _Making(tallies, base)
    making.number(_("Worth by the rules"), lambda t: t.value / 100, 2)
    if any(t.bound > t.value for t in tallies):
        making.text(_("Below the best possible, at most"), _gap)
    making.number(_("Contacts expected (estimate)"), lambda t: t.expected / 100, 2)
    making.number(_("Afternoons of a bus"), lambda t: t.afternoons, 0)
    making.number(_("Stops"), lambda t: t.stops, 0)
    making.duration(_("On site"), lambda t: t.dwell_s)
    making.duration(_("Driving"), lambda t: t.drive_s)
    making.number("km", lambda t: t.length_m / 1000, 1)
    making.share(_("Municipalities visited"), lambda t: (t.municipalities, t.served))
    if any(t.areas for t in tallies):
        making.share(_("Areas that get their visits"), lambda t: (t.areas_kept, t.areas))
    if any(t.overdue for t in tallies):
        making.number(_("Municipalities overdue"), lambda t: t.overdue, 0)
    if comparison.roster:
        making.number(_("Stops as announced"), lambda t: t.announced or 0, 0)
    making.duration(_("Crew time"), lambda t: t.crew_s)
    return tuple(making.lines)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table, its values below each other and so the differences beside them.

    Attributes
    ----------
    head : str
        In as many lines as it needs.
    cells : tuple of str
    """

    head: str
    cells: tuple[str, ...]

    @classmethod
    def of(cls, values: Sequence[str], differences: Sequence[str], name: str) -> Column:
        """Return the column of some values and differences."""
        width, room = max(map(len, values)), max(map(len, differences))
        cells = tuple(
            f"{value:>{width}}" + (f"  {more:>{room}}" if room else "")
            for value, more in zip(values, differences, strict=True)
        )
        return cls("\n".join(wrap(name, max(WIDEST_HEAD, len(cells[0])))), cells)

    @property
    def width(self) -> int:
        """Letters that it needs."""
        return max(map(len, (*self.cells, *self.head.splitlines())))


class _Making:
    """The lines as they come together."""

    def __init__(self, tallies: Sequence[Tally], base: Tally | None) -> None:
        self.tallies = tallies
        self.base = base
        self.lines: list[Line] = []

    def text(self, name: str, text: Callable[[Tally], str]) -> None:
        """Add a line that has no differences."""
        self.lines.append(Line(name, tuple(map(text, self.tallies)), ("",) * len(self.tallies)))

    def number(self, name: str, number: Callable[[Tally], float], decimals: int) -> None:
        """Add a line of numbers."""
        self._add(name, lambda was, now: numbers_beside(number(was), number(now), decimals))

    def duration(self, name: str, seconds: Callable[[Tally], int]) -> None:
        """Add a line of durations."""
        self._add(name, lambda was, now: durations_beside(seconds(was), seconds(now)))

    def share(self, name: str, share: Callable[[Tally], tuple[int, int]]) -> None:
        """Add a line of numbers, each of how many."""

        def beside(was: Tally, now: Tally) -> tuple[str, str, str]:
            before, after, more = numbers_beside(share(was)[0], share(now)[0], 0)
            whole = _("{number} of {all}")
            return (
                whole.format(number=before, all=number_text(share(was)[1], 0)),
                whole.format(number=after, all=number_text(share(now)[1], 0)),
                more,
            )

        self._add(name, beside)

    def _add(self, name: str, beside: Callable[[Tally, Tally], tuple[str, str, str]]) -> None:
        found = [beside(self.base or tally, tally) for tally in self.tallies]
        self.lines.append(
            Line(
                name,
                tuple(now for _was, now, _more in found),
                tuple(
                    "" if self.base is None or tally is self.base else more
                    for tally, (_was, _now, more) in zip(self.tallies, found, strict=True)
                ),
            )
        )


def _gap(tally: Tally) -> str:
    if tally.bound <= tally.value:
        return _("0 % (proven)")
    # Rounded up, so that “at most” stays true.
    tenths = math.ceil(1000 * (tally.bound - tally.value) / tally.bound - 1e-9)
    return _("{percent} %").format(percent=number_text(tenths / 10))


def render_comparison(comparison: Comparison) -> RenderableType:
    """Return a comparison as something rich can print."""
    plan = comparison.plans[0]
    title = f"{plan.service} · {plan.district} · {comparison.week}"
    parts: list[RenderableType] = [Text(title, style="bold")]
    parts += [
        Text(f"  {outcome.name}: {outcome.text}")
        for outcome in comparison.outcomes
        if outcome.text != outcome.name
    ]
    names = [outcome.title for outcome in comparison.outcomes if outcome.plan]
    is_first_the_base = comparison.outcomes[0].plan is not None
    parts.append(_Tables(lines_of(comparison), names, repeats=int(is_first_the_base)))
    for outcome in comparison.outcomes:
        if outcome.faults:
            head = _("{name}: no plan").format(name=outcome.title)
            parts += [Text(), Text(head, style="bold")]
            parts += [Text(f"  {fault}") for fault in outcome.faults]
    return Group(*parts, Text(), *(Text(note) for note in notes_on(comparison)))


class _Tables:
    """The figures in as many tables as the width asks for, each beginning with the same columns."""

    def __init__(self, lines: Sequence[Line], names: Sequence[str], *, repeats: int) -> None:
        self.names = [line.name for line in lines]
        self.columns = [
            Column.of(
                [line.values[n] for line in lines], [line.differences[n] for line in lines], name
            )
            for n, name in enumerate(names)
        ]
        self.repeats = repeats

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        always, others = self.columns[: self.repeats], self.columns[self.repeats :]
        while True:
            shown = [*always, *others[:1]]
            others = others[1:]
            while others and self._width([*shown, others[0]]) <= options.max_width:
                shown.append(others.pop(0))
            yield Text()
            yield self._table(shown)
            if not others:
                return

    def _width(self, columns: Iterable[Column]) -> int:
        return max(map(len, self.names)) + sum(BETWEEN + column.width for column in columns)

    def _table(self, columns: Sequence[Column]) -> Table:
        table = Table(box=None, padding=(0, BETWEEN, 0, 0), pad_edge=False, header_style="bold")
        table.add_column("")
        for column in columns:
            table.add_column(Text(column.head), justify="right", no_wrap=True)
        for row in zip(self.names, *(c.cells for c in columns), strict=True):
            table.add_row(*map(Text, row))
        return table


def render_comparison_json(comparison: Comparison) -> str:
    """Return a comparison as JSON: figures in seconds, metres and hundredths of a contact."""
    base = comparison.outcomes[0].tally
    body = {
        "week": comparison.week,
        "seed": comparison.seed,
        "time_limit": comparison.time_limit,
        "wishes": {"stored": comparison.is_stored, **asdict(comparison.wishes)},
        "roster": comparison.roster or None,
        "crew": comparison.crew,
        "variants": [
            {
                "name": outcome.name,
                "changes": outcome.text,
                "figures": asdict(outcome.tally) if outcome.tally else None,
                "difference": _difference(base, outcome.tally),
                "cancelled": [asdict(c) for c in outcome.plan.cancelled] if outcome.plan else [],
                "faults": [str(fault) for fault in outcome.faults],
            }
            for outcome in comparison.outcomes
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1, default=str) + "\n"


def _difference(base: Tally | None, tally: Tally | None) -> dict[str, int] | None:
    if base is None or tally is None or tally is base:
        return None
    was, now = asdict(base), asdict(tally)
    return {
        name: now[name] - was[name] for name in now if name != "bound" and now[name] is not None
    }
