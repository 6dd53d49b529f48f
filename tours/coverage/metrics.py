"""The arithmetic of single figures: longest gap, inequality, interval of a rate, trend."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Sequence

# Four of five cases lie within so many standard errors.
Z80 = 1.28


def longest_gap(
    days: Sequence[dt.date], first: dt.date, last: dt.date, since: dt.date | None = None
) -> int:
    """Return the longest time without a visit, calendar weeks, as the cycle of a plan counts them.

    From a Monday to the Thursday four weeks later they are four.

    Parameters
    ----------
    days : sequence of date
        Of visits, in the period.
    first, last : date
        Of the period. What is still open at its end counts up to the day after it.
    since : date or None
        The last visit before it; the first day counts where there is none.
    """
    points = [since or first, *sorted(days), last + dt.timedelta(days=1)]
    mondays = [day - dt.timedelta(days=day.weekday()) for day in points]
    return max((b - a).days for a, b in itertools.pairwise(mondays)) // 7


def gini(values: Sequence[float], weights: Sequence[float]) -> float | None:
    """Return the Gini coefficient of values, each weighted by people.

    It is the area between the Lorenz curve and the diagonal, twice. None where nobody has
    anything.
    """
    pairs = sorted(pair for pair in zip(values, weights, strict=True) if pair[1] > 0)
    people = math.fsum(weight for _value, weight in pairs)
    total = math.fsum(value * weight for value, weight in pairs)
    if total <= 0:
        return None
    below, area = 0.0, 0.0
    for value, weight in pairs:
        more = below + value * weight
        area += weight * (below + more)
        below = more
    return max(1 - area / (people * total), 0.0)


def rate_interval(count: int, hours: float, scatter: float) -> tuple[float, float] | None:
    """Return between what a rate lies in 80 % of cases: rate · (1 ± 1.28·√(φ/count)).

    None without a count, where the formula says nothing.
    """
    if count <= 0 or hours <= 0:
        return None
    rate, part = count / hours, Z80 * math.sqrt(scatter / count)
    return max(rate * (1 - part), 0.0), rate * (1 + part)


def rate_trend(
    count: int, exposure: float, former: int, former_exposure: float, scatter: float
) -> str | None:
    """Return how a rate changed: ``up`` or ``down`` only beyond what may be chance.

    That is if ``|ln(rate ratio)| > 1.28·√(φ(1/y1 + 1/y2))``. None where one of the counts is 0.

    Parameters
    ----------
    count, former : int
        Now and before.
    exposure, former_exposure : float
        What they are divided by.
    scatter : float
        Variance over mean of such counts.
    """
    if min(count, former) <= 0 or min(exposure, former_exposure) <= 0:
        return None
    change = math.log((count / exposure) / (former / former_exposure))
    return _trend(change, scatter * (1 / count + 1 / former))


def amount_trend(
    amounts: Sequence[float],
    exposure: float,
    former: Sequence[float],
    former_exposure: float,
) -> str | None:
    """Return how the sum of some amounts changed, such as the hours of single visits.

    As `rate_trend` does for counts; that amounts differ from each other makes their sum scatter
    more: instead of 1/y it is Σa²/(Σa)², which is the same if all are alike.

    Parameters
    ----------
    amounts, former : sequence of float
        Now and before.
    exposure, former_exposure : float
        What their sums are divided by.
    """
    total, total_before = math.fsum(amounts), math.fsum(former)
    if min(total, total_before) <= 0 or min(exposure, former_exposure) <= 0:
        return None
    variance = sum(
        math.fsum(one * one for one in some) / math.fsum(some) ** 2 for some in (amounts, former)
    )
    return _trend(math.log((total / exposure) / (total_before / former_exposure)), variance)


def _trend(change: float, variance: float) -> str:
    if abs(change) <= Z80 * math.sqrt(variance):
        return "flat"
    return "up" if change > 0 else "down"
