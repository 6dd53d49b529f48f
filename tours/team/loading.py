"""Loading the lists of a team from its workspace, with the faults of all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from geodata.errors import Fault
from geodata.places import load_places
from geodata.region import Region
from tours.appointments import Appointment, load_appointments
from tours.config import Config
from tours.errors import TeamError
from tours.plan import Plan
from tours.team.crew import load_crew
from tours.team.day import Team
from tours.team.partners import load_partners
from tours.team.stock import load_stock
from tours.team.stocklog import load_stock_log
from tours.workspace import Workspace

Read = TypeVar("Read")


def load_team(
    space: Workspace, region: Region, config: Config, appointments: tuple[Appointment, ...] = ()
) -> Team:
    """Read the lists of a team; each of them may be missing.

    Parameters
    ----------
    space : Workspace
    region : Region
    config : Config
    appointments : tuple of Appointment

    Raises
    ------
    TeamError
        With the faults of all lists.
    """
    faults: list[Fault] = []

    def read(load: Callable[[], tuple[Read, ...]]) -> tuple[Read, ...]:
        try:
            return load()
        except TeamError as error:
            faults.extend(error.faults)
            return ()

    team = Team(
        items=read(lambda: load_stock(space.stock_file)),
        entries=read(lambda: load_stock_log(space.stock_log_file)),
        partners=read(lambda: load_partners(space.partners_file, region, config.areas)),
        turns=read(lambda: load_crew(space.crew_file)),
        appointments=appointments,
        state=config.state,
        rules=config.crew_rules,
    )
    if faults:
        raise TeamError.collected(faults)
    return team


def load_team_of(space: Workspace, region: Region, config: Config, plan: Plan) -> Team:
    """Read the lists of a team for a stored plan, and the appointments if it holds any."""
    appointments: tuple[Appointment, ...] = ()
    if any(stop.is_appointment for tour in plan.tours for stop in tour.stops):
        places = load_places(space.places_file, region)
        appointments = load_appointments(space.appointments_file, region, places)
    return load_team(space, region, config, appointments)
