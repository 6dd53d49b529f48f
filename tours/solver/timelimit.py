"""How long a run of the solver may take, and each of its parts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tours.solver.incumbent import Incumbent

# The proof ends at this share of a time limit; what it does not need, the search may have. It gets
# more once the linear programme is solved.
PROOF_SHARE = 0.7
LONG_PROOF_SHARE = 0.95


class TimeLimit:
    """The time of a run.

    Parameters
    ----------
    began : float
        Monotonic seconds.
    seconds : float or None
        None for no limit.
    patience : float or None
        Seconds after which the run ends as long as no plan keeps the hard rules; None for never.
    rules_only : bool
        Whether the run ends once it is proven that no plan keeps the hard rules.
    incumbent : Incumbent
        Tells whether a plan does.
    should_stop : callable
        Asked again and again; once it says so, all time is up.

    Attributes
    ----------
    began : float
    seconds : float
        Infinity for no limit.
    deadline : float
        Of the part that is under way, monotonic seconds.
    """

    def __init__(
        self,
        began: float,
        seconds: float | None,
        patience: float | None,
        rules_only: bool,
        incumbent: Incumbent,
        should_stop: Callable[[], bool],
    ) -> None:
        self.began = began
        self.seconds = float("inf") if seconds is None else seconds
        self.deadline = began + self.seconds
        self._hoped_until = began + (float("inf") if patience is None else patience)
        self._rules_only = rules_only
        self._incumbent = incumbent
        self._should_stop = should_stop

    @property
    def exists(self) -> bool:
        """Whether there is a limit, apart from the patience."""
        return self.seconds < float("inf")

    @property
    def is_hopeless(self) -> bool:
        """Whether the run ends because no plan keeps the hard rules."""
        return self._rules_only and self._incumbent.is_hopeless

    @property
    def seconds_left(self) -> float:
        """Of the part that is under way; below 0 where its time is up."""
        is_hopeful = self._hoped_until == float("inf") or self._incumbent.keeps_rules
        until = self.deadline if is_hopeful else min(self.deadline, self._hoped_until)
        is_over = self.is_hopeless or self._should_stop()
        return -1.0 if is_over else until - time.monotonic()

    @property
    def is_up(self) -> bool:
        """Whether the part that is under way has to end."""
        return self.seconds_left < 0

    def extend(self, share: float) -> None:
        """Let the part that is under way go on until this share of all the time is over."""
        self.deadline = max(self.deadline, self.began + share * self.seconds)

    @contextmanager
    def part(self, share: float, since: float) -> Iterator[None]:
        """Let a part of the run end when this share of all the time is over.

        Parameters
        ----------
        share : float
        since : float
            When the share begins, monotonic seconds.
        """
        end = self.deadline
        self.deadline = min(end, since + share * self.seconds)
        try:
            yield
        finally:
            self.deadline = end
