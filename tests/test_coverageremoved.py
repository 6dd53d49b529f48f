"""Reports of days whose visits were removed: what sums of whole months tell, and what not.

The truth is the report of the same days before the visits were removed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from conftest import EAST, WEST
from small_districts import earlier_plan
from small_records import Make, figure, grid, on, purged, record_maker, report, retired
from small_visits import visit

from geodata.network import RoadNetwork
from geodata.region import Region
from tours.coverage.figure import FROM_SUMS, UNITS, Coverage, Row
from tours.coverage.freeze import render_frozen
from tours.coverage.periods import Period, read_quarter
from tours.coverage.record import Record
from tours.coverage.remains import remains_of, remains_text
from tours.coverage.warnings import warnings
from tours.errors import CoverageError
from tours.visits.visit import Visit

FUNDERS = """
[[funder]]
name = "Kreis"
budget = 36500
share_percent = 50
[[funder]]
name = "Stiftung"
budget = 3650
areas = ["Osten"]
"""
# In the midst of a month, as the rule for keeping has it.
LIMIT = dt.date(2026, 5, 20)
Q1, Q2, Q3 = (read_quarter(f"2026-Q{number}") for number in (1, 2, 3))


@pytest.fixture
def made(region: Region, region_toml: str, road_network: RoadNetwork) -> Make:
    return record_maker(region, region_toml, road_network)


def some_years(seed: int) -> list[Visit]:
    """Return about two visits a week, most of them with few contacts, from 2024 to July 2026."""
    rng = np.random.default_rng(seed)
    found = []
    for week in range(96):
        for place, rate in (("west", 0.3), ("east", 1.5 if seed % 2 else 6.0)):
            day = dt.date(2024, 9, 17) + dt.timedelta(weeks=week, days=int(rng.integers(3)))
            met = int(rng.poisson(rate))
            new, minutes = int(rng.binomial(met, 0.4)), 30 + 15 * int(rng.integers(4))
            found.append(visit(place, day, met=met, new=new, minutes=minutes))
    return found


def rows(part: Coverage) -> list[Row]:
    return [*part.municipalities, *part.areas, part.district]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("period", [Q1, Q2], ids=["removed", "removed in part"])
def test_sums_of_whole_months_give_the_same_figures_and_hide_the_same(
    made: Make, seed: int, period: Period
) -> None:
    whole = made(some_years(seed), FUNDERS)
    before, after = (report(of, period, grid()) for of in (whole, purged(whole, LIMIT)))
    assert (after.tables, after.hidden) == (before.tables, before.hidden)
    has_hidden = any(None in line for table in after.tables for line in table.counts)
    assert has_hidden or seed == 2
    for then, now in ((before.period, after.period), (before.year, after.year)):
        for old, new in zip(rows(then), rows(now), strict=True):
            for one, other in zip(old.figures, new.figures, strict=True):
                if one.name in FROM_SUMS:
                    assert other.value == (one.value and pytest.approx(one.value)), one.name
                    assert other.reason == one.reason
                    assert ("month_sums" in other.notes) == (other.value is not None)
                else:
                    assert one.reason or other.reason == "removed"
    assert [(c.hours, c.budget) for c in after.costs] == [
        pytest.approx((c.hours, c.budget)) for c in before.costs
    ]
    assert (after.num_visits, after.num_logged) == (before.num_visits, before.num_logged)
    assert (after.places, after.cells) == ((), ())


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("period", [Q1, Q2, Q3])
def test_an_arrow_after_a_purge_tells_nothing_of_a_hidden_count(
    made: Make, seed: int, period: Period
) -> None:
    whole = made(some_years(seed))
    before, after = (report(of, period).period for of in (whole, purged(whole, LIMIT)))
    for old, new in zip(rows(before), rows(after), strict=True):
        for name in ("contacts_per_hour", "share_new"):
            one, other = old.figure(name), new.figure(name)
            assert (other.reason, other.no_trend) == (one.reason, one.no_trend)
    hours = after.district.figure("service_hours")
    assert (hours.trend, hours.no_trend) == (None, "month_sums")


def test_contacts_of_sums_are_compared_with_those_of_the_quarter_before(made: Make) -> None:
    visits = [on(3, 1 + n, met=4, new=2) for n in range(10)]
    visits += [on(5, 1 + n, met=12, new=6) for n in range(10)]
    of = purged(made([on(1, 2, met=9, new=9), *visits, on(7, 1)]), LIMIT)
    found = report(of, Q2).period.district
    assert (found.figure("contacts_per_hour").value, found.figure("share_new").value) == (12, 0.5)
    assert found.figure("contacts_per_hour").trend == "up"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (dt.date(2026, 1, 2), dt.date(2026, 3, 31)),
        (dt.date(2026, 1, 1), dt.date(2026, 3, 30)),
        (dt.date(2026, 5, 1), dt.date(2026, 5, 30)),
    ],
)
def test_days_that_cut_a_month_have_no_figures(made: Make, first: dt.date, last: dt.date) -> None:
    found = report(purged(made(some_years(1), FUNDERS), LIMIT), Period(first, last), grid())
    figures = [one for row in rows(found.period) for one in row.figures]
    assert {one.reason for one in figures} - {"removed"} == set()
    assert (found.tables, found.costs[0].hours, found.costs[0].cost.reason) == ((), None, "removed")
    # What is left of a month tells of nobody either.
    assert not found.hidden
    assert any("keine Kennzahlen" in text for text in warnings(found))
    assert any("nur die Summe bleibt" in text for text in remains_text(found))


def test_days_after_the_limit_are_as_they_were(made: Make) -> None:
    whole = made(some_years(1))
    days = Period(LIMIT, dt.date(2026, 7, 10))
    before, after = (report(of, days).period.district for of in (whole, purged(whole, LIMIT)))
    for name in ("service_hours", "visits", "contacts_per_hour", "equity"):
        assert after.figure(name).value == before.figure(name).value is not None
        assert "month_sums" not in after.figure(name).notes
    assert after.figure("exploration").reason == "removed"


def test_a_period_before_that_is_cut_gives_no_arrow(made: Make) -> None:
    visits = [on(month, day, met=40, new=20) for month in (4, 5, 6, 7) for day in (1, 8)]
    # As many days before begin within April.
    days = Period(dt.date(2026, 6, 1), dt.date(2026, 7, 10))
    found = report(purged(made(visits), LIMIT), days).period.district
    for name in ("service_hours", "contacts_per_hour", "share_new"):
        assert found.figure(name).no_trend == "former_log"


def test_the_report_says_which_figures_come_from_sums(made: Make) -> None:
    found = report(purged(made(some_years(1), FUNDERS), LIMIT), Q2, grid())
    remains = remains_of(found.period)
    assert remains.summed == tuple(name for name in UNITS if name in FROM_SUMS)
    assert remains.missing == (
        *("reach", "longest_gap", "kept", "punctual", "exploration", "completeness"),
    )
    assert [text for text in warnings(found) if "20.05.2026" in text] == [
        "Besuche vor dem 20.05.2026 sind gelöscht: Ein Teil der Kennzahlen kommt aus Monatssummen, "
        "andere fehlen."
    ]
    said = " ".join(remains_text(found))
    assert "Zeitraum und 4 Quartale, aus Monatssummen: Stunden vor Ort; Besuche" in said
    assert "4 Quartale, nicht mehr bekannt: Junge Menschen mit höchstens 15 Minuten" in said


def test_what_was_never_known_is_not_called_removed(made: Make) -> None:
    found = report(purged(made(some_years(1)), LIMIT), Q2)
    assert found.period.district.figure("reach").reason == "no_walks"
    assert "reach" not in remains_of(found.period).missing


def test_how_much_counts_scatter_is_what_the_removed_visits_taught(made: Make) -> None:
    whole = made(some_years(2))
    of = purged(whole, LIMIT)
    assert report(of, Q1).scatter == whole.district.hotspots(LIMIT).ledger.scatter
    assert report(of, Q3).scatter == of.district.hotspots(Q3.last).ledger.scatter


def test_a_quarter_whose_visits_were_removed_is_frozen_no_more(made: Make) -> None:
    with pytest.raises(CoverageError, match="gelöscht"):
        render_frozen(report(purged(made(some_years(1)), LIMIT), Q2))
    assert render_frozen(report(purged(made(some_years(1)), LIMIT), Q3))


AREA = '[[areas]]\nname = "Neu"\nkind = "funding"\nmunicipalities = ["03000001"]\n'


@pytest.mark.parametrize(("first", "hours"), [("2026-02-01", 2.0), ("2026-02-10", None)])
def test_an_area_that_begins_within_a_month_has_no_figures(
    made: Make, first: str, hours: float | None
) -> None:
    funder = '[[funder]]\nname = "F"\nbudget = 3650\nareas = ["Neu"]\n'
    visits = [on(1, 7), on(2, 12), on(3, 12), on(7, 1)]
    of = purged(made(visits, f"{AREA}from = {first}\n{funder}"), LIMIT)
    assert figure_of(of, "Neu", "service_hours") == hours
    assert report(of, Q1).costs[0].hours == hours


def figure_of(of: Record, where: str, name: str) -> float | None:
    (row,) = [row for row in rows(report(of, Q1).period) if row.id == where]
    return row.figure(name).value


def test_the_budget_of_a_first_month_is_not_known_any_more(made: Make) -> None:
    whole = made([on(2, 12), on(3, 12), on(7, 1)], FUNDERS)
    now = report(purged(whole, LIMIT), Q1)
    assert (now.costs[0].hours, now.costs[0].budget) == (1.0, None)
    assert now.costs[0].cost.reason == "removed"
    found = now.period.district
    assert found.figure("cost_per_hour").reason == "removed"
    assert "begins_in_month" in found.figure("service_hours").notes
    # That the log holds all of a quarter is not known of its first one.
    assert report(purged(whole, LIMIT), Q2).period.district.figure("visits").value == 0


def test_a_gap_whose_beginning_was_removed_is_told_if_it_is_not_the_longest(made: Make) -> None:
    # A day of June was five weeks before 7 July at most, and there are seven up to 25 August.
    of = purged(made([on(6, 10), on(7, 7), on(8, 25), on(9, 29)]), dt.date(2026, 7, 1))
    assert figure(of, WEST, "longest_gap").value == 7


def test_a_gap_whose_beginning_was_removed_is_told_if_it_misses_its_target_anyhow(
    made: Make,
) -> None:
    # From 30 June at the latest to 25 August.
    of = purged(made([on(6, 10), on(8, 25), on(9, 29)]), dt.date(2026, 7, 1))
    found = figure(of, WEST, "longest_gap")
    assert (found.value, found.is_met, found.notes) == (8, False, ("gap_at_least",))
    # From 1 June at the earliest there were more than four weeks, from 30 June there were less.
    often = [on(month, day) for month in (7, 8, 9) for day in (14, 28)]
    of = purged(made([on(6, 10), *often]), dt.date(2026, 7, 1))
    assert figure(of, WEST, "longest_gap").reason == "removed"


def test_a_place_that_was_retired_before_the_limit_is_still_known(made: Make) -> None:
    of = purged(retired(made([on(3, 3), on(3, 4, "east"), on(7, 7)]), "east"), LIMIT)
    assert figure(of, EAST, "longest_gap").reason == "no_place"
    assert report(of, Q1).period.municipalities[1].figure("service_hours").value == 1


def test_what_was_announced_is_not_open_once_its_visits_were_removed(made: Make) -> None:
    of = made([on(2, 12), on(7, 1)])
    plan = earlier_plan(of.district, "2026-W08", ("west", "Di", 15))
    found = report(purged(replace(of, plans=(plan,)), LIMIT), Q1).period.district
    assert found.figure("kept").reason == "removed"
    assert "open_hours" not in found.figure("service_hours").notes
