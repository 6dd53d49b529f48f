"""The afternoons that repeat every week and the depots of the buses, as region.toml has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geodata.language import translator
from geodata.region import Region
from tours.calendar import WEEKDAYS
from tours.problem import Rest
from tours.tomlfile import TomlFile
from tours.tomltable import Table

_ = translator("tours")

# What [depot] is called where several are listed.
MAIN_DEPOT = "depot"
# Whoever starts from farther outside the district has mistyped the place.
FARTHEST_KM = 50
_WORD = re.compile(r"[\w.-]{1,20}")


@dataclass(frozen=True, slots=True)
class DepotSite:
    """A place where a bus starts and returns to.

    Attributes
    ----------
    id, name : str
    lon, lat : float
        Degrees, EPSG:4326.
    """

    id: str
    name: str
    lon: float
    lat: float

    @property
    def point(self) -> str:
        """Id of the point in the travel times; no place can be called so."""
        return f"#{self.id}"


@dataclass(frozen=True, slots=True)
class Afternoon:
    """A shift of one bus that repeats every week.

    Attributes
    ----------
    weekday : int
        0 is Monday.
    start_s, end_s : int
        Seconds after midnight; the bus leaves the depot and is back in between.
    bus : str
        Label of the bus; empty where there is one.
    rest : Rest or None
        The break that the crew needs.
    depots : tuple of str
        Ids of the depots that the bus can start from and returns to, one of them.
    """

    weekday: int
    start_s: int
    end_s: int
    bus: str = ""
    rest: Rest | None = None
    depots: tuple[str, ...] = (MAIN_DEPOT,)


def read_depots(reader: TomlFile, region: Region | None = None) -> tuple[DepotSite, ...]:
    """Read [depot] and every [[depots]], the main one first; faults are noted in the reader.

    Parameters
    ----------
    reader : TomlFile
    region : Region or None
        The district that they must lie in or near.
    """
    main = reader.table("depot")
    sites = [_site(main, MAIN_DEPOT, region)]
    for table in reader.tables("depots"):
        id_ = table.text("id")
        if id_ and not _WORD.fullmatch(id_):
            table.fault(
                "id",
                _("“{id}” is not an id").format(id=id_),
                _("Use letters, digits, “-”, “_” and “.”, 20 at most"),
            )
        elif id_ and id_ in [site.id for site in sites]:
            table.fault(
                "id",
                _("There are two depots “{id}”").format(id=id_),
                _("Give one of them another id; [depot] itself is called “depot”"),
            )
        sites.append(_site(table, id_, region))
    return tuple(sites)


def _site(table: Table, id_: str, region: Region | None) -> DepotSite:
    before = len(table.faults)
    site = DepotSite(
        id_, table.text("name"), table.number("lon", -180, 180), table.number("lat", -90, 90)
    )
    table.finish()
    if region is not None and len(table.faults) == before:
        _check_site(table, site, region)
    return site


def _check_site(table: Table, site: DepotSite, region: Region) -> None:
    away_km = (
        min(region.distance_m(ags, site.lon, site.lat) for ags in region.municipalities) // 1000
    )
    if away_km <= FARTHEST_KM:
        return
    if region.municipality_at(site.lat, site.lon) is not None:
        what, remedy = _("Longitude and latitude are swapped"), _("Swap lon and lat")
    else:
        what = _("The depot lies {km} km outside the district").format(km=away_km)
        remedy = _("Correct lon and lat: degrees east and degrees north, with a decimal point")
    table.fault("lon", what, remedy)


def read_afternoons(reader: TomlFile, depots: Iterable[str]) -> tuple[Afternoon, ...]:
    """Read every [[shifts]], in the order of the week; faults are noted in the reader.

    Parameters
    ----------
    reader : TomlFile
    depots : iterable of str
        Ids that exist.
    """
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
    known = tuple(depots)
    for table in tables:
        before = len(reader.faults)
        weekday = WEEKDAYS.index(table.choice("weekday", WEEKDAYS))
        start, end = table.time("start"), table.time("end")
        if len(reader.faults) == before and end <= start:
            table.fault("end", _("The afternoon ends before it starts"), _("Correct start or end"))
        rest = _rest(reader, table, start, end)
        used = _depots(table, known)
        labels = _buses(table)
        table.finish()
        if len(reader.faults) > before:
            continue
        same_day = [a for a in found if a.weekday == weekday]
        if any(a.bus in labels and a.start_s < end and start < a.end_s for a in same_day):
            table.fault(
                "start",
                _("On {day} two afternoons of the same bus overlap").format(day=WEEKDAYS[weekday]),
                _('Write buses = 2 in one of them, or name the buses, as in bus = "B"'),
            )
        found += [Afternoon(weekday, start, end, bus, rest, used) for bus in labels]
    # Bus 2 comes before bus 10.
    return tuple(sorted(found, key=lambda a: (a.weekday, a.start_s, len(a.bus), a.bus)))


def _rest(reader: TomlFile, table: Table, start: int, end: int) -> Rest | None:
    if not table.has("break_minutes") and not table.has("break_between"):
        return None
    before = len(reader.faults)
    length = table.whole("break_minutes", 5, 180) * 60
    earliest, latest = table.times("break_between")
    if len(reader.faults) > before:
        return None
    if not start <= earliest <= latest or latest + length > end:
        table.fault(
            "break_between",
            _("The break does not lie within the afternoon"),
            _('Write between which times it begins, as in ["16:00", "18:00"]'),
        )
        return None
    return Rest(earliest, latest, length)


def _depots(table: Table, known: Sequence[str]) -> tuple[str, ...]:
    named = table.texts("depots")
    unknown = [name for name in named if name not in known]
    if unknown:
        table.fault(
            "depots",
            _("There is no depot {ids}").format(ids=", ".join(unknown)),
            _("Known are: {names}; add a [[depots]] with id, name, lon and lat").format(
                names=", ".join(known)
            ),
        )
    return tuple(dict.fromkeys(named)) or (MAIN_DEPOT,)


def _buses(table: Table) -> tuple[str, ...]:
    """Return the labels of the buses that drive in an afternoon; none is needed for one bus."""
    number = table.whole("buses", 1, 20, 1)
    if not table.has("bus"):
        return tuple(str(bus) for bus in range(1, number + 1)) if number > 1 else ("",)
    label = table.text("bus")
    if label and not _WORD.fullmatch(label):
        table.fault(
            "bus",
            _("“{bus}” is not a label of a bus").format(bus=label),
            _("Use letters, digits, “-”, “_” and “.”, 20 at most"),
        )
    if number > 1:
        table.fault(
            "bus",
            _("“bus” names one bus, and there are {number}").format(number=number),
            _("Remove “bus” or “buses”"),
        )
    return (label,)
