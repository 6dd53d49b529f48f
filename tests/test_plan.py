"""A plan is the same after its file as before, and a damaged file is called one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tours.errors import PlanError
from tours.leftout import Unassigned
from tours.plan import Plan, load_plan, read_plan, render_plan
from tours.tour import Leg


def locations(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the way to every value of a JSON body."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [at, *(way for key, part in inner for way in locations(part, (*at, key)))]


def changed(plan: Plan, way: tuple[str | int, ...], value: object) -> str:
    """Return the text of a plan with one value replaced."""
    if not way:
        return json.dumps(value)
    copy = part = json.loads(render_plan(plan))
    for key in way[:-1]:
        part = part[key]
    part[way[-1]] = value
    return json.dumps(copy)


def refused(text: str) -> bool:
    with pytest.raises(PlanError) as caught:
        read_plan(text, "plans/2026-W47.json")
    (fault,) = caught.value.faults
    return fault.where == "plans/2026-W47.json" and bool(fault.remedy)


def test_a_plan_is_the_same_after_its_file(plan: Plan) -> None:
    assert read_plan(render_plan(plan), "x") == plan


def test_the_same_plan_has_the_same_text(plan: Plan) -> None:
    assert render_plan(read_plan(render_plan(plan), "x")) == render_plan(plan)


def test_whole_numbers_for_degrees_are_read_as_degrees(plan: Plan) -> None:
    way = ("tours", 0, "depot", "lon")
    read = read_plan(changed(plan, way, 10), "x")
    assert isinstance(read.tours[0].depot.lon, float)


def test_any_letter_survives(plan: Plan) -> None:
    named = replace(plan, service='Büs "1" \\ \n\u2028 🛹')
    assert read_plan(render_plan(named), "x") == named


def test_another_plan_has_another_digest(plan: Plan) -> None:
    assert replace(plan, seed=1).digest != plan.digest


def test_a_file_is_read(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "2026-W47.json"
    path.write_text(render_plan(plan), encoding="utf-8")
    assert load_plan(path) == plan


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        load_plan(tmp_path / "none.json")
    assert caught.value.faults[0].where == str(tmp_path / "none.json")


def test_a_file_that_is_not_utf8_is_no_plan(tmp_path: Path) -> None:
    path = tmp_path / "2026-W47.json"
    path.write_bytes(b'{"format": 1, "service": "B\xfcs"}')
    with pytest.raises(PlanError):
        load_plan(path)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "[]", "null", "1", '"text"', "{}", '{"format": 1}', '{"format": 2}'),
        *('{"format": null}', '{"format": [1]}', "[" * 100_000, "{" * 1000, "NaN", "not JSON"),
        "9" * 5_000,
    ],
)
def test_other_json_is_no_plan(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize(
    ("way", "value"),
    [
        (("format",), 2),
        (("format",), True),
        (("service",), 1),
        (("service",), "\ud800"),
        (("week",), "2027-W53"),
        (("week",), "../../etc"),
        (("value",), "90"),
        (("value",), 90.0),
        (("bound",), 89),
        (("bound",), True),
        (("tours",), {}),
        (("tours",), "ab"),
        (("tours", 0), []),
        (("tours", 0, "date"), "2026-02-30"),
        (("tours", 0, "date"), 5),
        (("tours", 0, "legs"), []),
        (("tours", 0, "depot"), None),
        (("tours", 0, "depot", "lon"), "10.05"),
        (("tours", 0, "depot", "lon"), True),
        (("tours", 0, "depot", "lon"), float("nan")),
        (("tours", 0, "depot", "lon"), float("inf")),
        (("tours", 0, "depot", "lon"), 10**400),
        (("tours", 0, "stops", 0, "start_s"), "14:40"),
        (("tours", 0, "stops", 0, "start_s"), 52_800.5),
        (("tours", 0, "stops", 0, "start_s"), None),
        (("tours", 0, "stops", 0, "name"), None),
        (("tours", 0, "stops", 0, "is_public"), 1),
        (("tours", 0, "stops", 0, "assumed"), "hours"),
        (("tours", 0, "stops", 0, "assumed"), [1]),
        (("tours", 0, "stops", 0, "contacts"), 1),
        (("tours", 0, "legs", 0, "route"), []),
        (("tours", 0, "legs", 0, "route"), [[10.0, 52.0]]),
        (("tours", 0, "legs", 0, "route", 0), [10.0]),
        (("tours", 0, "legs", 0, "route", 0), [10.0, 52.0, 1.0]),
        (("tours", 0, "legs", 0, "route", 0), [10.0, "52"]),
        (("unassigned", 0, "reason"), "bored"),
        (("unassigned", 0, "lat"), None),
        (("cancelled", 0, "holiday"), 3),
        (("network",), {}),
        (("network", "error_p90"), "0.4"),
    ],
)
def test_a_wrong_value_deep_inside_is_refused(
    way: tuple[str | int, ...], value: object, plan: Plan
) -> None:
    assert refused(changed(plan, way, value))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"lon": 10.13', '"lon": 1e308'),
        ('"lat": 52.03', '"lat": -91'),
        ('"lat": 52.02', '"lat": 1000'),
        ("     10.13,", "     181,"),
        ('"arrival_s": 52200', '"arrival_s": -1'),
        ('"departure_s": 56400', '"departure_s": 99999999999999999999'),
        ('"leave_s": 51600', '"leave_s": 172801'),
        ('"drive_s": 600', '"drive_s": -600'),
        ('"length_m": 6000', '"length_m": 1000000000000'),
        ('"date": "2026-11-17"', '"date": "0001-01-01"'),
    ],
)
def test_places_and_times_that_cannot_be_are_refused(old: str, new: str, plan: Plan) -> None:
    text = render_plan(plan)
    assert old in text
    with pytest.raises(PlanError):
        read_plan(text.replace(old, new, 1), "x.json")


def test_every_missing_value_is_refused(plan: Plan) -> None:
    body = json.loads(render_plan(plan))
    optional = {"is_public", "assumed", "error_median", "error_p90"}
    optional |= {"rest_s", "bus", "overdue", "cycle", "wishes", "repeats", "problem"}
    optional |= {"num_depots", "school_holidays", "unserved"}
    for way in locations(body):
        if way and isinstance(way[-1], str) and way[-1] not in optional:
            copy = part = json.loads(json.dumps(body))
            for key in way[:-1]:
                part = part[key]
            del part[way[-1]]
            assert refused(json.dumps(copy)), way


@settings(max_examples=60, deadline=None)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_off_anywhere_is_refused(share: float, plan: Plan) -> None:
    text = render_plan(plan).rstrip()
    assert refused(text[: int(share * len(text))])


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.sampled_from(["", "2026-11-17", "2026-W47", "closed", "ä"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_changed_value_is_refused_or_makes_a_plan_that_can_be_written(
    data: st.DataObject, plan: Plan
) -> None:
    body = json.loads(render_plan(plan))
    text = changed(plan, data.draw(st.sampled_from(locations(body))), data.draw(JSON))
    try:
        read = read_plan(text, "x")
    except PlanError:
        return
    assert read_plan(render_plan(read), "x") == read


def test_a_value_above_the_bound_is_a_mistake(plan: Plan) -> None:
    with pytest.raises(ValueError, match="got 100 < 101"):
        replace(plan, value=101)


def test_a_tour_has_one_more_leg_than_stops(plan: Plan) -> None:
    with pytest.raises(ValueError, match="must hold 2 legs, got 1"):
        replace(plan.tours[0], legs=plan.tours[0].legs[:1])


def test_a_reason_is_one_of_the_list(plan: Plan) -> None:
    with pytest.raises(ValueError, match="got 'bored'"):
        Unassigned("a", "A", "other", "1", "A", 10.0, 52.0, "bored")


def test_the_gap_is_a_share_of_the_bound(plan: Plan) -> None:
    assert plan.gap == pytest.approx(0.1)
    assert not plan.is_optimal


def test_a_plan_without_prize_has_no_gap(plan: Plan) -> None:
    nothing = replace(plan, value=0, bound=0)
    assert nothing.gap == 0
    assert nothing.is_optimal


def test_sums_are_those_of_the_tours(plan: Plan) -> None:
    legs = (Leg(1, 20, ((10.0, 52.0), (10.1, 52.0))), Leg(300, 4_000, ((10.1, 52.0), (10.0, 52.0))))
    both = replace(plan, tours=(plan.tours[0], replace(plan.tours[0], legs=legs)))
    assert (both.drive_s, both.length_m, both.dwell_s, both.expected) == (
        1200 + 301,
        12_000 + 4_020,
        7_200,
        240,
    )
