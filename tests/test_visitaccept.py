"""What of a list is new to the log, and corrections that fit beside the rest of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from small_visits import DAY, NOW, PLANNED, missed, visit

from tours.errors import VisitError
from tours.plan import Plan
from tours.visits.accept import Accepted, Draft, accept, removed_text
from tours.visits.correct import Correction, corrected
from tours.visits.log import VisitLog
from tours.visits.rows import Entries
from tours.visits.visit import Visit

TODAY = dt.date(2026, 11, 25)


@pytest.fixture
def log(tmp_path: Path) -> VisitLog:
    return VisitLog(tmp_path / "visits.db")


def added(log: VisitLog, *visits: Visit) -> tuple[Visit, ...]:
    return log.add(lambda _entries: visits, now=NOW)


def accepted(log: VisitLog, *visits: Visit, again: bool = False) -> Accepted:
    drafts = [Draft(one, f"line {number}") for number, one in enumerate(visits, start=2)]
    return accept(drafts, log.entries(), (), again=again)


def test_a_list_that_holds_removed_visits_does_not_count_them_twice(log: VisitLog) -> None:
    drafts = [Draft(visit(date=DAY - dt.timedelta(days=days))) for days in (2, 1, 0)]
    found = accept(drafts, log.entries(), (), removed_before=DAY)
    assert ([v.date for v in found.new], found.known, found.removed) == ([DAY], 0, 2)
    assert removed_text(found, DAY).startswith(f"2 vor dem {DAY:%d.%m.%Y} ausgelassen")
    assert removed_text(accepted(log, visit()), None) == ""


def test_what_is_in_the_log_is_not_added_again(log: VisitLog) -> None:
    added(log, visit(), missed("kirche"))
    found = accepted(log, visit(), missed("kirche"), visit("schule"))
    assert ([v.place for v in found.new], found.known) == (["schule"], 2)


def test_what_is_twice_in_a_list_is_added_once(log: VisitLog) -> None:
    assert accepted(log, visit(), visit()) == Accepted((visit(),), 1)


def test_a_list_that_was_corrected_since_adds_nothing(log: VisitLog) -> None:
    (first,) = added(log, visit())
    log.correct(first.id, lambda was, _entries: replace(was, arrival_s=53_000), now=NOW)
    assert accepted(log, visit()) == Accepted((), 1)


def test_a_list_does_not_bring_back_what_was_taken_back(log: VisitLog) -> None:
    log.withdraw(added(log, visit())[0].id, now=NOW)
    assert accepted(log, visit()).known == 1
    assert accepted(log, visit(), again=True).new == (visit(),)


def test_other_numbers_for_the_same_visit_are_refused_all_at_once(log: VisitLog) -> None:
    added(log, visit(), visit("kirche"))
    with pytest.raises(VisitError) as caught:
        accepted(log, visit(met=9), visit("neu"), visit("kirche", start="15:00"))
    assert [fault.where for fault in caught.value.faults] == ["line 2", "line 4"]
    assert "tours visit correct 1" in caught.value.faults[0].remedy


def test_lines_that_contradict_each_other_are_refused(log: VisitLog) -> None:
    with pytest.raises(VisitError) as caught:
        accepted(log, visit(met=3), visit(met=4))
    assert [fault.where for fault in caught.value.faults] == ["line 3"]


def test_a_visit_is_tied_to_the_stop_that_was_planned(log: VisitLog, plan: Plan) -> None:
    (found,) = accept([Draft(visit())], log.entries(), [plan]).new
    assert found.planned == PLANNED


def correct(was: Visit, correction: Correction, *others: Visit) -> Visit:
    log_rows = Entries(())
    return corrected(was, correction, log_rows, TODAY, lambda _first, _last: ())


def test_a_correction_changes_what_it_names_and_nothing_else() -> None:
    was = visit(planned=PLANNED)
    assert correct(was, Correction(met=7)) == replace(was, met=7)


def test_fewer_met_are_not_fewer_than_new() -> None:
    assert correct(visit(met=3, new=3), Correction(met=2)).new == 2


def test_a_visit_can_turn_out_not_to_have_been() -> None:
    found = correct(visit(planned=PLANNED), Correction(reason="road"))
    assert found == missed(reason="road")


def test_a_missed_stop_can_turn_out_to_have_been() -> None:
    found = correct(missed(), Correction(met=2))
    assert (found.took_place, found.met, found.departure_s) == (True, 2, PLANNED.departure_s)


def test_a_visit_moved_to_another_day_answers_its_stop_no_more() -> None:
    found = correct(visit(planned=PLANNED), Correction(date=DAY + dt.timedelta(days=1)))
    assert found.planned is None


@pytest.mark.parametrize(
    "correction", [Correction(new=9), Correction(departure_s=0), Correction(date=dt.date.max)]
)
def test_a_correction_that_cannot_be_is_refused(correction: Correction) -> None:
    with pytest.raises(VisitError):
        correct(visit(), correction)


def test_a_correction_moves_no_visit_to_days_whose_visits_were_removed() -> None:
    was, moved = visit(), Correction(date=DAY - dt.timedelta(days=7))

    def correct_after(removed_before: dt.date) -> Visit:
        return corrected(was, moved, Entries(()), TODAY, lambda _a, _b: (), removed_before)

    assert correct_after(DAY - dt.timedelta(days=7)).date == DAY - dt.timedelta(days=7)
    with pytest.raises(VisitError):
        correct_after(DAY)


def test_a_correction_that_clashes_is_refused(log: VisitLog) -> None:
    first, _second = added(log, visit(), visit(start="16:00"))
    with pytest.raises(VisitError, match="2"):
        log.correct(
            first.id,
            lambda was, entries: corrected(
                was, Correction(departure_s=58_000), entries, TODAY, lambda _a, _b: ()
            ),
            now=NOW,
        )


def test_a_correction_that_says_what_another_visit_says_is_refused(log: VisitLog) -> None:
    first, _second = added(log, visit(), visit("kirche"))
    with pytest.raises(VisitError):
        log.correct(
            first.id,
            lambda was, entries: corrected(
                was, Correction(place="kirche"), entries, TODAY, lambda _a, _b: ()
            ),
            now=NOW,
        )
