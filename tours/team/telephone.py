"""Telephone numbers as people write them: can they be dialled, and how."""

from __future__ import annotations

import re

from geodata.language import translator

_ = translator("tours")

# Digits that the recommendation E.164 allows, the country's code among them.
MOST_DIGITS = 15
LONGEST_SHORT = 6
# How a German area code in brackets is told from one that is dialled from abroad.
_OPTIONAL_ZERO = re.compile(r"(?<=\d)\s*\(0\)")
_PUNCTUATION = re.compile(r"[\s()/.–-]+")


def dialled(text: str) -> str:
    """Return what is dialled for a number that was typed: digits, perhaps with a plus before.

    Parameters
    ----------
    text : str
        As in ``(05021) 12 34-0``, ``+49 (0) 5021 1234`` or ``116111``.

    Raises
    ------
    ValueError
        If it is no number that can be dialled; the message says why, in words for the user.
    """
    is_abroad = text.strip().startswith(("+", "00"))
    body = _OPTIONAL_ZERO.sub("", text) if is_abroad else text
    digits = _PUNCTUATION.sub("", body.strip().removeprefix("+"))
    if not re.fullmatch("[0-9]+", digits):
        raise ValueError(_("it holds more than digits and the signs between them"))
    if is_abroad:
        digits = digits.removeprefix("00")
    if len(digits) > MOST_DIGITS:
        raise ValueError(_("it is too long for one number"))
    if len(digits) < 3:
        raise ValueError(_("it is too short"))
    if is_abroad:
        if digits.startswith("0") or len(digits) < 7:
            raise ValueError(_("the code of a country must follow + or 00"))
        return f"+{digits}"
    if digits.startswith("0"):
        if len(digits) < 6:
            raise ValueError(_("it is too short"))
        return digits
    # Emergency calls, 115, 116111, 116117 and the like are dialled without an area code.
    if digits.startswith("11") and len(digits) <= LONGEST_SHORT:
        return digits
    raise ValueError(_("the area code with its zero is missing; spreadsheets drop the first zero"))
