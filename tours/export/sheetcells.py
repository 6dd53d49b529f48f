"""Cells of a workbook: texts that are no formulas, numbers and dates with their format."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from geodata.language import current_language

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

HEAD_FILL = "1F4E5F"
GREY = "7A7A7A"
FONT = "Calibri"
LEAST_WIDTH, MOST_WIDTH = 11, 46
TEXT_WIDTH = 100
LINE_POINTS = 15

# A cell that begins so is a formula to a spreadsheet.
_FORMULA = re.compile(r"[=+\-@\t\r\n]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")

Value = str | int | float | date | time | None


@dataclass(frozen=True, slots=True)
class Styled:
    """A cell and how it looks.

    Attributes
    ----------
    value : str, int, float, date, time or None
    number_format : str
        Empty for that of its kind.
    fill : str
        Colour, empty for none.
    is_bold, is_grey : bool
    is_right : bool
        Whether a text stands where numbers do.
    is_wrapped : bool
        Whether a long text is broken into lines, in a wide column.
    """

    value: Value
    number_format: str = ""
    fill: str = ""
    is_bold: bool = False
    is_grey: bool = False
    is_right: bool = False
    is_wrapped: bool = False


Line = Sequence[Styled | Value]


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def cell_time(seconds: int) -> time:
    """Return a time of day as a cell holds it."""
    # Midnight at the end of the day cannot be written there.
    return (datetime.min + timedelta(seconds=min(seconds, 24 * 3600 - 60))).time()


def head(*names: str) -> Line:
    """Return the head of a table."""
    return [Styled(name, is_bold=True, fill=HEAD_FILL) for name in names]


def fill_sheet(sheet: Worksheet, lines: Iterator[Line]) -> None:
    """Write lines to a sheet, and set its widths, heights and page."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    drawn = [[one if isinstance(one, Styled) else Styled(one) for one in line] for line in lines]
    widths: dict[int, int] = {}
    for row, line in enumerate(drawn, start=1):
        for column, styled in enumerate(line, start=1):
            _write(sheet.cell(row, column), styled)
            if styled.is_wrapped:
                widths[column] = TEXT_WIDTH
            # The text of a line with one text behind its head may run over its cell.
            elif isinstance(styled.value, str) and not (len(line) <= 2 and column == 2):
                parts = styled.value.split() if styled.fill == HEAD_FILL else [styled.value]
                width = min(max(map(len, parts), default=0) + 2, MOST_WIDTH)
                widths[column] = max(widths.get(column, LEAST_WIDTH), width)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, line in enumerate(drawn, start=1):
        num_lines = max(
            (
                -(-len(str(styled.value)) // (widths.get(column, MOST_WIDTH) - 2))
                for column, styled in enumerate(line, start=1)
                if styled.fill == HEAD_FILL or styled.is_wrapped
            ),
            default=1,
        )
        if num_lines > 1:
            sheet.row_dimensions[row].height = LINE_POINTS * num_lines
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write(cell: Cell | MergedCell, styled: Styled) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font, PatternFill

    value = styled.value
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", harmless(value))
        cell.data_type = "s"
    elif isinstance(value, date):
        cell.value = datetime.combine(value, time())
        cell.number_format = "dd.mm.yyyy" if current_language() == "de" else "yyyy-mm-dd"
        cell.alignment = Alignment(horizontal="left")
    else:
        cell.value = value
        if isinstance(value, time):
            cell.number_format = "hh:mm"
    if styled.number_format and not isinstance(value, str):
        cell.number_format = styled.number_format
    is_head = styled.fill == HEAD_FILL
    if is_head or styled.is_bold or styled.is_grey:
        colour = "FFFFFF" if is_head else GREY if styled.is_grey else "000000"
        cell.font = Font(name=FONT, size=11, bold=styled.is_bold, color=colour)
    if styled.fill:
        cell.fill = PatternFill("solid", fgColor=styled.fill)
    if is_head:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif styled.is_wrapped:
        cell.alignment = Alignment(wrap_text=True, vertical="top", indent=1)
    elif styled.is_right:
        cell.alignment = Alignment(horizontal="right")
    elif isinstance(value, str):
        # Without an indent it would touch the number before it.
        cell.alignment = Alignment(vertical="top", indent=1 if (cell.column or 1) > 1 else 0)


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
