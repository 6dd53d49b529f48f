"""What lists of visits call their columns, in German and English, and how their cells are spelt."""

from __future__ import annotations

import re

from geodata.language import current_language
from geodata.spelling import spelling
from tours.visits.visit import REASONS

# What columns are called, the name that we write first; compared without case and signs.
HEADERS = {
    "place": ("ort", "treffpunkt", "platz", "halt", "standort", "place", "place id", "ort id"),
    "date": ("datum", "tag", "date", "day"),
    "arrival": ("ankunft", "von", "beginn", "arrival", "from", "start"),
    "departure": ("abfahrt", "bis", "ende", "departure", "to", "until", "end"),
    "hours": ("stunden", "dauer", "dauer h", "dauer in stunden", "dauer std", "hours"),
    "minutes": ("minuten", "dauer min", "dauer in minuten", "minutes"),
    "met": ("angetroffen", "kontakte", "anzahl", "jugendliche", "met", "contacts"),
    "new": ("davon neu", "neu", "neue", "neue kontakte", "erstkontakte", "new", "of them new"),
    "reason": ("grund", "ausfall", "ausfallgrund", "reason"),
}
REASON_WORDS = {
    "staff": ("personal", "krankheit", "krank", "illness"),
    "vehicle": ("fahrzeug", "panne", "bus"),
    "weather": ("wetter",),
    "road": ("straße", "strasse", "verkehr", "stau", "traffic"),
    "time": ("zeit", "verspätung", "delay"),
    "closed": ("geschlossen", "gesperrt"),
    "other": ("sonstiges", "anderes", "andere"),
}
# Spreadsheets write the weekday before a date.
_WEEKDAY = re.compile(r"(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)[a-zäö]*[.,]*\s+", re.I)
_SHORT_YEAR = re.compile(r"(\d{1,2}\.\d{1,2}\.)(\d{2})")
_SECONDS = re.compile(r"(\d{1,2}[:.]\d{2})[:.]\d{2}")
_CLOCK = re.compile(r"\s*(?:uhr|h)$", re.I)


def read_reason(text: str) -> str:
    """Return why a stop did not take place, one of `REASONS`; empty if the text says none."""
    value = spelling(text)
    for reason in REASONS:
        if value == reason or value in REASON_WORDS[reason]:
            return reason
    return ""


def reason_names() -> str:
    """Return what may be written as a reason."""
    is_german = current_language() == "de"
    return ", ".join(REASON_WORDS[reason][0] if is_german else reason for reason in REASONS)


def plain_cell(field: str, cell: str) -> str:
    """Return a cell in the spelling that all cells of its kind are read in."""
    if field == "date":
        cell = _WEEKDAY.sub("", cell, count=1) if _WEEKDAY.match(cell) else cell
        return re.sub(rf"^{_SHORT_YEAR.pattern}$", r"\g<1>20\g<2>", cell)
    if field in ("arrival", "departure"):
        cell = _CLOCK.sub("", cell)
        match = _SECONDS.fullmatch(cell)
        return match[1] if match else cell
    return cell
