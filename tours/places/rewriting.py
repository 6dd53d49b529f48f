"""Writing lists anew that a person may change at the same time: what they typed is not lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from geodata.errors import PlacesError
from geodata.language import translator
from tours.filelock import locked
from tours.writing import write_files

_ = translator("tours")

Result = TypeVar("Result")
# So often it is worked out anew before somebody is asked to.
_ATTEMPTS = 3


def state_of(paths: Iterable[Path]) -> dict[Path, bytes | None]:
    """Return the bytes of files; None for one that is not there."""
    return {path: path.read_bytes() if path.is_file() else None for path in paths}


def rewrite(before: Mapping[Path, bytes | None], contents: Mapping[Path, bytes]) -> None:
    """Write files if those they were made from are as they were.

    Parameters
    ----------
    before : Mapping of Path to bytes or None
        What was read, as `state_of` returns it.
    contents : Mapping of Path to bytes
        What is written.

    Raises
    ------
    PlacesError
        If one of them has changed; then nothing is written.
    OutreachError
        If it cannot be written.
    """
    if changed := _written(before, contents):
        raise _has_changed(changed)


def rewritten(
    paths: Iterable[Path], made: Callable[[], tuple[Mapping[Path, bytes], Result]]
) -> Result:
    """Read lists, work out what is to be written, and write it; again if they change meanwhile.

    Parameters
    ----------
    paths : iterable of Path
        The lists that are read; they need not be there.
    made : callable
        Reads them, and returns what is to be written and a result.

    Raises
    ------
    PlacesError
        If they change all the time; then nothing is written.
    OutreachError
        If it cannot be written.
    """
    paths, changed = tuple(paths), Path()
    for _attempt in range(_ATTEMPTS):
        before = state_of(paths)
        contents, result = made()
        found = _written(before, contents)
        if found is None:
            return result
        changed = found
    raise _has_changed(changed)


def _written(before: Mapping[Path, bytes | None], contents: Mapping[Path, bytes]) -> Path | None:
    """Write files unless a list has changed; return that one."""
    with ExitStack() as locks:
        # Always in one order, so that two programs do not wait for each other.
        for path in sorted(before):
            locks.enter_context(locked(path))
        for path, now in state_of(before).items():
            if now != before[path]:
                return path
        write_files(contents)
    return None


def _has_changed(path: Path) -> PlacesError:
    return PlacesError(
        _("The file has changed meanwhile"),
        where=str(path),
        remedy=_("Run the command again"),
    )
