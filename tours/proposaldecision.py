"""Taking proposals into places.csv, whole or not at all, and refusing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.csvtext import csv_text
from geodata.errors import Fault, PlacesError
from geodata.language import translator
from geodata.places import COLUMNS, Place, cells_of, read_places
from geodata.region import Region
from tours.naming import find_among
from tours.proposalfile import ProposalFile, Proposed

_ = translator("tours")

# What a place is that a file says nothing of, by the columns that it has to say it in.
SAID = tuple(name for name in COLUMNS if name not in ("id", "name", "kind", "lon", "lat", "ags"))


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision comes to.

    Attributes
    ----------
    places : tuple of Place
        Those that it is about.
    proposals_text : str
        The file of proposals after it.
    places_text : str
        The file of places after it; the same as before if nothing was taken.
    """

    places: tuple[Place, ...]
    proposals_text: str
    places_text: str


def accept(
    file: ProposalFile,
    places_text: str,
    region: Region,
    names: Sequence[str] = (),
    *,
    everything: bool = False,
) -> Decided:
    """Return both files after proposals were taken into the list of places.

    Parameters
    ----------
    file : ProposalFile
    places_text : str
        The text of places.csv, which is read without a fault.
    region : Region
    names : sequence of str
        Ids or parts of names; without any, what is marked with yes.
    everything : bool
        Take what nobody has decided about, too.

    Raises
    ------
    PlacesError
        If there is nothing to take, or the list would have a fault afterwards.
    """
    wanted = _wanted(file, names, ("yes", "") if everything else ("yes",))
    if not wanted:
        raise PlacesError(
            _("Nothing in proposals.csv is marked with yes"),
            remedy=_("Write yes in column decision, or name ids, or say --all"),
        )
    if done := [row.place for row in wanted if row.decision == "taken"]:
        raise PlacesError(
            _("Taken already: {names}").format(names=", ".join(place.id for place in done)),
            where="proposals.csv",
            remedy=_("Empty the cell decision to take the place once more"),
        )
    before = {place.id for place in read_places(places_text, "places.csv", region)}
    if faults := [_id_fault(row) for row in wanted if row.place.id in before]:
        raise PlacesError.collected(faults)
    places = tuple(row.place for row in wanted)
    text = with_places(places_text, places, region)
    return Decided(places, file.decided([place.id for place in places], "taken"), text)


def refuse(
    file: ProposalFile, places_text: str, names: Sequence[str], *, everything: bool = False
) -> Decided:
    """Return the proposals after some were refused, so that they are not proposed again.

    Parameters
    ----------
    file : ProposalFile
    places_text : str
        Stays as it is.
    names : sequence of str
        Ids or parts of names.
    everything : bool
        Refuse all that nobody has decided about.

    Raises
    ------
    PlacesError
        If there is nothing to refuse.
    """
    wanted = _wanted(file, names, ("",) if everything else ())
    if not wanted:
        raise PlacesError(
            _("Nothing in proposals.csv is to be refused"),
            remedy=_("Name ids, or say --all for all that nobody has decided about"),
        )
    if taken := [row.place.id for row in wanted if row.decision == "taken"]:
        raise PlacesError(
            _("Taken already: {names}").format(names=", ".join(taken)),
            where="proposals.csv",
            remedy=_("Set their status to retired in places.csv"),
        )
    places = tuple(row.place for row in wanted)
    return Decided(places, file.decided([place.id for place in places], "no"), places_text)


def with_places(text: str, places: Sequence[Place], region: Region) -> str:
    """Return the text of places.csv with places at its end, the rest as it is to the byte.

    Raises
    ------
    PlacesError
        If the list would have a fault, or no column for what a place says.
    """
    table = csv_text(text)
    rows = [{**place.extra, **cells_of(place)} for place in places]
    changed = str(table.with_rows(rows))
    read = {place.id: place for place in read_places(changed, "places.csv", region)}
    lost = [
        name
        for name in SAID
        if name not in table.columns
        and any(cells_of(place)[name] != cells_of(read[place.id])[name] for place in places)
    ]
    if lost:
        raise PlacesError(
            _("The list has no column for what the new places say: {names}").format(
                names=", ".join(lost)
            ),
            where="places.csv",
            remedy=_("Add these columns in the spreadsheet; their cells may stay empty"),
        )
    return changed


def _wanted(file: ProposalFile, names: Sequence[str], decisions: Sequence[str]) -> list[Proposed]:
    """Return the rows that are named, or those with one of some decisions, each once."""
    if not names:
        return [row for row in file.rows if row.decision in decisions]
    remedy = _("proposals.csv and its map show the ids")
    ids = {find_among(file.places, name, remedy).id for name in names}
    return [row for row in file.rows if row.place.id in ids]


def _id_fault(row: Proposed) -> Fault:
    return Fault(
        _("places.csv has a place “{id}” already").format(id=row.place.id),
        _("{file}, line {line}, column {column}").format(
            file="proposals.csv", line=row.line, column="id"
        ),
        _("Write another id there, or no in column decision"),
    )
