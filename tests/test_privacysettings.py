"""The part [privacy] of region.toml: limits and topics, checked."""

from __future__ import annotations

import re

import pytest
from conftest import EAST, REGION_TOML, WEST

from geodata.language import speaking
from geodata.region import BUILT_IN, built_in_folder, load_region
from tours.config import read_config
from tours.errors import ConfigError
from tours.privacy.settings import NOTHING_SET, TOPICS, PrivacySettings, topic_text


def read(*lines: str) -> PrivacySettings:
    text = "\n".join([REGION_TOML, "[privacy]", *lines])
    return read_config(text, "region.toml", [WEST, EAST]).privacy


def faults(*lines: str) -> list[str]:
    with speaking("en"), pytest.raises(ConfigError) as caught:
        read(*lines)
    assert all(fault.remedy and "line " in fault.where for fault in caught.value.faults)
    return [fault.what for fault in caught.value.faults]


def test_without_settings_the_usual_limits_hold() -> None:
    assert read_config(REGION_TOML, "region.toml", [WEST, EAST]).privacy == NOTHING_SET
    assert (NOTHING_SET.appointments_days, NOTHING_SET.visits_months) == (14, 24)


def test_limits_and_topics_are_read() -> None:
    found = read("appointments_days = 7", "visits_months = 12", 'topics = ["Schule", "Hof"]')
    assert found == PrivacySettings(7, 12, ("Schule", "Hof"))


def test_every_fault_is_named_at_once() -> None:
    found = faults(
        "appointments_days = -1",
        "visits_months = 0",
        'topics = ["Schule", "schule", "a\\nb"]',
        "keep = true",
    )
    assert found == [
        "“appointments_days” must be a whole number from 0 to 365",
        "“visits_months” must be a whole number from 1 to 120",
        "The topic “schule” stands there twice",
        "The topic “a b” is longer than 40 letters or not printable",
        "“keep” is not a setting of [privacy]",
    ]


def test_too_many_topics_are_refused() -> None:
    topics = ", ".join(f'"t{n}"' for n in range(21))
    assert faults(f"topics = [{topics}]") == ["“topics” holds 21 topics, at most 20 can be counted"]


def test_every_topic_of_the_program_has_a_german_name() -> None:
    with speaking("de"):
        names = {topic_text(topic) for topic in TOPICS}
    assert len(names) == len(TOPICS)
    assert not names & set(TOPICS)


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_example_of_each_region_can_be_switched_on(name: str) -> None:
    text = (built_in_folder(name) / "region.toml").read_text(encoding="utf-8")
    municipalities = load_region(built_in_folder(name)).municipalities
    found = read_config(re.sub(r"(?m)^#! ", "", text), "region.toml", municipalities).privacy
    assert (found.appointments_days, found.visits_months) == (14, 24)
    assert found.topics[0] == "Freizeit"
