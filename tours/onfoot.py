"""The ways on foot of a workspace: around which places they are taken, and what is said of them."""

from __future__ import annotations

from contextlib import suppress

from geodata.errors import PlacesError
from geodata.homes import Homes
from geodata.language import translator
from geodata.places import load_places
from geodata.region import Region
from geodata.walking import AROUND_M, WalkNetwork
from tours.timetable import number_text
from tours.workspace import Workspace

_ = translator("tours")


def spots_of(space: Workspace, region: Region) -> list[tuple[float, float]]:
    """Return the places and stops around which ways on foot are needed, degrees.

    A list of places that has faults is no reason to load no roads.
    """
    found = [(stop.lon, stop.lat) for stop in region.stops]
    with suppress(PlacesError):
        found += [(place.lon, place.lat) for place in load_places(space.places_file, region)]
    return found or [(one.lon, one.lat) for one in region.municipalities.values()]


def summary_text(walk: WalkNetwork, homes: Homes) -> str:
    """Say which ways on foot there are."""
    return _(
        "Ways on foot: {km} km within {around} km of places and stops; residential areas: "
        "{homes}; {source}, {date}"
    ).format(
        km=number_text(int(walk.edge_mm.sum()) / 1e6, 0),
        around=number_text(AROUND_M / 1000, 1),
        homes=number_text(len(homes), 0),
        source=walk.source.attribution,
        date=walk.source.date or _("of unknown date"),
    )


def missing_text(space: Workspace) -> str:
    """Say what holds where no ways on foot came."""
    if space.walk_file.exists():
        return _("Ways on foot: those that were loaded before stay in use.")
    return _("Ways on foot: none; reach on foot is estimated from the straight line.")


def status_text(space: Workspace, *, is_estimate: bool) -> str:
    """Say which ways on foot are in use; nothing where no real roads are, either.

    Raises
    ------
    NetworkError
        If their file cannot be read.
    """
    walk, homes = space.load_walk()
    if walk is not None and homes is not None:
        return summary_text(walk, homes)
    return "" if is_estimate else missing_text(space)
