"""The cells of a line in a spreadsheet file: typed values, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geodata.errors import Fault
from geodata.language import translator

_ = translator("geodata")

_TRUE = frozenset({"yes", "ja", "true", "1", "x"})
_FALSE = frozenset({"no", "nein", "false", "0"})


class Row:
    """One line of the file: hands out typed cells and collects what is wrong with them."""

    def __init__(
        self, cells: Mapping[str, str], line: int, source: str, faults: list[Fault]
    ) -> None:
        self._cells = cells
        self._line = line
        self._source = source
        self.faults = faults

    def fault(self, column: str, what: str, remedy: str) -> None:
        """Note what is wrong with a cell, and what to do about it."""
        where = _("{file}, line {line}, column {column}").format(
            file=self._source, line=self._line, column=column
        )
        self.faults.append(Fault(what, where, remedy))

    def text(self, column: str) -> str:
        """Return a cell without surrounding blanks; empty where the column is missing."""
        return (self._cells.get(column) or "").strip()

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
        value = self.text(column) or default
        if value not in choices:
            self.fault(
                column,
                _("“{value}” is unknown").format(value=value),
                _("Write one of: {names}").format(names=", ".join(choices)),
            )
            return default or choices[-1]
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
