"""The meeting places as a table for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from geodata.language import translator
from geodata.places import Place
from geodata.printable import printable
from geodata.region import Region
from tours.tour import APPOINTMENT

_ = translator("tours")


def render_places_table(places: Sequence[Place], region: Region) -> RenderableType:
    """Return the meeting places as a table; ids, which people copy, are never broken."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in (_("Place"), _("Kind"), _("Municipality"), _("Hours"), _("Status")):
        table.add_column(name, overflow="fold")
    table.add_column("id", no_wrap=True, min_width=max((len(p.id) for p in places), default=2))
    for place in places:
        hours = place.hours + (" *" if "hours" in place.assumed else "")
        table.add_row(
            escape(printable(place.name)),
            kind_text(place.kind),
            escape(printable(region.municipalities[place.ags].name)),
            escape(printable(hours)),
            status_text(place.status),
            place.id,
        )
    return Group(table, Text(_("* assumed, confirmed by nobody on the ground")))


def kind_text(kind: str) -> str:
    """Return what a kind of stop is called; one that a plan of later years may hold, as it is."""
    return {
        "station": _("station"),
        "bus_stop": _("bus stop"),
        "school": _("school"),
        "youth_centre": _("youth centre"),
        "sports": _("sports ground"),
        "skate_park": _("skate park"),
        "pool": _("swimming pool"),
        "park": _("park"),
        "square": _("square"),
        "shop": _("shop"),
        "office": _("office"),
        "other": _("other"),
        APPOINTMENT: _("appointment"),
    }.get(kind, kind)


def status_text(status: str) -> str:
    """Return what a status of a meeting place is called."""
    return {"active": _("active"), "resting": _("resting"), "retired": _("given up")}[status]
