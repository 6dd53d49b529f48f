"""region.toml: what is read, and that every fault is named with line and column."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import EAST, WEST
from small_settings import read

from geodata.region import BUILT_IN, Area, built_in_folder, load_region
from tours.afternoons import Afternoon, DepotSite
from tours.config import Config, load_config


def test_every_setting_is_read(region_toml: str) -> None:
    assert read(region_toml) == Config(
        service="Bus",
        district_key="03000",
        district_name="Landkreis Serviette",
        state="NI",
        ages=(14, 21),
        crew=2,
        not_served=frozenset(),
        depots=(DepotSite("depot", "Hof", 10.05, 52.05),),
        afternoons=(Afternoon(1, 50_400, 68_400), Afternoon(3, 50_400, 68_400)),
        grid_s=300,
        dwells_s=(1800, 3600),
        setup_s=300,
        buffer_s=300,
        visits_per_place=1,
        days_between=1,
        cycle_weeks=4,
        contacts_per_hour=0.5,
        driving_hour=0.3,
        municipality_bonus=0.2,
        stability=0.4,
        areas=(
            Area("Westen", "focus", frozenset({WEST})),
            Area(
                "Osten",
                "funding",
                frozenset({EAST}),
                0,
                dt.date(2026, 1, 1),
                dt.date(2026, 12, 31),
            ),
        ),
    )


@pytest.mark.parametrize("name", BUILT_IN)
def test_settings_of_built_in_regions_have_no_fault(name: str) -> None:
    folder = built_in_folder(name)
    load_config(folder / "region.toml", load_region(folder).municipalities)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        (" = ", "="),
        (" = ", "   =   "),
        ("[service]", "  [ service ]  # the team"),
        ("[[shifts]]", "[[ 'shifts' ]]"),
        ("[depot]", '["depot"]'),
        ('name = "Bus"', '"name" = "Bus"'),
        ('name = "Bus"', "name = ' Bus '"),
        ("[14, 21]", "[\n  14, # first\n  21,\n]"),
        ("[30, 60]", "[60, 30, 30]"),
        ("lon = 10.05", "lon = 1005e-2"),
        ('start = "14:00"', "start = '14:00'"),
    ],
)
def test_ways_to_write_the_same_settings(old: str, new: str, region_toml: str) -> None:
    assert read(region_toml.replace(old, new)) == read(region_toml)


def test_afternoons_are_in_the_order_of_the_week(region_toml: str) -> None:
    text = region_toml.replace('"Di"', '"Fr"')
    assert [afternoon.weekday for afternoon in read(text).afternoons] == [3, 4]
