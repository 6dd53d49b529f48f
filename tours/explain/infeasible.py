"""Why some weeks cannot be planned: the smallest set of rules that cannot hold together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geodata.errors import Fault
from geodata.language import translator
from tours.errors import InfeasibleError
from tours.explain.remedies import Demand
from tours.solver.conflict import Conflict

_ = translator("tours")

# So many names are listed where one line stands for several rules.
MOST_NAMES = 6


class RulesConflictError(InfeasibleError):
    """Rules cannot hold together, or no plan that keeps them was found.

    Attributes
    ----------
    conflict : Conflict
    demands : tuple of Demand
        The rules of the conflict as people know them.
    """

    conflict: Conflict
    demands: tuple[Demand, ...]


def demands_in(conflict: Conflict, demands: Iterable[Demand]) -> tuple[Demand, ...]:
    """Return the rules of a conflict as people know them."""
    return tuple(demand for demand in demands if demand.rule in conflict.rules)


def refusal(
    conflict: Conflict, demands: Iterable[Demand], longer_minutes: int | None = None
) -> RulesConflictError:
    """Return the error that says which rules cannot hold together, each with its remedy.

    Parameters
    ----------
    conflict : Conflict
        Found among the rules of the demands.
    demands : iterable of Demand
    longer_minutes : int or None
        By so much longer afternoons, at both ends, have a plan; None if that is not known.
    """
    involved = demands_in(conflict, demands)
    if not conflict.is_proven:
        # Everything may matter then; what asks for nothing is not worth a line.
        involved = tuple(demand for demand in involved if demand.rule.covers) or involved
    if len(involved) == 1 and conflict.is_proven:
        error = RulesConflictError.collected(_alone(demand, longer_minutes) for demand in involved)
    else:
        error = RulesConflictError.collected(
            [_head(conflict, longer_minutes), *conflict_lines(involved)]
        )
    error.conflict, error.demands = conflict, involved
    return error


def conflict_lines(demands: Sequence[Demand]) -> list[Fault]:
    """Return the rules of a conflict one by one; those that limit places are one line."""
    faults = [Fault(d.text, remedy=d.remedy) for d in demands if d.origin[0] != "place"]
    limits = [demand for demand in demands if demand.origin[0] == "place"]
    if limits:
        faults.append(Fault(_listed([d.text for d in limits]), remedy=limits[0].remedy))
    return faults


def _listed(texts: Sequence[str]) -> str:
    some = "; ".join(texts[:MOST_NAMES])
    if len(texts) <= MOST_NAMES:
        return some
    return _("{some}; and {number} more").format(some=some, number=len(texts) - MOST_NAMES)


def _or_longer(remedy: str, longer_minutes: int | None) -> str:
    if longer_minutes is None:
        return remedy
    return _(
        "{remedy}, or start each afternoon {minutes} minutes earlier and end it {minutes} minutes "
        "later in region.toml (a plan was found for that)"
    ).format(remedy=remedy, minutes=longer_minutes)


def _alone(demand: Demand, longer_minutes: int | None) -> Fault:
    if demand.obstacle:
        what = _("“{rule}” is not possible: {obstacle}")
        return Fault(
            what.format(rule=demand.text, obstacle=demand.obstacle),
            remedy=_or_longer(demand.remedy, longer_minutes),
        )
    return Fault(
        _("“{rule}” is not possible, even without any other rule (proven)").format(
            rule=demand.text
        ),
        remedy=_or_longer(demand.remedy, longer_minutes),
    )


def _head(conflict: Conflict, longer_minutes: int | None) -> Fault:
    number = len(conflict.rules)
    if not conflict.is_proven:
        return Fault(
            _(
                "No plan that keeps all of the rules was found in the time allowed; that there is "
                "none is not proven"
            ),
            remedy=_("Allow more seconds with --time-limit, or relax one of them"),
        )
    if conflict.is_smallest:
        text = _("These {number} rules cannot hold together (proven; no fewer are in conflict)")
    elif conflict.is_irreducible:
        text = _("These {number} rules cannot hold together (proven, and each of them matters)")
    else:
        text = _("These {number} rules cannot hold together (proven, but not all need matter)")
    return Fault(
        text.format(number=number),
        remedy=_or_longer(_("Relax one of them"), longer_minutes),
    )
