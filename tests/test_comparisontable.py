"""A comparison of variants as it is told: table, sentences and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console, RenderableType
from small_comparisons import tally
from small_districts import WEEK

from geodata.errors import Fault
from tours.compare.compare import Comparison, Outcome, Tally
from tours.compare.notes import notes_on
from tours.compare.table import lines_of, render_comparison, render_comparison_json
from tours.leftout import Cancelled
from tours.plan import NOTHING_ASKED, Asked, Plan


def text(part: RenderableType, width: int = 110) -> str:
    console = Console(width=width)
    with console.capture() as capture:
        console.print(part)
    return capture.get()


def side_by_side(plan: Plan, *tallies: Tally, **changes: Any) -> Comparison:  # noqa: ANN401 - any field
    """Return a comparison of made-up figures."""
    outcomes = tuple(
        Outcome(
            f"V{n}" if n else "",
            "+Fr" if n else "",
            replace(plan, value=t.value, bound=t.bound),
            t,
        )
        for n, t in enumerate(tallies)
    )
    made = Comparison(WEEK, outcomes, 2, NOTHING_ASKED, False, "", 0, None)
    return replace(made, **changes)


def cells(comparison: Comparison, name: str) -> list[tuple[str, str]]:
    """Return the values and differences of a line."""
    (line,) = [line for line in lines_of(comparison) if line.name == name]
    return list(zip(line.values, line.differences, strict=True))


@pytest.mark.parametrize(
    ("name", "changes", "expected"),
    [
        ("Wert nach den Regeln", {"value": 1050, "bound": 1050}, ("10,50", "+0,50")),
        ("Halte", {"stops": 6}, ("6", "0")),
        ("km", {"length_m": 49_000}, ("49,0", "−1,0")),
        ("Fahrt", {"drive_s": 4500}, ("1:15 h", "+0:15 h")),
        ("Besuchte Gemeinden", {"municipalities": 3}, ("3 von 3", "+1")),
    ],
)
def test_a_variant_is_told_by_its_value_and_the_difference(
    plan: Plan, name: str, changes: dict[str, int], expected: tuple[str, str]
) -> None:
    comparison = side_by_side(plan, tally(), tally(**changes))
    assert cells(comparison, name)[1] == expected


def test_the_settings_as_they_are_have_no_difference(plan: Plan) -> None:
    lines = lines_of(side_by_side(plan, tally(), tally(stops=9)))
    assert {line.differences[0] for line in lines} == {""}


def test_a_gap_is_told_where_one_plan_is_not_proven_and_rounded_up(plan: Plan) -> None:
    comparison = side_by_side(plan, tally(), tally(value=1000, bound=1001))
    assert cells(comparison, "Unter dem Möglichen, höchstens") == [
        ("0 % (bewiesen)", ""),
        ("0,1 %", ""),
    ]


def test_no_gap_is_told_where_all_plans_are_proven(plan: Plan) -> None:
    names = [line.name for line in lines_of(side_by_side(plan, tally(), tally()))]
    assert "Unter dem Möglichen, höchstens" not in names


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [({}, False), ({"roster": "2026-W47"}, True)],
)
def test_announced_stops_are_counted_only_against_a_roster(
    plan: Plan, changes: dict[str, str], is_told: bool
) -> None:
    comparison = side_by_side(plan, tally(announced=1), tally(announced=0), **changes)
    assert ("Halte wie angekündigt" in text(render_comparison(comparison))) == is_told


def test_a_plan_that_is_not_proven_is_not_called_so(plan: Plan) -> None:
    proven = [
        any("Bewiesen optimal" in note for note in notes_on(side_by_side(plan, tally(), other)))
        for other in (tally(), tally(bound=1001))
    ]
    assert proven == [True, False]


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({}, "Für 2026-W48 ist kein Plan gespeichert"),
        ({"is_stored": True}, "Ohne Wünsche geplant, wie der gespeicherte Plan für 2026-W48"),
        (
            {"is_stored": True, "wishes": Asked(("a@Mi",), ("b",), (), (), ())},
            "fest a@Mi; ausgeschlossen b",
        ),
    ],
)
def test_it_is_said_with_which_wishes_all_were_planned(
    plan: Plan, changes: dict[str, Any], note: str
) -> None:
    assert note in " ".join(notes_on(side_by_side(plan, tally(), **changes)))


def test_an_afternoon_that_is_not_driven_is_told_with_the_plans_it_is_missing_in(
    plan: Plan,
) -> None:
    first = side_by_side(plan, tally(), tally())
    holiday = Cancelled(plan.tours[0].date, "Feiertag")
    without = replace(first.outcomes[0], plan=replace(plan, cancelled=()))
    with_it = replace(first.outcomes[1], plan=replace(plan, cancelled=(holiday,)))
    notes = notes_on(replace(first, outcomes=(without, with_it)))
    assert "Dienstag, 17. November 2026: keine Tour, Feiertag (V1)" in notes


def test_overdue_municipalities_are_told_where_there_are_some(plan: Plan) -> None:
    told = [
        "Überfällige Gemeinden" in text(render_comparison(side_by_side(plan, tally(), other)))
        for other in (tally(), tally(overdue=1))
    ]
    assert told == [False, True]


@pytest.mark.parametrize("width", [60, 80, 110, 200])
def test_no_figure_is_cut_however_narrow_the_terminal(plan: Plan, width: int) -> None:
    comparison = side_by_side(plan, *(tally(value=n * 111, bound=n * 111) for n in range(1, 8)))
    told = text(render_comparison(comparison), width)
    assert [f"{n * 1.11:.2f}".replace(".", ",") in told for n in range(1, 8)] == [True] * 7
    assert "…" not in told


def test_a_name_is_no_markup(plan: Plan) -> None:
    comparison = side_by_side(plan, tally(), tally())
    hostile = replace(comparison.outcomes[1], name="[red]x[/red]")
    told = text(render_comparison(replace(comparison, outcomes=(comparison.outcomes[0], hostile))))
    # In the list of variants, over its column, and where a cancelled afternoon is missing.
    assert told.count("[red]x[/red]") == 3


def test_a_sentence_stands_in_the_place_of_figures(plan: Plan) -> None:
    failed = Outcome("Nie", "-Do", faults=(Fault("Es geht nicht", remedy="Mehr Zeit"),))
    comparison = side_by_side(plan, tally())
    told = text(render_comparison(replace(comparison, outcomes=(*comparison.outcomes, failed))))
    assert "Nie: kein Plan\n  Es geht nicht. Mehr Zeit." in told


def test_json_holds_figures_differences_and_sentences(plan: Plan) -> None:
    failed = Outcome("Nie", "-Do", faults=(Fault("Es geht nicht"),))
    comparison = side_by_side(plan, tally(), tally(stops=8))
    body = json.loads(
        render_comparison_json(replace(comparison, outcomes=(*comparison.outcomes, failed)))
    )
    base, more, none = body["variants"]
    assert (base["figures"]["stops"], base["difference"]) == (6, None)
    assert (more["figures"]["stops"], more["difference"]["stops"]) == (8, 2)
    assert (none["figures"], none["faults"]) == (None, ["Es geht nicht."])


@pytest.mark.parametrize(
    "make",
    [
        lambda _plan: Outcome("x", ""),
        lambda plan: Outcome("x", "", plan),
        lambda plan: Outcome("x", "", plan, tally(), (Fault("no"),)),
    ],
)
def test_an_outcome_is_a_plan_or_a_reason(plan: Plan, make: Callable[[Plan], Outcome]) -> None:
    with pytest.raises(ValueError, match="not both"):
        make(plan)
