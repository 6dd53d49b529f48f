"""Meeting places: read, check and write places.csv."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from opening_hours import validate as is_opening_hours

from geodata.cells import Row
from geodata.csvfile import csv_rows, plain_breaks, reading
from geodata.errors import Fault, PlacesError
from geodata.language import translator
from geodata.placewords import COLUMN_WORDS, KIND_WORDS, STATUS_WORDS, meaning_of, place_columns
from geodata.region import Region

_ = translator("geodata")

KINDS = (
    "station",
    "bus_stop",
    "school",
    "youth_centre",
    "sports",
    "skate_park",
    "pool",
    "park",
    "square",
    "shop",
    "office",
    "other",
)
STATUSES = ("active", "resting", "retired")
COLUMNS = (
    "id",
    "name",
    "kind",
    "lon",
    "lat",
    "ags",
    "hours",
    "min_dwell",
    "max_dwell",
    "per_week",
    "public",
    "status",
    "start_weight",
    "assumed",
    "note",
)
REQUIRED = ("id", "name", "kind", "lon", "lat")
# A point this far outside its municipality is taken for a rough boundary, not for a mistake.
BOUNDARY_TOLERANCE_M = 100
_ENGLISH_DAYS = {"Di": "Tu", "Mi": "We", "Do": "Th", "So": "Su"}
_GERMAN_DAY = re.compile(r"\b(?:Di|Mi|Do|So)\b")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A meeting place on the ground.

    Attributes
    ----------
    id, name : str
    kind : str
        One of `KINDS`.
    lon, lat : float
        Degrees, EPSG:4326.
    ags : str
        Key of the municipality.
    hours : str
        When young people are there, in the opening_hours syntax of OpenStreetMap; empty
        for always.
    min_dwell_s, max_dwell_s : int
        Shortest and longest sensible halt, seconds.
    per_week : int
        Most visits in a week.
    is_public : bool
        Whether the place may stand on a public notice.
    status : str
        One of `STATUSES`.
    start_weight : float
        The team's own guess of how many more contacts than elsewhere are met here.
    assumed : frozenset of str
        Names of the columns whose values nobody on the ground has confirmed.
    note : str
    extra : Mapping of str to str
        Columns of the file that the program does not know, kept as they are.
    """

    id: str
    name: str
    kind: str
    lon: float
    lat: float
    ags: str
    hours: str = ""
    min_dwell_s: int = 30 * 60
    max_dwell_s: int = 90 * 60
    per_week: int = 1
    is_public: bool = True
    status: str = "active"
    start_weight: float = 1.0
    assumed: frozenset[str] = frozenset()
    note: str = ""
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {KINDS}, got {self.kind!r}")
        if self.status not in STATUSES:
            raise ValueError(f"status must be one of {STATUSES}, got {self.status!r}")
        if not 0 < self.min_dwell_s <= self.max_dwell_s:
            raise ValueError(
                "dwell must satisfy 0 < min_dwell_s <= max_dwell_s, "
                f"got {self.min_dwell_s} and {self.max_dwell_s}"
            )
        if self.start_weight < 0:
            raise ValueError(f"start_weight must be 0 or more, got {self.start_weight}")


def read_places(text: str, source: str, region: Region) -> tuple[Place, ...]:
    """Read the meeting places of a district from the text of a CSV file.

    Comma or semicolon, decimal point or comma, with or without a byte order mark; unknown
    columns are kept. Columns, kinds and statuses may have the German names that
    `geodata.placewords` knows.

    Parameters
    ----------
    text : str
    source : str
        Name of the file, for the messages.
    region : Region
        The district that the places must lie in.

    Raises
    ------
    PlacesError
        With every fault of the file, each with line, column and remedy.
    """
    faults: list[Fault] = []
    places: list[Place] = []
    first_lines: dict[str, int] = {}
    for row in csv_rows(text, source, REQUIRED, faults, named=place_columns):
        before = len(faults)
        place = read_place(row, region)
        if place.id and place.id in first_lines:
            row.fault(
                "id",
                _("“{id}” is already the id of line {line}").format(
                    id=place.id, line=first_lines[place.id]
                ),
                _("Give one of the two another id"),
            )
        first_lines.setdefault(place.id, row.line)
        if len(faults) == before:
            places.append(place)
    if faults:
        raise PlacesError.collected(faults)
    if not places:
        raise PlacesError(
            _("The file holds no meeting place"),
            where=source,
            remedy=_("Add a line per place, or take a new list from “tours init”"),
        )
    return tuple(places)


def read_id(row: Row) -> str:
    """Return the cell of column id, checked; faults are noted in the row."""
    id_ = row.required("id")
    if id_ and not _ID.fullmatch(id_):
        row.fault(
            "id",
            _("“{id}” is not an id").format(id=id_),
            _("Use small letters a to z, digits, “-” and “_”, 64 at most"),
        )
    return id_


def read_place(row: Row, region: Region) -> Place:
    """Return the place of a line; faults are noted in the row."""
    id_ = read_id(row)
    lon, lat, ags = read_position(row, region)
    # Of two defaults, each gives way to the other's cell.
    longest = row.whole("max_dwell", 0, 5, 480)
    min_dwell = row.whole("min_dwell", min(30, longest or 30), 5, 480)
    max_dwell = longest or max(90, min_dwell)
    if min_dwell > max_dwell:
        row.fault(
            "min_dwell",
            _("The shortest halt is longer than the longest"),
            _("Swap min_dwell and max_dwell, or correct one of them"),
        )
        min_dwell = max_dwell
    return Place(
        id=id_,
        name=row.required("name"),
        kind=row.named("kind", KIND_WORDS, ""),
        lon=lon,
        lat=lat,
        ags=ags,
        hours=_hours(row),
        min_dwell_s=min_dwell * 60,
        max_dwell_s=max_dwell * 60,
        per_week=row.whole("per_week", 1, 1, 7),
        is_public=row.truth("public", True),
        status=row.named("status", STATUS_WORDS, "active"),
        start_weight=row.number("start_weight", 1.0, 0, 20),
        assumed=_assumed(row),
        note=row.text("note"),
        extra=MappingProxyType(row.beyond(COLUMNS)),
    )


def _hours(row: Row) -> str:
    value = row.text("hours")
    if value and not is_opening_hours(value):
        remedy = _("Write them as in “Mo-Fr 13:00-19:00; SH 12:00-18:00; PH off”")
        # German weekdays alone are an easy mistake: it can be said how they are written.
        english = _GERMAN_DAY.sub(lambda match: _ENGLISH_DAYS[match[0]], value)
        if english != value and is_opening_hours(english):
            remedy = _("Write the days as in English: “{hours}”").format(hours=english)
        row.fault(
            "hours", _("“{value}” cannot be read as opening hours").format(value=value), remedy
        )
        return ""
    return value


def _assumed(row: Row) -> frozenset[str]:
    """Read the names of columns; blanks, commas or semicolons stand between them."""
    typed = [name for name in re.split(r"[\s,;]+", row.text("assumed")) if name]
    names = [meaning_of(name, COLUMN_WORDS) for name in typed]
    columns = [name for name in COLUMNS if name not in ("id", "assumed")]
    unknown = [name for name in dict.fromkeys(names) if name not in columns]
    if unknown:
        row.fault(
            "assumed",
            _("There is no column {names}").format(names=", ".join(unknown)),
            _("Write names of columns, with blanks between them: {names}").format(
                names=" ".join(columns)
            ),
        )
    return frozenset(names)


def read_position(row: Row, region: Region) -> tuple[float, float, str]:
    """Read lon, lat and ags, each checked against the district; faults are noted in the row.

    Parameters
    ----------
    row : Row
    region : Region

    Returns
    -------
    tuple of (float, float, str)
        Degrees, EPSG:4326, and the key of the municipality.
    """
    has_both = "" not in (row.required("lon"), row.required("lat"))
    before = len(row.faults)
    lon = row.number("lon", 0.0, -180, 180)
    lat = row.number("lat", 0.0, -90, 90)
    ags = row.text("ags")
    if ags.isdecimal():
        ags = ags.zfill(8)  # spreadsheets take the leading zero for nothing
    if not has_both or len(row.faults) > before:
        return lon, lat, ags
    found = region.municipality_at(lon, lat)
    if found is None and region.municipality_at(lat, lon) is not None:
        row.fault("lon", _("Longitude and latitude are swapped"), _("Swap lon and lat"))
    elif ags and ags not in region.municipalities:
        row.fault(
            "ags",
            _("There is no municipality {ags} in this district").format(ags=ags),
            _("Leave the cell empty: the position tells the municipality"),
        )
    elif ags and (away := region.distance_m(ags, lon, lat)) > BOUNDARY_TOLERANCE_M:
        row.fault(
            "lon",
            _("The point lies {metres} m outside {name}").format(
                metres=away, name=region.municipalities[ags].name
            ),
            _("Correct the position, or the municipality key in column ags"),
        )
    elif not ags and found is None:
        row.fault(
            "lon",
            _("The point lies outside the district"),
            _("Correct the position"),
        )
    return lon, lat, ags or found or ""


def load_places(path: Path, region: Region) -> tuple[Place, ...]:
    """Read places.csv; see `read_places`.

    Raises
    ------
    PlacesError
        If the file is missing, is not UTF-8, or has faults.
    """
    what = _("The list of meeting places cannot be read ({reason})")
    remedy = _("Restore the file from a copy, or make a new workspace with “tours init”")
    with reading(path, PlacesError, what, remedy):
        text = path.read_bytes().decode("utf-8")
    return read_places(text, path.name, region)


def render_places(places: Iterable[Place]) -> str:
    """Return the text of places.csv: commas, decimal points, unknown columns last."""
    rows = list(places)
    extra = list(dict.fromkeys(key for place in rows for key in place.extra))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, *extra])
    for place in rows:
        cells = {**place.extra, **cells_of(place)}
        writer.writerow([plain_breaks(cells.get(name, "")) for name in (*COLUMNS, *extra)])
    return out.getvalue()


def cells_of(place: Place) -> dict[str, str]:
    """Return the cells of a place by column, with decimal points."""
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "lon": f"{place.lon:.6f}",
        "lat": f"{place.lat:.6f}",
        "ags": place.ags,
        "hours": place.hours,
        "min_dwell": str(place.min_dwell_s // 60),
        "max_dwell": str(place.max_dwell_s // 60),
        "per_week": str(place.per_week),
        "public": "yes" if place.is_public else "no",
        "status": place.status,
        "start_weight": f"{place.start_weight:g}",
        "assumed": " ".join(sorted(place.assumed)),
        "note": place.note,
    }
