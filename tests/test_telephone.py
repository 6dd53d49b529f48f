"""Telephone numbers: what is dialled for what people type, and what cannot be dialled."""

from __future__ import annotations

import pytest

from geodata.language import speaking
from tours.team.telephone import dialled


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("112", "112"),
        ("116 111", "116111"),
        ("0800 111 0 111", "08001110111"),
        ("(05021) 12 34-0", "0502112340"),
        ("05021/1234", "050211234"),
        ("0171–222.333", "0171222333"),
        ("+49 5021 1234", "+4950211234"),
        ("+49 (0) 5021 1234", "+4950211234"),
        ("0049 (0)5021 1234", "+4950211234"),
        ("0043 1 5021234", "+4315021234"),
    ],
)
def test_what_is_dialled(typed: str, number: str) -> None:
    assert dialled(typed) == number


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("5021 1234", "area code"),
        ("49171222333", "area code"),
        ("4,91712E+11", "digits"),
        ("05021 1234 oder 5678", "digits"),
        ("Herr Meier", "digits"),
        ("05021 ١٢٣٤", "digits"),
        ("05021 1234, 05021 5678", "digits"),
        ("05021 1234 / 0171 222333", "too long"),
        ("11", "too short"),
        ("0502", "too short"),
        ("+0 5021 1234", "country"),
        ("00", "too short"),
        ("", "digits"),
    ],
)
def test_what_cannot_be_dialled_says_why(typed: str, reason: str) -> None:
    with speaking("en"), pytest.raises(ValueError, match=reason):
        dialled(typed)
