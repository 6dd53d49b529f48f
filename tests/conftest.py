"""A district on a napkin: two squares, four stops, a crossroads with a one-way street.

All distances are made in metres on the grid of EPSG:25832, so that the truth can be added up
by hand: 10 m/s, one second for every ten metres.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import shapely
from commandline import Run, call
from hypothesis import settings
from small_grid import Grid
from small_services import Making, service

from geodata.network import NetworkSource, RoadNetwork
from geodata.region import AgeBand, BusStop, Municipality, Region
from tours.district import District
from tours.leftout import Cancelled, Unassigned
from tours.plan import Plan
from tours.tour import Depot, Leg, Stop, Tour

# The same made-up cases on every machine; HYPOTHESIS_PROFILE=search looks for new ones.
# How long one takes depends on what else the machine does.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", derandomize=False, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

WEST, EAST = "03000001", "03000002"

REGION_TOML = """\
[service]
name = "Bus"
district = "03000"
district_name = "Landkreis Serviette"
state = "NI"
ages = [14, 21]

[depot]
name = "Hof"
lon = 10.05
lat = 52.05

[[shifts]]
weekday = "Di"
start = "14:00"
end = "19:00"

[[shifts]]
weekday = "Do"
start = "14:00"
end = "19:00"

[times]
grid_minutes = 5
dwell_minutes = [30, 60]
setup_minutes = 5
buffer_minutes = 5

[rules]
visits_per_place = 1
days_between = 1
cycle_weeks = 4

[weights]
contacts_per_hour = 0.5
driving_hour = 0.3
municipality_bonus = 0.2
stability = 0.4

[[areas]]
name = "Westen"
kind = "focus"
municipalities = ["03000001"]

[[areas]]
name = "Osten"
kind = "funding"
municipalities = ["03000002"]
at_least = 0
from = 2026-01-01
until = 2026-12-31
"""


@pytest.fixture(scope="session")
def grid() -> Grid:
    return Grid()


@pytest.fixture
def road_graph(grid: Grid) -> nx.MultiDiGraph[Any]:
    """Return a square of 1 km with a one-way street in the south, driven eastwards.

    ::

        d ══════ c
        ║        ║
        ║        ║
        a ─────> b
    """
    return grid.graph(
        {"a": (0, 0), "b": (1000, 0), "c": (1000, 1000), "d": (0, 1000)},
        [
            ("a", "b", "one-way"),
            ("b", "c", "two-way"),
            ("c", "d", "two-way"),
            ("d", "a", "two-way"),
        ],
    )


@pytest.fixture
def road_network(grid: Grid, road_graph: nx.MultiDiGraph[Any]) -> RoadNetwork:
    return grid.network(road_graph)


@pytest.fixture(scope="session")
def stops() -> tuple[BusStop, ...]:
    """Return two stops in each municipality, between 4 and 12 km apart."""
    return (
        BusStop("w1", "Westdorf, Kirche", WEST, 10.02, 52.02, False),
        BusStop("w2", "Westdorf, Bahnhof", WEST, 10.08, 52.07, True),
        BusStop("e1", "Ostdorf, Markt", EAST, 10.13, 52.03, False),
        BusStop("e2", "Ostdorf, Schule", EAST, 10.18, 52.08, False),
    )


@pytest.fixture(scope="session")
def region(stops: tuple[BusStop, ...]) -> Region:
    """Return two squares side by side: 10.0 to 10.1 and 10.1 to 10.2 degrees east."""
    squares = {
        WEST: Municipality(
            WEST, "Westdorf", 1_000, 10.05, 52.05, shapely.box(10.0, 52.0, 10.1, 52.1)
        ),
        EAST: Municipality(
            EAST, "Ostdorf", 3_000, 10.15, 52.05, shapely.box(10.1, 52.0, 10.2, 52.1)
        ),
    }
    bands = (AgeBand(0, 10, 1_000), AgeBand(10, 20, 1_000), AgeBand(20, None, 2_000))
    return Region(squares, stops, bands, "© Serviette")


@pytest.fixture(scope="session")
def region_toml() -> str:
    return REGION_TOML


@pytest.fixture
def make(region: Region, road_network: RoadNetwork, region_toml: str) -> Making:
    """Return what makes a service on the napkin, of so many places and afternoons."""

    def make_(**values: object) -> District:
        return service(region, road_network, region_toml, **values)  # type: ignore[arg-type]  # any

    return make_


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Return a week with a stop on Tuesday, none on Thursday and a holiday on Wednesday."""
    depot = Depot("Hof", 10.05, 52.05)
    there = ((10.05, 52.05), (10.13, 52.03))
    stop = Stop(
        place_id="markt",
        name="Ostdorf, Markt",
        kind="square",
        ags=EAST,
        municipality="Ostdorf",
        lon=10.13,
        lat=52.03,
        arrival_s=52_200,
        start_s=52_800,
        departure_s=56_400,
        expected=120,
        assumed=("hours",),
    )
    tours = (
        Tour(
            id="2026-11-17-0",
            date=dt.date(2026, 11, 17),
            depot=depot,
            shift_start_s=50_400,
            shift_end_s=68_400,
            leave_s=51_600,
            return_s=57_000,
            stops=(stop,),
            legs=(Leg(600, 6_000, there), Leg(600, 6_000, there[::-1])),
        ),
        Tour(
            id="2026-11-19-2",
            date=dt.date(2026, 11, 19),
            depot=depot,
            shift_start_s=50_400,
            shift_end_s=68_400,
            leave_s=50_400,
            return_s=50_400,
            stops=(),
            legs=(),
        ),
    )
    return Plan(
        service="Bus",
        district="Landkreis Serviette",
        week="2026-W47",
        tours=tours,
        unassigned=(
            Unassigned(
                "kirche", "Westdorf, Kirche", "square", WEST, "Westdorf", 10.02, 52.02, "closed"
            ),
        ),
        cancelled=(Cancelled(dt.date(2026, 11, 18), "Feiertag"),),
        value=90,
        bound=100,
        seed=0,
        network=NetworkSource("estimate", "", "© Serviette", 0.15, 0.4),
        attribution="© Serviette",
        config_digest="0123456789ab",
        knows_school_holidays=True,
    )


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command, and gives its exit code, its output and its errors."""

    def run_(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = call([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_
