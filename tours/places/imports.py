"""Places that were edited elsewhere, taken back into places.csv: only cells that differ change.

What the other file does not hold stays: places are given up by their status, not by leaving
them out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.csvfile import csv_line, reading
from geodata.csvtext import csv_text
from geodata.errors import PlacesError
from geodata.filefault import reason_of
from geodata.language import translator
from geodata.places import COLUMNS, Place, cells_of, read_places
from geodata.placewords import place_columns
from geodata.region import Region
from tours.places.decision import with_places

_ = translator("tours")

ENDINGS = (".csv", ".geojson", ".gpkg")


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs.

    Attributes
    ----------
    id, column, before, after : str
    """

    id: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file comes to.

    Attributes
    ----------
    text : str
        places.csv after it.
    changes : tuple of Change
    new : tuple of Place
    missing : tuple of str
        Ids of places that the file does not hold; they stay.
    ignored : tuple of str
        Columns of the file in which something stands, and that places.csv does not have.
    """

    text: str
    changes: tuple[Change, ...]
    new: tuple[Place, ...]
    missing: tuple[str, ...]
    ignored: tuple[str, ...] = ()


def read_file(path: Path) -> str:
    """Return the places of a file as the text of a CSV file.

    Raises
    ------
    PlacesError
        If it cannot be read.
    """
    if path.suffix.lower() not in ENDINGS:
        raise PlacesError(
            _("This is no file of places"),
            where=str(path),
            remedy=_("Name a file that ends in {endings}").format(endings=", ".join(ENDINGS)),
        )
    what = _("The file cannot be read ({reason})")
    with reading(path, PlacesError, what, _("Check its name and folder")):
        if path.suffix.lower() == ".csv":
            return path.read_bytes().decode("utf-8")
        if not path.is_file():
            path.read_bytes()
    return _from_layer(path)


def _from_layer(path: Path) -> str:
    import geopandas as gpd

    try:
        frame = gpd.read_file(path, engine="pyogrio")
        points = frame.to_crs("EPSG:4326").geometry
        if not all(one is not None and one.geom_type == "Point" for one in points):
            raise ValueError(_("not every place is a point"))
    except (OSError, ValueError, RuntimeError, AttributeError, LookupError) as error:
        raise PlacesError(
            _("The file cannot be read ({reason})").format(reason=reason_of(error)),
            where=str(path),
            remedy=_("Export it from the map program once more, as points"),
        ) from error
    columns = [name for name in frame.columns if name not in ("geometry", "fid", "lon", "lat")]
    lines = [csv_line([*columns, "lon", "lat"])]
    rows = frame[columns].to_dict("records")
    for row, lon, lat in zip(rows, points.x, points.y, strict=True):
        cells = [_cell(row[name]) for name in columns]
        lines.append(csv_line([*cells, f"{lon:.6f}", f"{lat:.6f}"]))
    return "".join(lines)


def _cell(value: object) -> str:
    import pandas as pd

    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() else repr(float(value))
    return str(value)


def import_places(text: str, source: str, places_text: str, region: Region) -> Imported:
    """Return places.csv with what another file says of its places, and with new ones.

    Parameters
    ----------
    text : str
        The other file; a column that it does not have stays as it is.
    source : str
        Its name, for the messages.
    places_text : str
        The text of places.csv, which is read without a fault.
    region : Region

    Raises
    ------
    PlacesError
        With all faults of the other file, or of the list afterwards.
    """
    theirs = read_places(text, source, region)
    ours = {place.id: place for place in read_places(places_text, "places.csv", region)}
    their_columns = csv_text(text, place_columns).columns
    table = csv_text(places_text, place_columns)
    changes: list[Change] = []
    for place in theirs:
        if place.id not in ours:
            continue
        before = dict(ours[place.id].extra) | cells_of(ours[place.id])
        after = dict(place.extra) | cells_of(place)
        changes += [
            Change(place.id, column, before.get(column, ""), after[column])
            for column in dict.fromkeys((*COLUMNS, *their_columns))
            if column in their_columns and before.get(column, "") != after[column]
        ]
    changes = [change for change in changes if change.column in (*COLUMNS, *table.columns)]
    _check_columns([change.column for change in changes], table.columns)
    for change in changes:
        table = table.with_cell("id", change.id, change.column, change.after)
    new = tuple(place for place in theirs if place.id not in ours)
    changed = with_places(str(table), new, region)
    known = {place.id for place in theirs}
    missing = tuple(id_ for id_ in ours if id_ not in known)
    ignored = tuple(
        column
        for column in their_columns
        if column not in (*COLUMNS, *table.columns)
        and any(place.extra.get(column, "").strip() for place in theirs)
    )
    return Imported(changed, tuple(changes), new, missing, ignored)


def _check_columns(wanted: Sequence[str], columns: Sequence[str]) -> None:
    if lost := [name for name in dict.fromkeys(wanted) if name not in columns]:
        raise PlacesError(
            _("The list has no column for what the new places say: {names}").format(
                names=", ".join(lost)
            ),
            where="places.csv",
            remedy=_("Add these columns in the spreadsheet; their cells may stay empty"),
        )
