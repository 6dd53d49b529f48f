"""How things are said, on the screen and on paper."""

from __future__ import annotations

import pytest
from sheet_examples import ESTIMATE, plan

from maps.wording import duration, estimate_note, quality


def test_error_of_the_estimate_is_said_in_percent() -> None:
    assert estimate_note(plan(network=ESTIMATE)) == (
        "Näherungsnetz: Straßenverlauf und Fahrzeiten sind geschätzt, "
        "typischer Fehler 15\xa0%, jede zehnte Fahrt über 40\xa0%."
    )


def test_proven_plan_is_called_optimal() -> None:
    assert quality(plan(bound=612))[0] == "bewiesen optimal"


def test_gap_is_rounded_up() -> None:
    # (640 - 612) / 640 is 4.375 %.
    assert quality(plan())[0] == "höchstens 4,4\xa0% unter dem Bestmöglichen"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0 min"), (29, "0 min"), (3_570, "1 h 00 min"), (7_500, "2 h 05 min")],
)
def test_duration(seconds: int, shown: str) -> None:
    assert duration(seconds) == shown
