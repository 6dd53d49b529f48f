"""Compiling functions with numba, and where compiled code is kept for the next time.

Compiled code contains the functions it calls and the constants it reads, also those of other
files, but numba looks only at the file of the function itself to see whether what it kept is out
of date. So code is kept in a folder that is named after the sources of the whole solver: a change
of any of them begins a new one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

import numpy as np
from numba import config, njit
from numba.extending import register_jitable

Function = TypeVar("Function", bound=Callable[..., object])
HERE = Path(__file__).parent
BESIDE = HERE / "__pycache__"
PREFIX = "compiled-"
# Numba's settings by name, from NUMBA_CACHE_DIR and others.
SETTINGS = vars(config)


def compiled(function: Function) -> Function:
    """Compile a function that is called from Python; keep the code if there is a place for it."""
    if SETTINGS["DISABLE_JIT"]:
        # Random numbers and hashes are multiplied beyond 64 bits on purpose.
        return np.errstate(over="ignore")(function)
    folder = code_folder()
    if folder is None:
        return cast(Function, njit(function))
    # Numba asks for the place when it decorates, and no later.
    before, SETTINGS["CACHE_DIR"] = SETTINGS["CACHE_DIR"], str(folder)
    try:
        return cast(Function, njit(cache=True)(function))
    finally:
        SETTINGS["CACHE_DIR"] = before


def compiled_part(function: Function) -> Function:
    """Compile a function that is called from compiled code only, and kept as a part of that.

    What makes a function callable from Python takes longer to compile than most functions.
    """
    return register_jitable(function)


def sources_digest(folder: Path) -> str:
    """Return a name that differs whenever some Python file of a folder does."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


@cache
def code_folder() -> Path | None:
    """Return where compiled code is kept; None where nothing may be written."""
    name = f"{PREFIX}{sources_digest(HERE)}"
    for place in _places():
        folder = place / name
        is_new = not folder.exists()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError:
            continue
        # Beside the sources nobody else looks for the code of sources that are no more.
        if is_new and place == BESIDE:
            for old in set(place.glob(f"{PREFIX}*")) - {folder}:
                shutil.rmtree(old, ignore_errors=True)
        return folder
    return None


def _places() -> Iterator[Path]:
    """Yield where code may be kept: as the user says, beside the sources, with the user's data."""
    if chosen := SETTINGS["CACHE_DIR"]:
        yield Path(chosen)
    yield BESIDE
    try:
        home = Path.home()
    except RuntimeError:
        return
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    yield base / "outreach-tours"
