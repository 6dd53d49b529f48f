"""A place from options: checked as a line of places.csv, the rest assumed by its kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from geodata.additions import joining_weight
from geodata.cells import Row
from geodata.discover import DEFAULTS, assumed_hours
from geodata.errors import Fault, PlacesError
from geodata.language import translator
from geodata.places import Place, read_place
from geodata.placewords import KIND_WORDS, meaning_of
from geodata.printable import printable
from geodata.proposals import free_id
from geodata.region import Region

_ = translator("tours")

# More fits on no paper.
LONGEST_NAME = 100


class Options(Row):
    """Cells that were given as options: a fault names the option."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        super().__init__(cells, 0, "", [])

    def fault(self, column: str, what: str, remedy: str) -> None:
        """Note what is wrong with an option."""
        where = "" if column == "name" else f"--{column.replace('_', '-')}"
        self.faults.append(Fault(what, where, remedy))

    def required(self, column: str) -> str:
        """Return an option that must not be empty."""
        if column == "name" and not self.text(column):
            self.fault(column, _("The name is empty"), _("Write what the place is called"))
            return ""
        return super().required(column)


def new_place(
    values: Mapping[str, str | None],
    places: Sequence[Place],
    region: Region,
    not_served: Collection[str] = (),
) -> Place:
    """Return a place from some of its columns.

    Parameters
    ----------
    values : Mapping of str to (str or None)
        By column; what is None is assumed by the kind, and marked so.
    places : sequence of Place
        Those that there are.
    region : Region
    not_served : Collection of str
        Keys of municipalities that do not count for the weight.

    Raises
    ------
    PlacesError
        With all that is wrong with the options.
    """
    given = {column: value for column, value in values.items() if value is not None}
    name = given.get("name", "").strip()
    taken = {place.id for place in places}
    cells = {"id": free_id(name, taken), **given}
    kind = cells["kind"] = meaning_of(cells.get("kind", ""), KIND_WORDS)
    if kind in DEFAULTS:
        cells |= _assumed(kind, name, given)
    row = Options(cells)
    if cells["id"] in taken:
        row.fault("id", _("There is a place of this id already"), _("Choose another id"))
    if name != printable(name, LONGEST_NAME):
        row.fault(
            "name",
            _("The name has more than one line, or more than {number} characters").format(
                number=LONGEST_NAME
            ),
            _("Write it as on a sign"),
        )
    place = read_place(row, region)
    if row.faults:
        raise PlacesError.collected(row.faults)
    if "start_weight" in place.assumed:
        place = replace(place, start_weight=joining_weight(place, places, region, not_served))
    return place


def _assumed(kind: str, name: str, given: Collection[str]) -> dict[str, str]:
    """Return the cells that a kind goes without saying for, and their names."""
    usual = DEFAULTS[kind]
    # Where one of the two lengths is given, the other one gives way.
    is_halt_given = not {"min_dwell", "max_dwell"}.isdisjoint(given)
    cells = {
        "hours": assumed_hours(kind, name),
        "min_dwell": "" if is_halt_given else str(usual.min_dwell_min),
        "max_dwell": "" if is_halt_given else str(usual.max_dwell_min),
        "start_weight": "",
    }
    missing = {column: cell for column, cell in cells.items() if column not in given}
    return {**missing, "assumed": " ".join(missing)}
