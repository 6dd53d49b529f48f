"""Plans of one week side by side: one page that shows them in turn, with a table of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.language import current_language, translator
from maps import style, wording
from maps.basemap import Basemap
from maps.leaflet import Json, Page, render_page
from maps.style import LineStyle
from maps.webmap import (
    SCRIPTS,
    STYLES,
    drawing_of,
    land_data,
    most_expected,
    plan_data,
    texts,
)
from tours.plan import Plan

_ = translator("maps")

# A line of the table: what it is called, and per plan its value and the difference.
Figure = tuple[str, Sequence[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Panel:
    """A plan that is compared with others, or why there is none.

    Attributes
    ----------
    name : str
    changes : str
        What differs from the first plan, in words; empty if nothing does.
    plan : Plan or None
    reason : str
        Why there is no plan, in a sentence.
    """

    name: str
    changes: str
    plan: Plan | None
    reason: str = ""


def render_comparemap(
    panels: Sequence[Panel],
    basemap: Basemap,
    figures: Sequence[Figure] = (),
    remarks: Sequence[str] = (),
) -> str:
    """Return the page that shows some plans in turn: HTML, the same for the same plans.

    Parameters
    ----------
    panels : sequence of Panel
        At least one of them with a plan; all of one week and district.
    basemap : Basemap
    figures : sequence of Figure
        One value per plan, in the order of the panels that have one.
    remarks : sequence of str
        What has to be known to read the figures.

    Raises
    ------
    ValueError
        If there is no plan, or the figures are not of as many plans.
    """
    shown = [(panel, panel.plan) for panel in panels if panel.plan]
    if not shown:
        raise ValueError("panels must hold at least one plan, got 0")
    for name, values, differences in figures:
        if not len(values) == len(differences) == len(shown):
            raise ValueError(f"figures must be of {len(shown)} plans, got {len(values)}: {name}")
    plans = [plan for _panel, plan in shown]
    most = max(map(most_expected, plans))
    first, looks = plans[0], looks_of(plans)
    depots = {depot for plan in plans for depot in plan.depots}
    names_depots = len(depots) > 1 or any(plan.names_depots for plan in plans)
    week = (
        _("Variants of {week}").format(week=wording.week_label(first.week)),
        wording.week_days(first.week),
    )
    data: dict[str, Json] = {
        "text": {
            **texts(),
            "variant": _("Variant"),
            "figures": _("Figures"),
            "no_plan": _("no plan"),
        },
        "title": {"service": first.service, "district": first.district, "week": list(week)},
        **land_data(basemap, plans),
        "plans": [
            {
                "name": panel.name,
                "changes": panel.changes if panel.changes != panel.name else "",
                **plan_data(plan, basemap, looks=look, most=most, names_depots=names_depots),
            }
            for (panel, plan), look in zip(shown, looks, strict=True)
        ],
        "failed": [[panel.name, panel.reason] for panel in panels if not panel.plan],
        "figures": [
            [name, [list(cell) for cell in zip(values, differences, strict=True)]]
            for name, values, differences in figures
        ],
        "remarks": list(remarks),
    }
    drawing = drawing_of(data, [*SCRIPTS, "variants"], [*STYLES, "compare"])
    title = (first.service, first.district, *week)
    return render_page(Page(" · ".join(title), current_language()), drawing)


def looks_of(plans: Sequence[Plan]) -> list[list[LineStyle]]:
    """Return a look for each tour of each plan.

    A weekday and bus keeps its look from plan to plan, and the first plan has the looks of its
    own map. No two tours of a plan look the same, as far as there are looks.
    """
    known: dict[tuple[int, int], int] = {}
    result: list[list[LineStyle]] = []
    for plan in plans:
        keys = _keys(plan)
        used = {known[key] for key in keys if key in known}
        taken: set[int] = set()
        looks: list[LineStyle] = []
        for key in keys:
            look = known.get(key)
            if look is None or look in taken:
                free = [n for n in range(style.NUM_LOOKS) if n not in used | taken]
                # Rather the colour of a tour that this plan has not than one of its own again.
                look = min(
                    free,
                    key=lambda n: (n // len(style.AFTERNOONS), n in known.values(), n),
                    default=len(looks),
                )
                known.setdefault(key, look)
            taken.add(look)
            looks.append(style.afternoon_style(look))
        result.append(looks)
    return result


def _keys(plan: Plan) -> list[tuple[int, int]]:
    """Return weekday and number of each tour on it."""
    keys: list[tuple[int, int]] = []
    for tour in plan.tours:
        day = tour.date.weekday()
        keys.append((day, sum(other == day for other, _number in keys)))
    return keys
