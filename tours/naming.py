"""Which place or appointment a person means: by its id, its name, or a part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from geodata.errors import PlacesError
from geodata.language import translator
from geodata.places import Place
from geodata.spelling import spelling
from tours.appointments import Appointment
from tours.district import District

_ = translator("tours")

Named = TypeVar("Named", Place, Place | Appointment)

# So many are named where a text fits several.
MOST_NAMES = 6


def find_place(district: District, text: str) -> Place | Appointment:
    """Return the place or appointment that a text names.

    An id is taken before a name, a whole name before a part of one. What a private appointment
    is about is not looked at, since it is not printed either.

    Raises
    ------
    PlacesError
        If there is none, or there are several.
    """
    everything: tuple[Place | Appointment, ...] = (*district.places, *district.appointments)
    return find_among(everything, text)


def find_among(everything: Sequence[Named], text: str) -> Named:
    """Return that of some places and appointments that a text names; see `find_place`."""
    found = places_like(everything, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise PlacesError(
            _("There is no place “{id}”").format(id=text),
            remedy=_("“tours places list” shows the ids"),
        )
    raise PlacesError(
        _("“{text}” fits {number} places: {names}").format(
            text=text, number=len(found), names=_listed(found)
        ),
        remedy=_("Write the id of one of them, or more of its name"),
    )


def places_like(everything: Sequence[Named], text: str) -> list[Named]:
    """Return all of some places and appointments that a text may mean; see `find_place`."""
    wanted = spelling(text)
    ways = (
        [one for one in everything if one.id == text.strip()],
        [one for one in everything if spelling(name_of(one)) == wanted],
        [
            one
            for one in everything
            if wanted and (wanted in spelling(name_of(one)) or wanted in one.id.casefold())
        ],
    )
    return next((some for some in ways if some), [])


def id_remedy(text: str, places: Iterable[Place]) -> str:
    """Return what to write for a text that is no id: the ids of places that it may mean."""
    word = spelling(text)
    found = [p.id for p in places if word and (word in p.id or word in spelling(p.name))]
    if not found or len(found) > MOST_NAMES:
        return _("“tours places list” shows the ids")
    return _("Write the id: {names}").format(names=", ".join(found))


def name_of(one: Place | Appointment) -> str:
    """Return what a place or appointment is called on plans and papers."""
    return one.title if isinstance(one, Appointment) else one.name


def _listed(found: Sequence[Place | Appointment]) -> str:
    names = "; ".join(f"{name_of(one)} ({one.id})" for one in found[:MOST_NAMES])
    if len(found) <= MOST_NAMES:
        return names
    return _("{some}; and {number} more").format(some=names, number=len(found) - MOST_NAMES)
