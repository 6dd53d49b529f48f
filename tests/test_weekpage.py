"""The week at a glance: how cards and map share the page, however many tours there are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pdf_words import read_pdf
from sheet_examples import ESTIMATE, MONDAY, basemap, plan, stop, tour

from maps.ground import lay_ground
from maps.paper import A4, Part
from maps.sheets import render_sheets
from maps.weekpage import week_pages
from tours.leftout import Cancelled
from tours.plan import Plan

GROUND = lay_ground(basemap())
LONG_NAME = "Jugendtreffpunkt an der Grundschule Ost, Eingang Parkplatz 12"


def week(tours: int, stops: int = 5) -> Plan:
    """Return a week of so many tours, two buses a day where days do not suffice."""
    days = [n if tours <= 7 else n // 2 for n in range(tours)]
    made = [
        replace(tour(day, [stop(i) for i in range(stops)]), bus=f"{n % 2 + 1}" * (tours > 7))
        for n, day in enumerate(days)
    ]
    return plan(*made, network=ESTIMATE, cancelled=(Cancelled(MONDAY, "Feiertag"),))


def cards(pages: list[Part]) -> int:
    return sum(len(page["tours"]) for page in pages)


@pytest.mark.parametrize(("tours", "columns"), [(1, 1), (2, 2), (3, 3), (4, 2), (5, 3), (6, 3)])
def test_cards_fill_their_lines(tours: int, columns: int) -> None:
    assert week_pages(week(tours), GROUND)[0]["columns"] == columns


@pytest.mark.parametrize("tours", range(1, 15))
def test_times_can_be_read_and_the_map_is_no_stamp(tours: int) -> None:
    pages = week_pages(week(tours), GROUND)
    assert cards(pages) == tours
    assert min(page["card"]["row"] for page in pages if page["tours"]) >= 4.2
    assert pages[0]["map"]["height"] >= 65


@pytest.mark.parametrize(("tours", "stops"), [(1, 20), (3, 12), (6, 5)])
def test_long_names_and_breaks_stay_readable(tours: int, stops: int) -> None:
    names = (LONG_NAME, "Am Nörten-Hardenberg")
    halts = [stop(i, name=names[i % 2], rest_s=900 * (i == 1)) for i in range(stops)]
    some = plan(*(replace(tour(n % 7, halts), bus=f"{n}") for n in range(tours)))
    pages = read_pdf(render_sheets(some, basemap()))[: len(week_pages(some, GROUND))]
    told = [(run, size) for page in pages for run, size in page.runs if "Jugend" in run]
    assert len(told) == tours * -(-stops // 2)
    small = {run for page in pages for run, size in page.runs if size < 7 and run.isalpha()}
    assert small <= {"N", "D"}
    assert all(size >= 7 for _run, size in told)


@pytest.mark.parametrize("tours", range(1, 15))
def test_no_part_of_a_page_overflows_it(tours: int) -> None:
    found = read_pdf(render_sheets(week(tours), basemap(is_estimate=True)))
    assert len(found) == len(week_pages(week(tours), GROUND)) + tours * (1 + 3)
    assert all(page.has("Näherungsnetz") for page in found)


def test_four_tours_leave_the_map_more_than_a_third_of_the_page() -> None:
    (page,) = week_pages(week(4), GROUND)
    assert page["map"]["height"] > A4.height_mm / 3
    assert page["map"]["width"] == A4.width_mm


def test_of_too_many_tours_for_one_page_the_map_names_each_and_the_next_page_has_the_times() -> (
    None
):
    some = week(10)
    first, second = week_pages(some, GROUND)
    assert [entry["label"] for entry in first["legend"]][:2] == [
        "Montag, 23. November, Bus 1",
        "Montag, 23. November, Bus 2",
    ]
    assert (len(first["legend"]), len(first["tours"]), len(second["tours"])) == (10, 0, 10)
    page = read_pdf(render_sheets(some, basemap()))[1]
    assert page.has("14:05–14:20")
    assert page.has("Freitag, 27. November 2026, Bus 2")


def test_few_tours_need_no_legend() -> None:
    assert week_pages(week(6), GROUND)[0]["legend"] == []


def test_of_several_buses_each_is_named_on_its_sheets() -> None:
    found = read_pdf(render_sheets(week(8), basemap()))
    assert found[2].has("Montag, 23. November 2026, Bus 1")
    assert found[3].has("Karten der Halte · Montag, 23. November 2026, Bus 1")
