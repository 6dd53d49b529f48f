"""Where the executables of the peers are, and a folder in which they work."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from geodata.errors import OutreachError

# Folders, as in PATH, beside the option of the command.
VARIABLE = "ROADS_PEERS"


def find_executable(name: str, folders: Sequence[Path]) -> Path:
    """Return where an executable is: in the folders, in those of `VARIABLE`, or on PATH.

    Raises
    ------
    OutreachError
        If it is nowhere.
    """
    where = [*map(str, folders), os.environ.get(VARIABLE, ""), os.environ.get("PATH", "")]
    if found := shutil.which(name, path=os.pathsep.join(filter(None, where))):
        return Path(found).resolve()
    raise OutreachError(
        f"The executable {name} is not there",
        where="--executables",
        remedy="Name the folder that holds it; those of the wheels osrm-bindings and pyvalhalla "
        "run by themselves once they are unpacked and made executable",
    )


def run(*command: object) -> str:
    """Run an executable on one core and return what it prints.

    Raises
    ------
    OutreachError
        With the last line of its complaint.
    """
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise OutreachError(
            f"{Path(str(command[0])).name} failed: {lines[-1] if lines else done.returncode}"
        )
    return done.stdout
