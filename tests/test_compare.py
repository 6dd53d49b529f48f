"""Variants of a week side by side, against the plans that an edited region.toml gives."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from conftest import EAST, REGION_TOML
from rich.console import Console, RenderableType
from small_districts import WEEK, earlier_plan, small_district

from geodata.errors import Fault
from geodata.network import RoadNetwork
from geodata.region import Region
from tours.compare import Comparison, Outcome, Tally, compare_variants, tally_of
from tours.comparenotes import notes_on
from tours.comparetable import lines_of, render_comparison, render_comparison_json
from tours.config import read_config
from tours.district import District
from tours.errors import ConfigError, InfeasibleError
from tours.leftout import Cancelled, Overdue
from tours.plan import NOTHING_ASKED, Asked, Plan
from tours.planning import plan_week
from tours.variants import read_variants

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


def text(part: RenderableType, width: int = 110) -> str:
    console = Console(width=width)
    with console.capture() as capture:
        console.print(part)
    return capture.get()


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


def tally(**changes: Any) -> Tally:  # noqa: ANN401 - any field
    made = Tally(
        value=1000,
        bound=1000,
        expected=400,
        afternoons=2,
        stops=6,
        dwell_s=4 * 3600,
        drive_s=3600,
        length_m=50_000,
        municipalities=2,
        served=3,
        areas_kept=1,
        areas=1,
        overdue=0,
        announced=None,
        crew_s=20 * 3600,
    )
    return replace(made, **changes)


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


# ---- The programmer's faults --------------------------------------------------------------


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
