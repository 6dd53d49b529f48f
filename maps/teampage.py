"""The back of a day sheet: whom to call, what to know of appointments, what to pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geodata.language import translator
from maps import wording
from maps.ground import Ground
from maps.halts import stop_name
from maps.lettering import printable
from maps.paper import GAP_MM, HEIGHT_MM, Part, note_mm
from maps.tourmap import tour_look
from tours.calendar import DAY_S
from tours.plan import Plan, Tour
from tours.schedule import clock
from tours.stock import Supply
from tours.teamday import FIRE, POLICE, Briefing, Contact, TeamDay

_ = translator("maps")

# Heights: the band with the date, the two numbers that everybody knows, and of each table its
# title, its head and a row.
BAND_MM, CALLS_MM = 11.0, 14.0
TITLE_MM, HEAD_MM, ROW_MM = 7.0, 5.5, 8.6
# Rows may be as low as this if everything stands on one page then.
LOW_ROW_MM = 6.6
# So much of a table stands at least at the foot of a page.
LEAST_ROWS = 2
# Widths of the columns, 182 mm in all.
CONTACT_MM = (74.0, 34.0, 28.0, 46.0)
BRIEFING_MM = (9.0, 49.0, 24.0, 52.0, 48.0)
SUPPLY_MM = (80.0, 14.0, 29.0, 18.0, 17.0, 24.0)


def team_pages(plan: Plan, ground: Ground, position: int, day: TeamDay) -> list[Part]:
    """Return the pages behind a day sheet; none for an afternoon without stops.

    Parameters
    ----------
    plan : Plan
    ground : Ground
    position : int
        Of the tour.
    day : TeamDay
    """
    tour = plan.tours[position]
    if not tour.stops:
        return []
    room = HEIGHT_MM - BAND_MM - GAP_MM - note_mm(plan, ground)
    tables, taken = list(_tables(tour, day)), CALLS_MM + GAP_MM
    row = _row_mm(tables, room - taken)
    pages = _paged(tables, room, taken, row)
    date = wording.with_bus(wording.long_date(tour.date), tour.bus)
    return [
        {
            "kind": "team",
            "look": tour_look(position),
            "title": f"{date} · {_('contacts and packing list')}",
            "calls": [] if number else emergency_calls(),
            "calls_mm": CALLS_MM,
            "title_mm": TITLE_MM,
            "head_mm": HEAD_MM,
            "row_mm": row,
            "gap_mm": GAP_MM,
            "tables": shown,
        }
        for number, shown in enumerate(pages)
    ]


def emergency_calls() -> list[Part]:
    """Return the two numbers that stand on every day sheet."""
    return [
        {"number": FIRE, "label": _("Fire brigade, ambulance")},
        {"number": POLICE, "label": _("Police")},
    ]


def _tables(tour: Tour, day: TeamDay) -> Iterator[Part]:
    if day.emergencies:
        rows = [_contact(contact, tour) for contact in day.emergencies]
        yield _table(_("Emergency numbers"), "", _contact_columns(), CONTACT_MM, rows)
    if day.partners or day.num_closed:
        about = ""
        if day.num_closed:
            about = _("{n} more are closed during the tour").format(n=day.num_closed)
        rows = [_contact(contact, tour) for contact in day.partners]
        title = _("Partners during the tour")
        yield _table(title, about, _contact_columns(), CONTACT_MM, rows)
    if day.briefings:
        columns = [
            *(_("No."), _("Appointment"), _("Time")),
            *(_("Requested by, purpose"), _("Status, language")),
        ]
        rows = [_briefing(briefing) for briefing in day.briefings]
        yield _table(_("Appointments"), "", columns, BRIEFING_MM, rows)
    if day.supplies:
        columns = [
            *(_("Item"), _("Target"), _("Level")),
            *(_("To pack"), _("Packed"), _("Used")),
        ]
        about = _("levels by stock_log.csv, nothing logged yet")
        if day.logged:
            about = _("levels by stock_log.csv, last entry of {date}").format(
                date=wording.long_date(day.logged)
            )
        rows = [_supply(supply) for supply in day.supplies]
        yield _table(_("Packing list"), about, columns, SUPPLY_MM, rows)


def _table(
    title: str, about: str, columns: Sequence[str], widths: Sequence[float], rows: list[Part]
) -> Part:
    return {
        "title": title,
        "about": about,
        "columns": [
            {"label": label, "width": width} for label, width in zip(columns, widths, strict=True)
        ],
        "rows": rows,
    }


def _row_mm(tables: Sequence[Part], room_mm: float) -> float:
    """Return the height of a row: lower than usual where that saves a page."""
    heads = len(tables) * (TITLE_MM + HEAD_MM + GAP_MM) - GAP_MM
    fitting = (room_mm - heads) / max(1, sum(len(table["rows"]) for table in tables))
    return min(ROW_MM, fitting) if fitting >= LOW_ROW_MM else ROW_MM


def _paged(
    tables: Sequence[Part], room_mm: float, taken_mm: float, row_mm: float
) -> list[list[Part]]:
    """Share tables among pages; what goes on has its title and its head again."""
    pages: list[list[Part]] = [[]]
    left = room_mm - taken_mm
    for table in tables:
        rows, title = list(table["rows"]), table["title"]
        while True:
            fits = int((left - TITLE_MM - HEAD_MM + 1e-6) // row_mm)
            if fits < min(LEAST_ROWS, len(rows)) and pages[-1] != []:
                pages.append([])
                left = room_mm
                continue
            part, rows = rows[:fits], rows[fits:]
            pages[-1].append({**table, "title": title, "rows": part})
            left -= TITLE_MM + HEAD_MM + row_mm * len(part) + GAP_MM
            if not rows:
                break
            title = _("{title} (continued)").format(title=table["title"])
    return pages


def _cell(text: str, more: str = "", *, is_bold: bool = False, link: str = "") -> Part:
    return {"text": text, "more": more, "bold": is_bold, "link": link, "box": False}


def _box() -> Part:
    return {**_cell(""), "box": True}


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, map(printable, parts)))


def _contact_columns() -> list[str]:
    return [_("Name"), _("Telephone"), _("Open"), _("Languages, area, note")]


def _contact(contact: Contact, tour: Tour) -> Part:
    one = contact.partner
    about = _joined(one.languages, one.area or _("whole district"), one.note)
    return {
        "cells": [
            _cell(printable(one.name), printable(one.role), is_bold=True),
            _cell(printable(one.phone), is_bold=True, link=f"tel:{one.dial}"),
            _cell(open_note(contact, tour)),
            _cell(about),
        ],
    }


def open_note(contact: Contact, tour: Tour) -> str:
    """Return until when a partner is open during a tour: “bis 18:00”."""
    if contact.open_s is None:
        return _("hours not known")
    if not contact.open_s:
        return _("closed during the tour")
    return ", ".join(_span(opens, closes, tour.leave_s) for opens, closes in contact.open_s)


def _span(opens: int, closes: int, leave: int) -> str:
    if (opens, closes) == (0, DAY_S):
        return _("all day")
    if opens > leave:
        return wording.span(opens, closes)
    return _("until {time}").format(time=clock(closes))


def _briefing(briefing: Briefing) -> Part:
    stop = briefing.stop
    status = _("confirmed") if stop.is_confirmed else _("unconfirmed")
    return {
        "cells": [
            _cell(str(briefing.number), is_bold=True),
            _cell(stop_name(stop), printable(stop.municipality), is_bold=True),
            _cell(wording.span(stop.start_s, stop.departure_s)),
            _cell(_joined(briefing.unit, briefing.purpose)),
            _cell(_joined(status, briefing.interpreting)),
        ],
    }


def _supply(supply: Supply) -> Part:
    item, missing = supply.item, supply.missing
    if supply.level is None:
        level, pack = _("not counted yet"), ""
    else:
        level = wording.number(supply.level)
        if supply.is_overdrawn:
            level = _("{level}, count again").format(level=level)
        elif supply.is_short:
            level = _("{level}, below {least}").format(
                level=level, least=wording.number(item.least)
            )
        pack = wording.number(missing) if missing else "–"
    return {
        "cells": [
            _cell(printable(item.name), _joined(item.unit, item.note), is_bold=supply.is_short),
            _cell(wording.number(item.target)),
            _cell(level, is_bold=supply.is_short),
            _cell(pack, is_bold=True),
            _box(),
            _box(),
        ],
    }
