"""What commands say on the terminal, and how they can be stopped."""

from __future__ import annotations

import json
import os
import re
import signal
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_texts import HOSTILE

import tours
from geodata.language import speaking
from tours.cli.terminal import progress_text, say_json, stoppable
from tours.solver.solution import Progress


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


def test_data_on_the_terminal_mean_the_same_and_steer_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = json.dumps(
        [*HOSTILE, "\u061c\u200e\u200f\ufeff", "Nörten"], ensure_ascii=False, indent=1
    )
    say_json(data)
    shown = capsys.readouterr().out
    assert json.loads(shown) == json.loads(data)
    kinds = {unicodedata.category(letter) for letter in shown if letter != "\n"}
    # Of what is not seen only joiners are left, without which letters and signs look wrong.
    assert kinds.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
    assert {letter for letter in shown if unicodedata.category(letter) == "Cf"} <= {"\u200d"}
    assert "Nörten" in shown


def test_data_go_to_the_terminal_by_one_door() -> None:
    commands = sorted((Path(tours.__file__).parent / "cli").glob("*.py"))
    printed = re.compile(r"\bprint\([^\n]*(_json\(|json\.dumps|render_plan)")
    assert [path.name for path in commands if printed.search(path.read_text("utf-8"))] == []
    assert sum("say_json(" in path.read_text("utf-8") for path in commands) >= 12
