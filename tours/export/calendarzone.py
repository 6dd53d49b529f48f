"""The time zone of the bus as a calendar file explains it (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime as dt

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from tours.localtime import ZONE

WINTER, SUMMER = dt.timedelta(hours=1), dt.timedelta(hours=2)


def zone_component() -> Timezone:
    """Return the rule of the European Union: the last Sundays of March and October."""
    zone = Timezone()
    zone.add("tzid", ZONE.key)
    # The first changes by this rule; each is told in the time that holds before it.
    for part, name, before, after, first in (
        (TimezoneDaylight(), "CEST", WINTER, SUMMER, dt.datetime(1981, 3, 29, 2)),
        (TimezoneStandard(), "CET", SUMMER, WINTER, dt.datetime(1996, 10, 27, 3)),
    ):
        part.add("dtstart", first)
        part.add("rrule", {"freq": "YEARLY", "bymonth": first.month, "byday": "-1SU"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone
