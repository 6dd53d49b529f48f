"""The papers of a week: which are there, and the commands that draw them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from geodata.language import translator
from tours.plan import Plan
from tours.reasons import command_line
from tours.workspace import Workspace

_ = translator("tours")

# Each file with the command that writes it.
COMMANDS = {
    "map.html": ("map",),
    "sheets.pdf": ("sheets",),
    "week.ics": ("export", "ics"),
}


def outdated_papers(
    space: Workspace, former: Mapping[str, Plan], made: Sequence[Plan]
) -> Iterator[RenderableType]:
    """Yield, for each new plan with papers of another one beside it, that they are old.

    Parameters
    ----------
    space : Workspace
    former : Mapping of str to Plan
        What the weeks had before, as far as it could be read.
    made : sequence of Plan
        New plans, for which nothing was drawn.
    """
    for plan in made:
        folder = space.out_folder(plan.week)
        names = [name for name in COMMANDS if (folder / name).is_file()]
        if names and former.get(plan.week) != plan:
            where = [] if space.folder == Path() else ["--workspace", str(space.folder)]
            text = _("{names} in {folder} still show the former plan; to renew them:")
            lines = [command_line(["tours", *COMMANDS[name], plan.week, *where]) for name in names]
            yield Group(
                Text(text.format(names=", ".join(names), folder=folder)),
                # A command is to be copied: it is never broken into lines.
                *(Text(f"  {line}", no_wrap=True, overflow="ignore") for line in lines),
            )
