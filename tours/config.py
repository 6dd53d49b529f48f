"""region.toml: the service, its afternoons, rules and areas, checked into one frozen Config."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import Fault
from geodata.language import translator
from geodata.region import Area
from tours.calendar import WEEKDAYS
from tours.errors import ConfigError

_ = translator("tours")

STATES = (
    *("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV"),
    *("NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"),
)
AREA_KINDS = ("focus", "funding")


@dataclass(frozen=True, slots=True)
class Afternoon:
    """A shift that repeats every week.

    Attributes
    ----------
    weekday : int
        0 is Monday.
    start_s, end_s : int
        Seconds after midnight; the bus leaves the depot and is back in between.
    """

    weekday: int
    start_s: int
    end_s: int


@dataclass(frozen=True, slots=True)
class Config:
    """What region.toml says.

    Attributes
    ----------
    service, district_key, district_name, state : str
    ages : tuple of int
        First and last age that the service is for.
    crew : int
    not_served : frozenset of str
        Keys of municipalities that others are responsible for.
    depot_name : str
    depot_lon, depot_lat : float
        Degrees, EPSG:4326.
    afternoons : tuple of Afternoon
    grid_s : int
        Published starts are multiples of it.
    dwells_s : tuple of int
        Lengths that a halt can have, rising.
    setup_s, buffer_s : int
        Setting up before each published start; reserve on each drive.
    visits_per_place, days_between, cycle_weeks : int
    contacts_per_hour, driving_hour, municipality_bonus, stability : float
        In contacts; see `tours.problem` for what they do.
    areas : tuple of Area
    """

    service: str
    district_key: str
    district_name: str
    state: str
    ages: tuple[int, int]
    crew: int
    not_served: frozenset[str]
    depot_name: str
    depot_lon: float
    depot_lat: float
    afternoons: tuple[Afternoon, ...]
    grid_s: int
    dwells_s: tuple[int, ...]
    setup_s: int
    buffer_s: int
    visits_per_place: int
    days_between: int
    cycle_weeks: int
    contacts_per_hour: float
    driving_hour: float
    municipality_bonus: float
    stability: float
    areas: tuple[Area, ...]


class _Table:
    """A table of the file: hands out checked values and collects what is wrong with them."""

    def __init__(
        self, reader: _Reader, path: str, values: Mapping[str, object], number: int = 0
    ) -> None:
        self._reader = reader
        self._path = path
        self._values = values
        self._number = number
        self._asked: set[str] = set()

    def fault(self, key: str, what: str, remedy: str) -> None:
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
        value = self.number(key, low, high, default)
        if value != int(value):
            self.fault(
                key,
                _("“{key}” must be a whole number").format(key=key),
                _("Write it without decimals"),
            )
        return int(value)

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
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
        for key in self._values:
            if key not in self._asked:
                self.fault(
                    key,
                    _("“{key}” is not a setting of [{table}]").format(key=key, table=self._path),
                    _("Correct its spelling or remove the line"),
                )


class _Reader:
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
        line, column = self._position(table, number, key)
        where = _("{file}, line {line}, column {column}").format(
            file=self._source, line=line, column=column
        )
        self.faults.append(Fault(what, where, remedy))

    def table(self, name: str) -> _Table:
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
        return _Table(self, name, values)

    def tables(self, name: str) -> list[_Table]:
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
        return [_Table(self, name, value, i) for i, value in enumerate(values)]

    def finish(self, names: Iterable[str]) -> None:
        for name in self._values:
            if name not in names:
                self.fault(
                    name if isinstance(self._values[name], dict | list) else "",
                    0,
                    name,
                    _("“{key}” is not a part of this file").format(key=name),
                    _("Correct its spelling or remove it"),
                )


def read_config(text: str, source: str, municipalities: Iterable[str]) -> Config:
    """Read the text of region.toml.

    Parameters
    ----------
    text : str
    source : str
        Name of the file, for the messages.
    municipalities : iterable of str
        Keys that exist in the district.

    Raises
    ------
    ConfigError
        With every fault of the file, each with line, column and remedy.
    """
    known = frozenset(municipalities)
    reader = _Reader(text, source)
    service, depot = reader.table("service"), reader.table("depot")
    times, rules, weights = reader.table("times"), reader.table("rules"), reader.table("weights")
    first_age, last_age = _ages(reader, service)
    grid = times.whole("grid_minutes", 1, 60)
    config = Config(
        service=service.text("name"),
        district_key=service.text("district"),
        district_name=service.text("district_name"),
        state=service.choice("state", STATES),
        ages=(first_age, last_age),
        crew=service.whole("crew", 1, 20, 2),
        not_served=service.keys("not_served", known, needed=False),
        depot_name=depot.text("name"),
        depot_lon=depot.number("lon", -180, 180),
        depot_lat=depot.number("lat", -90, 90),
        afternoons=_afternoons(reader),
        grid_s=grid * 60,
        dwells_s=tuple(sorted({m * 60 for m in times.wholes("dwell_minutes", 5, 480)})),
        setup_s=times.whole("setup_minutes", 0, 120) * 60,
        buffer_s=times.whole("buffer_minutes", 0, 120) * 60,
        visits_per_place=rules.whole("visits_per_place", 1, 7),
        days_between=rules.whole("days_between", 1, 7),
        cycle_weeks=rules.whole("cycle_weeks", 1, 52),
        contacts_per_hour=weights.number("contacts_per_hour", 0.01, 50),
        driving_hour=weights.number("driving_hour", 0, 50),
        municipality_bonus=weights.number("municipality_bonus", 0, 50),
        stability=weights.number("stability", 0, 50),
        areas=_areas(reader, known),
    )
    for table in (service, depot, times, rules, weights):
        table.finish()
    reader.finish(("service", "depot", "shifts", "times", "rules", "weights", "areas"))
    if reader.faults:
        raise ConfigError.collected(reader.faults)
    return config


def _ages(reader: _Reader, service: _Table) -> tuple[int, int]:
    before = len(reader.faults)
    ages = service.wholes("ages", 6, 30)
    if len(reader.faults) > before:
        return 14, 21
    if len(ages) != 2 or ages[0] > ages[1]:
        service.fault(
            "ages",
            _("“ages” must be the first and the last age"),
            _("Write them as in [14, 21]"),
        )
        return 14, 21
    return ages[0], ages[1]


def _afternoons(reader: _Reader) -> tuple[Afternoon, ...]:
    found: list[Afternoon] = []
    before = len(reader.faults)
    tables = reader.tables("shifts")
    if not tables and len(reader.faults) == before:
        reader.fault(
            "shifts",
            0,
            "shifts",
            _("There is no afternoon"),
            _("Add a [[shifts]] with weekday, start and end"),
        )
    for table in tables:
        before = len(reader.faults)
        weekday = WEEKDAYS.index(table.choice("weekday", WEEKDAYS))
        start, end = table.time("start"), table.time("end")
        table.finish()
        if len(reader.faults) > before:
            continue
        if end <= start:
            table.fault(
                "end",
                _("The afternoon ends before it starts"),
                _("Correct start or end"),
            )
        found.append(Afternoon(weekday, start, end))
    return tuple(sorted(found, key=lambda a: (a.weekday, a.start_s)))


def _areas(reader: _Reader, known: frozenset[str]) -> tuple[Area, ...]:
    areas: list[Area] = []
    for table in reader.tables("areas"):
        area = Area(
            name=table.text("name"),
            kind=table.choice("kind", AREA_KINDS),
            municipalities=table.keys("municipalities", known, needed=True),
            at_least=table.whole("at_least", 0, 20, 1),
            valid_from=table.date("from"),
            valid_until=table.date("until"),
        )
        table.finish()
        if area.valid_from and area.valid_until and area.valid_until < area.valid_from:
            table.fault(
                "until",
                _("The area ends before it starts"),
                _("Correct from or until"),
            )
        if area.name and any(area.name == other.name for other in areas):
            table.fault(
                "name",
                _("There are two areas “{name}”").format(name=area.name),
                _("Give one of them another name"),
            )
        areas.append(area)
    return tuple(areas)


def load_config(path: Path, municipalities: Iterable[str]) -> Config:
    """Read region.toml; see `read_config`.

    Raises
    ------
    ConfigError
        If the file is missing, is not UTF-8, or has faults.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(
            _("The settings cannot be read ({reason})").format(reason=error.strerror),
            where=str(path),
            remedy=_("Restore the file from a copy, or make a new workspace with “tours init”"),
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            _("The file is not UTF-8 (byte {position})").format(position=error.start),
            where=str(path),
            remedy=_("Save it as UTF-8 in the editor"),
        ) from error
    return read_config(text, path.name, municipalities)
