"""Compiled code: kept where it can be, never out of date, and not needed for anything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_weeks import random_week

from tours.solver import compilation
from tours.solver.exact import solve

ROOT = Path(__file__).parents[1]
CALLED = """\
from tours.solver.compilation import compiled_part

@compiled_part
def number():
    return {number}
"""
CALLER = """\
from tours.solver.called import number
from tours.solver.compilation import compiled

@compiled
def twice():
    return 2 * number()
"""
SOLVE = """\
from small_weeks import random_week
from tours.solver.exact import solve

print(solve(random_week(8)).tours)
"""


class Program:
    """A program of two files, of which one calls a compiled function of the other."""

    def __init__(self, folder: Path) -> None:
        self.solver = folder / "sources" / "tours" / "solver"
        self.solver.mkdir(parents=True)
        for package in (self.solver, self.solver.parent):
            (package / "__init__.py").write_text('"""A package."""\n')
        kept = Path(compilation.__file__)
        (self.solver / kept.name).write_bytes(kept.read_bytes())
        (self.solver / "caller.py").write_text(CALLER)
        self.write_called(1)

    def write_called(self, number: int) -> None:
        """Write the file whose function is called, which returns a number."""
        (self.solver / "called.py").write_text(CALLED.format(number=number))

    def run(self, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run it with some environment variables; it prints twice the number."""
        return python(
            "from tours.solver.caller import twice; print(twice())",
            self.solver.parents[1],
            **settings,
        )

    @property
    def kept(self) -> list[Path]:
        """The files of compiled code beside the sources."""
        return sorted(self.solver.rglob("*.nbc"))


def python(code: str, *folders: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run code that finds modules in some folders, with some environment variables."""
    unset = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    path = os.pathsep.join(map(str, folders))
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**unset, "PYTHONPATH": path, **settings},
        cwd=folders[0],
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_a_change_in_the_file_of_a_function_that_is_called_counts(program: Program) -> None:
    assert program.run().stdout == "2\n"
    program.write_called(21)
    assert program.run().stdout == "42\n"


def test_the_code_of_sources_that_are_no_more_is_thrown_away(program: Program) -> None:
    program.run()
    program.write_called(21)
    program.run()
    assert len(program.kept) == 1


def test_what_was_compiled_is_loaded_the_next_time(program: Program) -> None:
    program.run()
    assert "data loaded from" in program.run(NUMBA_DEBUG_CACHE="1").stdout


def test_code_is_kept_where_the_user_says(program: Program, tmp_path: Path) -> None:
    program.run(NUMBA_CACHE_DIR=str(tmp_path / "chosen"))
    assert (len(program.kept), len(list((tmp_path / "chosen").rglob("*.nbc")))) == (0, 1)


def test_code_is_kept_with_the_users_data_where_the_sources_cannot_be_written_to(
    program: Program, tmp_path: Path
) -> None:
    (program.solver / "__pycache__").write_text("A file where a folder should be made.")
    home = tmp_path / "home"
    places = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "USERPROFILE"), str(home))
    program.run(**places)
    assert len(list(home.rglob("*.nbc"))) == 1


def test_where_nothing_can_be_written_everything_runs(program: Program, tmp_path: Path) -> None:
    (program.solver / "__pycache__").write_text("A file where a folder should be made.")
    (tmp_path / "file").write_text("A file where a folder should be made.")
    nowhere = str(tmp_path / "file" / "folder")
    names = ("NUMBA_CACHE_DIR", "HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "USERPROFILE")
    assert program.run(**dict.fromkeys(names, nowhere)).stdout == "2\n"


def test_without_compiling_the_plan_is_the_same() -> None:
    interpreted = python(SOLVE, ROOT, ROOT / "tests", NUMBA_DISABLE_JIT="1")
    assert interpreted.stdout == f"{solve(random_week(8)).tours}\n"
