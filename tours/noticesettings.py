"""What public notices say: the part [notice] of region.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

from geodata.language import translator
from tours.tomltable import Table

_ = translator("tours")

LANGUAGES = ("de", "en")
# More have no room on a page that is read in passing.
MOST_LANGUAGES = 4
LONGEST_CONTACT = 100


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """What public notices say besides place and time.

    Attributes
    ----------
    languages : tuple of str
        Codes of one to four languages (ISO 639), the first one in large letters.
    contact : str
        How to reach the service; empty to print nothing.
    """

    languages: tuple[str, ...] = LANGUAGES
    contact: str = ""


USUAL_NOTICE = NoticeSettings()


def read_notice(table: Table) -> NoticeSettings:
    """Read the part [notice]; faults are noted in the table."""
    languages = table.texts("languages")
    for code in languages:
        if not _is_language(code):
            table.fault(
                "languages",
                _("“{code}” is not the code of a language").format(code=code),
                _('Write codes of two or three letters, as in ["de", "en", "ar"]'),
            )
    if len(languages) > MOST_LANGUAGES or len(set(languages)) < len(languages):
        table.fault(
            "languages",
            _("“languages” must be {number} different languages at most").format(
                number=MOST_LANGUAGES
            ),
            _("Remove some of them; the first one is printed in large letters"),
        )
    contact = table.text("contact", "-") if table.has("contact") else ""
    if len(contact) > LONGEST_CONTACT:
        table.fault(
            "contact",
            _("“contact” has more than {number} characters").format(number=LONGEST_CONTACT),
            _("Shorten it to one line"),
        )
    table.finish()
    return NoticeSettings(languages or LANGUAGES, contact)


def _is_language(code: str) -> bool:
    if not re.fullmatch("[a-z]{2,3}", code):
        return False
    try:
        Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return False
    return True
