"""stock.csv and its log: levels, what is missing, every fault, two writers and a crash."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from small_lists import faults_of

from geodata.language import speaking
from tours.errors import TeamError, WorkspaceError
from tours.filelock import locked
from tours.team.stock import (
    Item,
    Supply,
    find_item,
    load_stock,
    read_stock,
    supplies,
    unknown_items,
)
from tours.team.stocklog import (
    Entry,
    add_entries,
    load_stock_log,
    read_stock_log,
    with_entries,
)

HEAD = "id,name,unit,min,target,note\n"
TEA = Item(id="tea", name="Tea", unit="packs", least=2, target=5)
DAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 18, tzinfo=dt.UTC)


def stock(*lines: str, head: str = HEAD) -> tuple[Item, ...]:
    return read_stock(head + "".join(lines), "stock.csv")


def log(*lines: str) -> tuple[Entry, ...]:
    return read_stock_log("date,item,change,number\n" + "".join(lines), "stock_log.csv")


def entry(change: str, number: int, days: int = 0, item: str = "tea") -> Entry:
    return Entry(DAY + dt.timedelta(days=days), item, change, number)


def level(*entries: Entry) -> Supply:
    (found,) = supplies([TEA], entries)
    return found


def test_an_item_is_read() -> None:
    assert stock("tea,Tea,packs,2,5,\n") == (TEA,)


def test_semicolons_comments_and_a_byte_order_mark_are_read_alike() -> None:
    head = "\ufeffid;name;unit;min;target\r\n"
    assert stock("# tea, of any kind\r\n", 'tea;Tea;packs;"2,0";5\r\n', head=head) == (TEA,)


def test_unknown_columns_are_kept() -> None:
    (found,) = stock("a,A,1,2,red\n", head="id,name,min,target,colour\n")
    assert dict(found.extra) == {"colour": "red"}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Tea!,T,,1,2,\n", "column id: “Tea!” is not an id"),
        ("a,,,1,2,\n", "column name: The cell is empty"),
        ("a,A,,,2,\n", "column min: The cell is empty"),
        ("a,A,,1,,\n", "column target: The cell is empty"),
        ("a,A,,-1,2,\n", "column min: “-1” is not a number from 0 to 100000"),
        ("a,A,,1,\"2,5\",\n", "column target: “2,5” is not a whole number"),
        ("a,A,,3,2,\n", "column min: The least level is above the target"),
        ("tea,A,,1,2,\n", "column id: “tea” is already the id of line 2"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_one_fault_with_line_and_column(line: str, what: str) -> None:
    assert faults_of(lambda: stock("tea,Tea,,2,5,\n", line)) == [f"line 3, {what}"]


def test_without_a_file_there_is_no_stock(tmp_path: Path) -> None:
    assert load_stock(tmp_path / "stock.csv") == ()


def test_before_any_count_nothing_is_known() -> None:
    found = level(entry("use", 3))
    assert (found.level, found.missing, found.is_short) == (None, None, False)
    assert found.is_overdrawn is False


def test_what_was_used_and_added_before_any_count_is_told() -> None:
    found = level(entry("use", 9), entry("add", 5), entry("use", 3, 1))
    assert (found.level, found.used, found.added) == (None, 12, 5)


def test_a_count_begins_anew_with_what_was_used_and_added() -> None:
    found = level(entry("use", 9), entry("count", 20, 1), entry("use", 3, 2), entry("add", 1, 2))
    assert (found.level, found.used, found.added) == (18, 3, 1)


def test_what_is_logged_after_a_day_is_left_out() -> None:
    entries = [entry("count", 4), entry("use", 1, 1), entry("count", 9, 2)]
    (found,) = supplies([TEA], entries, DAY + dt.timedelta(days=1))
    assert found.level == 3


def test_use_and_addition_change_what_was_counted() -> None:
    found = level(entry("count", 4), entry("use", 3, 1), entry("add", 2, 1))
    assert (found.level, found.missing, found.counted) == (3, 2, DAY)


@pytest.mark.parametrize(("number", "is_short"), [(1, True), (2, False)])
def test_below_the_least_level_it_is_short(number: int, is_short: bool) -> None:
    assert level(entry("count", number)).is_short == is_short


def test_more_than_the_target_is_nothing_missing() -> None:
    assert level(entry("count", 9)).missing == 0


def test_a_count_outdoes_all_before_it() -> None:
    assert level(entry("count", 4), entry("use", 3), entry("count", 5)).level == 5


def test_what_is_logged_late_counts_on_its_day() -> None:
    # Used on the day before the count, which has seen it already.
    assert level(entry("count", 4, 1), entry("use", 3, 0)).level == 4


def test_more_used_than_there_was_is_to_be_counted_again() -> None:
    found = level(entry("count", 1), entry("use", 3))
    assert (found.level, found.is_overdrawn) == (0, True)
    assert not level(entry("count", 1), entry("use", 3), entry("count", 2)).is_overdrawn


def test_other_items_do_not_matter() -> None:
    assert level(entry("count", 4), entry("use", 1, item="coffee")).level == 4


def test_items_that_left_the_list_are_told() -> None:
    assert unknown_items([TEA], [entry("use", 1, item="x"), entry("use", 1)]) == ("x",)


@pytest.mark.parametrize("text", ["tea", "TEA", "black", "Black tea"])
def test_an_item_is_found_by_id_name_or_part(text: str) -> None:
    items = stock("tea,Black tea,,1,2,\n", "water,Water,,1,2,\n")
    assert find_item(items, text) == items[0]


@pytest.mark.parametrize(("text", "what"), [("x", "not on the list"), ("er", "fits 2 items")])
def test_an_unclear_item_is_a_fault(text: str, what: str) -> None:
    items = stock("water,Water,,1,2,\n", "butter,Butter,,1,2,\n")
    with speaking("en"), pytest.raises(TeamError, match=what):
        find_item(items, text)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (",tea,use,1\n", "column date: The cell is empty"),
        ("30.2.2026,tea,use,1\n", "column date: “30.2.2026” is not a date"),
        ("2026-11-23,,use,1\n", "column item: The cell is empty"),
        ("2026-11-23,tea,,1\n", "column change: The cell is empty"),
        ("2026-11-23,tea,drink,1\n", "column change: “drink” is unknown"),
        ("2026-11-23,tea,use,\n", "column number: The cell is empty"),
        ("2026-11-23,tea,use,-1\n", "column number: “-1” is not a number from 0 to 100000"),
    ],
)
def test_a_wrong_cell_of_the_log_is_one_fault(line: str, what: str) -> None:
    assert faults_of(lambda: log(line)) == [f"line 2, {what}"]


def test_what_is_logged_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "stock_log.csv"
    add_entries(path, [entry("count", 4)], now=NOW)
    add_entries(path, [entry("use", 1, 2), entry("add", 3, 2)], now=NOW)
    assert load_stock_log(path) == (entry("count", 4), entry("use", 1, 2), entry("add", 3, 2))


def test_what_stands_in_the_log_stays_byte_by_byte() -> None:
    before = '\ufeffnumber;who;item;date;change\r\n# mine\r\n3;"a;b";tea;23.11.2026;use'
    after = with_entries(before, [entry("count", 4)], NOW)
    assert after == before + "\r\n4;;tea;2026-11-23;count\r\n"


def test_a_log_with_faults_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "stock_log.csv"
    path.write_text("date,item,change,number\n2026-11-23,tea,drink,1\n")
    before = path.read_bytes()
    with pytest.raises(TeamError):
        add_entries(path, [entry("use", 1)], now=NOW)
    assert path.read_bytes() == before


def test_a_log_that_cannot_be_written_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "stock_log.csv"
    add_entries(path, [entry("count", 4)], now=NOW)
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(WorkspaceError):
        add_entries(path, [entry("use", 1)], now=NOW)
    assert path.read_bytes() == before


WRITER = """
import datetime as dt, sys
from pathlib import Path
from tours.team.stocklog import Entry, add_entries
for number in range(15):
    one = Entry(dt.date(2026, 11, 23), sys.argv[2], "use", number)
    add_entries(Path(sys.argv[1]), [one], now=dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
"""


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "stock_log.csv"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), item], cwd=Path(__file__).parents[1]
        )
        for item in ("a", "b")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    entries = load_stock_log(path)
    for item in ("a", "b"):
        assert [e.number for e in entries if e.item == item] == list(range(15))


def test_whoever_waits_too_long_for_the_other_is_told(tmp_path: Path) -> None:
    path = tmp_path / "stock_log.csv"
    with (
        locked(path),
        speaking("en"),
        pytest.raises(TeamError, match="Another program"),
        locked(path, wait_s=0),
    ):
        raise AssertionError("two at once")


@pytest.mark.parametrize(("least", "target"), [(-1, 2), (3, 2)])
def test_the_programmer_s_levels_are_checked(least: int, target: int) -> None:
    with pytest.raises(ValueError, match=f"got {least} and {target}"):
        Item(id="a", name="A", least=least, target=target)


@pytest.mark.parametrize(("change", "number"), [("drink", 1), ("use", -1)])
def test_the_programmer_s_entries_are_checked(change: str, number: int) -> None:
    with pytest.raises(ValueError, match="got"):
        Entry(DAY, "tea", change, number)
