"""Cells of a CSV text where they stand: found as `csv` finds them, changed and nothing else."""

from __future__ import annotations

import csv
import io

import pytest

from tours.privacy.csvcells import cells_of, changed

TEXTS = (
    "a,b,c\n1,2,3\n",
    "\ufeffa;b;c\r\n1;2,5;3\r\n\r\n4;;6",
    'a,b\n"x, y","he said ""no"""\n"two\nlines",2\n',
    'a,b\n5" tv,2\n',
    "a\tb\n1\t\n",
    "a,b\r1,2\r",
    '"",a\n,1\n',
)


@pytest.mark.parametrize("text", TEXTS)
def test_cells_are_those_of_the_csv_module(text: str) -> None:
    head = text.lstrip("\ufeff").splitlines()[0]
    delimiter = max((",", ";", "\t"), key=head.count)
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    truth = [row for row in rows if any(cell.strip() for cell in row)]
    assert [[cell.text for cell in row] for row in cells_of(text)] == truth


@pytest.mark.parametrize("text", TEXTS)
def test_no_change_leaves_every_letter(text: str) -> None:
    assert changed(text, {}) == text


def test_a_cell_is_changed_where_it_stands() -> None:
    text = 'a;b\r\n"x;\ny";2\r\n3;4'
    _head, first, second = cells_of(text)
    assert changed(text, {second[1]: "", first[0]: "-"}) == "a;b\r\n-;2\r\n3;"
