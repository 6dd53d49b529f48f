"""The workbook of a week, read again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from geodata.language import speaking
from tours.export.xlsx import render_xlsx
from tours.plan import Plan


def book(plan: Plan) -> Workbook:
    return load_workbook(BytesIO(render_xlsx(plan)))


def test_each_stop_has_a_row_and_each_afternoon_a_way_back(plan: Plan) -> None:
    rows = list(book(plan).worksheets[0].iter_rows(min_row=2, values_only=True))
    wanted = [
        name
        for tour in plan.tours
        for name in (*(stop.name for stop in tour.stops), None)
        if tour.stops
    ]
    assert len(rows) == len(wanted)
    assert [row[3] for row, name in zip(rows, wanted, strict=True) if name] == [
        name for name in wanted if name
    ]


def test_times_and_dates_are_times_and_dates(plan: Plan) -> None:
    first = next(book(plan).worksheets[0].iter_rows(min_row=2, values_only=True))
    tour = plan.tours[0]
    start = tour.stops[0].start_s
    assert first[0] == dt.datetime.combine(tour.date, dt.time())
    assert first[7] == dt.time(start // 3600, start // 60 % 60)


def test_the_head_stays_when_the_sheet_is_scrolled(plan: Plan) -> None:
    assert {sheet.freeze_panes for sheet in book(plan).worksheets} == {"A2"}


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "@x", "-2", '=HYPERLINK("x")'])
def test_a_hostile_name_is_no_formula(name: str, plan: Plan) -> None:
    tour = plan.tours[0]
    stops = (replace(tour.stops[0], name=name), *tour.stops[1:])
    made = replace(plan, tours=(replace(tour, stops=stops), *plan.tours[1:]))
    cell = book(made).worksheets[0]["D2"]
    assert (cell.data_type, cell.value) == ("s", f"'{name}")


def test_estimates_are_called_so(plan: Plan) -> None:
    with speaking("de"):
        sheet = book(plan).worksheets[0]
    assert any("Schätzung" in str(cell.value) for cell in sheet[1])


def test_the_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    assert render_xlsx(plan) == render_xlsx(plan)


@pytest.mark.parametrize(("kind", "german"), [("appointment", "Termin"), ("of_later", "of_later")])
def test_a_stop_that_is_no_meeting_place_has_its_row(kind: str, german: str, plan: Plan) -> None:
    tour = plan.tours[0]
    stops = (replace(tour.stops[0], kind=kind), *tour.stops[1:])
    made = replace(plan, tours=(replace(tour, stops=stops), *plan.tours[1:]))
    with speaking("de"):
        assert book(made).worksheets[0]["E2"].value == german
