"""What the solver returns, and what it tells on the way."""

from __future__ import annotations

from dataclasses import dataclass

from tours.schedule import Halt


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the solver stands.

    Attributes
    ----------
    phase : str
        ``bound`` or ``proof``; ``conflict`` where rules that cannot hold together are looked for.
    value, bound : int or None
        Best plan and bound so far, hundredths of a contact; None before the first.
    """

    phase: str
    value: int | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class Solution:
    """What the solver found.

    Attributes
    ----------
    tours : tuple of tuple of Halt
        Per shift, in order; empty where the bus stays.
    value, bound : int
        What the plan earns, and the most that any plan can earn, hundredths of a contact.
    status : str
        ``optimal``, ``infeasible``, or ``feasible`` where neither is proven: the time or the
        patience ran out, it was stopped, or there were more partial tours than can be held.
    broken : tuple of int
        Positions of the hard covers that the plan breaks. If the week is infeasible no plan
        keeps them all, and none breaks fewer visits if the bound is reached; otherwise no plan
        that keeps them was found, and there may be one.
    iterations : int
        Linear programmes solved.
    seconds : float
    """

    tours: tuple[tuple[Halt, ...], ...]
    value: int
    bound: int
    status: str
    broken: tuple[int, ...]
    iterations: int
    seconds: float
