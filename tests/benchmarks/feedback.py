"""Does the service learn: ``python -m tests.benchmarks.feedback --region northeim --weeks 104``.

In a made-up world (`made_world`) of a built-in region's places, roads and settings each policy
(`policies`) plans week after week as ``tours plan`` does, and learns what its visits met. All
policies of a seed live in the same world. Measured are, per policy and seed:

regret
    Share of the oracle's contacts that were not made, over all weeks. The oracle does not care
    for announced times, so that the price of keeping them is part of it. Contacts are those that
    the stops could truly expect, so that luck is left out; ``met`` are those that were drawn.
stable
    Share of stops at place, weekday and start of the last tour of that weekday, mean of the weeks.
covered
    Share of visits within the 80 % interval of the ledger's own forecast of the day. Counts are
    whole, so that an interval from 10 to 90 % that includes both ends holds more than 80 %: a
    count at an end is in it by the share of its probability that belongs to the 80 %. ``shown``
    counts both ends as inside, as a person does who reads the interval.
weeks_to_find
    Per place that opened the weeks until its first visit, 1 for the very week; null where there
    was none. ``weeks_to_notice`` are those of listed places that come to life, which is harder,
    since they are known as places where nobody is met.

Without ``--json`` a table of all seeds and what was reached of the bars.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean, median
from typing import Any

from geodata.errors import OutreachError
from geodata.language import speaking
from geodata.region import BUILT_IN
from tours.calendar import week_dates, weeks_between, weeks_from
from tours.config import EXPLORATION_HOURS, EXPLORATION_WEEKS
from tours.district import District
from tours.errors import InfeasibleError
from tours.hotspots.hotspots import INTERVAL, Hotspots, interval, share_up_to
from tours.hotspots.ledger import Forecast
from tours.newworkspace import make_workspace
from tours.plan import Plan
from tours.visits.visit import Visit

from .made_visits import visits_of
from .made_world import NUM_PLACES, World, made_world
from .policies import POLICIES, LedgerPolicy, Policy
from .report import print_json, say, table
from .tally import NO_AFTERNOON, DoneWeek, places_visited, stable_shares

FIRST_WEEK = "2026-W48"
# Contacts per hour of an average place, as the service guesses and as the worlds have it on
# average.
RATE = 2.0
GRID_S = 15 * 60
# Contacts that keeping a time is worth to a service of that size.
STABILITY = 0.8
# What has to be reached: by the ledger, over all seeds.
MOST_REGRET, LEAST_STABLE, COVERED, MOST_WEEKS = 0.30, 0.65, (0.77, 0.83), 6


@dataclass(frozen=True, slots=True)
class Run:
    """What a policy did in a world.

    Attributes
    ----------
    weeks : tuple of DoneWeek
    visits : tuple of Visit
    contacts : float
        Truly expected of the stops.
    """

    weeks: tuple[DoneWeek, ...]
    visits: tuple[Visit, ...]
    contacts: float


def run_policy(policy: Policy, weeks: Sequence[str]) -> Run:
    """Return what a policy does in its world, week after week."""
    world, config = policy.world, policy.district.config
    done: list[DoneWeek] = []
    plans: list[Plan] = []
    visits: list[Visit] = []
    contacts = 0.0
    for week in weeks:
        begun = time.perf_counter()
        # As a workspace hands them on: the first plan, and those of some weeks back.
        recent = [p for p in plans if weeks_between(p.week, week) <= config.weeks_back]
        earlier = plans[:1] + [plan for plan in recent if plan is not plans[0]]
        try:
            plan = policy.plan(week, earlier)
        except InfeasibleError as error:
            trouble = "; ".join(fault.what for fault in error.faults) or NO_AFTERNOON
            done.append(DoneWeek(week, None, trouble=trouble))
            continue
        some = visits_of(plan, world.met)
        policy.learn(some)
        contacts += sum(
            world.mean(visit.place, visit.date, visit.start_s, visit.dwell_s) for visit in some
        )
        met = sum(visit.met for visit in some)
        done.append(DoneWeek(week, plan, time.perf_counter() - begun, met=met))
        plans.append(plan)
        visits += some
    return Run(tuple(done), tuple(visits), contacts)


def weeks_to_find(run: Run, world: World, kind: str = "opened") -> list[int | None]:
    """Return the weeks until the first visit after each event of a kind; None without one."""
    found: list[int | None] = []
    for event in world.events:
        if event.kind == kind:
            since = week_dates(world.weeks[event.week])[0]
            dates = [v.date for v in run.visits if v.place == event.place and v.date >= since]
            found.append((min(dates) - since).days // 7 + 1 if dates else None)
    return found


def inside(forecast: Forecast, met: int, share: float = INTERVAL) -> float:
    """Return how much of a count lies between the quantiles of a forecast, 0 to 1.

    A whole number stands for the span of probability from the counts below it to itself.
    """
    low, high = (share_up_to(count, forecast.mean, forecast.variance) for count in (met - 1, met))
    first, last = (1 - share) / 2, (1 + share) / 2
    within = max(0.0, min(high, last) - max(low, first))
    if high > low:
        return within / (high - low)
    return 1.0 if first <= low <= last else 0.0


def _calibration(found: Hotspots) -> dict[str, Any]:
    lessons = [one.lesson for one in found.experiences]
    shown = [interval(lesson.forecast) for lesson in lessons]
    return {
        "covered": mean(inside(lesson.forecast, lesson.met) for lesson in lessons),
        "shown": mean(
            low <= lesson.met <= high for lesson, (low, high) in zip(lessons, shown, strict=True)
        ),
        "forecast": sum(lesson.forecast.mean for lesson in lessons),
        "scatter": found.ledger.scatter,
    }


def figures(policy: Policy, run: Run) -> dict[str, Any]:
    """Return what is measured of a run alone."""
    shares = [share for _week, share in stable_shares(run.weeks)]
    row: dict[str, Any] = {
        "weeks": len(run.weeks),
        "planned": sum(done.plan is not None for done in run.weeks),
        "proven": sum(done.plan is not None and done.plan.is_optimal for done in run.weeks),
        "contacts": run.contacts,
        "met": sum(visit.met for visit in run.visits),
        "stops": len(run.visits),
        "stable": mean(shares) if shares else None,
        "places": len(policy.district.places),
        "places_visited": places_visited(run.weeks),
        "weeks_to_find": weeks_to_find(run, policy.world),
        "weeks_to_notice": weeks_to_find(run, policy.world, "woken"),
        "seconds": sum(done.seconds for done in run.weeks),
        "covered": None,
    }
    if isinstance(policy, LedgerPolicy) and run.visits:
        last = max(visit.date for visit in run.visits)
        row |= _calibration(policy.believed().hotspots(last + dt.timedelta(days=1)))
    return row


@dataclass(frozen=True, slots=True)
class Job:
    """A policy and a world to be run.

    Attributes
    ----------
    region, policy : str
    seed, weeks, places : int
    rate : float
    """

    region: str
    policy: str
    seed: int
    weeks: int
    places: int
    rate: float


def _district(job: Job) -> District:
    with tempfile.TemporaryDirectory() as name:
        district = make_workspace(job.region, Path(name) / "team").load_district()
    config = replace(
        district.config,
        grid_s=GRID_S,
        contacts_per_hour=job.rate,
        stability=STABILITY,
        exploration_weeks=EXPLORATION_WEEKS,
        exploration=EXPLORATION_HOURS * job.rate,
    )
    return replace(district, config=config)


def run_job(job: Job) -> dict[str, Any]:
    """Return what is measured of a policy in a world."""
    with speaking("en"):
        weeks = weeks_from(FIRST_WEEK, job.weeks)
        world = made_world(_district(job), weeks, job.seed, job.places)
        policy = POLICIES[job.policy](world)
        run = run_policy(policy, weeks)
    head = {"region": job.region, "seed": job.seed, "policy": job.policy}
    return {**head, **figures(policy, run)}


def with_regret(row: dict[str, Any], oracle: dict[str, Any]) -> dict[str, Any]:
    """Return a row with the share of the oracle's contacts that were not made."""
    return {**row, "regret": 1 - row["contacts"] / oracle["contacts"]}


def summary(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a row per policy over all seeds: means, and the median of the weeks to find."""
    found: list[dict[str, Any]] = []
    for policy in dict.fromkeys(row["policy"] for row in rows):
        some = [row for row in rows if row["policy"] == policy]
        weeks, noticed = (
            [math.inf if week is None else week for row in some for week in row[name]]
            for name in ("weeks_to_find", "weeks_to_notice")
        )
        covered = [row["covered"] for row in some if row["covered"] is not None]
        found.append(
            {
                "policy": policy,
                "seeds": len(some),
                "contacts": mean(row["contacts"] for row in some),
                "regret": mean(row["regret"] for row in some),
                "worst": max(row["regret"] for row in some),
                "stable": mean(row["stable"] for row in some),
                "covered": mean(covered) if covered else None,
                "weeks_to_find": float(median(weeks)) if weeks else None,
                "weeks_to_notice": float(median(noticed)) if noticed else None,
            }
        )
    return found


def bars(sums: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]) -> dict[str, bool]:
    """Return which of the bars are reached."""
    by_policy = {row["policy"]: row for row in sums}
    ledger = by_policy["ledger"]
    regret = {(row["policy"], row["seed"]): row["regret"] for row in rows}
    reached = {
        f"regret below {MOST_REGRET:.0%}": ledger["regret"] < MOST_REGRET,
        f"stable stops {LEAST_STABLE:.0%}": ledger["stable"] >= LEAST_STABLE,
        "80 % interval covers 77 to 83 %": COVERED[0] <= ledger["covered"] <= COVERED[1],
        f"new hotspot within {MOST_WEEKS} weeks": (
            ledger["weeks_to_find"] is not None and ledger["weeks_to_find"] <= MOST_WEEKS
        ),
    }
    if "ewma" in by_policy:
        reached["ahead of EWMA on average"] = ledger["regret"] < by_policy["ewma"]["regret"]
        reached["ahead of EWMA on every seed"] = all(
            value < regret["ewma", seed]
            for (policy, seed), value in regret.items()
            if policy == "ledger"
        )
    return reached


def _results(jobs: Sequence[Job], processes: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of the jobs in their order."""
    if processes == 1:
        yield from map(run_job, jobs)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(run_job, jobs)


def _rows(jobs: Sequence[Job], processes: int, *, as_json: bool) -> Iterator[dict[str, Any]]:
    """Yield the rows of each world, those of the oracle first, as soon as they are known."""
    begun = time.perf_counter()
    oracle: dict[str, Any] = {}
    for number, row in enumerate(_results(jobs, processes), 1):
        if row["policy"] == "oracle":
            oracle = row
        done = with_regret(row, oracle)
        if as_json:
            print_json(done)
        left = (time.perf_counter() - begun) / number * (len(jobs) - number)
        say(
            f"{number} of {len(jobs)}, {left / 60:.0f} min left: seed {row['seed']}, "
            f"{row['policy']}: regret {done['regret']:.1%}"
        )
        yield done


def numbers(text: str) -> list[int]:
    """Return the whole numbers of a text: ``1,2,5-8``."""
    found: list[int] = []
    for part in text.split(","):
        first, _dash, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.feedback",
        description=(__doc__ or "").split("\n\n")[1],
    )
    parser.add_argument("--region", choices=BUILT_IN, default="northeim")
    parser.add_argument("--weeks", type=int, default=104)
    parser.add_argument("--seeds", type=numbers, default=[1, 2, 3], help="1,2,5-8")
    parser.add_argument("--policies", default="ledger,mean,ewma,fixed,steady", help="with commas")
    parser.add_argument("--places", type=int, default=NUM_PLACES, help="that the service knows")
    parser.add_argument("--rate", type=float, default=RATE, help="contacts an hour, on average")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--json", action="store_true", help="a line of JSON per policy and seed")
    asked = parser.parse_args(words)
    asked.policies = [name for name in asked.policies.split(",") if name != "oracle"]
    if unknown := set(asked.policies) - set(POLICIES):
        parser.error(f"no policy is called {', '.join(sorted(unknown))}")
    for name in ("weeks", "places", "processes"):
        if getattr(asked, name) < 1:
            parser.error(f"--{name} must be at least 1")
    return asked


COLUMNS = (
    *("policy", "seeds", "contacts", "regret", "worst", "stable"),
    *("covered", "weeks_to_find", "weeks_to_notice"),
)


def main(words: Sequence[str] | None = None) -> int:
    """Run what is asked for and print what was measured."""
    asked = _arguments(words)
    jobs = [
        Job(asked.region, policy, seed, asked.weeks, asked.places, asked.rate)
        for seed in asked.seeds
        for policy in ("oracle", *asked.policies)
    ]
    try:
        rows = list(_rows(jobs, asked.processes, as_json=asked.json))
    except OutreachError as error:
        say(str(error))
        return 1
    sums = summary(rows)
    if not asked.json:
        print(table(sums, COLUMNS))
    if "ledger" in asked.policies:
        tell = say if asked.json else print
        for name, is_reached in bars(sums, rows).items():
            tell(f"{'reached' if is_reached else 'missed'}: {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
