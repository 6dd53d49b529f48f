"""What is expected of the places as a map on the screen: one file that opens without internet."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.language import current_language, translator
from geodata.network import NetworkSource
from maps import wording
from maps.basemap import Basemap
from maps.leaflet import LEAFLET, Json, Page, render_page
from maps.webmap import STYLES, drawing_of, ground_data, network_label, said_once, texts
from tours.hotspots.table import weight_text

_ = translator("maps")

# How a place is shown: each by a shape and pattern of its own, in the order of the legend.
STATES = ("hotspot", "visited", "never", "resting")
SCRIPTS = ("tools", "land", "stops", "names", "panels", "view", "frame", "density", "hotspots")
# Diameter of the place that expects most, and of the smallest that a finger finds, pixels.
LARGEST_PX, SMALLEST_PX = 46, 10
# Contacts an hour that the legend may show, the largest that fits and two below it.
STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)


@dataclass(frozen=True, slots=True)
class Spot:
    """A meeting place with what is expected of it.

    Attributes
    ----------
    name, kind, municipality : str
    lon, lat : float
        Degrees, EPSG:4326.
    state : str
        One of `STATES`.
    expected_hour : float
        Contacts in an hour's stop on an ordinary day.
    low, high : int
        Between what four of five such stops lie, both included.
    weight : float
        Times a place of weight 1.
    visits : int
    last_visit : date or None
    story : tuple of str
        A sentence per visit, in their order.
    question : str
        Whether something has changed there, in a sentence; empty if that is not asked.
    """

    name: str
    kind: str
    municipality: str
    lon: float
    lat: float
    state: str
    expected_hour: float
    low: int
    high: int
    weight: float
    visits: int = 0
    last_visit: dt.date | None = None
    story: tuple[str, ...] = ()
    question: str = ""

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"state must be one of {STATES}, got {self.state!r}")
        if not (math.isfinite(self.expected_hour) and self.expected_hour >= 0):
            raise ValueError(f"expected_hour must be 0 or more, got {self.expected_hour}")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the map is of.

    Attributes
    ----------
    service, district : str
    day : date
        As of when.
    threshold : float
        Weight from which on a visited place is a hotspot.
    network : NetworkSource
        Of the roads that are drawn.
    """

    service: str
    district: str
    day: dt.date
    threshold: float
    network: NetworkSource


def render_hotspotmap(heading: Heading, spots: Sequence[Spot], basemap: Basemap) -> str:
    """Return the page that shows what is expected of places: HTML, the same for the same spots.

    Parameters
    ----------
    heading : Heading
    spots : sequence of Spot
        In the order of the list.
    basemap : Basemap
    """
    most = max((spot.expected_hour for spot in spots), default=0.0)
    owed = said_once(
        [*basemap.attribution, heading.network.attribution, LEAFLET, network_label(heading.network)]
    )
    data: dict[str, Json] = {
        "text": {**texts(), **_texts()},
        "title": _title(heading, spots),
        **ground_data(basemap, [(spot.lon, spot.lat) for spot in spots], owed),
        "spots": [_spot(spot, most, heading.threshold) for spot in spots],
        "states": [[state, label] for state, label in _labels(heading.threshold).items()],
        "sizes": _sizes(most),
    }
    title = (heading.service, heading.district, _("Hotspots"), wording.long_date(heading.day))
    drawing = drawing_of(data, SCRIPTS, [*STYLES, "hotspots"])
    return render_page(Page(" · ".join(title), current_language()), drawing)


def _texts() -> dict[str, Json]:
    return {
        "map": _("Map of the hotspots"),
        "layers": _("Kinds of places and layers"),
        "times": _("All places"),
        "size": _("Area of a circle: contacts expected in an hour on an ordinary day (estimate)"),
        "place": _("Place"),
        "hour": _("In an hour"),
        "interval": "80 %",
        "visits": _("Visits"),
        "state": _("Kind of place"),
        "earlier": _("Earlier visits"),
        "story": _("The visits, the last one first"),
    }


def _labels(threshold: float) -> dict[str, str]:
    """Return what each state is called in the legend."""
    at_least = wording.number(threshold, "#,##0.0#")
    return {
        "hotspot": _("Hotspots: visited, weight {weight} or more").format(weight=at_least),
        "visited": _("Other places that were visited"),
        "never": _("Never visited"),
        "resting": _("Resting"),
    }


def _title(heading: Heading, spots: Sequence[Spot]) -> dict[str, Json]:
    visits, hot = sum(spot.visits for spot in spots), sum(s.state == "hotspot" for s in spots)
    facts = (
        (_("{n} place") if len(spots) == 1 else _("{n} places")).format(n=len(spots)),
        (_("{n} hotspot") if hot == 1 else _("{n} hotspots")).format(n=hot),
    )
    notes = [] if visits else [_("No visit is logged yet: these are the start values.")]
    if heading.network.is_estimate:
        notes.append(_("Estimated network: the course of the roads is estimated."))
    return {
        "service": heading.service,
        "district": heading.district,
        "week": [_("Hotspots"), wording.long_date(heading.day)],
        "facts": " · ".join(facts),
        "quality": (_("{n} visit") if visits == 1 else _("{n} visits")).format(
            n=wording.number(visits)
        ),
        "offline": _("opens without internet"),
        "notes": [*notes],
    }


def _sizes(most: float) -> list[Json]:
    """Return up to three circles of the legend: diameter in pixels, and what it stands for."""
    fitting = [step for step in STEPS if step <= most][-3:]
    return [[_diameter(step, most), wording.number(step)] for step in fitting]


def _diameter(expected: float, most: float) -> int:
    share = math.sqrt(expected / most) if most > 0 else 0.0
    return max(SMALLEST_PX, round(LARGEST_PX * share))


def _spot(spot: Spot, most: float, threshold: float) -> dict[str, Json]:
    expected = wording.number(spot.expected_hour, "#,##0.0")
    span = f"{spot.low}–{spot.high}"
    rows = [
        (
            _("In an hour"),
            _("{n} contacts (estimate), four of five times {low} to {high}").format(
                n=expected, low=spot.low, high=spot.high
            ),
        ),
        (
            _("Weight"),
            _("{n} times a place of weight 1").format(n=weight_text(spot.weight, threshold)),
        ),
        (_("Visits"), wording.number(spot.visits)),
    ]
    if spot.last_visit:
        rows.append((_("Last visit"), wording.long_date(spot.last_visit)))
    state = {
        "hotspot": _("hotspot"),
        "visited": "",
        "never": _("never visited"),
        "resting": _("resting"),
    }[spot.state]
    return {
        "name": spot.name,
        "at": [spot.lat, spot.lon],
        "state": spot.state,
        "size": _diameter(spot.expected_hour, most),
        "value": expected,
        "about": ", ".join((wording.kind_label(spot.kind), spot.municipality)),
        "is": state,
        "label": ", ".join(
            filter(
                None,
                (
                    spot.name,
                    state,
                    _("{n} contacts an hour, {low} to {high}").format(
                        n=expected, low=spot.low, high=spot.high
                    ),
                ),
            )
        ),
        "span": span,
        "visits": wording.number(spot.visits),
        "rows": [list(row) for row in rows],
        "story": list(spot.story[::-1]),
        "question": spot.question,
    }
