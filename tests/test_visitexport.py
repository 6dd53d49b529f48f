"""The log for spreadsheets: comes back as it went, harmless, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from small_visits import PLANNED, missed, visit

from geodata.language import speaking
from geodata.places import Place
from tours.export.sheetcells import harmless
from tours.visits.export import render_csv, render_xlsx
from tours.visits.listfile import load_visit_list

EVIL = '=HYPERLINK("http://x")'
NAMES = {"markt": "Ostdorf, Markt", "kirche": EVIL}
PLACES = tuple(
    Place(id=id_, name=name, kind="square", lon=10.0, lat=52.0, ags="03000001")
    for id_, name in NAMES.items()
)
VISITS = (
    replace(visit(planned=PLANNED), id=1),
    replace(missed("kirche"), id=2),
    replace(visit("markt", start="18:00", met=0, new=0), id=3),
)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_was_exported_can_be_imported(tmp_path: Path, suffix: str, language: str) -> None:
    path = tmp_path / f"visits.{suffix}"
    with speaking(language):
        path.write_bytes((render_csv if suffix == "csv" else render_xlsx)(VISITS, NAMES))
    found = load_visit_list(path, PLACES, dt.date(2026, 11, 25))
    assert [(d.visit.key, d.visit.entries) for d in found.drafts] == [
        (v.key, v.entries) for v in VISITS
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_a_spreadsheet_would_reckon_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"
    assert harmless(f"1{start}") == f"1{start}"


def test_no_cell_of_the_csv_begins_like_a_formula() -> None:
    text = render_csv(VISITS, NAMES).decode("utf-8-sig")
    assert "HYPERLINK" in text
    assert f';"{EVIL[0]}' not in text


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    book = load_workbook(io.BytesIO(render_xlsx(VISITS, NAMES)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_the_workbook_holds_dates_and_times_and_no_texts_of_them() -> None:
    sheet = load_workbook(io.BytesIO(render_xlsx(VISITS, NAMES))).worksheets[0]
    row = [cell.value for cell in sheet[2]]
    assert row[1:4] == [dt.datetime(2026, 11, 17), dt.time(14, 40), dt.time(15, 40)]


def test_the_same_visits_are_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_xlsx(VISITS, NAMES)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert render_xlsx(VISITS, NAMES) == first


def test_the_workbook_does_not_tell_when_it_was_written() -> None:
    properties = load_workbook(io.BytesIO(render_xlsx(VISITS, NAMES))).properties
    assert (properties.created.year, properties.modified.year) == (1980, 1980)
