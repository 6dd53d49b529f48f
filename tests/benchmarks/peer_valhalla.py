"""Valhalla: its costing "auto", by ``valhalla_service`` called once per matrix."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from geodata.errors import OutreachError

from .executables import find_executable, run

# Tiles are built without the files that these name.
NOT_THERE = ("tile_extract", "traffic_extract", "admin", "landmarks", "timezone")
LIMITS = {"max_locations": 10_000, "max_matrix_location_pairs": 10_000_000}


class Valhalla:
    """Tiles of the roads of a file; a context for the sake of its likes.

    Parameters
    ----------
    file : Path
        PBF.
    folder : Path
        Empty; the tiles go there.
    executables : sequence of Path
        Folders to look in beside PATH.

    Attributes
    ----------
    prepare_s : float
        Seconds that preparing the roads took.
    """

    name = "valhalla"

    def __init__(self, file: Path, folder: Path, executables: Sequence[Path]) -> None:
        began = time.monotonic()
        build = find_executable("valhalla_build_tiles", executables)
        self._service = find_executable("valhalla_service", executables)
        config = json.loads(self._default_config(build.parent, executables))
        (folder / "tiles").mkdir()
        for key in NOT_THERE:
            config["mjolnir"].pop(key, None)
        config["mjolnir"] |= {"tile_dir": str(folder / "tiles"), "concurrency": 1}
        config["logging"] = {"type": ""}
        config["service_limits"]["auto"] |= LIMITS
        self._config = folder / "valhalla.json"
        self._config.write_text(json.dumps(config), encoding="utf-8")
        run(build, "--config", self._config, file)
        self.prepare_s = time.monotonic() - began

    def _default_config(self, folder: Path, executables: Sequence[Path]) -> str:
        # In the wheel it is a script that needs nothing of the package around it.
        script = folder.parent / "valhalla_build_config.py"
        if script.is_file():
            return run(sys.executable, script)
        return run(find_executable("valhalla_build_config", executables))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        pass

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
        question = {
            "sources": [{"lon": lon, "lat": lat} for lon, lat in np.round(origins, 6).tolist()],
            "targets": [{"lon": lon, "lat": lat} for lon, lat in np.round(targets, 6).tolist()],
            "costing": "auto",
            "verbose": False,
        }
        answer = run(self._service, self._config, "sources_to_targets", json.dumps(question))
        try:
            durations = json.loads(answer)["sources_to_targets"]["durations"]
        except (ValueError, KeyError) as error:
            raise OutreachError(f"valhalla_service answers {answer[:200]!r}") from error
        return np.array(durations, dtype=np.float64)
