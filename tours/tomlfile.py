"""A TOML file that hands out checked values and knows the line of each fault."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping

from geodata.errors import Fault
from geodata.language import translator
from tours.errors import ConfigError

_ = translator("tours")


class Table:
    """A table of the file: hands out checked values and collects what is wrong with them."""

    def __init__(
        self, reader: TomlFile, path: str, values: Mapping[str, object], number: int = 0
    ) -> None:
        self._reader = reader
        self._path = path
        self._values = values
        self._number = number
        self._asked: set[str] = set()

    def fault(self, key: str, what: str, remedy: str) -> None:
        """Note what is wrong with a key, and what to do about it."""
        self._reader.fault(self._path, self._number, key, what, remedy)

    def _get(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key not in self._values and default is None:
            self.fault(
                key,
                _("“{key}” is missing in [{table}]").format(key=key, table=self._path),
                _("Add the line; a new workspace shows an example"),
            )
        return self._values.get(key, default)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that is not empty."""
        value = self._get(key, default)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.fault(
                key,
                _("“{key}” must be a text").format(key=key),
                _("Write it in double quotes"),
            )
            return ""
        return value.strip()

    def choice(self, key: str, choices: Iterable[str], default: str | None = None) -> str:
        """Return one of some words."""
        names = list(choices)
        value = self.text(key, default)
        if value and value not in names:
            self.fault(
                key,
                _("“{key}” is “{value}”, which is unknown").format(key=key, value=value),
                _("Write one of: {names}").format(names=", ".join(names)),
            )
            return names[0]
        return value or names[0]

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """Return a number in bounds."""
        value = self._get(key, default)
        if value is None:
            return low
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            self.fault(
                key,
                _("“{key}” must be a number from {low} to {high}").format(
                    key=key, low=f"{low:g}", high=f"{high:g}"
                ),
                _("Write a number in these bounds, with a decimal point"),
            )
            return low
        return float(value)

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number in bounds."""
        value = self.number(key, low, high, default)
        if value != int(value):
            self.fault(
                key,
                _("“{key}” must be a whole number").format(key=key),
                _("Write it without decimals"),
            )
        return int(value)

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """Return a list of whole numbers in bounds, at least one."""
        value = self._get(key, None)
        if value is None:
            return (low,)
        if (
            not isinstance(value, list)
            or not value
            or any(type(v) is not int or not low <= v <= high for v in value)
        ):
            self.fault(
                key,
                _("“{key}” must be a list of whole numbers from {low} to {high}").format(
                    key=key, low=low, high=high
                ),
                _("Write them as in [30, 45, 60]"),
            )
            return (low,)
        return tuple(value)

    def time(self, key: str) -> int:
        """Return a time of day as seconds after midnight."""
        value = self._get(key, None)
        if value is None:
            return 0
        match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value) if type(value) is str else None
        if match is None:
            self.fault(
                key,
                _("“{key}” must be a time of day").format(key=key),
                _('Write it as in "14:00"'),
            )
            return 0
        return int(match[1]) * 3600 + int(match[2]) * 60

    def date(self, key: str) -> dt.date | None:
        """Return a date, or None where there is none."""
        self._asked.add(key)
        value = self._values.get(key)
        if value is None:
            return None
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
            self.fault(
                key,
                _("“{key}” must be a date").format(key=key),
                _("Write it as in 2026-12-31, without quotes"),
            )
            return None
        return value

    def keys(self, key: str, known: Iterable[str], *, needed: bool) -> frozenset[str]:
        """Read a list of municipality keys."""
        value = self._get(key, None if needed else [])
        if value is None:
            return frozenset()
        if (
            not isinstance(value, list)
            or any(not isinstance(v, str) for v in value)
            or (needed and not value)
        ):
            self.fault(
                key,
                _("“{key}” must be a list of municipality keys").format(key=key),
                _('Write them as in ["03155011", "03155013"]'),
            )
            return frozenset()
        unknown = [v for v in value if v not in known]
        if unknown:
            self.fault(
                key,
                _("There is no municipality {keys} in this district").format(
                    keys=", ".join(unknown)
                ),
                _("The keys stand in district/municipalities.geojson"),
            )
        return frozenset(value)

    def finish(self) -> None:
        """Note every key that nobody has asked for."""
        for key in self._values:
            if key not in self._asked:
                self.fault(
                    key,
                    _("“{key}” is not a setting of [{table}]").format(key=key, table=self._path),
                    _("Correct its spelling or remove the line"),
                )


class TomlFile:
    """The file as a whole: its tables, and where in the text each key stands."""

    def __init__(self, text: str, source: str) -> None:
        self._lines = text.split("\n")
        self._source = source
        self.faults: list[Fault] = []
        try:
            self._values = tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            # A number of thousands of digits and brackets nested as deep are no TOMLDecodeError.
            match = re.search(r"\(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
            line = match[1] if match and match[1] else str(len(text.splitlines()))
            column = match[2] if match and match[2] else "1"
            raise ConfigError(
                _("The file is not valid TOML"),
                where=_("{file}, line {line}, column {column}").format(
                    file=source, line=line, column=column
                ),
                remedy=_("Look there for a missing quote, bracket or equals sign"),
            ) from error

    def _position(self, table: str, number: int, key: str) -> tuple[int, int]:
        """Find the line and column of a key, or else of its table."""
        head = re.compile(rf"\s*\[+\s*[\"']?{re.escape(table)}[\"']?\s*\]+")
        entry = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        seen, inside, best = -1, table == "", (1, 1)
        for line, text in enumerate(self._lines, start=1):
            if text.lstrip().startswith("["):
                seen += head.match(text) is not None
                inside = head.match(text) is not None and seen == number
                if inside:
                    best = (line, 1)
            elif inside and entry.match(text):
                return line, len(text) - len(text.lstrip()) + 1
        # A table without brackets of its own, as in depot = { name = "Hof" }.
        return self._position("", 0, table) if table and best == (1, 1) else best

    def fault(self, table: str, number: int, key: str, what: str, remedy: str) -> None:
        """Note what is wrong with a key, and what to do about it."""
        line, column = self._position(table, number, key)
        where = _("{file}, line {line}, column {column}").format(
            file=self._source, line=line, column=column
        )
        self.faults.append(Fault(what, where, remedy))

    def table(self, name: str) -> Table:
        """Return a table; an empty one where it is missing."""
        values = self._values.get(name, {})
        if not isinstance(values, dict):
            self.fault(
                "",
                0,
                name,
                _("[{table}] must be a table").format(table=name),
                _("Write it in single brackets, with its settings below"),
            )
            values = {}
        return Table(self, name, values)

    def tables(self, name: str) -> list[Table]:
        """Return the tables of a list, in double brackets."""
        values = self._values.get(name, [])
        if not isinstance(values, list) or any(not isinstance(v, dict) for v in values):
            self.fault(
                name,
                0,
                name,
                _("[[{table}]] must stand in double brackets").format(table=name),
                _("Begin each entry with [[{table}]]").format(table=name),
            )
            return []
        return [Table(self, name, value, i) for i, value in enumerate(values)]

    def finish(self, names: Iterable[str]) -> None:
        """Note every part of the file that has no known name."""
        for name in self._values:
            if name not in names:
                self.fault(
                    name if isinstance(self._values[name], dict | list) else "",
                    0,
                    name,
                    _("“{key}” is not a part of this file").format(key=name),
                    _("Correct its spelling or remove it"),
                )
