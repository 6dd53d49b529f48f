"""The back of a day sheet: whom to call, what to know of appointments, what to pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geodata.language import translator
from maps import wording
from maps.ground import Ground
from maps.halts import stop_name
from maps.lettering import printable
from maps.paper import A4, GAP_MM, Paper, Part, note_mm
from maps.papertable import HEAD_MM, ROW_MM, TITLE_MM, box, cell, joined, paged, table, table_page
from maps.tourmap import tour_look
from tours.calendar import DAY_S
from tours.plan import Plan
from tours.schedule import clock
from tours.team.day import FIRE, POLICE, Briefing, Contact, TeamDay
from tours.team.stock import Supply
from tours.tour import Tour

_ = translator("maps")

# Heights: the band with the date, and the two numbers that everybody knows.
BAND_MM, CALLS_MM = 11.0, 14.0
# Rows may be as low as this if everything stands on one page then.
LOW_ROW_MM = 6.6
# Widths of the columns, 182 mm in all.
CONTACT_MM = (74.0, 34.0, 28.0, 46.0)
BRIEFING_MM = (9.0, 49.0, 24.0, 52.0, 48.0)
SUPPLY_MM = (80.0, 14.0, 29.0, 18.0, 17.0, 24.0)
LOG_MM = (9.0, 55.0, 24.0, 17.0, 17.0, 20.0, 40.0)


def team_pages(
    plan: Plan,
    ground: Ground,
    position: int,
    day: TeamDay,
    paper: Paper = A4,
    *,
    reasons: str = "",
) -> list[Part]:
    """Return the pages behind a day sheet; none for an afternoon without stops.

    Parameters
    ----------
    plan : Plan
    ground : Ground
    position : int
        Of the tour.
    day : TeamDay
    paper : Paper
    reasons : str
        Why a stop may not have taken place, with the numbers that the log asks for.
    """
    tour = plan.tours[position]
    if not tour.stops:
        return []
    room = paper.height_mm - BAND_MM - GAP_MM - note_mm(plan, ground)
    tables, taken = list(_tables(tour, day)), CALLS_MM + GAP_MM
    pages, left = paged(tables, room, taken, _row_mm(tables, room - taken))
    log = _log(tour, reasons)
    wanted = TITLE_MM + HEAD_MM + ROW_MM * len(tour.stops)
    if left < wanted <= room:
        pages.append([])
        left = room
    more, left = paged([log], room, room - left, ROW_MM)
    pages = [*pages[:-1], [*pages[-1], *more[0]], *more[1:]]
    date = printable(wording.with_bus(wording.long_date(tour.date), tour.bus))
    look, title = tour_look(position), f"{date} · {_('contacts and packing list')}"
    made = [table_page(look, title, shown, 0.0, paper) for shown in pages[:-1]]
    made.append(table_page(look, title, pages[-1], left, paper))
    made[0] |= {"calls": emergency_calls(), "calls_mm": CALLS_MM}
    return made


def emergency_calls() -> list[Part]:
    """Return the two numbers that stand on every day sheet."""
    return [
        {"number": FIRE, "label": _("Fire brigade, ambulance")},
        {"number": POLICE, "label": _("Police")},
    ]


def _tables(tour: Tour, day: TeamDay) -> Iterator[Part]:
    if day.emergencies:
        rows = [_contact(contact, tour) for contact in day.emergencies]
        yield table(_("Emergency numbers"), "", _contact_columns(), CONTACT_MM, rows)
    if day.partners or day.num_closed:
        about = ""
        if day.num_closed:
            about = _("{n} more are closed during the tour").format(n=day.num_closed)
        rows = [_contact(contact, tour) for contact in day.partners]
        title = _("Partners during the tour")
        yield table(title, about, _contact_columns(), CONTACT_MM, rows)
    if day.briefings:
        columns = [
            *(_("No."), _("Appointment"), _("Time")),
            *(_("Requested by, purpose"), _("Status, language")),
        ]
        rows = [_briefing(briefing) for briefing in day.briefings]
        yield table(_("Appointments"), "", columns, BRIEFING_MM, rows)
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
        yield table(_("Packing list"), about, columns, SUPPLY_MM, rows)


def _row_mm(tables: Sequence[Part], room_mm: float) -> float:
    """Return the height of a row: lower than usual where that saves a page."""
    heads = len(tables) * (TITLE_MM + HEAD_MM + GAP_MM) - GAP_MM
    fitting = (room_mm - heads) / max(1, sum(len(table["rows"]) for table in tables))
    return min(ROW_MM, fitting) if fitting >= LOW_ROW_MM else ROW_MM


def _log(tour: Tour, reasons: str) -> Part:
    """Return what is written down where a stop went otherwise, as it is asked for afterwards."""
    columns = [
        *(_("No."), _("Stop"), _("Planned")),
        *(_("Arrival"), _("End"), _("Did not happen"), _("Note")),
    ]
    rows = [
        {
            "cells": [
                cell(str(number), is_bold=True),
                cell(stop_name(stop), is_bold=True),
                cell(wording.span(stop.start_s, stop.departure_s)),
                *(box(), box(), box()),
                cell(""),
            ]
        }
        for number, stop in enumerate(tour.stops, start=1)
    ]
    about = _("did not happen: {reasons}").format(reasons=reasons) if reasons else ""
    return table(_("If it went otherwise"), about, columns, LOG_MM, rows)


def _contact_columns() -> list[str]:
    return [_("Name"), _("Telephone"), _("Open"), _("Languages, area, note")]


def _contact(contact: Contact, tour: Tour) -> Part:
    one = contact.partner
    about = joined(one.languages, one.area or _("whole district"), one.note)
    return {
        "cells": [
            cell(printable(one.name), printable(one.role), is_bold=True),
            cell(printable(one.phone), is_bold=True, link=f"tel:{one.dial}"),
            cell(open_note(contact, tour)),
            cell(about),
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
            cell(str(briefing.number), is_bold=True),
            cell(stop_name(stop), printable(stop.municipality), is_bold=True),
            cell(wording.span(stop.start_s, stop.departure_s)),
            cell(joined(briefing.unit, briefing.purpose)),
            cell(joined(status, briefing.interpreting)),
        ],
    }


def _supply(supply: Supply) -> Part:
    item, missing = supply.item, supply.missing
    moved = ""
    if supply.level is None:
        level, pack, moved = _("not counted yet"), "", _moved(supply)
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
            cell(printable(item.name), joined(item.unit, item.note), is_bold=supply.is_short),
            cell(wording.number(item.target)),
            cell(level, moved, is_bold=supply.is_short),
            cell(pack, is_bold=True),
            box(),
            box(),
        ],
    }


def _moved(supply: Supply) -> str:
    """Return what was used and added of an item that nobody has counted."""
    used, added = wording.number(supply.used), wording.number(supply.added)
    text = ""
    if supply.used and supply.added:
        text = _("{used} used, {added} added")
    elif supply.used:
        text = _("{used} used since the beginning")
    elif supply.added:
        text = _("{added} added since the beginning")
    return text.format(used=used, added=added)
