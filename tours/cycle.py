"""Weeks that were planned as one: whether their plans still belong together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tours.calendar import week_dates
from tours.plan import Asked, Plan
from tours.wishes import read_wishes


def replanned(plan: Plan, stored: Mapping[str, Plan]) -> tuple[str, ...]:
    """Return the weeks of a plan's cycle that have another plan now, or none that is readable.

    What was proven of the cycle was proven of all its weeks as they were planned together. A
    week whose cycle is not whole any more counts by itself.

    Parameters
    ----------
    plan : Plan
    stored : mapping of str to Plan
        The plans that the weeks of its cycle have.
    """
    return tuple(
        week
        for week in plan.cycle
        if week != plan.week and (week not in stored or _making(stored[week]) != _making(plan))
    )


def left_behind(former: Plan, made: Iterable[Plan]) -> tuple[str, ...]:
    """Return the weeks that were planned as one with a former plan, and not with the new ones."""
    now = {plan.week for plan in made}
    return tuple(week for week in former.cycle if week not in now)


def alone(plan: Plan) -> Plan:
    """Return the plan of a week whose cycle is not whole any more, as one of its own.

    Its wishes are without the afternoons of other weeks.
    """
    return replace(plan, cycle=(), repeats=plan.rhythm, wishes=asked_of_week(plan))


def asked_of_week(plan: Plan) -> Asked:
    """Return what was asked of a plan, without the afternoons of other weeks of its cycle."""
    days = {day.isoformat() for day in week_dates(plan.week)}
    outages = read_wishes(plan.wishes).outages
    return replace(
        plan.wishes,
        cancelled=tuple(
            outage.text for outage in outages if not outage.date or outage.date.isoformat() in days
        ),
    )


def _making(plan: Plan) -> tuple[object, ...]:
    """Return what is the same of all plans that were chosen as one."""
    return (
        *(plan.cycle, plan.value, plan.bound, plan.seed),
        *(plan.wishes, plan.config_digest, plan.problem),
    )
