"""A year, week after week: ``python -m tests.benchmarks.year --region northeim --weeks 52``.

Each week is planned as ``tours plan`` does it, on the plans of the weeks before, as read from
their files. With ``--visits simulated`` the stops meet made-up contacts (see `made_visits`), which
are logged, and the next week is planned with what the ledger has learned from them. What is
measured is in `tally`; contacts are an estimate, or made up.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from statistics import mean
from typing import Any

from geodata.errors import OutreachError
from geodata.language import speaking
from geodata.region import BUILT_IN
from tours.calendar import weeks_from
from tours.district import District
from tours.errors import InfeasibleError
from tours.newworkspace import make_workspace
from tours.outings import build_outings
from tours.plan import Plan, render_plan
from tours.planning import plan_weeks
from tours.workspace import Workspace
from tours.writing import write_files

from .made_visits import MadeVisits
from .tally import (
    NO_AFTERNOON,
    DoneWeek,
    missed_areas,
    places_visited,
    stable_shares,
    waitings,
    without_place,
)

FIRST_WEEK = "2026-W48"
# The share of stops that should stand as announced, on average.
STABLE = 0.7


def plan_year(
    district: District,
    weeks: Sequence[str],
    space: Workspace,
    *,
    seed: int = 0,
    visits: MadeVisits | None = None,
    at_once: int = 1,
    time_limit: float | None = None,
    on_week: Callable[[DoneWeek], None] | None = None,
) -> list[DoneWeek]:
    """Plan weeks one after the other, each on the plans before it.

    Parameters
    ----------
    district : District
    weeks : sequence of str
        ISO weeks, in order.
    space : Workspace
        Keeps the plans.
    seed : int
        Of the solver.
    visits : MadeVisits or None
        What the stops meet; None to plan with the start weights all the time.
    at_once : int
        Weeks that are planned as one.
    time_limit : float or None
        Seconds for each week, or for the weeks that are planned as one.
    on_week : callable or None
        Called with each week that is done.
    """
    found: list[DoneWeek] = []
    for first in range(0, len(weeks), at_once):
        some = weeks[first : first + at_once]
        now = visits.learned() if visits else district
        earlier = space.earlier_plans(some[0], district.config.weeks_back)
        begun = time.perf_counter()
        plans: tuple[Plan, ...] = ()
        trouble = ""
        try:
            plans = plan_weeks(now, some, earlier=earlier, seed=seed, time_limit=time_limit)
        except InfeasibleError as error:
            outings = build_outings(district.config, some)
            is_empty = any(not outings.in_week(week) for week in some)
            trouble = NO_AFTERNOON if is_empty else "; ".join(f.what for f in error.faults)
        seconds = (time.perf_counter() - begun) / len(some)
        write_files({space.plan_file(plan.week): render_plan(plan).encode() for plan in plans})
        for number, week in enumerate(some):
            plan = plans[number] if plans else None
            met = visits.log(plan) if visits and plan else None
            found.append(DoneWeek(week, plan, seconds, trouble, met))
            if on_week:
                on_week(found[-1])
    return found


def measures(district: District, weeks: Sequence[DoneWeek], at_once: int = 1) -> dict[str, Any]:
    """Return what is measured of a year."""
    plans = [done.plan for done in weeks if done.plan]
    planned = {plan.week for plan in plans}
    shares = stable_shares(weeks, at_once)
    worst = min(shares, key=lambda share: share[1], default=None)
    contacts = [done.met for done in weeks if done.met is not None]
    missed, waited = missed_areas(district, weeks), waitings(district, weeks)
    stable = mean(share for _week, share in shares) if shares else None
    return {
        "is_reached": {
            "every area in every planned week": not any(m.week in planned for m in missed),
            "every other municipality within its cycle": all(
                waiting.longest <= district.config.cycle_weeks for waiting in waited
            ),
            "stable stops": stable is not None and stable >= STABLE,
        },
        "weeks": len(weeks),
        "planned": len(plans),
        "not_planned": {done.week: done.trouble for done in weeks if done.plan is None},
        "proven": sum(plan.is_optimal for plan in plans),
        "worst_gap": max((plan.gap for plan in plans), default=0.0),
        "areas_missed": list(map(asdict, missed)),
        "cycle_weeks": district.config.cycle_weeks,
        "waitings": list(map(asdict, waited)),
        "overdue": [
            {"week": plan.week, "name": o.name, "weeks": o.weeks, "reason": o.reason}
            for plan in plans
            for o in plan.overdue
        ],
        "without_place": without_place(district),
        "stable_mean": stable,
        "stable_worst": worst,
        "stable": dict(shares),
        "stops": sum(len(tour.stops) for plan in plans for tour in plan.tours),
        "places_visited": places_visited(weeks),
        "places": len(district.places),
        "expected": sum(plan.expected for plan in plans) / 100,
        "met": sum(contacts) if contacts else None,
        "seconds_mean": mean(done.seconds for done in weeks),
        "seconds_worst": max(done.seconds for done in weeks),
    }


def _print_measures(found: dict[str, Any]) -> None:
    for name, value in found.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            print(f"{name}:")
            for row in value:
                print("  ", *(f"{key} {part}" for key, part in row.items()), sep="  ")
        elif name != "stable":
            print(f"{name}: {value:.3f}" if isinstance(value, float) else f"{name}: {value}")
    print()


def _watch(done: DoneWeek) -> None:
    if done.plan is None:
        line = done.trouble
    else:
        proof = "proven" if done.plan.is_optimal else f"gap {done.plan.gap:.2%}"
        late = ", ".join(f"{o.name} {o.weeks} ({o.reason})" for o in done.plan.overdue)
        line = f"{done.plan.value / 100:.2f} {proof} {late}"
    print(f"{done.week} {done.seconds:6.1f} s  {line}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--region", choices=BUILT_IN, default="northeim")
    parser.add_argument("--first", default=FIRST_WEEK, help="ISO week")
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--seeds", default="1", help="of the solver and the visits: 1,2")
    parser.add_argument("--visits", choices=("none", "simulated"), default="none")
    parser.add_argument(
        "--exploration", type=int, metavar="WEEKS", help="one stop a week not visited for so long"
    )
    parser.add_argument("--at-once", type=int, default=1, help="weeks planned as one, 1 to 4")
    parser.add_argument("--time-limit", type=float, help="seconds a week")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Plan the years that are asked for, and print what they amount to."""
    asked = _arguments()
    everything: list[dict[str, Any]] = []
    for seed in map(int, asked.seeds.split(",")):
        with tempfile.TemporaryDirectory() as name, speaking("en"):
            space = make_workspace(asked.region, Path(name) / "team")
            district = space.load_district()
            if asked.exploration:
                config = replace(district.config, exploration_weeks=asked.exploration)
                district = replace(district, config=config)
            weeks = plan_year(
                district,
                weeks_from(asked.first, asked.weeks),
                space,
                seed=seed,
                visits=MadeVisits(district, seed) if asked.visits == "simulated" else None,
                at_once=asked.at_once,
                time_limit=asked.time_limit,
                on_week=_watch,
            )
            head: dict[str, Any] = {"region": asked.region, "seed": seed, "visits": asked.visits}
            head |= {"exploration": asked.exploration, "at_once": asked.at_once}
            everything.append({**head, **measures(district, weeks, asked.at_once)})
        if not asked.json:
            _print_measures(everything[-1])
    if asked.json:
        print(json.dumps(everything, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    try:
        main()
    except OutreachError as error:
        sys.exit(str(error))
