"""Coverage reports with a district for each, for tests of what goes to paper and to the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import shapely
from small_coverage import EAST, HIDDEN, WEST, empty_row, report, row

from geodata.region import Municipality, Region
from tours.coverage.report import CoverageReport

NAMES = {WEST: "Westdorf", EAST: "Ostdorf <b>"}


def region(names: dict[str, str] = NAMES, columns: int = 2) -> Region:
    """Return a district of equal boxes, row by row."""
    municipalities = {}
    for k, (ags, name) in enumerate(names.items()):
        west, south = 10.0 + 0.1 * (k % columns), 52.0 - 0.06 * (k // columns)
        box = shapely.box(west, south, west + 0.1, south + 0.06)
        municipalities[ags] = Municipality(ags, name, 2_000, west + 0.05, south + 0.03, box)
    return Region(municipalities, (), (), "© Serviette")


def named(names: Sequence[str]) -> tuple[CoverageReport, Region]:
    """Return a report of municipalities with these names: every third one had no visit."""
    known = {f"03{k:06d}": name for k, name in enumerate(names)}
    rows = tuple(
        empty_row(ags, name, "municipality", 200)
        if k % 3 == 2
        else row(ags, name, "municipality", 200, **(HIDDEN if k % 3 else {}))
        for k, (ags, name) in enumerate(known.items())
    )
    plain = report()
    tables = tuple(
        replace(
            table,
            rows=tuple(known),
            counts=((3, None, None),) * len(known),
            row_totals=(9,) * len(known),
        )
        for table in plain.tables
    )
    made = replace(
        plain,
        period=replace(plain.period, municipalities=rows),
        year=replace(plain.year, municipalities=rows),
        tables=tables,
    )
    return made, region(known, columns=8)
