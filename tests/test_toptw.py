"""Instances of the literature: how their files are read, and the referee of their plans."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.instance import Instance, build_problem, collected_profit, read_instance

from geodata.errors import OutreachError
from tours.problem import Option
from tours.solver.exact import solve

# The depot in the corner; one point on each leg of a right triangle, one far away.
WHOLE = """\
3 1 3 1
0 200
0 0.00 0.00 0.00 0.00 0 0 0 40
1 3.00 0.00 5.00 10.00 1 1 1 0 9
2 3.00 4.00 5.00 20.00 1 2 1 2 12 30
3 1.00 1.00 5.00 7.00 1 1 1 38 39
"""
BROKEN = WHOLE.replace("3.00", "3.10")


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    return written(tmp_path, WHOLE)


def written(folder: Path, text: str) -> Instance:
    path = folder / "napkin.txt"
    path.write_text(text, encoding="ascii")
    return read_instance(path)


def test_the_list_before_the_window_may_have_any_length(instance: Instance) -> None:
    assert [(int(p.opens), int(p.closes)) for p in instance.points] == [
        (0, 40),
        (0, 9),
        (12, 30),
        (38, 39),
    ]


def test_distances_between_whole_coordinates_are_rounded_down_to_one_decimal(
    instance: Instance,
) -> None:
    depot, _near, far, diagonal = instance.points
    assert [str(instance.distance(depot, p)) for p in (far, diagonal)] == ["5.0", "1.4"]


def test_distances_between_broken_coordinates_are_rounded_down_to_two_decimals(
    tmp_path: Path,
) -> None:
    depot, _near, far, diagonal = written(tmp_path, BROKEN).points
    made = written(tmp_path, BROKEN)
    # The roots of 25.61 and of 2.
    assert [str(made.distance(depot, p)) for p in (far, diagonal)] == ["5.06", "1.41"]


def test_a_point_is_one_option_in_units_of_the_last_decimal(instance: Instance) -> None:
    second = build_problem(instance, 1).candidates[1]
    assert second.options == (Option(120, 50, 20, 180),)


def test_a_point_is_visited_once_over_all_tours(instance: Instance) -> None:
    assert solve(build_problem(instance, 3)).value == 30


def test_the_referee_adds_up_what_a_tour_collects(instance: Instance) -> None:
    assert collected_profit(instance, [["1", "2"]]) == 30


def test_the_referee_refuses_a_start_after_the_window(instance: Instance) -> None:
    with pytest.raises(ValueError, match="start at '1'"):
        collected_profit(instance, [["2", "1"]])


def test_the_referee_refuses_a_late_return(instance: Instance) -> None:
    with pytest.raises(ValueError, match="return must be at most 40"):
        collected_profit(instance, [["3"]])


def test_the_referee_refuses_a_second_visit(instance: Instance) -> None:
    with pytest.raises(ValueError, match="visited once"):
        collected_profit(instance, [["1"], ["1"]])


def test_the_solver_and_the_referee_agree(instance: Instance) -> None:
    solution = solve(build_problem(instance, 2))
    routes = [[halt.place for halt in halts] for halts in solution.tours]
    assert collected_profit(instance, routes) == solution.value


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "line 1"),
        (WHOLE.replace("3 1 3 1", "3 1 4 1"), "napkin.txt: The first line announces 4"),
        (WHOLE.replace("3.00 4.00", "3.00 x"), "line 5"),
        (WHOLE.replace("10.00", "10.50"), "line 4"),
    ],
)
def test_a_faulty_file_is_told_with_its_line(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(OutreachError) as caught:
        written(tmp_path, text)
    assert where in str(caught.value)
