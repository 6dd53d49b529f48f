"""What the commands print: a line of JSON per solve, or a table in the end."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence

Row = Mapping[str, object]


def say(text: str) -> None:
    """Tell how far things are, on standard error."""
    print(text, file=sys.stderr, flush=True)


def print_json(row: Row) -> None:
    """Print a line of JSON at once, so that an interrupt loses nothing."""
    print(json.dumps(row, ensure_ascii=False), flush=True)


def table(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Return rows as a table, numbers to the right."""
    cells = [list(columns), *([_cell(row.get(name)) for name in columns] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(columns))]
    is_number = [
        all(isinstance(row.get(name), (int, float, type(None))) for row in rows) for name in columns
    ]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, is_number, strict=True)
        ).rstrip()
        for row in cells
    )


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def means(rows: Iterable[Row], key: str, figure: str) -> dict[str, tuple[float, float, int]]:
    """Return mean, greatest value and number of a figure per value of a key, where it is known."""
    found: dict[str, list[float]] = {}
    for row in rows:
        if isinstance(value := row.get(figure), (int, float)):
            found.setdefault(str(row[key]), []).append(float(value))
    return {name: (sum(v) / len(v), max(v), len(v)) for name, v in found.items()}
