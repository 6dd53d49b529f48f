"""Commands in sentences name the workspace at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Group
from rich.text import Text

from tours.cli.commandtext import at_workspace, completed, completed_part


@pytest.fixture(autouse=True)
def folder() -> Iterator[None]:
    at_workspace(Path("my north"))
    yield
    at_workspace(None)


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("Run “tours plan”.", "Run “tours plan -w 'my north'”."),
        ("Mit „tours plan --week X“.", "Mit „tours plan --week X -w 'my north'“."),
        ("„tours a“ oder „tours b“", "„tours a -w 'my north'“ oder „tours b -w 'my north'“"),
    ],
)
def test_a_command_in_quotation_marks_gets_the_workspace(sentence: str, whole: str) -> None:
    assert completed(sentence) == whole


@pytest.mark.parametrize(
    "sentence",
    ["Run “tours init northeim”", "“tours plan --help”", "“tours plan -w x”", "tours are planned"],
)
def test_what_needs_none_stays(sentence: str) -> None:
    assert completed(sentence) == sentence


@pytest.mark.parametrize("folder", [None, Path()])
def test_in_the_current_folder_nothing_is_added(folder: Path | None) -> None:
    at_workspace(folder)
    assert completed("Run “tours plan”") == "Run “tours plan”"


def test_paragraphs_in_groups_are_completed() -> None:
    part = completed_part(Group(Text("a"), Group(Text("“tours plan”"))))
    assert isinstance(part, Group)
    assert isinstance(inner := part.renderables[1], Group)
    assert str(inner.renderables[0]) == "“tours plan -w 'my north'”"
