"""The cells of a line in a spreadsheet file: typed values, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Mapping, Sequence

from geodata.daytext import lacks_year, read_day
from geodata.errors import Fault
from geodata.language import current_language, translator
from geodata.placewords import meaning_of

_ = translator("geodata")

_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::00)?")
_TRUE = frozenset({"yes", "ja", "j", "true", "wahr", "1", "x"})
_FALSE = frozenset({"no", "nein", "n", "false", "falsch", "0"})


class Row:
    """One line of the file: hands out typed cells and collects what is wrong with them."""

    def __init__(
        self,
        cells: Mapping[str, str],
        line: int,
        source: str,
        faults: list[Fault],
        typed: Mapping[str, str] | None = None,
    ) -> None:
        self._cells = cells
        # What the file calls the columns that it calls otherwise than we do.
        self._typed = typed or {}
        self.line = line
        self._source = source
        self.faults = faults

    def fault(self, column: str, what: str, remedy: str) -> None:
        """Note what is wrong with a cell, and what to do about it."""
        where = _("{file}, line {line}, column {column}").format(
            file=self._source, line=self.line, column=self._typed.get(column, column)
        )
        self.faults.append(Fault(what, where, remedy))

    def text(self, column: str) -> str:
        """Return a cell without surrounding blanks; empty where the column is missing."""
        return (self._cells.get(column) or "").strip()

    def beyond(self, columns: Container[str]) -> dict[str, str]:
        """Return the cells of all other columns as they are."""
        return {name: cell for name, cell in self._cells.items() if name not in columns}

    def required(self, column: str) -> str:
        """Return a cell that must not be empty."""
        value = self.text(column)
        if not value:
            self.fault(column, _("The cell is empty"), _("Fill it in"))
        return value

    def number(self, column: str, default: float, low: float, high: float) -> float:
        """Return a number in bounds, with point or comma; the default for an empty cell."""
        value = self.text(column).replace(",", ".")
        if not value:
            return default
        try:
            # Python alone reads 5_2 as 52.
            number = float(value) if "_" not in value else float("nan")
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            self.fault(
                column,
                _("“{value}” is not a number from {low} to {high}").format(
                    value=self.text(column), low=f"{low:g}", high=f"{high:g}"
                ),
                _("Write a number in these bounds"),
            )
            return default
        return number

    def whole(self, column: str, default: int, low: int, high: int) -> int:
        """Return a whole number in bounds."""
        number = self.number(column, default, low, high)
        if number != int(number):
            self.fault(
                column,
                _("“{value}” is not a whole number").format(value=self.text(column)),
                _("Write it without decimals"),
            )
            return default
        return int(number)

    def choice(self, column: str, choices: Sequence[str], default: str) -> str:
        """Return one of some words."""
        return self.named(column, dict.fromkeys(choices, ()), default)

    def named(self, column: str, words: Mapping[str, Sequence[str]], default: str) -> str:
        """Return one of some words, each of which is called otherwise, too; German words first."""
        typed = self.text(column) or default
        value = meaning_of(typed, words)
        if value not in words:
            is_german = current_language() == "de"
            shown = [others[0] if is_german and others else one for one, others in words.items()]
            self.fault(
                column,
                _("“{value}” is unknown").format(value=value),
                _("Write one of: {names}").format(names=", ".join(shown)),
            )
            return default or [*words][-1]
        return value

    def truth(self, column: str, default: bool) -> bool:
        """Return whether a cell says yes or no."""
        value = self.text(column).lower()
        if value in _TRUE:
            return True
        if value in _FALSE:
            return False
        if value:
            self.fault(
                column,
                _("“{value}” is neither yes nor no").format(value=value),
                _("Write yes or no"),
            )
        return default

    def time(self, column: str) -> int | None:
        """Return a time of day as seconds after midnight; None for an empty cell."""
        value = self.text(column)
        match = _TIME.fullmatch(value)
        if match is not None:
            return int(match[1]) * 3600 + int(match[2]) * 60
        if value:
            self.fault(
                column,
                _("“{value}” is not a time of day").format(value=value),
                _("Write it as in 14:30"),
            )
        return None

    def date(self, column: str) -> dt.date | None:
        """Return a date, as 2026-11-25 or 25.11.2026; None for an empty cell."""
        value = self.text(column)
        day = read_day(value)
        if value and day is None:
            what = _("“{value}” is not a date")
            if lacks_year(value):
                what = _("“{value}” is a day without a year")
            remedy = _("Write it as in 2026-11-25 or 25.11.2026")
            self.fault(column, what.format(value=value), remedy)
        return day
