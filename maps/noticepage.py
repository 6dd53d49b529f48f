"""The page of a public notice: what stands where for one place, in up to four languages.

All lengths are millimetres of A4; A3 is the same page enlarged.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from maps import wording
from maps.ground import Ground
from maps.halts import named
from maps.lettering import printable
from maps.noticemap import map_address, notice_map, qr_code
from maps.noticewords import (
    CANCELLED,
    CHANGES,
    CODE,
    CONTACT,
    DATES,
    NTH_WEEK,
    PLACE,
    SECOND_WEEK,
    TAGLINE,
    WELCOME,
    NoticeWords,
)
from maps.paper import Part
from tours.announced import Announcement, Slot
from tours.schedule import clock

# Width and height of A4 less the margins of notices.typ.
WIDTH_MM, HEIGHT_MM = 186.0, 273.0
HEAD_MM, NAME_MM, TOWN_MM, FOOT_MM, GAP_MM = 27.0, 25.0, 8.5, 5.0, 4.0
CONTACT_MM = 9.0
# A weekday with its time: alone, the room of several, and how many stand below each other.
SLOT_MM, SLOTS_MM, MOST_LINES = 34.0, 52.0, 4
MAP_TITLE_MM, CODE_MM = 6.5, 50.0
# What is said in one language: alone, beside another one, or in one of two rows.
ALONE_MM, PAIR_MM, TALK_MM = 62.0, 72.0, 50.0
LEAST_MAP_MM, MOST_MAP_MM = 58.0, 84.0
A_MONDAY = dt.date(2024, 1, 1)


def notice_page(
    place: Announcement,
    ground: Ground,
    words: Sequence[NoticeWords],
    *,
    service: str,
    ages: tuple[int, int],
    contact: str,
    paper: str,
    enlarged: float,
) -> Part:
    """Return the notice of a place; the first language is the one in large letters."""
    columns = 1 if len(place.slots) <= MOST_LINES else 2
    lines = math.ceil(len(place.slots) / columns)
    slot = SLOT_MM if len(place.slots) == 1 else min(SLOT_MM * 0.7, SLOTS_MM / max(1, lines))
    used = HEAD_MM + NAME_MM + TOWN_MM + lines * slot + FOOT_MM + 3 * GAP_MM
    used += CONTACT_MM if contact else 0.0
    rows = math.ceil(len(words) / 2)
    wanted = (0.0, ALONE_MM, PAIR_MM)[len(words)] if rows == 1 else rows * TALK_MM
    # The map gives way where there are many languages.
    below = max(LEAST_MAP_MM, min(MOST_MAP_MM, HEIGHT_MM - used - wanted))
    talk = (HEIGHT_MM - used - below - GAP_MM * (rows - 1)) / rows
    name, town = named(place.name, place.place_id), printable(place.municipality)
    main = words[0]
    return {
        "kind": "place",
        "service": printable(service),
        "name": name,
        # Most names begin with it.
        "town": "" if name.startswith(town) else town,
        "head_mm": HEAD_MM,
        "name_mm": NAME_MM,
        "town_mm": TOWN_MM,
        "gap_mm": GAP_MM,
        "foot_mm": FOOT_MM,
        "taglines": [_in(one, one.say(TAGLINE)) for one in words],
        "slots": [_slot(one, words, is_small=columns > 1) for one in place.slots],
        "slot_columns": columns,
        "slot_mm": slot,
        "talks": [_talk(place, one, ages, is_small=rows > 1) for one in words],
        "talk_mm": talk,
        "map_titles": [_in(one, one.say(PLACE)) for one in words],
        "map_title_mm": MAP_TITLE_MM,
        "map": notice_map(
            place,
            ground,
            (WIDTH_MM - CODE_MM - GAP_MM, below - MAP_TITLE_MM),
            paper=paper,
            enlarged=enlarged,
            alt=f"{main.say(PLACE)}: {name}",
        ),
        "code": qr_code(map_address(place.lon, place.lat)),
        "code_link": map_address(place.lon, place.lat),
        "code_mm": CODE_MM,
        "code_lines": [_in(one, one.say(CODE)) for one in words],
        "contact_labels": [_in(one, one.say(CONTACT)) for one in words],
        "contact": printable(contact),
        "contact_mm": CONTACT_MM,
    }


def _in(words: NoticeWords, text: str, **more: object) -> Part:
    """Return a text with the language it is in."""
    return {
        "text": text,
        "lang": words.language,
        "dir": words.direction,
        "face": words.face,
        **more,
    }


def _slot(slot: Slot, words: Sequence[NoticeWords], *, is_small: bool) -> Part:
    def rhythm(one: NoticeWords) -> str:
        # Where there is no room for it, the dates have to say it.
        if slot.every < 2 or is_small:
            return ""
        return one.say(SECOND_WEEK) if slot.every == 2 else one.say(NTH_WEEK, n=slot.every)

    day = A_MONDAY + dt.timedelta(days=slot.weekday)
    return {
        "days": [_in(one, one.weekday(day), rhythm=rhythm(one)) for one in words],
        "time": wording.span(slot.start_s, slot.end_s),
    }


def _talk(
    place: Announcement, words: NoticeWords, ages: tuple[int, int], *, is_small: bool
) -> Part:
    usual = {(slot.weekday, slot.start_s, slot.end_s) for slot in place.slots}
    dates = []
    for one in place.occasions:
        is_usual = len(usual) == 1 and (one.date.weekday(), one.start_s, one.end_s) in usual
        time = clock(one.start_s) if is_small else wording.span(one.start_s, one.end_s)
        date = words.short_date(one.date) if is_small else words.date(one.date)
        beside = "" if is_usual or one.is_off else time
        dates.append({"text": date, "time": beside, "is_off": one.is_off})
    return _in(
        words,
        words.say(WELCOME, first=ages[0], last=ages[1]),
        title=words.say(DATES),
        dates=dates,
        off=words.say(CANCELLED),
        changes=words.say(CHANGES),
    )
