"""Figures of a small log, each against what a napkin says.

By the age bands 650 of 4000 people are 14 to 21: 162 of 1000 in the west, 488 of 3000 in the east.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
import shapely
from conftest import EAST, WEST
from small_districts import earlier_plan
from small_records import Q3, Make, figure, grid, on, record_maker, report, retired
from small_visits import visit

from geodata.network import RoadNetwork
from geodata.region import Region
from tours.coverage.build import build_report, usual_period
from tours.coverage.figure import Coverage, Row
from tours.coverage.periods import read_quarter
from tours.coverage.record import Record
from tours.coverage.walks import Walks, build_walks
from tours.visits.visit import PlannedStop, Visit


@pytest.fixture
def made(region: Region, region_toml: str, road_network: RoadNetwork) -> Make:
    return record_maker(region, region_toml, road_network)


def test_hours_are_those_for_young_people(made: Make) -> None:
    of = made([on(7, 7), on(8, 4, minutes=30), on(7, 9, "east"), on(10, 1, "east")])
    assert figure(of, WEST, "service_hours").value == 1.5
    assert figure(of, "03000", "service_hours").value == 2.5
    assert figure(of, "03000", "visits").value == 3


def test_hours_per_1000_are_measured_by_the_district(made: Make) -> None:
    of = made([on(7, 7), on(8, 4), on(7, 9, "east")])
    found = figure(of, EAST, "hours_per_1000")
    assert found.value == pytest.approx(1000 / 488)
    assert found.target == pytest.approx(0.6 * 3000 / 650)
    assert (found.is_met, found.is_estimate) == (False, True)
    assert figure(of, "03000", "hours_per_1000").target is None


def test_equity_is_that_of_two_municipalities(made: Make) -> None:
    of = made([on(7, 7), on(8, 4), on(7, 9, "east")])
    # 162 of 650 young people have two of three hours: 2/3 - 162/650.
    assert figure(of, "03000", "equity").value == pytest.approx(2 / 3 - 162 / 650)
    assert figure(of, WEST, "equity").reason == "not_here"


def test_the_gap_of_an_area_is_that_of_its_municipality(made: Make) -> None:
    of = made([on(6, 30), on(7, 14), on(8, 25), on(9, 29), on(6, 30, "east"), on(9, 30, "east")])
    assert figure(of, WEST, "longest_gap").value == 6
    assert figure(of, "Westen", "longest_gap").value == 6
    assert figure(of, "03000", "longest_gap").value == 13
    assert figure(of, WEST, "longest_gap").is_met is False


def test_the_gap_of_a_new_service_begins_with_its_log(made: Make) -> None:
    of = made([on(9, 2), on(9, 30), on(9, 23, "east")])
    found = figure(of, WEST, "longest_gap")
    assert (found.value, found.notes) == (4, ("short_log",))


def stop(place: str, day: dt.date, hour: int = 15) -> PlannedStop:
    week = f"2026-W{day.isocalendar().week}"
    return PlannedStop(week, f"{day}", hour * 3600, hour * 3600, (hour + 1) * 3600)


def kept(place: str, day: dt.date, start: str = "15:00", met: int = 4) -> Visit:
    return visit(place, day, start, 50, met, 0, stop(place, day))


def missed(place: str, day: dt.date) -> Visit:
    planned = stop(place, day)
    return Visit(
        place=place,
        date=day,
        arrival_s=planned.start_s,
        departure_s=planned.start_s,
        reason="staff",
        planned=planned,
    )


def test_kept_and_punctual_are_shares_of_what_is_logged(made: Make) -> None:
    days = [dt.date(2026, 7, 7) + dt.timedelta(weeks=n) for n in range(5)]
    visits = [kept("west", days[0]), kept("west", days[1], "15:10"), kept("west", days[2], "15:11")]
    of = made([*visits, missed("west", days[3])])
    plan = earlier_plan(of.district, "2026-W32", ("west", "Di", 15))
    of = replace(of, plans=(plan,))
    assert plan.tours[0].date == days[4]
    assert figure(of, WEST, "kept").value == 0.75
    assert figure(of, WEST, "kept").notes == ("open_stops", "short_log")
    assert figure(of, WEST, "punctual").value == pytest.approx(2 / 3)
    assert figure(of, EAST, "kept").reason == "nothing_announced"


def test_a_stop_logged_late_or_not_at_all_is_not_in_time(made: Make) -> None:
    # A stop of an hour from 14:40 on ends at 13:40 UTC in summer.
    visits = [on(7, 7), on(7, 14), on(7, 21)]
    times = {
        1: dt.datetime(2026, 7, 9, 13, 40, tzinfo=dt.UTC),
        2: dt.datetime(2026, 7, 16, 13, 41, tzinfo=dt.UTC),
        3: dt.datetime(2026, 7, 21, 18, 0, tzinfo=dt.UTC),
    }
    of = made(visits, first_logged=times)
    assert figure(of, WEST, "completeness").value == pytest.approx(2 / 3)
    plan = earlier_plan(of.district, "2026-W32", ("west", "Di", 15))
    assert figure(replace(of, plans=(plan,)), WEST, "completeness").value == 0.5


def test_a_stop_of_yesterday_need_not_be_logged_yet(made: Make) -> None:
    now = dt.datetime(2026, 8, 5, 12, tzinfo=dt.UTC)
    of = made([on(7, 7)], now=now)
    plan = earlier_plan(of.district, "2026-W32", ("west", "Di", 15))
    found = figure(replace(of, plans=(plan,)), WEST, "completeness")
    assert (found.value, "not_over" in found.notes) == (1, True)


def test_what_was_announced_before_the_log_begins_is_left_out(made: Make) -> None:
    of = made([on(8, 11)])
    plan = earlier_plan(of.district, "2026-W32", ("west", "Di", 15))
    found = figure(replace(of, plans=(plan,)), WEST, "completeness")
    assert (found.value, found.notes) == (1, ("short_log",))


def test_contacts_per_hour_have_an_interval(made: Make) -> None:
    of = made([on(7, 7, met=30, new=10), on(8, 4, met=20, new=10), on(9, 1, met=50, new=25)])
    found = figure(of, WEST, "contacts_per_hour")
    scatter = report(of).scatter
    assert found.value == pytest.approx(100 / 3)
    assert found.high == pytest.approx(100 / 3 * (1 + 1.28 * (scatter / 100) ** 0.5))
    assert figure(of, "Westen", "share_new").value == pytest.approx(0.45)
    assert figure(of, WEST, "share_new").reason == "not_here"


def test_a_hidden_count_hides_all_that_is_made_of_it(made: Make) -> None:
    of = made([on(7, 7, met=2, new=0), on(7, 8, "east", met=30, new=9)])
    told = {"contacts": "hidden", "contacts_per_hour": "hidden", "share_new": "hidden"}
    row = report(of).period.areas[0]
    assert {f.name: f.reason for f in row.figures if f.reason == "hidden"} == told
    hidden = row.figure("contacts_per_hour")
    assert (hidden.low, hidden.high, hidden.trend) == (None, None, None)
    assert row.figure("service_hours").value == 1
    year = report(of).year.municipalities[0]
    assert year.figure("contacts_per_hour").reason == "hidden"


def test_a_trend_is_against_the_quarter_before(made: Make) -> None:
    before = [on(4, 7 + n, met=4, new=0) for n in range(10)]
    of = made([*before, *(on(7, 7 + n, met=12, new=0) for n in range(10))])
    assert figure(of, WEST, "contacts_per_hour").trend == "up"
    # The log begins within the quarter before, so that its hours are not all of them.
    assert figure(of, WEST, "service_hours").trend is None
    assert figure(made([on(3, 3), *before, on(7, 7)]), WEST, "service_hours").trend == "down"


def all_rows(part: Coverage) -> dict[str, Row]:
    return {row.id: row for row in (*part.municipalities, *part.areas, part.district)}


@pytest.mark.parametrize("new", [(0, 9), (1, 9), (9, 9)])
@pytest.mark.parametrize("met", [(2, 30), (30, 30)])
def test_an_arrow_tells_nothing_of_a_former_count_that_is_hidden(
    made: Make, met: tuple[int, int], new: tuple[int, int]
) -> None:
    few, many = zip(met, (min(pair) for pair in zip(met, new, strict=True)), strict=True)
    before = [on(4, 7, met=few[0], new=few[1]), on(4, 8, "east", met=many[0], new=many[1])]
    now = [on(7, 7, met=60, new=25), on(7, 8, "east", met=80, new=40)]
    of = made([on(1, 7), *before, *now])
    former = all_rows(report(of, read_quarter("2026-Q2")).period)
    is_hidden = {row.figure("contacts").reason for row in former.values()}
    assert is_hidden == ({"", "hidden"} if met[0] < 3 else {""})
    for id_, row in all_rows(report(of).period).items():
        for name in ("contacts_per_hour", "share_new"):
            then, found = former[id_].figure(name), row.figure(name)
            if then.reason == "hidden":
                assert (found.trend, found.no_trend) == (None, "former_hidden")
            elif not found.reason and then.value:
                assert (found.trend is None, found.no_trend) == (False, "")


def test_contacts_of_a_year_are_not_set_against_the_one_before(made: Make) -> None:
    visits = [on(month, day, met=40, new=9) for month in (1, 4, 7) for day in (7, 14)]
    old = [
        replace(one, date=one.date.replace(year=year)) for one in visits for year in (2024, 2025)
    ]
    year = report(made([*visits, *old])).year.district
    assert year.figure("contacts_per_hour").value == 40
    assert year.figure("contacts_per_hour").no_trend == "year"
    # Hours are of no person, and nothing of them is hidden.
    assert year.figure("service_hours").trend == "flat"


def test_the_arrow_of_hours_follows_the_hours_and_not_the_visits(made: Make) -> None:
    before = [on(4, 1 + n, minutes=30) for n in range(10)]
    longer = [on(7, 1 + n, minutes=120) for n in range(10)]
    oftener = [on(7, 1 + n, minutes=15) for n in range(20)]
    for visits, trend in ((longer, "up"), (oftener, "flat")):
        of = made([on(3, 3), *before, *visits])
        assert figure(of, WEST, "service_hours").trend == trend
        assert figure(of, WEST, "hours_per_1000").trend == trend


def test_it_is_said_why_there_is_no_arrow(made: Make) -> None:
    assert figure(made([on(5, 5), on(7, 7)]), WEST, "service_hours").no_trend == "former_log"
    assert figure(made([on(3, 3), on(7, 7)]), WEST, "service_hours").no_trend == "former_none"
    # What is never compared needs no reason.
    assert figure(made([on(3, 3), on(7, 7)]), WEST, "longest_gap").no_trend == ""


def test_exploration_counts_places_of_the_last_26_weeks(made: Make) -> None:
    of = made([on(4, 1), on(4, 1, "east"), on(7, 7, "east")])
    # 26 weeks before 30 September begin on 2 April.
    assert figure(of, WEST, "exploration").value == 0
    assert figure(of, EAST, "exploration").value == 1
    assert figure(of, "03000", "exploration").value == 0.5


TWICE = [on(9, 8), on(9, 22), on(9, 9, "east")]


def test_reach_is_a_mean_over_spans_of_4_weeks(made: Make) -> None:
    found = figure(made(TWICE), WEST, "reach", grid())
    # Regular in one of three spans; one place can reach 100 of 400.
    assert found.value == pytest.approx(0.25 / 3)
    assert found.best == pytest.approx(0.25 / 3)
    assert found.target == pytest.approx(0.8 * 0.25 / 3)
    assert found.is_met is True


def test_the_best_of_the_district_is_the_place_that_reaches_most(made: Make) -> None:
    found = figure(made(TWICE), "03000", "reach", grid())
    assert found.value == pytest.approx(100 / 800 / 3)
    assert found.best == pytest.approx(500 / 800 / 3)
    assert found.is_met is False


def test_twice_on_one_day_is_not_regular(made: Make) -> None:
    visits = [on(9, 8), visit("west", dt.date(2026, 9, 8), "17:00")]
    assert figure(made(visits), WEST, "reach", grid()).value == 0


def test_access_is_a_mean_over_people(made: Make) -> None:
    found = figure(made(TWICE), WEST, "access", grid())
    weeks = 92 / 7
    west, east = 2 / weeks / 100, 1 / weeks / (0.22 * 100 + 0.68 * 400)
    assert found.value == pytest.approx(1000 * (100 * (west + 0.22 * east)) / 400)


def walks_of(of: Record) -> Walks:
    """Return walks from homes around the place in the west."""
    homes = np.empty(1, dtype=np.object_)
    homes[0] = shapely.box(10.047, 52.047, 10.053, 52.053)
    found = build_walks(
        of.district.region, of.places, (14, 21), None, homes, served=of.served_places
    )
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["reach", "access", "exploration"])
def test_a_place_that_was_retired_since_counts_as_it_was_then(made: Make, name: str) -> None:
    of = made(TWICE)
    before = figure(of, WEST, name, walks_of(of))
    assert before.value
    old = retired(of, "west", "east")
    assert figure(old, WEST, name, walks_of(old)) == before
    # A place that is in no file any more is where the plans say that it was.
    plan = earlier_plan(of.district, "2026-W37", ("west", "Di", 15))
    gone = replace(of, district=replace(of.district, places=()), plans=(plan,))
    assert figure(gone, WEST, name, walks_of(gone)).value == before.value


def test_a_place_that_was_retired_before_counts_no_more(made: Make) -> None:
    of = retired(made([on(3, 3), *TWICE[:2]]), "east")
    assert figure(of, EAST, "exploration").reason == "no_place"
    assert "east" not in walks_of(of).places
    walks = grid(retired=frozenset({"east"}))
    assert figure(of, "03000", "reach", walks).best == pytest.approx(100 / 800 / 3)


def test_cells_on_the_map_are_those_that_can_walk_to_something(made: Make) -> None:
    cells = report(made(TWICE), walks=grid()).cells
    assert [(cell.ags, cell.youth, cell.minutes) for cell in cells] == [
        (WEST, 100, 5),
        (EAST, 400, None),
    ]


def test_what_is_estimated_is_said(made: Make) -> None:
    assert "walks_estimated" in figure(made(TWICE), WEST, "reach", grid(is_estimate=True)).notes
    assert figure(made(TWICE), WEST, "reach").reason == "no_walks"
    assert figure(made(TWICE), WEST, "access", grid(counts_youth=False)).reason == "no_youth"


def test_an_empty_log_gives_reasons_and_no_figures(made: Make) -> None:
    found = report(made([]), walks=grid())
    rows = (*found.period.municipalities, found.period.district, found.year.district)
    reasons = {f.reason for row in rows for f in row.figures if f.name != "cost_per_hour"}
    assert reasons == {"no_visit"}
    assert (found.num_visits, found.hidden.rows) == (0, ())


def test_a_period_to_come_gives_reasons_and_no_figures(made: Make) -> None:
    of = made([on(7, 7)])
    found = build_report(of, of.district.config.coverage, grid(), read_quarter("2027-Q1"))
    assert {figure.value for figure in found.period.district.figures} == {None}


def test_an_area_counts_only_while_it_exists(made: Make) -> None:
    area = '[[areas]]\nname = "Neu"\nkind = "funding"\nmunicipalities = ["03000001"]\n'
    dates = "from = 2026-08-01\nuntil = 2026-08-31\n"
    of = made([on(7, 7, met=9), on(8, 4, met=9), on(9, 8, met=9)], area + dates)
    found = figure(of, "Neu", "service_hours")
    assert (found.value, "partly_valid" in found.notes) == (1, True)
    old = area.replace("Neu", "Alt") + "until = 2026-06-30\n"
    assert figure(made([on(7, 7)], old), "Alt", "visits").reason == "not_valid"


def test_access_of_an_area_is_that_of_the_days_on_which_it_exists(made: Make) -> None:
    area = '[[areas]]\nname = "Neu"\nkind = "funding"\nmunicipalities = ["03000001"]\n'
    dates = "from = 2026-08-01\nuntil = 2026-08-31\n"
    of = made([on(7, 7), on(8, 4, minutes=120), on(9, 8)], area + dates)
    found = figure(of, "Neu", "access", grid())
    # Two hours in 31 days, for 100 people who live near; 300 live elsewhere.
    assert found.value == pytest.approx(1000 * (2 / (31 / 7) / 100) * 100 / 400)
    assert figure(of, WEST, "access", grid()).value != found.value


def test_a_municipality_that_others_serve_is_left_out(made: Make, region_toml: str) -> None:
    of = made([on(7, 7)])
    config = replace(of.district.config, not_served=frozenset({EAST}))
    of = replace(of, district=replace(of.district, config=config))
    assert figure(of, EAST, "service_hours").reason == "not_served"
    assert figure(of, "03000", "hours_per_1000").value == pytest.approx(1000 / 162)


def test_a_visit_at_a_place_of_unknown_municipality_counts_for_the_district(made: Make) -> None:
    of = made([on(7, 7, met=9, new=3), on(7, 8, "gone", met=9, new=3)])
    assert figure(of, "03000", "visits").value == 2
    assert report(of).tables[0].rows == (WEST, EAST, "")


def test_the_usual_period_is_the_last_quarter_that_is_over(made: Make) -> None:
    assert usual_period(made([on(7, 7)])) == Q3
    assert usual_period(made([])) == Q3
    assert usual_period(made([on(10, 1)])).name == "2026-Q4"


def test_places_tell_how_often_they_were_served(made: Make) -> None:
    west, east = report(made(TWICE)).places
    assert (west.visits, west.hours, west.last_visit) == (2, 2, dt.date(2026, 9, 22))
    assert (west.is_regular, east.is_regular) == (True, False)
