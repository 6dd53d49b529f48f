"""Whether what the team asked of a plan can be, before anything is solved."""

from __future__ import annotations

from collections.abc import Collection

from geodata.errors import Fault
from geodata.language import translator
from tours.dates import short_date
from tours.district import District
from tours.errors import ConfigError
from tours.naming import id_remedy
from tours.outings import Outings
from tours.starts import excluded
from tours.wishes import Pin, Wishes

_ = translator("tours")


def check_wishes(
    wishes: Wishes, district: District, outings: Outings, missing: Collection[str]
) -> None:
    """Refuse what the team asked for where it cannot be.

    Parameters
    ----------
    wishes : Wishes
    district : District
    outings : Outings
    missing : collection of str
        Ids of places without a road.

    Raises
    ------
    ConfigError
        With all faults, each with a remedy.
    """
    config = district.config
    by_id = {place.id: place for place in district.places}
    faults = _unknown(wishes, district)
    for pin in dict.fromkeys((*wishes.pins, *map(Pin, wishes.forced))):
        if any(
            ban.place == pin.place and ban.weekday in (None, pin.weekday) for ban in wishes.bans
        ):
            faults.append(
                Fault(
                    _("“{id}” is both pinned and banned").format(id=pin.place),
                    remedy=_("Take one of the two away"),
                )
            )
        elif pin.place in by_id and excluded(by_id[pin.place], config):
            faults.append(
                Fault(
                    _("“{id}” is not visited: its status or municipality forbids it").format(
                        id=pin.place
                    ),
                    remedy=_("Set its status to active, or correct not_served in region.toml"),
                )
            )
        elif pin.place in missing:
            faults.append(
                Fault(
                    _("“{id}” is not visited: no road leads there and back").format(id=pin.place),
                    remedy=_("Correct its position in places.csv, or load roads that reach it"),
                )
            )
        if not any(pin.weekday in (None, shift.date.weekday()) for shift in outings.shifts):
            faults.append(_no_tour(pin, outings))
        if pin.start_s is not None and pin.start_s % config.grid_s:
            faults.append(
                Fault(
                    _("{pin}: starts lie on full {minutes} minutes").format(
                        pin=pin.name, minutes=config.grid_s // 60
                    ),
                    remedy=_("Choose such a time, or change grid_minutes in region.toml"),
                )
            )
    if faults:
        raise ConfigError.collected(faults)


def _unknown(wishes: Wishes, district: District) -> list[Fault]:
    """Return what is wrong with the names in the wishes: no place is called so."""
    banned = [ban.place for ban in wishes.bans]
    named = [
        *(pin.place for pin in wishes.pins),
        *wishes.forced,
        *banned,
        *(place for lineup in wishes.lineups for place in lineup.places),
    ]
    places = {place.id for place in district.places}
    appointments = {appointment.id for appointment in district.appointments}
    faults: list[Fault] = []
    for id_ in dict.fromkeys(named):
        if id_ in appointments:
            set_there = _("Its day and time are set in appointments.csv")
            left_out = _("To leave it out, take it out of appointments.csv")
            faults.append(
                Fault(
                    _("“{id}” is an appointment, not a meeting place").format(id=id_),
                    remedy=left_out if id_ in banned else set_there,
                )
            )
        elif id_ not in places:
            faults.append(
                Fault(
                    _("There is no place “{id}”").format(id=id_),
                    remedy=id_remedy(id_, district.places),
                )
            )
    return faults


def _no_tour(pin: Pin, outings: Outings) -> Fault:
    """Return why there is no tour on the day of a pin."""
    lost = [c for c in outings.cancelled if c.date.weekday() == pin.weekday]
    if not lost:
        return Fault(
            _("{pin}: there is no tour on that day").format(pin=pin.name),
            remedy=_("Choose a day with an afternoon"),
        )
    return Fault(
        _("{pin}: the afternoon of {day} is not driven ({reason})").format(
            pin=pin.name, day=short_date(lost[0].date), reason=lost[0].holiday
        ),
        remedy=_("Choose another day, or take the pin or the cancellation away"),
    )
