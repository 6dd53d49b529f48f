"""The lists of a team as long as they get, for tests of what goes to paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from sheet_examples import MONDAY, stop

from tours.appointments import Appointment
from tours.team.crew import Turn
from tours.team.day import Team
from tours.team.partners import Partner
from tours.team.stock import Item
from tours.team.stocklog import Entry
from tours.tour import APPOINTMENT, Stop

LONG = "Beratungsstelle für junge Menschen in schwierigen Lagen Nr. "
HOME = "besuch-1"


def partner(number: int, **changes: object) -> Partner:
    plain: dict[str, object] = {
        **{"name": f"{LONG}{number:02d}"[-60:], "role": "Beratung und Krisenhilfe"},
        **{"phone": f"05551 12{number:02d}", "dial": f"0555112{number:02d}", "hours": "24/7"},
    }
    return Partner(**{**plain, **changes})  # type: ignore[arg-type]  # any of its fields


def item(number: int, **changes: object) -> Item:
    plain: dict[str, object] = {
        **{"id": f"i{number}", "name": f"Rettungsdecken und Wärmflaschen im Winter {number:02d}"},
        **{"unit": "Packungen", "least": 2, "target": 12, "note": "Verfallsdatum prüfen"},
    }
    return Item(**{**plain, **changes})  # type: ignore[arg-type]  # any of its fields


def appointment(**changes: object) -> Appointment:
    plain: dict[str, object] = {
        **{"id": HOME, "date": MONDAY, "start_s": 50_400, "latest_s": 50_400, "dwell_s": 1800},
        **{"name": "Familie", "lon": 10.0, "lat": 51.7, "ags": "03155011", "is_private": False},
        **{"unit": "Allgemeiner Sozialer Dienst", "purpose": "Begleitung zum Amt"},
        **{"status": "requested", "language": "ar"},
    }
    return Appointment(**{**plain, **changes})  # type: ignore[arg-type]  # any of its fields


def full_team(*, partners: int = 10, items: int = 12, typed: str = "") -> Team:
    """Return full lists; with what was typed in the place of every text, if there is some."""
    texts = dict.fromkeys(("name", "role", "phone", "area", "languages", "note"), typed)
    words = dict.fromkeys(("name", "unit", "note"), typed)
    visit = dict.fromkeys(("unit", "purpose", "language"), typed)
    return Team(
        items=tuple(item(n, **(words if typed else {})) for n in range(items)),
        entries=tuple(Entry(MONDAY - dt.timedelta(days=3), f"i{n}", "count", n) for n in range(9)),
        partners=tuple(
            partner(n, is_emergency=n < 3, **(texts if typed else {})) for n in range(partners)
        ),
        turns=tuple(
            Turn(name=typed or name, role=typed or "Fachkraft", weekday=0)
            for name in ("Anna Beispielname-Langenfeld", "CD", "EF")
        ),
        appointments=(appointment(**(visit if typed else {})),),
    )


def appointment_stop(number: int) -> Stop:
    """Return the stop of the appointment of the full lists, which is a request only."""
    changes: dict[str, Any] = {"place_id": HOME, "kind": APPOINTMENT, "name": "Familie"}
    return replace(stop(number), is_public=False, is_confirmed=False, **changes)
