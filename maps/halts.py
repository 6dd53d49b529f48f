"""The halts of a tour as rows: number, name and town, times, drive and kilometres."""

from __future__ import annotations

from maps import wording
from maps.lettering import printable
from maps.paper import Part
from tours.schedule import clock, drive_minutes
from tours.tour import Stop, Tour


def stop_name(stop: Stop) -> str:
    """Return the name of a stop as it can be printed, with its id if nothing is left of it."""
    return named(stop.name, stop.place_id)


def named(name: str, place_id: str) -> str:
    """Return the name of a place as it can be printed, with its id if nothing is left of it."""
    shown = printable(name)
    return shown if any(map(str.isalnum, shown)) else printable(f"{shown} ({place_id})")


def stop_town(stop: Stop) -> str:
    """Return the municipality unless the name says it, and that a stop is not for the public."""
    town = printable(stop.municipality)
    town = "" if stop_name(stop).startswith(town) else town
    return " · ".join(filter(None, (town, wording.public_note(stop))))


def halt_rows(tour: Tour) -> list[Part]:
    """Return the rows of a timetable."""
    return [
        {
            "number": str(i),
            "name": stop_name(stop),
            "town": stop_town(stop),
            "arrival": clock(stop.arrival_s),
            "start": clock(stop.start_s),
            "end": clock(stop.departure_s),
            "rest": wording.break_note(stop),
            "leave": clock(stop.leave_s),
            "drive": str(drive_minutes(leg.drive_s)),
            "km": wording.number(leg.length_m / 1000, "#,##0.0"),
        }
        for i, (stop, leg) in enumerate(zip(tour.stops, tour.legs, strict=False), start=1)
    ]


def way_home(tour: Tour) -> Part:
    """Return minutes and kilometres of the last drive, empty for a tour without stops."""
    if not tour.stops:
        return {"drive": "", "km": ""}
    return {
        "drive": str(drive_minutes(tour.legs[-1].drive_s)),
        "km": wording.number(tour.legs[-1].length_m / 1000, "#,##0.0"),
    }
