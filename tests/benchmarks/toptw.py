"""Team orienteering with time windows: ``python -m tests.benchmarks.toptw FOLDER --tours 3``.

Solves the instances of a folder with our solver and, if asked, with peers, and compares with
the values of a reference file. Every plan is driven by the referee of `instance` before it is
reported. Gaps are percents of the reference value; below 0 is better than the reference.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import OutreachError

from .attempt import attempt, chosen_solvers, warm_up
from .instance import Instance, build_problem, collected_profit, read_instance
from .report import means, print_json, say, table

PEERS = ("ortools", "pyvrp", "vroom")
REFERENCE = "reference_values.csv"
COLUMNS = ("instance", "solver", "value", "bound", "proven", "reference", "gap", "seconds")


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known of an instance.

    Attributes
    ----------
    value : int
    kind : str
        How it is known.
    """

    value: int
    kind: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        _run(options)
    except OutreachError as error:
        say(str(error))
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.toptw", description=(__doc__ or "").split("\n\n")[1]
    )
    parser.add_argument("folder", type=Path, help="with files like c101.txt")
    parser.add_argument("--tours", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--only", default="", help="names of instances, with commas")
    parser.add_argument("--peers", default="", help=f"with commas: {', '.join(PEERS)}")
    parser.add_argument("--reference", type=Path, help=f"FOLDER/{REFERENCE} if it is there")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="a line of JSON per solve")
    return parser


def _run(options: argparse.Namespace) -> None:
    for name in ("tours", "seconds"):
        if getattr(options, name) <= 0:
            raise OutreachError(
                f"{getattr(options, name)} is too little",
                where=f"--{name}",
                remedy="Give more than 0",
            )
    solvers = chosen_solvers(options.peers, PEERS)
    instances = _instances(options.folder, options.only)
    references = _references(options.reference, options.folder)
    warm_up()
    rows: list[dict[str, object]] = []
    for instance in instances:
        reference = references.get((instance.name, options.tours))
        for solver in solvers:
            row = _measure(instance, solver, options, reference)
            if options.json:
                print_json(row)
            rows.append(row)
            say(f"{instance.name} {solver}: {row['value']} in {row['seconds']} s")
    if not options.json:
        print(table(rows, COLUMNS))
        for solver, (mean, worst, number) in means(rows, "solver", "gap").items():
            print(f"{solver}: mean gap {mean:.2f} %, worst {worst:.2f} %, {number} instances")


def _instances(folder: Path, only: str) -> list[Instance]:
    paths = {path.stem: path for path in sorted(folder.glob("*.txt"))}
    if not paths:
        raise OutreachError(
            "There is no instance",
            where=str(folder),
            remedy="Name a folder with files like c101.txt",
        )
    names = list(filter(None, only.split(","))) or list(paths)
    for name in names:
        if name not in paths:
            raise OutreachError(
                f"There is no instance “{name}”",
                where="--only",
                remedy=f"The folder has {', '.join(paths)}",
            )
    return [read_instance(paths[name]) for name in names]


def _references(path: Path | None, folder: Path) -> dict[tuple[str, int], Reference]:
    if path is None:
        path = folder / REFERENCE
        if not path.is_file():
            return {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {
                (row["instance"], int(row["m"])): Reference(int(row["reference"]), row["kind"])
                for row in csv.DictReader(file)
            }
    except (OSError, KeyError, ValueError, UnicodeDecodeError) as error:
        raise OutreachError(
            "The reference values cannot be read",
            where=str(path),
            remedy="The file needs the columns instance, m, reference and kind",
        ) from error


def _measure(
    instance: Instance, solver: str, options: argparse.Namespace, reference: Reference | None
) -> dict[str, object]:
    problem = build_problem(instance, options.tours)
    found = attempt(solver, problem, seconds=options.seconds, seed=options.seed)
    row: dict[str, object] = {
        "instance": instance.name,
        "tours": options.tours,
        "solver": solver,
        "value": None,
        "bound": None,
        "proven": False,
        "seconds": None,
        "peak_mb": None,
    }
    if found is None:
        return row
    answer = found.answer
    value = collected_profit(instance, answer.routes)
    if answer.value is not None and value != answer.value:
        raise RuntimeError(f"{solver} says {answer.value} of {instance.name}, but it is {value}")
    row |= {
        "value": value,
        "bound": answer.bound,
        "proven": answer.proven,
        "seconds": round(answer.seconds, 2),
        "peak_mb": round(found.peak_mb),
    }
    if reference is not None:
        row |= {
            "reference": reference.value,
            "kind": reference.kind,
            "gap": round(100 * (reference.value - value) / reference.value, 3),
        }
    return row


if __name__ == "__main__":
    sys.exit(main())
