"""VROOM on the team orienteering problem: jobs with priorities.

VROOM has no prizes, but of the jobs that it cannot fit it leaves out those of least priority:
its first aim is the greatest sum of priorities, and cost comes after. With the profits as
priorities (0 to 100) that is the objective of the literature. The depth of its search is a
level, 5 at most on its own command line, where it ends long before the time is up: c101 at 790
of 810, r101 at 475 of 484, pr01 at 614 of 622, all in less than a second. The binding takes
higher ones (c101 reaches 810 at level 8), so levels are doubled until the time is up and the
best plan counts. It is not asked for weeks: a place with
several dwells and days would be several jobs, of which VROOM cannot be told to take one.
"""

from __future__ import annotations

import datetime as dt
import time

import numpy as np
import vroom

from tours.problem import Problem

from .answer import Answer, Routes, Step
from .stretches import build_stretches

MOST_PRIORITY = 100
FIRST_LEVEL, LAST_LEVEL = 5, 640


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
    best: Routes = tuple(() for _shift in problem.shifts)
    most = -1
    steps: list[Step] = []
    level = FIRST_LEVEL
    while level <= LAST_LEVEL and (left := began + seconds - time.monotonic()) > 0:
        solution = model.solve(
            exploration_level=level, nb_threads=1, timeout=dt.timedelta(seconds=left)
        )
        used: dict[int, list[int]] = {}
        table = solution.routes
        for vehicle, kind, at in zip(table["vehicle_id"], table["type"], table["id"], strict=True):
            if kind == "job":
                used.setdefault(int(vehicle), []).append(int(at))
        profit = sum(it.stretches[at].prize for visited in used.values() for at in visited)
        if profit > most:
            most, best = profit, it.routes([(0, visited) for visited in used.values()])
            steps.append(Step(time.monotonic() - began, routes=best))
        level *= 2
    return Answer(best, time.monotonic() - began, value=max(0, most), steps=tuple(steps))
