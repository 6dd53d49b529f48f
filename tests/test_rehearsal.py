"""Compiling ahead: what is compiled is what is needed, and nothing is begun in vain."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from small_weeks import random_week

from tours.solver import rehearsal
from tours.solver.completion import _fill
from tours.solver.exact import solve
from tours.solver.extension import extend
from tours.solver.rehearsal import Rehearsal, rehearse, rehearse_bound, rehearse_search
from tours.solver.search import _search


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a place for compiled code on a machine of two processors."""
    monkeypatch.setattr(rehearsal, "code_folder", lambda: tmp_path)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return tmp_path


def failing() -> None:
    raise OSError("no room")


def working() -> None:
    """Do nothing."""


def process(of: str) -> BaseProcess:
    parts = {"failing": failing, "working": working}
    made = multiprocessing.get_context("fork").Process(target=rehearsal._alone, args=(parts[of],))
    made.start()
    return made


def test_a_real_week_needs_nothing_that_was_not_rehearsed() -> None:
    rehearse_search()
    rehearse_bound()
    solve(random_week(3, covers=2, at_most=2))
    ways_to_call = [vars(function)["overloads"] for function in (_search, extend, _fill)]
    assert [len(ways) for ways in ways_to_call] == [1, 1, 1]


def test_the_break_keeps_the_search_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def searched(*_of: object) -> None:
        raise AssertionError("the search takes longest to compile, and another process does it")

    monkeypatch.setattr("tours.solver.search._search", searched)
    rehearse_bound()


def test_what_is_complete_is_not_begun_again(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rehearsal, "rehearse_search", working)
        patch.setattr(rehearsal, "rehearse_bound", working)
        first = rehearse()
        assert first.is_needed
        first.wait()
    assert [path.suffix for path in folder.iterdir()] == [".complete"]
    assert not rehearse().is_needed


def test_what_failed_is_not_complete(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    mark = tmp_path / "mark"
    Rehearsal([process("working"), process("failing")], mark).wait()
    assert not mark.exists()
    assert capfd.readouterr() == ("", "")


def test_where_nothing_is_kept_nothing_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(rehearsal, "code_folder", lambda: None)
    assert not rehearse().is_needed


def test_one_processor_compiles_as_it_goes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert not rehearse().is_needed
    assert not list(folder.iterdir())
