"""What is too old: shown exactly, removed to the last byte, and safe against a crash."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from small_retention import LIMIT, NOW, OLD, SECRET, TODAY, all_bytes, old_workspace

from tours.errors import AppointmentError
from tours.plan import Plan
from tours.privacy.limits import Due
from tours.privacy.retention import Retention, retention_of
from tours.visits.backup import KEPT, backup_folder
from tours.visits.log import VisitLog
from tours.workspace import Workspace


@pytest.fixture
def space(tmp_path: Path, plan: Plan) -> Workspace:
    return old_workspace(tmp_path, plan)


@pytest.fixture
def retention(space: Workspace) -> Retention:
    return retention_of(space, TODAY)


def shown(due: Due, space: Workspace) -> dict[str, object]:
    """Return what is due in words of its own."""
    return {
        "rows": sorted(due.rows),
        "appointments": [one.id for one in due.appointments],
        "files": [
            str(path.relative_to(space.folder))
            for path in (*due.papers, *due.exports, *(p for p, _n in due.plans))
        ],
        "copies": [(one.path.name, one.rows) for one in due.copies],
    }


def test_exactly_what_is_too_old_is_due(retention: Retention, space: Workspace) -> None:
    assert shown(retention.due(), space) == {
        # The first two visits with a correction and a withdrawal, and the one that replaced it.
        "rows": [1, 2, 5, 6, 7],
        "appointments": ["hv1"],
        "files": ["out/2026-W45/map.html", "out/visits.csv", "plans/2026-W45.json"],
        "copies": [("visits-2026-11-24.db", 3), ("visits-2026-11-25.db", 5)],
    }


def test_looking_changes_nothing(retention: Retention, space: Workspace) -> None:
    before = all_bytes(space)
    retention.due()
    assert all_bytes(space) == before


def test_no_byte_of_what_was_removed_is_left_in_the_workspace(
    retention: Retention, space: Workspace
) -> None:
    for secret in (SECRET, "Familie Geheim", "10.23456", "52.34567"):
        assert secret.encode() in all_bytes(space)
    retention.purge(retention.due(), now=NOW)
    left = all_bytes(space)
    for secret in (SECRET, "Familie Geheim", "52.34567", OLD.isoformat()):
        assert secret.encode() not in left
    assert b"Familie Bald" in left


def test_a_purge_leaves_nothing_due(retention: Retention) -> None:
    retention.purge(retention.due(), now=NOW)
    assert not retention.due()


def test_visits_within_the_limit_and_sums_stay(retention: Retention, space: Workspace) -> None:
    before = space.visit_log.journal()
    retention.purge(retention.due(), now=NOW)
    after = space.visit_log.journal()
    assert after.visits == before.visits[2:]
    assert [(s.month, s.visits, s.met, s.new) for s in after.sums] == [
        (dt.date(2024, 5, 1), 1, 4, 1),
        (dt.date(2024, 11, 1), 1, 6, 1),
    ]


def test_papers_of_other_weeks_and_the_plan_stay(retention: Retention, space: Workspace) -> None:
    retention.purge(retention.due(), now=NOW)
    assert space.load_plan("2026-W45").tours[0].stops[0].place_id == "hv1"
    assert (space.out_folder("2026-W48") / "map.html").exists()


@pytest.mark.parametrize("name", ["2026-W44/week.ics", "2026-W44/alt/map.pdf", "alt/2026-W44.gpx"])
def test_papers_of_a_former_plan_of_a_week_that_is_over_go(
    retention: Retention, space: Workspace, name: str
) -> None:
    paper = space.folder / "out" / name
    paper.parent.mkdir(parents=True)
    paper.write_text("Familie Geheim")
    assert paper in retention.due().papers
    retention.purge(retention.due(), now=NOW)
    assert not paper.exists()


def test_copies_hold_what_is_not_too_old(retention: Retention, space: Workspace) -> None:
    retention.purge(retention.due(), now=NOW)
    copy = VisitLog(backup_folder(space.visit_log.path) / "visits-2026-11-24.db")
    assert [v.date for v in copy.journal().visits] == [LIMIT, TODAY]
    assert sum(one.met for one in copy.journal().sums) == 4 + 7


def test_the_oldest_copy_may_go_of_itself_meanwhile(retention: Retention, space: Workspace) -> None:
    folder = backup_folder(space.visit_log.path)
    (folder / "visits-2026-11-25.db").unlink()
    for day in range(1, KEPT):
        copy = (folder / "visits-2026-11-24.db").read_bytes()
        (folder / f"visits-2026-10-{day:02}.db").write_bytes(copy)
    retention.purge(retention.due(), now=NOW)
    assert not retention.due()
    assert len(list(folder.iterdir())) == KEPT


def test_a_copy_from_before_an_update_is_removed(retention: Retention, space: Workspace) -> None:
    folder = backup_folder(space.visit_log.path)
    old = folder / "visits-version-2.db"
    (folder / "visits-2026-11-25.db").rename(old)
    retention.purge(retention.due(), now=NOW)
    assert not old.exists()


def test_a_copy_by_hand_is_looked_at_too(retention: Retention, space: Workspace) -> None:
    copy = space.folder / "visits Kopie.db"
    copy.write_bytes(space.visit_log.path.read_bytes())
    retention.purge(retention.due(), now=NOW)
    assert SECRET.encode() not in copy.read_bytes()
    assert len(VisitLog(copy).journal().visits) == 2


def test_a_damaged_copy_is_removed_as_a_whole(retention: Retention, space: Workspace) -> None:
    bad = backup_folder(space.visit_log.path) / "visits-2026-11-01.db"
    bad.write_bytes(b"damaged " * 200)
    due = retention.due()
    assert (bad, None) in [(one.path, one.rows) for one in due.copies]
    retention.purge(due, now=NOW)
    assert not bad.exists()


def test_another_database_is_left_alone(retention: Retention, space: Workspace) -> None:
    other = space.folder / "songs.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    retention.purge(retention.due(), now=NOW)
    assert other.exists()


def test_an_unfinished_file_is_removed_when_nobody_writes_it_any_more(
    retention: Retention, space: Workspace
) -> None:
    draft = space.folder / "backups" / ".tours-x"
    draft.write_text(SECRET)
    assert retention.due().drafts == ()
    os.utime(draft, (0, 0))
    retention.purge(retention.due(), now=NOW)
    assert not draft.exists()


def test_a_plan_that_cannot_be_read_is_named_and_left(
    retention: Retention, space: Workspace
) -> None:
    bad = space.plan_file("2026-W40")
    bad.write_text("{")
    due = retention.due()
    assert due.closed == (bad,)
    retention.purge(due, now=NOW)
    assert bad.read_text() == "{"


def test_a_kept_copy_of_an_unreadable_plan_is_named(retention: Retention, space: Workspace) -> None:
    kept = space.plan_file("2026-W40").with_suffix(".unreadable.json")
    kept.write_text("{")
    assert retention.due().closed == (kept,)


def test_every_purge_is_noted(retention: Retention, space: Workspace) -> None:
    retention.purge(retention.due(), now=NOW)
    noted = {one.what: (one.number, one.before) for one in space.visit_log.purges()}
    day = dt.date(2026, 11, 11)
    assert noted == {
        "exports": (1, LIMIT),
        "papers": (1, day),
        "plans": (1, day),
        "appointments": (1, day),
        "visits": (5, LIMIT),
        "copies": (2, LIMIT),
    }


def test_an_appointment_whose_date_cannot_be_read_is_a_fault(
    retention: Retention, space: Workspace
) -> None:
    with space.appointments_file.open("a") as file:
        file.write("hv3,3.13.2026,15:00,30,Familie Falsch,10.2,52.3\n")
    with pytest.raises(AppointmentError, match=r"appointments\.csv.* 4"):
        retention.due()
