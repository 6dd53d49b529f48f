"""What has to be known to read the figures of a comparison: what is in them, and what is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from babel.dates import format_date

from geodata.language import current_language, translator
from tours.compare.compare import Comparison, Outcome
from tours.plan import Asked, Plan
from tours.timetable import network_text, tour_day

_ = translator("tours")


def notes_on(comparison: Comparison) -> list[str]:
    """Return what has to be known to read the figures, a sentence each."""
    plans = comparison.plans
    notes = [
        _(
            "The worth counts expected contacts, bonuses for municipalities and for announced "
            "stops, less the price of driving."
        ),
        _wishes_note(comparison),
    ]
    if all(plan.is_optimal for plan in plans):
        notes.append(_("Proven optimal, each by its own settings: no other plan is worth more."))
    else:
        notes.append(
            _(
                "Where a plan is not proven optimal, a better one may exist; differences of worth "
                "are as uncertain as that."
            )
        )
    notes.append(_("Of several plans of equal worth one is shown; its other figures may differ."))
    if comparison.roster:
        notes.append(
            _("As announced: same place, weekday and start as in the plan of {week}.").format(
                week=comparison.roster
            )
        )
    else:
        notes.append(_("No earlier week has a plan: no stop is announced yet."))
    if any(outcome.tally.overdue for outcome in comparison.outcomes if outcome.tally):
        notes.append(_("A plan that leaves an overdue municipality out can be worth more for it."))
    notes.append(
        _(
            "Crew time: hours of the shifts times {crew} persons. What crew, buses and depots "
            "cost is not in the worth."
        ).format(crew=comparison.crew)
    )
    notes.append(_("Afternoons on public holidays or cancelled are not driven and not counted."))
    notes += _cancellations(comparison.outcomes)
    notes += _depots(comparison.outcomes)
    notes.append(network_text(plans[0].network))
    if not all(plan.knows_school_holidays for plan in plans):
        notes.append(_("School holidays of this week are not published yet: taken for term time."))
    return notes


def _wishes_note(comparison: Comparison) -> str:
    wishes = [text for texts in asdict(comparison.wishes).values() for text in texts]
    if not comparison.is_stored:
        return _("Planned without wishes: {week} has no stored plan.").format(week=comparison.week)
    if not wishes:
        return _("Planned without wishes, as the stored plan of {week} is.").format(
            week=comparison.week
        )
    return _("Planned with the wishes of the stored plan of {week}: {wishes}.").format(
        week=comparison.week, wishes=_wishes_text(comparison.wishes)
    )


def _wishes_text(wishes: Asked) -> str:
    kinds = (
        (_("pinned"), wishes.pins),
        (_("wanted"), wishes.forced),
        (_("banned"), wishes.bans),
        (_("in order"), wishes.orders),
        (_("cancelled"), wishes.cancelled),
    )
    return "; ".join(f"{kind} {text}" for kind, texts in kinds for text in texts)


def _cancellations(outcomes: Iterable[Outcome]) -> list[str]:
    """Return which afternoons are not driven, and in which plans."""
    names: dict[str, list[str]] = {}
    for outcome in outcomes:
        for cancelled in outcome.plan.cancelled if outcome.plan else ():
            day = _("{day}: no tour, {holiday}").format(
                day=tour_day(cancelled.date, cancelled.bus), holiday=cancelled.holiday
            )
            names.setdefault(day, []).append(outcome.title)
    return [f"{day} ({', '.join(who)})" for day, who in names.items()]


def _depots(outcomes: Iterable[Outcome]) -> list[str]:
    """Return from which depots each plan drives, if there are several."""
    plans = [(outcome.title, outcome.plan) for outcome in outcomes if outcome.plan]
    depots = {depot for _title, plan in plans for depot in plan.depots}
    if len(depots) < 2 and not any(plan.names_depots for _title, plan in plans):
        return []
    told = "; ".join(f"{title}: {_starts(plan)}" for title, plan in plans)
    return [_("Depots: {plans}.").format(plans=told)]


def _starts(plan: Plan) -> str:
    if len(plan.depots) < 2:
        return ", ".join(depot.name for depot in plan.depots)
    language = current_language()
    return ", ".join(
        f"{format_date(tour.date, format='EEE', locale=language)} {tour.depot.name}"
        for tour in plan.tours
    )
