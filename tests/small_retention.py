"""A workspace on the napkin in which something is too old."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from small_visits import visit

from geodata.places import load_places
from tours.newworkspace import make_workspace
from tours.plan import Plan, render_plan
from tours.tour import APPOINTMENT
from tours.visits.visit import PlannedStop
from tours.workspace import Workspace

TODAY = dt.date(2026, 11, 25)
NOW = dt.datetime(2026, 11, 25, 18, 30, tzinfo=dt.UTC)
# Stands in rows that are due and nowhere else.
SECRET = "2024-05-03-geheim"
OLD = dt.date(2024, 5, 3)
LIMIT = dt.date(2024, 11, 25)
PLANNED = PlannedStop("2024-W18", SECRET, 52_200, 52_800, 56_400)


def old_workspace(tmp_path: Path, plan: Plan) -> Workspace:
    """Return a workspace with two old visits, a corrected one, a new one, and an appointment."""
    space = make_workspace("peine", tmp_path / "peine")
    places = [place.id for place in load_places(space.places_file, space.load_region())[:2]]
    log = space.visit_log
    visits = [
        visit(places[0], OLD, planned=PLANNED),
        visit(places[1], LIMIT - dt.timedelta(days=1), met=7, new=2),
        visit(places[0], LIMIT, met=4),
        visit(places[0], TODAY, met=5),
    ]
    log.add(lambda _entries: visits, now=NOW - dt.timedelta(days=1))
    log.correct(1, lambda was, _entries: replace(was, met=4), now=NOW - dt.timedelta(days=1))
    log.withdraw(2, now=NOW)
    log.add(lambda _entries: [visit(places[1], LIMIT - dt.timedelta(days=1), met=6)], now=NOW)
    tour = plan.tours[0]
    home = replace(tour.stops[0], place_id="hv1", kind=APPOINTMENT, lon=10.23456, lat=52.34567)
    at_home = replace(
        plan,
        week="2026-W45",
        tours=(replace(tour, date=dt.date(2026, 11, 3), stops=(home,)),),
    )
    for path, text in (
        (space.plan_file("2026-W45"), render_plan(at_home)),
        (space.out_folder("2026-W45") / "map.html", "10.23456 52.34567"),
        (space.out_folder("2026-W48") / "map.html", "of this week"),
        (space.folder / "out" / "visits.csv", SECRET),
        (
            space.appointments_file,
            "id,date,start,minutes,name,lon,lat\n"
            "hv1,2026-11-03,15:00,30,Familie Geheim,10.23456,52.34567\n"
            "hv2,2026-11-26,15:00,30,Familie Bald,10.23456,52.32\n",
        ),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return space


def all_bytes(space: Workspace) -> bytes:
    """Return what stands in all files of a workspace."""
    return b"".join(p.read_bytes() for p in sorted(space.folder.rglob("*")) if p.is_file())
