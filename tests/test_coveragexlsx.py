"""The workbook of a report: numbers are numbers, texts are no formulas, the same bytes."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import small_coverage
from openpyxl import Workbook, load_workbook

from geodata.language import speaking
from tours.coverage.workbook import render_workbook

REPORT = small_coverage.report()


@pytest.fixture(scope="module")
def book() -> Workbook:
    with speaking("de"):
        return load_workbook(io.BytesIO(render_workbook(REPORT)))


def rows(book: Workbook, title: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in book[title].iter_rows()]


def test_the_sheets_are_those_of_the_report(book: Workbook) -> None:
    assert book.sheetnames == [
        *("Übersicht", "Zeitraum", "4 Quartale", "Kontakte", "Neue Kontakte", "Treffpunkte"),
        "Erklärungen",
    ]


def test_heads_stay_in_sight(book: Workbook) -> None:
    assert [book[title].freeze_panes for title in ("Zeitraum", "Kontakte")] == ["B2", "B2"]


def test_figures_are_numbers_with_their_format(book: Workbook) -> None:
    head, _west, east, *_rest = rows(book, "Zeitraum")
    column = head.index("Angekündigte Halte, die stattfanden")
    assert east[column] == 0.93
    assert book["Zeitraum"].cell(3, column + 1).number_format == "0 %"


def test_the_trend_is_a_word_or_why_there_is_none(book: Workbook) -> None:
    trends = {row[0]: row[6] for row in rows(book, "Übersicht")}
    assert trends["Pünktliche Ankünfte"] == "weniger als im Zeitraum davor"
    assert trends["Anteil neuer Kontakte"] == "– Zahlen des Zeitraums davor sind verborgen"


def test_what_has_to_be_known_stands_beside_a_figure(book: Workbook) -> None:
    beside = {row[0]: row[10] for row in rows(book, "Übersicht") if len(row) > 10}
    assert beside["Landkreis Serviette"] == (
        "in den letzten vier Wochen ist nichts eingetragen, Stunden können also fehlen"
    )


def test_a_hidden_figure_is_a_word_and_no_number(book: Workbook) -> None:
    head, west, *_rest = rows(book, "Zeitraum")
    assert west[head.index("Kontakte")] == "verborgen"
    assert rows(book, "Kontakte")[1][1:3] == ["verborgen", "verborgen"]
    assert rows(book, "Neue Kontakte")[-1][-1] == "verborgen"


def test_a_missed_target_has_another_colour_than_a_reached_one(book: Workbook) -> None:
    sheet = book["Zeitraum"]
    heads = [cell.value for cell in sheet[1]]
    fills = [
        sheet.cell(3, heads.index(name) + 1).fill.fgColor.rgb
        for name in ("Pünktliche Ankünfte", "Angekündigte Halte, die stattfanden", "Kontakte")
    ]
    assert len(set(fills)) == 3


def test_no_text_becomes_a_formula() -> None:
    row = replace(REPORT.period.municipalities[1], name="=1+1")
    period = replace(REPORT.period, municipalities=(row,))
    place = replace(REPORT.places[0], name="@x\x07", id="-1")
    hostile = replace(REPORT, service="+Bus", period=period, places=(place,))
    found = load_workbook(io.BytesIO(render_workbook(hostile)))
    cells = [cell for sheet in found for row_ in sheet.iter_rows() for cell in row_]
    assert "f" not in {cell.data_type for cell in cells}
    assert {"'=1+1", "'@x", "'-1", "'+Bus, Landkreis Serviette"} <= {cell.value for cell in cells}


def test_the_same_report_has_the_same_bytes() -> None:
    assert render_workbook(REPORT) == render_workbook(small_coverage.report())


def test_it_speaks_english_too() -> None:
    with speaking("en"):
        found = load_workbook(io.BytesIO(render_workbook(REPORT)))
    assert found.sheetnames[0] == "Overview"
