"""A visit log that is lost or damaged: never taken for a new one, and told in one sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from small_visits import DAY, NOW, PLANNED, visit

from geodata.language import speaking
from tours.errors import VisitError
from tours.visits.log import VisitLog
from tours.visits.visit import Change


@pytest.fixture
def log(tmp_path: Path) -> VisitLog:
    """Return a log of one visit, with its copy of the day."""
    log = VisitLog(tmp_path / "visits.db")
    log.add(lambda _entries: [visit("markt")], now=NOW)
    return log


def faults(log: VisitLog) -> list[str]:
    """Return what is said by whatever reads or writes."""
    said: list[str] = []
    with speaking("en"):
        for use in (
            *(log.journal, log.entries, log.tallies, log.purges),
            lambda: log.add(lambda _entries: [visit("halle")], now=NOW),
        ):
            with pytest.raises(VisitError) as caught:
                use()
            said.append(str(caught.value))
    return said


def test_a_log_that_is_gone_while_there_are_copies_is_not_begun_anew(log: VisitLog) -> None:
    log.path.unlink()
    for said in faults(log):
        assert "The visit log is gone or empty, yet there are copies of it" in said
    assert not log.path.exists()


def test_a_log_that_was_emptied_is_not_begun_anew(log: VisitLog) -> None:
    log.path.write_bytes(b"")
    for said in faults(log):
        assert "The visit log is gone or empty, yet there are copies of it" in said


def test_without_copies_an_empty_file_is_a_new_log(tmp_path: Path) -> None:
    log = VisitLog(tmp_path / "visits.db")
    log.path.write_bytes(b"")
    log.add(lambda _entries: [visit("markt")], now=NOW)
    assert len(log.journal().visits) == 1


def test_a_link_that_leads_nowhere_is_no_new_log(tmp_path: Path) -> None:
    log = VisitLog(tmp_path / "visits.db")
    for target in ("visits.db", "unmounted/visits.db"):
        log.path.symlink_to(target)
        assert {"(it cannot be opened)" in said for said in faults(log)} == {True}
        assert log.path.is_symlink()
        log.path.unlink()


def test_a_schema_in_foreign_letters_is_a_damaged_log(log: VisitLog) -> None:
    data = log.path.read_bytes()
    where = data.index(b"CREATE TABLE visits")
    log.path.write_bytes(data[:where] + b"\xff\xfe\x90" + data[where + 3 :])
    assert all("cannot be read" in said for said in faults(log))


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        *(("visits", name, b"\xff") for name in ("place", "reason")),
        *(
            ("visits", name, value)
            for name in ("arrival_s", "departure_s", "planned_start_s", "met")
            for value in (b"\xff", "x", -1, 2**62, 1.5)
        ),
        *(("visits", "date", value) for value in ("2026-99-99", b"x", 7)),
        *(("changes", "date", value) for value in ("2026-99-99", b"x", 7)),
        ("changes", "place", b"x"),
    ],
)
def test_a_cell_that_holds_something_else_names_its_row(
    log: VisitLog, table: str, column: str, value: object
) -> None:
    log.add(lambda _entries: [replace(visit("halle"), planned=PLANNED)], now=NOW)
    log.say(Change("markt", DAY, has_changed=True), now=NOW)
    with closing(sqlite3.connect(log.path)) as base, base:
        base.execute(f"DROP TRIGGER {table}_are_not_changed")
        base.execute("PRAGMA ignore_check_constraints = 1")
        where = "SELECT max(id) FROM " + table
        base.execute(f"UPDATE {table} SET {column} = ? WHERE id = ({where})", (value,))
    with speaking("en"), pytest.raises(VisitError, match="of the visit log cannot be read"):
        log.journal()
