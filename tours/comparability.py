"""Whether what two plans are worth can be compared, or why not."""

from __future__ import annotations

from geodata.language import translator
from tours.plan import Plan

_ = translator("tours")


def incomparable(before: Plan, after: Plan) -> tuple[str, ...]:
    """Return why what two plans are worth cannot be compared; nothing if it can.

    Only plans of the very same problem are worth more or less than each other.
    """
    reasons = {
        "week": before.week != after.week,
        "cycle": before.cycle != after.cycle,
        "settings": before.config_digest != after.config_digest,
        "roads": before.network != after.network,
        "wishes": before.wishes != after.wishes,
    }
    found = tuple(reason for reason, differs in reasons.items() if differs)
    is_known = bool(before.problem and after.problem)
    if not found and is_known and before.problem != after.problem:
        return ("earlier",)
    return found


def reason_text(reason: str) -> str:
    """Say why two plans are not compared."""
    return {
        "week": _("what is due, announced and open differs from week to week"),
        "cycle": _("the weeks of a cycle are worth something together only"),
        "settings": _("settings, places or appointments differ"),
        "roads": _("the roads differ"),
        "wishes": _("the wishes differ (--pin, --ban, --force, --order, --cancel)"),
        "earlier": _("what earlier plans announce, or what is due, differs"),
    }[reason]
