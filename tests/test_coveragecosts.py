"""Costs, and what is left of removed visits, each against what a napkin says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from small_districts import earlier_plan
from small_records import Make, figure, on, record_maker, report

from geodata.network import RoadNetwork
from geodata.region import Region


@pytest.fixture
def made(region: Region, region_toml: str, road_network: RoadNetwork) -> Make:
    return record_maker(region, region_toml, road_network)


FUNDERS = """
[[funder]]
name = "Kreis"
budget = 36500
share_percent = 50
hours = 100
[[funder]]
name = "Stiftung"
budget = 3650
areas = ["Osten"]
from = 2026-09-01
"""


def test_each_funder_pays_for_its_hours(made: Make) -> None:
    visits = [on(8, 4), on(8, 5, "east"), on(9, 9, "east", minutes=30)]
    of = made([on(6, 30), on(7, 7), *visits], FUNDERS)
    share, areas = report(of).costs
    assert (share.budget, share.hours) == pytest.approx((9200, 1.75))
    assert (share.cost.value, share.cost.target) == pytest.approx((9200 / 1.75, 365))
    # Thirty days, and only the visit in them.
    assert (areas.budget, areas.hours) == pytest.approx((300, 0.5))
    assert areas.cost.value == pytest.approx(600)
    assert areas.cost.target is None
    total = report(of).period.district.figure("cost_per_hour")
    assert total.value == pytest.approx(9500 / 3.5)


def test_a_funder_without_hours_has_no_cost(made: Make) -> None:
    of = made([on(7, 7)], FUNDERS)
    assert report(of).costs[1].cost.reason == "no_hours"
    assert figure(made([on(7, 7)]), "03000", "cost_per_hour").reason == "no_budget"


def test_only_the_budget_of_the_days_that_the_log_covers_is_set_against_its_hours(
    made: Make,
) -> None:
    # The log begins on 31 August: 31 of 92 days of the quarter, and of the year as well.
    of = made([on(8, 31), on(9, 9, "east")], FUNDERS)
    found = report(of)
    share, areas = found.costs
    assert (share.budget, share.hours) == pytest.approx((3100, 1))
    assert share.cost.value == pytest.approx(3100)
    assert share.cost.notes == ("short_budget",)
    assert share.year_budget == pytest.approx(3100)
    assert share.year_cost.notes == ("short_budget",)
    # This one pays for September alone, all of which is logged.
    assert areas.budget == pytest.approx(300)
    assert areas.cost.notes == ()
    total = found.period.district.figure("cost_per_hour")
    assert total.value == pytest.approx(1700)
    assert total.notes == ("short_budget", "part_paid")


def test_a_cost_says_what_of_its_hours_may_be_missing(made: Make) -> None:
    visits = [on(1, 2), on(7, 7)]
    assert report(made(visits, FUNDERS)).costs[0].cost.notes == ("log_ends",)
    assert report(made([*visits, on(9, 15)], FUNDERS)).costs[0].cost.notes == ()
    of = made([*visits, on(9, 15)], FUNDERS)
    plan = earlier_plan(of.district, "2026-W32", ("west", "Di", 15))
    found = report(replace(of, plans=(plan,)))
    assert found.costs[0].cost.notes == ("open_hours",)
    assert "open_hours" in found.period.district.figure("cost_per_hour").notes
    now = dt.datetime(2026, 8, 5, 12, tzinfo=dt.UTC)
    early = report(made([on(1, 2), on(8, 4)], FUNDERS, now=now)).costs[0]
    # 36 days of the quarter have been.
    assert early.budget == pytest.approx(3600)
    assert early.cost.notes == ("not_over",)


def test_the_scorecard_groups_the_figures_of_the_district(made: Make) -> None:
    found = report(made([on(7, 7)], FUNDERS))
    groups = {group.name: group for group in found.scorecard}
    assert list(groups) == ["young_people", "process", "finance", "learning"]
    assert groups["finance"].period[1] == found.period.district.figure("cost_per_hour")
    assert groups["finance"].year[0] == found.year.district.figure("service_hours")
