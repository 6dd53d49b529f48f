"""Why a figure or its trend is not there, and what has to be known beside one."""

from __future__ import annotations

from geodata.language import translator

_ = translator("tours")


def reason_text(reason: str) -> str:
    """Say why there is no figure."""
    return {
        "hidden": _("hidden: small numbers"),
        "not_here": _("not reckoned here"),
        "removed": _("the visits were removed from the log"),
        "no_visit": _("no visit"),
        "no_hours": _("no service hours"),
        "no_contacts": _("no contacts"),
        "nothing_announced": _("no announced stop is logged"),
        "no_youth": _("number of young people not known"),
        "no_population": _("nobody lives there"),
        "no_place": _("no meeting place"),
        "not_served": _("others are responsible"),
        "not_valid": _("not in this period"),
        "no_walks": _("not reckoned: footpaths and homes are not loaded"),
        "no_budget": _("no budget in region.toml"),
    }[reason]


def note_text(note: str) -> str:
    """Say what has to be known beside a figure."""
    return {
        "walks_estimated": _("walking times are estimated"),
        "homes_unknown": _(
            "where residential areas are not known, people are spread over the municipality"
        ),
        "partly_valid": _("the area exists in a part of the period only"),
        "not_over": _("the period is not over"),
        "open_stops": _("announced stops that nobody has logged are left out"),
        "short_log": _("the log begins within the period"),
        "short_budget": _("only the budget of the days since the log begins is counted"),
        "log_ends": _("nothing is logged in the last four weeks, so that hours may be missing"),
        "open_hours": _("hours of announced stops that nobody has logged are missing"),
        "part_paid": _("a funder pays on a part of the days only"),
        "month_sums": _("from sums of months, since the visits were removed from the log"),
        "begins_in_month": _(
            "on which day of its first month the log begins is not known any more"
        ),
        "gap_without_place": _(
            "municipalities without a meeting place in use do not count in the longest time "
            "without a visit"
        ),
        "gap_until_use": _(
            "where no meeting place is in use any more, the longest time without a visit counts "
            "up to its last visit or announced stop"
        ),
        "gap_at_least": _(
            "the longest time without a visit is at least this, since of the visit before it only "
            "the month is known"
        ),
        "as_planned": _(
            "most arrivals are those of the plan, as they are where nobody enters another time: "
            "the share of punctual ones may say little"
        ),
        "short_weeks": _("the log begins within the 26 weeks in which places count as seen"),
    }[note]


def trend_text(trend: str) -> str:
    """Say what an arrow means."""
    return {
        "up": _("more than in the period before"),
        "flat": _("no change beyond chance"),
        "down": _("less than in the period before"),
    }[trend]


def no_trend_text(reason: str) -> str:
    """Say why there is no arrow."""
    return {
        "former_hidden": _("numbers of the period before are hidden"),
        "former_log": _("the log does not hold all of the period before"),
        "former_none": _("nothing to compare with in the period before"),
        "too_few": _("too few cases to compare"),
        "year": _("contacts of two years are not compared"),
        "month_sums": _("hours of single visits were removed from the log"),
    }[reason]
