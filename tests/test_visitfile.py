"""Lists of visits as offices keep them: German and English, CSV and XLSX, all faults at once."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from small_workbooks import workbook

from geodata.places import Place
from tours.errors import VisitError
from tours.visits.listfile import VisitList, load_visit_list
from tours.visits.visit import Visit

TODAY = dt.date(2026, 11, 25)
H = 3600
PLACES = tuple(
    Place(id=id_, name=name, kind="square", lon=10.0, lat=52.0, ags="03000001")
    for id_, name in (
        ("markt", "Ostdorf, Markt"),
        ("suelbeck", "Sülbeck, Kirche"),
        ("eins", "Am Thie"),
        ("zwei", "Am Thie"),
    )
)
MARKT = Visit(
    place="markt",
    date=dt.date(2026, 11, 24),
    arrival_s=14 * H + 1800,
    departure_s=15 * H + 900,
    met=3,
    new=1,
)


def read(tmp_path: Path, content: str | bytes, name: str = "list.csv") -> VisitList:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_visit_list(path, PLACES, TODAY)


def visits(found: VisitList) -> list[Visit]:
    return [draft.visit for draft in found.drafts]


def refused(tmp_path: Path, content: str | bytes, name: str = "list.csv") -> list[str]:
    with pytest.raises(VisitError) as caught:
        read(tmp_path, content, name)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "text",
    [
        "Ort;Datum;Ankunft;Abfahrt;Angetroffen;davon neu\nmarkt;24.11.2026;14:30;15:15;3;1\n",
        "place,date,arrival,departure,met,new\nmarkt,2026-11-24,14:30,15:15,3,1\n",
        "Treffpunkt;Tag;von;bis;Kontakte;neu\n"
        "Ostdorf, Markt;Di, 24.11.26;14.30 Uhr;15.15 Uhr;3,0;1,0\n",
        "ORT ;Datum:;Von;Dauer (Std.);Anzahl;Erstkontakte\n"
        "ostdorf, markt;Di. 24.11.2026;14:30;0,75;3;1\n",
        "Ort;Datum;Beginn;Dauer (min);Jugendliche;neue\nmarkt;24.11.2026;14:30:00;45;3;1\n",
        "Ort;Datum;Beginn;Dauer;Jugendliche;neue\r\n\r\nmarkt;24.11.2026;14:30;0:45;3;1\r\n",
        "\ufeffOrt;Datum;Ankunft;Abfahrt;Angetroffen;davon neu\n\nmarkt;24.11.2026;14:30;15:15;3;1",
    ],
)
def test_forms_of_offices_are_read_alike(tmp_path: Path, text: str) -> None:
    assert visits(read(tmp_path, text)) == [MARKT]


def test_a_file_as_windows_writes_it_is_read(tmp_path: Path) -> None:
    text = "Ort;Datum;Von;Bis;Kontakte\nSülbeck, Kirche;24.11.2026;14:30;15:15;3\n"
    (found,) = visits(read(tmp_path, text.encode("cp1252")))
    assert found.place == "suelbeck"


def test_names_may_be_typed_with_accents_as_letters_and_more_blanks(tmp_path: Path) -> None:
    line = unicodedata.normalize("NFD", "Sülbeck,  Kirche;24.11.2026;14:30;15:15;3\n")
    (found,) = visits(read(tmp_path, f"Ort;Datum;Von;Bis;Kontakte\n{line}"))
    assert found.place == "suelbeck"


def test_a_stop_that_did_not_take_place_has_a_reason_and_no_contacts(tmp_path: Path) -> None:
    text = "Ort;Datum;Von;Bis;Kontakte;Grund\nmarkt;24.11.2026;14:30;;;Krank\n"
    (found,) = visits(read(tmp_path, text))
    assert (found.took_place, found.reason, found.arrival_s) == (False, "staff", 14 * H + 1800)


def test_columns_of_words_are_not_read_and_named(tmp_path: Path) -> None:
    text = "Ort;Datum;Von;Bis;Kontakte;Namen\nmarkt;24.11.2026;14:30;15:15;3;wer weiß\n"
    found = read(tmp_path, text)
    assert found.unread == ("Namen",)
    assert "wer weiß" not in repr(found)


def test_all_faults_come_at_once_with_line_and_column(tmp_path: Path) -> None:
    text = (
        "Ort;Datum;Von;Bis;Kontakte;neu\n"
        "nirgends;31.11.2026;25:00;15:15;viele;1\n"
        "markt;24.11.2026;15:30;15:15;3;1\n"
        "markt;26.11.2026;14:30;15:15;3;1\n"
        ";24.11.2026;16:30;;;\n"
        "Am Thie;24.11.2026;14:30;15:15;3;4\n"
    )
    found = refused(tmp_path, text)
    where = [fault.split(": ", maxsplit=1)[0] for fault in found]
    assert where == [
        "list.csv, Zeile 2, Spalte Ort",
        "list.csv, Zeile 2, Spalte Datum",
        "list.csv, Zeile 2, Spalte Von",
        "list.csv, Zeile 2, Spalte Kontakte",
        "list.csv, Zeile 3, Spalte Bis",
        "list.csv, Zeile 4, Spalte Datum",
        "list.csv, Zeile 5, Spalte Ort",
        "list.csv, Zeile 5, Spalte Kontakte",
        "list.csv, Zeile 5, Spalte Bis",
        "list.csv, Zeile 6, Spalte Ort",
    ]
    assert "eins, zwei" in found[-1]


def test_a_name_that_is_nearly_right_is_guessed(tmp_path: Path) -> None:
    text = "Ort;Datum;Von;Bis;Kontakte\nOstdorf Markt;24.11.2026;14:30;15:15;3\n"
    assert "markt" in refused(tmp_path, text)[0]


def test_a_stay_of_a_day_is_taken_for_minutes(tmp_path: Path) -> None:
    text = "Ort;Datum;Von;Stunden;Kontakte\nmarkt;24.11.2026;14:30;45;3\n"
    assert "Spalte Stunden" in refused(tmp_path, text)[0]


def test_missing_columns_are_named(tmp_path: Path) -> None:
    found = refused(tmp_path, "Ort;Datum\nmarkt;24.11.2026\n")
    assert [fault.split(": ")[0].rsplit(" ", 1)[1] for fault in found] == [
        "Ankunft",
        "Angetroffen",
        "Abfahrt",
    ]


def test_two_columns_of_one_meaning_are_a_fault(tmp_path: Path) -> None:
    text = "Ort;Datum;Von;Beginn;Bis;Kontakte\nmarkt;24.11.2026;14:30;14:30;15:15;3\n"
    assert "Beginn" in refused(tmp_path, text)[0]


@pytest.mark.parametrize("content", ["", "Ort;Datum;Von;Bis;Kontakte\n"])
def test_a_file_without_a_visit_is_a_fault(tmp_path: Path, content: str) -> None:
    assert len(refused(tmp_path, content)) == 1


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(VisitError, match="nothing"):
        load_visit_list(tmp_path / "nothing.csv", PLACES, TODAY)


HEAD = ("Ort", "Datum", "Ankunft", "Abfahrt", "Angetroffen", "davon neu")


@pytest.mark.parametrize(
    "row",
    [
        ("markt", dt.date(2026, 11, 24), dt.time(14, 30), dt.time(15, 15), 3, 1),
        ("markt", "24.11.2026", "14:30", "15:15", "3", "1"),
        ("markt", dt.datetime(2026, 11, 24), dt.time(14, 29, 59, 999_900), dt.time(15, 15), 3.0, 1),
        ("Ostdorf, Markt", dt.date(2026, 11, 24), dt.timedelta(hours=14.5), "15.15", 3, 1.0),
    ],
)
def test_cells_of_workbooks_are_read_as_they_are_shown(
    tmp_path: Path, row: Sequence[object]
) -> None:
    assert visits(read(tmp_path, workbook(HEAD, row), "list.xlsx")) == [MARKT]


def test_the_first_sheet_that_holds_something_is_read(tmp_path: Path) -> None:
    row = ("markt", "24.11.2026", "14:30", "15:15", 3, 1)
    content = workbook(HEAD, row, empty_first=True)
    assert visits(read(tmp_path, content, "list.xlsx")) == [MARKT]


def test_lines_of_workbooks_are_counted_as_they_are_shown(tmp_path: Path) -> None:
    row = ("nowhere", "24.11.2026", "14:30", "15:15", 3, 1)
    found = refused(tmp_path, workbook((), HEAD, (), row), "list.xlsx")
    assert "Zeile 4, Spalte Ort" in found[0]


def test_a_workbook_with_a_doubled_column_is_a_fault(tmp_path: Path) -> None:
    found = refused(tmp_path, workbook((*HEAD, "Ort"), ()), "list.xlsx")
    assert "zwei Spalten Ort" in found[0]


def test_a_file_that_only_calls_itself_a_workbook_is_a_fault(tmp_path: Path) -> None:
    assert "XLSX" in refused(tmp_path, b"PK\x03\x04 no zip at all", "list.xlsx")[0]


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_of_another_kind_is_told_from_text(tmp_path: Path, start: bytes) -> None:
    assert "als XLSX" in refused(tmp_path, start + b" of other kind", "list.ods")[0]


def test_what_stands_in_a_column_without_a_name_is_a_fault_in_a_workbook_too(
    tmp_path: Path,
) -> None:
    row = ("markt", "24.11.2026", "14:30", "15:15", 3, 1, "beside")
    found = refused(tmp_path, workbook(HEAD, row), "list.xlsx")
    assert found[0].startswith("list.xlsx, Zeile 2, Spalte G")


def test_a_line_of_a_workbook_may_end_early(tmp_path: Path) -> None:
    row = ("markt", "24.11.2026", "14:30", "15:15", 3)
    (found,) = visits(read(tmp_path, workbook(HEAD, row), "list.xlsx"))
    assert (found.met, found.new) == (3, 0)


def test_a_formula_without_its_result_is_no_empty_cell(tmp_path: Path) -> None:
    row = ("markt", "24.11.2026", "14:30", "15:15", "=1+2", 1)
    (found,) = refused(tmp_path, workbook(HEAD, row), "list.xlsx")
    assert found.startswith("list.xlsx, Zeile 2, Spalte Angetroffen: Die Zelle enthält eine Formel")


def test_a_damaged_workbook_is_a_fault(tmp_path: Path) -> None:
    content = workbook(HEAD)
    begin = content.index(b"xl/worksheets/sheet1.xml") + 40
    damaged = content[:begin] + b"\xff" * 40 + content[begin + 40 :]
    assert "XLSX" in refused(tmp_path, damaged, "list.xlsx")[0]
