"""The summary of a report on the terminal and as JSON."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import small_coverage
from rich.console import Console, RenderableType

from geodata.language import speaking
from tours.coverage.figure import Figure
from tours.coverage.freeze import Difference
from tours.coverage.names import definition, figure_name, short_name
from tours.coverage.report import Hidden
from tours.coverage.table import (
    cell_text,
    render_coverage,
    render_coverage_json,
    render_differences,
)
from tours.coverage.words import target_text, value_text

REPORT = small_coverage.report()


def shown(part: RenderableType, width: int = 110) -> str:
    out = io.StringIO()
    Console(file=out, width=width).print(part)
    return out.getvalue()


def test_the_summary_fits_its_width_and_shows_names_as_they_are() -> None:
    text = shown(render_coverage(REPORT))
    assert "Ostdorf <b>" in text
    assert "Stiftung #1" in text
    assert "3. Quartal 2026" in text


def test_hidden_missing_and_missed_are_told_apart() -> None:
    hidden = Figure(name="contacts", reason="hidden")
    none = Figure(name="contacts", reason="no_visit")
    missed = Figure(name="kept", value=0.5, target=0.9)
    assert [cell_text(f) for f in (hidden, none, missed)] == ["•", "–", "50 %!"]


def test_values_speak_the_language() -> None:
    figure = Figure(name="hours_per_1000", value=1234.56, target=2, trend="up", is_estimate=True)
    with speaking("de"):
        assert (value_text(figure), target_text(figure)) == ("≈ 1.234,6 ↑", "mind. 2,0")
    with speaking("en"):
        assert (value_text(figure), target_text(figure)) == ("≈ 1,234.6 ↑", "at least 2.0")
    assert value_text(Figure(name="cost_per_hour", value=1234.5)) == "1.234\xa0€"


def test_every_figure_has_a_name_and_a_definition() -> None:
    names = [figure.name for figure in REPORT.period.district.figures]
    for say in (figure_name, short_name, definition):
        assert len(set(map(say, names))) == len(names)


def test_it_is_said_what_is_hidden_or_that_nothing_is() -> None:
    assert "Westdorf, Westen" in shown(render_coverage(REPORT))
    nothing = replace(REPORT, hidden=Hidden(3, 0, ()))
    assert "nichts zu verbergen" in shown(render_coverage(nothing))


def test_a_frozen_quarter_is_told_with_what_differs() -> None:
    text = shown(render_coverage(REPORT))
    assert "am 02.10.2026 eingefroren, Prüfsumme 0123456789ab" in text
    assert "andere Kennzahlen: Angekündigte Halte, die stattfanden" in text


def test_it_is_said_why_there_is_no_arrow() -> None:
    text = shown(render_coverage(REPORT))
    assert "ohne Trend: Zahlen des Zeitraums davor sind verborgen" in " ".join(text.split())


def test_costs_say_what_they_leave_out() -> None:
    text = " ".join(shown(render_coverage(REPORT), 200).split())
    assert "gezählt ist nur das Budget der Tage, seit denen" in text
    assert "Kosten je Stunde vor Ort: in den letzten vier Wochen ist nichts eingetragen" in text


def test_an_empty_period_is_told_above_the_figures() -> None:
    text = " ".join(shown(render_coverage(replace(REPORT, num_logged=0))).split())
    words = "Zu diesem Zeitraum ist nichts eingetragen"
    assert words in text
    assert text.index(words) < text.index("Westdorf")
    assert words not in " ".join(shown(render_coverage(REPORT)).split())


def test_reach_that_is_not_reckoned_is_told_above_the_figures() -> None:
    missing = Figure(name="reach", reason="no_walks")
    row = REPORT.period.district
    figures = tuple(missing if one.name == "reach" else one for one in row.figures)
    period = replace(REPORT.period, district=replace(row, figures=figures))
    text = " ".join(shown(render_coverage(replace(REPORT, period=period))).split())
    assert text.index("Wohngebiete sind nicht geladen") < text.index("Westdorf")


def test_json_is_the_report_without_what_is_hidden() -> None:
    body = json.loads(render_coverage_json(REPORT))
    assert body["period"]["period"]["name"] == "2026-Q3"
    assert body["tables"][0]["counts"][0] == [None, None, 7]
    assert (body["made_on"], body["frozen"]["made_on"]) == ("2026-10-05", "2026-10-02")


def test_differences_have_a_line_each() -> None:
    some = [
        Difference("period", "[b]West", "kept", 0.5, None),
        Difference("year", "Ost", "visits", 3, 4),
    ]
    lines = shown(render_differences(some)).splitlines()
    assert [line.split()[-2:] for line in lines[1:]] == [["%", "–"], ["3", "4"]]
    assert "[b]West" in lines[1]
    assert "(Jahr)" in lines[2]
