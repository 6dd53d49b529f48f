"""The plan of a week as a map on the screen: one file that opens without internet."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from importlib.resources import files
from itertools import groupby

import folium
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from geodata.language import current_language, translator
from maps import style
from maps.basemap import Basemap
from maps.lanes import Run, side_by_side
from maps.leaflet import LEAFLET, Json, OfflineMap, Page, render_page
from maps.packed import packed, packed_lines
from tours.calendar import week_dates
from tours.plan import Depot, Plan, Stop, Tour, Unassigned
from tours.schedule import clock

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
SCRIPTS = ("tools", "land", "routes", "stops", "names", "panels", "view", "page")
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
        "text": _texts(),
        "title": _title(plan, basemap, tiles),
        "land": {
            "rings": packed_lines(basemap.boundary),
            "borders": packed_lines(basemap.borders),
            "roads": [] if tiles else _roads(basemap),
            "labels": [[label.name, label.lat, label.lon] for label in basemap.labels],
            "colours": {"land": "none" if tiles else style.LAND, "border": style.BORDER},
        },
        "tours": _tours(plan),
        "depots": _depots(plan),
        "left": [_left_out(place) for place in plan.unassigned],
        "credits": _credits(plan, basemap, tiles),
    }
    parts = files("maps").joinpath("web")
    drawing = OfflineMap(
        style=parts.joinpath("page.css").read_text(encoding="utf-8"),
        code="\n".join(
            parts.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS
        ),
        data=data,
        notice=_("This map needs JavaScript to be drawn."),
    )
    if tiles:
        folium.TileLayer(TILES, attr=TILE_CREDIT, max_zoom=18).add_to(drawing)
    title = (plan.service, plan.district, *_week(plan.week))
    page = Page(" · ".join(title), current_language(), (TILE_HOST,) if tiles else ())
    return render_page(page, drawing)


def _texts() -> dict[str, Json]:
    """Return the words of the page that do not depend on the plan."""
    return {
        "map": _("Map of the week"),
        "layers": _("Afternoons and layers"),
        "times": _("Times"),
        "close": _("Close"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "names": _("Municipalities"),
        "left": _("Not in the plan"),
        "left_out": _("not in the plan"),
        "size": _("Larger circle: more contacts expected (estimate)"),
        "open": _("Open in a map app"),
        "number": _("No."),
        "place": _("Place"),
        "arrival": _("Arrival"),
        "halt": _("Start–end"),
        "leave": _("leaves"),
        "return": _("returns"),
    }


def _language() -> Locale:
    return Locale.parse(current_language())


def _number(value: float, pattern: str = "#,##0") -> str:
    return format_decimal(value, pattern, locale=_language())


def _km(metres: int) -> str:
    return _("{km} km").format(km=_number(metres / 1000))


def _stops(number: int) -> str:
    return (_("{n} stop") if number == 1 else _("{n} stops")).format(n=_number(number))


def _contacts(hundredths: int) -> str:
    return _("about {n} (estimate)").format(n=_number(hundredths / 100, "0.0"))


def _hours(start_s: int, end_s: int) -> str:
    return _("{start}–{end}").format(start=clock(start_s), end=clock(end_s))


def _weekday(day: dt.date) -> str:
    return format_date(day, "EEEE", locale=_language())


def _day(day: dt.date) -> str:
    """Return ``Mittwoch, 25. November``."""
    pattern = _("EEEE, MMMM d")
    return format_date(day, pattern, locale=_language())


def _week(week: str) -> tuple[str, str]:
    """Return ``Wochenplan KW 48`` and ``23.–29. November 2026``."""
    first, *_between, last = week_dates(week)
    changes = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    # The only patterns of Babel have short months.
    patterns = _language().interval_formats["yMMMd"][changes]
    days = "".join(
        format_date(day, pattern.replace("MMM", "MMMM"), locale=_language())
        for day, pattern in zip((first, last), patterns, strict=True)
    )
    return _("Plan of week {number}").format(number=int(week[-2:])), days


def _title(plan: Plan, basemap: Basemap, tiles: bool) -> dict[str, Json]:
    number = sum(len(tour.stops) for tour in plan.tours)
    facts = (
        _stops(number),
        _km(plan.length_m),
        _("contacts expected: {n}").format(n=_contacts(plan.expected)),
    )
    notes = [
        _("Cancelled: {day} ({holiday})").format(day=_day(c.date), holiday=c.holiday)
        for c in plan.cancelled
    ]
    if basemap.is_estimate or plan.network.is_estimate:
        notes.insert(0, _estimate_note(plan))
    return {
        "service": plan.service,
        "district": plan.district,
        "week": _week(plan.week),
        "facts": " · ".join(facts),
        "quality": _quality(plan),
        "offline": (
            _("loads map pictures from {host}").format(host=TILE_HOST.removeprefix("https://"))
            if tiles
            else _("opens without internet")
        ),
        "notes": notes,
    }


def _quality(plan: Plan) -> str:
    if plan.is_optimal:
        return _("proven optimal")
    # Rounded up: what is promised must hold.
    share = math.ceil(plan.gap * 1000) / 1000
    return _("at most {share} below the best possible").format(
        share=format_percent(share, "0.0 %", locale=_language())
    )


def _estimate_note(plan: Plan) -> str:
    note = _("Estimated network: roads and times are guessed")

    def percent(share: float) -> str:
        return format_percent(share, "0 %", locale=_language())

    median, p90 = plan.network.error_median, plan.network.error_p90
    if median is not None:
        note += _(", typically ±{share}").format(share=percent(median))
    if p90 is not None:
        note += _(", on every tenth drive more than ±{share}").format(share=percent(p90))
    return note


def _credits(plan: Plan, basemap: Basemap, tiles: bool) -> list[Json]:
    lines = [*basemap.attribution, plan.attribution, plan.network.attribution]
    kind = {
        "estimate": _("estimated network"),
        "download": _("downloaded road network"),
        "extract": _("road network from a file"),
    }.get(plan.network.kind, plan.network.kind)
    if plan.network.date:
        kind = _("{network} of {date}").format(network=kind, date=_date(plan.network.date))
    lines += [TILE_CREDIT] * tiles + [LEAFLET, kind, _("plan {digest}").format(digest=plan.digest)]
    # A credit that another one holds already is not said twice.
    held = [line for line in lines if not any(line != other and line in other for other in lines)]
    return list(dict.fromkeys(held))


def _date(text: str) -> str:
    try:
        return format_date(dt.date.fromisoformat(text[:10]), "long", locale=_language())
    except ValueError:
        return text


def _tours(plan: Plan) -> list[Json]:
    routes = side_by_side(
        [tuple(point for leg in tour.legs for point in leg.route) for tour in plan.tours]
    )
    most = max((stop.expected for tour in plan.tours for stop in tour.stops), default=0)
    return [
        _tour(tour, style.afternoon_style(position), runs, most)
        for position, (tour, runs) in enumerate(zip(plan.tours, routes, strict=True))
    ]


def _tour(tour: Tour, look: style.LineStyle, runs: Iterable[Run], most: int) -> dict[str, Json]:
    drive = _km(tour.length_m) if tour.stops else ""
    return {
        "day": _day(tour.date),
        "weekday": _weekday(tour.date),
        "short": format_date(tour.date, "EEEEEE", locale=_language()).rstrip("."),
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
    hours = _hours(stop.start_s, stop.departure_s)
    rows: list[tuple[str, str]] = [
        (_("Arrival"), clock(stop.arrival_s)),
        (_("Halt"), _("{n} min").format(n=_number((stop.departure_s - stop.start_s) // 60))),
        (_("Contacts expected"), _contacts(stop.expected)),
        (_("Kind"), style.kind_label(stop.kind)),
        (_("Municipality"), stop.municipality),
    ]
    if stop.assumed:
        rows.append((_("Assumed"), ", ".join(map(style.assumed_label, stop.assumed))))
    smallest, largest = STOP_PX
    share = math.sqrt(max(stop.expected, 0) / most) if most > 0 else 0.0
    when = f"{_day(tour.date)}, {hours}"
    return {
        "number": number,
        "name": stop.name,
        "at": [stop.lat, stop.lon],
        "size": round(smallest + (largest - smallest) * share),
        "label": _("Stop {number}: {name}, {when}").format(
            number=number, name=stop.name, when=when
        ),
        "arrival": clock(stop.arrival_s),
        "hours": hours,
        "span": f"{clock(stop.start_s)}–{clock(stop.departure_s)}",
        "rows": [list(row) for row in rows],
        "private": "" if stop.is_public else _("not for the public"),
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
                [_weekday(tour.date), _hours(tour.leave_s, tour.return_s)]
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
        "reason": style.reason_label(place.reason),
    }


def _roads(basemap: Basemap) -> list[Json]:
    """Return the roads from the narrowest class to the widest, as they are drawn."""
    roads: list[Json] = []
    for position, lines in sorted(basemap.roads.items(), reverse=True):
        fill, casing, width_mm = style.ROADS[position]
        if basemap.is_estimate:
            fill, casing, width_mm = style.ESTIMATED_ROAD, "", 0.4
        roads.append(
            {
                "lines": packed_lines(lines),
                "fill": fill,
                "casing": casing,
                "width": round(width_mm * PX_PER_MM, 2),
                "minor": position == len(style.ROADS) - 1,
            }
        )
    return roads
