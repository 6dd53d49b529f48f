"""What the team asks of one plan beyond region.toml, as it is typed on the command line."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from geodata.daytext import DAY, read_day
from geodata.language import translator
from tours.calendar import WEEKDAYS, weekday_of
from tours.errors import ConfigError
from tours.plan import Asked, Plan
from tours.schedule import clock

_ = translator("tours")

_PIN = re.compile(
    r"(?P<place>[^@]+)(?:@(?P<day>[A-Za-z]{2,10})(?: (?P<time>([01]?\d|2[0-3]):[0-5]\d))?)?"
)
_OUTAGE = re.compile(rf"(?P<day>[A-Za-z]{{2,10}}|{DAY})(?:/(?P<bus>\S+))?(?: +(?P<reason>.+))?")


@dataclass(frozen=True, slots=True)
class Pin:
    """A place that the team wants in each week.

    Attributes
    ----------
    place : str
    weekday : int or None
        0 is Monday; None for any.
    start_s : int or None
        Published start, seconds after midnight; None for any.
    """

    place: str
    weekday: int | None = None
    start_s: int | None = None

    @property
    def name(self) -> str:
        """What the rule is called."""
        return _("pin {what}").format(what=self.text.replace("@", " "))

    @property
    def text(self) -> str:
        """As it is typed."""
        time = f" {clock(self.start_s)}" if self.start_s is not None else ""
        return _on_day(self.place, self.weekday) + time

    def fits(self, day: dt.date, start_s: int) -> bool:
        """Tell whether a start is one that the pin allows."""
        return self.weekday in (None, day.weekday()) and self.start_s in (None, start_s)


@dataclass(frozen=True, slots=True)
class Ban:
    """A place that is left out.

    Attributes
    ----------
    place : str
    weekday : int or None
        0 is Monday; None for all days.
    """

    place: str
    weekday: int | None = None

    @property
    def text(self) -> str:
        """As it is typed."""
        return _on_day(self.place, self.weekday)

    def forbids(self, place: str, day: dt.date) -> bool:
        """Tell whether a place is not to be visited on a day."""
        return place == self.place and self.weekday in (None, day.weekday())


@dataclass(frozen=True, slots=True)
class Lineup:
    """Places in the order that a tour keeps if it visits several of them.

    Attributes
    ----------
    places : tuple of str
    weekday : int or None
        0 is Monday; None for all days.
    """

    places: tuple[str, ...]
    weekday: int | None = None

    @property
    def name(self) -> str:
        """What the rule is called."""
        day = f" {WEEKDAYS[self.weekday]}" if self.weekday is not None else ""
        return _("order {what}").format(what=", ".join(self.places) + day)

    @property
    def text(self) -> str:
        """As it is typed."""
        return _on_day(",".join(self.places), self.weekday)


@dataclass(frozen=True, slots=True)
class Outage:
    """An afternoon that is not driven, as when somebody is ill.

    Attributes
    ----------
    weekday : int or None
        0 is Monday; None if the date is given.
    date : date or None
    bus : str
        Label of the bus that stays; empty for all of them.
    reason : str
        What the team says; empty if it says nothing.
    """

    weekday: int | None = None
    date: dt.date | None = None
    bus: str = ""
    reason: str = ""

    @property
    def text(self) -> str:
        """As it is typed."""
        day = self.date.isoformat() if self.date else WEEKDAYS[self.weekday or 0]
        bus = f"/{self.bus}" if self.bus else ""
        return f"{day}{bus} {self.reason}".rstrip()

    def stops(self, day: dt.date, bus: str) -> bool:
        """Tell whether a bus stays at the depot on a day."""
        is_day = day == self.date if self.date is not None else day.weekday() == self.weekday
        return is_day and self.bus in ("", bus)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the team asks of one plan beyond region.toml.

    Attributes
    ----------
    pins : tuple of Pin
    bans : tuple of Ban
    lineups : tuple of Lineup
    outages : tuple of Outage
    forced : tuple of str
        Places that are in each week, whenever it suits.
    """

    pins: tuple[Pin, ...] = ()
    bans: tuple[Ban, ...] = ()
    lineups: tuple[Lineup, ...] = ()
    outages: tuple[Outage, ...] = ()
    forced: tuple[str, ...] = ()

    def is_banned(self, place: str, day: dt.date) -> bool:
        """Tell whether a place is not to be visited on a day."""
        return any(ban.forbids(place, day) for ban in self.bans)

    @property
    def asked(self) -> Asked:
        """As a plan stores it."""
        return Asked(
            pins=tuple(pin.text for pin in self.pins),
            bans=tuple(ban.text for ban in self.bans),
            forced=self.forced,
            orders=tuple(lineup.text for lineup in self.lineups),
            cancelled=tuple(outage.text for outage in self.outages),
        )


def _on_day(what: str, weekday: int | None) -> str:
    return what if weekday is None else f"{what}@{WEEKDAYS[weekday]}"


def read_pin(text: str) -> Pin:
    """Read a pin as it is typed: ``place``, ``place@Mi`` or ``place@Mi 15:30``.

    Raises
    ------
    ConfigError
        If the text is none.
    """
    match = _PIN.fullmatch(text.strip())
    day = weekday_of(match["day"]) if match and match["day"] else None
    if match is None or (match["day"] and day is None):
        raise ConfigError(
            _("“{pin}” is not a pin").format(pin=text),
            remedy=_(
                "Write PLACE, PLACE@Mi or “PLACE@Mi 15:30”, days Mo Di Mi Do Fr Sa So "
                "or Mon Tue Wed"
            ),
        )
    start = None
    if match["time"]:
        hours, minutes = map(int, match["time"].split(":"))
        start = hours * 3600 + minutes * 60
    return Pin(match["place"].strip(), day, start)


def read_ban(text: str) -> Ban:
    """Read a ban as it is typed: ``place`` or ``place@Mi``.

    Raises
    ------
    ConfigError
        If the text is none.
    """
    place, at, day = text.strip().partition("@")
    weekday = weekday_of(day) if at else None
    if not place.strip() or (at and weekday is None):
        raise ConfigError(
            _("“{ban}” does not say what to leave out").format(ban=text),
            remedy=_("Write PLACE or PLACE@Mi, days Mo Di Mi Do Fr Sa So or Mon Tue Wed"),
        )
    return Ban(place.strip(), weekday)


def read_lineup(text: str) -> Lineup:
    """Read an order of places as it is typed: ``a,b,c`` or ``a,b,c@Mi``.

    Raises
    ------
    ConfigError
        If the text is none.
    """
    names, at, day = text.strip().partition("@")
    weekday = weekday_of(day) if at else None
    places = tuple(name.strip() for name in names.split(","))
    if (
        (at and weekday is None)
        or len(places) < 2
        or not all(places)
        or len(set(places)) < len(places)
    ):
        raise ConfigError(
            _("“{order}” is not an order of places").format(order=text),
            remedy=_("Write two or more different places, as in A,B,C or A,B,C@Mi"),
        )
    return Lineup(places, weekday)


def read_outage(text: str, since: dt.date | None = None) -> Outage:
    """Read a cancelled afternoon: ``Mi``, ``2026-11-25``, ``Mi/2``, each with a reason or not.

    Parameters
    ----------
    text : str
    since : date or None
        A day without a year, ``25.11.``, is the first one since; without it, it is none.

    Raises
    ------
    ConfigError
        If the text is none.
    """
    match = _OUTAGE.fullmatch(text.strip())
    weekday, date = weekday_of(match["day"]) if match else None, None
    if match and weekday is None:
        date = read_day(match["day"], since=since)
    if match is None or (weekday is None and date is None):
        raise ConfigError(
            _("“{day}” is not a day to cancel").format(day=text),
            remedy=_(
                "Write Mi, “Mi illness”, 25.11.2026 or 2026-11-25, days Mo Di Mi Do Fr Sa So or "
                "Mon Tue Wed"
            ),
        )
    return Outage(weekday, date, match["bus"] or "", match["reason"] or "")


def read_wishes(asked: Asked, since: dt.date | None = None) -> Wishes:
    """Read all that was typed for a plan.

    Parameters
    ----------
    asked : Asked
    since : date or None
        First day of the weeks that it is about, for days without a year.

    Raises
    ------
    ConfigError
        If a text cannot be read.
    """
    return Wishes(
        pins=tuple(map(read_pin, asked.pins)),
        bans=tuple(map(read_ban, asked.bans)),
        lineups=tuple(map(read_lineup, asked.orders)),
        outages=tuple(read_outage(text, since) for text in asked.cancelled),
        forced=tuple(place.strip() for place in asked.forced),
    )


def options_of(plan: Plan, *, besides: str) -> list[str]:
    """Return the options of ``tours plan`` that a plan was made with.

    Parameters
    ----------
    plan : Plan
    besides : str
        A place whose pins and bans are left out.
    """
    wishes, options = read_wishes(plan.wishes), list[str]()
    kinds = (
        ("--pin", [pin.text for pin in wishes.pins if pin.place != besides]),
        ("--ban", [ban.text for ban in wishes.bans if ban.place != besides]),
        ("--force", [place for place in wishes.forced if place != besides]),
        ("--order", [lineup.text for lineup in wishes.lineups]),
        ("--cancel", [outage.text for outage in wishes.outages]),
    )
    for option, texts in kinds:
        for text in texts:
            options += [option, text]
    return [*options, "--seed", str(plan.seed)] if plan.seed else options
