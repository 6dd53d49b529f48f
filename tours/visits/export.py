"""The visit log for spreadsheets: CSV and XLSX that can be imported again."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from babel.dates import format_date

from geodata.language import current_language, translator
from tours.schedule import clock
from tours.visits.columns import HEADERS, REASON_WORDS
from tours.visits.visit import Visit

_ = translator("tours")

# A cell that begins so is a formula to a spreadsheet.
_FORMULA = re.compile(r"[=+\-@\t\r\n]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")

Cell = str | int | datetime | time | None


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


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
        datetime.combine(visit.date, time()),
        cell_time(visit.arrival_s),
        cell_time(visit.departure_s) if there else None,
        visit.met if there else None,
        visit.new if there else None,
        reason or None,
        harmless(names.get(visit.place, "")) or None,
        cell_time(visit.planned.start_s) if visit.planned else None,
        visit.id,
    ]


def cell_time(seconds: int) -> time:
    """Return a time of day as a cell holds it."""
    # Midnight at the end of the day cannot be written there.
    return (datetime.min + timedelta(seconds=min(seconds, 24 * 3600 - 60))).time()


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
    if isinstance(cell, datetime):
        date = cell.date()
        return format_date(date, "dd.MM.yyyy", locale="de") if is_german else date.isoformat()
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
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _("Visits")
    sheet.append(_headers())
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row, visit in enumerate(visits, start=2):
        for column, value in enumerate(_cells(visit, names), start=1):
            if isinstance(value, str):
                value = ILLEGAL_CHARACTERS_RE.sub("", value)
            written = sheet.cell(row, column, value)
            if isinstance(value, str):
                written.data_type = "s"
            elif isinstance(value, datetime):
                written.number_format = "dd.mm.yyyy" if current_language() == "de" else "yyyy-mm-dd"
            elif isinstance(value, time):
                written.number_format = "hh:mm"
    for letter, width in zip("ABCDEFGHIJ", (28, 12, 10, 10, 12, 10, 14, 34, 14, 8), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def timeless(content: bytes) -> bytes:
    """Return a workbook without the moment at which it was written."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _SAVED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", part)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
