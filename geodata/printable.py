"""Text from elsewhere, made fit for one line of a file or a message."""

from __future__ import annotations

import re

_BREAK = re.compile("\\s*[\r\n\t\u2028\u2029]\\s*")
# Letters that would steer a terminal, end a text early or turn the words behind them round.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")

# Of these, and of what turns a line round, ends one or is not seen: those that JSON may hold.
_STEERING_DATA = re.compile(
    "[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)


def printable(text: object, longest: int = 100) -> str:
    """Return a text on one line, without what cannot be printed.

    Parameters
    ----------
    text : object
    longest : int
        What is longer ends in an ellipsis.
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def sentence(text: str, longest: int = 500) -> str:
    """Return what is said to a person on one line; too much of it is cut in its middle.

    Parameters
    ----------
    text : str
    longest : int
        Of a longer one, beginning and end stay: what is quoted mostly stands between.
    """
    line = _BREAK.sub(" ", steady(text)).strip()
    if len(line) <= longest:
        return line
    half = longest // 2
    return f"{line[:half]} … {line[-half:]}"


def steady(text: str) -> str:
    """Return a text without control characters; line breaks and tabs stay."""
    return _STEERING.sub("", text)


def escaped(data: str) -> str:
    """Return JSON that means the same, with each letter that would steer a terminal written out.

    Parameters
    ----------
    data : str
        Outside its texts JSON has letters of ASCII only, so that none of it is changed.
    """
    return _STEERING_DATA.sub(lambda found: f"\\u{ord(found[0]):04x}", data)
