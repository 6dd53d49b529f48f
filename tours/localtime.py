"""Times of a day as moments of the time zone that the bus drives in."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from tours.schedule import MINUTE_S

ZONE = ZoneInfo("Europe/Berlin")


def moment(day: dt.date, seconds: int) -> dt.datetime:
    """Return a time of a day, to the minute, with its time zone."""
    # To the minute that is shown everywhere else.
    minutes = seconds // MINUTE_S
    return dt.datetime.combine(day, dt.time(), ZONE) + dt.timedelta(minutes=minutes)
