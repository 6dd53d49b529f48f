"""A week for the spreadsheet: its stops, what is not visited, and what the numbers are worth."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from geodata.language import current_language, translator
from tours.placestable import kind_text
from tours.plan import Plan
from tours.timetable import called, network_text, quality_text, reason_text, worth_note
from tours.visitexport import harmless, timeless

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_ = translator("tours")

Value = str | int | float | date | time
WIDEST = 44
LATEST = timedelta(hours=23, minutes=59)


def render_xlsx(plan: Plan) -> bytes:
    """Return a week as an XLSX workbook, the same bytes for the same plan."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    _fill(book.create_sheet(_("Stops")), _stop_heads(), list(_stop_rows(plan)))
    _fill(book.create_sheet(_("Not visited")), _left_heads(), list(_left_rows(plan)))
    _fill(book.create_sheet(_("About this week")), [_("About"), _("What")], list(_about(plan)))
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _stop_heads() -> list[str]:
    return [
        *(_("Date"), _("Bus"), _("No."), _("Stop"), _("Kind"), _("Municipality"), _("Arrival")),
        *(_("Start"), _("End"), _("Minutes"), _("Drive (min)"), _("km")),
        *(_("Expected contacts (estimate)"), _("Id")),
    ]


def _stop_rows(plan: Plan) -> Iterator[list[Value]]:
    for tour in plan.tours:
        for number, (stop, leg) in enumerate(zip(tour.stops, tour.legs, strict=False), 1):
            yield [
                *(tour.date, tour.bus, number, called(stop)),
                *(kind_text(stop.kind), stop.municipality),
                *(_time(stop.arrival_s), _time(stop.start_s), _time(stop.departure_s)),
                (stop.departure_s - stop.start_s) // 60,
                round(leg.drive_s / 60),
                *(leg.length_m / 1000, stop.expected / 100, stop.place_id),
            ]
        if tour.stops:
            leg = tour.legs[-1]
            back = _("back at the depot: {name}").format(name=tour.depot.name)
            yield [
                *(tour.date, tour.bus, "", back, "", "", _time(tour.return_s), "", "", ""),
                *(round(leg.drive_s / 60), leg.length_m / 1000, "", ""),
            ]


def _left_heads() -> list[str]:
    return [_("Place"), _("Kind"), _("Municipality"), _("Reason"), _("Id")]


def _left_rows(plan: Plan) -> Iterator[list[Value]]:
    for place in plan.unassigned:
        kind, why = kind_text(place.kind), reason_text(place.reason)
        yield [place.name, kind, place.municipality, why, place.place_id]


def _about(plan: Plan) -> Iterator[list[Value]]:
    yield [_("Service"), plan.service]
    yield [_("Week"), plan.week]
    expected = sum(stop.expected for tour in plan.tours for stop in tour.stops)
    yield [_("Expected contacts (estimate)"), expected / 100]
    yield [_("km"), sum(tour.length_m for tour in plan.tours) / 1000]
    yield [_("Quality"), quality_text(plan)]
    yield [_("Worth"), worth_note()]
    yield [_("Roads"), network_text(plan.network)]
    yield [_("Source"), "; ".join(dict.fromkeys((plan.attribution, plan.network.attribution)))]
    yield [_("Plan"), plan.digest]


def _time(seconds: int) -> time:
    # Midnight at the end of the day cannot be written there.
    return (datetime.min + min(timedelta(seconds=seconds // 60 * 60), LATEST)).time()


def _fill(sheet: Worksheet, heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Write a table with a head that stays, in columns as wide as what they hold."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for column, head in enumerate(heads, 1):
        cell = sheet.cell(1, column, head)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8E8E4")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        texts = [str(row[column - 1]) for row in rows if isinstance(row[column - 1], str)]
        longest = max(map(len, [*texts, head[:12]]), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = max(9, min(longest + 2, WIDEST))
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            _write(sheet.cell(number, column), value)
    sheet.freeze_panes = "A2"
    if rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _write(cell: Cell | MergedCell, value: Value) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", harmless(value)) or None
        if value:
            cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=len(value) > WIDEST, vertical="top")
        return
    cell.value = value
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, float):
        cell.number_format = "#,##0.0"
    elif isinstance(value, time):
        cell.number_format = "hh:mm"
    elif isinstance(value, date):
        is_german = current_language() == "de"
        cell.number_format = "ddd dd.mm.yyyy" if is_german else "ddd yyyy-mm-dd"
