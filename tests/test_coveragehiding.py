"""What is hidden cannot be reckoned from what is shown: in a report, and from one to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog
from small_districts import small_district
from small_records import NOW, on
from small_visits import visit

from geodata.network import RoadNetwork
from geodata.region import Area, Region
from tours.coverage.hiding import EVERYWHERE, MET, NEW, PERIOD, YEAR, Hiding, area_key
from tours.coverage.periods import Period, before, quarter_of, read_quarter, year_of
from tours.coverage.record import Record
from tours.coverage.report import CountTable
from tours.district import District
from tours.visits.visit import Journal, Visit, in_order

ROWS = ("a", "b", "c", "d")
Q3 = read_quarter("2026-Q3")


@pytest.fixture
def district(region: Region, region_toml: str, road_network: RoadNetwork) -> District:
    """Return a district with a place in each of four municipalities."""
    small = small_district(region, region_toml, road_network)
    places = tuple(replace(small.places[0], id=f"p{row}", ags=row) for row in ROWS)
    return replace(small, places=places)


def hiding(
    district: District,
    visits: Sequence[Visit],
    period: Period = Q3,
    areas: tuple[Area, ...] = (),
) -> Hiding:
    of = Record(replace(district, journal=Journal(in_order(visits))), (), NOW)
    return Hiding(of, period, period, year_of(period), ROWS, areas)


def a_year(seed: int) -> list[Visit]:
    """Return a visit a week in each municipality, with few contacts."""
    rng = np.random.default_rng(seed)
    rates = rng.gamma(1, 0.3, len(ROWS))
    found = []
    for week in range(105):
        day = dt.date(2024, 10, 1) + dt.timedelta(weeks=week)
        for row, rate in zip(ROWS, rates, strict=True):
            met = int(rng.poisson(rate))
            found.append(visit(f"p{row}", day, met=met, new=int(rng.binomial(met, 0.3))))
    return found


def can_be(met: CountTable, new: CountTable, who: int, cell: tuple[int, int]) -> tuple[int, int]:
    """Return the least and the most that a cell can be, by linear programmes.

    The unknown are contacts and new contacts of each cell; everything shown is an equation.
    """
    rows, columns = len(met.rows), len(met.months)
    size = rows * columns
    equations, values = [], []
    for part, table in enumerate((met, new)):

        def equal(cells: NDArray[np.int64], value: int | None, part: int = part) -> None:
            if value is not None:
                line = np.zeros(2 * size)
                line[part * size + cells] = 1
                equations.append(line)
                values.append(value)

        index = np.arange(size).reshape(rows, columns)
        for r in range(rows):
            equal(index[r], table.row_totals[r])
            for c in range(columns):
                equal(index[r, c], table.counts[r][c])
        for c in range(columns):
            equal(index[:, c], table.month_totals[c])
        equal(index.ravel(), table.total)
    # No more new contacts than contacts.
    above = np.hstack([-np.eye(size), np.eye(size)])
    goal = np.zeros(2 * size)
    goal[who * size + cell[0] * columns + cell[1]] = 1
    ends = [
        linprog(
            sign * goal,
            A_ub=above,
            b_ub=np.zeros(size),
            A_eq=np.array(equations) if equations else None,
            b_eq=values or None,
            bounds=(0, 500),
        )
        for sign in (1, -1)
    ]
    assert all(end.status == 0 for end in ends)
    return round(ends[0].fun or 0), -round(ends[1].fun or 0)


@pytest.mark.parametrize("seed", range(2))
def test_no_hidden_count_can_be_reckoned_from_the_tables(district: District, seed: int) -> None:
    found = hiding(district, a_year(seed))
    met, new = found.tables()
    hidden = [
        (who, (r, c))
        for who, table in enumerate((met, new))
        for r, counts in enumerate(table.counts)
        for c, count in enumerate(counts)
        if count is None
    ]
    assert hidden
    for who, cell in hidden:
        least, most = can_be(met, new, who, cell)
        assert least < most
        assert most >= 3


def quarters_to(last: dt.date, district: District, visits: Sequence[Visit]) -> list[Hiding]:
    """Return the quarters of a year, each by its own report."""
    quarter = quarter_of(last)
    found = [quarter]
    for _number in range(3):
        found.append(before(found[-1]))
    return [hiding(district, visits, one) for one in found]


@pytest.mark.parametrize("last", [Q3.last, dt.date(2025, 12, 31)])
def test_a_year_shows_only_what_its_quarters_told(district: District, last: dt.date) -> None:
    reports = quarters_to(last, district, a_year(4))
    for row in (*ROWS, EVERYWHERE):
        is_untold = any(one.is_hidden(MET, PERIOD, row) for one in reports)
        assert reports[0].is_hidden(MET, YEAR, row) == is_untold


@pytest.mark.parametrize("seed", [0, 3])
def test_the_year_of_a_fourth_quarter_gives_away_no_quarter(district: District, seed: int) -> None:
    visits = a_year(seed)
    reports = quarters_to(dt.date(2025, 12, 31), district, visits)
    cells = [(row, n) for row in ROWS for n in range(4)]
    equations, values = [], []
    for row in (*ROWS, EVERYWHERE):
        rows = ROWS if row == EVERYWHERE else (row,)
        for n, one in enumerate(reports):
            if not one.is_hidden(MET, PERIOD, row):
                equations.append([cell[0] in rows and cell[1] == n for cell in cells])
                values.append(sum(one.record.persons(one.days, frozenset((r,)))[0] for r in rows))
        if not reports[0].is_hidden(MET, YEAR, row):
            equations.append([cell[0] in rows for cell in cells])
            values.append(
                sum(
                    one.record.persons(one.days, frozenset((r,)))[0]
                    for r in rows
                    for one in reports
                )
            )
    hidden = [c for c in cells if reports[c[1]].is_hidden(MET, PERIOD, c[0])]
    assert hidden
    for cell in hidden:
        goal = np.array([one == cell for one in cells], float)
        ends = [
            linprog(sign * goal, A_eq=np.array(equations, float), b_eq=values, bounds=(0, 500))
            for sign in (1, -1)
        ]
        assert (ends[0].fun or 0) < -(ends[1].fun or 0) - 0.5


def test_the_year_of_a_fourth_quarter_tells_no_quarter_of_single_contacts(
    district: District,
) -> None:
    # One contact a month is 3 in the quarter: by the year everybody would know of each month.
    few = [on(m, 7, f"p{row}", met=1, new=0) for row in "ab" for m in (4, 5, 6)]
    many = [
        on(m, 7, f"p{row}", met=9, new=0)
        for row in ROWS
        for m in range(1, 13)
        if row in "cd" or m not in (4, 5, 6)
    ]
    found = hiding(district, [*few, *many], quarter_of(dt.date(2026, 12, 31)))
    assert [found.is_hidden(MET, YEAR, row) for row in "ab"] == [True, True]


def test_many_contacts_are_shown(district: District) -> None:
    visits = [on(month, 7, f"p{row}", met=20, new=9) for row in ROWS for month in (7, 8, 9)]
    found = hiding(district, visits)
    assert (found.hidden, bool(found.summary())) == (frozenset(), False)
    assert found.tables()[0].row_totals == (60,) * 4


def test_two_contacts_are_hidden_with_another_number(district: District) -> None:
    visits = [on(7, 7, f"p{row}", met=20, new=9) for row in ROWS[1:]]
    found = hiding(district, [*visits, on(7, 7, "pa", met=2, new=0)])
    (met, _new) = found.tables()
    assert met.row_totals[0] is None
    # Beside it another municipality, or the sum of all.
    assert None in (*met.row_totals[1:], met.total)
    assert "a" in found.summary().rows
    assert found.summary().num_cells >= 4


def test_an_area_of_one_municipality_is_as_hidden_as_that(district: District) -> None:
    area = Area("A und nur A", "focus", frozenset({"a"}))
    visits = [on(7, 7, f"p{row}", met=20, new=9) for row in ROWS[1:]]
    found = hiding(district, [*visits, on(7, 7, "pa", met=2, new=1)], areas=(area,))
    assert found.is_hidden(MET, PERIOD, area_key("A und nur A"))
    assert found.is_hidden(NEW, PERIOD, area_key("A und nur A"))
    assert found.summary().rows[-1] == "A und nur A"


def test_an_area_of_a_part_of_the_year_is_told_if_its_quarters_were(district: District) -> None:
    visits = [on(m, 7, f"p{row}", met=20, new=9) for row in ROWS for m in (2, 5, 8)]
    area = Area("Neu", "funding", frozenset({"a"}), valid_from=dt.date(2026, 1, 1))
    assert not hiding(district, visits, areas=(area,)).is_hidden(MET, YEAR, area_key("Neu"))
    few = [*visits, on(2, 8, "pa", met=1, new=0)]
    cut = replace(area, valid_from=dt.date(2026, 2, 8))
    assert hiding(district, few, areas=(cut,)).is_hidden(MET, YEAR, area_key("Neu"))


def test_a_single_contact_in_the_district_is_not_shown_at_all(district: District) -> None:
    found = hiding(district, [on(7, 7, "pa", met=1, new=1)])
    assert found.is_hidden(MET, PERIOD, EVERYWHERE)
    assert found.is_hidden(NEW, YEAR, EVERYWHERE)


def test_new_contacts_of_the_year_are_hidden_with_those_of_a_quarter(district: District) -> None:
    visits = [on(month, 7, f"p{row}", met=20, new=9) for row in ROWS for month in (2, 8)]
    area = Area("A und B", "focus", frozenset({"a", "b"}))
    where = (area_key("A und B"), EVERYWHERE)
    found = hiding(district, visits, areas=(area,))
    assert [found.is_hidden(NEW, YEAR, one) for one in where] == [False, False]
    few = hiding(district, [*visits, on(5, 7, "pa", met=9, new=2)], areas=(area,))
    assert [few.is_hidden(NEW, YEAR, one) for one in where] == [True, True]


def test_other_days_than_a_quarter_tell_no_year_but_that_of_the_district(
    district: District,
) -> None:
    visits = [on(month, 7, f"p{row}", met=20, new=9) for row in ROWS for month in (7, 8, 9)]
    found = hiding(district, visits, Period(dt.date(2026, 7, 1), dt.date(2026, 9, 29)))
    assert [found.is_hidden(MET, YEAR, row) for row in (*ROWS, EVERYWHERE)] == [True] * 4 + [False]


def test_a_long_period_is_one_column(district: District) -> None:
    days = Period(dt.date(2025, 10, 1), Q3.last)
    (met, _new) = hiding(district, [on(7, 7, "pa", met=20, new=9)], days).tables()
    assert (met.months, met.counts[0]) == ((days.first,), (20,))


def test_an_area_that_exists_for_a_part_of_the_quarter_is_hidden(district: District) -> None:
    visits = [on(month, 7, f"p{row}", met=30, new=12) for row in ROWS for month in (7, 8, 9)]
    whole = Area("Ganz", "funding", frozenset("ab"))
    cut = replace(whole, name="Teil", valid_from=dt.date(2026, 8, 1))
    found = hiding(district, visits, areas=(whole, cut))
    assert [found.is_hidden(MET, PERIOD, area_key(name)) for name in ("Ganz", "Teil")] == [
        False,
        True,
    ]
