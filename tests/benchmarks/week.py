"""Made-up weeks: ``python -m tests.benchmarks.week --places 40,80 --grid 15 --seeds 1,2,3``.

Solves the weeks of `weeks` with our solver and, if asked, with peers. Every plan is valued by
the judge of `valuing`, which gives the orders of a peer's tours the best starts and dwells.
Values are hundredths of a contact, an estimate; `broken` counts the visits that rules miss.
The seconds of a peer are its search, to which the building of its model is added.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import product

from geodata.errors import OutreachError

from .attempt import Attempt, attempt, chosen_solvers, warm_up
from .report import means, print_json, say, table
from .valuing import Judge
from .weeks import made_week

PEERS = ("cpsat", "ortools", "pyvrp")
COLUMNS = (
    *("solver", "places", "grid", "seed", "value", "broken", "bound", "proven"),
    *("share", "seconds", "peak_mb"),
)
# When the value reached is looked at, seconds.
MARKS_S = (1, 2, 5, 10, 30, 60, 120, 300)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        _run(options)
    except OutreachError as error:
        say(str(error))
        return 1
    return 0


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.week", description=(__doc__ or "").split("\n\n")[1]
    )
    parser.add_argument("--places", type=_numbers, default=[40, 80], help="with commas")
    parser.add_argument("--grid", type=_numbers, default=[15], help="minutes, with commas")
    parser.add_argument("--seeds", type=_numbers, default=[1, 2, 3], help="with commas")
    parser.add_argument("--shifts", type=int, default=3, help="afternoons")
    parser.add_argument("--buses", type=int, default=1, help="per afternoon")
    parser.add_argument("--peers", default="", help=f"with commas: {', '.join(PEERS)}")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--json", action="store_true", help="a line of JSON per solve")
    return parser


def _check(options: argparse.Namespace) -> None:
    numbers = {
        "places": min(options.places),
        "shifts": options.shifts,
        "buses": options.buses,
        "seconds": options.seconds,
        "seeds": min(options.seeds) + 1,
    }
    for name, number in numbers.items():
        if number <= 0:
            raise OutreachError(
                "The number is too small", where=f"--{name}", remedy="Give a greater one"
            )
    for minutes in options.grid:
        if minutes < 1 or 30 % minutes:
            raise OutreachError(
                f"{minutes} minutes do not divide half an hour",
                where="--grid",
                remedy="Choose 1, 2, 3, 5, 6, 10, 15 or 30",
            )


def _run(options: argparse.Namespace) -> None:
    _check(options)
    solvers = chosen_solvers(options.peers, PEERS)
    warm_up()
    rows: list[dict[str, object]] = []
    for places, grid, seed in product(options.places, options.grid, options.seeds):
        ours = None
        for solver in solvers:
            row = _measure(solver, places, grid, seed, options)
            if solver == "ours":
                ours = row["value"] if not row["broken"] else None
            elif isinstance(ours, int) and isinstance(value := row["value"], int):
                row["share"] = round(value / ours, 3) if ours and not row["broken"] else None
            if options.json:
                print_json(row)
            rows.append(row)
            say(
                f"{places} places, {grid} minutes, seed {seed}, {solver}: {row['value']} "
                f"in {row['seconds']} s"
            )
    if not options.json:
        print(table(rows, COLUMNS))
        for solver, (mean, _most, number) in means(rows, "solver", "share").items():
            print(f"{solver}: reaches {mean:.3f} of our value on average of {number} weeks")


def _measure(
    solver: str, places: int, grid: int, seed: int, options: argparse.Namespace
) -> dict[str, object]:
    problem = made_week(
        places, grid_s=60 * grid, seed=seed, days=options.shifts, buses=options.buses
    )
    found = attempt(solver, problem, seconds=options.seconds, seed=seed)
    row: dict[str, object] = {
        "solver": solver,
        "places": places,
        "grid": grid,
        "seed": seed,
        "shifts": options.shifts,
        "buses": options.buses,
        "value": None,
        "broken": None,
        "bound": None,
        "proven": False,
        "seconds": None,
        "peak_mb": None,
    }
    return row if found is None else row | _figures(Judge(problem), solver, found, options.seconds)


def _figures(judge: Judge, solver: str, found: Attempt, seconds: float) -> dict[str, object]:
    answer = found.answer
    worth = judge.worth(answer.routes)
    if answer.value is not None and not worth.broken and worth.value < answer.value:
        raise RuntimeError(f"{solver} says {answer.value}, but its plan is worth {worth.value}")
    return {
        "value": worth.value,
        "broken": worth.broken,
        "bound": answer.bound,
        "proven": answer.proven,
        "seconds": round(answer.seconds, 2),
        "peak_mb": round(found.peak_mb),
        "reached": {
            str(mark): judge.reached(answer.steps, mark) for mark in MARKS_S if mark <= seconds
        },
    }


if __name__ == "__main__":
    sys.exit(main())
