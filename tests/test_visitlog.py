"""The visit log: rows are only added, writes are whole, and several processes may write."""

from __future__ import annotations

import datetime as dt
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from small_visits import DAY, NOW, PLANNED, missed, visit

from tours.errors import VisitError
from tours.visits.backup import KEPT, backup_folder
from tours.visits.log import VisitLog
from tours.visits.rows import Entries
from tours.visits.schema import VERSION
from tours.visits.visit import Change, Visit

ROOT = Path(__file__).parents[1]
# Logs visits one by one and says of each that it is confirmed.
WRITER = """
import datetime as dt, sys
from pathlib import Path
from tours.visits.log import VisitLog
from tours.visits.visit import Visit
log, first, number = VisitLog(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
for n in range(first, first + number):
    one = Visit(place=f"p{n}", date=dt.date(2026, 11, 17), arrival_s=0, departure_s=60, met=n)
    log.add(lambda _entries: [one], now=dt.datetime.now(dt.UTC))
    print(n, flush=True)
"""
# Logs a thousand visits at once, slowly, and says when it is at it.
IMPORTER = """
import datetime as dt, sys, time
from pathlib import Path
from tours.visits.log import VisitLog
from tours.visits.visit import Visit
class Slow(list):
    def __iter__(self):
        for n, one in enumerate(super().__iter__()):
            if n == 900:
                print("busy", flush=True)
                time.sleep(60)
            yield one
many = Slow(
    Visit(place=f"p{n}", date=dt.date(2026, 11, 18), arrival_s=0, departure_s=60)
    for n in range(1000)
)
VisitLog(Path(sys.argv[1])).add(lambda _entries: many, now=dt.datetime.now(dt.UTC))
"""


@pytest.fixture
def log(tmp_path: Path) -> VisitLog:
    return VisitLog(tmp_path / "visits.db")


def added(log: VisitLog, *visits: Visit, now: dt.datetime = NOW) -> tuple[Visit, ...]:
    return log.add(lambda _entries: visits, now=now)


def process(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_without_a_file_nothing_is_logged_and_none_is_made(log: VisitLog) -> None:
    assert (log.entries().rows, log.journal().visits, log.path.exists()) == ((), (), False)


def test_what_is_logged_is_read_again(log: VisitLog) -> None:
    planned, gone = visit(planned=PLANNED), missed("kirche")
    added(log, planned, gone)
    found = {v.place: replace(v, id=0, logged_at=None) for v in log.journal().visits}
    assert found == {"markt": planned, "kirche": gone}


def test_visits_come_in_the_order_of_date_and_arrival(log: VisitLog) -> None:
    added(
        log,
        visit("c", DAY + dt.timedelta(days=1)),
        visit("b", start="16:00"),
        visit("a", start="15:00"),
    )
    assert [v.place for v in log.journal().visits] == ["a", "b", "c"]


def test_a_correction_keeps_the_number_and_what_was_before(log: VisitLog) -> None:
    (first,) = added(log, visit(met=3))
    log.correct(first.id, lambda was, _entries: replace(was, met=5), now=NOW)
    log.correct(first.id, lambda was, _entries: replace(was, met=was.met + 1), now=NOW)
    assert [(v.id, v.met) for v in log.journal().visits] == [(first.id, 6)]
    assert [row.visit.met for row in log.entries().history(first.id)] == [3, 5, 6]


def test_a_visit_that_is_taken_back_is_none_but_is_still_written(log: VisitLog) -> None:
    (first,) = added(log, visit())
    log.withdraw(first.id, now=NOW)
    assert log.journal().visits == ()
    assert len(log.entries().history(first.id)) == 2


@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_what_is_not_there_cannot_be_corrected(log: VisitLog, is_withdrawn: bool) -> None:
    if is_withdrawn:
        log.withdraw(added(log, visit())[0].id, now=NOW)
    with pytest.raises(VisitError, match="1"):
        log.correct(1, lambda was, _entries: was, now=NOW)


def test_a_refusal_adds_nothing(log: VisitLog) -> None:
    def decide(_entries: Entries) -> list[Visit]:
        raise VisitError("no")

    with pytest.raises(VisitError):
        log.add(decide, now=NOW)
    assert log.entries().rows == ()


@pytest.mark.parametrize("command", ["UPDATE visits SET met = 9", "DELETE FROM visits"])
def test_rows_can_be_neither_changed_nor_removed(log: VisitLog, command: str) -> None:
    added(log, visit())
    with (
        closing(sqlite3.connect(log.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only added"),
    ):
        connection.execute(command)


def test_the_last_word_about_a_day_holds(log: VisitLog) -> None:
    for has_changed in (True, False):
        log.say(Change("markt", DAY, has_changed), now=NOW)
    assert log.journal().changes == (Change("markt", DAY, False),)


def test_two_processes_lose_nothing(log: VisitLog) -> None:
    writers = [process(WRITER, log.path, first, 40) for first in (0, 1000)]
    ends = [(writer.communicate()[0].count("\n"), writer.returncode) for writer in writers]
    assert ends == [(40, 0), (40, 0)]
    assert len(log.journal().visits) == 80


@pytest.mark.parametrize("wait", [0.0, 0.013, 0.05, 0.11])
def test_what_was_confirmed_outlives_a_kill(log: VisitLog, wait: float) -> None:
    writer = process(WRITER, log.path, 0, 100_000)
    assert writer.stdout is not None
    confirmed = [int(writer.stdout.readline()) for _ in range(3)]
    time.sleep(wait)
    writer.send_signal(signal.SIGKILL)
    confirmed += [int(line) for line in writer.communicate()[0].splitlines()]
    found = [v.met for v in log.journal().visits]
    # One more may be on the disk without having been confirmed yet.
    assert sorted(found)[: len(confirmed)] == confirmed
    assert len(found) - len(confirmed) in (0, 1)
    with closing(sqlite3.connect(log.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert added(log, visit())[0].id > 0


def test_a_kill_amid_many_leaves_none_of_them(log: VisitLog) -> None:
    added(log, visit())
    importer = process(IMPORTER, log.path)
    assert importer.stdout is not None
    assert importer.stdout.readline() == "busy\n"
    importer.send_signal(signal.SIGKILL)
    importer.communicate()
    assert [v.place for v in log.journal().visits] == ["markt"]


def backups(log: VisitLog) -> Iterator[str]:
    return (path.name for path in sorted(backup_folder(log.path).iterdir()))


def test_every_day_has_its_copy_with_all_that_was_logged_that_day(log: VisitLog) -> None:
    added(log, visit("a"))
    added(log, visit("b"))
    added(log, visit("c"), now=NOW + dt.timedelta(days=1))
    assert list(backups(log)) == ["visits-2026-11-25.db", "visits-2026-11-26.db"]
    copy = VisitLog(backup_folder(log.path) / "visits-2026-11-25.db")
    assert {v.place for v in copy.journal().visits} == {"a", "b"}


def test_only_the_last_copies_are_kept(log: VisitLog) -> None:
    for day in range(KEPT + 3):
        added(log, visit(f"p{day}"), now=NOW + dt.timedelta(days=day))
    assert len(list(backups(log))) == KEPT
    assert "visits-2026-11-25.db" not in list(backups(log))


def test_a_copy_that_fails_does_not_hide_that_it_is_logged(log: VisitLog) -> None:
    backup_folder(log.path).write_text("in the way")
    with pytest.raises(VisitError) as caught:
        added(log, visit())
    assert "eingetragen" in str(caught.value)
    assert len(log.journal().visits) == 1


def old_file(path: Path) -> None:
    """Write by hand what version 1 wrote: no table of changes."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """
            CREATE TABLE visits (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                replaces INTEGER UNIQUE REFERENCES visits (id),
                is_withdrawn INTEGER NOT NULL DEFAULT 0,
                place TEXT NOT NULL, date TEXT NOT NULL,
                arrival_s INTEGER NOT NULL, departure_s INTEGER NOT NULL,
                met INTEGER NOT NULL, new INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '',
                week TEXT, tour TEXT, planned_arrival_s INTEGER, planned_start_s INTEGER,
                planned_departure_s INTEGER, logged_at TEXT NOT NULL
            );
            INSERT INTO visits (place, date, arrival_s, departure_s, met, new, logged_at)
                VALUES ('markt', '2026-11-17', 52800, 56400, 3, 1, '2026-11-17T18:00:00+00:00');
            INSERT INTO visits
                (place, date, arrival_s, departure_s, met, new, logged_at, replaces)
                VALUES ('markt', '2026-11-17', 52800, 56400, 4, 1, '2026-11-17T18:05:00+00:00', 1);
            PRAGMA application_id = 1416590706;
            PRAGMA user_version = 1;
            """
        )


def test_a_file_of_version_1_is_brought_up_and_a_copy_of_it_kept(log: VisitLog) -> None:
    old_file(log.path)
    log.say(Change("markt", DAY, True), now=NOW)
    assert [(v.id, v.met) for v in log.journal().visits] == [(1, 4)]
    with closing(sqlite3.connect(log.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    kept = backup_folder(log.path) / "visits-version-1.db"
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_rows_of_an_older_version_can_still_not_be_removed(log: VisitLog) -> None:
    old_file(log.path)
    log.say(Change("markt", DAY, True), now=NOW)
    with (
        closing(sqlite3.connect(log.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only added"),
    ):
        connection.execute("DELETE FROM visits")


def test_a_file_of_a_newer_program_is_refused_in_one_sentence(log: VisitLog) -> None:
    added(log, visit())
    with closing(sqlite3.connect(log.path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(VisitError) as caught:
        log.journal()
    assert "neueren Version" in str(caught.value)
    assert len(caught.value.faults) == 1


def test_a_file_that_is_no_log_is_refused(log: VisitLog) -> None:
    log.path.write_bytes(b"Nothing of ours. " * 100)
    with pytest.raises(VisitError, match=r"visits\.db"):
        log.journal()


def test_another_database_is_refused_and_left_as_it_is(log: VisitLog) -> None:
    with closing(sqlite3.connect(log.path)) as connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    before = log.path.read_bytes()
    with pytest.raises(VisitError, match=r"visits\.db"):
        added(log, visit())
    assert log.path.read_bytes() == before


def test_a_row_of_nonsense_is_named(log: VisitLog) -> None:
    added(log, visit())
    with closing(sqlite3.connect(log.path)) as connection:
        connection.execute(
            "INSERT INTO visits (place, date, arrival_s, departure_s, met, new, logged_at) "
            "VALUES ('markt', 'yesterday', 1, 2, 0, 0, '2026-11-17T18:00:00+00:00')"
        )
        connection.commit()
    with pytest.raises(VisitError) as caught:
        log.journal()
    assert "2" in caught.value.faults[0].what
