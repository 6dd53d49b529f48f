"""VROOM on the team orienteering problem: jobs with priorities.

VROOM has no prizes, but of the jobs that it cannot fit it leaves out those of least priority:
its first aim is the greatest sum of priorities, and cost comes after. With the profits as
priorities (0 to 100) that is the objective of the literature. Tried on two instances with 10
seconds: the deepest exploration level is the best; it ends by itself, often long before the
time is up, and more time does not change its plan. It is not asked for weeks: a place with
several dwells and days would be several jobs, of which VROOM cannot be told to take one.
"""

from __future__ import annotations

import datetime as dt
import time

import numpy as np
import vroom

from tours.problem import Problem

from .answer import Answer
from .stretches import build_stretches

MOST_PRIORITY = 100
EXPLORATION = 5


def solve(problem: Problem, *, seconds: float, seed: int) -> Answer:
    """Return the plan of greatest priority; VROOM draws no random numbers.

    Raises
    ------
    ValueError
        If a place can be visited in more than one way.
    """
    began = time.monotonic()
    it = build_stretches(problem)
    if len(it.kinds) > 1 or any(len(choice) > 1 for choice in it.choices) or it.wishes:
        raise ValueError("problem must have one kind of shift, one window per place, no covers")
    highest = max((stretch.prize for stretch in it.stretches), default=0)
    scale = min(1.0, MOST_PRIORITY / max(1, highest))
    model = vroom.Input()
    model.set_durations_matrix("car", it.gap.astype(np.uint32))
    for number in range(len(it.kinds[0])):
        model.add_vehicle(vroom.Vehicle(number, start=0, end=0, time_window=(0, it.ends[0])))
    for at, stretch in enumerate(it.stretches):
        model.add_job(
            vroom.Job(
                at,
                location=stretch.place,
                default_service=stretch.dwell,
                priority=round(stretch.prize * scale),
                time_windows=[vroom.TimeWindow(stretch.earliest, stretch.latest)],
            )
        )
    solution = model.solve(
        exploration_level=EXPLORATION, nb_threads=1, timeout=dt.timedelta(seconds=seconds)
    )
    used: dict[int, list[int]] = {}
    table = solution.routes
    for vehicle, kind, at in zip(table["vehicle_id"], table["type"], table["id"], strict=True):
        if kind == "job":
            used.setdefault(int(vehicle), []).append(int(at))
    routes = it.routes([(0, visited) for visited in used.values()])
    return Answer(routes, time.monotonic() - began)
