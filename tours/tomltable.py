"""A table of a TOML file: hands out checked values and says what is wrong with them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeGuard

from geodata.language import translator

_ = translator("tours")

_QUOTED_NUMBER = re.compile(r"\s*(-?\d+)(?:[.,](\d+))?\s*")


def _time_of_day(value: object) -> int | None:
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value) if type(value) is str else None
    return int(match[1]) * 3600 + int(match[2]) * 60 if match else None


def _is_number(value: object, low: float, high: float) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _key_remedy(unknown: Iterable[str], known: Mapping[str, str]) -> str:
    """Return the keys of municipalities that are written by name, or where keys are found."""
    words = {word.strip().casefold() for word in unknown}
    meant = [f'"{key}" ({name})' for key, name in known.items() if name.casefold() in words]
    if meant:
        return _("Write the key in place of the name: {keys}").format(keys=", ".join(meant))
    return _("The keys stand in district/municipalities.geojson")


class Table:
    """A table of the file: hands out checked values and collects what is wrong with them."""

    def __init__(
        self,
        path: str,
        values: Mapping[str, object],
        fault: Callable[[str, str, str], None],
    ) -> None:
        self._path = path
        self._values = values
        self._fault = fault
        self._asked: set[str] = set()
        self.faults: list[str] = []

    def fault(self, key: str, what: str, remedy: str) -> None:
        """Note what is wrong with a key, and what to do about it."""
        self.faults.append(key)
        self._fault(key, what, remedy)

    def _get(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key not in self._values and default is None:
            self.fault(
                key,
                _("“{key}” is missing in [{table}]").format(key=key, table=self._path),
                _("Add the line; a new workspace shows an example"),
            )
        return self._values.get(key, default)

    def has(self, key: str) -> bool:
        """Tell whether a key stands in the table."""
        return key in self._values

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
        if _is_number(value, low, high):
            return float(value)
        self._no_number(
            key,
            value,
            _("“{key}” must be a number from {low} to {high}").format(
                key=key, low=f"{low:g}", high=f"{high:g}"
            ),
            _("Write a number in these bounds, with a decimal point"),
        )
        return low

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number in bounds."""
        value = self._get(key, default)
        if value is None:
            return low
        if _is_number(value, low, high) and value == int(value):
            return int(value)
        self._no_number(
            key,
            value,
            _("“{key}” must be a whole number from {low} to {high}").format(
                key=key, low=low, high=high
            ),
            _("Write a number in these bounds, without decimals"),
        )
        return low

    def _no_number(self, key: str, value: object, what: str, remedy: str) -> None:
        if isinstance(value, str) and (match := _QUOTED_NUMBER.fullmatch(value)):
            number = f"{match[1]}.{match[2]}" if match[2] else match[1]
            remedy = _("Write {number}: without quotes").format(number=number)
            if "," in value:
                remedy = _(
                    "Write {number}: without quotes, with a decimal point instead of a comma"
                ).format(number=number)
        self.fault(key, what, remedy)

    def optional(self, key: str, low: int, high: int) -> int | None:
        """Return a whole number in bounds, or None where there is none."""
        self._asked.add(key)
        return self.whole(key, low, high) if self.has(key) else None

    def truth(self, key: str, default: bool) -> bool:
        """Return true or false."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            self.fault(
                key,
                _("“{key}” must be true or false").format(key=key),
                _("Write true or false, without quotes"),
            )
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, at least one; an empty one where there is no list."""
        value = self._get(key, ())
        if value == ():
            return ()
        if (
            not isinstance(value, list)
            or not value
            or any(not isinstance(v, str) or not v.strip() for v in value)
        ):
            self.fault(
                key,
                _("“{key}” must be a list of texts").format(key=key),
                _('Write them as in ["a", "b"]'),
            )
            return ()
        return tuple(v.strip() for v in value)

    def entries(self, key: str) -> tuple[object, ...]:
        """Return the values of a list, of any kind; none where there is no list."""
        value = self._get(key, ())
        if isinstance(value, list | tuple):
            return tuple(value)
        self.fault(
            key,
            _("“{key}” must be a list").format(key=key),
            _('Write it in square brackets, as in ["a", "b"]'),
        )
        return ()

    def wholes(
        self, key: str, low: int, high: int, example: str = "[30, 45, 60]"
    ) -> tuple[int, ...]:
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
                _("Write them as in {example}").format(example=example),
            )
            return (low,)
        return tuple(value)

    def time(self, key: str) -> int:
        """Return a time of day as seconds after midnight."""
        value = self._get(key, None)
        if value is None:
            return 0
        seconds = _time_of_day(value)
        if seconds is None:
            self.fault(
                key,
                _("“{key}” must be a time of day").format(key=key),
                _('Write it as in "14:00"'),
            )
        return seconds or 0

    def times(self, key: str) -> tuple[int, int]:
        """Return two times of day as seconds after midnight."""
        value = self._get(key, None)
        if value is None:
            return 0, 0
        found = [_time_of_day(part) for part in value] if isinstance(value, list) else []
        if len(found) != 2 or found[0] is None or found[1] is None:
            self.fault(
                key,
                _("“{key}” must be two times of day").format(key=key),
                _('Write them as in ["16:00", "18:00"]'),
            )
            return 0, 0
        return found[0], found[1]

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

    def keys(self, key: str, known: Mapping[str, str], *, needed: bool) -> frozenset[str]:
        """Read a list of municipality keys; the names of the known ones are for the messages."""
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
                _key_remedy(unknown, known),
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
