"""A coverage report on the napkin: two municipalities, two areas, two funders, one quarter."""

from __future__ import annotations

import datetime as dt

from tours.coverage.figure import UNITS, Coverage, Figure, Row
from tours.coverage.periods import Period
from tours.coverage.report import (
    SCORECARD,
    AccessCell,
    CountTable,
    CoverageReport,
    Frozen,
    FunderCost,
    Hidden,
    ScorecardGroup,
    ServedPlace,
)

WEST, EAST = "03000001", "03000002"
QUARTER = Period(dt.date(2026, 7, 1), dt.date(2026, 9, 30), "2026-Q3")
YEAR = Period(dt.date(2025, 10, 2), dt.date(2026, 9, 30))
MADE_ON = dt.date(2026, 10, 5)
MONTHS = (dt.date(2026, 7, 1), dt.date(2026, 8, 1), dt.date(2026, 9, 1))

# A municipality that is well served; a second one is shown by what is replaced.
WELL: dict[str, Figure] = {
    "service_hours": Figure(name="service_hours", value=39.5),
    "visits": Figure(name="visits", value=41),
    "hours_per_1000": Figure(
        name="hours_per_1000", value=52.3, target=31.4, trend="flat", is_estimate=True
    ),
    "reach": Figure(name="reach", value=0.42, target=0.48, best=0.60, is_estimate=True),
    "access": Figure(name="access", value=3.1, is_estimate=True),
    "longest_gap": Figure(name="longest_gap", value=2.0, target=4, is_ceiling=True),
    "kept": Figure(name="kept", value=0.93, target=0.9, notes=("open_stops",)),
    "punctual": Figure(name="punctual", value=0.81, target=0.85, trend="down"),
    "contacts": Figure(name="contacts", value=66, low=52, high=80),
    "contacts_per_hour": Figure(
        name="contacts_per_hour", value=1.67, low=1.30, high=2.04, trend="up", target=1.5
    ),
    "share_new": Figure(name="share_new", reason="not_here"),
    "exploration": Figure(name="exploration", value=0.75, target=1.0),
    "equity": Figure(name="equity", reason="not_here"),
    "cost_per_hour": Figure(name="cost_per_hour", reason="not_here"),
    "completeness": Figure(name="completeness", value=0.97, target=0.95),
}
DISTRICT: dict[str, Figure] = {
    "share_new": Figure(name="share_new", value=0.31, no_trend="former_hidden"),
    "equity": Figure(name="equity", value=0.34, target=0.3, is_ceiling=True, is_estimate=True),
    "cost_per_hour": Figure(
        name="cost_per_hour",
        value=415.0,
        target=390.0,
        is_ceiling=True,
        trend="flat",
        notes=("short_budget",),
    ),
}
HIDDEN: dict[str, Figure] = {
    "contacts": Figure(name="contacts", reason="hidden"),
    "contacts_per_hour": Figure(name="contacts_per_hour", reason="hidden"),
    "longest_gap": Figure(name="longest_gap", value=6.4, target=4, is_ceiling=True),
}


def row(id_: str, name: str, kind: str, youth: int | None, **replaced: Figure) -> Row:
    """Return a row that is well served, but for some figures."""
    figures = {**WELL, **replaced}
    return Row(id_, name, kind, youth, tuple(figures[unit] for unit in UNITS))


def empty_row(id_: str, name: str, kind: str, youth: int | None) -> Row:
    """Return a row without any visit."""
    return Row(id_, name, kind, youth, tuple(Figure(name=n, reason="no_visit") for n in UNITS))


def coverage(period: Period) -> Coverage:
    """Return the figures of a period."""
    return Coverage(
        period,
        (
            row(WEST, "Westdorf", "municipality", 250, **HIDDEN),
            row(EAST, "Ostdorf <b>", "municipality", 750),
        ),
        (
            row(
                "Westen",
                "Westen",
                "focus",
                250,
                **HIDDEN,
                share_new=Figure(name="share_new", reason="hidden"),
            ),
            row("Osten", "Osten", "funding", 750, share_new=Figure(name="share_new", value=0.28)),
        ),
        row("03000", "Landkreis Serviette", "district", 1_000, **DISTRICT),
    )


def cost(value: float | None, target: float | None = None, *notes: str) -> Figure:
    """Return the cost of a service hour."""
    return Figure(
        name="cost_per_hour",
        value=value,
        reason="" if value is not None else "no_hours",
        target=target,
        is_ceiling=True,
        notes=notes,
    )


def report(*, is_frozen: bool = True) -> CoverageReport:
    """Return a whole report."""
    period, year = coverage(QUARTER), coverage(YEAR)
    return CoverageReport(
        service="Bus",
        district="Landkreis Serviette",
        ages=(14, 21),
        made_on=MADE_ON,
        period=period,
        year=year,
        scorecard=tuple(
            ScorecardGroup(
                name,
                tuple(period.district.figure(figure) for figure in names),
                tuple(year.district.figure(figure) for figure in names),
            )
            for name, names in SCORECARD.items()
        ),
        costs=(
            FunderCost(
                *("Landkreis Serviette", (), 0.6, 60_000.0, 150.0, 15_123.29, 23.7),
                *(cost(638.1, 400.0, "log_ends"), 59_835.6, 95.0, cost(629.8, 400.0)),
            ),
            FunderCost(
                *("Stiftung #1", ("Osten",), None, 20_000.0, None, 5_041.10, 0.0),
                *(cost(None), 19_945.2, 88.0, cost(226.7)),
            ),
        ),
        tables=(
            CountTable(
                "contacts",
                MONTHS,
                (WEST, EAST),
                ((None, None, 7), (None, None, 21)),
                (17, 49),
                (21, 17, 28),
                66,
            ),
            CountTable(
                "new",
                MONTHS,
                (EAST, ""),
                ((9, 5, 4), (0, None, None)),
                (18, None),
                (9, None, None),
                None,
            ),
        ),
        hidden=Hidden(3, 10, (WEST, "Westen")),
        places=(
            ServedPlace(
                *("markt", "Ostdorf, Markt", "square", EAST, "active", 10.13, 52.03),
                *(12, 11.5, dt.date(2026, 9, 24), True),
            ),
            ServedPlace(
                *("kirche", "Westdorf, Kirche", "square", WEST, "resting", 10.02, 52.02),
                *(0, 0.0, None, False),
            ),
        ),
        cells=(
            AccessCell(10.131, 52.031, EAST, 40.0, 5.2, 6.5),
            AccessCell(10.02, 52.02, WEST, 12.5, 0.0, None),
        ),
        scatter=2.0,
        num_visits=180,
        num_logged=43,
        attribution="© Serviette",
        digest="0123456789abcdef" * 4,
        frozen=Frozen(dt.date(2026, 10, 2), "0123456789abcdef" * 4, True, ("kept",))
        if is_frozen
        else None,
    )
