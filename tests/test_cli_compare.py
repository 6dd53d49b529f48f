"""The command that compares variants, as a person runs it, on Peine."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commandline import Run, call, contents

WEEK = "2026-W48"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = call(["compare", *(str(argument) for argument in arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with a planned week."""
    folder = tmp_path_factory.mktemp("planned") / "peine"
    ban = ("--ban", "eddesse-dorfplatz")
    assert call(["plan", "peine", "-w", str(folder), "--week", WEEK, *ban, "--no-outputs"]) == 0
    return folder


@pytest.fixture
def space(planned: Path, tmp_path: Path) -> Path:
    """Return a planned workspace to change at will."""
    return Path(shutil.copytree(planned, tmp_path / "peine"))


def test_compare_writes_its_map_and_nothing_else(space: Path, run: Run) -> None:
    before = contents(space)
    run("-w", space, "--variant", "-Do")
    after = contents(space)
    assert after.keys() - before.keys() == {f"out/{WEEK}/compare.html"}
    assert {name: after[name] for name in before} == before


def test_the_last_line_is_where_the_map_is(space: Path, run: Run) -> None:
    _code, out, _err = run("-w", space, "--variant", "-Do")
    assert out.splitlines()[-1] == str(space / "out" / WEEK / "compare.html")


def test_comparing_again_gives_the_same_bytes(space: Path, run: Run) -> None:
    pages = []
    for _time in range(2):
        run("-w", space, "--variant", "Kurz: -Do, -Mi", "--time-limit", "0")
        pages.append((space / "out" / WEEK / "compare.html").read_bytes())
    assert pages[0] == pages[1]


def test_json_is_data_only_and_its_base_is_the_stored_plan(space: Path, run: Run) -> None:
    _code, out, _err = run("-w", space, "--variant", "-Do", "--json")
    stored = json.loads((space / "plans" / f"{WEEK}.json").read_text(encoding="utf-8"))
    figures = json.loads(out)["variants"][0]["figures"]
    assert (figures["value"], figures["bound"]) == (stored["value"], stored["bound"])


def test_the_table_says_that_roads_are_estimated_and_costs_left_out(space: Path, run: Run) -> None:
    _code, out, _err = run("-w", space, "--variant", "+bus")
    words = " ".join(out.split())
    assert "Näherungsnetz" in words
    assert "Busse und Standorte kosten, ist im Wert nicht enthalten" in words


@pytest.mark.parametrize(
    ("variant", "sentence"),
    [
        ("Unsinn", "„Unsinn“ ist keine Änderung"),
        ("-Mo", "Es gibt keinen Nachmittag „Mo“"),
        ("depot nirgends", "Es gibt keinen Treffpunkt „nirgends“"),
    ],
)
def test_a_variant_that_cannot_be_is_one_sentence(
    space: Path, run: Run, variant: str, sentence: str
) -> None:
    code, out, err = run("-w", space, "--variant", variant)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert sentence in err


def test_what_each_variant_comes_to_is_told_beside_the_result(space: Path, run: Run) -> None:
    _code, _out, err = run("-w", space, "--variant", "Nie: 14:00-14:10", "--variant", "-Do")
    heads = [line.split(":")[0] for line in err.splitlines()]
    assert heads == ["unverändert", "Nie", "-Do"]
    assert "kein Plan" in err.splitlines()[1]


def test_without_a_variant_there_is_nothing_to_compare(space: Path, run: Run) -> None:
    assert run("-w", space)[0] == 2
