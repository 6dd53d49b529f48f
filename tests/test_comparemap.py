"""The map of a comparison as text: what stands in the page, and what must never stand in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from webmap_examples import HOSTILE, Reading, district, stop, tour, week

from maps.comparemap import Figure, Panel, looks_of, render_comparemap
from maps.style import NUM_LOOKS, afternoon_style
from maps.webmap import render_webmap
from tours.plan import Plan

FIGURES: tuple[Figure, ...] = (("Halte", ("3", "1"), ("", "−2")), ("km", ("21,0", "8,4"), ("", "")))


def on_days(*days: int) -> Plan:
    """Return a week with a tour on each of some days of November 2026; the 23rd is a Monday."""
    return week(tours=tuple(tour(day, [stop("Halt", 10.05, 51.7, 54_000)]) for day in days))


def panels(name: str = "Nur Mo") -> list[Panel]:
    return [
        Panel("unverändert", "", week()),
        Panel(name, "-Do", on_days(23)),
        Panel(f"Nie {name}", "-Mo", None, f"{name} geht nicht."),
    ]


def page(name: str = "Nur Mo") -> str:
    figures = [(name, values, differences) for _name, values, differences in FIGURES]
    return render_comparemap(panels(name), district(name=name), figures, [name])


def data() -> Any:  # noqa: ANN401 - whatever the page holds
    return Reading(page()).data


def test_the_same_plans_give_the_same_bytes() -> None:
    assert page() == page()


def test_each_plan_is_there_with_its_name() -> None:
    assert [(p["name"], len(p["tours"])) for p in data()["plans"]] == [
        ("unverändert", 2),
        ("Nur Mo", 1),
    ]


def test_a_plan_is_told_as_on_its_own_map() -> None:
    alone = Reading(render_webmap(week(), district())).data
    assert {key: data()["plans"][0][key] for key in ("tours", "depots", "left", "title")} == {
        key: alone[key] for key in ("tours", "depots", "left", "title")
    }


def test_circles_of_all_plans_have_one_scale() -> None:
    # Alone on a map the only stop would have the largest circle.
    small = replace(on_days(23), tours=(tour(23, [stop("H", 10.05, 51.7, 54_000, expected=60)]),))
    both = render_comparemap([Panel("a", "", week()), Panel("b", "", small)], district())
    sizes = [
        {s["size"] for t in p["tours"] for s in t["stops"]} for p in Reading(both).data["plans"]
    ]
    assert max(sizes[1]) < max(sizes[0])


def test_a_variant_without_a_plan_is_there_with_its_sentence() -> None:
    assert data()["failed"] == [["Nie Nur Mo", "Nur Mo geht nicht."]]


def test_figures_are_told_per_plan() -> None:
    assert data()["figures"][0] == ["Nur Mo", [["3", ""], ["1", "−2"]]]


def test_what_a_variant_changes_is_told_unless_its_name_says_it() -> None:
    same = [Panel("a", "", week()), Panel("-Do", "-Do", on_days(23)), Panel("x", "-Mi", week())]
    read = Reading(render_comparemap(same, district())).data
    assert [p["changes"] for p in read["plans"]] == ["", "", "-Mi"]


def test_credits_are_said_once() -> None:
    assert len(set(data()["credits"])) == len(data()["credits"])


def test_the_title_names_service_district_and_week() -> None:
    assert Reading(page()).title == (
        "Bauwagen · Kreis Serviette · Varianten für KW 48/2026 · 23.–29. November 2026"
    )


# ---- Nothing from elsewhere, no hostile name ----------------------------------------------


def test_no_tag_names_a_file_from_elsewhere() -> None:
    tags = Reading(page()).tags
    assert not [n for _tag, attrs in tags for n, _v in attrs if n in ("src", "href")]


def test_the_policy_forbids_to_load_anything() -> None:
    assert "default-src 'none'; img-src data:; style-src" in page()


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_changes_the_tags_of_the_page(name: str) -> None:
    assert Reading(page(name)).tags == Reading(page()).tags


@pytest.mark.parametrize("name", HOSTILE)
def test_every_name_arrives_as_it_was_typed(name: str) -> None:
    read = Reading(page(name)).data
    assert (read["plans"][1]["name"], read["remarks"]) == (name, [name])


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_gets_into_a_script(name: str) -> None:
    def scripts(text: str) -> list[str]:
        return re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)

    assert scripts(page(name)) == scripts(page())


# ---- Colours and line patterns ------------------------------------------------------------


def positions(*plans: Plan) -> list[list[int]]:
    every = [afternoon_style(n) for n in range(NUM_LOOKS)]
    return [[every.index(look) for look in looks] for looks in looks_of(plans)]


def with_buses(days: dict[int, int]) -> Plan:
    """Return a week with so many buses on each day."""
    return on_days(*(day for day, number in days.items() for _bus in range(number)))


@pytest.mark.parametrize(
    ("plans", "expected"),
    [
        # A weekday keeps its look where another one goes, comes or takes its place.
        ([on_days(23, 25, 26), on_days(25, 26)], [[0, 1, 2], [1, 2]]),
        ([on_days(23, 25, 26), on_days(24, 25, 26)], [[0, 1, 2], [3, 1, 2]]),
        ([on_days(23, 25), on_days(23, 24, 25), on_days(24)], [[0, 1], [0, 2, 1], [2]]),
        # Of several buses the first looks as the only one does.
        ([on_days(23, 25), with_buses({23: 2, 25: 2})], [[0, 1], [0, 2, 1, 3]]),
    ],
)
def test_a_weekday_looks_the_same_in_every_plan(
    plans: list[Plan], expected: list[list[int]]
) -> None:
    assert positions(*plans) == expected


def test_tours_of_a_plan_differ_even_where_plans_have_more_of_them_than_colours() -> None:
    plans = [on_days(23, 25, 26), on_days(24, 25, 26), on_days(23, 25, 26, 27)]
    plans += [with_buses({23: 2, 25: 2, 26: 2}), with_buses({24: 2, 27: 2, 28: 2})]
    assert [len(set(looks)) for looks in positions(*plans)] == [3, 3, 4, 6, 6]


def test_ten_tours_of_a_plan_have_ten_looks() -> None:
    assert len(set(positions(with_buses({23: 5, 25: 5}))[0])) == 10


def test_more_tours_than_looks_are_still_drawn() -> None:
    assert len(positions(with_buses({23: NUM_LOOKS + 3}))[0]) == NUM_LOOKS + 3


def test_the_first_plan_looks_as_on_its_own_map() -> None:
    assert positions(on_days(23, 24, 27)) == [[0, 1, 2]]


# ---- The programmer's faults --------------------------------------------------------------


def test_there_is_a_plan_at_least() -> None:
    with pytest.raises(ValueError, match="at least one plan, got 0"):
        render_comparemap([Panel("a", "", None, "no")], district())


def test_figures_are_of_as_many_plans() -> None:
    with pytest.raises(ValueError, match="of 1 plans, got 2: Halte"):
        render_comparemap([Panel("a", "", week())], district(), FIGURES)
