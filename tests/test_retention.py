"""What is too old: shown exactly, removed to the last byte, and safe against a crash."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from small_visits import missed, visit

from geodata.places import load_places
from tours.errors import AppointmentError, VisitError, WorkspaceError
from tours.ledger import Ledger
from tours.limits import Due, limits
from tours.newworkspace import make_workspace
from tours.plan import Plan, render_plan
from tours.privacysettings import PrivacySettings
from tours.retention import Retention, retention_of
from tours.tour import APPOINTMENT
from tours.visitbackup import KEPT, backup_folder
from tours.visitlog import VisitLog
from tours.visitpurge import merged, sums_of
from tours.visits import Journal, MonthSum, PlannedStop, Visit
from tours.workspace import Workspace

TODAY = dt.date(2026, 11, 25)
NOW = dt.datetime(2026, 11, 25, 18, 30, tzinfo=dt.UTC)
# Stands in rows that are due and nowhere else.
SECRET = "2024-05-03-geheim"
OLD = dt.date(2024, 5, 3)
LIMIT = dt.date(2024, 11, 25)
PLANNED = PlannedStop("2024-W18", SECRET, 52_200, 52_800, 56_400)


def test_visits_are_kept_for_so_many_months() -> None:
    assert limits(PrivacySettings(), TODAY).visits == LIMIT


def test_a_month_without_such_a_day_ends_with_its_last_one() -> None:
    settings = PrivacySettings(visits_months=6)
    assert limits(settings, dt.date(2026, 8, 31)).visits == dt.date(2026, 2, 28)


def test_addresses_are_kept_for_so_many_days() -> None:
    assert limits(PrivacySettings(), TODAY).appointments == dt.date(2026, 11, 11)


def test_addresses_are_kept_until_the_week_is_over() -> None:
    settings = PrivacySettings(appointments_days=0)
    assert limits(settings, TODAY).appointments == dt.date(2026, 11, 23)


def test_visits_of_a_place_in_a_month_become_one_sum() -> None:
    visits = [
        visit(date=OLD, met=3, new=1),
        visit(date=OLD + dt.timedelta(days=1), minutes=30, met=2, new=0),
        missed(date=OLD),
        visit("kirche", OLD, met=1, new=1),
    ]
    month = dt.date(2024, 5, 1)
    assert sums_of(visits) == (
        MonthSum("kirche", month, 1, 0, 3600, 1, 1),
        MonthSum("markt", month, 2, 1, 5400, 5, 1),
    )


def test_sums_of_the_same_month_are_added() -> None:
    one = MonthSum("markt", dt.date(2024, 5, 1), 1, 0, 3600, 1, 1)
    assert merged([one, one]) == (MonthSum("markt", dt.date(2024, 5, 1), 2, 0, 7200, 2, 2),)


@pytest.fixture
def space(tmp_path: Path, plan: Plan) -> Workspace:
    """Return a workspace with two old visits, a corrected one, a new one, and an appointment."""
    space = make_workspace("peine", tmp_path / "peine")
    places = [place.id for place in load_places(space.places_file, space.load_region())[:2]]
    log = space.visit_log
    visits = [
        visit(places[0], OLD, planned=PLANNED),
        visit(places[1], LIMIT - dt.timedelta(days=1), met=7, new=2),
        visit(places[0], LIMIT, met=4),
        visit(places[0], TODAY, met=5),
    ]
    log.add(lambda _entries: visits, now=NOW - dt.timedelta(days=1))
    log.correct(1, lambda was, _entries: replace(was, met=4), now=NOW - dt.timedelta(days=1))
    log.withdraw(2, now=NOW)
    log.add(lambda _entries: [visit(places[1], LIMIT - dt.timedelta(days=1), met=6)], now=NOW)
    tour = plan.tours[0]
    home = replace(tour.stops[0], place_id="hv1", kind=APPOINTMENT, lon=10.23456, lat=52.34567)
    at_home = replace(
        plan,
        week="2026-W45",
        tours=(replace(tour, date=dt.date(2026, 11, 3), stops=(home,)),),
    )
    for path, text in (
        (space.plan_file("2026-W45"), render_plan(at_home)),
        (space.out_folder("2026-W45") / "map.html", "10.23456 52.34567"),
        (space.out_folder("2026-W48") / "map.html", "of this week"),
        (space.folder / "out" / "visits.csv", SECRET),
        (
            space.appointments_file,
            "id,date,start,minutes,name,lon,lat\n"
            "hv1,2026-11-03,15:00,30,Familie Geheim,10.23456,52.34567\n"
            "hv2,2026-11-26,15:00,30,Familie Bald,10.23456,52.32\n",
        ),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return space


@pytest.fixture
def retention(space: Workspace) -> Retention:
    return retention_of(space, TODAY)


def all_bytes(space: Workspace) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(space.folder.rglob("*")) if p.is_file())


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


def test_an_appointment_whose_date_cannot_be_read_is_a_fault(
    retention: Retention, space: Workspace
) -> None:
    with space.appointments_file.open("a") as file:
        file.write("hv3,3.13.2026,15:00,30,Familie Falsch,10.2,52.3\n")
    with pytest.raises(AppointmentError, match=r"appointments\.csv.* 4"):
        retention.due()


def many(place: str, first: dt.date, number: int) -> list[Visit]:
    days = [first + dt.timedelta(days=2 * n) for n in range(number)]
    return [visit(place, day, start="16:30", met=(7 * n) % 5, new=0) for n, day in enumerate(days)]


def log_all(space: Workspace, visits: Sequence[Visit]) -> None:
    space.visit_log.add(lambda _entries: visits, now=NOW)


def test_what_is_expected_is_the_same_after_a_purge(tmp_path: Path) -> None:
    space = make_workspace("peine", tmp_path / "peine")
    places = space.load_district().places[:3]
    for number, place in enumerate(places):
        log_all(space, many(place.id, dt.date(2024, 6, 1) + dt.timedelta(days=number), 430))
    day = TODAY + dt.timedelta(days=1)
    before = space.load_district().hotspots(day)
    retention = retention_of(space, TODAY)
    retention.purge(retention.due(), now=NOW)
    after = space.load_district().hotspots(day)
    assert len(after.experiences) < len(before.experiences)
    for id_ in before.places:
        assert after.num_visits(id_) == before.num_visits(id_)
        for start in (54_000, 60_000):
            one, two = (h.forecast(id_, day, start, 3600) for h in (before, after))
            assert two.mean == pytest.approx(one.mean, rel=1e-9)
            assert two.doubt == pytest.approx(one.doubt, rel=1e-9)
            # The last 300 forecasts tell it, and knew a little of those before.
            assert two.scatter == pytest.approx(one.scatter, rel=1e-6)


def test_two_purges_are_as_good_as_one(tmp_path: Path) -> None:
    space = make_workspace("peine", tmp_path / "peine")
    place = space.load_district().places[0]
    log_all(space, many(place.id, dt.date(2024, 1, 1), 400))
    before = space.load_district().hotspots(TODAY)
    for today in (dt.date(2026, 6, 1), TODAY):
        retention = retention_of(space, today)
        retention.purge(retention.due(), now=NOW)
    after = space.load_district().hotspots(TODAY)
    one, two = (h.standing(place.id, TODAY).mean for h in (before, after))
    assert two == pytest.approx(one, rel=1e-9)
    sums = space.visit_log.journal().sums
    assert len({(s.place, s.month) for s in sums}) == len(sums)


def test_days_before_a_purge_do_not_know_what_came_later() -> None:
    learned = Ledger(0.5).learned(LIMIT)
    assert Journal(learned=learned).before(LIMIT - dt.timedelta(days=1)).learned is None


# Purges, and is killed by its own hand at the nth of the steps that matter: before and after each
# file is removed or replaced, in the midst of the transaction, and before it is confirmed (16).
KILLED = """
import datetime as dt, os, signal, sys
from pathlib import Path
import tours.copypurge, tours.retention, tours.visitpurge, tours.visitlog, tours.workspace
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
tours.visitpurge.note_purge = dying(tours.visitpurge.note_purge)
tours.visitlog.remove_visits = dying(tours.visitlog.remove_visits)
tours.visitlog.VisitLog._copy = dying(tours.visitlog.VisitLog._copy)
space = tours.workspace.open_workspace(Path(sys.argv[1]))
retention = tours.retention.retention_of(space, dt.date(2026, 11, 25))
retention.purge(retention.due(), now=dt.datetime(2026, 11, 25, 18, 30, tzinfo=dt.UTC))
print(count)
"""
ROOT = Path(__file__).parents[1]


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


def test_what_is_learned_holds_no_date_of_a_visit(retention: Retention, space: Workspace) -> None:
    retention.purge(retention.due(), now=NOW)
    with closing(sqlite3.connect(space.visit_log.path)) as connection:
        (text,) = connection.execute("SELECT state FROM learned").fetchone()
    assert json.loads(text)["before"] == LIMIT.isoformat()
    assert OLD.isoformat() not in text
