"""The plan of a week as a map on the screen: one file that opens without internet."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import groupby

import folium
from babel.dates import format_date

from geodata.language import current_language, translator
from geodata.network import NetworkSource
from maps import style, wording
from maps.basemap import Basemap
from maps.lanes import Run, side_by_side
from maps.leaflet import LEAFLET, Json, OfflineMap, Page, render_page
from maps.packed import packed, packed_lines
from maps.webroads import Spot, spots_of, web_roads
from tours.leftout import Unassigned
from tours.plan import Plan
from tours.schedule import clock
from tours.tour import Depot, Stop, Tour

_ = translator("maps")

TILES = (
    "https://sgx.geodatenzentrum.de/wmts_basemapde/tile/1.0.0/"
    "de_basemapde_web_raster_grau/default/GLOBAL_WEBMERCATOR/{z}/{y}/{x}.png"
)
TILE_HOST = "https://sgx.geodatenzentrum.de"
TILE_CREDIT = "basemap.de / © BKG (CC BY 4.0)"

# CSS counts 96 pixels to an inch.
PX_PER_MM = 96 / 25.4
# In the order in which they need each other.
SCRIPTS = ("tools", "land", "routes", "stops", "names", "panels", "view", "frame", "week", "page")
STYLES = ("page",)
# Diameter of a stop's circle, pixels: the number must fit in, two must stay apart.
STOP_PX = (26, 36)


def render_webmap(plan: Plan, basemap: Basemap, *, tiles: bool = False) -> str:
    """Return the page that shows a plan: HTML, the same for the same plan and language.

    Parameters
    ----------
    plan : Plan
    basemap : Basemap
        Of the plan's district.
    tiles : bool
        Load map pictures from the German mapping agency instead of drawing the roads. Whoever
        opens the page is then seen there, and the page says so.
    """
    data: dict[str, Json] = {
        "text": texts(),
        **land_data(basemap, [plan], [wording.plan_label(plan)], tiles=tiles),
        **plan_data(plan, basemap, tiles=tiles, names_depots=plan.names_depots),
    }
    drawing = drawing_of(data, SCRIPTS)
    if tiles:
        folium.TileLayer(TILES, attr=TILE_CREDIT, max_zoom=18).add_to(drawing)
    title = (
        plan.service,
        plan.district,
        wording.week_title(plan.week),
        wording.week_days(plan.week),
    )
    page = Page(" · ".join(title), current_language(), (TILE_HOST,) if tiles else ())
    return render_page(page, drawing)


def drawing_of(data: Json, scripts: Sequence[str], styles: Sequence[str] = STYLES) -> OfflineMap:
    """Return what draws data on the page.

    Parameters
    ----------
    data : Json
    scripts, styles : sequence of str
        Names of files in ``web``, in the order in which they need each other.
    """
    parts = files("maps").joinpath("web")

    def joined(names: Sequence[str], ending: str) -> str:
        texts = [parts.joinpath(f"{name}.{ending}").read_text(encoding="utf-8") for name in names]
        return "\n".join(texts)

    return OfflineMap(
        style=joined(styles, "css"),
        code=joined(scripts, "js"),
        data=data,
        notice=_("This map needs JavaScript to be drawn."),
    )


def plan_data(
    plan: Plan,
    basemap: Basemap,
    *,
    tiles: bool = False,
    looks: Sequence[style.LineStyle] | None = None,
    most: int | None = None,
    names_depots: bool = False,
) -> dict[str, Json]:
    """Return what a page says and shows of one plan.

    Parameters
    ----------
    plan : Plan
    basemap : Basemap
    tiles : bool
    looks : sequence of LineStyle or None
        One per tour; None for the usual ones.
    most : int or None
        Expected contacts of the stop with the largest circle, hundredths; None for the plan's.
    names_depots : bool
        Say from which depot each tour starts.
    """
    usual = [style.afternoon_style(position) for position in range(len(plan.tours))]
    return {
        "title": _title(plan, basemap, tiles),
        "tours": [
            {**tour, "from": wording.from_depot(of) if names_depots else ""}
            for tour, of in zip(
                _tours(plan, usual if looks is None else looks, most), plan.tours, strict=True
            )
        ],
        "depots": _depots(plan),
        "left": [_left_out(place) for place in plan.unassigned],
    }


def land_data(
    basemap: Basemap, plans: Sequence[Plan], more: Sequence[str] = (), *, tiles: bool = False
) -> dict[str, Json]:
    """Return the ground of a page, and whom it owes what it shows.

    Parameters
    ----------
    basemap : Basemap
    plans : sequence of Plan
        Shown on the page.
    more : sequence of str
        To be said at the end.
    tiles : bool
        See `render_webmap`.
    """
    credits_ = [line for plan in plans for line in credit_lines(plan, basemap, tiles=tiles)]
    return ground_data(basemap, spots_of(plans), credits_, more, tiles=tiles)


def ground_data(
    basemap: Basemap,
    near: Sequence[Spot],
    credits_: Sequence[str],
    more: Sequence[str] = (),
    *,
    tiles: bool = False,
) -> dict[str, Json]:
    """Return the ground of any page; small streets are drawn near some points at least.

    Parameters
    ----------
    basemap : Basemap
    near : sequence of (lon, lat)
        Degrees, EPSG:4326.
    credits_, more : sequence of str
        Whom the page owes what it shows, and what is to be said after that.
    tiles : bool
        See `render_webmap`.
    """
    roads = web_roads(basemap, near, PX_PER_MM)
    lines = list(credits_)
    if not (tiles or roads.is_whole):
        lines.append(_("small streets far from the stops are not drawn"))
    land: dict[str, Json] = {
        "rings": packed_lines(basemap.boundary),
        "borders": packed_lines(basemap.borders),
        "roads": [] if tiles else [*roads.layers],
        "labels": [[label.name, label.lat, label.lon] for label in basemap.labels],
        "colours": {"land": "none" if tiles else style.LAND, "border": style.BORDER},
    }
    return {"land": land, "credits": [*dict.fromkeys(lines), *more]}


def texts() -> dict[str, Json]:
    """Return the words of the page that do not depend on the plan."""
    return {
        "map": _("Map of the week"),
        "layers": _("Afternoons and layers"),
        "times": _("Times"),
        "close": _("Close"),
        "more": _("More about this map"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "names": _("Municipalities"),
        "left": _("Not in the plan"),
        "left_out": _("not in the plan"),
        "size": _("Larger circle: more expected contacts (estimate)"),
        "open": _("Open in a map app"),
        "number": _("No."),
        "place": _("Stop"),
        "arrival": _("Arrival"),
        "halt": _("Start–end"),
        "leave": _("departure"),
        "return": _("return"),
    }


def _stops(count: int) -> str:
    return (_("{n} stop") if count == 1 else _("{n} stops")).format(n=wording.number(count))


def _title(plan: Plan, basemap: Basemap, tiles: bool) -> dict[str, Json]:
    facts = (
        _stops(sum(len(tour.stops) for tour in plan.tours)),
        wording.kilometres(plan.length_m),
        f"{wording.contacts(plan.expected)} {wording.contacts_label()}",
    )
    notes = (wording.estimate_note(plan, is_drawn=basemap.is_estimate), wording.cancellations(plan))
    return {
        "service": plan.service,
        "district": plan.district,
        "week": [wording.week_title(plan.week), wording.week_days(plan.week)],
        "facts": " · ".join(facts),
        "quality": wording.quality(plan)[0],
        "offline": (
            _("loads map pictures from {host}").format(host=TILE_HOST.removeprefix("https://"))
            if tiles
            else _("opens without internet")
        ),
        "notes": [note for note in notes if note],
    }


def credit_lines(plan: Plan, basemap: Basemap, *, tiles: bool = False) -> list[str]:
    """Return whom a page owes what it shows."""
    lines = [*basemap.attribution, plan.attribution, plan.network.attribution]
    return said_once([*lines, *[TILE_CREDIT] * tiles, LEAFLET, network_label(plan.network)])


def network_label(network: NetworkSource) -> str:
    """Return which roads a page shows, and of when they are."""
    kind = {
        "estimate": _("estimated network"),
        "download": _("downloaded road network"),
        "extract": _("road network from a file"),
    }.get(network.kind, network.kind)
    if network.date:
        kind = _("{network} of {date}").format(network=kind, date=_date(network.date))
    return kind


def said_once(lines: Sequence[str]) -> list[str]:
    """Return credits without those that another one holds already."""
    held = [line for line in lines if not any(line != other and line in other for other in lines)]
    return list(dict.fromkeys(held))


def _date(text: str) -> str:
    try:
        return format_date(dt.date.fromisoformat(text[:10]), "long", locale=wording.locale())
    except ValueError:
        return text


def _tours(plan: Plan, looks: Sequence[style.LineStyle], most: int | None) -> list[dict[str, Json]]:
    routes = side_by_side(
        [tuple(point for leg in tour.legs for point in leg.route) for tour in plan.tours]
    )
    if most is None:
        most = most_expected(plan)
    return [
        _tour(tour, look, runs, most)
        for tour, look, runs in zip(plan.tours, looks, routes, strict=True)
    ]


def most_expected(plan: Plan) -> int:
    """Return the expected contacts of the stop that has most of them, hundredths."""
    return max((stop.expected for tour in plan.tours for stop in tour.stops), default=0)


def _short_day(tour: Tour) -> str:
    # No more of a bus than that fits into a marker.
    short_bus = tour.bus if len(tour.bus) <= 2 else ""
    return " ".join(filter(None, (wording.short_weekday(tour.date), short_bus)))


def _tour(tour: Tour, look: style.LineStyle, runs: Iterable[Run], most: int) -> dict[str, Json]:
    drive = wording.short_kilometres(tour.length_m) if tour.stops else ""
    return {
        "day": wording.with_bus(wording.date_in_week(tour.date), tour.bus),
        "weekday": wording.with_bus(wording.weekday(tour.date), tour.bus),
        "short": _short_day(tour),
        "summary": " · ".join(filter(None, (_stops(len(tour.stops)), drive))),
        "depot": tour.depot.name,
        "leave": clock(tour.leave_s),
        "return": clock(tour.return_s),
        "colour": look.colour,
        "dash": list(look.dash),
        "runs": [
            {
                "line": packed(run.corners),
                "lanes": [[lane, len(list(same))] for lane, same in groupby(run.lanes)],
            }
            for run in runs
        ],
        "stops": [_stop(tour, number, stop, most) for number, stop in enumerate(tour.stops, 1)],
    }


def _stop(tour: Tour, number: int, stop: Stop, most: int) -> dict[str, Json]:
    hours = wording.hours(stop.start_s, stop.departure_s)
    rows: list[tuple[str, str]] = [
        (_("Arrival"), clock(stop.arrival_s)),
        (_("Time on site"), wording.duration(stop.departure_s - stop.start_s)),
        wording.contacts_row(stop.expected),
        (_("Kind"), wording.kind_label(stop.kind)),
        (_("Municipality"), stop.municipality),
    ]
    if stop.rest_s:
        until = _("until {time}, then departure").format(time=clock(stop.leave_s))
        rows.insert(2, (_("Break"), until))
    if stop.assumed:
        rows.append((_("Assumed"), ", ".join(map(wording.assumed_label, stop.assumed))))
    smallest, largest = STOP_PX
    share = math.sqrt(max(stop.expected, 0) / most) if most > 0 else 0.0
    day = wording.with_bus(wording.date_in_week(tour.date), tour.bus)
    rest = wording.break_note(stop)
    return {
        "number": number,
        "name": stop.name,
        "at": [stop.lat, stop.lon],
        "size": round(smallest + (largest - smallest) * share),
        # What stands on the disc is part of what it is called, for who speaks to the screen.
        "label": _("Stop {number} {day}: {name}, {when}").format(
            number=number,
            day=_short_day(tour),
            name=stop.name,
            when=", ".join(filter(None, (day, hours, rest))),
        ),
        "arrival": clock(stop.arrival_s),
        "hours": hours,
        "span": wording.span(stop.start_s, stop.departure_s),
        "rest": rest,
        "rows": [list(row) for row in rows],
        "private": wording.public_note(stop),
    }


def _depots(plan: Plan) -> list[Json]:
    days: dict[Depot, list[Tour]] = {}
    for tour in plan.tours:
        days.setdefault(tour.depot, []).append(tour)
    return [
        {
            "name": depot.name,
            "at": [depot.lat, depot.lon],
            "label": _("Depot: {name}").format(name=depot.name),
            "kind": _("Depot of the bus"),
            "rows": [
                [
                    wording.with_bus(wording.weekday(tour.date), tour.bus),
                    wording.hours(tour.leave_s, tour.return_s),
                ]
                for tour in tours
                if tour.stops
            ],
        }
        for depot, tours in days.items()
    ]


def _left_out(place: Unassigned) -> dict[str, Json]:
    return {
        "name": place.name,
        "at": [place.lat, place.lon],
        "reason": wording.reason_label(place.reason),
    }
