"""Words as they are compared: however their case, blanks, signs and accents are typed."""

from __future__ import annotations

import re
import unicodedata


def spelling(text: str) -> str:
    """Return a text without case, with single blanks, an accented letter as one."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def plain_word(text: str) -> str:
    """Return the `spelling` of a text, signs as blanks."""
    return " ".join(re.sub(r"[\W_]+", " ", spelling(text)).split())
