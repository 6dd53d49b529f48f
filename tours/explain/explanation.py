"""What is found about a place: why it is not in a plan, or what its stop is worth."""

from __future__ import annotations

from dataclasses import dataclass

from tours.explain.remedies import Demand
from tours.explain.standing import Hindrance
from tours.leftout import Overdue
from tours.plan import Plan
from tours.solver.conflict import Conflict
from tours.worth import Difference, Worth

# Why a place that could be visited is not in a plan: a rule forbids it, a municipality that is
# due would go without, no room is left beside the other stops, it would fit but is worth less,
# it is worth as much as what is there instead, the plan is not the best one, or it is not
# known. Why one is in a plan: a rule needs it, or it is worth it.
OUTSIDE = (
    *("forbidden", "displaces_due", "no_room", "worth_less", "as_good", "better", "undecided"),
)
INSIDE = ("needed", "needed_by_due", "worth_it")
# What can be different since a plan was made: settings, places or appointments; another week of
# its cycle; earlier plans or roads; nothing, but there is a better plan than was found then.
OUTDATED = ("settings", "cycle", "earlier", "better")
# Seconds for all of an explanation.
TIME_LIMIT_S = 120.0


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why a place is not in a plan, or what its stop is worth.

    Attributes
    ----------
    place_id, name : str
    week : str
    weeks : tuple of str
        Those that were planned as one, in order.
    is_appointment : bool
    is_wished : bool
        Whether the plan was made with a wish for this place.
    is_planned : bool
        Whether the place is visited in the week.
    reason : str
        One of `OUTSIDE` or `INSIDE`, or that of the hindrance.
    hindrance : Hindrance or None
        Why it cannot be visited, whatever else is in the week.
    worth : Worth or None
        Of the weeks as they are.
    other : Worth or None
        Of the weeks with the place, or without it if it is planned; None if there is no plan.
    price : Difference or None
        What the weeks are worth more as they are than in the other case.
    is_room_proven : bool
        Whether it was decided that it fits, or does not fit, beside all other stops.
    before, after : tuple of Plan
        The weeks as they are, and in the other case; empty if nothing was solved.
    conflict : Conflict or None
        Rules that do not allow the other case.
    demands : tuple of Demand
        Those rules as people know them.
    due : tuple of Overdue
        Municipalities that would go without a visit though they are due, in the other case only.
    outdated : str
        Why the weeks are explained as they would be planned now, one of `OUTDATED`; empty if
        they are explained as they were planned.
    time_limit : float
        Seconds allowed.
    """

    place_id: str
    name: str
    week: str
    weeks: tuple[str, ...]
    is_appointment: bool
    is_wished: bool
    is_planned: bool
    reason: str
    hindrance: Hindrance | None = None
    worth: Worth | None = None
    other: Worth | None = None
    price: Difference | None = None
    is_room_proven: bool = False
    before: tuple[Plan, ...] = ()
    after: tuple[Plan, ...] = ()
    conflict: Conflict | None = None
    demands: tuple[Demand, ...] = ()
    due: tuple[Overdue, ...] = ()
    outdated: str = ""
    time_limit: float = TIME_LIMIT_S

    def __post_init__(self) -> None:
        if self.hindrance is None and self.reason not in OUTSIDE + INSIDE:
            raise ValueError(f"reason must be one of {OUTSIDE + INSIDE}, got {self.reason!r}")
        if self.outdated and self.outdated not in OUTDATED:
            raise ValueError(f"outdated must be one of {OUTDATED}, got {self.outdated!r}")
