"""The command about who lives within a walk of the stops."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.language import speaking, translator
from tours.cli.terminal import (
    AsJson,
    Where,
    paper_language,
    say,
    say_json,
    say_path,
    stored_plan,
    working,
)

if TYPE_CHECKING:
    from geodata.travel import Point
    from tours.workspace import Workspace

_ = translator("tours")

reach_app = typer.Typer()


@reach_app.command(
    help=_(
        "Estimate how many young people live within 5, 10 and 15 minutes' walk of the stops of a "
        "plan, or of places; writes a map and GeoJSON."
    )
)
def reach(
    place: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("PLACE"),
            help=_("Ids of places, or parts of their names; else the stops of the plan."),
        ),
    ] = None,
    week: Annotated[
        str | None,
        typer.Option(
            help=_(
                "Calendar week: 2026-W48, KW48, next or a day of it, 24.11.2026; else the last one "
                "planned."
            )
        ),
    ] = None,
    workspace: Where = None,
    as_json: AsJson = False,
) -> None:
    """Estimate who lives within a walk of the stops of a plan, or of places."""
    from geodata.homes import demand_cells
    from geodata.reach import build_reaches
    from maps.basemap import build_basemap
    from maps.reachmap import ReachView, render_reachmap
    from tours.config import load_config
    from tours.reachfigures import reach_figures
    from tours.reachtable import (
        heading,
        notes,
        render_reach,
        render_reach_geojson,
        render_reach_json,
        total_text,
    )
    from tours.writing import write_files

    space, points, keys, about = _wanted(place or [], week, workspace)
    region = space.load_region()
    config = load_config(space.config_file, region.municipalities, region)
    walk, homes = space.load_walk()
    with working(_("Looking who lives within a walk")):
        cells = demand_cells(region, config.ages, homes)
        figures = reach_figures(points, keys, cells, walk)
    if as_json:
        say_json(render_reach_json(figures, region.municipalities, config.ages))
        return
    with speaking(paper_language()), working(_("Drawing the map")):
        reaches = build_reaches([(point.lon, point.lat) for point in points], walk)
        basemap = build_basemap(region, space.load_network(region))
        credits_ = [region.attribution, *([walk.source.attribution] if walk else [])]
        method, *remarks = notes(figures, region.municipalities)
        view = ReachView(
            service=config.service,
            district=config.district_name,
            about=about(),
            heading=heading(figures, config.ages),
            total=total_text(figures),
            method=method,
            notes=tuple(remarks),
            attribution=tuple(credits_),
        )
        folder = space.folder / "out"
        page = render_reachmap(view, figures, reaches, basemap, region.municipalities, homes)
        areas = render_reach_geojson(figures, reaches, credits_)
        write_files(
            {folder / "reach.html": page.encode(), folder / "reach.geojson": areas.encode()}
        )
    say(render_reach(figures, region.municipalities, config.ages))
    print()
    say_path(folder / "reach.geojson")
    say_path(folder / "reach.html")


def _wanted(
    names: list[str], week: str | None, workspace: Path | None
) -> tuple[Workspace, list[Point], list[str], Callable[[], str]]:
    """Return the workspace, the places that are meant with their municipalities, and a title."""
    from geodata.places import load_places
    from geodata.travel import Point
    from maps import wording
    from tours.errors import PlanError
    from tours.naming import find_among
    from tours.workspace import open_workspace

    if names:
        if week is not None:
            raise PlanError(
                _("Either places or a week can be asked for"), remedy=_("Leave out one of them")
            )
        space = open_workspace(workspace or Path())
        everything = load_places(space.places_file, space.load_region())
        chosen = {one.id: one for one in (find_among(everything, name) for name in names)}
        places = [Point(one.id, one.name, one.lon, one.lat) for one in chosen.values()]
        return space, places, [one.ags for one in chosen.values()], lambda: _("Chosen places")
    space, plan = stored_plan(workspace, week)
    # Where people are met at home is nobody's business.
    halts = [stop for tour in plan.tours for stop in tour.stops if not stop.is_appointment]
    stops = {stop.place_id: stop for stop in halts}
    if not stops:
        raise PlanError(
            _("The plan of {week} visits no meeting place").format(week=plan.week),
            remedy=_("Name places, or another week with --week"),
        )
    points = [Point(id_, stop.name, stop.lon, stop.lat) for id_, stop in stops.items()]
    keys = [stop.ags for stop in stops.values()]
    return space, points, keys, lambda: wording.week_title(plan.week)
