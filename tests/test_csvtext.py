"""Changes in a CSV file: what is not changed stays to the byte."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.csvtext import csv_text

ROW = {"id": "neu", "name": "Ort; neu", "lon": "10.5", "note": "1.5"}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_a_row_is_added_as_the_file_is_written(mark: str, end: str, last: bool) -> None:
    text = mark + end.join(["id;name;lon", 'a;"A;B";10,25']) + (end if last else "")
    added = str(csv_text(text).with_rows([ROW]))
    assert added == text + ("" if last else end) + f'neu;"Ort; neu";10,5{end}'


def test_a_decimal_point_stays_where_the_file_has_points() -> None:
    assert str(csv_text("id,lon\na,10.25\n").with_rows([ROW])) == "id,lon\na,10.25\nneu,10.5\n"


def test_only_numbers_get_a_decimal_comma() -> None:
    assert str(csv_text("id;lon;note\na;10,25;\n").with_rows([ROW])).endswith("neu;10,5;1.5\n")


def test_columns_that_the_row_does_not_know_are_empty() -> None:
    assert str(csv_text("own,id\nx,a\n").with_rows([ROW])) == "own,id\nx,a\n,neu\n"


def test_blank_lines_and_lines_within_a_cell_stay() -> None:
    text = '\n\nid,name\n\na,"A\nB"\n,\n\n'
    assert str(csv_text(text).with_rows([ROW])) == f"{text}neu,Ort; neu\n"


def test_a_cell_is_changed_and_the_other_lines_stay() -> None:
    text = 'id;d\r\n a ;"x"\r\n"b";\r\n'
    assert str(csv_text(text).with_cell("id", "a", "d", "no")) == 'id;d\r\n a ;no\r\n"b";\r\n'


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ""])
@pytest.mark.parametrize("inner", ["\n", "\r\n", "\r"])
def test_a_line_with_a_break_in_a_cell_stays_one_record(end: str, inner: str) -> None:
    head = f"id,name,note{end or chr(10)}"
    text = csv_text(f'{head}a,A,"one{inner}two"{end}')
    changed = str(text.with_cell("id", "a", "name", "B"))
    assert list(csv.reader(io.StringIO(changed, newline=""))) == [
        ["id", "name", "note"],
        ["a", "B", f"one{inner}two"],
    ]


def test_the_first_line_is_no_record() -> None:
    text = "id,d\nid,x\n"
    assert str(csv_text(text).with_cell("id", "id", "d", "no")) == "id,d\nid,no\n"


def test_records_are_taken_out() -> None:
    assert str(csv_text("id\na\nb\nc\n").without("id", {"a", "c"})) == "id\nb\n"


@pytest.mark.parametrize("text", ["", "\n", 'id\n"a'])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="text must"):
        csv_text(text)


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.lists(cells, min_size=2, max_size=2), max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_any_table_comes_out_as_it_went_in(rows: list[list[str]], delimiter: str, end: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerows([["id", "name"], *rows])
    text = out.getvalue()
    assert str(csv_text(text)) == text
    assert str(csv_text(text).with_rows([ROW])).startswith(text)
