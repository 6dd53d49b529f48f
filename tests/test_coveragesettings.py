"""Targets and funders of region.toml: what goes without saying, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.region import Region
from tours.config import Config, read_config
from tours.coverage.settings import CoverageSettings, Funder, Targets
from tours.errors import ConfigError

SHARE = '[[funder]]\nname = "{name}"\nbudget = 1000\nshare_percent = {percent}\n'


def config(toml: str, region: Region, more: str = "") -> Config:
    return read_config(toml + more, "region.toml", region.municipalities)


def test_without_a_word_the_proposed_targets_hold(region_toml: str, region: Region) -> None:
    found = config(region_toml, region).coverage
    assert found == CoverageSettings()
    assert (found.targets.hours, found.targets.reach, found.targets.gini) == (0.6, 0.8, 0.3)
    assert (found.targets.contacts_per_hour, found.targets.share_new) == (None, None)


def test_targets_are_read_as_shares(region_toml: str, region: Region) -> None:
    more = "[targets]\nkept_percent = 92.5\n"
    more += "contacts_per_hour = 1.5\nnew_percent = 30\nlongest_gap_weeks = 3\n"
    assert config(region_toml, region, more).coverage.targets == Targets(
        kept=0.925, contacts_per_hour=1.5, share_new=0.3, longest_gap_weeks=3
    )


def test_funders_pay_for_areas_or_a_share(region_toml: str, region: Region) -> None:
    more = SHARE.format(name="Kreis", percent=60) + "hours = 400\n"
    more += '[[funder]]\nname = "Stiftung"\nbudget = 2000.5\nareas = ["Osten"]\nfrom = 2026-01-01\n'
    assert config(region_toml, region, more).coverage.funders == (
        Funder("Kreis", 1000, share=0.6, hours=400),
        Funder("Stiftung", 2000.5, ("Osten",), valid_from=dt.date(2026, 1, 1)),
    )


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("[targets]\nkept_percent = 101\n", "kept_percent"),
        ("[targets]\ncontacts_per_hour = -1\n", "contacts_per_hour"),
        ("[targets]\nkept = 0.9\n", "kept"),
        ('[[funder]]\nname = "A"\nbudget = -1\nshare_percent = 5\n', "budget"),
        ('[[funder]]\nname = "A"\nbudget = 1\n', "entweder"),
        ('[[funder]]\nname = "A"\nbudget = 1\nshare_percent = 5\nareas = ["Osten"]\n', "entweder"),
        ('[[funder]]\nname = "A"\nbudget = 1\nareas = ["Süden"]\n', "Süden"),
        (SHARE.format(name="A", percent=60) + SHARE.format(name="B", percent=50), "110"),
        (SHARE.format(name="A", percent=6) + SHARE.format(name="A", percent=5), "zwei"),
        (
            SHARE.format(name="A", percent=6) + "from = 2026-02-01\nuntil = 2026-01-01\n",
            "endet",
        ),
    ],
)
def test_faults_are_told_with_their_line(
    region_toml: str, region: Region, more: str, what: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        config(region_toml, region, more)
    line = len(region_toml.splitlines())
    assert any(what in fault.what for fault in caught.value.faults)
    assert all(int(f.where.split()[2].rstrip(",")) > line for f in caught.value.faults)


def test_shares_one_after_the_other_may_be_the_whole(region_toml: str, region: Region) -> None:
    first = SHARE.format(name="A", percent=100) + "until = 2026-06-30\n"
    second = SHARE.format(name="B", percent=100) + "from = 2026-07-01\n"
    assert len(config(region_toml, region, first + second).coverage.funders) == 2
