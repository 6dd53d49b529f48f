"""The commands of the visit log and of the hotspots as a person runs them, on Peine."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from webmap_examples import Reading

from geodata.language import set_language
from tours.__main__ import main
from tours.cli.visit import read_date
from tours.newworkspace import make_workspace
from tours.plan import Plan, render_plan
from tours.visits.table import failure_text
from tours.visits.visit import REASONS
from tours.workspace import Workspace

TODAY = dt.date(2026, 11, 25)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("cli.visit", "cli.visitlist", "cli.hotspots"):
        monkeypatch.setattr(f"tours.{module}.today", lambda: TODAY)


@pytest.fixture
def space(tmp_path: Path, plan: Plan) -> Workspace:
    """Return a workspace with a stop on Tuesday, 17 November, at a place that is there."""
    space = make_workspace("peine", tmp_path / "peine")
    place = space.load_district().places[0]
    tour = plan.tours[0]
    stop = replace(tour.stops[0], place_id=place.id, name=place.name)
    there = replace(plan, tours=(replace(tour, stops=(stop,)), plan.tours[1]))
    path = space.plan_file(plan.week)
    path.parent.mkdir()
    path.write_text(render_plan(there), encoding="utf-8")
    return space


@pytest.fixture
def place(space: Workspace) -> str:
    return space.load_district().places[0].id


@pytest.fixture
def run(
    space: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    def run_(*arguments: str | Path, answers: tuple[str, ...] = ()) -> tuple[int, str, str]:
        left = iter(answers)

        def answer(question: str = "") -> str:
            print(question, end="")
            try:
                return next(left)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)
        capsys.readouterr()
        code = 0
        try:
            main(["--lang", "de", *map(str, arguments), "-w", str(space.folder)])
        except SystemExit as ending:
            code = int(ending.code or 0)
        finally:
            set_language("de")
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_


def test_an_afternoon_is_asked_stop_by_stop_and_logged(run: Run, space: Workspace) -> None:
    code, out, _err = run("visit", "log", answers=("3 1", "", "j"))
    (found,) = space.visit_log.journal().visits
    assert (code, found.met, found.new, found.planned is not None) == (0, 3, 1, True)
    assert out.splitlines()[-1] == str(space.folder / "visits.db")


def test_a_fault_in_the_settings_does_not_make_what_is_logged_a_failure(
    run: Run, space: Workspace
) -> None:
    with space.config_file.open("a", encoding="utf-8") as file:
        file.write("[unknown]\n")
    code, out, err = run("visit", "log", answers=("3 1", "", "j"))
    assert (code, out.splitlines()[-1]) == (0, str(space.visit_log.path))
    assert err.startswith("Warnung: region.toml")


def test_nothing_is_logged_without_agreement(run: Run, space: Workspace) -> None:
    code, out, _err = run("visit", "log", answers=("3 1", "", "n"))
    assert (code, out.endswith("Nichts wurde eingetragen.\n")) == (0, True)
    assert not space.visit_log.path.exists()


def test_an_input_that_ends_logs_nothing(run: Run, space: Workspace) -> None:
    code, _out, err = run("visit", "log", answers=("3 1",))
    assert (code, err.count("Fehler")) == (1, 1)
    assert not space.visit_log.path.exists()


def test_an_afternoon_that_is_logged_is_not_asked_again(run: Run) -> None:
    run("visit", "log", answers=("3 1", "", "j"))
    code, _out, err = run("visit", "log")
    assert (code, "Bis heute" in err) == (1, True)


def test_a_visit_can_be_logged_by_options(run: Run, space: Workspace, place: str) -> None:
    code, _out, _err = run(
        *("visit", "log", "--place", place, "--date", "17.11.2026", "--met", "4"),
        *("--new", "2", "--departure", "1530"),
    )
    (found,) = space.visit_log.journal().visits
    assert (code, found.met, found.new, found.departure_s) == (0, 4, 2, 55_800)
    assert found.planned is not None


@pytest.mark.parametrize(
    ("text", "day"),
    [("heute", 25), ("Gestern", 24), ("vorgestern", 23), ("today", 25), ("Mi", 25), ("Do", 19)],
)
def test_a_day_may_be_said_in_a_word(text: str, day: int) -> None:
    assert read_date(text, "--date") == dt.date(2026, 11, day)


def test_the_same_visit_by_options_is_logged_once(run: Run, space: Workspace, place: str) -> None:
    arguments = ("visit", "log", "--place", place, "--date", "2026-11-18", "--met", "4")
    times = ("--arrival", "15:00", "--departure", "15:30")
    for _time in range(2):
        assert run(*arguments, *times)[0] == 0
    assert len(space.visit_log.journal().visits) == 1


def test_a_stop_that_did_not_take_place_is_logged_by_options(
    run: Run, space: Workspace, place: str
) -> None:
    arguments = ("visit", "log", "--place", place, "--date", "2026-11-17", "--missed", "weather")
    assert run(*arguments)[0] == 0
    (found,) = space.visit_log.journal().visits
    assert (found.reason, found.took_place) == ("weather", False)


@pytest.mark.parametrize("word", ["Wetter", "weather"])
def test_a_reason_may_be_said_as_lists_say_it(
    run: Run, space: Workspace, place: str, word: str
) -> None:
    assert run("visit", "log", "--place", place, "--date", "17.11.2026", "--missed", word)[0] == 0
    assert [visit.reason for visit in space.visit_log.journal().visits] == ["weather"]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (("--met", "3"), "--met"),
        (("--place", "PLACE"), "--met fehlt"),
        (("--place", "PLACE", "--met", "3", "--date", "2026-11-18"), "Am 18.11.2026"),
        (("--place", "PLACE", "--met", "3", "--date", "2026-12-01"), "01.12.2026"),
        (("--place", "PLACE", "--met", "3", "--date", "morgen"), "25.11.2026 oder 25.11.\n"),
        (("--place", "PLACE", "--missed", "tired"), "personal"),
        (("--place", "PLACE", "--missed", "staff", "--date", "2026-11-18"), "geplant"),
        (("--place", "PLACE", "--missed", "staff", "--met", "1"), "--missed"),
        (("--place", "nowhere", "--met", "3"), "nowhere"),
        (
            ("--place", "PLACE", "--met", "3", "--new", "4", "--date", "2026-11-17"),
            "3 Angetroffenen",
        ),
        (("--place", "PLACE", "--met", "3", "--arrival", "noon"), "noon"),
    ],
)
def test_options_that_cannot_be_are_refused_in_one_sentence(
    run: Run, space: Workspace, place: str, options: tuple[str, ...], text: str
) -> None:
    options = tuple(place if option == "PLACE" else option for option in options)
    code, _out, err = run("visit", "log", *options)
    assert (code, err.count("Fehler"), text in err) == (1, 1, True), err
    assert not space.visit_log.path.exists()


LIST = "Ort;Datum;Von;Bis;Kontakte\n{place};17.11.2026;14:40;15:40;3\n"


def test_a_list_is_shown_first_and_logged_with_yes(
    run: Run, space: Workspace, place: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST.format(place=place), encoding="utf-8")
    code, out, err = run("visit", "import", path)
    assert (code, "1 neu" in out, "--yes" in err) == (1, True, True)
    assert space.visit_log.journal().visits == ()
    assert run("visit", "import", path, "--yes")[0] == 0
    assert [v.met for v in space.visit_log.journal().visits] == [3]


def test_a_list_is_logged_when_somebody_agrees(
    run: Run, space: Workspace, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST.format(place=place), encoding="utf-8")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    run("visit", "import", path, answers=("n",))
    assert space.visit_log.journal().visits == ()
    run("visit", "import", path, answers=("",))
    assert len(space.visit_log.journal().visits) == 1


def test_the_same_list_twice_adds_nothing(
    run: Run, space: Workspace, place: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST.format(place=place), encoding="utf-8")
    run("visit", "import", path, "--yes")
    before = space.visit_log.path.read_bytes()
    code, out, _err = run("visit", "import", path, "--yes")
    assert (code, "0 neu, 1" in out, "Kein Besuch" in out) == (0, True, False)
    assert space.visit_log.path.read_bytes() == before


def test_a_list_with_a_fault_adds_nothing(
    run: Run, space: Workspace, place: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    text = LIST.format(place=place) + "nowhere;17.11.2026;14:40;15:40;3\n"
    path.write_text(text, encoding="utf-8")
    code, _out, err = run("visit", "import", path, "--yes")
    assert (code, "Zeile 3, Spalte Ort" in err) == (1, True)
    assert not space.visit_log.path.exists()


@pytest.fixture
def logged(run: Run, space: Workspace) -> Workspace:
    assert run("visit", "log", answers=("3 1", "", "j"))[0] == 0
    return space


def test_visits_are_listed_as_json(run: Run, logged: Workspace, place: str) -> None:
    code, out, _err = run("visit", "list", "--json")
    (found,) = json.loads(out)
    assert (code, found["id"], found["place"], found["met"]) == (0, 1, place, 3)
    assert found["planned"]["week"] == "2026-W47"


@pytest.mark.parametrize(
    ("options", "number"),
    [
        (("--from", "17.11.2026", "--to", "2026-11-17"), 1),
        (("--from", "2026-11-18"), 0),
        (("--to", "2026-11-16"), 0),
    ],
)
def test_visits_of_some_days_are_listed(
    run: Run, logged: Workspace, options: tuple[str, ...], number: int
) -> None:
    assert len(json.loads(run("visit", "list", "--json", *options)[1])) == number


def test_planned_is_put_beside_what_happened(run: Run, logged: Workspace) -> None:
    body = json.loads(run("visit", "list", "--planned", "--json")[1])
    assert body["summary"]["kept"] == body["summary"]["punctual"] == 1
    assert "Pünktlich" in run("visit", "list", "--planned")[1]


def test_a_visit_beside_the_plan_is_counted(run: Run, logged: Workspace, place: str) -> None:
    times = ("--arrival", "15:00", "--departure", "15:30")
    run("visit", "log", "--place", place, "--date", "18.11.2026", "--met", "1", *times)
    lines = run("visit", "list", "--planned")[1].splitlines()
    assert "Angekündigte Halte: 1; noch nicht eingetragen: 0" in lines
    assert "Ungeplante Besuche: 1" in lines


def test_a_visit_is_corrected_and_taken_back(run: Run, logged: Workspace) -> None:
    assert run("visit", "correct", "1", "--met", "7")[0] == 0
    assert [(v.id, v.met) for v in logged.visit_log.journal().visits] == [(1, 7)]
    assert run("visit", "correct", "1", "--withdraw")[0] == 0
    assert logged.visit_log.journal().visits == ()


@pytest.mark.parametrize("options", [(), ("--met", "2", "--withdraw")])
def test_a_correction_has_to_say_what(
    run: Run, logged: Workspace, options: tuple[str, ...]
) -> None:
    assert run("visit", "correct", "1", *options)[0] == 1
    assert len(logged.visit_log.entries().rows) == 1


@pytest.mark.parametrize("name", ["v.csv", "v.XLSX"])
def test_visits_are_exported(run: Run, logged: Workspace, tmp_path: Path, name: str) -> None:
    code, out, _err = run("visit", "export", tmp_path / name)
    assert (code, out.splitlines()[-1]) == (0, str(tmp_path / name))
    assert (tmp_path / name).stat().st_size > 100


def test_another_kind_of_file_is_not_exported(run: Run, logged: Workspace, tmp_path: Path) -> None:
    assert run("visit", "export", tmp_path / "v.pdf")[0] == 1


def test_hotspots_are_ranked_and_the_visited_one_is_first(
    run: Run, logged: Workspace, place: str
) -> None:
    body = json.loads(run("hotspots", "--json")[1])
    assert body["places"][0]["place"] == place
    means = [one["expected_hour"] for one in body["places"]]
    assert means == sorted(means, reverse=True)
    assert "80 %" in run("hotspots")[1]


def test_the_map_of_the_hotspots_tells_the_visit(
    run: Run, logged: Workspace, place: str, space: Workspace
) -> None:
    code, out, _err = run("hotspots", "--map")
    path = space.folder / "out" / "hotspots.html"
    assert (code, out.splitlines()[-1]) == (0, str(path))
    first, *others = Reading(path.read_text(encoding="utf-8")).data["spots"]
    assert (first["state"], {spot["state"] for spot in others}) == ("hotspot", {"never"})
    assert "angetroffen 3: " in first["story"][0]


def test_a_visit_is_told_in_words(run: Run, logged: Workspace, place: str) -> None:
    out = " ".join(run("hotspots", "explain", place)[1].split())
    assert "angetroffen 3: " in out
    assert ") anderes, " in out
    # 0.4 contacts at a level of (3 met + 20) / (0.5 an hour × 0.63 hours + 20).
    assert "höchstens 0,45 dafür, dass er wie angekündigt" in out
    assert "Di. 17.11.2026, 14:40 bis 15:40" in out
    (told,) = json.loads(run("hotspots", "explain", place, "--json")[1])["history"]
    assert (told["met"], told["factor"] > told["factor_before"]) == (3, True)


@pytest.mark.parametrize(
    ("option", "follows"),
    [
        ("--changed", "zählt der Ort wieder wie ein neuer: eigener Faktor 1, mit Art und Gemeinde"),
        ("--unchanged", "hat sich nichts geändert. Gewicht"),
    ],
)
def test_what_follows_from_a_word_of_the_team_is_said(
    run: Run, logged: Workspace, place: str, option: str, follows: str
) -> None:
    out = run("hotspots", option, place)[1]
    assert follows in " ".join(out.split())
    assert out.splitlines()[-1] == str(logged.visit_log.path)


def test_what_the_team_says_is_logged_and_told(run: Run, logged: Workspace, place: str) -> None:
    code, _out, _err = run("hotspots", "--changed", place)
    assert code == 0
    assert "wieder wie ein neuer Ort" in " ".join(run("hotspots", "explain", place)[1].split())
    run("hotspots", "--unchanged", place)
    assert [c.has_changed for c in logged.visit_log.journal().changes] == [False]


@pytest.mark.parametrize(
    "options",
    [("--changed", "P", "--unchanged", "P"), ("--changed", "P", "--date", "2026-12-01")],
)
def test_what_cannot_be_said_is_refused(
    run: Run, space: Workspace, place: str, options: tuple[str, ...]
) -> None:
    options = tuple(place if option == "P" else option for option in options)
    assert run("hotspots", *options)[0] == 1
    assert not space.visit_log.path.exists()


def test_four_visits_in_vain_are_asked_about(run: Run, space: Workspace, place: str) -> None:
    for number, met in enumerate((9, 9, 9, 9, 9, 0, 0, 0, 0)):
        date = TODAY - dt.timedelta(weeks=9 - number)
        code, out, _err = run(
            *("visit", "log", "--place", place, "--date", date.isoformat(), "--met", str(met)),
            *("--arrival", "16:00", "--departure", "17:00"),
        )
        assert code == 0
    assert f"tours hotspots --changed {place}" in out


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_its_words(reason: str) -> None:
    assert failure_text(reason)
