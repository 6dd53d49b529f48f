"""Cells of a map program's file come back as they were written."""

from __future__ import annotations

import pandas as pd
import pytest

from tours.places.imports import _cell


@pytest.mark.parametrize(
    ("value", "text"),
    [(3456789012.0, "3456789012"), (0.1234567, "0.1234567"), (float("nan"), ""), (pd.NaT, "")],
)
def test_numbers_are_whole_and_what_is_missing_is_empty(value: object, text: str) -> None:
    assert _cell(value) == text
