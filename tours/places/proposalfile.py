"""proposals.csv: places that could be added, and what the team has decided about each.

The columns of places.csv, with `decision` before them and `source` after. What a person typed
stays: rows are only added, and a decision is written into its own cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from geodata.additions import Proposal
from geodata.cells import Row
from geodata.csvfile import csv_rows, reading
from geodata.csvtext import CsvText, csv_text
from geodata.errors import Fault, PlacesError
from geodata.language import translator
from geodata.places import COLUMNS, REQUIRED, Place, cells_of, read_place
from geodata.placewords import place_columns
from geodata.region import Region

_ = translator("tours")

HEADER = ("decision", *COLUMNS, "source")
_TAKEN = ("taken", "übernommen")


@dataclass(frozen=True, slots=True)
class Proposed:
    """One line of the file.

    Attributes
    ----------
    place : Place
        As it stands there, changes of a person included.
    decision : str
        ``yes``, ``no`` or ``taken``; empty where nobody has decided yet.
    source : str
    line : int
    """

    place: Place
    decision: str
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class ProposalFile:
    """The file as it is.

    Attributes
    ----------
    rows : tuple of Proposed
    text : CsvText or None
        None where there is no file.
    """

    rows: tuple[Proposed, ...] = ()
    text: CsvText | None = None

    @property
    def places(self) -> list[Place]:
        """What is proposed, whatever was decided."""
        return [row.place for row in self.rows]

    def with_new(self, proposals: Iterable[Proposal], places_text: str) -> str:
        """Return the text of the file with new proposals at its end.

        Parameters
        ----------
        proposals : iterable of Proposal
        places_text : str
            The text of places.csv: a new file is written as the team's spreadsheet does that one.

        Raises
        ------
        PlacesError
            If the file has no column for what is to be written.
        """
        text = self.text or csv_text(places_text).empty(HEADER)
        proposals = [*proposals]
        if proposals and (missing := [name for name in HEADER if name not in text.columns]):
            raise PlacesError(
                _("The file has no column for what is proposed: {names}").format(
                    names=", ".join(missing)
                ),
                where="proposals.csv",
                remedy=_("Add these columns in the spreadsheet; their cells may stay empty"),
            )
        rows = [{**cells_of(one.place), "decision": "", "source": one.source} for one in proposals]
        return str(text.with_rows(rows))

    def decided(self, ids: Collection[str], decision: str) -> str:
        """Return the text of the file with a decision about some rows."""
        if self.text is None:
            raise ValueError("text must be there to write a decision, got None")
        text = self.text
        for id_ in ids:
            text = text.with_cell("id", id_, "decision", decision)
        return str(text)

    def without_open(self) -> ProposalFile:
        """Return the file without what nobody has decided about."""
        is_open = {row.place.id for row in self.rows if not row.decision}
        rows = tuple(row for row in self.rows if row.decision)
        return replace(self, rows=rows, text=self.text and self.text.without("id", is_open))


def load_proposals(path: Path, region: Region) -> ProposalFile:
    """Read proposals.csv; an empty one where there is no file.

    Raises
    ------
    PlacesError
        If the file cannot be read, or with all of its faults.
    """
    what = _("The proposals cannot be read ({reason})")
    remedy = _("Restore the file from a copy, or delete it and look for places anew")
    with reading(path, PlacesError, what, remedy):
        try:
            text = path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return ProposalFile()
    return read_proposals(text, path.name, region)


def read_proposals(text: str, source: str, region: Region) -> ProposalFile:
    """Read the text of proposals.csv.

    Parameters
    ----------
    text : str
    source : str
        Name of the file, for the messages.
    region : Region

    Raises
    ------
    PlacesError
        With every fault of the file.
    """
    faults: list[Fault] = []
    rows: list[Proposed] = []
    first_lines: dict[str, int] = {}
    for row in csv_rows(text, source, ("decision", *REQUIRED), faults, named=place_columns):
        place = read_place(row, region)
        extra = {k: v for k, v in place.extra.items() if k not in ("decision", "source")}
        if place.id and place.id in first_lines:
            row.fault(
                "id",
                _("“{id}” is already the id of line {line}").format(
                    id=place.id, line=first_lines[place.id]
                ),
                _("Give one of the two another id"),
            )
        first_lines.setdefault(place.id, row.line)
        rows.append(
            Proposed(replace(place, extra=extra), _decision(row), row.text("source"), row.line)
        )
    if faults:
        raise PlacesError.collected(faults)
    return ProposalFile(tuple(rows), csv_text(text, place_columns))


def _decision(row: Row) -> str:
    word = row.text("decision")
    if not word:
        return ""
    if word.casefold() in _TAKEN:
        return "taken"
    before = len(row.faults)
    decision = "yes" if row.truth("decision", False) else "no"
    if len(row.faults) > before:
        row.faults.pop()
        row.fault(
            "decision",
            _("“{value}” is no decision").format(value=word),
            _("Write yes or no, or leave the cell empty"),
        )
    return decision
