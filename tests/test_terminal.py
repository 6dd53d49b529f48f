"""What commands say on the terminal, and how they can be stopped."""

from __future__ import annotations

import os
import signal

import pytest

from geodata.language import speaking
from tours.terminal import stoppable


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_the_first_interrupt_asks_for_the_best_plan_so_far(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with speaking("en"), stoppable() as should_stop:
        before = should_stop()
        interrupt()
        assert (before, should_stop()) == (False, True)
    assert "best plan so far" in capfd.readouterr().err


def test_the_second_interrupt_stops_at_once() -> None:
    with stoppable(), pytest.raises(KeyboardInterrupt):
        interrupt()
        interrupt()


def test_afterwards_an_interrupt_is_one_again() -> None:
    with stoppable():
        pass
    with pytest.raises(KeyboardInterrupt):
        interrupt()
