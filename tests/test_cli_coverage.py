"""The commands of the management report, in a workspace whose visits are few."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from small_visits import visit

from geodata.language import set_language
from tours.__main__ import main
from tours.cli import coverage as cli_coverage
from tours.coverage.freeze import render_frozen
from tours.coverage.periods import Period
from tours.coverage.record import Record
from tours.coverage.report import CoverageReport
from tours.newworkspace import make_workspace
from tours.privacy.retention import retention_of
from tours.visits.rows import Entries
from tours.visits.visit import Visit
from tours.workspace import Workspace
from tours.writing import write_files

NOW = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return make_workspace("peine", tmp_path / "peine")


@pytest.fixture
def run(
    space: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    def run_(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = 0
        try:
            main(["--lang", "de", "coverage", *arguments, "-w", str(space.folder)])
        except SystemExit as ending:
            code = int(ending.code or 0)
        finally:
            set_language("de")
        return (code, *capsys.readouterr())

    monkeypatch.setattr("tours.cli.coverage.moment", lambda: NOW)
    return run_


def log(space: Workspace, *days: tuple[int, int], met: int = 9) -> None:
    """Log visits of 2026 at the first place."""
    place = space.load_district().places[0].id

    def visits(_entries: Entries) -> list[Visit]:
        return [visit(place, dt.date(2026, *day), met=met, new=4) for day in days]

    space.visit_log.add(visits, now=NOW)


def test_a_workspace_without_visits_has_an_honest_report(run: Run, space: Workspace) -> None:
    code, out, _err = run()
    assert (code, "kein Besuch eingetragen" in out) == (0, True)
    assert "3. Quartal 2026" in out
    folder = space.folder / "out" / "coverage" / "2026-Q3"
    assert sorted(path.name for path in folder.iterdir()) == [
        "coverage.html",
        "coverage.pdf",
        "coverage.xlsx",
        "map.html",
    ]
    assert (folder / "coverage.pdf").read_bytes().startswith(b"%PDF")
    page = (folder / "coverage.html").read_text("utf-8")
    assert "Leistungsbericht 3. Quartal 2026" in page
    assert "Zu diesem Zeitraum ist nichts eingetragen" in page


def test_the_report_of_a_quarter_ends_with_its_files(run: Run, space: Workspace) -> None:
    log(space, (7, 7), (8, 4))
    code, out, _err = run("--quarter", "3/2026")
    assert code == 0
    assert out.rstrip().endswith(str(Path("coverage", "2026-Q3", "coverage.xlsx")))
    assert "18" in out


def test_days_can_be_german_dates(run: Run, space: Workspace) -> None:
    log(space, (7, 7), (8, 4))
    code, out, _err = run("--from", "01.08.2026", "--to", "31.8.2026", "--json")
    body = json.loads(out)
    assert (code, body["period"]["period"]["first"]) == (0, "2026-08-01")
    district = {f["name"]: f["value"] for f in body["period"]["district"]["figures"]}
    assert (district["visits"], district["contacts"]) == (1, 9)
    assert not (space.folder / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--quarter", "2026-Q5"), "kein Quartal"),
        (("--quarter", "2026-Q3", "--from", "2026-07-01"), "Entweder ein Quartal oder Tage"),
        (("--from", "2026-08-01", "--to", "2026-07-01"), "vor dem ersten"),
        (("--from", "morgen"), "--from"),
        (("freeze", "2026-Q4"), "nicht vorbei"),
        (("freeze", "2026-Q4", "--empty"), "nicht vorbei"),
        (("verify",), "Kein Quartal ist eingefroren"),
        (("verify", "2026-Q1"), "nicht lesbar"),
    ],
)
def test_what_cannot_be_is_said(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, _out, err = run(*arguments)
    assert (code, said in err) == (1, True)


def test_a_frozen_quarter_is_kept_and_compared(run: Run, space: Workspace) -> None:
    log(space, (7, 7))
    code, out, _err = run("freeze", "2026-Q3")
    path = space.frozen_file("2026-Q3")
    assert (code, out.splitlines()[-1]) == (0, str(path))
    before = path.read_bytes()
    code, _out, err = run("freeze", "2026-Q3")
    assert (code, "nicht überschrieben" in err) == (1, True)
    assert "dieselben Kennzahlen" in run("verify")[1]
    log(space, (8, 4))
    code, out, _err = run("verify", "2026-Q3")
    assert (code, "andere Kennzahlen" in out) == (0, True)
    assert "andere Kennzahlen" in run("--quarter", "2026-Q3")[1]
    assert path.read_bytes() == before


def remove(space: Workspace, today: dt.date) -> None:
    """Remove what is too old on a day."""
    retention = retention_of(space, today)
    noon = dt.datetime.combine(today, dt.time(12), dt.UTC)
    retention.purge(retention.due(), now=noon)


def test_a_frozen_quarter_whose_visits_were_removed_is_unchanged(
    run: Run, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(space, (7, 7), (8, 4), (10, 1))
    run("freeze", "2026-Q3")
    before = space.frozen_file("2026-Q3").read_bytes()
    remove(space, dt.date(2028, 9, 30))
    monkeypatch.setattr("tours.cli.coverage.moment", lambda: NOW.replace(year=2028))
    code, out, _err = run("verify")
    said = " ".join(out.split())
    assert (code, "andere Kennzahlen" in said) == (0, False)
    assert "unverändert. Am 30.09.2028 wurden Besuche nach der Aufbewahrungsregel" in said
    assert "Längste Zeit ohne Besuch" in said
    assert "Für alle anderen ergibt das Besuchsprotokoll heute dasselbe." in said
    assert "Stunden vor Ort;" not in said
    report = " ".join(run("--quarter", "2026-Q3")[1].split())
    assert "nach der Aufbewahrungsregel" in report
    assert "andere Kennzahlen" not in report
    page = space.folder / "out" / "coverage" / "2026-Q3" / "coverage.html"
    assert "nach der Aufbewahrungsregel" in page.read_text("utf-8")
    assert json.loads(run("--quarter", "2026-Q3", "--json")[1])["frozen"]["differs"] == []
    assert space.frozen_file("2026-Q3").read_bytes() == before


def test_other_figures_are_told_beside_those_that_were_removed(
    run: Run, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(space, (7, 7), (10, 1))
    run("freeze", "2026-Q3")
    log(space, (8, 4))
    remove(space, dt.date(2028, 9, 30))
    monkeypatch.setattr("tours.cli.coverage.moment", lambda: NOW.replace(year=2028))
    said = " ".join(run("verify", "2026-Q3")[1].split())
    assert "nach der Aufbewahrungsregel" in said
    assert "andere Kennzahlen: Stunden vor Ort; Besuche" in said


def test_of_two_who_freeze_a_quarter_at_once_one_wins(
    run: Run, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(space, (7, 7))
    path = space.frozen_file("2026-Q3")
    reckon = cli_coverage._report

    def meanwhile(of: Workspace, record: Record, period: Period) -> CoverageReport:
        found = reckon(of, record, period)
        write_files({path: render_frozen(found).encode()})
        log(space, (8, 4))
        return reckon(of, record, period)

    monkeypatch.setattr(cli_coverage, "_report", meanwhile)
    code, _out, err = run("freeze", "2026-Q3")
    assert (code, "nicht überschrieben" in err) == (1, True)
    assert json.loads(path.read_text(encoding="utf-8"))["report"]["num_logged"] == 1


def test_a_quarter_without_any_entry_is_frozen_only_if_that_is_meant(
    run: Run, space: Workspace
) -> None:
    log(space, (10, 1))
    code, _out, err = run("freeze", "2026-Q3")
    assert (code, "nichts eingetragen" in err, "--empty" in err) == (1, True, True)
    assert not space.frozen_file("2026-Q3").exists()
    assert run("freeze", "2026-Q3", "--empty")[0] == 0


def test_an_edited_report_is_no_evidence(run: Run, space: Workspace) -> None:
    log(space, (7, 7))
    run("freeze", "2026-Q3")
    path = space.frozen_file("2026-Q3")
    path.write_text(path.read_text(encoding="utf-8").replace("JUNGregio", "Jungregio"))
    code, out, err = run("verify")
    assert (code, "Prüfsumme stimmt nicht" in out, "danach verändert" in err) == (1, True, True)
    assert "kein Nachweis mehr" in run("--quarter", "2026-Q3")[1]


def test_reach_is_reckoned_where_homes_are_known(
    run: Run, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = space.load_district().places[0]
    homes = np.empty(1, dtype=np.object_)
    homes[0] = shapely.Point(place.lon, place.lat).buffer(0.01)
    log(space, (9, 8), (9, 22))
    monkeypatch.setattr(Workspace, "load_walk", lambda _space: (None, homes))
    body = json.loads(run("--quarter", "2026-Q3", "--json")[1])
    (row,) = [one for one in body["period"]["municipalities"] if one["id"] == place.ags]
    reach = {figure["name"]: figure for figure in row["figures"]}["reach"]
    # Regular in one of three spans of 4 weeks.
    assert 0 < reach["value"] <= reach["best"] <= 1 / 3
    assert reach["notes"] == ["walks_estimated", "short_log"]


def test_a_plan_that_cannot_be_read_is_left_out(run: Run, space: Workspace) -> None:
    log(space, (7, 7))
    path = space.plan_file("2026-W28")
    path.parent.mkdir()
    path.write_text("{}")
    code, _out, err = run("--quarter", "2026-Q3")
    assert (code, "2026-W28" in err) == (0, True)
