"""What a solver hands back, whoever it is."""

from __future__ import annotations

from dataclasses import dataclass

# Per shift of the problem, the places in the order of the tour.
Routes = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A better plan on the way.

    Attributes
    ----------
    seconds : float
        Since the solver was called, with the building of its model.
    value : int or None
        Where the solver counts as we do and no rule is broken.
    routes : tuple or None
        Otherwise, to be valued afterwards.
    """

    seconds: float
    value: int | None = None
    routes: Routes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a solver hands back.

    Attributes
    ----------
    routes : tuple
        The best plan; all shifts empty if there is none.
    seconds : float
        From the problem to the plan, with the building of the solver's model.
    value : int or None
        What the solver itself says it is worth, where it counts as we do. The plan must be
        worth that much, or the answer is refused.
    bound : int or None
        The most that any plan can be worth, if the solver knows.
    proven : bool
        Whether the solver says that no plan is worth more.
    steps : tuple of Step
        In the order of time.
    """

    routes: Routes
    seconds: float
    value: int | None = None
    bound: int | None = None
    proven: bool = False
    steps: tuple[Step, ...] = ()
