"""What a list would change in the tally, and what is left of it once somebody agreed."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from small_tallies import AREAS, NOW, OCTOBER, SEPTEMBER, tally

from tours.errors import VisitError
from tours.tally.changes import TallyChange, agreed_tallies, tally_changes
from tours.visits.log import VisitLog

ROOT = Path(__file__).parents[1]
# Agrees to what two lists would change now, waits for a word, and logs them. The first list is
# the same in every process, the other one is not.
IMPORTER = """
import datetime as dt, sys
from pathlib import Path
from tours.errors import VisitError
from tours.tally.tally import Tally
from tours.tally.changes import agreed_tallies, tally_changes
from tours.visits.log import VisitLog
log, own = VisitLog(Path(sys.argv[1])), int(sys.argv[2])
lists = [
    [Tally("", dt.date(2026, month, 1), "topic", f"t{n}", first + n) for n in range(200)]
    for month, first in ((9, 0), (10, own))
]
both = [tally_changes(one, log.tallies()) for one in lists]
print("agreed", flush=True)
sys.stdin.readline()
for changes in both:
    try:
        logged = log.count_decided(
            lambda known: agreed_tallies(changes, known), now=dt.datetime.now(dt.UTC)
        )
        print(len(logged), end=" ")
    except VisitError:
        print("refused", end=" ")
"""


@pytest.fixture
def log(tmp_path: Path) -> VisitLog:
    return VisitLog(tmp_path / "visits.db")


def test_numbers_are_new_other_or_the_same() -> None:
    known = [tally("14-15", 3), tally("16-17", 2), tally("18-", 1, area=AREAS[1])]
    found = tally_changes([tally("14-15", 3), tally("16-17", 4), tally("18-", 1)], known)
    assert [(one.before, one.is_new, one.is_same) for one in found] == [
        (3, False, True),
        (2, False, False),
        (None, True, False),
    ]


def test_a_zero_that_is_counted_already_is_no_new_number() -> None:
    (found,) = tally_changes([tally("14-15", 0)], [tally("14-15", 0)])
    assert (found.is_new, found.is_same) == (False, True)


def test_changes_are_in_order_of_month_and_area() -> None:
    numbers = [
        tally("14-15", 1, month=OCTOBER),
        tally("16-17", 2, area=AREAS[1]),
        tally("14-15", 3, area=AREAS[0]),
        tally("14-15", 4, area=AREAS[1]),
    ]
    assert [one.tally.count for one in tally_changes(numbers, ())] == [3, 2, 4, 1]


def test_what_somebody_agreed_to_is_logged_and_the_rest_is_left(log: VisitLog) -> None:
    log.count([tally("14-15", 3), tally("16-17", 2)], now=NOW)
    numbers = [tally("14-15", 3), tally("16-17", 4), tally("18-", 1)]
    changes = tally_changes(numbers, log.tallies())
    logged = log.count_decided(lambda known: agreed_tallies(changes, known), now=NOW)
    assert logged == (tally("16-17", 4), tally("18-", 1))
    assert Counter(log.tallies()) == Counter(numbers)


def test_what_was_counted_meanwhile_the_same_is_not_logged_again() -> None:
    changes = [TallyChange(tally("14-15", 3), None)]
    assert agreed_tallies(changes, [tally("14-15", 3)]) == ()


@pytest.mark.parametrize("before", [None, 2])
def test_what_was_counted_meanwhile_otherwise_is_not_lost(before: int | None) -> None:
    changes = [TallyChange(tally("16-17", 1), None), TallyChange(tally("14-15", 3), before)]
    with pytest.raises(VisitError, match="5"):
        agreed_tallies(changes, [tally("14-15", 5)])


def test_of_two_processes_at_once_one_logs_its_list_and_none_loses_a_number(log: VisitLog) -> None:
    importers = [
        subprocess.Popen(
            [sys.executable, "-c", IMPORTER, str(log.path), str(own)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for own in (1, 2)
    ]
    for one in importers:
        assert one.stdout is not None
        assert one.stdout.readline() == "agreed\n"
    for one in importers:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    ends = [one.communicate()[0].split() for one in importers]
    same, other = zip(*ends, strict=True)
    assert (sorted(same), sorted(other)) == (["0", "200"], ["200", "refused"])
    own = 1 + other.index("200")
    for month, first in ((SEPTEMBER, 0), (OCTOBER, own)):
        numbers = [one.count for one in log.tallies() if one.month == month]
        assert sorted(numbers) == [first + n for n in range(200)]
