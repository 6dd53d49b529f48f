"""Lists of the monthly tally as offices keep them: by row, by column, all faults at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from hostile_texts import HOSTILE
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from small_tallies import (
    AREAS,
    BANDS,
    NAMES,
    OCTOBER,
    SEPTEMBER,
    TODAY,
    read_tallies,
    tally,
)
from small_workbooks import workbook

from tours.errors import VisitError
from tours.tally.listfile import load_tally_list
from tours.tally.names import TallyNames
from tours.tally.tally import TOPIC

OSTDORF = (tally("14-15", 3), tally("school", 2, TOPIC))


def refused(
    folder: Path, content: str | bytes, name: str = "list.csv", **options: str
) -> list[str]:
    with pytest.raises(VisitError) as caught:
        read_tallies(folder, content, name, **options)  # type: ignore[arg-type]  # any option
    assert all(fault.remedy for fault in caught.value.faults)
    return [str(fault) for fault in caught.value.faults]


def places(faults: Sequence[str]) -> list[str]:
    return [fault.split(": ", maxsplit=1)[0] for fault in faults]


@pytest.mark.parametrize(
    "text",
    [
        "Monat;Gebiet;Altersgruppe;Thema;Anzahl\n"
        "September 2026;Stadt Ostdorf;14-15;;3\n09/2026;stadt ostdorf;;Schule;2\n",
        "Monat;Einsatzgebiet;Alter oder Thema;Zahl\n"
        "Sep 26;Ostdorf;14 bis 15 Jahre;3,0\n9.2026;Ostdorf;school;2.0\n",
        "month,area,age group,topic,count\n"
        "2026-09,Ostdorf,14 to 15 years,-,3\n2026-09,Ostdorf,,school,2\n",
        "Jahr\tMonat\tGebiet\tAlter\tThemen\tPersonen\n"
        "2026\tSeptember\tOstdorf\t14–15\t\t3\n2026\t9\tOstdorf\t\tSCHULE\t2\n",
        "Monat;Gebiet;14-15;Schule\n2026-09;Ostdorf;3;2\n",
        "MONAT;Ort;bis 13 Jahre;14 - 15 J.;ab 18;Thema: Schule;Summe\n"
        "01.09.2026;Ostdorf;-;3;;2;5\n\nSumme;;0;3;0;2;5\n",
        '\ufeffMonat,Gebiet,14-15,Schule\r\n\r\n2026-09,Ostdorf,"3,0",2\r\n',
    ],
)
def test_forms_of_offices_are_read_alike(tmp_path: Path, text: str) -> None:
    assert read_tallies(tmp_path, text).tallies == OSTDORF


def test_a_file_as_windows_writes_it_is_read(tmp_path: Path) -> None:
    text = "Monat;Gebiet;14–15\nMärz 2026;Sülbeck;3\n".encode("cp1252")
    (found,) = read_tallies(tmp_path, text).tallies
    assert (found.area, found.month, found.item) == ("Sülbeck", dt.date(2026, 3, 1), "14-15")


@pytest.mark.parametrize("month", [SEPTEMBER, dt.datetime(2026, 9, 1), "September 2026", 9.2026])
def test_months_of_workbooks_are_dates_or_words(tmp_path: Path, month: object) -> None:
    rows = (("Monat", "Gebiet", "14-15", "Schule"), (month, "Ostdorf", 3.0, "2"))
    assert read_tallies(tmp_path, workbook(*rows), "list.xlsx").tallies == OSTDORF


def test_rows_of_a_workbook_have_a_number_each(tmp_path: Path) -> None:
    rows = (
        ("Monat", "Gebiet", "Altersgruppe", "Thema", "Anzahl"),
        (SEPTEMBER, "Ostdorf", "14-15", None, 3),
        (SEPTEMBER, "Ostdorf", None, "Schule", 2),
    )
    assert read_tallies(tmp_path, workbook(*rows), "list.xlsx").tallies == OSTDORF


def test_blank_cells_and_dashes_count_nothing_and_zeros_count(tmp_path: Path) -> None:
    text = "Monat;Gebiet;-13;14-15;16-17;18-;Schule\n2026-09;Ostdorf;;-;–;0; \n"
    assert read_tallies(tmp_path, text).tallies == (tally("18-", 0),)


def test_a_line_without_a_number_says_nothing(tmp_path: Path) -> None:
    text = "Monat;Gebiet;14-15\n2026-09;Ostdorf;3\nStand 3.11.;;\nSept;Atlantis;-\n"
    assert read_tallies(tmp_path, text).tallies == OSTDORF[:1]


def test_area_and_month_can_be_told_beside_the_list(tmp_path: Path) -> None:
    found = read_tallies(tmp_path, "14-15;Schule\n3;2\n", area=AREAS[0], month=SEPTEMBER)
    assert found.tallies == OSTDORF


def test_what_the_list_says_itself_is_not_told_beside_it(tmp_path: Path) -> None:
    found = refused(tmp_path, "Monat;Gebiet;14-15\n2026-09;Ostdorf;3\n", area="")
    assert places(found) == ["list.csv, erste Zeile, Spalte Gebiet"]
    assert "--area" in found[0]


def test_a_district_without_areas_needs_no_column_of_them(tmp_path: Path) -> None:
    names = TallyNames([""], BANDS, ())
    found = read_tallies(tmp_path, "Monat;14-15\n2026-09;3\n", names=names)
    assert found.tallies == (tally("14-15", 3, area=""),)


def test_columns_of_words_and_of_sums_are_not_read_and_named(tmp_path: Path) -> None:
    text = (
        "Monat;Gebiet;14-15;Namen;Gesamt;Kontakte;Bemerkung\n"
        "2026-09;Ostdorf;3;wer weiß;3;17;\n"
        "Summe;;3;;3;17;\n"
    )
    found = read_tallies(tmp_path, text)
    assert found.unread == ("Namen", "Gesamt", "Kontakte", "Bemerkung")
    assert (found.sums, "wer weiß" in repr(found)) == ((3,), False)


def test_other_numbers_of_such_lists_are_named_and_not_counted(tmp_path: Path) -> None:
    text = (
        "Lfd. Nr.;Monat;Gebiet;14-15;Kontakte gesamt;davon neu;davon männlich\n"
        "1;2026-09;Ostdorf;3;9;1;2\n"
    )
    found = read_tallies(tmp_path, text)
    assert found.unread == ("Lfd. Nr.", "Kontakte gesamt", "davon neu", "davon männlich")


def test_numbers_with_a_few_words_among_them_are_no_remarks(tmp_path: Path) -> None:
    text = (
        "Monat;Gebiet;14-15;Graffiti;18-25\n2026-09;Ostdorf;3;1;ca. 4\n"
        "2026-08;Ostdorf;3;2;\n2026-07;Ostdorf;3;viele;\n"
    )
    assert places(refused(tmp_path, text)) == [
        "list.csv, erste Zeile, Spalte Graffiti",
        "list.csv, erste Zeile, Spalte 18-25",
    ]


def test_columns_of_words_beside_rows_of_numbers_are_named_too(tmp_path: Path) -> None:
    text = "Monat;Gebiet;Alter;Anzahl;Schule;Name\n2026-09;Ostdorf;14-15;3;IGS;J.\n"
    found = read_tallies(tmp_path, text)
    assert (found.tallies, found.unread) == (OSTDORF[:1], ("Schule", "Name"))


def test_an_area_and_a_topic_may_begin_like_a_sum(tmp_path: Path) -> None:
    names = TallyNames(["Alle Höfe", ""], BANDS, ["Gesamt Wohnen"])
    text = (
        "Monat;Gebiet;Thema;Anzahl\n2026-09;Alle Höfe;Gesamt Wohnen;3\n"
        "Summe;Alle Höfe;Gesamt Wohnen;3\n"
    )
    found = read_tallies(tmp_path, text, names=names)
    assert [one.count for one in found.tallies] == [3]
    assert found.sums == (3,)


def test_all_faults_come_at_once_with_line_and_column(tmp_path: Path) -> None:
    text = (
        "Monat;Gebiet;14-15;16-17;14-18;Graffiti;Schulle\n"
        "Dezember 2026;Ostdorf;1;1;1;2;1\n"
        "2026-09;Atlantis;1;-2;1;2;1\n"
        "Herbst;Atlantis;1;viele;1;2;1\n"
        "15.09.2026;;3,5;5001;1;2;1\n"
    )
    assert places(refused(tmp_path, text)) == [
        "list.csv, erste Zeile, Spalte 14-18",
        "list.csv, erste Zeile, Spalte Graffiti",
        "list.csv, erste Zeile, Spalte Schulle",
        "list.csv, Zeile 2, Spalte Monat",
        "list.csv, Zeile 3, Spalte 16-17",
        "list.csv, Zeilen 3, 4, Spalte Gebiet",
        "list.csv, Zeile 4, Spalte 16-17",
        "list.csv, Zeile 4, Spalte Monat",
        "list.csv, Zeile 5, Spalte 14-15",
        "list.csv, Zeile 5, Spalte 16-17",
        "list.csv, Zeile 5, Spalte Monat",
        "list.csv, Zeile 5, Spalte Gebiet",
    ]


def test_what_is_wrong_in_many_lines_is_said_once(tmp_path: Path) -> None:
    text = "Monat;Gebiet;14-15\n" + "2026-09;Atlantis;1\n" * 30
    (found,) = refused(tmp_path, text)
    assert "Zeilen 2, 3, 4, 5, 6, 7, 8, 9 und 22 weitere" in found


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("14-18;;1", "Alter", "keine der Altersgruppen"),
        ("2013-12-01;;1", "Alter", "Datum"),
        ("10. Dez;;1", "Alter", "Datum"),
        (";Graffiti;1", "Thema", "keins der Themen"),
        (";Schulle;1", "Thema", "„Schule“ gemeint"),
        (";;1", "Alter", "leer"),
        ("14-15;Schule;1", "Thema", "zusammen"),
        ("14-15;;-1", "Anzahl", "0 bis 5000"),
    ],
)
def test_a_row_that_cannot_be_counted_is_a_fault(
    tmp_path: Path, row: str, column: str, words: str
) -> None:
    text = f"Monat;Gebiet;Alter;Thema;Anzahl\n2026-09;Ostdorf;{row}\n"
    (found,) = refused(tmp_path, text)
    assert places([found]) == [f"list.csv, Zeile 2, Spalte {column}"]
    assert words in found


def test_two_lines_that_contradict_one_another_are_a_fault(tmp_path: Path) -> None:
    text = "Monat;Gebiet;14-15;16-17\n2026-09;Ostdorf;3;1\n9/2026;Ostdorf;4;1\n"
    (found,) = refused(tmp_path, text)
    assert places([found]) == ["list.csv, Zeile 3, Spalte 14-15"]
    assert "4, aber 3 in Zeile 2" in found


def test_what_stands_twice_is_counted_once(tmp_path: Path) -> None:
    text = "Monat;Gebiet;14-15\n2026-09;Ostdorf;3\n9/2026;Ostdorf;3\n"
    found = read_tallies(tmp_path, text)
    assert (found.tallies, found.num_twice) == (OSTDORF[:1], 1)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Tag;Wer\nx;y\n", ["Altersgruppe", "Monat", "Gebiet"]),
        ("Monat;Gebiet;Alter\n2026-09;Ostdorf;14-15\n", ["Anzahl"]),
        ("Monat;Gebiet;14-15;14 bis 15\n2026-09;Ostdorf;1;2\n", ["14 bis 15"]),
        ("Monat;Gebiet;Alter;Anzahl;Schule\n2026-09;Ostdorf;14-15;3;1\n", ["Schule"]),
        ("Monat;Gebiet;Alter;Anzahl;Zahl\n2026-09;Ostdorf;14-15;3;1\n", ["Zahl"]),
        ("Monat;Gebiet;Dez 13\n2026-09;Ostdorf;3\n", ["Dez 13", "Altersgruppe"]),
    ],
)
def test_columns_that_cannot_be_understood_are_faults(
    tmp_path: Path, text: str, columns: list[str]
) -> None:
    assert places(refused(tmp_path, text)) == [
        f"list.csv, erste Zeile, Spalte {column}" for column in columns
    ]


@pytest.mark.parametrize(
    "content", ["", "Monat;Gebiet;14-15\n", "Monat;Gebiet;14-15\n2026-09;x;-\n"]
)
def test_a_file_without_a_number_is_a_fault(tmp_path: Path, content: str) -> None:
    assert places(refused(tmp_path, content)) == ["list.csv"]


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(VisitError, match="nothing"):
        load_tally_list(tmp_path / "nothing.csv", NAMES, TODAY)


def test_a_month_that_has_begun_can_be_counted(tmp_path: Path) -> None:
    text = "Monat;Gebiet;14-15\n11/2026;Ostdorf;3\n10/2026;Ostdorf;1\n"
    months = [one.month for one in read_tallies(tmp_path, text).tallies]
    assert months == [dt.date(2026, 11, 1), OCTOBER]


def test_no_hostile_text_is_counted_and_each_fault_is_a_line(tmp_path: Path) -> None:
    texts = list(dict.fromkeys(ILLEGAL_CHARACTERS_RE.sub("", text).strip() for text in HOSTILE))
    head = ("Monat", "Gebiet", "Alter", "Thema", "Anzahl")
    good = ("2026-09", "Ostdorf", "14-15", "", 3)
    rows = [
        (*good[:column], f" {text}", *good[column + 1 :]) for text in texts for column in range(5)
    ]
    # A blank before it, as else some would be formulas.
    found = refused(
        tmp_path, workbook((*head, *(f" {text}" for text in texts)), *rows), "list.xlsx"
    )
    # Age bands with a topic beside them are one fault.
    assert len(found) == len(rows) - len(texts) + 1
    assert all("\n" not in fault and len(fault) < 500 for fault in found)
