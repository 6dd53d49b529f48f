"""Labels of tours past so many places that their sets need several words."""

from __future__ import annotations

import numpy as np
import pytest
from small_weeks import hourly, line_travel, shift

from tours.problem import Problem
from tours.solver.arrays import shift_arrays
from tours.solver.bitsets import bits
from tours.solver.completion import completion_bounds
from tours.solver.extension import COMPLETE, Amounts, CoverArrays
from tours.solver.labels import Labels, extend_labels

# Alternately near and far, so that a word of 64 places is used from its first to its last.
NUM = 70
WEEK = Problem(
    shifts=(shift(),),
    candidates=tuple(hourly(f"p{n + 1}", 0, 10, 14.5 + n % 3) for n in range(NUM)),
    travel=line_travel(0, *(5 + n % 2 for n in range(NUM))),
)


@pytest.fixture(scope="module")
def labels() -> Labels:
    """Return a label for every set of places that a tour can visit, nothing charged."""
    arrays = shift_arrays(WEEK)[0]
    reward, gain = np.zeros((NUM + 1, NUM + 1)), arrays.way_prize.astype(np.float64)
    no_covers = CoverArrays(
        first=np.zeros(NUM + 1, np.int64),
        cover=np.zeros(0, np.int64),
        pay=np.zeros(0),
        recall=np.zeros((NUM, 1), np.uint64),
    )
    return extend_labels(
        arrays,
        reward,
        gain,
        0,
        np.full((NUM, 2), np.iinfo(np.uint64).max),
        no_covers,
        Amounts(np.zeros(0, np.int64), np.zeros((NUM, 0), np.int64)),
        completion_bounds(arrays, reward, gain),
        0,
        COMPLETE,
        1_000_000,
        2**62,
    )


def visited(labels: Labels, label: int) -> list[int]:
    places = []
    while label >= 0:
        places.append(int(labels.place[label]))
        label = int(labels.parent[label])
    return places


def test_a_label_remembers_the_places_that_it_has_visited(labels: Labels) -> None:
    paths = [visited(labels, label) for label in range(len(labels.place))]
    wanted = np.array([bits(path, NUM) for path in paths])
    assert (labels.mask == wanted).all()


def test_there_is_a_label_for_every_set_of_places(labels: Labels) -> None:
    by_hour = [sum(n % 3 == hour for n in range(NUM)) + 1 for hour in range(3)]
    assert len(labels.place) == np.prod(by_hour) - 1
