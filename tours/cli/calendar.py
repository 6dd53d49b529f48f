"""The calendar file of a plan: its week, and what is announced for the weeks ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tours.cli.notices import announced_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.places import Place
    from tours.config import Config
    from tours.plan import Plan
    from tours.team.day import Team
    from tours.workspace import Workspace


def calendar_file(
    space: Workspace,
    plan: Plan,
    others: Sequence[Plan],
    config: Config,
    places: Iterable[Place],
    team: Team,
) -> bytes:
    """Return the calendar file of a plan.

    Parameters
    ----------
    space : Workspace
    plan : Plan
    others : sequence of Plan
        Plans of other weeks that tell what follows it.
    config : Config
    places : iterable of Place
    team : Team
        Whose names stand in it, if the settings want that.
    """
    from tours.announced import announce
    from tours.export.calendar import render_calendar
    from tours.team.day import calendar_names

    earlier = space.earlier_plans(plan.week, 0, lambda _fault: None)
    known = {one.week: one for one in (*earlier, *others) if one.week < plan.week}
    former = None
    if known:
        before = known[max(known)]
        # As it was told then: by plans that were there, of places that may be hidden by now.
        told = announce(
            before,
            [one for one in known.values() if one is not before],
            state=config.state,
            no_service=config.no_service,
            is_whole=True,
        )
        former = before, told
    return render_calendar(
        plan,
        calendar_names(team, plan),
        announced=announced_places(plan, others, config, places, is_whole=True),
        former=former,
    )
