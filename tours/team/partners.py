"""Partners of the team: whom to call, when they are there, for which area; read partners.csv."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from opening_hours import validate as is_opening_hours

from geodata.cells import Row
from geodata.language import translator
from geodata.region import Area, Region
from tours.calendar import open_intervals
from tours.team.listfile import team_lines, team_text
from tours.team.telephone import dialled

_ = translator("tours")

REQUIRED = ("name", "phone")
COLUMNS = ("name", "role", "phone", "emergency", "hours", "area", "languages", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Somebody the team can call.

    Attributes
    ----------
    name, role : str
    phone : str
        As it was typed.
    dial : str
        As it is dialled.
    is_emergency : bool
    hours : str
        opening_hours syntax of OpenStreetMap; empty where it is not known.
    area : str
        As it was typed; empty for the whole district.
    municipalities : frozenset of str
        Keys that the area means; empty for the whole district.
    languages, note : str
    extra : Mapping of str to str
        Columns of the file that the program does not know, kept as they are.
    """

    name: str
    role: str = ""
    phone: str
    dial: str
    is_emergency: bool = False
    hours: str = ""
    area: str = ""
    municipalities: frozenset[str] = frozenset()
    languages: str = ""
    note: str = ""
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def serves(self, municipalities: Iterable[str]) -> bool:
        """Tell whether it is there for one of some municipalities, given by their keys."""
        return not self.municipalities or bool(self.municipalities & {*municipalities})

    def open_during(
        self, day: dt.date, start_s: int, end_s: int, state: str
    ) -> tuple[tuple[int, int], ...] | None:
        """Return when it is open of a span of a day, seconds after midnight; None if unknown.

        Each interval is whole, also where it begins before the span or ends after it.
        """
        if not self.hours:
            return None
        return tuple(
            (opens, closes)
            for opens, closes in open_intervals(self.hours, day, state)
            if opens < end_s and closes > start_s
        )


def read_partners(
    text: str, source: str, region: Region, areas: Iterable[Area] = ()
) -> tuple[Partner, ...]:
    """Read the partners of a team from the text of a CSV file.

    Written like places.csv; lines that begin with # are comments; unknown columns are kept.

    Parameters
    ----------
    text : str
        An empty one holds nobody.
    source : str
        Name of the file, for the messages.
    region : Region
        Column area can name its municipalities, ...
    areas : iterable of Area
        ... and these.

    Raises
    ------
    TeamError
        With every fault of the file, each with line, column and remedy.
    """
    known = _known_areas(region, areas)
    return team_lines(text, source, REQUIRED, lambda row: _partner(row, known))


def _partner(row: Row, known: Mapping[str, frozenset[str]]) -> Partner | None:
    """Return the partner of a line; faults are noted in the row."""
    before = len(row.faults)
    partner = Partner(
        name=row.required("name"),
        role=row.text("role"),
        phone=row.text("phone"),
        dial=_dial(row),
        is_emergency=row.truth("emergency", False),
        hours=_hours(row),
        area=row.text("area"),
        municipalities=_municipalities(row, known),
        languages=row.text("languages"),
        note=row.text("note"),
        extra=MappingProxyType(row.beyond(COLUMNS)),
    )
    return partner if len(row.faults) == before else None


def load_partners(path: Path, region: Region, areas: Iterable[Area] = ()) -> tuple[Partner, ...]:
    """Read partners.csv; see `read_partners`. Without a file there are none.

    Raises
    ------
    TeamError
        If the file cannot be read, is not UTF-8, or has faults.
    """
    return read_partners(team_text(path), path.name, region, areas)


def _dial(row: Row) -> str:
    text = row.required("phone")
    try:
        return dialled(text) if text else ""
    except ValueError as error:
        row.fault(
            "phone",
            _("“{text}” cannot be dialled: {reason}").format(text=text, reason=error),
            _("Write one number, as in 05021 1234, +49 5021 1234 or 116111; more go into note"),
        )
        return ""


def _hours(row: Row) -> str:
    hours = row.text("hours")
    if hours and not is_opening_hours(hours):
        row.fault(
            "hours",
            _("“{value}” cannot be read as opening hours").format(value=hours),
            _("Write them as in “Mo-Fr 08:00-16:00; PH off”, “24/7” for always"),
        )
    return hours


def _known_areas(region: Region, areas: Iterable[Area]) -> dict[str, frozenset[str]]:
    known = {ags: frozenset({ags}) for ags in region.municipalities}
    for ags, municipality in region.municipalities.items():
        name = municipality.name.casefold()
        known[name] = known.get(name, frozenset()) | {ags}
    return known | {area.name.casefold(): frozenset(area.municipalities) for area in areas}


def _municipalities(row: Row, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Read names of areas or municipalities; commas, semicolons or bars stand between them."""
    text = row.text("area")
    if text.casefold() in known:
        return known[text.casefold()]
    names = [name for part in re.split(r"[,;|]", text) if (name := part.strip())]
    unknown = [name for name in names if name.casefold() not in known]
    if unknown:
        row.fault(
            "area",
            _("There is no area or municipality “{names}”").format(names=", ".join(unknown)),
            _("Write names as in region.toml and in “tours places list”; empty for all"),
        )
    return frozenset[str]().union(*(known.get(name.casefold(), ()) for name in names))
