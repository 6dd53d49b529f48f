"""The README's commands, run as they stand there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)
SHELL = re.findall(r"```sh\n(.*?)\n```", README, flags=re.DOTALL)


def session(block: str) -> list[tuple[str, str]]:
    """Return the commands of a console block, each with the output that follows it."""
    parts = re.split(r"(?m)^\$ (.*)\n", block)[1:]
    return [
        (command, output.rstrip("\n"))
        for command, output in zip(parts[::2], parts[1::2], strict=True)
    ]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a ``tours`` command with this very Python."""
    program, *arguments = shlex.split(command)
    assert program.endswith("tours")
    return subprocess.run(
        [sys.executable, "-m", "tours", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "PATH": "", "HOME": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_there_is_a_line_to_run_the_main_job_and_one_for_the_tests() -> None:
    assert len(SHELL) == 2


def test_the_worked_week_prints_what_the_readme_shows(tmp_path: Path) -> None:
    wrong = []
    for command, expected in session(CONSOLE[0]):
        done = run(command, tmp_path)
        lines = [line.rstrip() for line in done.stdout.rstrip("\n").splitlines()]
        if lines != expected.splitlines() or done.returncode:
            wrong.append((command, "\n".join(lines), done.stderr))
    assert wrong == []


def test_the_main_job_of_the_readme_ends_with_its_results(tmp_path: Path) -> None:
    done = run(SHELL[0].split(" && ")[-1], tmp_path)
    folder = tmp_path / done.stdout.splitlines()[-1]
    assert sorted(path.name for path in folder.iterdir()) == [
        *("map.html", "notices.pdf", "sheets.pdf", "week.ics"),
    ]


def test_continuous_integration_calls_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace(" --quiet", "")
    assert SHELL[1] in script


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\]\((\.readme/[^)]+)\)", README))))
def test_pictures_are_there(name: str) -> None:
    assert (ROOT / name).is_file()
