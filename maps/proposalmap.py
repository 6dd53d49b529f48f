"""Proposed meeting places on the screen: one page to decide by, that opens without internet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geodata.language import current_language, translator
from geodata.network import NetworkSource
from geodata.places import KINDS, Place
from maps import wording
from maps.basemap import Basemap
from maps.leaflet import LEAFLET, Json, Page, render_page
from maps.webmap import STYLES, drawing_of, ground_data, network_label, said_once, texts
from tours.places.proposalfile import Proposed
from tours.places.rules import PlaceRule

_ = translator("maps")

SCRIPTS = (
    *("tools", "land", "stops", "names", "panels", "view", "frame"),
    *("density", "signs", "proposals"),
)
OPENSTREETMAP = "© OpenStreetMap contributors (ODbL)"
# How a proposal is shown, by its decision.
STATES = {"": "open", "yes": "yes", "no": "no"}
# What can still be decided about it, as commands.
VERBS = {"": ("accept", "refuse"), "yes": ("refuse",), "no": ("accept",)}


@dataclass(frozen=True, slots=True)
class Heading:
    """What the map is of.

    Attributes
    ----------
    service, district : str
    municipalities : Mapping of str to str
        Names by key.
    network : NetworkSource
        Of the roads that are drawn.
    rules : sequence of PlaceRule
        By what places are proposed.
    notes : sequence of str
        What holds besides, in sentences without their full stops.
    """

    service: str
    district: str
    municipalities: Mapping[str, str]
    network: NetworkSource
    rules: Sequence[PlaceRule] = ()
    notes: Sequence[str] = ()


def render_proposalmap(
    heading: Heading, places: Sequence[Place], proposals: Sequence[Proposed], basemap: Basemap
) -> str:
    """Return the page of places and proposals: HTML, the same for the same ones.

    Parameters
    ----------
    heading : Heading
    places : sequence of Place
        Those of the list, whatever their status.
    proposals : sequence of Proposed
        Those that were taken are places, and not shown twice.
    basemap : Basemap
    """
    shown = [row for row in proposals if row.decision in STATES]
    owed = [*basemap.attribution, heading.network.attribution, LEAFLET]
    if any(row.source.startswith("OpenStreetMap") for row in shown):
        owed.insert(0, OPENSTREETMAP)
    near = [(place.lon, place.lat) for place in (*places, *(row.place for row in shown))]
    data: dict[str, Json] = {
        "text": {**texts(), **_texts()},
        "title": _title(heading, shown),
        **ground_data(basemap, near, said_once([*owed, network_label(heading.network)])),
        "kinds": [[kind, wording.kind_label(kind)] for kind in KINDS],
        "places": [_place(place, heading) for place in places],
        "proposals": [_proposal(row, heading) for row in shown],
        "towns": _towns(shown, heading),
        "rules": [
            [rule.kind, [*rule.tags, *_stops(rule)], rule.hours, rule.halt, _weight(rule.weight)]
            for rule in heading.rules
        ],
        "notes": [f"{note}." for note in heading.notes],
    }
    title = (heading.service, heading.district, _("Proposed meeting places"))
    drawing = drawing_of(data, SCRIPTS, [*STYLES, "proposals"])
    return render_page(Page(" · ".join(title), current_language()), drawing)


def _texts() -> dict[str, Json]:
    return {
        "map": _("Map of proposed meeting places"),
        "layers": _("Kinds of proposals and layers"),
        "times": _("List"),
        "rules": _("Rules"),
        "size": _("Diamond: a proposal. Circle: a place in places.csv."),
        "place": _("Place"),
        "kind": _("Kind"),
        "places": _("Places in places.csv"),
        "refused": _("Refused"),
        "to_take": _("marked with yes"),
        "decide": _("To decide here and now:"),
        "made_by": _("Tags in OpenStreetMap; names of stops"),
        "hours": _("Hours"),
        "halt": _("Halt"),
        "weight": _("Weight"),
    }


def _title(heading: Heading, shown: Sequence[Proposed]) -> dict[str, Json]:
    number = {state: sum(row.decision == state for row in shown) for state in STATES}
    facts = [
        (_("{n} proposal") if number[""] == 1 else _("{n} proposals")).format(n=number[""]),
        *([_("{n} marked with yes").format(n=number["yes"])] if number["yes"] else []),
        *([_("{n} refused").format(n=number["no"])] if number["no"] else []),
    ]
    notes = [
        _(
            "Whether young people meet there, nobody has checked: hours, halts and weights are "
            "assumed by the rules."
        )
    ]
    return {
        "service": heading.service,
        "district": heading.district,
        "week": [_("Proposed meeting places")],
        "facts": " · ".join(facts),
        "quality": _("to accept or refuse in proposals.csv"),
        "offline": _("opens without internet"),
        "notes": [*notes],
    }


def _assumed(place: Place, column: str, value: str) -> str:
    return _("{value} (assumed)").format(value=value) if column in place.assumed else value


def _rows(place: Place, heading: Heading) -> list[tuple[str, str]]:
    halt = _("{shortest} to {longest} min").format(
        shortest=place.min_dwell_s // 60, longest=place.max_dwell_s // 60
    )
    return [
        (_("Kind"), wording.kind_label(place.kind)),
        (_("Municipality"), heading.municipalities.get(place.ags, "")),
        (_("Hours"), _assumed(place, "hours", place.hours or _("always"))),
        (_("Halt"), _assumed(place, "min_dwell", halt)),
        (_("Start weight"), _assumed(place, "start_weight", _weight(place.start_weight))),
    ]


def _weight(value: float) -> str:
    return wording.number(value, "#,##0.0#")


def _place(place: Place, heading: Heading) -> dict[str, Json]:
    status = {
        "active": _("place in places.csv"),
        "resting": _("place in places.csv, resting"),
        "retired": _("place in places.csv, given up"),
    }[place.status]
    return {
        "name": place.name,
        "at": [place.lat, place.lon],
        "state": place.status,
        "about": status,
        "label": f"{place.name}: {status}",
        "rows": [list(row) for row in _rows(place, heading)],
    }


def _proposal(row: Proposed, heading: Heading) -> dict[str, Json]:
    place = row.place
    about = {
        "": _("proposal"),
        "yes": _("proposal, marked with yes"),
        "no": _("proposal, refused"),
    }[row.decision]
    kind = wording.kind_label(place.kind)
    return {
        "name": place.name,
        "at": [place.lat, place.lon],
        "kind": place.kind,
        "kind_label": kind,
        "state": STATES[row.decision],
        "about": about,
        "label": f"{place.name}: {about}, {kind}",
        "rows": [list(one) for one in (*_rows(place, heading), (_("Source"), row.source))],
        "commands": [f"tours places {verb} {place.id}" for verb in VERBS[row.decision]],
    }


def _stops(rule: PlaceRule) -> list[str]:
    return [_("Stops: {names}").format(names=rule.names)] if rule.names else []


def _towns(shown: Sequence[Proposed], heading: Heading) -> list[Json]:
    """Return each municipality with the numbers of its proposals that are not refused."""
    towns: dict[str, list[int]] = {}
    for number, row in enumerate(shown):
        if row.decision != "no":
            towns.setdefault(row.place.ags, []).append(number)
    return [
        [heading.municipalities.get(ags, ags), numbers]
        for ags, numbers in sorted(
            towns.items(), key=lambda item: heading.municipalities.get(item[0], item[0])
        )
    ]
