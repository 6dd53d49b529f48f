"""The visit log for spreadsheets: CSV and XLSX that can be imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, time

from babel.dates import format_date

from geodata.language import current_language, translator
from tours.export.sheetcells import cell_time, fill_sheet, harmless, head, timeless
from tours.schedule import clock
from tours.visits.columns import HEADERS, REASON_WORDS
from tours.visits.visit import Visit

_ = translator("tours")

Cell = str | int | date | time | None


def _headers() -> list[str]:
    known = {
        field: HEADERS[field][0].capitalize() if current_language() == "de" else english
        for field, english in (
            *(("place", "Place"), ("date", "Date"), ("arrival", "Arrival")),
            *(("departure", "Departure"), ("met", "Met"), ("new", "New"), ("reason", "Reason")),
        )
    }
    first = [known[field] for field in ("place", "date", "arrival", "departure", "met", "new")]
    return [*first, known["reason"], _("Name"), _("Planned start"), _("Visit")]


def _cells(visit: Visit, names: Mapping[str, str]) -> list[Cell]:
    there = visit.took_place
    reason = visit.reason
    if reason and current_language() == "de":
        reason = REASON_WORDS[reason][0].capitalize()
    return [
        harmless(visit.place),
        visit.date,
        cell_time(visit.arrival_s),
        cell_time(visit.departure_s) if there else None,
        visit.met if there else None,
        visit.new if there else None,
        reason or None,
        harmless(names.get(visit.place, "")) or None,
        cell_time(visit.planned.start_s) if visit.planned else None,
        visit.id,
    ]


def render_csv(visits: Sequence[Visit], names: Mapping[str, str]) -> bytes:
    """Return visits as a CSV file.

    UTF-8 with a byte order mark; in German with semicolons and German dates.

    Parameters
    ----------
    visits : sequence of Visit
    names : Mapping of str to str
        What the places are called.
    """
    out = io.StringIO()
    is_german = current_language() == "de"
    writer = csv.writer(out, delimiter=";" if is_german else ",", lineterminator="\r\n")
    writer.writerow(_headers())
    for visit in visits:
        writer.writerow([_typed(cell, is_german) for cell in _cells(visit, names)])
    return out.getvalue().encode("utf-8-sig")


def _typed(cell: Cell, is_german: bool) -> str:
    if isinstance(cell, date):
        return format_date(cell, "dd.MM.yyyy", locale="de") if is_german else cell.isoformat()
    if isinstance(cell, time):
        return clock(cell.hour * 3600 + cell.minute * 60)
    return "" if cell is None else str(cell)


def render_xlsx(visits: Sequence[Visit], names: Mapping[str, str]) -> bytes:
    """Return visits as an XLSX workbook, the same bytes for the same visits.

    Parameters
    ----------
    visits : sequence of Visit
    names : Mapping of str to str
        What the places are called.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _("Visits")
    fill_sheet(sheet, iter([head(*_headers()), *(_cells(visit, names) for visit in visits)]))
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())
