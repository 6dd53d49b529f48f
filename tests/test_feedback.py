"""The benchmark of the closed loop keeps right accounts: worlds, policies, what is measured."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pytest
from benchmarks.feedback import (
    Run,
    bars,
    figures,
    inside,
    numbers,
    run_policy,
    summary,
    weeks_to_find,
    with_regret,
)
from benchmarks.made_world import QUIET, World, made_world
from benchmarks.policies import (
    SMOOTHING,
    EwmaPolicy,
    FixedPolicy,
    LedgerPolicy,
    MeanPolicy,
    OraclePolicy,
)
from benchmarks.tally import stable_shares
from small_services import WEEK, service
from small_visits import visit

from geodata.network import RoadNetwork
from geodata.region import Region
from tours.calendar import week_dates, weeks_from
from tours.district import District
from tours.hotspots.hotspots import effective_hours, interval, share_up_to
from tours.hotspots.ledger import Factor, Forecast

WEEKS = weeks_from(WEEK, 40)
HOUR = 3600
TUESDAY = dt.date(2026, 11, 24)


@pytest.fixture
def district(region: Region, road_network: RoadNetwork, region_toml: str) -> District:
    return service(region, road_network, region_toml, places=20)


@pytest.fixture
def world(district: District) -> World:
    return made_world(district, WEEKS, seed=1, num_places=20)


# ---- The world ----------------------------------------------------------------------------


def test_the_same_seed_makes_the_same_world(district: District, world: World) -> None:
    again, other = (made_world(district, WEEKS, seed, 20) for seed in (1, 2))
    stops = [(place, day) for place in world.places for day in (TUESDAY, dt.date(2027, 7, 1))]

    def met(of: World) -> list[int]:
        return [of.met(place, day, 15 * HOUR, HOUR) for place, day in stops]

    assert (met(again), again.events) == (met(world), world.events)
    assert met(other) != met(world)


def test_every_municipality_keeps_a_place(district: District) -> None:
    few = made_world(district, WEEKS, 3, num_places=1).district.places
    assert {place.ags for place in few} == {place.ags for place in district.places}
    assert len(few) == len({place.ags for place in few})


def test_of_ten_places_one_opens_one_comes_to_life_and_one_dissolves(world: World) -> None:
    kinds = sorted(event.kind for event in world.events)
    assert kinds == ["dissolved"] * 2 + ["opened"] * 2 + ["woken"] * 2
    assert len({event.place for event in world.events}) == 6


def test_a_place_changes_in_the_week_of_its_event(world: World) -> None:
    for event in world.events:
        monday = week_dates(WEEKS[event.week])[0]
        before, after = (world.rate(event.place, monday + dt.timedelta(days=n)) for n in (-1, 0))
        if event.kind == "dissolved":
            assert after == pytest.approx(QUIET * before)
        else:
            assert after > before


def test_a_place_is_listed_from_its_opening_on(world: World) -> None:
    for event in world.events:
        listed = [
            event.place in {place.id for place in world.known(WEEKS[week]).places}
            for week in (event.week - 1, event.week)
        ]
        assert listed == [event.kind != "opened", True]


def test_counts_have_the_mean_of_the_world_and_the_variance_of_their_clumping(
    world: World,
) -> None:
    quiet = {event.place for event in world.events}
    place = max((p for p in world.places if p not in quiet), key=lambda p: world.rate(p, TUESDAY))
    # Tuesdays of twenty Novembers: nothing but chance differs, but for the season's course.
    days = [dt.date(2000, 1, 4) + dt.timedelta(weeks=n) for n in range(6000)]
    days = [day for day in days if day.month == 11 and not 4 <= day.day <= 9]
    counts = np.array([world.met(place, day, 15 * HOUR, HOUR) for day in days])
    means = np.array([world.mean(place, day, 15 * HOUR, HOUR) for day in days])
    assert counts.mean() == pytest.approx(means.mean(), rel=0.15)
    mean = means.mean()
    assert counts.var() == pytest.approx(mean + mean**2 / world.clumping, rel=0.3)


# ---- The policies -------------------------------------------------------------------------


def test_the_oracle_expects_the_truth(world: World) -> None:
    forecast = OraclePolicy(world).believed().hotspots(TUESDAY).forecast
    for place in world.places:
        assert forecast(place, TUESDAY, 54_000, HOUR).mean == world.mean(
            place, TUESDAY, 54_000, HOUR
        )


def test_the_mean_is_contacts_over_hours(world: World) -> None:
    policy = MeanPolicy(world)
    place, other = list(world.places)[:2]
    policy.learn([visit(place, TUESDAY, minutes=60, met=4), visit(place, TUESDAY, minutes=30)])
    hours = effective_hours(HOUR) + effective_hours(HOUR // 2)
    assert policy.rate(place) == pytest.approx((4 + 3) / hours)
    start = world.district.config.contacts_per_hour * world.places[other].start_weight
    assert policy.rate(other) == start


def test_the_moving_average_lets_the_last_visit_count_most(world: World) -> None:
    policy = EwmaPolicy(world)
    place, hour = next(iter(world.places)), effective_hours(HOUR)
    start = policy.rate(place)
    for met in (4, 0):
        policy.learn([visit(place, TUESDAY, minutes=60, met=met, new=0)])
    first = start + SMOOTHING * (4 / hour - start)
    assert policy.rate(place) == pytest.approx((1 - SMOOTHING) * first)


def test_the_fixed_tour_stays_as_it_was(world: World) -> None:
    run = run_policy(FixedPolicy(world), WEEKS[:4])
    assert [share for _week, share in stable_shares(run.weeks)] == [1.0] * 3
    assert run.weeks[0].plan
    assert [done.plan.week for done in run.weeks if done.plan] == list(WEEKS[:4])


def test_the_ledger_plans_with_what_its_visits_met(world: World) -> None:
    policy = LedgerPolicy(world)
    run = run_policy(policy, WEEKS[:3])
    journal = policy.believed().journal
    assert [(v.place, v.met) for v in journal.visits] == [(v.place, v.met) for v in run.visits]
    assert [v.id for v in journal.visits] == list(range(1, len(run.visits) + 1))
    assert run.visits


# ---- What is measured ---------------------------------------------------------------------


def test_contacts_are_those_that_stops_can_truly_expect(world: World) -> None:
    run = run_policy(OraclePolicy(world), WEEKS[:2])
    assert run.contacts == pytest.approx(
        sum(world.mean(v.place, v.date, v.start_s, v.dwell_s) for v in run.visits)
    )


def test_a_new_hotspot_is_found_in_the_week_of_its_first_visit(world: World) -> None:
    first, _second = [event for event in world.events if event.kind == "opened"]
    opening = week_dates(WEEKS[first.week])[0]
    days = [opening - dt.timedelta(days=1), opening + dt.timedelta(weeks=2, days=3)]
    run = Run((), tuple(visit(first.place, day) for day in days), 0.0)
    assert weeks_to_find(run, world) == [3, None]


def test_a_forecast_that_is_true_holds_its_share_of_counts_exactly() -> None:
    forecast = Forecast(1.3, 0.2, 1.5, Factor(1.0, 3.0))
    mean, variance = forecast.mean, forecast.variance
    parts = [
        share_up_to(count, mean, variance) - share_up_to(count - 1, mean, variance)
        for count in range(200)
    ]
    held = math.fsum(part * inside(forecast, count) for count, part in enumerate(parts))
    assert held == pytest.approx(0.8)
    low, high = interval(forecast)
    assert math.fsum(parts[low : high + 1]) > 0.85


@pytest.mark.parametrize(("met", "expected"), [(40, 0.0), (8, 1.0)])
def test_a_count_lies_inside_the_interval_or_outside(met: int, expected: float) -> None:
    assert inside(Forecast(8.0, 0.1, 2.0, Factor(1.0, 3.0)), met) == expected


def row(policy: str, seed: int, contacts: float, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any
    found = {"policy": policy, "seed": seed, "contacts": contacts, "stable": 0.7}
    return {**found, "covered": 0.8, "weeks_to_find": [2, None, 6], "weeks_to_notice": [9], **more}


def test_regret_is_the_share_of_the_oracles_contacts_that_was_not_made() -> None:
    assert with_regret(row("ledger", 1, 75.0), row("oracle", 1, 100.0))["regret"] == 0.25


def test_what_was_never_found_took_longest() -> None:
    rows = [row("ledger", seed, 1.0, regret=0.1 * seed) for seed in (1, 2)]
    (total,) = summary(rows)
    assert (total["regret"], total["weeks_to_find"]) == (pytest.approx(0.15), 6.0)
    assert total["weeks_to_notice"] == 9.0


def test_the_bars_are_judged_by_what_was_measured() -> None:
    rows = [row("ledger", 1, 75.0, regret=0.25), row("ewma", 1, 60.0, regret=0.4)]
    assert all(bars(summary(rows), rows).values())
    rows[0] |= {"regret": 0.5, "stable": 0.5, "covered": 0.9, "weeks_to_find": [None]}
    assert not any(bars(summary(rows), rows).values())


def test_a_run_is_measured(world: World) -> None:
    found = figures(LedgerPolicy(world), Run((), (), 0.0))
    assert (found["stable"], found["met"], found["covered"]) == (None, 0, None)
    policy = LedgerPolicy(world)
    run = run_policy(policy, WEEKS[:2])
    found = figures(policy, run)
    assert (found["planned"], found["stops"]) == (2, len(run.visits))
    assert 0 <= found["covered"] <= found["shown"] <= 1


def test_seeds_are_single_ones_and_ranges() -> None:
    assert numbers("3,500-502") == [3, 500, 501, 502]
