"""Commands named in sentences, as they are to be typed for the workspace at hand."""

from __future__ import annotations

import re
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from tours.commandline import command_line

_NAMED = re.compile(r"(?P<open>[“„])(?P<command>tours [a-z][^“”„]*)(?P<close>[“”])")
# What names a workspace already, needs none, or makes one.
_WHOLE = re.compile(r" (-w|--workspace|--help)\b|^tours init\b")
_workspace: Path | None = None


def at_workspace(folder: Path | None) -> Path | None:
    """Remember the workspace that a command is about, and return it; None is the current folder."""
    global _workspace
    _workspace = folder
    return folder


def completed(text: str) -> str:
    """Return a sentence with the workspace in each command that it names in quotation marks."""
    if _workspace is None or _workspace == Path():
        return text
    option = command_line(("-w", str(_workspace)))

    def whole(found: re.Match[str]) -> str:
        if _WHOLE.search(found["command"]):
            return found[0]
        return f"{found['open']}{found['command']} {option}{found['close']}"

    return _NAMED.sub(whole, text)


def completed_part(part: RenderableType) -> RenderableType:
    """Return a part of a result with the same done to its paragraphs; tables stay as they are."""
    if isinstance(part, Group):
        return Group(*map(completed_part, part.renderables))
    if isinstance(part, Text) and (text := completed(part.plain)) != part.plain:
        return Text(text, style=part.style)
    return part
