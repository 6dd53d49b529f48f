"""The management report: all figures of a period and of the year up to its end."""

from __future__ import annotations

from dataclasses import replace

from tours.coverage.costs import funder_costs, total_cost
from tours.coverage.digest import digest_of
from tours.coverage.figure import Coverage, Figure, Row
from tours.coverage.figures import coverage_of
from tours.coverage.hiding import PERIOD, YEAR, Hiding
from tours.coverage.periods import Period, before, blocks, common, quarter_of, year_of
from tours.coverage.record import Record
from tours.coverage.report import SCORECARD, AccessCell, CoverageReport, ScorecardGroup, ServedPlace
from tours.coverage.scope import Reckoning
from tours.coverage.settings import CoverageSettings
from tours.coverage.walks import REGULAR_DAYS, Walks


def usual_period(record: Record) -> Period:
    """Return the last quarter that is over; the current one if nothing was logged before."""
    current = quarter_of(record.today)
    first = record.first_day
    if first is not None and first >= current.first:
        return current
    return before(current)


def build_report(
    record: Record, settings: CoverageSettings, walks: Walks | None, period: Period
) -> CoverageReport:
    """Return the management report.

    Parameters
    ----------
    record : Record
    settings : CoverageSettings
    walks : Walks or None
        None where there is no network to walk on.
    period : Period
    """
    district = record.district
    hiding = _hiding(record, period)
    # How much counts of removed visits scattered is known as of the day of their removal.
    is_known = record.sums.before is None or record.sums.before <= period.last
    day = period.last if is_known else record.sums.before
    scatter = district.hotspots(day or period.last).ledger.scatter
    now = Reckoning(record, settings, walks, period, hiding, PERIOD, scatter)
    year = replace(now, period=year_of(period), when=YEAR)
    shown, shown_year = (
        _with_cost(coverage_of(part), total_cost(record, settings, part.period))
        for part in (now, year)
    )
    report = CoverageReport(
        service=district.config.service,
        district=district.config.district_name,
        ages=district.config.ages,
        made_on=record.today,
        period=shown,
        year=shown_year,
        scorecard=tuple(
            ScorecardGroup(
                name,
                tuple(shown.district.figure(one) for one in names),
                tuple(shown_year.district.figure(one) for one in names),
            )
            for name, names in SCORECARD.items()
        ),
        costs=funder_costs(record, settings, now.period, year.period),
        tables=hiding.tables(),
        hidden=hiding.summary(),
        places=() if record.sums.is_removed(now.seen) else _places(record, now.seen),
        cells=() if record.sums.is_removed(now.seen) else _cells(record, walks, now),
        scatter=scatter,
        num_visits=_num_visits(record, period),
        num_logged=record.counts(now.seen).num_logged,
        removed_before=record.sums.before if record.sums.is_removed(year.period) else None,
        attribution=district.region.attribution,
    )
    return replace(report, digest=digest_of(report))


def _num_visits(record: Record, period: Period) -> int:
    rows = sum(visit.date <= period.last for visit in record.visits)
    return rows + sum(one.visits for one in record.sums.sums if one.month <= period.last)


def _hiding(record: Record, period: Period) -> Hiding:
    days, year = (common(one, None, record.today) for one in (period, year_of(period)))
    concerned = {place.ags for place in record.district.places}
    visited = {visit.place for visit in record.visits} | {one.place for one in record.sums.sums}
    concerned |= {record.municipality(place) for place in visited}
    rows = [
        ags
        for ags, one in record.district.region.municipalities.items()
        if one.population or ags in concerned
    ]
    if any(not record.municipality(place) for place in visited):
        rows.append("")
    # As its row counts it: what others are responsible for is no part of an area.
    config = record.district.config
    areas = [replace(a, municipalities=a.municipalities - config.not_served) for a in config.areas]
    return Hiding(record, period, days, year, tuple(rows), tuple(areas))


def _with_cost(coverage: Coverage, cost: Figure) -> Coverage:
    row = coverage.district
    figures = tuple(cost if figure.name == cost.name else figure for figure in row.figures)
    return replace(coverage, district=Row(row.id, row.name, row.kind, row.youth, figures))


def _places(record: Record, days: Period | None) -> tuple[ServedPlace, ...]:
    some = record.counts(days)
    found: list[ServedPlace] = []
    for place in record.district.places:
        visits = [visit for visit in some.visits if visit.place == place.id]
        earlier = [v.date for v in record.visits if v.place == place.id]
        found.append(
            ServedPlace(
                id=place.id,
                name=place.name,
                kind=place.kind,
                ags=place.ags,
                status=place.status,
                lon=place.lon,
                lat=place.lat,
                visits=len(visits),
                hours=sum(visit.dwell_s for visit in visits) / 3600,
                last_visit=max((d for d in earlier if days and d <= days.last), default=None),
                is_regular=days is not None
                and any(
                    len({v.date for v in visits if block.holds(v.date)}) >= REGULAR_DAYS
                    for block in blocks(days)
                ),
            )
        )
    return tuple(found)


def _cells(record: Record, walks: Walks | None, now: Reckoning) -> tuple[AccessCell, ...]:
    if walks is None or now.seen is None or now.access is None:
        return ()
    some = record.counts(now.seen).visits
    regular = walks.regular(some, now.seen)
    for block in blocks(now.seen):
        regular = regular | walks.regular(some, block)
    return walks.access_cells(now.access, regular)
