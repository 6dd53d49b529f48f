"""Text from elsewhere, made fit for one line of a file or a message."""

from __future__ import annotations


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
