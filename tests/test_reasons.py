"""What explanations say: words that are honest, plain data, commands that can be typed."""

from __future__ import annotations

import json
import shlex
from dataclasses import replace

import pytest
from rich.console import Console, RenderableType
from small_services import NOTHING, WEEK, Making, planned, visited, with_place

from tours.commandline import command_line
from tours.district import District
from tours.explain.explain import explain
from tours.explain.explanation import Explanation
from tours.explain.reasons import (
    command_of,
    price_sentence,
    reason_sentence,
    render_explanation,
    render_explanation_json,
)
from tours.plan import Asked, Plan
from tours.planning import plan_weeks
from tours.wishes import options_of, read_wishes
from tours.worth import Difference

HOSTILE = "[red]x[/red] \"'; rm -rf ~ & <b>"


def outside(district: District) -> int:
    """Return the number of a place that is not in the plan."""
    inside = visited(planned(district))
    return next(n for n, place in enumerate(district.places) if place.id not in inside)


def explained(district: District, number: int, asked: Asked = NOTHING) -> Explanation:
    return explain(district, (planned(district, asked),), WEEK, district.places[number])


def text(part: RenderableType) -> str:
    console = Console(width=110)
    with console.capture() as capture:
        console.print(part)
    return capture.get()


def with_price(made: Explanation, least: int, most: int) -> str:
    return price_sentence(made, Difference(least, most))


def test_a_name_is_no_markup(make: Making) -> None:
    district = make()
    number = outside(district)
    found = explained(with_place(district, number, name=HOSTILE), number)
    assert HOSTILE in text(render_explanation(found))


def test_hours_are_no_markup(make: Making) -> None:
    hours = 'Su 10:00-12:00 "[red]x"'
    found = explained(with_place(make(), 0, hours=hours), 0)
    assert f"hours in places.csv: {hours}" in text(render_explanation(found))


def test_json_holds_what_is_said(make: Making) -> None:
    district = make()
    number = outside(district)
    found = explained(with_place(district, number, name=HOSTILE), number)
    body = json.loads(render_explanation_json(found, ["tours"]))
    assert found.price is not None
    assert (body["name"], body["reason"], body["price"], body["command"]) == (
        HOSTILE,
        found.reason,
        {"least": found.price.least, "most": found.price.most, "is_proven": True},
        ["tours"],
    )
    assert {change["place_id"] for change in body["changes"] if change["kind"] == "new"} == (
        visited(*found.after) - visited(*found.before)
    )


def test_what_has_no_price_is_json_too(make: Making) -> None:
    body = json.loads(
        render_explanation_json(explained(with_place(make(), 0, status="resting"), 0), None)
    )
    assert (body["reason"], body["price"], body["changes"]) == ("resting", None, [])


def test_few_stops_that_give_way_are_named_with_the_reason(make: Making) -> None:
    district = make()
    found = explained(district, outside(district))
    gone = visited(*found.before) - visited(*found.after)
    names = {place.name for place in district.places if place.id in gone}
    assert found.reason == "no_room"
    sentence = reason_sentence(found)
    assert {name for name in names if name in sentence} == names != set()
    assert ("Verdrängt würden: " if len(names) > 1 else "Verdrängt würde: ") in sentence


def test_several_stops_that_give_way_are_a_plural(make: Making, plan: Plan) -> None:
    district = make()
    found = explained(district, outside(district))
    stop = plan.tours[0].stops[0]
    two = tuple(replace(stop, place_id=name, name=name) for name in ("A", "B"))
    tour = replace(plan.tours[0], stops=two, legs=plan.tours[0].legs[:1] * 3)
    before, after = replace(plan, tours=(tour,)), replace(plan, tours=())
    found = replace(found, reason="no_room", before=(before,), after=(after,))
    assert reason_sentence(found).endswith("Verdrängt würden: A; B.")


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (12, 12, "0,12 Kontakte niedriger (bewiesen)"),
        (-12, -12, "0,12 Kontakte höher (bewiesen)"),
        (0, 0, "genauso hoch (bewiesen)"),
        (5, 12, "0,05 bis 0,12 Kontakte niedriger (in 120 s nicht genauer bewiesen)"),
        (0, 50_000, "in 120 s nicht bekannt, um wie viel"),
        (-5, 12, "−0,05 bis 0,12 Kontakte niedriger (in 120 s nicht genauer bewiesen)"),
    ],
)
def test_a_difference_says_how_far_it_is_proven(
    least: int, most: int, said: str, make: Making
) -> None:
    assert said in with_price(explained(make(), 0), least, most)


def test_what_is_undecided_is_not_called_proven(make: Making) -> None:
    found = replace(explained(make(), 0), reason="undecided", price=None, demands=())
    for is_planned in (False, True):
        said = text(render_explanation(replace(found, is_planned=is_planned)))
        assert said.count("bewiesen") == said.count("nicht bewiesen") == 1


def test_worth_is_explained_once_where_there_is_a_price(make: Making) -> None:
    district = make()
    said = [
        text(render_explanation(explained(one, 0))).count("Der Wert ist in Kontakten gerechnet")
        for one in (district, with_place(district, 0, status="resting"))
    ]
    assert said == [1, 0]


def test_a_cycle_says_that_its_weeks_belong_together(make: Making) -> None:
    weeks = (WEEK, "2026-W49")
    district = make(places=4)
    found = explain(district, plan_weeks(district, weeks), WEEK, district.places[0])
    assert "zusammen neu gerechnet" in text(render_explanation(found))


def test_what_is_explained_instead_is_said_before_the_reason(make: Making) -> None:
    district = make()
    found = explained(district, outside(district))
    lines = text(render_explanation(replace(found, outdated="earlier"))).splitlines()
    assert ("so erklärt" in " ".join(lines[1:3]) or "jetzt" in " ".join(lines[1:3])) is True
    assert lines.index(next(x for x in lines if x.startswith("Nicht im Plan"))) > 1


def test_a_ban_has_its_price_and_its_command(make: Making) -> None:
    district = make()
    plan = planned(district, replace(NOTHING, bans=("p0",)))
    found = explain(district, (plan,), WEEK, district.places[0])
    said = text(render_explanation(found))
    assert ("--ban" in said, "Kontakte" in said, "(bewiesen)" in said) == (True, True, True)
    what = command_of(found, [], options_of(plan, besides="p0"))
    assert what is not None
    assert what[1][-2:] == ["--force", "p0"]


# -- the command that gives the other plan ---------------------------------------------------


def test_the_command_plans_what_was_explained(make: Making) -> None:
    district = make()
    number = outside(district)
    pinned = district.places[number - 1].id
    asked = replace(NOTHING, pins=(f"{pinned}@Di",))
    plan = planned(district, asked)
    found = explain(district, (plan,), WEEK, district.places[number])
    what = command_of(found, [], options_of(plan, besides=found.place_id))
    assert what is not None
    words = shlex.split(command_line(what[1]))
    options = list(zip(words[2::2], words[3::2], strict=True))
    assert options == [
        ("--week", WEEK),
        ("--pin", f"{pinned}@Di"),
        ("--force", district.places[number].id),
    ]


def test_the_command_for_a_banned_place_leaves_the_ban_out(make: Making) -> None:
    district = make()
    plan = planned(district, replace(NOTHING, bans=("p0", "p1")))
    found = explain(district, (plan,), WEEK, district.places[0])
    what = command_of(found, [], options_of(plan, besides="p0"))
    assert what is not None
    assert what[1][-4:] == ["--ban", "p1", "--force", "p0"]


def test_the_command_for_a_stop_leaves_it_out(make: Making) -> None:
    district = make()
    (number, *_more) = [
        n for n, place in enumerate(district.places) if place.id in visited(planned(district))
    ]
    what = command_of(explained(district, number), ["-w", "a b"], [])
    assert what is not None
    assert command_line(what[1]) == (
        f"tours plan -w 'a b' --week {WEEK} --ban {district.places[number].id}"
    )


def test_the_command_for_a_cycle_plans_all_its_weeks(make: Making) -> None:
    weeks = (WEEK, "2026-W49")
    district = make(places=4)
    found = explain(district, plan_weeks(district, weeks), weeks[1], district.places[0])
    what = command_of(found, [], [])
    assert what is not None
    assert what[1][2:6] == ["--week", WEEK, "--weeks", "2"]


def test_what_forcing_cannot_help_has_no_command(make: Making) -> None:
    assert command_of(explained(with_place(make(), 0, status="resting"), 0), [], []) is None


def test_a_command_has_no_letters_that_steer_a_terminal() -> None:
    assert command_line(["tours", "--cancel", "Mi \x1b[2J"]) == "tours --cancel 'Mi ?[2J'"


def test_options_are_read_as_the_wishes_they_were(make: Making) -> None:
    asked = Asked(("p0@Di 15:00",), ("p1",), ("p2",), ("p3,p4",), ("Do krank",))
    plan = replace(planned(make()), wishes=asked, seed=7)
    options = options_of(plan, besides="")
    again = [options[n + 1] for n in range(0, len(options) - 2, 2)]
    assert read_wishes(Asked(*((text,) for text in again))) == read_wishes(asked)
    assert options[-2:] == ["--seed", "7"]
