"""Frozen reports: the same figures have the same digest, and any change is found."""

from __future__ import annotations

import datetime as dt
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import small_coverage
from hypothesis import given
from hypothesis import strategies as st

from tours.coverage.digest import canonical, content_of, digest, digest_of
from tours.coverage.figure import Figure
from tours.coverage.freeze import (
    FrozenReport,
    differences,
    frozen_state,
    read_frozen,
    render_frozen,
    write_frozen,
)
from tours.coverage.periods import Period
from tours.coverage.report import CoverageReport
from tours.errors import CoverageError

REPORT = small_coverage.report(is_frozen=False)


def frozen() -> FrozenReport:
    return read_frozen(render_frozen(REPORT), "2026-Q3.json")


def with_hours(value: float) -> CoverageReport:
    """Return the report with other service hours of the district."""
    row = REPORT.period.district
    figures = (Figure(name="service_hours", value=value), *row.figures[1:])
    district = replace(row, figures=figures)
    return replace(REPORT, period=replace(REPORT.period, district=district))


def test_the_digest_is_that_of_canonical_json() -> None:
    # Reckoned by sha256sum of the file {"a":[1,0.5,"ü"]}.
    assert canonical({"a": [1, 0.5, "ü"]}) == '{"a":[1,0.5,"ü"]}'.encode()
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_the_digest_does_not_depend_on_the_day_it_is_made() -> None:
    later = replace(REPORT, made_on=dt.date(2027, 1, 1), digest="", cells=())
    assert digest_of(later) == digest_of(REPORT)


def test_the_digest_depends_on_every_figure() -> None:
    assert digest_of(with_hours(39.6)) != digest_of(with_hours(39.5))


@given(st.floats(0, 1000, allow_subnormal=False))
def test_a_rounding_of_another_processor_is_no_other_figure(value: float) -> None:
    rounded = round(value, 4)
    assert digest_of(with_hours(rounded)) == digest_of(with_hours(rounded * (1 + 1e-15)))


@given(
    st.dictionaries(
        st.text(max_size=4),
        st.recursive(
            st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
            lambda inner: st.lists(inner, max_size=3),
            max_leaves=5,
        ),
        max_size=4,
    )
)
def test_content_comes_back_from_its_file_with_the_same_digest(body: dict[str, object]) -> None:
    again = json.loads(json.dumps(body, indent=1))
    assert digest(again) == digest(body)
    assert digest(dict(reversed(list(body.items())))) == digest(body)


def test_a_frozen_report_is_intact() -> None:
    one = frozen()
    assert (one.quarter, one.frozen_on, one.is_intact) == ("2026-Q3", small_coverage.MADE_ON, True)
    assert one.digest == digest_of(REPORT)
    assert differences(one, REPORT) == ()


def test_a_figure_that_somebody_edits_breaks_the_digest() -> None:
    text = render_frozen(REPORT).replace('"value": 0.93', '"value": 0.95', 1)
    assert not read_frozen(text, "").is_intact


@pytest.mark.parametrize("value", [float("nan"), "\ud800"])
def test_what_no_report_can_hold_is_no_intact_report(value: object) -> None:
    one = FrozenReport("2026-Q3", small_coverage.MADE_ON, "0" * 64, {"scatter": value})
    assert not one.is_intact


def test_other_figures_of_today_are_told() -> None:
    (found,) = differences(frozen(), with_hours(41))
    assert (found.part, found.row, found.name) == ("period", "Landkreis Serviette", "service_hours")
    assert (found.was, found.now) == (39.5, 41)
    state = frozen_state(frozen(), with_hours(41))
    assert (state.is_intact, state.differs) == (True, ("service_hours",))


def test_a_municipality_that_is_new_is_a_difference() -> None:
    row = small_coverage.row("03000003", "Neu", "municipality", 1)
    period = replace(REPORT.period, municipalities=(*REPORT.period.municipalities, row))
    assert {d.row for d in differences(frozen(), replace(REPORT, period=period))} == {"Neu"}


def test_only_a_quarter_that_is_over_can_be_frozen() -> None:
    with pytest.raises(CoverageError, match="nicht vorbei"):
        render_frozen(replace(REPORT, made_on=dt.date(2026, 9, 30)))
    days = Period(dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    with pytest.raises(CoverageError, match="Quartal"):
        render_frozen(replace(REPORT, period=replace(REPORT.period, period=days)))


def test_of_many_who_write_at_once_one_wins_whole(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "2026-Q3.json"
    texts = [render_frozen(with_hours(n)) for n in range(8)]
    start = threading.Barrier(len(texts))

    def write(text: str) -> str:
        start.wait()
        try:
            write_frozen(path, text)
        except CoverageError as error:
            assert "nicht überschrieben" in str(error)
            return ""
        return text

    with ThreadPoolExecutor(len(texts)) as pool:
        written = [text for text in pool.map(write, texts) if text]
    assert written == [path.read_text(encoding="utf-8")]


def test_a_quarter_without_any_entry_is_not_frozen_by_mistake() -> None:
    empty = replace(REPORT, num_logged=0)
    with pytest.raises(CoverageError, match="nichts eingetragen"):
        render_frozen(empty)
    assert read_frozen(render_frozen(empty, may_be_empty=True), "").is_intact


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', "[" * 100_000, "\ud800"])
def test_what_is_no_frozen_report_is_refused(text: str) -> None:
    with pytest.raises(CoverageError, match="nicht lesbar"):
        read_frozen(text, "2026-Q3.json")


def test_a_frozen_report_without_its_rows_is_damaged() -> None:
    one = replace(frozen(), content={"period": {"municipalities": 3}})
    with pytest.raises(CoverageError, match="beschädigt"):
        differences(one, REPORT)


def test_nothing_hidden_stands_in_the_file() -> None:
    content = content_of(REPORT)
    period = content["period"]
    assert isinstance(period, dict)
    west = period["municipalities"][0]["figures"]
    assert [f["value"] for f in west if f["reason"] == "hidden"] == [None, None]


def test_of_last_visits_only_the_month_is_frozen() -> None:
    days = {str(place.last_visit) for place in REPORT.places if place.last_visit}
    text = render_frozen(REPORT)
    assert days
    assert [day for day in days if f'"last_visit": "{day}"' in text] == []
    assert all(f'"last_visit": "{day[:7]}"' in text for day in days)
