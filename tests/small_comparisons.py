"""Made-up figures of variants."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tours.compare.compare import Tally


def tally(**changes: Any) -> Tally:  # noqa: ANN401 - any field
    made = Tally(
        value=1000,
        bound=1000,
        expected=400,
        afternoons=2,
        stops=6,
        dwell_s=4 * 3600,
        drive_s=3600,
        length_m=50_000,
        municipalities=2,
        served=3,
        areas_kept=1,
        areas=1,
        overdue=0,
        announced=None,
        crew_s=20 * 3600,
    )
    return replace(made, **changes)
