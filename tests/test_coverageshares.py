"""Shares say of how many they are: 100 % of 1 is no success, nor is 100 % of what was logged."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from conftest import WEST
from small_districts import earlier_plan
from small_records import Make, figure, on, record_maker, report
from small_visits import visit

from geodata.network import RoadNetwork
from geodata.region import Region
from maps.coverage.cells import few_notes, figure_cell
from tours.coverage.figure import Figure
from tours.coverage.table import cell_text
from tours.coverage.words import base_text, few_text, value_text
from tours.visits.visit import PlannedStop, Visit


@pytest.fixture
def made(region: Region, region_toml: str, road_network: RoadNetwork) -> Make:
    return record_maker(region, region_toml, road_network)


def kept(day: int, arrival: str = "14:55") -> Visit:
    """Return a visit of a stop that was announced for 15:00 with an arrival at 14:55."""
    date = dt.date(2026, 7, day)
    planned = PlannedStop("2026-W28", f"{date}", 53_730, 54_000, 57_600)
    return visit("west", date, arrival, 60, planned=planned)


def test_kept_stops_say_of_how_many_and_how_many_are_open(made: Make) -> None:
    of = made([kept(1), kept(2), kept(3)])
    plan = earlier_plan(of.district, "2026-W32", ("west", "Di", 15))
    found = figure(replace(of, plans=(plan,)), WEST, "kept")
    assert (found.base, found.num_open) == ((3, 3), 1)
    assert base_text(found) == "3 von 3, 1 offen"


def test_punctual_and_completeness_say_of_how_many(made: Make) -> None:
    of = made([kept(1), kept(2, "15:20"), kept(3)])
    assert figure(of, WEST, "punctual").base == (2, 3)
    assert figure(of, WEST, "completeness").base == (3, 3)


@pytest.mark.parametrize(("arrival", "is_said"), [("14:55", True), ("15:05", False)])
def test_arrivals_that_nobody_entered_are_said_to_be_those_of_the_plan(
    made: Make, arrival: str, is_said: bool
) -> None:
    found = figure(made([kept(1), kept(2, arrival), kept(3, "15:01")]), WEST, "punctual")
    assert (found.value, "as_planned" in found.notes) == (1, is_said)


def test_new_contacts_say_of_how_many(made: Make) -> None:
    of = made([on(7, 7, met=30, new=10), on(8, 4, "east", met=40, new=11)])
    assert figure(of, "03000", "share_new").base == (21, 70)
    few = made([on(7, 7, met=30, new=2), on(8, 4, "east", met=40, new=11)])
    assert figure(few, "Westen", "share_new").base is None


@pytest.mark.parametrize(("base", "text"), [((1, 1), "1/1"), ((9, 9), "9/9"), ((10, 10), "")])
def test_a_share_of_few_cases_is_told_by_them(base: tuple[int, int], text: str) -> None:
    share = Figure(name="kept", value=1.0, base=base, target=0.9)
    assert few_text(share) == text
    assert cell_text(share) == figure_cell(share).text == (text or "100 %")
    assert bool(few_notes([share])) == bool(text)


@pytest.mark.parametrize(("value", "text"), [(0.896, "<\xa090 %!"), (0.89, "89 %!"), (0.9, "90 %")])
def test_what_fails_its_target_by_less_than_is_shown_is_not_shown_as_the_target(
    value: float, text: str
) -> None:
    assert cell_text(Figure(name="kept", value=value, target=0.9)) == text


def test_what_exceeds_its_ceiling_by_less_than_is_shown_is_shown_above_it() -> None:
    found = Figure(name="equity", value=0.304, target=0.3, is_ceiling=True, is_estimate=True)
    assert value_text(found) == "≈ >\xa00,30"


def test_the_cost_of_the_district_counts_hours_of_days_on_which_somebody_pays(made: Make) -> None:
    funder = '[[funder]]\nname = "F"\nbudget = 3650\nshare_percent = 100\nfrom = 2026-08-01\n'
    found = report(made([on(6, 30), on(7, 7), on(8, 4), on(9, 15)], funder)).period.district
    # 61 days, ten euro a day, two hours.
    assert found.figure("cost_per_hour").value == pytest.approx(305)
    assert found.figure("cost_per_hour").notes == ("part_paid",)
    ended = funder.replace("from = 2026-08-01", "until = 2026-06-30")
    early = report(made([on(6, 30), on(7, 7)], ended)).period.district
    assert early.figure("cost_per_hour").reason == "no_budget"


def test_a_base_is_a_part_of_a_whole() -> None:
    with pytest.raises(ValueError, match="base"):
        Figure(name="kept", value=1.0, base=(2, 1))
    with pytest.raises(ValueError, match="base"):
        Figure(name="kept", reason="removed", base=(1, 1))
