"""A district: its municipalities with people and boundaries, its stops, its credits."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely.geometry import MultiPolygon, Polygon

from geodata.crs import LONLAT, to_metres
from geodata.errors import RegionError
from geodata.filefault import reason_of
from geodata.language import translator

_ = translator("geodata")

BUILT_IN = ("northeim", "peine", "dueren", "nienburg")
# Where the open last age band is taken to end.
OLDEST = 100
_DAMAGE = (
    *(OSError, AttributeError, KeyError, TypeError, ValueError, OverflowError, RuntimeError),
    shapely.errors.ShapelyError,
)
FILES = ("municipalities.geojson", "stops.csv", "youth.csv", "ATTRIBUTION.md")


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality (Gemeinde).

    Attributes
    ----------
    ags : str
        Official key, 8 digits.
    name : str
    population : int
        Persons, all ages.
    lon, lat : float
        A point inside, degrees, EPSG:4326.
    boundary : Polygon or MultiPolygon
        Degrees, EPSG:4326.
    """

    ags: str
    name: str
    population: int
    lon: float
    lat: float
    boundary: Polygon | MultiPolygon


@dataclass(frozen=True, slots=True)
class Area:
    """A focus area (Einsatzgebiet) or funding area (Fördergebiet): municipalities, for a time.

    Attributes
    ----------
    name : str
    kind : str
        ``focus`` or ``funding``.
    municipalities : frozenset of str
        Keys of the municipalities that belong to it.
    at_least : int
        Visits a week that the service owes the area.
    at_least_s : int
        Time on site a week that the service owes the area, seconds.
    valid_from, valid_until : date or None
        First and last day; None is open.
    """

    name: str
    kind: str
    municipalities: frozenset[str]
    at_least: int = 1
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    at_least_s: int = 0

    def is_valid(self, day: dt.date) -> bool:
        """Tell whether the area exists on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class BusStop:
    """A stop of public transport: where people of the district gather and roads lead.

    Attributes
    ----------
    id, name, ags : str
    lon, lat : float
        Degrees, EPSG:4326.
    is_rail : bool
    """

    id: str
    name: str
    ags: str
    lon: float
    lat: float
    is_rail: bool


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Persons of the district in an age band.

    Attributes
    ----------
    age_from : int
        First age of the band, years.
    age_to : int or None
        First age beyond the band; None for the open last band.
    persons : int
    """

    age_from: int
    age_to: int | None
    persons: int


@dataclass(frozen=True)
class Region:
    """A district as the program knows it.

    Attributes
    ----------
    municipalities : Mapping of str to Municipality
        By key, in the order of the keys.
    stops : tuple of BusStop
    age_bands : tuple of AgeBand
        Empty where they are not known.
    attribution : str
        The credit line to print beside anything drawn from these data.
    """

    municipalities: Mapping[str, Municipality]
    stops: tuple[BusStop, ...]
    age_bands: tuple[AgeBand, ...]
    attribution: str

    def __post_init__(self) -> None:
        if not self.municipalities:
            raise ValueError("municipalities must hold at least one, got 0")

    @cached_property
    def boundary(self) -> Polygon | MultiPolygon:
        """The district: the union of its municipalities, degrees, EPSG:4326."""
        union = shapely.union_all([m.boundary for m in self.municipalities.values()])
        if not isinstance(union, Polygon | MultiPolygon):
            raise ValueError(f"the municipalities must form an area, got a {union.geom_type}")
        return union

    @cached_property
    def _metres(self) -> dict[str, Polygon | MultiPolygon]:
        return {
            ags: shapely.transform(m.boundary, lambda points: to_metres(points[:, 0], points[:, 1]))
            for ags, m in self.municipalities.items()
        }

    def youth_share(self, ages: tuple[int, int]) -> float | None:
        """Share of an age range in the district's population, both ages included.

        Persons are spread evenly inside a published band, so the share is an estimate. None
        where the age bands of the district are not known.
        """
        if not self.age_bands:
            return None
        first, beyond = ages[0], ages[1] + 1
        young = 0.0
        for band in self.age_bands:
            end = band.age_to if band.age_to is not None else OLDEST
            overlap = min(end, beyond) - max(band.age_from, first)
            if overlap > 0:
                young += band.persons * overlap / (end - band.age_from)
        return young / sum(band.persons for band in self.age_bands)

    def estimated_youth(self, ags: str, ages: tuple[int, int]) -> int | None:
        """Estimate of the persons of an age range in a municipality.

        Its population times the district's share of that age range: youth per municipality
        is not published, so this must be called an estimate wherever it is shown. None where
        population or age bands are not known.
        """
        share, people = self.youth_share(ages), self.municipalities[ags].population
        return None if share is None or not people else round(people * share)

    def municipality_at(self, lon: float, lat: float) -> str | None:
        """Return the key of the municipality around a point, or None outside the district.

        Parameters
        ----------
        lon, lat : float
            Degrees, EPSG:4326.
        """
        point = shapely.Point(lon, lat)
        for ags, municipality in self.municipalities.items():
            if municipality.boundary.covers(point):
                return ags
        return None

    def distance_m(self, ags: str, lon: float, lat: float) -> int:
        """Distance of a point from a municipality in metres; 0 inside."""
        return round(self._metres[ags].distance(shapely.Point(to_metres(lon, lat)[0])))


def built_in_folder(name: str) -> Path:
    """Return the folder of a built-in region.

    Raises
    ------
    RegionError
        If there is no built-in region of that name.
    """
    if name not in BUILT_IN:
        raise RegionError(
            _("There is no built-in region “{name}”").format(name=name),
            remedy=_("Choose one of: {names}").format(names=", ".join(BUILT_IN)),
        )
    return Path(__file__).parent / "regions" / name


def load_region(folder: Path) -> Region:
    """Read a district from its folder.

    Parameters
    ----------
    folder : Path
        Holds the files named in `FILES`.

    Raises
    ------
    RegionError
        If a file is missing or cannot be read.
    """
    for name in FILES:
        if not (folder / name).is_file():
            raise RegionError(
                _("The district's file is missing"),
                where=str(folder / name),
                remedy=_("Make the workspace anew with “tours init” in an empty folder"),
            )
    municipalities = _read_municipalities(folder / "municipalities.geojson")
    return Region(
        municipalities=municipalities,
        stops=_read_stops(folder / "stops.csv", municipalities),
        age_bands=_read_age_bands(folder / "youth.csv"),
        attribution=_read_credit(folder / "ATTRIBUTION.md"),
    )


def _unreadable(path: Path, error: Exception) -> RegionError:
    return RegionError(
        _("The district's file cannot be read ({reason})").format(reason=reason_of(error)),
        where=str(path),
        remedy=_("Make the workspace anew with “tours init” in an empty folder"),
    )


def _read_municipalities(path: Path) -> dict[str, Municipality]:
    try:
        body = json.loads(path.read_bytes())
        rows = sorted(_features(body) or _projected(path), key=lambda row: str(row["ags"]))
        if not rows or len({row["ags"] for row in rows}) < len(rows):
            raise ValueError("ags")
        outlines = [row["geometry"] for row in rows]
        if not all(isinstance(one, Polygon | MultiPolygon) and one.area for one in outlines):
            raise ValueError("geometry")
        points = [(float(row["lon"]), float(row["lat"])) for row in rows]
        if not _is_on_earth([*shapely.get_coordinates(outlines), *points]):
            raise ValueError("coordinates")
        if not all(shapely.is_valid(outlines)):
            raise ValueError(_("a boundary crosses itself"))
        if any(int(row["population"]) < 0 for row in rows):
            raise ValueError("population")
        return {
            str(row["ags"]): Municipality(
                ags=str(row["ags"]),
                name=str(row["name"]),
                population=int(row["population"]),
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                boundary=row["geometry"],
            )
            for row in rows
        }
    except _DAMAGE as error:
        raise _unreadable(path, error) from error


def _is_on_earth(positions: ArrayLike) -> bool:
    """Tell whether all pairs of numbers are degrees of longitude and latitude."""
    pairs = np.asarray(positions, dtype=np.float64).reshape(-1, 2)
    # Not so for what is no number, either.
    return bool((np.abs(pairs) <= (180, 90)).all())


def _features(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of GeoJSON in degrees; none where it says that it is in other units."""
    crs = body.get("crs")
    if crs is not None and not str(crs["properties"]["name"]).endswith(("CRS84", "EPSG::4326")):
        return []
    return [
        feature["properties"] | {"geometry": shapely.geometry.shape(feature["geometry"])}
        for feature in body["features"]
    ]


def _projected(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file that a program for maps saved in other units."""
    # Not at the top: every command reads a district, and hardly one needs this.
    import geopandas as gpd

    rows = gpd.read_file(path, engine="pyogrio").to_crs(LONLAT).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _read_stops(path: Path, known: Container[str]) -> tuple[BusStop, ...]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            stops = tuple(
                BusStop(
                    id=row["stop_id"],
                    name=row["name"],
                    ags=row["ags"],
                    lon=float(row["lon"]),
                    lat=float(row["lat"]),
                    is_rail=row["rail"] == "1",
                )
                for row in csv.DictReader(file)
            )
        if not _is_on_earth([(stop.lon, stop.lat) for stop in stops]):
            raise ValueError("lon, lat")
        if strange := [stop.ags for stop in stops if stop.ags not in known]:
            raise ValueError(f"ags {strange[0]}")
        return stops
    except (*_DAMAGE, csv.Error) as error:
        raise _unreadable(path, error) from error


def _read_age_bands(path: Path) -> tuple[AgeBand, ...]:
    """Return the age bands; none where every cell of column persons is empty: not known."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if rows and all(row["persons"] == "" for row in rows):
            return ()
        bands = tuple(
            AgeBand(
                age_from=int(row["age_from"]),
                age_to=int(row["age_to"]) if row["age_to"] else None,
                persons=int(row["persons"]),
            )
            for row in rows
        )
        persons = [band.persons for band in bands]
        if not sum(persons) or min(persons) < 0:
            raise ValueError("persons")
        if any((OLDEST if band.age_to is None else band.age_to) <= band.age_from for band in bands):
            raise ValueError("age_to")
        return bands
    except (*_DAMAGE, csv.Error) as error:
        raise _unreadable(path, error) from error


def _read_credit(path: Path) -> str:
    """Return the text of the first quoted line: the short credit for maps and sheets."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from error
    for line in lines:
        if line.startswith("> "):
            return line.removeprefix("> ").strip()
    raise _unreadable(path, ValueError(_("no line begins with “> ”")))
