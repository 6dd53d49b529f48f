"""A few letters that tell whether two weeks were the same problem."""

from __future__ import annotations

import hashlib
from dataclasses import fields

from tours.problem import Problem

LETTERS = 12


def fingerprint(problem: Problem) -> str:
    """Return letters that are the same for the same problem, and for no other one.

    The order of candidates and of what a set holds does not matter.
    """
    digest = hashlib.sha256()
    for field in fields(Problem):
        if field.name not in ("travel", "candidates"):
            digest.update(f"{field.name} {_plain(getattr(problem, field.name))!r}\n".encode())
    for candidate in sorted(problem.candidates, key=lambda c: (c.shift, c.place)):
        options = [(o.start_s, o.dwell_s, o.prize, o.slack_s) for o in sorted(candidate.options)]
        digest.update(f"{candidate.shift} {candidate.place!r} {options}\n".encode())
    travel = problem.travel
    digest.update(repr(travel.ids).encode())
    for matrix in (travel.seconds, travel.metres):
        digest.update(matrix.astype("<i8").tobytes())
    return digest.hexdigest()[:LETTERS]


def _plain(value: object) -> object:
    """Return a value whose text is the same every time, whatever the order of its sets."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return [_plain(getattr(value, field.name)) for field in fields(value)]  # type: ignore[arg-type]  # any dataclass
    return value
