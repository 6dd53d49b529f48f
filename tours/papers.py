"""The papers of a week: which are there, and the commands that draw them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from geodata.language import translator
from tours.commandline import command_line
from tours.plan import Plan
from tours.workspace import Workspace

_ = translator("tours")

# Each file with the command that writes it.
COMMANDS = {
    "map.html": ("map",),
    "sheets.pdf": ("sheets",),
    "notices.pdf": ("notices",),
    "week.ics": ("export", "ics"),
    "tours.gpx": ("export", "gpx"),
    "week.xlsx": ("export", "xlsx"),
    "week.gpkg": ("export", "gpkg"),
    "week.geojson": ("export", "geojson"),
}


def outdated_papers(
    space: Workspace, former: Mapping[str, Plan], made: Sequence[Plan]
) -> Iterator[tuple[str, list[str]]]:
    """Yield, for each new plan with papers of another one beside it, that they are old.

    Parameters
    ----------
    space : Workspace
    former : Mapping of str to Plan
        What the weeks had before, as far as it could be read.
    made : sequence of Plan
        New plans, for which nothing was drawn.

    Yields
    ------
    str
        The sentence that says so.
    list of str
        The commands that draw them again.
    """
    for plan in made:
        folder = space.out_folder(plan.week)
        names = [name for name in COMMANDS if (folder / name).is_file()]
        if names and former.get(plan.week) != plan:
            where = [] if space.folder == Path() else ["--workspace", str(space.folder)]
            text = _("{names} in {folder} still show the former plan; to renew them:")
            commands = [["tours", *COMMANDS[name], plan.week, *where] for name in names]
            yield (
                text.format(names=", ".join(names), folder=folder),
                list(map(command_line, commands)),
            )
