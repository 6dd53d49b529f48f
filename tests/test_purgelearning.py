"""What removed visits have taught is still known."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from small_retention import LIMIT, NOW, OLD, TODAY, old_workspace
from small_visits import visit

from tours.hotspots.ledger import Ledger
from tours.newworkspace import make_workspace
from tours.plan import Plan
from tours.privacy.retention import Retention, retention_of
from tours.visits.visit import Journal, Visit
from tours.workspace import Workspace


@pytest.fixture
def space(tmp_path: Path, plan: Plan) -> Workspace:
    return old_workspace(tmp_path, plan)


@pytest.fixture
def retention(space: Workspace) -> Retention:
    return retention_of(space, TODAY)


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


def test_what_is_learned_holds_no_date_of_a_visit(retention: Retention, space: Workspace) -> None:
    retention.purge(retention.due(), now=NOW)
    with closing(sqlite3.connect(space.visit_log.path)) as connection:
        (text,) = connection.execute("SELECT state FROM learned").fetchone()
    assert json.loads(text)["before"] == LIMIT.isoformat()
    assert OLD.isoformat() not in text
