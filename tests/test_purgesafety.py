"""A purge loses nothing: not if it is killed, nor if something changes meanwhile."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from small_retention import NOW, OLD, SECRET, TODAY, all_bytes, old_workspace
from small_visits import visit

from tours.errors import AppointmentError, VisitError, WorkspaceError
from tours.plan import Plan
from tours.privacy.retention import Retention, retention_of
from tours.workspace import Workspace

# Purges, and is killed by its own hand at the nth of the steps that matter: before and after each
# file is removed or replaced, in the midst of the transaction, and before it is confirmed (16).
KILLED = """
import datetime as dt, os, signal, sys
from pathlib import Path
import tours.privacy.copypurge, tours.privacy.retention, tours.visits.purge
import tours.visits.log, tours.workspace
count, last = 0, int(sys.argv[2])
def dying(function):
    def call(*arguments, **options):
        global count
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **options)
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return call
Path.unlink = dying(Path.unlink)
Path.replace = dying(Path.replace)
tours.visits.purge.note_purge = dying(tours.visits.purge.note_purge)
tours.visits.log.remove_visits = dying(tours.visits.log.remove_visits)
tours.visits.log.VisitLog._copy = dying(tours.visits.log.VisitLog._copy)
space = tours.workspace.open_workspace(Path(sys.argv[1]))
retention = tours.privacy.retention.retention_of(space, dt.date(2026, 11, 25))
retention.purge(retention.due(), now=dt.datetime(2026, 11, 25, 18, 30, tzinfo=dt.UTC))
print(count)
"""
ROOT = Path(__file__).parents[1]


@pytest.fixture
def space(tmp_path: Path, plan: Plan) -> Workspace:
    return old_workspace(tmp_path, plan)


@pytest.fixture
def retention(space: Workspace) -> Retention:
    return retention_of(space, TODAY)


def test_rows_that_came_after_the_look_are_not_removed(
    retention: Retention, space: Workspace
) -> None:
    due = retention.due()
    space.visit_log.add(lambda _entries: [visit("spät", OLD)], now=NOW)
    before = space.visit_log.journal()
    with pytest.raises(VisitError, match="privacy purge"):
        retention.purge(due, now=NOW)
    assert space.visit_log.journal() == before


def test_appointments_that_came_after_the_look_are_not_removed(
    retention: Retention, space: Workspace
) -> None:
    due = retention.due()
    with space.appointments_file.open("a") as file:
        file.write("hv0,2026-11-02,15:00,30,Familie Neu,10.2,52.3\n")
    with pytest.raises(AppointmentError, match="privacy purge"):
        retention.purge(due, now=NOW)
    assert "Familie Geheim" in space.appointments_file.read_text()


def purged_until(space: Workspace, last: int) -> int:
    """Purge in a process that is killed at a point, and return how it ended."""
    script = [sys.executable, "-c", KILLED, str(space.folder), str(last)]
    return subprocess.run(script, cwd=ROOT, check=False, capture_output=True).returncode


@pytest.mark.parametrize("last", [3, 6, 12, 16, 18, 24])
def test_a_purge_that_is_killed_loses_nothing_and_can_be_resumed(
    retention: Retention, space: Workspace, last: int
) -> None:
    before = space.visit_log.journal()
    met = sum(one.met for one in before.visits)
    assert purged_until(space, last) == -signal.SIGKILL
    between = space.visit_log.journal()
    assert sum(v.met for v in between.visits) + sum(s.met for s in between.sums) == met
    assert set(before.visits[2:]) <= set(between.visits)
    due = retention.due()
    assert due
    retention.purge(due, now=NOW)
    for path in space.folder.rglob(".tours-*"):
        # A killed program leaves its unfinished file, which is due an hour later.
        os.utime(path, (0, 0))
    retention.purge(retention.due(), now=NOW)
    assert not retention.due()
    after = space.visit_log.journal()
    assert after.visits == before.visits[2:]
    assert sum(one.met for one in after.sums) == sum(v.met for v in before.visits[:2])
    left = all_bytes(space)
    assert not any(s.encode() in left for s in (SECRET, "Familie Geheim", "52.34567"))


def test_a_file_that_is_in_the_way_stops_with_a_sentence(
    retention: Retention, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "in use")

    due = retention.due()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with pytest.raises(WorkspaceError):
            retention.purge(due, now=NOW)
    assert SECRET.encode() in all_bytes(space)
    retention.purge(retention.due(), now=NOW)
    assert not retention.due()


def test_only_a_purge_can_remove_rows(retention: Retention, space: Workspace) -> None:
    retention.purge(retention.due(), now=NOW)
    with closing(sqlite3.connect(space.visit_log.path)) as connection:
        assert connection.execute("SELECT count(*) FROM being_removed").fetchone() == (0,)
        for table in ("visits", "month_sums", "purges", "learned"):
            with pytest.raises(sqlite3.IntegrityError, match="only added"):
                connection.execute(f"DELETE FROM {table}")
