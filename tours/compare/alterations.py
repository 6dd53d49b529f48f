"""What a variant alters in the settings: depot, weekdays, hours, afternoons, buses.

Each alteration does what somebody would do who edits region.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from geodata.language import translator
from geodata.places import Place
from tours.afternoons import Afternoon
from tours.calendar import DAY_S, WEEKDAYS, typed_weekday
from tours.config import Config
from tours.errors import ConfigError
from tours.schedule import clock

_ = translator("tours")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Afternoons that an alteration is about.

    Attributes
    ----------
    weekday : int or None
        0 is Monday; None for all days.
    bus : str
        Label of the bus; empty for all of them.
    """

    weekday: int | None
    bus: str = ""

    def __post_init__(self) -> None:
        if self.weekday is not None and not 0 <= self.weekday < len(WEEKDAYS):
            raise ValueError(f"weekday must be from 0 to 6, got {self.weekday}")

    @property
    def text(self) -> str:
        """As it is typed in the current language; empty for all afternoons."""
        day = "" if self.weekday is None else typed_weekday(self.weekday)
        return f"{day}/{self.bus}" if self.bus else day

    def holds(self, afternoon: Afternoon) -> bool:
        """Tell whether an afternoon is one of them."""
        return self.weekday in (None, afternoon.weekday) and self.bus in ("", afternoon.bus)


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when an afternoon lasts, seconds after midnight.

    Attributes
    ----------
    start_s, end_s : int
    """

    start_s: int
    end_s: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_s < self.end_s <= DAY_S:
            raise ValueError(
                f"hours must satisfy 0 <= start_s < end_s <= {DAY_S}, "
                f"got {self.start_s} and {self.end_s}"
            )

    @property
    def text(self) -> str:
        """As it is typed."""
        return f"{clock(self.start_s)}-{clock(self.end_s)}"


@dataclass(frozen=True, slots=True)
class DepotAtPlace:
    """The main depot is at a meeting place.

    Attributes
    ----------
    place : str
        Its id.
    """

    place: str

    @property
    def text(self) -> str:
        """As it is typed."""
        return f"depot {self.place}"

    def applied(self, config: Config, places: Mapping[str, Place]) -> Config:
        """Return the settings with it."""
        place = places.get(self.place)
        if place is None:
            raise ConfigError(
                _("There is no place “{id}”").format(id=self.place),
                remedy=_(
                    "“tours places list” shows the ids; or write latitude and longitude, as in "
                    "“depot 51.6591 9.6355”"
                ),
            )
        return _with_depot(config, place.name, place.lat, place.lon)


@dataclass(frozen=True, slots=True)
class DepotAt:
    """The main depot is at a point.

    Attributes
    ----------
    lat, lon : float
        Degrees, EPSG:4326.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if abs(self.lat) > 90 or abs(self.lon) > 180:
            raise ValueError(f"lat and lon must be degrees, got {self.lat} and {self.lon}")

    @property
    def text(self) -> str:
        """As it is typed."""
        return f"depot {self.lat} {self.lon}"

    def applied(self, config: Config, _places: Mapping[str, Place]) -> Config:
        """Return the settings with it."""
        return _with_depot(config, f"{self.lat} {self.lon}", self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class Move:
    """Afternoons are driven on another weekday.

    Attributes
    ----------
    chosen : Chosen
    weekday : int
        0 is Monday.
    hours : Hours or None
        None to keep them.
    """

    chosen: Chosen
    weekday: int
    hours: Hours | None = None

    @property
    def text(self) -> str:
        """As it is typed."""
        hours = f" {self.hours.text}" if self.hours else ""
        return f"{self.chosen.text} -> {typed_weekday(self.weekday)}{hours}"

    def applied(self, config: Config, _places: Mapping[str, Place]) -> Config:
        """Return the settings with it."""
        found, others = _parted(config, self.chosen)
        moved = [replace(_at(a, self.hours), weekday=self.weekday) for a in found]
        return _with_afternoons(config, [*others, *moved])


@dataclass(frozen=True, slots=True)
class NewHours:
    """Afternoons last from when to when.

    Attributes
    ----------
    chosen : Chosen
    hours : Hours
    """

    chosen: Chosen
    hours: Hours

    @property
    def text(self) -> str:
        """As it is typed."""
        return f"{self.chosen.text} {self.hours.text}".strip()

    def applied(self, config: Config, _places: Mapping[str, Place]) -> Config:
        """Return the settings with it."""
        found, others = _parted(config, self.chosen)
        return _with_afternoons(config, [*others, *(_at(a, self.hours) for a in found)])


@dataclass(frozen=True, slots=True)
class Addition:
    """There is a further afternoon, from the main depot and without a break.

    Attributes
    ----------
    weekday : int
        0 is Monday.
    bus : str
        Label of the bus; empty where there is one.
    hours : Hours or None
        None for those that all other afternoons have.
    """

    weekday: int
    bus: str = ""
    hours: Hours | None = None

    @property
    def text(self) -> str:
        """As it is typed."""
        hours = f" {self.hours.text}" if self.hours else ""
        return f"+{Chosen(self.weekday, self.bus).text}{hours}"

    def applied(self, config: Config, _places: Mapping[str, Place]) -> Config:
        """Return the settings with it."""
        hours = self.hours
        if hours is None:
            spans = {(a.start_s, a.end_s) for a in config.afternoons}
            if len(spans) > 1:
                raise ConfigError(
                    _("“{change}” does not say from when to when").format(change=self.text),
                    remedy=_("Write the hours, as in “+Fr 14:00-19:00”"),
                )
            hours = Hours(*spans.pop())
        more = Afternoon(self.weekday, hours.start_s, hours.end_s, self.bus)
        return _with_afternoons(config, [*config.afternoons, more])


@dataclass(frozen=True, slots=True)
class Removal:
    """Afternoons are not driven any more.

    Attributes
    ----------
    chosen : Chosen
    """

    chosen: Chosen

    @property
    def text(self) -> str:
        """As it is typed."""
        return f"-{self.chosen.text}"

    def applied(self, config: Config, _places: Mapping[str, Place]) -> Config:
        """Return the settings with it."""
        _found, others = _parted(config, self.chosen)
        if not others:
            raise ConfigError(
                _("No afternoon is left"),
                remedy=_("Leave one, or add one, as in “+Fr 14:00-19:00”"),
            )
        return _with_afternoons(config, others)


@dataclass(frozen=True, slots=True)
class MoreBuses:
    """One bus more drives, as the first one of the day does.

    Attributes
    ----------
    weekday : int or None
        0 is Monday; None for every day with an afternoon.
    """

    weekday: int | None = None

    @property
    def text(self) -> str:
        """As it is typed."""
        return f"+bus {Chosen(self.weekday).text}".strip()

    def applied(self, config: Config, _places: Mapping[str, Place]) -> Config:
        """Return the settings with it."""
        found, afternoons = _parted(config, Chosen(self.weekday))
        for day in sorted({afternoon.weekday for afternoon in found}):
            today = [afternoon for afternoon in found if afternoon.weekday == day]
            labels = sorted({afternoon.bus for afternoon in today})
            if labels == [""]:
                # Where one bus needs no label, two of them are 1 and 2, as with buses = 2.
                today = [replace(afternoon, bus="1") for afternoon in today]
                labels = ["1"]
            new = next(str(n) for n in range(1, len(labels) + 2) if str(n) not in labels)
            first = [replace(a, bus=new) for a in today if a.bus == labels[0]]
            afternoons += [*today, *first]
        return _with_afternoons(config, afternoons)


Alteration = DepotAtPlace | DepotAt | Move | NewHours | Addition | Removal | MoreBuses


def _with_depot(config: Config, name: str, lat: float, lon: float) -> Config:
    main, *others = config.depots
    return replace(config, depots=(replace(main, name=name, lat=lat, lon=lon), *others))


def _at(afternoon: Afternoon, hours: Hours | None) -> Afternoon:
    if hours is None:
        return afternoon
    rest = afternoon.rest
    if (
        rest
        and not hours.start_s <= rest.earliest_s <= rest.latest_s <= hours.end_s - rest.length_s
    ):
        raise ConfigError(
            _("The break does not lie within the afternoon"),
            remedy=_("Choose hours from {start} or before to {end} or after").format(
                start=clock(rest.earliest_s), end=clock(rest.latest_s + rest.length_s)
            ),
        )
    return replace(afternoon, start_s=hours.start_s, end_s=hours.end_s)


def _parted(config: Config, chosen: Chosen) -> tuple[list[Afternoon], list[Afternoon]]:
    """Return the afternoons that are chosen, one at least, and the others."""
    found = [afternoon for afternoon in config.afternoons if chosen.holds(afternoon)]
    if not found:
        raise ConfigError(
            _("There is no afternoon “{day}”").format(day=chosen.text),
            remedy=_("There are: {afternoons}").format(afternoons=_names(config.afternoons)),
        )
    return found, [afternoon for afternoon in config.afternoons if not chosen.holds(afternoon)]


def _names(afternoons: Iterable[Afternoon]) -> str:
    return ", ".join(
        f"{Chosen(a.weekday, a.bus).text} {Hours(a.start_s, a.end_s).text}" for a in afternoons
    )


def _with_afternoons(config: Config, afternoons: Iterable[Afternoon]) -> Config:
    ordered = tuple(sorted(afternoons, key=lambda a: (a.weekday, a.start_s, a.bus)))
    for position, one in enumerate(ordered):
        for other in ordered[position + 1 :]:
            if (one.weekday, one.bus) == (other.weekday, other.bus) and other.start_s < one.end_s:
                day = typed_weekday(one.weekday)
                raise ConfigError(
                    _("On {day} two afternoons of the same bus overlap").format(day=day),
                    remedy=_("A second bus is written as in “+bus {day}”").format(day=day),
                )
    return replace(config, afternoons=ordered)
