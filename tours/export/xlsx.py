"""A week for the spreadsheet: its stops, what is not visited, and what the numbers are worth."""

from __future__ import annotations

import io
from collections.abc import Iterator

from geodata.language import translator
from tours.export.sheetcells import Line, Styled, cell_time, fill_sheet, head, timeless
from tours.places.table import kind_text
from tours.plan import Plan
from tours.timetable import network_text, quality_text, reason_text, worth_note

_ = translator("tours")

ONE_DECIMAL = "#,##0.0"


def render_xlsx(plan: Plan) -> bytes:
    """Return a week as an XLSX workbook, the same bytes for the same plan."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, lines in (
        (_("Stops"), _stops(plan)),
        (_("Not visited"), _left_out(plan)),
        (_("About this week"), _about(plan)),
    ):
        sheet = book.create_sheet(title)
        fill_sheet(sheet, lines)
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions
        sheet.print_title_rows = "1:1"
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _stops(plan: Plan) -> Iterator[Line]:
    yield head(
        *(_("Date"), _("Bus"), _("No."), _("Stop"), _("Kind"), _("Municipality"), _("Arrival")),
        *(_("Start"), _("End"), _("Minutes"), _("Drive (min)"), _("km")),
        *(_("Expected contacts (estimate)"), _("Id")),
    )
    for tour in plan.tours:
        for number, (stop, leg) in enumerate(zip(tour.stops, tour.legs, strict=False), 1):
            yield [
                *(tour.date, tour.bus, number, stop.name, kind_text(stop.kind), stop.municipality),
                *map(cell_time, (stop.arrival_s, stop.start_s, stop.departure_s)),
                *((stop.departure_s - stop.start_s) // 60, round(leg.drive_s / 60)),
                Styled(leg.length_m / 1000, ONE_DECIMAL),
                Styled(stop.expected / 100, ONE_DECIMAL),
                stop.place_id,
            ]
        if tour.stops:
            leg = tour.legs[-1]
            back = _("back at the depot: {name}").format(name=tour.depot.name)
            yield [
                *(tour.date, tour.bus, None, back, None, None, cell_time(tour.return_s)),
                *(None, None, None, round(leg.drive_s / 60)),
                Styled(leg.length_m / 1000, ONE_DECIMAL),
            ]


def _left_out(plan: Plan) -> Iterator[Line]:
    yield head(_("Place"), _("Kind"), _("Municipality"), _("Reason"), _("Id"))
    for place in plan.unassigned:
        kind, why = kind_text(place.kind), reason_text(place.reason)
        yield [place.name, kind, place.municipality, why, place.place_id]


def _about(plan: Plan) -> Iterator[Line]:
    yield head(_("About"), _("What"))
    expected = sum(stop.expected for tour in plan.tours for stop in tour.stops)
    length_m = sum(tour.length_m for tour in plan.tours)
    credit = "; ".join(dict.fromkeys((plan.attribution, plan.network.attribution)))
    yield [_("Service"), plan.service]
    yield [_("Week"), plan.week]
    yield [_("Expected contacts (estimate)"), Styled(expected / 100, ONE_DECIMAL)]
    yield [_("km"), Styled(length_m / 1000, ONE_DECIMAL)]
    for name, text in (
        (_("Quality"), quality_text(plan)),
        (_("Worth"), worth_note()),
        (_("Roads"), network_text(plan.network)),
        (_("Source"), credit),
        (_("Plan"), plan.digest),
    ):
        yield [name, Styled(text, is_wrapped=True)]
