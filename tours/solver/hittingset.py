"""The smallest set that has something in common with each of some sets."""

from __future__ import annotations

import time
from collections.abc import Sequence

from tours.solver.rule import NONE, Set


def smallest_hitting_set(sets: Sequence[Set], least: int, most: int, until: float) -> Set | None:
    """Return a smallest set that has something in common with each; None if out of time.

    Parameters
    ----------
    sets : sequence of frozenset of int
        None of them empty.
    least : int
        It is known that fewer do not suffice.
    most : int
        As many are enough, whichever they are: nothing larger is looked for.
    until : float
        Monotonic seconds.
    """
    # A set within another one is harder to hit, and enough to look at.
    minimal = [
        one
        for n, one in enumerate(sets)
        if not any(other < one or (other == one and k < n) for k, other in enumerate(sets))
    ]
    minimal.sort(key=lambda one: (len(one), sorted(one)))

    def extend(chosen: Set, more: int) -> Set | None:
        missed = next((one for one in minimal if not one & chosen), None)
        if missed is None:
            return chosen
        if more == 0 or time.monotonic() >= until:
            return None
        for element in sorted(missed):
            if found := extend(chosen | {element}, more - 1):
                return found
        return None

    for size in range(least, most):
        if (found := extend(NONE, size)) is not None:
            return found
        if time.monotonic() >= until:
            return None
    return frozenset(range(most))
