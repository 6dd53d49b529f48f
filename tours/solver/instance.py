"""A problem with all that is worked out of it once: arrays, rules, kinds of shift, scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tours.problem import Problem
from tours.solver.arrays import ShiftArrays, shift_arrays
from tours.solver.columns import Rules
from tours.solver.scale import common_unit, hard_penalty


@dataclass(frozen=True, eq=False)
class Instance:
    """What all parts of the solver read and none changes.

    Attributes
    ----------
    problem : Problem
    seed : int
        Of all random numbers.
    rules : Rules
    shifts : sequence of ShiftArrays
    alike : mapping of int to tuple of int
        The shifts that differ in nothing but their date, by the first of each group. Tours of
        alike shifts are interchangeable: generated once, and free of symmetry. Shifts without
        candidates are in no group.
    unit : int
        Every value is a multiple of it.
    penalty : int
        Charged for each missing visit of a hard cover.
    """

    problem: Problem
    seed: int
    rules: Rules
    shifts: Sequence[ShiftArrays]
    alike: Mapping[int, tuple[int, ...]]
    unit: int
    penalty: int

    @property
    def capacity(self) -> dict[int, int]:
        """How many tours can be driven, per first of the shifts that are alike."""
        return {first: len(shifts) for first, shifts in self.alike.items()}


def build_instance(problem: Problem, seed: int) -> Instance:
    """Return a problem with what is worked out of it."""
    rules = Rules(problem)
    shifts = shift_arrays(problem)
    unit = common_unit(problem)
    return Instance(
        problem=problem,
        seed=seed,
        rules=rules,
        shifts=shifts,
        alike=_alike(shifts, rules),
        unit=unit,
        penalty=hard_penalty(problem, unit),
    )


def _alike(shifts: Sequence[ShiftArrays], rules: Rules) -> dict[int, tuple[int, ...]]:
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, shift in enumerate(shifts):
        if shift.num_places:
            limits = tuple(tuple(rules.limits_of(place, number)) for place in shift.places)
            covers = tuple(tuple(rules.covers_of(place, number)) for place in shift.places)
            others = rules.budgets_of(number), rules.alternatives_of(number)
            key = shift.key, limits, covers, *map(tuple, others)
            groups.setdefault(key, []).append(number)
    return {numbers[0]: tuple(numbers) for numbers in groups.values()}
