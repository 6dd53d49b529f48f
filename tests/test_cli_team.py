"""The commands of the team's lists, and what plans, sheets and the calendar say of them."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from commandline import Run
from pdf_words import read_pdf
from sheet_examples import plan, stop, tour
from team_examples import HOME, appointment_stop

from tours.cli.stock import read_amounts
from tours.errors import TeamError
from tours.newworkspace import make_workspace
from tours.plan import render_plan

WEEK = "2026-W48"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace("northeim", tmp_path_factory.mktemp("team") / "northeim").folder


@pytest.fixture
def space(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a new workspace with a planned Monday, the second stop of which is an appointment."""
    monkeypatch.setattr("tours.cli.now.today", lambda: dt.date(2026, 11, 23))
    monkeypatch.setattr("tours.cli.stock.today", lambda: dt.date(2026, 11, 23))
    folder = Path(shutil.copytree(made, tmp_path / "northeim"))
    monday = plan(tour(0, [stop(0), appointment_stop(1)]))
    (folder / "plans").mkdir()
    (folder / "plans" / f"{WEEK}.json").write_text(render_plan(monday), encoding="utf-8")
    return folder


def write(path: Path, *lines: str) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def stock(space: Path) -> None:
    write(space / "stock.csv", "id,name,min,target", "tea,Tea,2,5", "cup,Cup [red],10,20")


def test_the_lists_of_a_new_workspace_have_no_fault(space: Path, run: Run) -> None:
    code, out, _err = run("partners", "check", "-w", space)
    assert (code, out.splitlines()[0]) == (0, "4 Partner, kein Fehler; davon 0 für Notfälle.")


def test_an_empty_stock_says_how_to_begin(space: Path, run: Run) -> None:
    code, _out, err = run("stock", "list", "-w", space)
    assert code == 1
    assert "Die Liste hat noch keine Zeile" in err


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("stock.csv", ("stock", "list")),
        ("stock.csv", ("stock", "check")),
        ("partners.csv", ("partners", "list")),
        ("partners.csv", ("partners", "check")),
        ("crew.csv", ("crew", "check")),
    ],
)
def test_a_list_that_is_missing_is_named_with_how_to_begin(
    name: str, command: tuple[str, ...], space: Path, run: Run
) -> None:
    (space / name).unlink()
    code, _out, err = run(*command, "-w", space)
    assert code == 1
    assert "Die Liste gibt es noch nicht" in err
    assert str(space / name) in err.replace("\n", "")
    assert "name, " in err


def test_stock_is_counted_used_and_added(space: Path, run: Run) -> None:
    stock(space)
    run("stock", "count", "tea=4", "cup=30", "-w", space)
    run("stock", "use", "tea", "3", "-w", space)
    code, out, _err = run("stock", "add", "cup=1", "-w", space)
    assert (code, out.splitlines()[-1]) == (0, str(space / "stock_log.csv"))
    rows = json.loads(run("stock", "list", "-w", space, "--json")[1])
    assert [(row["level"], row["missing"], row["is_short"]) for row in rows] == [
        *((1, 4, True), (31, 0, False)),
    ]


def test_check_says_what_to_buy_and_what_to_count(space: Path, run: Run) -> None:
    stock(space)
    run("stock", "count", "tea=1", "-w", space)
    out = run("stock", "check", "-w", space)[1]
    assert "4: Tea (da sind 1, mindestens 2, Soll 5)" in out
    command = f"„tours stock count -w {space}“"
    said = f"Mit {command} zu zählen: Cup [red] (noch nicht gezählt)"
    assert said in " ".join(out.split())


def test_what_was_used_before_the_first_count_is_said_and_no_level_made_up(
    space: Path, run: Run
) -> None:
    stock(space)
    code, out, _err = run("stock", "use", "tea=12", "-w", space)
    assert code == 0
    (line,) = [line for line in out.splitlines() if line.startswith("Tea")]
    assert " ".join(line.split()) == "Tea tea unbekannt 2 5 – nie seit Beginn 12 verbraucht"
    assert "bis jemand zählt: tours stock count tea=ANZAHL" in out
    run("stock", "add", "cup=5", "-w", space)
    run("stock", "use", "cup=2", "-w", space)
    out = run("stock", "check", "-w", space)[1]
    assert "  Tea (seit Beginn 12 verbraucht, noch nicht gezählt)" in out
    assert "  Cup [red] (seit Beginn 2 verbraucht und 5 aufgefüllt, noch nicht gezählt)" in out
    rows = json.loads(run("stock", "list", "-w", space, "--json")[1])
    keys = ("level", "missing", "used_since", "added_since", "counted")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        *((None, None, 12, 0, None), (None, None, 2, 5, None)),
    ]


def test_a_first_count_makes_the_level_known(space: Path, run: Run) -> None:
    stock(space)
    run("stock", "use", "tea=12", "-w", space)
    out = run("stock", "count", "tea=4", "-w", space)[1]
    assert "bis jemand zählt" not in out
    (row, _cup) = json.loads(run("stock", "list", "-w", space, "--json")[1])
    assert (row["level"], row["used_since"], row["counted"]) == (4, 0, "2026-11-23")


def test_a_line_of_the_log_that_is_dated_ahead_hides_no_count(space: Path, run: Run) -> None:
    stock(space)
    write(space / "stock_log.csv", "date,item,change,number", "2027-11-20,tea,count,40")
    run("stock", "count", "tea=4", "-w", space)
    out = run("stock", "list", "-w", space)[1]
    assert "stock_log.csv berichtigen: tea 2027-11-20" in out.replace("\n", " ")
    (row, _cup) = json.loads(run("stock", "list", "-w", space, "--json")[1])
    assert row["level"] == 4


@pytest.mark.parametrize("amounts", [("coffee=1", "tea=1"), ("tea=1", "tea=-1"), ("tea", "x")])
def test_of_what_cannot_be_logged_nothing_is(
    space: Path, run: Run, amounts: tuple[str, str]
) -> None:
    stock(space)
    assert run("stock", "use", "-w", space, "--", *amounts)[0] == 1
    assert not (space / "stock_log.csv").exists()


def test_nothing_is_logged_for_tomorrow(space: Path, run: Run) -> None:
    stock(space)
    code, _out, err = run("stock", "use", "tea=1", "-w", space, "--date", "24.11.2026")
    assert code == 1
    assert err.startswith("Fehler: --date: 24.11.2026")


def test_amounts_are_read() -> None:
    assert read_amounts(["a=1", "b=c=2"]) == [("a", 1), ("b=c", 2)]
    assert read_amounts(["tea", "3"]) == [("tea", 3)]


@pytest.mark.parametrize("texts", [["tea"], ["tea", "3", "cup"], ["=3"], ["tea=1.5"], ["tea=²"]])
def test_amounts_that_say_nothing_are_refused(texts: list[str]) -> None:
    with pytest.raises(TeamError):
        read_amounts(texts)


def test_partners_are_listed_with_what_is_dialled(space: Path, run: Run) -> None:
    write(space / "partners.csv", "name,phone,area", '[b]Amt,"(05551) 12-0",Northeim')
    assert "[b]Amt" in run("partners", "list", "-w", space)[1]
    (row,) = json.loads(run("partners", "list", "-w", space, "--json")[1])
    assert (row["phone"], row["dial"]) == ("(05551) 12-0", "05551120")
    assert row["municipalities"] == ["03155011"]


def test_a_roster_with_enough_people_is_fine(space: Path, run: Run) -> None:
    write(space / "crew.csv", "name,weekday", "AB,Mo", "CD,Mo")
    code, out, _err = run("crew", "check", "-w", space, "--weeks", "1")
    assert code == 0
    assert "Montag, 23. November 2026  AB, CD" in out
    assert out.splitlines()[-1] == (
        "Bis Montag, 23. November 2026 fehlt an keinem Nachmittag jemand (geprüft: 1, je 2 "
        "Personen)."
    )


def test_a_roster_with_too_few_people_is_a_fault_and_a_line_of_the_plan(
    space: Path, run: Run
) -> None:
    write(space / "crew.csv", "name,weekday", "AB,Mo")
    line = "Montag, 23. November 2026: 1 von 2 Personen (AB), eine fehlt"
    code, _out, err = run("crew", "check", "--week", WEEK, "-w", space)
    assert (code, line in err) == (1, True)
    code, out, _err = run("show", "-w", space)
    assert (code, line in out) == (0, True)


def missing_days(err: str) -> list[str]:
    return [line.split(":")[2].strip() for line in err.splitlines()]


def test_a_week_without_a_plan_is_checked_by_its_afternoons(space: Path, run: Run) -> None:
    write(space / "crew.csv", "name,weekday", "AB,Mo", "CD,Mo")
    _code, out, err = run("crew", "check", "--week", "2026-W49", "-w", space)
    assert missing_days(err) == ["Mittwoch, 2. Dezember 2026", "Donnerstag, 3. Dezember 2026"]
    assert "An 2 von 3 Nachmittagen bis Donnerstag, 3. Dezember 2026 fehlt jemand." in out


def test_eight_weeks_are_checked_without_the_days_that_are_not_driven(
    space: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tours.cli.now.today", lambda: dt.date(2026, 11, 26))
    write(space / "crew.csv", "name,weekday", "AB,Mo", "CD,Mo", "AB,Mi", "CD,Mi")
    _code, _out, err = run("crew", "check", "-w", space)
    # Of the week with a plan only its Monday is driven; 24 and 31 December are without service.
    assert missing_days(err) == [
        f"Donnerstag, {day}"
        for day in (
            *("3. Dezember 2026", "10. Dezember 2026", "17. Dezember 2026"),
            *("7. Januar 2027", "14. Januar 2027"),
        )
    ]


def test_days_that_have_been_are_checked_only_on_demand(
    space: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tours.cli.now.today", lambda: dt.date(2026, 11, 25))
    write(space / "crew.csv", "name,weekday", "AB,Mo")
    code, out, _err = run("crew", "check", "-w", space, "--weeks", "1")
    assert (code, "an keinem Nachmittag gefahren" in out) == (0, True)
    assert run("crew", "check", "-w", space, "--week", WEEK)[0] == 1


def test_a_plan_that_cannot_be_read_keeps_no_roster_from_being_checked(
    space: Path, run: Run
) -> None:
    (space / "plans" / f"{WEEK}.json").write_text("{", encoding="utf-8")
    write(space / "crew.csv", "name,weekday", "AB,Mo", "CD,Mo")
    _code, out, err = run("crew", "check", "--week", WEEK, "-w", space)
    assert err.startswith("Warnung: ")
    assert "Mittwoch, 25. November 2026" in out


def test_a_roster_is_data_too(space: Path, run: Run) -> None:
    write(space / "crew.csv", "name,role,weekday", "AB,Fahren,Mo")
    code, out, _err = run("crew", "check", "-w", space, "--week", WEEK, "--json")
    assert (code, json.loads(out)) == (
        1,
        [
            {
                "week": WEEK,
                "date": "2026-11-23",
                "bus": "",
                "members": [{"name": "AB", "role": "Fahren"}],
                "missing": 1,
                "missing_roles": [],
            }
        ],
    )


def test_without_a_roster_the_plan_says_nothing_of_it(space: Path, run: Run) -> None:
    assert "crew.csv" not in run("show", "-w", space)[1]
    assert run("crew", "check", "-w", space)[0] == 1


def test_a_roster_with_faults_does_not_keep_a_plan_from_being_shown(space: Path, run: Run) -> None:
    write(space / "crew.csv", "name,weekday", "AB,Xx")
    code, out, err = run("show", "-w", space)
    assert (code, "Halt 0" in out) == (0, True)
    assert err.startswith("Warnung: crew.csv, Zeile 2, Spalte weekday")


def test_sheets_name_the_faults_of_all_lists_at_once(space: Path, run: Run) -> None:
    write(space / "crew.csv", "name,weekday", "AB,Xx")
    write(space / "partners.csv", "name,phone", "A,1")
    write(space / "stock.csv", "id,name,min,target", "a,A,3,1")
    write(space / "stock_log.csv", "date,item,change,number", "x,a,use,1")
    code, _out, err = run("sheets", "-w", space)
    assert code == 1
    assert sorted(line.split()[1].rstrip(",") for line in err.splitlines()) == [
        *("crew.csv", "partners.csv", "stock.csv", "stock_log.csv"),
    ]


def test_sheets_know_the_lists_and_the_appointment(space: Path, run: Run) -> None:
    write(space / "crew.csv", "name,weekday", "Langenfeld,Mo", "CD,Mo")
    write(
        space / "appointments.csv",
        "id,date,start,end,name,lon,lat,private,unit,language",
        f"{HOME},2026-11-23,14:30,15:00,Amt,9.99,51.70,no,ASD,Arabisch",
    )
    code, out, _err = run("sheets", "-w", space)
    assert code == 0
    front, back = read_pdf(Path(out.splitlines()[-1]).read_bytes())[2:4]
    assert front.has("Langenfeld")
    assert front.has("Sprache: Arabisch – Dolmetschen klären")
    assert back.has("TelefonSeelsorge")
    assert back.has("ASD")


def calendar(space: Path, run: Run) -> str:
    path = Path(run("export", "ics", "-w", space)[1].splitlines()[-1])
    return path.read_text(encoding="utf-8").replace("\n ", "")


def test_names_of_the_crew_stay_off_the_calendar_and_the_map(space: Path, run: Run) -> None:
    write(space / "crew.csv", "name,weekday", "Langenfeld,Mo", "CD,Mo")
    assert "Langenfeld" not in calendar(space, run)
    path = Path(run("map", "-w", space)[1].splitlines()[-1])
    assert "Langenfeld" not in path.read_text(encoding="utf-8")


def test_names_of_the_crew_come_into_the_calendar_on_demand(space: Path, run: Run) -> None:
    write(space / "crew.csv", "name,weekday", "Langenfeld,Mo", "CD,Mo")
    settings = space / "region.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\n[crew]\nnames_in_calendar = true\n", encoding="utf-8")
    assert "Team: Langenfeld\\, CD" in calendar(space, run)


def test_an_unconfirmed_appointment_is_marked(space: Path, run: Run) -> None:
    assert "Familie (unbestätigt)" in run("show", "-w", space)[1]
    assert calendar(space, run).count("STATUS:TENTATIVE") == 1
