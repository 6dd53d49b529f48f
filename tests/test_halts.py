"""The halts of a tour as rows."""

from __future__ import annotations

from sheet_examples import stop, tour

from maps.halts import halt_rows


def test_row_has_the_times_of_its_stop() -> None:
    row = halt_rows(tour(0, [stop(0), stop(1)]))[1]
    assert (row["arrival"], row["start"], row["end"]) == ("14:25", "14:30", "14:45")


def test_drive_is_the_difference_of_the_printed_times() -> None:
    # 14:20:50 to 14:25:10 is 4 min 20 s, but paper says 14:20 and 14:25.
    halts = [stop(0, departure_s=51_650), stop(1, arrival_s=51_910)]
    assert halt_rows(tour(0, halts))[1]["drive"] == "5"


def test_short_drive_is_not_nothing() -> None:
    halts = [stop(0, departure_s=51_600), stop(1, arrival_s=51_640)]
    assert halt_rows(tour(0, halts))[1]["drive"] == "1"
