"""Hostile texts in every file that leaves the program, read by what others read it with."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import sqlite3
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import geopandas as gpd
import pytest
from hostile_texts import HOSTILE, LONG
from icalendar import Calendar
from openpyxl import load_workbook
from pdf_words import read_pdf
from sheet_examples import DEPOT, MONDAY, basemap, plan, stop, tour
from small_coverage import report
from small_visits import visit
from team_examples import full_team

from geodata.errors import OutreachError
from geodata.language import speaking
from geodata.places import Place
from maps.lettering import printable
from maps.notices import render_notices
from maps.noticewords import load_words
from maps.sheets import render_sheets
from tours.announced import announce
from tours.cli.terminal import ask, say, warn
from tours.coverage.periods import quarter_of
from tours.coverage.workbook import render_workbook
from tours.export.calendar import render_calendar
from tours.export.geo import render_geojson, render_gpkg
from tours.export.gpx import render_gpx
from tours.export.sheetcells import harmless
from tours.export.xlsx import render_xlsx
from tours.leftout import Cancelled, Unassigned
from tours.places import export as placesexport
from tours.plan import Plan
from tours.tally.changes import TallyChange
from tours.tally.table import (
    render_district_tally,
    render_district_tally_json,
    render_tallies,
    render_tallies_json,
    render_tally_changes,
)
from tours.tally.tally import TOPIC, Tally, district_tally
from tours.team.day import team_days
from tours.timetable import render_timetable
from tours.visits.export import render_csv as visits_csv
from tours.visits.export import render_xlsx as visits_xlsx

CONTROLS = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), *range(127, 160))))
STEERING = {*CONTROLS, *"\r\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
MONTH = dt.date(2026, 9, 1)
QUARTER = quarter_of(MONTH)
GPX = "{http://www.topografix.com/GPX/1/1}"
PER_AFTERNOON = 6


def without(text: str, letters: str) -> str:
    return text.translate(dict.fromkeys(map(ord, letters)))


@lru_cache
def week() -> Plan:
    """Return a week with a stop for each text, and all texts at once wherever one can stand."""
    every = "".join(HOSTILE)
    halts = [
        stop(n % PER_AFTERNOON, name=text, municipality=text, place_id=f"{n}-{text[:80]}")
        for n, text in enumerate(HOSTILE)
    ]
    tours = [
        replace(
            tour(n % 5, halts[first : first + PER_AFTERNOON]),
            id=f"t{n}",
            bus=f"{n} {HOSTILE[n]}",
            depot=replace(DEPOT, name=HOSTILE[-1 - n]),
        )
        for n, first in enumerate(range(0, len(halts), PER_AFTERNOON))
    ]
    left = tuple(
        Unassigned(f"u{n}", text, "square", "03155011", text, 10.0, 51.7, "outranked")
        for n, text in enumerate(HOSTILE)
    )
    return plan(
        *tours, service=every, district=every, attribution=every,
        unassigned=left, cancelled=(Cancelled(MONDAY, every),),
    )  # fmt: skip


def flat(text: str) -> str:
    """Return a text as a file with one kind of line end gives it back."""
    return re.sub("\r\n?", "\n", text)


def test_the_calendar_holds_them_and_nothing_more() -> None:
    some = week()
    crew = {one.id: list(HOSTILE) for one in some.tours}
    file = render_calendar(some, crew, announced=announce(some, state="NI"))
    assert re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", file) is None
    events = Calendar.from_ical(file).walk("VEVENT")
    allowed = "".join(map(chr, (*range(128, 160), 9)))
    removed = "".join(c for c in CONTROLS if c not in allowed)
    wanted = {flat(without(f"{some.service}: {text}", removed)) for text in HOSTILE}
    assert {flat(str(one["SUMMARY"])) for one in events} == wanted
    assert len(events) == 2 * len(HOSTILE)
    assert not any("ATTENDEE" in one for one in events)


def test_the_file_for_navigation_holds_them() -> None:
    root = ElementTree.fromstring(render_gpx(week()))
    illegal = "".join(c for c in CONTROLS if ord(c) < 32)
    names = [point.findtext(f"{GPX}name") for point in root.findall(f"{GPX}wpt")]
    assert names == [
        flat(without(f"{n % PER_AFTERNOON + 1} {text}", illegal)) for n, text in enumerate(HOSTILE)
    ]


def test_geojson_holds_them_to_the_letter() -> None:
    features = json.loads(render_geojson(week()))["features"]
    names = [one["properties"]["name"] for one in features if one["geometry"]["type"] == "Point"]
    assert names == list(HOSTILE)


def test_the_geopackage_holds_them(tmp_path: Path) -> None:
    path = tmp_path / "week.gpkg"
    path.write_bytes(render_gpkg(week()))
    names = [text.replace("\0", "") for text in HOSTILE]
    assert list(gpd.read_file(path, layer="stops")["name"]) == names
    with sqlite3.connect(path) as file:
        assert [name for (name,) in file.execute("select name from stops order by fid")] == names


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    period = report().period
    row = replace(period.municipalities[0], name=HOSTILE[-3])
    hostile = replace(report(), service="".join(HOSTILE), period=replace(period, areas=(row,)))
    for file in (render_xlsx(week()), render_workbook(hostile)):
        cells = [cell for sheet in load_workbook(io.BytesIO(file)) for r in sheet for cell in r]
        assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
        assert [text for text in texts if re.match(r"[=+\-@\t]", text)] == []


def test_the_workbook_of_the_week_holds_them() -> None:
    sheet = load_workbook(io.BytesIO(render_xlsx(week()))).worksheets[1]
    illegal = "".join(c for c in CONTROLS if ord(c) < 32)
    found = [flat(str(row[0])) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert found == [flat(without(harmless(text), illegal)) for text in HOSTILE]


def test_day_sheets_show_them_as_text_or_shortened_with_an_ellipsis() -> None:
    some = week()
    found = read_pdf(render_sheets(some, basemap(name=HOSTILE[0])))
    for text in map(printable, HOSTILE):
        whole = any(page.has(text) for page in found)
        begins = (text[:k] + "…" for k in range(8, min(len(text), 80)))
        assert whole or any(page.has(begin) for begin in begins for page in found), text[:60]


def test_the_backs_of_day_sheets_show_them_as_text() -> None:
    one = plan(tour(0, [stop(0)]))
    for text in ("".join(HOSTILE[:8]), HOSTILE[-1]):
        team = full_team(typed=text)
        found = read_pdf(render_sheets(one, basemap(), days=team_days(team, one)))
        assert any(page.has(printable(text)[:10]) for page in found)


def test_the_name_of_a_bus_is_set_whatever_it_holds() -> None:
    for text in ("".join(HOSTILE[:-2]), "\0", "\ufeff\ufffe😀"):
        odd = plan(replace(tour(0, [stop(0)]), bus=text), num_depots=2)
        found = read_pdf(render_sheets(odd, basemap(), days=team_days(full_team(typed="x"), odd)))
        assert any(page.has(printable(text)[:10]) for page in found)


def test_notices_show_them_in_every_language() -> None:
    for first in range(0, len(HOSTILE), 12):
        halts = [
            stop(n % 4, name=text, municipality=text, place_id=f"p{n}")
            for n, text in enumerate(HOSTILE[first : first + 12])
        ]
        one = plan(tour(0, halts))
        words = load_words(["de", "tr", "uk", "ar"], Path("none"))
        told = announce(one, state="NI")
        found = read_pdf(
            render_notices(one, told, basemap(), words, ages=(14, 21), contact=HOSTILE[first])
        )
        assert len(found) == len(halts)
        for page, text in zip(found, HOSTILE[first : first + 12], strict=True):
            # A word of ten thousand letters is broken where the reader of words loses it.
            assert page.has(printable(text)[:20]) or text == LONG[0]


def test_no_letter_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say(render_timetable(week()))
    for text in HOSTILE:
        warn(OutreachError(text, where=text, remedy=text))
    out, err = capsys.readouterr()
    assert STEERING & {*out, *err} == set()
    assert "[red]x[/red]" in out


def test_the_tally_shows_them_and_no_letter_of_it_steers_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tallies = [
        Tally(area, MONTH, TOPIC, topic, n)
        for n, (area, topic) in enumerate(zip(HOSTILE, reversed(HOSTILE), strict=True))
    ]
    changes = [TallyChange(one, 1) for one in tallies]
    say(render_tallies(tallies), render_tally_changes(changes))
    say(render_district_tally(district_tally(tallies, QUARTER, ["14-15"], HOSTILE), "2026-Q3"))
    out = capsys.readouterr().out
    assert STEERING & {*out} == set()
    assert out.count("[red]x[/red]") == 5


def test_the_tally_as_json_holds_them_to_the_letter() -> None:
    tallies = [Tally(text, MONTH, TOPIC, text, 7) for text in HOSTILE]
    found = json.loads(render_tallies_json(tallies))
    assert [(one["area"], one["item"]) for one in found] == [(text, text) for text in HOSTILE]
    shown = district_tally(tallies, QUARTER, ["14-15"], HOSTILE)
    assert list(json.loads(render_district_tally_json(shown, "2026-Q3"))["topics"]) == list(HOSTILE)


def test_no_letter_of_a_question_steers_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return "1"

    monkeypatch.setattr("builtins.input", answer)
    ask("".join(HOSTILE))
    assert set(CONTROLS) & set("".join(asked)) == set()


def test_lists_of_visits_hold_the_names_and_no_formula() -> None:
    visits = [replace(visit("markt"), place=f"p{n}", id=n) for n in range(len(HOSTILE))]
    names = {f"p{n}": text for n, text in enumerate(HOSTILE)}
    wanted = [flat(harmless(text)) for text in HOSTILE]
    with speaking("en"):
        text = visits_csv(visits, names).decode("utf-8-sig")
    rows = csv.reader(io.StringIO(text, newline=""))
    assert [flat(row[7]) for row in rows][1:] == wanted
    sheet = load_workbook(io.BytesIO(visits_xlsx(visits, names))).worksheets[0]
    illegal = "".join(c for c in CONTROLS if ord(c) < 32)
    cells = [row[7] for row in sheet.iter_rows(min_row=2)]
    assert [flat(str(cell.value)) for cell in cells] == [without(text, illegal) for text in wanted]
    assert {cell.data_type for cell in cells} == {"s"}


def test_lists_of_places_hold_the_names(tmp_path: Path) -> None:
    places = [
        Place(id=f"p{n}", name=text, kind="park", lon=10.0, lat=51.7, ags="03155011", note=text)
        for n, text in enumerate(HOSTILE)
    ]
    found = json.loads(placesexport.render_geojson(places))["features"]
    assert [one["properties"]["name"] for one in found] == list(HOSTILE)
    path = tmp_path / "places.gpkg"
    path.write_bytes(placesexport.render_gpkg(places))
    assert list(gpd.read_file(path)["note"]) == [text.replace("\0", "") for text in HOSTILE]
