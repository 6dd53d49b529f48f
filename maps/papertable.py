"""Tables of equal rows on paper, shared among as many pages as they need, and ruled lines."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.language import translator
from maps.lettering import printable
from maps.paper import A4, GAP_MM, Paper, Part

_ = translator("maps")

# Heights of the title of a table, of its head and of a row.
TITLE_MM, HEAD_MM, ROW_MM = 7.0, 5.5, 8.6
# So much of a table stands at least at the foot of a page.
LEAST_ROWS = 2
# A line to write on, and fewer than which are not worth a title.
LINE_MM, LEAST_LINES = 9.0, 3


def table(
    title: str, about: str, columns: Sequence[str], widths: Sequence[float], rows: list[Part]
) -> Part:
    """Return a table; its widths are those on A4, 182 mm in all."""
    return {
        "title": title,
        "about": about,
        "columns": [
            {"label": label, "width": width} for label, width in zip(columns, widths, strict=True)
        ],
        "rows": rows,
    }


def cell(text: str, more: str = "", *, is_bold: bool = False, link: str = "") -> Part:
    """Return a cell with a line of text, and perhaps one in small letters below it."""
    return {"text": text, "more": more, "bold": is_bold, "link": link, "box": False}


def box() -> Part:
    """Return a cell with a box to write in."""
    return {**cell(""), "box": True}


def joined(*parts: str) -> str:
    """Return what can be printed of some texts, in one line."""
    return " · ".join(filter(None, map(printable, parts)))


def paged(
    tables: Sequence[Part], room_mm: float, taken_mm: float, row_mm: float
) -> tuple[list[list[Part]], float]:
    """Share tables among pages; what goes on has its title and its head again.

    Parameters
    ----------
    tables : sequence of tables
    room_mm : float
        Height of a page.
    taken_mm : float
        What stands on the first page already.
    row_mm : float
        Height of a row.

    Returns
    -------
    list of pages, and the height that is left on the last one
    """
    pages: list[list[Part]] = [[]]
    left = room_mm - taken_mm
    for one in tables:
        rows, title = list(one["rows"]), one["title"]
        while True:
            fits = int((left - TITLE_MM - HEAD_MM + 1e-6) // row_mm)
            is_fresh = pages[-1] == [] and (len(pages) > 1 or not taken_mm)
            if fits < min(LEAST_ROWS, len(rows)) and not is_fresh:
                pages.append([])
                left = room_mm
                continue
            part, rows = rows[:fits], rows[fits:]
            pages[-1].append({**one, "title": title, "rows": part, "row_mm": row_mm})
            left -= TITLE_MM + HEAD_MM + row_mm * len(part) + GAP_MM
            if not rows:
                break
            title = _("{title} (continued)").format(title=one["title"])
    return pages, left


def table_page(
    look: Part, title: str, tables: Sequence[Part], left_mm: float, paper: Paper
) -> Part:
    """Return a page of tables, the rest of it ruled to write on.

    Parameters
    ----------
    look : Part
        Of its afternoon.
    title : str
    tables : sequence of tables
        With their heights, see `paged`.
    left_mm : float
        What they leave of the page.
    paper : Paper
    """
    wider = paper.width_mm / A4.width_mm
    lines = int((left_mm - TITLE_MM + 1e-6) // LINE_MM)
    return {
        "kind": "team",
        "look": look,
        "title": printable(title),
        "calls": [],
        "title_mm": TITLE_MM,
        "head_mm": HEAD_MM,
        "gap_mm": GAP_MM,
        "tables": [_stretched(one, wider) for one in tables],
        "notes": _("Notes"),
        "lines": lines if lines >= LEAST_LINES else 0,
        "line_mm": LINE_MM,
    }


def _stretched(one: Part, wider: float) -> Part:
    columns = [{**c, "width": round(c["width"] * wider, 2)} for c in one["columns"]]
    return {**one, "columns": columns}
