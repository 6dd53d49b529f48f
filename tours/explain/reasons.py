"""Explanations in words and as JSON: why a place is not in a plan, what a stop is worth."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import chain

from rich.console import Group, RenderableType
from rich.text import Text

from geodata.language import translator
from tours.changes import Changes, changes_between
from tours.dates import short_date
from tours.explain.explanation import Explanation
from tours.explain.infeasible import conflict_lines
from tours.explain.remedies import Demand
from tours.explain.standing import Hindrance, Opening
from tours.schedule import clock
from tours.timetable import hours_text, number_text, overdue_text, worth_note
from tours.worth import Difference

_ = translator("tours")

# More stops that give way are named in the list of changes only.
MOST_DISPLACED = 4


def render_explanation(explanation: Explanation) -> RenderableType:
    """Return an explanation as something rich can print."""
    e = explanation
    parts: list[RenderableType] = [
        Text(f"{e.name} ({e.place_id}) · {e.week}", style="bold"),
        *([Text(_outdated_note(e))] if e.outdated else []),
        Text(reason_sentence(e)),
        *(Text(f"  {line}") for line in _details(e)),
    ]
    if e.price is not None:
        parts.append(Text(price_sentence(e, e.price)))
        parts += [Text(line) for line in _change_lines(e)]
        parts.append(Text(_figures_sentence(e)))
    notes = list(_notes(e))
    if notes:
        parts += [Text(), *map(Text, notes)]
    return Group(*parts)


def reason_sentence(e: Explanation) -> str:
    """Say why a place is in a plan or is not."""
    if e.hindrance is not None:
        return _("Not in the plan: {reason}.").format(reason=_hindrance_text(e.hindrance))
    if e.is_planned:
        return _inside_sentence(e)
    if e.reason == "forbidden" and len(e.demands) == 1:
        return _("Not in the plan: it is not possible, even without any other rule (proven).")
    if e.reason == "no_room":
        displaced = _displaced(e)
        text = _("Not in the plan: no room is left for it beside the other stops (proven).")
        if 0 < len(displaced) <= MOST_DISPLACED:
            more = _("It would displace: {names}.")
            if len(displaced) > 1:
                more = _("It would displace each of these: {names}.")
            text += " " + more.format(names="; ".join(displaced))
        return text
    if e.reason == "worth_less" and not e.is_room_proven:
        return _("Not in the plan: other stops are worth more (proven).")
    return {
        "forbidden": _(
            "Not in the plan: with it, these rules cannot hold together (proven). Whoever wants "
            "it must relax one of them."
        ),
        "displaces_due": _(
            "Not in the plan: with it, a municipality that is due would go without a visit."
        ),
        "worth_less": _(
            "Not in the plan: it would fit beside the other stops, at other times and for less "
            "long if need be, but costs more than it earns (proven)."
        ),
        "as_good": _("Not in the plan: what is there instead is worth as much (proven)."),
        "better": _(
            "Not in the plan, though a plan with it is worth more. The stored plan is not proven "
            "to be the best: plan the week again."
        ),
        "undecided": _(
            "Not in the plan; the reason is not proven within {seconds} s (--time-limit)."
        ).format(seconds=number_text(e.time_limit, 0)),
    }[e.reason]


def _inside_sentence(e: Explanation) -> str:
    if e.reason == "needed":
        return _("In the plan: without it, these rules cannot hold together (proven).")
    if e.reason == "needed_by_due":
        return _("In the plan: without it, a municipality that is due would go without a visit.")
    if e.reason == "undecided":
        return _(
            "In the plan; what it is worth is not proven within {seconds} s (--time-limit)."
        ).format(seconds=number_text(e.time_limit, 0))
    if e.is_appointment:
        return _("In the plan: it is an appointment.")
    if e.is_wished:
        return _("In the plan: it was asked for with --pin or --force.")
    return _("In the plan: it belongs to the best week that is known.")


def _hindrance_text(h: Hindrance) -> str:
    return {
        "resting": _("it rests (column status of places.csv)"),
        "retired": _("it was given up (column status of places.csv)"),
        "not_served": _("others are responsible for its municipality (not_served in region.toml)"),
        "no_road": _("there is no road near it: “tours places check” says how far the nearest is"),
        "cut_off": _("no road leads from the depot there and back"),
        "banned": _("it was excluded for this week (--ban)"),
        "cancelled": _("the afternoon that it needs is cancelled"),
        "closed": _("its opening hours fit no afternoon, {minutes} minutes at least").format(
            minutes=h.min_dwell_s // 60
        ),
        "unreachable": _(
            "too far: for the way there, setting up, the shortest halt and the way back even the "
            "best afternoon is {minutes} minutes too short"
        ).format(minutes=-(-h.missing_s // 60)),
        "called_off": _("it is cancelled or done (column status of appointments.csv)"),
        "another_day": _("the appointment is on no day of this week"),
    }[h.reason]


def _details(e: Explanation) -> Iterator[str]:
    h = e.hindrance
    if h is not None and h.reason in ("closed", "cancelled"):
        if h.hours:
            yield _("hours in places.csv: {hours}").format(hours=h.hours)
        yield from map(_opening_line, h.openings)
    if e.reason in ("forbidden", "needed"):
        yield from map(str, conflict_lines(other_demands(e)))
    for overdue in e.due:
        yield overdue_text(overdue)


def other_demands(e: Explanation) -> Sequence[Demand]:
    """Return the rules that are in the way of what was asked for."""
    asked = ("forced", e.place_id)
    return [demand for demand in e.demands if demand.origin != asked]


def _opening_line(opening: Opening) -> str:
    day = short_date(opening.date)
    afternoon = f"{day}, {clock(opening.start_s)}–{clock(opening.end_s)}"
    if opening.bus:
        afternoon = _("{when}, bus {bus}").format(when=afternoon, bus=opening.bus)
    if opening.is_cancelled:
        afternoon = _("{afternoon} (cancelled)").format(afternoon=afternoon)
    if not opening.open_s:
        return _("{afternoon}: closed all day").format(afternoon=afternoon)
    spans = ", ".join(f"{clock(opens)}–{clock(closes)}" for opens, closes in opening.open_s)
    return _("{afternoon}: open {spans}").format(afternoon=afternoon, spans=spans)


def price_sentence(e: Explanation, price: Difference) -> str:
    """Say how much less the weeks are worth with the place, or without it."""
    whole = _("the worth of the week")
    if len(e.weeks) > 1:
        whole = _("the worth of the weeks {weeks} together").format(weeks=", ".join(e.weeks))
    head = _("Without this stop") if e.is_planned else _("With this stop")
    if not price.is_proven and e.worth and price.most > e.worth.value:
        # More than everything is worth: nothing is known yet.
        return _(
            "{head}, it is not known within {seconds} s by how much {whole} would be lower."
        ).format(head=head, whole=whole, seconds=number_text(e.time_limit, 0))
    if not price.is_proven:
        return _(
            "{head}, {whole} would be {least} to {most} contacts lower (not proven more closely "
            "within {seconds} s)."
        ).format(
            head=head,
            whole=whole,
            least=_worth_text(price.least),
            most=_worth_text(price.most),
            seconds=number_text(e.time_limit, 0),
        )
    if price.least == 0:
        return _("{head}, {whole} would be the same (proven).").format(head=head, whole=whole)
    text = _("{head}, {whole} would be {worth} contacts lower (proven).")
    if price.least < 0:
        text = _("{head}, {whole} would be {worth} contacts higher (proven).")
    return text.format(head=head, whole=whole, worth=_worth_text(abs(price.least)))


def _worth_text(value: int) -> str:
    return number_text(value / 100, 2).replace("-", "−")


def _all_changes(e: Explanation) -> list[tuple[str, Changes]]:
    pairs = zip(e.before, e.after, strict=True)
    return [(before.week, changes_between(before, after)) for before, after in pairs]


def _displaced(e: Explanation) -> list[str]:
    stops = chain.from_iterable(changes.stops for _week, changes in _all_changes(e))
    return list(dict.fromkeys(stop.name for stop in stops if stop.kind == "gone"))


def _change_lines(e: Explanation) -> Iterator[str]:
    if e.after:
        yield _("What the best plan that was found would change:")
    for week, changes in _all_changes(e):
        head = f"{week}, " if len(e.weeks) > 1 else ""
        for line in changes.lines:
            yield f"  {head}{line}"


def _figures_sentence(e: Explanation) -> str:
    return _(
        "Expected contacts (estimate) {before} → {after}, driving {drive_before} → {drive_after}."
    ).format(
        before=number_text(sum(plan.expected for plan in e.before) / 100, 2),
        after=number_text(sum(plan.expected for plan in e.after) / 100, 2),
        drive_before=hours_text(sum(plan.drive_s for plan in e.before)),
        drive_after=hours_text(sum(plan.drive_s for plan in e.after)),
    )


def _notes(e: Explanation) -> Iterator[str]:
    if e.price is not None:
        yield worth_note()
    if len(e.weeks) > 1 and e.hindrance is None:
        yield _(
            "The weeks {weeks} were planned as one and solved again as one, with or without the "
            "place in each of them."
        ).format(weeks=", ".join(e.weeks))


def _outdated_note(e: Explanation) -> str:
    """Say why something else is explained than the stored plan."""
    reason = {
        "settings": _("Settings, places or appointments were changed since the plan was made."),
        "cycle": _("Another week of the cycle was planned anew since the plan was made."),
        "earlier": _("Earlier plans, visits or the roads were changed since the plan was made."),
        "better": _("The stored plan is not the best one, as is known now."),
    }[e.outdated]
    return reason + " " + _("Explained is the week as it would be planned now.")


def command_of(
    e: Explanation, where: Sequence[str], asked: Sequence[str]
) -> tuple[str, list[str]] | None:
    """Return the command that plans the other case, and what it is for; None if there is none.

    Parameters
    ----------
    e : Explanation
    where : sequence of str
        Options that name the workspace.
    asked : sequence of str
        Options that the plan was made with, without those about this place.
    """
    command = ["tours", "plan", *where, "--week", e.weeks[0]]
    if len(e.weeks) > 1:
        command += ["--weeks", str(len(e.weeks))]
    command += asked
    if e.hindrance is not None and e.hindrance.reason != "banned":
        return None
    if e.is_appointment or e.reason in ("forbidden", "needed"):
        return None
    if e.is_planned:
        return _("To leave it out:"), [*command, "--ban", e.place_id]
    return _("To have it all the same:"), [*command, "--force", e.place_id]


def render_explanation_json(e: Explanation, command: Sequence[str] | None) -> str:
    """Return an explanation as JSON."""
    body = {
        "place_id": e.place_id,
        "name": e.name,
        "week": e.week,
        "weeks": e.weeks,
        "is_planned": e.is_planned,
        "reason": e.reason,
        "sentence": reason_sentence(e),
        "hindrance": asdict(e.hindrance) if e.hindrance else None,
        "worth": asdict(e.worth) if e.worth else None,
        "other": asdict(e.other) if e.other else None,
        "price": {**asdict(e.price), "is_proven": e.price.is_proven} if e.price else None,
        "changes": [
            {"week": week, "kind": stop.kind, **asdict(stop)}
            for week, changes in (_all_changes(e) if e.after else ())
            for stop in changes.stops
        ],
        "rules": [{"rule": d.text, "remedy": d.remedy} for d in other_demands(e)],
        "is_conflict_proven": e.conflict.is_proven if e.conflict else None,
        "due": [asdict(overdue) for overdue in e.due],
        "outdated": e.outdated,
        "command": command,
    }
    return json.dumps(body, ensure_ascii=False, indent=1, default=str) + "\n"
