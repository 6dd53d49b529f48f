"""A TOML file: its tables, and the line and column of each fault."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from geodata.errors import Fault
from geodata.language import translator
from tours.errors import ConfigError
from tours.tomltable import Table

_ = translator("tours")

_DECIMAL_COMMA = re.compile(r"=\s*(-?\d+),(\d+)\s*(?:#|$)")


def _remedy(reason: str, lines: Sequence[str]) -> str:
    """Return what to do about a line that cannot be read."""
    if "overwrite" in reason or "twice" in reason:
        return _("The name stands there twice: remove one of the two")
    if lines and (match := _DECIMAL_COMMA.search(lines[0])):
        return _("Write a decimal point instead of the comma, as in {number}").format(
            number=f"{match[1]}.{match[2]}"
        )
    if lines and re.search("[„“”‚‘’]", lines[0].split("#")[0]):
        return _('Write straight quotes, as in "text"')
    return _("Look there for a missing quote, bracket or equals sign")


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
                remedy=_remedy(str(error), text.split("\n")[int(line) - 1 : int(line)]),
            ) from error
        if not self._values:
            raise ConfigError(
                _("The file holds no setting"),
                where=source,
                remedy=_(
                    "Restore it from a copy, or take region.toml from a new workspace: “tours init "
                    "REGION NEW-FOLDER”"
                ),
            )

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

    def _made(self, name: str, number: int, values: Mapping[str, object]) -> Table:
        return Table(name, values, partial(self.fault, name, number))

    def table(self, name: str, *, is_needed: bool = True) -> Table:
        """Return a table; an empty one where it is missing, which is a fault if it is needed."""
        if is_needed and name not in self._values:
            self.fault(
                "",
                0,
                name,
                _("The part [{table}] is missing").format(table=name),
                _("Add it with its settings; a new workspace shows an example"),
            )
            # What is missing in it is said already.
            return Table(name, {}, lambda _key, _what, _remedy: None)
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
        return self._made(name, 0, values)

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
        return [self._made(name, i, value) for i, value in enumerate(values)]

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
