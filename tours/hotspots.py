"""Expected contacts of a stop, hundredths; until visits are logged, from start values alone."""

from __future__ import annotations

import math

from geodata.places import Place

HUNDREDTHS = 100
# Whoever is there meets the bus in the first hour; a longer stay meets few more.
SATURATION_H = 1.0
# How the kinds fare in school holidays before anything is known: assumed.
HOLIDAY_START = {"school": 0.3, "bus_stop": 0.5, "youth_centre": 0.7, "station": 0.8}


def effective_hours(dwell_s: int) -> float:
    """Return the hours that a dwell is worth: h_eff = τ·(1 − exp(−h/τ)), τ = 1 h."""
    return SATURATION_H * (1 - math.exp(-dwell_s / 3600 / SATURATION_H))


def expected_contacts(
    place: Place, dwell_s: int, *, contacts_per_hour: float, is_school_holiday: bool
) -> int:
    """Return the contacts that a stop can expect, hundredths, an estimate.

    Parameters
    ----------
    place : Place
        Its start weight is the team's own guess, or assumed.
    dwell_s : int
    contacts_per_hour : float
        The service's rate at a place of weight 1.
    is_school_holiday : bool
    """
    season = HOLIDAY_START.get(place.kind, 1.0) if is_school_holiday else 1.0
    contacts = contacts_per_hour * place.start_weight * season * effective_hours(dwell_s)
    return math.floor(contacts * HUNDREDTHS + 0.5)
