"""A workspace from a file of OpenStreetMap data, without internet: part of ``tours init``."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from rich.text import Text

from geodata.language import translator
from tours.cli.download import survey_text
from tours.cli.network import network_summary, store_walk
from tours.cli.terminal import reading_steps, say, say_path, warn, working

_ = translator("tours")


def init_from_file(name: str, folder: Path | None, file: Path, *, names_server: bool) -> None:
    """Make a workspace of a district that a file holds: boundaries, stops, places, roads.

    Parameters
    ----------
    name : str
        Of the district.
    folder : Path or None
        New folder; None for one of the district's name.
    file : Path
    names_server : bool
        Whether a server was named as well, which nobody would ask.

    Raises
    ------
    OutreachError
        If the folder is taken, a server was named, or the file does not hold the district.
    """
    from geodata.errors import RegionError
    from geodata.extract import read_extract
    from geodata.footextract import FootFinds
    from geodata.network import NetworkSource
    from geodata.roads import ATTRIBUTION, roads_from_graph
    from geodata.storage import save_network
    from geodata.surroundings import surroundings
    from geodata.walking import around_places
    from tours.downloadsettings import MARGIN_KM
    from tours.newdistrict import default_folder, first_files, survey_file
    from tours.newworkspace import check_vacant, write_workspace

    if names_server:
        raise RegionError(
            _("A file and a server were named"),
            where="--file",
            remedy=_("Take --file without internet, or leave it out"),
        )
    if folder is not None:
        check_vacant(folder)
    left_out: Counter[str] = Counter()
    with reading_steps() as (on_step, on_progress):
        survey = survey_file(name, file, on_step, on_progress)
        target = folder or Path(default_folder(survey.name))
        check_vacant(target)
        on_step(_("Roads"))
        area = surroundings(survey.region.boundary, round(MARGIN_KM * 1000))
        on_foot = FootFinds(around_places(survey.spots()), survey.region.boundary)
        raw = read_extract(file, area, on_foot=on_foot, on_progress=on_progress)
    with working(_("Drive times on the roads")):
        source = NetworkSource(kind="extract", date=raw.graph["date"], attribution=ATTRIBUTION)
        roads = roads_from_graph(raw, source=source, left_out=left_out)
        # A file without a date of its own is as old as the last edit of its roads.
        survey = replace(survey, date=survey.date or raw.graph["date"])
        made = first_files(survey, roads, None)
    space = write_workspace(made.files, target)
    save_network(roads, space.network_file)
    walk_text, fault = store_walk(on_foot, source, space)
    say(Text(survey_text(survey, made)))
    print()
    say(*map(Text, [*network_summary(survey.region, roads, left_out), walk_text]))
    if fault is not None:
        warn(fault)
    say_path(space.shown)
