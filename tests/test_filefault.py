"""Why files cannot be read, in the words of the language."""

from __future__ import annotations

import errno
import os

import pytest

from geodata.filefault import line_of, reason_of
from geodata.language import speaking


@pytest.mark.parametrize(
    ("number", "german"),
    [
        (errno.ENOENT, "es gibt sie nicht"),
        (errno.EACCES, "der Zugriff ist nicht erlaubt"),
        (errno.ENOSPC, "der Datenträger ist voll"),
    ],
)
def test_common_reasons_are_german(number: int, german: str) -> None:
    with speaking("de"):
        assert reason_of(OSError(number, os.strerror(number))) == german


def test_a_rare_reason_is_that_of_the_system() -> None:
    assert reason_of(OSError(errno.EBUSY, "busy")) == "busy"


@pytest.mark.parametrize(("data", "line"), [(b"\xe4", 1), (b"a\nb\xe4\n", 2), (b"\n\n\n\xe4", 4)])
def test_the_line_of_a_wrong_byte_is_counted_from_one(data: bytes, line: int) -> None:
    with pytest.raises(UnicodeDecodeError) as caught:
        data.decode("utf-8")
    assert line_of(caught.value) == line
