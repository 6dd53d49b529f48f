"""Taking proposals into places.csv, whole or not at all, and refusing them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from geodata.csvtext import csv_text
from geodata.errors import Fault, PlacesError
from geodata.language import translator
from geodata.places import COLUMNS, Place, cells_of, read_places
from geodata.placewords import place_columns
from geodata.region import Region
from tours.naming import MOST_NAMES, find_among, places_like
from tours.places.proposalfile import ProposalFile, Proposed

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
    before = {place.id for place in read_places(places_text, "places.csv", region)}
    if strangers := _strangers(file, names):
        remedy = _("There is nothing to take: it stands there already")
        raise PlacesError.collected(_stranger(file, name, before, remedy) for name in strangers)
    wanted = _wanted(file, names, ("yes", "") if everything else ("yes",))
    if not wanted:
        raise PlacesError(
            _("Nothing in proposals.csv is marked with yes"),
            remedy=f"{_('Write yes in column decision, or name ids, or say --all')}. "
            f"{_open_ones(file)}",
        )
    if done := [row.place for row in wanted if row.decision == "taken"]:
        raise PlacesError(
            _("Taken already: {names}").format(names=", ".join(place.id for place in done)),
            where="proposals.csv",
            remedy=_("Empty the cell decision to take the place once more"),
        )
    if faults := [_id_fault(row) for row in wanted if row.place.id in before]:
        raise PlacesError.collected(faults)
    places = tuple(row.place for row in wanted)
    text = with_places(places_text, places, region)
    return Decided(places, file.decided([place.id for place in places], "taken"), text)


def refuse(
    file: ProposalFile,
    places_text: str,
    region: Region,
    names: Sequence[str],
    *,
    everything: bool = False,
) -> Decided:
    """Return the proposals after some were refused, so that they are not proposed again.

    Parameters
    ----------
    file : ProposalFile
    places_text : str
        The text of places.csv, which stays as it is.
    region : Region
    names : sequence of str
        Ids or parts of names.
    everything : bool
        Refuse all that nobody has decided about.

    Raises
    ------
    PlacesError
        If there is nothing to refuse.
    """
    if strangers := _strangers(file, names):
        before = {place.id for place in read_places(places_text, "places.csv", region)}
        remedy = _("A place that is not to be visited any more gets status retired there")
        raise PlacesError.collected(_stranger(file, name, before, remedy) for name in strangers)
    wanted = _wanted(file, names, ("",) if everything else ())
    if not wanted:
        raise PlacesError(
            _("Nothing in proposals.csv is to be refused"),
            remedy=f"{_('Name ids, or say --all for all that nobody has decided about')}. "
            f"{_open_ones(file)}",
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
    table = csv_text(text, place_columns)
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
    ids = {find_among(file.places, name).id for name in names}
    return [row for row in file.rows if row.place.id in ids]


def _strangers(file: ProposalFile, names: Sequence[str]) -> list[str]:
    """Return which of some names no proposal has."""
    return [name for name in names if not places_like(file.places, name)]


def _stranger(file: ProposalFile, name: str, places: Collection[str], remedy: str) -> Fault:
    """Return the fault of a name that no proposal has; the remedy is for one of a place."""
    if name.strip() in places:
        return Fault(_("“{id}” is a place in places.csv, no proposal").format(id=name), "", remedy)
    what = _("“{id}” is no proposal in proposals.csv").format(id=name)
    near = get_close_matches(name.strip().casefold(), [place.id for place in file.places])
    if near:
        return Fault(what, "", _("Perhaps you mean: {names}").format(names=", ".join(near)))
    return Fault(what, "", _open_ones(file))


def _open_ones(file: ProposalFile) -> str:
    """Return what nobody has decided about, and where it is seen."""
    ids = [row.place.id for row in file.rows if not row.decision]
    if not ids:
        return _("No proposal is open; “tours places discover” looks for more")
    if len(ids) <= MOST_NAMES:
        return _("Open are: {names}").format(names=", ".join(ids))
    return _(
        "{number} are open, among them {names}; all of them are in proposals.csv and on the map "
        "out/proposals.html"
    ).format(number=len(ids), names=", ".join(ids[:MOST_NAMES]))


def _id_fault(row: Proposed) -> Fault:
    return Fault(
        _("places.csv has a place “{id}” already").format(id=row.place.id),
        _("{file}, line {line}, column {column}").format(
            file="proposals.csv", line=row.line, column="id"
        ),
        _("Write another id there, or no in column decision"),
    )
