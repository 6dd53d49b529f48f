"""OSRM: its car profile, by ``osrm-routed`` on this machine."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from geodata.errors import OutreachError

from .executables import find_executable, run

PROFILES = (
    "../share/profiles/car.lua",
    "../share/osrm/profiles/car.lua",
    "../profiles/car.lua",
)
WAIT_S = 60.0
TABLE_SIZE = 10_000


class Osrm:
    """A server over the roads of a file; to be used as a context.

    Parameters
    ----------
    file : Path
        PBF.
    folder : Path
        Empty; the prepared roads go there.
    executables : sequence of Path
        Folders to look in beside PATH.

    Attributes
    ----------
    prepare_s : float
        Seconds that preparing the roads took.
    """

    name = "osrm"

    def __init__(self, file: Path, folder: Path, executables: Sequence[Path]) -> None:
        began = time.monotonic()
        extract = find_executable("osrm-extract", executables)
        profile = next((p for name in PROFILES if (p := extract.parent / name).is_file()), None)
        if profile is None:
            raise OutreachError(
                "The car profile of OSRM is not there", where=str(extract.parent / PROFILES[0])
            )
        roads = folder / "roads.osm.pbf"
        roads.symlink_to(file.resolve())
        run(extract, "--threads", 1, "--profile", profile, roads)
        run(find_executable("osrm-contract", executables), "--threads", 1, folder / "roads.osrm")
        self.prepare_s = time.monotonic() - began
        self._command = [
            str(find_executable("osrm-routed", executables)),
            *("--ip", "127.0.0.1", "--threads", "1", "--max-table-size", str(TABLE_SIZE)),
            str(folder / "roads.osrm"),
        ]

    def __enter__(self) -> Self:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._server = subprocess.Popen(
            [*self._command, "--port", str(self._port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + WAIT_S
        while time.monotonic() < until and self._server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return self
        self._server.kill()
        raise OutreachError("osrm-routed does not answer")

    @property
    def pid(self) -> int:
        """The process that answers."""
        return self._server.pid

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._server.terminate()
        self._server.wait()

    def matrix(
        self, origins: NDArray[np.float64], targets: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return drive times.

        Parameters
        ----------
        origins, targets : ndarray of float64, shapes (n, 2) and (m, 2)
            Degrees.

        Returns
        -------
        ndarray of float64, shape (n, m)
            Seconds; nan where there is no way.
        """
        points = ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in (*origins, *targets))
        first = ";".join(map(str, range(len(origins))))
        second = ";".join(map(str, range(len(origins), len(origins) + len(targets))))
        url = (
            f"http://127.0.0.1:{self._port}/table/v1/driving/{points}"
            f"?sources={first}&destinations={second}&generate_hints=false&skip_waypoints=true"
        )
        with urllib.request.urlopen(url) as answer:
            return np.array(json.load(answer)["durations"], dtype=np.float64)
