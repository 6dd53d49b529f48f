"""The part [notice] of region.toml."""

from __future__ import annotations

import pytest

from geodata.errors import Fault
from geodata.language import speaking
from tours.config import read_config
from tours.errors import ConfigError
from tours.noticesettings import NoticeSettings


def read(region_toml: str, part: str) -> NoticeSettings:
    return read_config(region_toml + part, "region.toml", ("03000001", "03000002")).notice


def fault(region_toml: str, part: str) -> Fault:
    with speaking("en"), pytest.raises(ConfigError) as caught:
        read(region_toml, part)
    (found,) = caught.value.faults
    return found


def test_without_settings_a_notice_is_german_and_english(region_toml: str) -> None:
    assert read(region_toml, "") == NoticeSettings(("de", "en"), "")


def test_languages_and_contact_are_read(region_toml: str) -> None:
    found = read(region_toml, '\n[notice]\nlanguages = ["ar", "de"]\ncontact = " am Bus "\n')
    assert found == NoticeSettings(("ar", "de"), "am Bus")


@pytest.mark.parametrize("code", ["Deutsch", "xx", "de_DE", "DE", "d e"])
def test_what_is_no_language_is_told(region_toml: str, code: str) -> None:
    found = fault(region_toml, f'\n[notice]\nlanguages = ["{code}"]\n')
    assert found.what == f"“{code}” is not the code of a language"


@pytest.mark.parametrize("codes", ['"de", "en", "tr", "uk", "ar"', '"de", "de"'])
def test_too_many_languages_and_one_twice_are_told(region_toml: str, codes: str) -> None:
    found = fault(region_toml, f"\n[notice]\nlanguages = [{codes}]\n")
    assert found.what == "“languages” must be 4 different languages at most"


def test_a_contact_is_one_line(region_toml: str) -> None:
    found = fault(region_toml, f'\n[notice]\ncontact = "{"x" * 101}"\n')
    assert found.what == "“contact” has more than 100 characters"


def test_a_key_that_is_not_known_is_told(region_toml: str) -> None:
    assert "colour" in fault(region_toml, '\n[notice]\ncolour = "red"\n').what
