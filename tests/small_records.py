"""A log on the napkin: visits of one place in the west and one in the east."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from conftest import EAST, WEST
from small_districts import small_district
from small_visits import visit

from geodata.network import RoadNetwork
from geodata.region import Region
from tours.coverage.build import build_report
from tours.coverage.figure import Figure
from tours.coverage.periods import Period, read_quarter
from tours.coverage.record import Record
from tours.coverage.report import CoverageReport
from tours.coverage.walks import Walks, group_cells
from tours.plan import Plan
from tours.visits.purge import sums_of
from tours.visits.visit import Journal, Visit, in_order

Q3 = read_quarter("2026-Q3")
FAR = np.inf
NOW = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)
Make = Callable[..., Record]


def on(
    month: int, day: int, place: str = "west", met: int = 4, new: int = 1, minutes: int = 60
) -> Visit:
    """Return a visit of an hour, or of other minutes, in 2026."""
    return visit(place, dt.date(2026, month, day), met=met, new=new, minutes=minutes)


def record(
    region: Region,
    toml: str,
    network: RoadNetwork,
    visits: Sequence[Visit],
    *,
    plans: Sequence[Plan] = (),
    now: dt.datetime = NOW,
    first_logged: Mapping[int, dt.datetime] | None = None,
) -> Record:
    """Return a record of visits, which are numbered from 1 on."""
    numbered = [replace(one, id=number) for number, one in enumerate(visits, start=1)]
    district = replace(small_district(region, toml, network), journal=Journal(in_order(numbered)))
    logged = first_logged or {
        one.id: dt.datetime.combine(one.date, dt.time(20), dt.UTC) for one in numbered
    }
    return Record(district, tuple(plans), now, logged)


def purged(of: Record, before: dt.date) -> Record:
    """Return a record after a purge: sums in the place of the visits before a day."""
    journal = of.district.journal
    left = replace(
        journal,
        visits=tuple(one for one in journal.visits if one.date >= before),
        sums=sums_of(one for one in journal.visits if one.date < before),
        learned=of.district.hotspots(before).ledger.learned(before),
    )
    return replace(of, district=replace(of.district, journal=left))


def retired(of: Record, *ids: str) -> Record:
    """Return a record whose places are in use no more."""
    places = tuple(replace(p, status="retired") if p.id in ids else p for p in of.district.places)
    return replace(of, district=replace(of.district, places=places))


def record_maker(region: Region, toml: str, network: RoadNetwork) -> Make:
    """Return what makes records of visits, with more lines of settings."""

    def make(
        visits: Sequence[Visit],
        more: str = "",
        now: dt.datetime = NOW,
        first_logged: Mapping[int, dt.datetime] | None = None,
    ) -> Record:
        return record(region, toml + more, network, visits, now=now, first_logged=first_logged)

    return make


def report(of: Record, period: Period = Q3, walks: Walks | None = None) -> CoverageReport:
    return build_report(of, of.district.config.coverage, walks, period)


def figure(of: Record, where: str, name: str, walks: Walks | None = None) -> Figure:
    """Return a figure of a municipality, an area or the district in the quarter."""
    part = report(of, walks=walks).period
    rows = {row.id: row for row in (*part.municipalities, *part.areas, part.district)}
    return rows[where].figure(name)


def grid(
    *,
    is_estimate: bool = False,
    counts_youth: bool = True,
    retired: frozenset[str] = frozenset(),
) -> Walks:
    """Return three cells: 100 and 300 people in the west, 400 in the east."""
    return group_cells(
        ["west", "east"],
        np.array([[4.0, FAR, FAR], [12.0, FAR, 9.0]]),
        np.array([100.0, 300.0, 400.0]),
        np.array([WEST, WEST, EAST]),
        np.array([[10.0, 52.0]] * 3),
        is_estimate=is_estimate,
        counts_youth=counts_youth,
        retired=retired,
    )
