"""The monthly tally: bands, the last word about a number, and what may leave the house."""

from __future__ import annotations

import datetime as dt
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from rich.console import Console

from geodata.language import speaking
from tours.coverage.periods import quarter_of
from tours.errors import VisitError
from tours.tally.dialog import ask_tally, find_area
from tours.tally.table import render_district_tally, render_district_tally_json
from tours.tally.tally import (
    AGE,
    TOPIC,
    DistrictTally,
    Tally,
    age_bands,
    district_tally,
    item_text,
    read_count,
    read_month,
)
from tours.visits.log import VisitLog

TODAY = dt.date(2026, 11, 25)
NOW = dt.datetime(2026, 11, 25, 18, 30, tzinfo=dt.UTC)
OCTOBER = dt.date(2026, 10, 1)
Q4 = quarter_of(OCTOBER)
AREAS = ("Stadt Northeim", "Stadtoldendorf", "")


@pytest.mark.parametrize(
    ("ages", "bands"),
    [
        ((14, 21), ("-13", "14-15", "16-17", "18-21", "22-")),
        ((12, 27), ("-11", "12-13", "14-15", "16-17", "18-21", "22-24", "25-27", "28-")),
        ((15, 27), ("-14", "15-17", "18-21", "22-24", "25-27", "28-")),
        ((14, 18), ("-13", "14-15", "16-18", "19-")),
        ((16, 16), ("-15", "16-16", "17-")),
    ],
)
def test_bands_follow_the_ages_of_the_service(
    ages: tuple[int, int], bands: tuple[str, ...]
) -> None:
    assert age_bands(*ages) == bands


def test_bands_have_names() -> None:
    with speaking("de"):
        names = [item_text(AGE, band) for band in ("-13", "14-15", "16-16", "22-")]
    assert names == ["bis 13 Jahre", "14 bis 15 Jahre", "16 Jahre", "22 Jahre und älter"]


def test_a_topic_of_the_team_keeps_its_words() -> None:
    with speaking("de"):
        assert [item_text(TOPIC, t) for t in ("housing", "Feuerwehr")] == ["Wohnen", "Feuerwehr"]


@pytest.mark.parametrize("text", ["2026-10", "10.2026", " 10/2026 "])
def test_months_are_read(text: str) -> None:
    assert read_month(text, TODAY) == OCTOBER


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "Oktober", "2026-12", "1999-12", "0000-1"])
def test_other_words_are_no_months(text: str) -> None:
    with pytest.raises(VisitError):
        read_month(text, TODAY)


@pytest.mark.parametrize("text", ["", "-1", "3,5", "Max, 16", "5001", "٣" * 9, "9" * 5000])
def test_only_numbers_are_counted(text: str) -> None:
    with pytest.raises(VisitError):
        read_count(text)


def test_areas_are_found_by_number_and_name() -> None:
    assert [find_area(AREAS, text) for text in ("1", "STADT N", "übr")] == [AREAS[0], AREAS[0], ""]


@pytest.mark.parametrize("text", ["", "4", "0", "Stadt", "x"])
def test_no_area_is_guessed(text: str) -> None:
    with pytest.raises(VisitError):
        find_area(AREAS, text)


@pytest.fixture
def log(tmp_path: Path) -> VisitLog:
    return VisitLog(tmp_path / "visits.db")


def tally(item: str, count: int, kind: str = AGE, area: str = "") -> Tally:
    return Tally(area, OCTOBER, kind, item, count)


def test_the_last_word_about_a_number_holds(log: VisitLog) -> None:
    log.count([tally("14-15", 3), tally("16-17", 1)], now=NOW)
    log.count([tally("14-15", 4)], now=NOW)
    assert log.tallies() == (tally("14-15", 4), tally("16-17", 1))


def test_numbers_are_only_added(log: VisitLog) -> None:
    log.count([tally("14-15", 3)], now=NOW)
    with closing(sqlite3.connect(log.path)) as connection:
        for command in ("UPDATE tallies SET count = 9", "DELETE FROM tallies"):
            with pytest.raises(sqlite3.IntegrityError, match="only added"):
                connection.execute(command)


def test_the_dialog_asks_for_area_month_and_each_number() -> None:
    answers = iter(["1", "", "2", "zwei", "4", ""])
    told: list[str] = []
    found = ask_tally(
        AREAS,
        [(AGE, "14-15"), (AGE, "16-17"), (TOPIC, "school")],
        [],
        TODAY,
        area=None,
        month=None,
        ask=lambda _question: next(answers),
        tell=told.append,
    )
    assert found == [tally("14-15", 2, area=AREAS[0]), tally("16-17", 4, area=AREAS[0])]
    assert len(told) == 1


def test_where_the_input_ends_nothing_more_is_asked() -> None:
    asked: list[str] = []

    def end(question: str) -> str:
        asked.append(question)
        raise VisitError("The input ended")

    with pytest.raises(VisitError, match="ended"):
        ask_tally(
            AREAS, [(AGE, "14-15")], [], TODAY, area="", month=OCTOBER,
            ask=end, tell=lambda _text: None,
        )  # fmt: skip
    assert len(asked) == 1


def test_a_number_that_stays_is_not_logged_again() -> None:
    found = ask_tally(
        AREAS, [(AGE, "14-15")], [tally("14-15", 2)], TODAY, area="", month=OCTOBER,
        ask=lambda _question: "2", tell=lambda _text: None,
    )  # fmt: skip
    assert found == []


def shown(*tallies: Tally) -> DistrictTally:
    return district_tally(tallies, Q4, ("14-15", "16-17", "18-21"), ("school", "housing"))


def test_areas_are_added_up() -> None:
    found = shown(tally("14-15", 3, area="A"), tally("14-15", 4, area="B"))
    assert found == DistrictTally(
        (("14-15", 7), ("16-17", 0), ("18-21", 0)), (("school", 0), ("housing", 0)), 7
    )


def test_other_months_do_not_count() -> None:
    later = Tally("", dt.date(2027, 1, 1), AGE, "14-15", 9)
    assert shown(later).total == 0


def test_a_quarter_in_which_nothing_was_counted_has_no_zeros() -> None:
    out = io.StringIO()
    Console(file=out).print(render_district_tally(shown(), "2026-Q4"))
    assert out.getvalue() == "Im Quartal 2026-Q4 wurde nichts gezählt.\n"
    assert '"counted": false' in render_district_tally_json(shown(), "2026-Q4")
    assert '"counted": true' in render_district_tally_json(shown(tally("14-15", 0)), "2026-Q4")


def test_a_small_age_band_takes_another_one_along() -> None:
    found = shown(tally("14-15", 2), tally("16-17", 8), tally("18-21", 20))
    assert found.ages == (("14-15", None), ("16-17", None), ("18-21", 20))
    assert found.total == 30


def test_topics_below_five_are_hidden_and_zeros_are_not() -> None:
    found = shown(tally("school", 4, TOPIC), tally("Feuerwehr", 5, TOPIC))
    assert found.topics == (("school", None), ("housing", 0), ("Feuerwehr", 5))
