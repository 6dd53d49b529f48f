"""The coverage report as PDF: what stands on which page, and that nothing breaks it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache

import pytest
from coverage_districts import named, region
from pdf_words import Page, read_pdf
from sheet_examples import HOSTILE
from small_coverage import EAST, WEST, empty_row, report

from geodata.language import speaking
from maps.coverage.report import render_coverage_report
from maps.coverage.shades import legend
from maps.coverage.tables import count_tables
from maps.lettering import printable
from tours.coverage.figure import UNITS, Coverage, Figure, Row
from tours.coverage.names import figure_name
from tours.coverage.reasons import reason_text
from tours.coverage.report import ScorecardGroup


@lru_cache
def usual() -> tuple[bytes, list[Page]]:
    pdf = render_coverage_report(report(), region())
    return pdf, read_pdf(pdf)


def page_with(words: str) -> Page:
    return next(page for page in usual()[1] if page.has(words))


def test_same_report_same_bytes() -> None:
    assert render_coverage_report(report(), region()) == usual()[0]


def test_date_of_the_file_is_the_day_the_report_was_made() -> None:
    assert b"/CreationDate(D:20261005000000" in usual()[0]


def test_file_is_tagged_and_says_its_language_and_title() -> None:
    pdf = usual()[0]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang(de)" in pdf
    assert b"Leistungsbericht 3. Quartal 2026" in pdf


def test_fonts_are_only_lato() -> None:
    fonts = re.findall(rb"/BaseFont/([^\s/]+)", usual()[0])
    assert fonts
    assert all(re.fullmatch(rb"[A-Z]{6}\+Lato-(Regular|Bold|Black)", font) for font in fonts)


def test_first_page_says_who_when_and_what_was_reached() -> None:
    page = usual()[1][0]
    assert page.has("Leistungsbericht 3. Quartal 2026")
    assert page.has("Bus · Landkreis Serviette · 1. Juli 2026 bis 30. September 2026")
    assert page.has("erstellt am 5. Oktober 2026")
    # Of the district: hours per 1000, gap, kept, contacts per hour and completeness are reached.
    assert page.has("5 von 10 Zielen erreicht")


def test_first_page_names_what_was_not_reached_with_value_and_target() -> None:
    assert usual()[1][0].has("(81 % statt mind. 85 %)")


def test_first_page_has_a_row_for_each_figure_of_the_scorecard() -> None:
    page = usual()[1][0]
    for group in report().scorecard:
        for figure in group.period:
            assert page.has(figure_name(figure.name)), figure.name


def test_first_page_says_why_a_figure_has_no_trend() -> None:
    words = "Ohne Trend, Zahlen des Zeitraums davor sind verborgen: Anteil neuer Kontakte"
    assert usual()[1][0].has(words)


def test_first_page_says_of_how_many_a_share_is_and_what_it_leaves_out() -> None:
    shares = (
        Figure(name="kept", value=0.94, base=(47, 50), num_open=3, target=0.9),
        Figure(name="punctual", value=1.0, base=(47, 47), target=0.85, notes=("as_planned",)),
    )
    group = ScorecardGroup("process", shares, shares)
    page = read_pdf(render_coverage_report(replace(report(), scorecard=(group,)), region()))[0]
    assert page.has("47 von 50, 3 offen")
    assert page.has("Pünktliche Ankünfte: die meisten Ankünfte sind die des Plans")


def test_first_page_says_which_budget_for_how_many_hours_an_hour_costs() -> None:
    # 15,123.29 and 5,041.10 euro by 415 euro an hour.
    assert usual()[1][0].has("415 €" + "20.164 € für 48,6 h")


def test_what_is_not_known_any_more_is_no_target_that_was_reached() -> None:
    figures = (
        Figure(name="kept", reason="removed"),
        Figure(name="equity", value=0.2, target=0.3, is_ceiling=True, notes=("month_sums",)),
    )
    group = ScorecardGroup("process", figures, figures)
    page = read_pdf(render_coverage_report(replace(report(), scorecard=(group,)), region()))[0]
    assert page.has("1 von 1 Zielen erreicht; nicht mehr bekannt: 1")
    assert page.has("Ohne Wert" + "Angekündigte Halte, die stattfanden.")
    assert page.has("gelöscht sind: Ungleichheit zwischen den Gemeinden")


def test_frozen_report_says_when_and_with_which_checksum() -> None:
    assert usual()[1][0].has("Eingefroren am 02.10.2026")
    assert usual()[1][-1].has("0123456789abcdef" * 4)


def test_hidden_counts_are_a_sign_that_is_explained() -> None:
    page = page_with("Kontakte je Monat")
    assert page.has("Westdorf" + "•" + "•" + "7" + "17")
    assert page.has("• verborgen: unter 3")


def test_hidden_contacts_of_a_municipality_stand_nowhere() -> None:
    page = page_with("Junge Menschen" + "Stunden vor Ort")
    assert page.has("Westdorf" + "250" + "39,5" + "41" + "52,3")
    assert page.has("• verborgen: kleine Zahlen")


def test_many_months_stand_in_several_tables() -> None:
    months = tuple(dt.date(2025 + k // 12, k % 12 + 1, 1) for k in range(21))
    long = replace(
        report().tables[0], months=months, counts=((5,) * 21,) * 2, month_totals=(10,) * 21
    )
    tables = count_tables(report(), long, {})
    assert [len(table.columns) for table in tables] == [9, 9, 7]
    assert [table.columns[-1].head for table in tables] == ["August 2025", "April 2026", "Zusammen"]
    found = read_pdf(render_coverage_report(replace(report(), tables=(long,)), region()))
    assert any(page.has("September 2026") for page in found)


def test_cost_per_funder() -> None:
    page = page_with("Kosten je Geldgeber")
    assert page.has("Stiftung #1")
    assert page.has("15.123")
    assert page.has("– keine Stunden vor Ort")
    assert page.has("Kosten je Stunde vor Ort: in den letzten vier Wochen ist nichts eingetragen")


def test_first_page_says_what_the_cost_of_an_hour_leaves_out() -> None:
    assert usual()[1][0].has("gezählt ist nur das Budget der Tage, seit denen das Protokoll")


def test_last_page_says_who_decides_and_on_what_grounds() -> None:
    page = usual()[1][-1]
    assert page.has("die oder der Datenschutzbeauftragte des Trägers")
    assert page.has("§§ 61 bis 65 SGB VIII")


def test_every_page_says_its_number_and_its_source() -> None:
    pages = usual()[1]
    for number, page in enumerate(pages, start=1):
        assert page.has(f"Seite {number}/{len(pages)}")
        assert page.has("© Serviette")
    assert all(page.has("Bus · Landkreis Serviette · Leistungsbericht") for page in pages[1:])


def test_figures_that_fail_their_target_by_less_than_is_written_say_so() -> None:
    near = Figure(name="punctual", value=0.847, target=0.85)
    group = ScorecardGroup("process", (near,), (near,))
    found = read_pdf(render_coverage_report(replace(report(), scorecard=(group,)), region()))
    assert found[0].has("knapp 85 % statt mind. 85 %")


def test_forty_municipalities_with_long_names_overflow_no_page() -> None:
    names = [f"Samtgemeinde Obernfeld-Niederkirchen {k:02d} an der Großen Aue" for k in range(40)]
    assert min(map(len, names)) >= 55
    long, land = named(names)
    found = read_pdf(render_coverage_report(long, land))
    first = [k for k, page in enumerate(found) if page.has("Ziele und Ergebnisse im Landkreis")]
    assert first == [0]
    assert found[0].has("In 26 Wochen")
    tables = [page for page in found if page.has("Junge Menschen" + "Stunden vor Ort")]
    assert [name for name in names if not any(page.has(name) for page in tables)] == []
    # The head of a table comes again on each of its pages.
    assert sum(page.has("Nr." + "Gemeinde") for page in tables) >= 4


def test_report_without_visits_targets_areas_and_budget_is_set() -> None:
    period = report().period.period
    empty = Coverage(
        period,
        (
            empty_row(WEST, "Westdorf", "municipality", 250),
            empty_row(EAST, "Ostdorf", "municipality", None),
        ),
        (),
        empty_row("03000", "Landkreis Serviette", "district", None),
    )
    bare = replace(
        report(is_frozen=False), period=empty, year=empty, scorecard=(), costs=(), tables=(),
        cells=(), num_visits=0, num_logged=0, digest="",
    )  # fmt: skip
    found = read_pdf(render_coverage_report(bare, region()))
    assert found[0].has("Keine Ziele festgelegt")
    assert found[0].has("0 von 2")
    assert found[0].has("Nicht eingefroren")
    assert found[0].has("Zu diesem Zeitraum ist nichts eingetragen")


def test_removed_visits_are_no_lack_of_visits() -> None:
    def removed(row: Row) -> Row:
        return replace(row, figures=tuple(Figure(name=n, reason="removed") for n in UNITS))

    plain = report().period
    period = replace(
        plain,
        municipalities=tuple(map(removed, plain.municipalities)),
        district=removed(plain.district),
    )
    old = replace(report(), period=period, removed_before=dt.date(2026, 9, 15))
    first = read_pdf(render_coverage_report(old, region()))[0]
    assert first.has("Besuche vor dem 15.09.2026 sind gelöscht")
    assert first.has("die Besuche sind aus dem Protokoll gelöscht")
    assert not first.has("Ohne Besuch")
    assert not first.has("0 von 2")


def test_english_report() -> None:
    with speaking("en"):
        found = read_pdf(render_coverage_report(report(), region()))
    assert found[0].has("5 of 10 targets reached")
    assert found[0].has("1 July 2026 to 30 September 2026")
    assert found[-1].has("data protection officer")
    assert not any(page.has("Gemeinde") for page in found)


def test_what_a_person_typed_is_shown_as_text() -> None:
    long, land = named([text or "–" for text in HOSTILE])
    typed = HOSTILE[0]
    cost = replace(long.costs[0], name=HOSTILE[1], areas=(HOSTILE[2],))
    odd = replace(
        long, service=typed, district=HOSTILE[3], costs=(cost, long.costs[1]),
        attribution=HOSTILE[1],
    )  # fmt: skip
    found = read_pdf(render_coverage_report(odd, land))
    tables = [page for page in found if page.has("Junge Menschen" + "Stunden vor Ort")]
    for text in HOSTILE:
        begin = printable(text)[:20]
        assert any(page.has(begin) for page in tables), text
    assert found[0].has(printable(typed)[:20])
    costs = next(page for page in found if page.has("Kosten je Geldgeber"))
    assert costs.has(printable(HOSTILE[1])[:20])
    assert costs.has(printable(HOSTILE[2])[:20])


@pytest.mark.parametrize("reason", ["no_population", "not_served", "no_youth", "no_visit"])
def test_every_reason_has_its_line_in_the_legend(reason: str) -> None:
    plain = report().period
    hours = Figure(name="hours_per_1000", reason=reason)
    figures = tuple(hours if f.name == hours.name else f for f in plain.municipalities[0].figures)
    changed = replace(plain.municipalities[0], figures=figures)
    keys = legend(replace(plain, municipalities=(changed, plain.municipalities[1])), region())
    assert reason_text(reason) in [key.label for key in keys]


def test_names_without_end_are_cut() -> None:
    def pages(name: str) -> int:
        long, land = named([name, f"{name} 2"])
        costs = tuple(replace(one, name=name, areas=(name,)) for one in long.costs)
        odd = replace(long, service=name, district=name, attribution=name, costs=costs)
        found = read_pdf(render_coverage_report(odd, land))
        assert any(page.has(name[:12]) for page in found)
        return len(found)

    assert pages("A" * 10_000) <= pages("Ort" * 40)
