"""What commands say on the terminal, and how they can be stopped."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from geodata.language import speaking
from tours.solver.solution import Progress
from tours.terminal import progress_text, stoppable


@pytest.fixture(autouse=True)
def at_a_terminal() -> Iterator[None]:
    """Have interrupts as at a terminal; what runs in the background begins without them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize(("language", "value"), [("de", "8,65"), ("en", "8.65")])
def test_progress_has_the_numbers_of_the_language(language: str, value: str) -> None:
    with speaking(language):
        assert value in progress_text(Progress("search", 865, 1_000))


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
