"""Making a team's folder, from a built-in region or from files; nothing is overwritten."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from geodata.language import translator
from geodata.region import BUILT_IN, FILES, built_in_folder
from geodata.regionfiles import first_team_files
from tours.errors import WorkspaceError
from tours.workspace import Workspace, open_workspace
from tours.writing import unwritable

_ = translator("tours")


def built_in_name(text: str) -> str:
    """Return the name of a built-in region as it is meant: “Düren” is dueren; else the text."""
    name = text.casefold().replace("ü", "ue")
    return name if name in BUILT_IN else text


def make_workspace(region: str, folder: Path) -> Workspace:
    """Make a workspace from a built-in region; all of it or nothing.

    Parameters
    ----------
    region : str
        One of `geodata.region.BUILT_IN`.
    folder : Path
        Must not exist yet, or be empty.

    Raises
    ------
    RegionError
        If there is no such region.
    WorkspaceError
        If the folder holds something or cannot be written.
    """
    source = built_in_folder(region)
    paths = [*(f"district/{name}" for name in FILES), "region.toml", "places.csv"]
    try:
        files = {path: (source / Path(path).name).read_bytes() for path in paths}
        files |= first_team_files()
    except OSError as error:
        raise unwritable(folder, error) from error
    return write_workspace(files, folder)


def check_vacant(folder: Path) -> None:
    """Make sure that a workspace can be put into a folder without overwriting anything.

    Raises
    ------
    WorkspaceError
        If the folder holds something or cannot be looked into.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise WorkspaceError(
                _("Something is already there, and nothing is overwritten"),
                where=str(folder),
                remedy=_("Choose a folder that is empty or does not exist"),
            )
    except WorkspaceError:
        raise
    except OSError as error:
        raise unwritable(folder, error) from error


def write_workspace(files: Mapping[str, bytes], folder: Path) -> Workspace:
    """Make a workspace of its files; all of it or nothing.

    Parameters
    ----------
    files : Mapping of str to bytes
        By path in the workspace.
    folder : Path
        Must not exist yet, or be empty.

    Raises
    ------
    WorkspaceError
        If the folder holds something or cannot be written.
    """
    check_vacant(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        is_there = folder.is_dir()
        near = folder if is_there else folder.parent
        with tempfile.TemporaryDirectory(dir=near, prefix=".tours-") as temporary:
            draft = Path(temporary) / "workspace"
            for name, content in files.items():
                (draft / name).parent.mkdir(parents=True, exist_ok=True)
                (draft / name).write_bytes(content)
            if is_there:
                # The folder itself stays, since somebody may stand in it.
                for name in sorted({Path(name).parts[0] for name in files}):
                    (draft / name).rename(folder / name)
            else:
                draft.rename(folder)
    except OSError as error:
        raise unwritable(folder, error) from error
    return Workspace(folder)


def find_workspace(name: str | None, folder: Path | None) -> Workspace:
    """Return the workspace a command is about, made from a built-in region if need be.

    Parameters
    ----------
    name : str or None
        A built-in region or a folder, as given on the command line.
    folder : Path or None
        As given by ``--workspace``.
    """
    if name is None:
        return open_workspace(folder or Path())
    if not Path(name).is_dir():
        name = built_in_name(name)
    if name not in BUILT_IN and (folder is not None or not Path(name).is_dir()):
        raise WorkspaceError(
            _("“{name}” is neither a built-in region nor a workspace").format(name=name),
            remedy=_("Choose one of: {names}; or the folder of a workspace").format(
                names=", ".join(BUILT_IN)
            ),
        )
    if name not in BUILT_IN:
        return open_workspace(Path(name))
    if folder is None:
        # Inside a workspace its name means this one, not a second one within.
        folder = Path() if Path("region.toml").is_file() else Path(name)
    if not (folder / "region.toml").exists():
        return make_workspace(name, folder)
    if _district_key(folder / "district") != _district_key(built_in_folder(name)):
        raise WorkspaceError(
            _("This is the workspace of another district than “{name}”").format(name=name),
            where=str(folder.resolve()),
            remedy=_("Leave the name out, or go to another folder"),
        )
    return open_workspace(folder)


def _district_key(folder: Path) -> str:
    """Return the key of the district whose data are in a folder, as far as they are readable."""
    try:
        features = json.loads((folder / "municipalities.geojson").read_text(encoding="utf-8"))
        return str(features["features"][0]["properties"]["ags"])[:5]
    except (OSError, ValueError, LookupError, TypeError):
        return ""
