"""Variants of a week side by side, against the plans that an edited region.toml gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from conftest import EAST, REGION_TOML
from small_districts import WEEK, earlier_plan, small_district

from geodata.network import RoadNetwork
from geodata.region import Region
from tours.compare.compare import Comparison, compare_variants, tally_of
from tours.compare.table import lines_of
from tours.compare.variants import read_variants
from tours.config import read_config
from tours.district import District
from tours.errors import ConfigError, InfeasibleError
from tours.leftout import Overdue
from tours.plan import NOTHING_ASKED, Plan
from tours.planning import plan_week

THURSDAY = '[[shifts]]\nweekday = "Do"\nstart = "14:00"\nend = "19:00"\n'


@pytest.fixture
def district(region: Region, road_network: RoadNetwork) -> District:
    return small_district(region, REGION_TOML, road_network)


def edited(district: District, *changes: tuple[str, str]) -> District:
    """Return the district after region.toml was edited by hand."""
    toml = REGION_TOML
    for old, new in changes:
        assert old in toml
        toml = toml.replace(old, new)
    return replace(
        district, config=read_config(toml, "region.toml", district.region.municipalities)
    )


def compared(district: District, *texts: str, **options: Any) -> Comparison:  # noqa: ANN401 - any option
    return compare_variants(district, WEEK, read_variants(texts), **options)


def visited(plan: Plan | None) -> set[str]:
    return {stop.place_id for tour in plan.tours for stop in tour.stops} if plan else set()


# ---- The plans ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variant", "changes"),
    [
        (
            "depot east",
            [('name = "Hof"', 'name = "East"'), ("lon = 10.05", "lon = 10.15")],
        ),
        ("Di -> Mi", [('weekday = "Di"', 'weekday = "Mi"')]),
        ("14:00-17:00", [('end = "19:00"', 'end = "17:00"')]),
        ("-Do", [(THURSDAY, "")]),
        ("+bus Do", [(THURSDAY, THURSDAY + "buses = 2\n")]),
    ],
)
def test_a_variant_has_the_plan_of_region_toml_edited_by_hand(
    district: District, variant: str, changes: list[tuple[str, str]]
) -> None:
    earlier = [earlier_plan(district, "2026-W47", ("west", "Do", 16))]
    _base, outcome = compared(district, variant, earlier=earlier).outcomes
    assert outcome.plan == plan_week(edited(district, *changes), WEEK, earlier=earlier)


def test_the_first_plan_is_that_of_the_settings_as_they_are(district: District) -> None:
    assert compared(district, "-Do").plans[0] == plan_week(district, WEEK)


def test_wishes_of_the_stored_plan_hold_in_every_variant(district: District) -> None:
    asked = replace(NOTHING_ASKED, bans=("east",))
    stored = replace(earlier_plan(district, WEEK), wishes=asked)
    comparison = compared(district, "+Fr", "-Do", stored=stored)
    assert [visited(plan) for plan in comparison.plans] == [{"west"}] * 3


def test_a_day_cancelled_in_another_week_of_the_cycle_is_no_wish_of_this_one(
    district: District,
) -> None:
    asked = replace(NOTHING_ASKED, cancelled=("2026-11-24 krank", "2026-12-01 krank"))
    cycle = (WEEK, "2026-W49")
    stored = replace(earlier_plan(district, WEEK, cycle=cycle), wishes=asked)
    assert compared(district, "+Fr", stored=stored).wishes.cancelled == ("2026-11-24 krank",)


def test_each_plan_is_watched_under_its_name(district: District) -> None:
    names: list[str] = []

    @contextmanager
    def watching(name: str) -> Iterator[None]:
        names.append(name)
        yield

    compared(district, "Kurz: -Do", watching=watching)
    assert names == ["unverändert", "Kurz"]


def test_each_outcome_is_told_as_soon_as_it_is_known(district: District) -> None:
    told: list[tuple[str, bool]] = []

    @contextmanager
    def watching(name: str) -> Iterator[None]:
        told.append((name, False))
        yield

    compared(
        district,
        "Nie: 14:00-14:10",
        watching=watching,
        on_outcome=lambda outcome: told.append((outcome.title, True)),
    )
    assert told == [("unverändert", False), ("unverändert", True), ("Nie", False), ("Nie", True)]


def test_without_time_a_variant_has_the_plan_of_the_week_as_it_is_set(district: District) -> None:
    stored = plan_week(district, WEEK)
    base, more = compared(district, "+Fr", stored=stored, time_limit=0).plans
    assert base == stored
    assert more.tours[: len(base.tours)] == base.tours


def test_a_variant_without_a_plan_says_why_and_the_others_have_theirs(district: District) -> None:
    comparison = compared(district, "Nie: 14:00-14:10", "-Do")
    assert [bool(outcome.plan) for outcome in comparison.outcomes] == [True, False, True]
    assert "Kein Treffpunkt dort ist offen und erreichbar" in str(comparison.outcomes[1].faults[0])


def test_a_wish_that_a_variant_makes_impossible_is_its_fault(district: District) -> None:
    stored = replace(earlier_plan(district, WEEK), wishes=replace(NOTHING_ASKED, pins=("east@Do",)))
    comparison = compared(district, "Do -> Fr", stored=stored)
    assert "keine Tour" in str(comparison.outcomes[1].faults[0])


def test_a_depot_far_from_all_roads_is_the_fault_of_its_variant(district: District) -> None:
    comparison = compared(district, "depot 48.1 11.5")
    assert "48.1 11.5" in str(comparison.outcomes[1].faults[0])


def test_a_variant_can_have_a_plan_where_the_settings_have_none(district: District) -> None:
    short = edited(district, ('end = "19:00"', 'end = "14:10"'))
    comparison = compared(short, "14:00-19:00")
    assert [bool(outcome.plan) for outcome in comparison.outcomes] == [False, True]
    assert {line.differences for line in lines_of(comparison)} == {("",)}


def test_where_nothing_has_a_plan_each_sentence_names_its_variant(district: District) -> None:
    with pytest.raises(InfeasibleError) as caught:
        compared(edited(district, ('end = "19:00"', 'end = "14:10"')), "Kurz: -Do")
    assert {fault.where for fault in caught.value.faults} == {"unverändert", "Kurz"}


def test_a_variant_that_does_not_fit_is_told_before_anything_is_planned(
    district: District,
) -> None:
    @contextmanager
    def watching(name: str) -> Iterator[None]:
        raise AssertionError(name)
        yield

    with pytest.raises(ConfigError, match="keinen Nachmittag"):
        compared(district, "-Mo", watching=watching)


# ---- What is counted ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, {"municipalities": 2, "served": 2, "areas_kept": 1, "areas": 1}),
        ({"not_served": frozenset({EAST})}, {"municipalities": 1, "served": 1}),
        ({"crew": 3}, {"crew_s": 2 * 5 * 3600 * 3}),
    ],
)
def test_a_tally_is_counted_on_two_afternoons(
    district: District, changed: dict[str, Any], expected: dict[str, int]
) -> None:
    plan = earlier_plan(district, WEEK, ("west", "Di", 15), ("east", "Do", 16))
    changed_district = replace(district, config=replace(district.config, **changed))
    tally = tally_of(plan, changed_district, None)
    assert {name: getattr(tally, name) for name in expected} == expected


def test_appointments_are_no_visit_of_a_municipality(district: District) -> None:
    plan = earlier_plan(district, WEEK, ("office", "Di", 15))
    assert tally_of(plan, district, None).municipalities == 0


def test_municipalities_that_a_plan_calls_overdue_are_counted(district: District) -> None:
    plan = replace(earlier_plan(district, WEEK), overdue=(Overdue(EAST, "Ostdorf", 5, "no_time"),))
    assert tally_of(plan, district, None).overdue == 1


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"at_least": 1}, 1),
        ({"at_least": 2}, 0),
        ({"at_least": 0, "at_least_s": 3600}, 1),
        ({"at_least": 0, "at_least_s": 3601}, 0),
    ],
)
def test_an_area_is_kept_if_it_gets_all_that_it_is_owed(
    district: District, asked: dict[str, Any], kept: int
) -> None:
    areas = (replace(district.config.areas[0], **asked),)
    owing = replace(district, config=replace(district.config, areas=areas))
    plan = earlier_plan(district, WEEK, ("west", "Di", 15), ("east", "Do", 16))
    tally = tally_of(plan, owing, None)
    assert (tally.areas_kept, tally.areas) == (kept, 1)


def test_a_stop_is_as_announced_if_place_weekday_and_start_are(district: District) -> None:
    announced = {("west", 1, 15 * 3600), ("east", 3, 15 * 3600), ("east", 1, 16 * 3600)}
    plan = earlier_plan(district, WEEK, ("west", "Di", 15), ("east", "Do", 16))
    assert tally_of(plan, district, announced).announced == 1


# ---- What is told -------------------------------------------------------------------------


# ---- The programmer's faults --------------------------------------------------------------
