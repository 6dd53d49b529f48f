"""Variants of the settings as they are typed: changes with commas between them, and a name.

::

    depot uslar-bahnhof       the bus starts from and returns to a meeting place, by its id
    depot 51.6591 9.6355      or to a point: latitude first, as map programs copy it
    Mo -> Di                  Monday's afternoon is driven on Tuesday
    Mo -> Di 13:00-18:00      and from one o'clock to six
    Mi 13:00-18:00            other hours; without a day, those of all afternoons
    +Fr 14:00-19:00           a further afternoon; without hours, as long as all the others
    -Do                       an afternoon less
    +bus, +bus Mi             a bus more, every day or on one
    Mi/2                      of several buses, the one that is called 2
    Long week: +Fr, +bus      a name stands before a colon and a space

Each change acts on what those before it have made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geodata.errors import Fault
from geodata.language import translator
from geodata.places import Place
from tours.calendar import WEEKDAYS, weekday_of
from tours.compare.alterations import (
    Addition,
    Alteration,
    Chosen,
    DepotAt,
    DepotAtPlace,
    Hours,
    MoreBuses,
    Move,
    NewHours,
    Removal,
)
from tours.config import Config
from tours.errors import ConfigError

_ = translator("tours")

LONGEST_NAME = 40

# A colon within a time of day does not end a name.
_NAME = re.compile(r"\s*(?P<name>[^:]*(?::(?=\d)[^:]*)*):(?:\s+|$)(?P<changes>.*)", re.DOTALL)
_TIME = r"(?:[01]?\d|2[0-3])(?::[0-5]\d)?"
_HOURS = rf"(?P<start>{_TIME}) ?[-–] ?(?P<end>{_TIME})"
_DAY = r"(?P<day>[A-Za-z]{2,10})(?:/(?P<bus>[\w.-]{1,20}?))?"
_DEGREES = r"-?\d{1,3}[.,]\d+"
# Points may hold commas of both kinds; no change begins with a degree.
_POINT = re.compile(
    rf"depot(?: | ?= ?)(?P<lat>{_DEGREES})(?:[,;] ?| )(?P<lon>{_DEGREES}) ?(?:,|$)", re.IGNORECASE
)
_PLACE = re.compile(r"depot(?: | ?= ?)(?P<place>[a-z0-9][a-z0-9_-]*)", re.IGNORECASE)
_BUSES = re.compile(r"\+ ?bus(?: (?P<day>[A-Za-z]{2,10}))?", re.IGNORECASE)
_MOVE = re.compile(rf"{_DAY} ?(?:->|→) ?(?P<to>[A-Za-z]{{2,10}})(?: {_HOURS})?")
_ADDITION = re.compile(rf"\+ ?{_DAY}(?: {_HOURS})?")
_REMOVAL = re.compile(rf"[-–] ?{_DAY}")
_NEW_HOURS = re.compile(rf"(?:{_DAY} )?{_HOURS}")


@dataclass(frozen=True, slots=True)
class Variant:
    """Settings that somebody asks about.

    Attributes
    ----------
    name : str
    alterations : tuple of Alteration
        In the order in which they act.
    """

    name: str
    alterations: tuple[Alteration, ...]

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("name must not be empty, got ''")
        if not self.alterations:
            raise ValueError("alterations must hold at least one, got 0")

    @property
    def text(self) -> str:
        """What it alters, as it is typed."""
        return _text(self.alterations)

    def applied(self, config: Config, places: Iterable[Place]) -> Config:
        """Return settings with all that the variant alters.

        Parameters
        ----------
        config : Config
        places : iterable of Place
            Where a depot can be.

        Raises
        ------
        ConfigError
            If an alteration does not fit the settings; with the name of the variant.
        """
        by_id = {place.id: place for place in places}
        for alteration in self.alterations:
            try:
                config = alteration.applied(config, by_id)
            except ConfigError as error:
                raise ConfigError.collected(
                    Fault(fault.what, self.name, fault.remedy) for fault in error.faults
                ) from None
        return config


def _text(alterations: Iterable[Alteration]) -> str:
    return ", ".join(alteration.text for alteration in alterations)


def read_variants(texts: Sequence[str]) -> tuple[Variant, ...]:
    """Read variants as they are typed.

    Raises
    ------
    ConfigError
        With every text that cannot be read, and every name that is given twice.
    """
    found: list[Variant] = []
    faults: list[Fault] = []
    for text in texts:
        try:
            variant = read_variant(text)
        except ConfigError as error:
            faults += error.faults
            continue
        if any(variant.name == other.name for other in found):
            faults.append(
                Fault(
                    _("There are two variants “{name}”").format(name=variant.name),
                    remedy=_("Give one of them another name, as in “Long week: +Fr”"),
                )
            )
        found.append(variant)
    if faults:
        raise ConfigError.collected(faults)
    return tuple(found)


def read_variant(text: str) -> Variant:
    """Read a variant as it is typed; without a name it is called by its changes.

    Raises
    ------
    ConfigError
        If the text is none.
    """
    match = _NAME.fullmatch(text)
    name, changes = (match["name"].strip(), match["changes"]) if match else ("", text)
    if match and not name:
        raise ConfigError(
            _("“{variant}” has an empty name").format(variant=text),
            remedy=_("Write a name before the colon, or leave the colon out"),
        )
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise ConfigError(
            _("“{name}” is no name of a variant").format(name=name),
            remedy=_("Use {number} letters at most, on one line").format(number=LONGEST_NAME),
        )
    alterations = tuple(_alterations(" ".join(changes.split()), text))
    return Variant(name or _text(alterations), alterations)


def _alterations(changes: str, text: str) -> Iterable[Alteration]:
    rest = changes
    while True:
        point = _POINT.match(rest)
        if point:
            yield _point(point)
            is_last, rest = not point[0].endswith(","), rest[point.end() :].strip()
        else:
            change, comma, rest = (part.strip() for part in rest.partition(","))
            yield _alteration(change, text)
            is_last = not comma
        if is_last:
            return


def _point(match: re.Match[str]) -> DepotAt:
    lat, lon = (float(match[name].replace(",", ".")) for name in ("lat", "lon"))
    try:
        # Wherever German is spoken, the latitude is the greater of the two.
        if 0 < lat < lon < 90:
            raise ValueError(f"lat must be greater than lon, got {lat} and {lon}")
        return DepotAt(lat, lon)
    except ValueError:
        raise ConfigError(
            _("“{change}” is not a point in Germany").format(
                change=match[0].removesuffix(",").strip()
            ),
            remedy=_("Write latitude and longitude in degrees, as in “depot 51.6591 9.6355”"),
        ) from None


def _alteration(change: str, text: str) -> Alteration:
    if match := _PLACE.fullmatch(change):
        return DepotAtPlace(match["place"].lower())
    if match := _BUSES.fullmatch(change):
        return MoreBuses(_weekday(match["day"]))
    if match := _MOVE.fullmatch(change):
        return Move(_chosen(match), _day(match["to"]), _hours(match))
    if match := _ADDITION.fullmatch(change):
        return Addition(_day(match["day"]), match["bus"] or "", _hours(match))
    if match := _REMOVAL.fullmatch(change):
        return Removal(_chosen(match))
    if (match := _NEW_HOURS.fullmatch(change)) and (hours := _hours(match)):
        return NewHours(_chosen(match), hours)
    raise ConfigError(
        _("“{change}” is not a change").format(change=change)
        if change
        else _("“{variant}” lacks a change").format(variant=text),
        remedy=_(
            "Write changes such as “depot PLACE”, “Mo -> Di”, “Mi 13:00-18:00”, “+Fr 14:00-19:00”, "
            "“-Do”, “+bus Mi”, with commas between them; a name stands before a colon and a space"
        ),
    )


def _day(text: str) -> int:
    weekday = weekday_of(text)
    if weekday is None:
        raise ConfigError(
            _("“{day}” is not a weekday").format(day=text),
            remedy=_("Write one of: {names}").format(names=", ".join(WEEKDAYS)),
        )
    return weekday


def _weekday(text: str | None) -> int | None:
    return None if text is None else _day(text)


def _chosen(match: re.Match[str]) -> Chosen:
    return Chosen(_weekday(match["day"]), match["bus"] or "")


def _hours(match: re.Match[str]) -> Hours | None:
    if match["start"] is None:
        return None
    start, end = (_seconds(match[name]) for name in ("start", "end"))
    if end <= start:
        raise ConfigError(
            _("“{change}” ends before it starts").format(change=match[0]),
            remedy=_("Correct start or end"),
        )
    return Hours(start, end)


def _seconds(time: str) -> int:
    hours, _colon, minutes = time.partition(":")
    return int(hours) * 3600 + int(minutes or 0) * 60
