"""The settings of a download, from a file that need not have any."""

from __future__ import annotations

from pathlib import Path

from geodata.region import BUILT_IN
from tours.downloadsettings import load_download
from tours.newworkspace import make_workspace


def test_the_settings_of_a_built_in_district_need_no_part_for_roads(tmp_path: Path) -> None:
    for region in BUILT_IN:
        load_download(make_workspace(region, tmp_path / region).config_file)
