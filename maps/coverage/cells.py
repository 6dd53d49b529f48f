"""Cells of the coverage report's tables: a figure, or the sign that says why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.language import translator
from tours.coverage.figure import Figure
from tours.coverage.names import figure_name
from tours.coverage.reasons import no_trend_text, note_text, reason_text
from tours.coverage.words import few_note, few_text, interval_text, met_text, short_value

_ = translator("maps")

# What stands in the place of a figure that is not there.
HIDDEN, NONE, MISSING, NOT_MEANT = "•", "–", "…", "×"
SIGNS = {
    "hidden": HIDDEN,
    "removed": MISSING,
    "no_visit": NONE,
    "no_hours": NONE,
    "no_contacts": NONE,
    "nothing_announced": NONE,
    "no_place": NONE,
    "no_youth": MISSING,
    "no_walks": MISSING,
    "no_budget": MISSING,
    "not_here": NOT_MEANT,
    "no_population": NOT_MEANT,
    "not_served": NOT_MEANT,
    "not_valid": NOT_MEANT,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    text : str
    sub : str
        Small, below the text.
    sign : str
        One of `maps.coverage.signs.SIGNS`, drawn before the text, or empty.
    said : str
        What the sign or a lone character means, for who does not see it.
    """

    text: str
    sub: str = ""
    sign: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    head : str
    share : float
        Of the width, compared with the other columns.
    is_text : bool
        Whether it is set from the left, not from the right.
    """

    head: str
    share: float = 1.0
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the report.

    Attributes
    ----------
    id, title, about : str
    columns : tuple of Column
    rows : tuple of tuple of Cell
    head : int
        Position of the column that names the row.
    last_is_total : bool
    notes : tuple of Cell
        What its signs mean, and what has to be known.
    """

    id: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0
    last_is_total: bool = False
    notes: tuple[Cell, ...] = ()

    @property
    def width(self) -> float:
        """Sum of the columns' shares."""
        return sum(column.share for column in self.columns)


def reason_cell(reason: str) -> Cell:
    """Return the sign in place of a figure."""
    return Cell(SIGNS[reason], said=reason_text(reason))


def figure_cell(figure: Figure) -> Cell:
    """Return a figure where its column says what it is; one that fails its target is marked."""
    if figure.value is None:
        return reason_cell(figure.reason)
    text = few_text(figure) or short_value(figure)
    is_unmet = figure.is_met is False
    sub = interval_text(figure) if figure.name == "contacts_per_hour" else ""
    said = _("target not reached") if is_unmet else ""
    return Cell(text, sub, "missed" if is_unmet else "", said)


def result_cell(figure: Figure) -> Cell:
    """Return whether a target is reached, in words and with a sign."""
    if figure.is_met is None:
        return Cell(NONE if figure.value is None else _("no target"))
    return Cell(met_text(figure), sign="met" if figure.is_met else "unmet")


def trend_cell(figure: Figure) -> Cell:
    """Return how a figure has changed, in words and with a sign."""
    if figure.trend is None:
        why = no_trend_text(figure.no_trend) if figure.no_trend else _("not known")
        return Cell(NONE, said=why)
    words = {"up": _("risen"), "flat": _("similar"), "down": _("fallen")}
    return Cell(words[figure.trend], sign=figure.trend)


def trend_notes(figures: Iterable[Figure]) -> tuple[Cell, ...]:
    """Return why figures have no trend, those that could have one."""
    found: dict[str, list[str]] = {}
    for figure in figures:
        if figure.no_trend:
            found.setdefault(figure.no_trend, []).append(figure_name(figure.name))
    return tuple(
        Cell(
            _("No trend, {reason}: {names}").format(
                reason=no_trend_text(reason), names="; ".join(names)
            )
        )
        for reason, names in found.items()
    )


def value_notes(figures: Iterable[Figure]) -> tuple[Cell, ...]:
    """Return what has to be known beside values, by figure."""
    found: dict[str, list[str]] = {}
    for figure in figures:
        said = found.setdefault(figure.name, [])
        notes = [note_text(note) for note in figure.notes if note != "month_sums"]
        said += [note for note in notes if note not in said]
    return tuple(
        Cell(f"{figure_name(name)}: {'; '.join(said)}") for name, said in found.items() if said
    )


def sums_notes(figures: Iterable[Figure]) -> tuple[Cell, ...]:
    """Return which figures come from sums of months, if some do."""
    names = dict.fromkeys(figure_name(f.name) for f in figures if "month_sums" in f.notes)
    if not names:
        return ()
    said = note_text("month_sums")
    return (Cell(f"{said[0].upper()}{said[1:]}: {'; '.join(names)}"),)


def few_notes(figures: Iterable[Figure]) -> tuple[Cell, ...]:
    """Return what a share of few cases stands for, if one is shown."""
    return (Cell(few_note()),) if any(few_text(figure) for figure in figures) else ()


def estimate_note(figures: Iterable[Figure]) -> tuple[Cell, ...]:
    """Return what “≈” means, if it occurs."""
    is_there = any(figure.is_estimate and figure.value is not None for figure in figures)
    return (Cell(_("≈ estimate")),) if is_there else ()


def sign_notes(figures: Iterable[Figure]) -> tuple[Cell, ...]:
    """Return what the signs in place of figures mean, those that occur."""
    found: dict[str, list[str]] = {}
    for figure in figures:
        if figure.reason:
            words = found.setdefault(SIGNS[figure.reason], [])
            if reason_text(figure.reason) not in words:
                words.append(reason_text(figure.reason))
    return tuple(Cell(f"{sign} {', '.join(words)}") for sign, words in found.items())
