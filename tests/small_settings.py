"""Settings for tests, and what is found wrong in them."""

from __future__ import annotations

from conftest import EAST, WEST

from tours.config import Config, read_config


def read(text: str) -> Config:
    return read_config(text, "region.toml", (WEST, EAST))
