"""Workbooks on the napkin."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook


def workbook(*rows: Sequence[object], empty_first: bool = False) -> bytes:
    """Return a workbook with these rows in one sheet, as a file."""
    book = Workbook()
    sheet = book.worksheets[0]
    if empty_first:
        sheet = book.create_sheet("Liste")
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
