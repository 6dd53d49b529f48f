"""What figures, rows and views of a report are called, and how each figure is reckoned."""

from __future__ import annotations

from geodata.language import translator

_ = translator("tours")


def figure_name(name: str) -> str:
    """Return what a figure is called."""
    return {
        "service_hours": _("Service hours"),
        "visits": _("Visits to places"),
        "hours_per_1000": _("Service hours per 1000 young people"),
        "reach": _("Young people within a 15 minutes' walk"),
        "access": _("Hours a week within a walk, per 1000"),
        "longest_gap": _("Longest time without a visit"),
        "kept": _("Announced stops that took place"),
        "punctual": _("Punctual arrivals"),
        "contacts": _("Contacts"),
        "contacts_per_hour": _("Contacts per hour"),
        "share_new": _("Share of new contacts"),
        "exploration": _("Places seen in 26 weeks"),
        "equity": _("Inequality between municipalities"),
        "cost_per_hour": _("Cost per service hour"),
        "completeness": _("Visits logged within 48 hours"),
    }[name]


def short_name(name: str) -> str:
    """Return the name of a figure for the head of a narrow column."""
    return {
        "service_hours": _("On site"),
        "visits": _("Visits"),
        "hours_per_1000": _("h/1000"),
        "reach": _("Reach"),
        "access": _("Walk h/1000"),
        "longest_gap": _("Gap, wk"),
        "kept": _("Kept"),
        "punctual": _("Punctual"),
        "contacts": _("Contacts"),
        "contacts_per_hour": _("per hour"),
        "share_new": _("New"),
        "exploration": _("Seen"),
        "equity": _("Gini"),
        "cost_per_hour": _("€/h"),
        "completeness": _("Logged"),
    }[name]


def definition(name: str) -> str:
    """Say in one sentence how a figure is reckoned."""
    return {
        "service_hours": _(
            "Hours on site for young people: from the published start, or from the arrival if "
            "that was later, to the departure."
        ),
        "visits": _("Visits that took place."),
        "hours_per_1000": _(
            "Service hours of the period by 1000 young people of the service's ages; how many "
            "live in a municipality is estimated from its population."
        ),
        "reach": _(
            "Share of young people within a 15 minutes' walk of a place that was served on two "
            "days or more in 4 weeks, on average; beside it the most that as many places could "
            "reach."
        ),
        "access": _(
            "Service hours a week that young people can walk to, shared among all who can; 5 "
            "minutes count 1, 10 minutes 0.68, 15 minutes 0.22 (E2SFCA, Luo and Qi 2009)."
        ),
        "longest_gap": _(
            "Calendar weeks from one visit to the next, whatever the weekdays, the longest of the "
            "period; of an area and of the district that of the municipality that waited longest. "
            "A municipality counts as long as it has a meeting place in use."
        ),
        "kept": _(
            "Of the announced stops that are logged, those that took place; those that nobody has "
            "logged are open, and stand beside it."
        ),
        "punctual": _(
            "Of the announced stops that took place, arrivals at most 10 minutes after the start; "
            "an arrival that nobody entered is that of the plan."
        ),
        "contacts": _("Young people met, counted at each visit; one person may count often."),
        "contacts_per_hour": _(
            "Contacts by service hours, and between what the true rate lies in four of five cases."
        ),
        "share_new": _("Of all contacts, those for the first time; not for municipalities."),
        "exploration": _(
            "Of all meeting places in use or at rest, those visited in 26 weeks; places that were "
            "retired since count if they were visited or announced in them."
        ),
        "equity": _(
            "Gini coefficient of the service hours per 1000 young people, each municipality "
            "weighted by them: 0 is the same for all, 1 is all for one."
        ),
        "cost_per_hour": _(
            "Budget of the period by the service hours that it pays for; of the district all "
            "budgets by all hours of the days on which somebody pays."
        ),
        "completeness": _(
            "Of all stops that were announced or logged, those written down within 48 hours."
        ),
    }[name]


def unit_text(unit: str) -> str:
    """Return a unit, as it stands behind a number."""
    return {
        "hours": _("h"),
        "count": "",
        "hours_per_1000": _("h per 1000"),
        "share": "%",
        "hours_a_week_per_1000": _("h a week per 1000"),
        "weeks": _("weeks"),
        "per_hour": _("per hour"),
        "gini": "",
        "euro_per_hour": _("€ per hour"),
    }[unit]


def group_name(name: str) -> str:
    """Return the name of a view of the balanced scorecard."""
    return {
        "young_people": _("Young people"),
        "process": _("Process"),
        "finance": _("Finance"),
        "learning": _("Network and learning"),
    }[name]


def kind_name(kind: str) -> str:
    """Return what a row is: municipality, area or district."""
    return {
        "municipality": _("Municipality"),
        "focus": _("Focus area"),
        "funding": _("Funding area"),
        "district": _("District"),
    }[kind]
