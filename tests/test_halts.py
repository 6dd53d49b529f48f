"""The halts of a tour as rows."""

from __future__ import annotations

from dataclasses import replace

from sheet_examples import stop, tour

from maps.halts import halt_rows, way_home


def test_row_has_the_times_of_its_stop() -> None:
    row = halt_rows(tour(0, [stop(0), stop(1)]))[1]
    assert (row["arrival"], row["start"], row["end"]) == ("14:25", "14:30", "14:45")


def test_drive_is_that_of_the_plan_not_the_difference_of_the_printed_times() -> None:
    # 14:20:50 to 14:25:10: paper says 14:20 and 14:25, but the drive takes 4 min 20 s.
    halts = tour(0, [stop(0, departure_s=51_650), stop(1, arrival_s=51_910)])
    legs = tuple(replace(leg, drive_s=260) for leg in halts.legs)
    assert halt_rows(replace(halts, legs=legs))[1]["drive"] == "4"


def test_way_home_is_the_last_drive() -> None:
    halts = tour(0, [stop(0)])
    legs = (halts.legs[0], replace(halts.legs[1], drive_s=90, length_m=1_150))
    assert way_home(replace(halts, legs=legs)) == {"drive": "2", "km": "1,2"}


def test_tour_without_stops_has_no_way_home() -> None:
    assert way_home(tour(0, [])) == {"drive": "", "km": ""}
