"""The monthly tally on the terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from geodata.language import translator
from tours.tally.changes import TallyChange
from tours.tally.tally import AGE, TOPIC, DistrictTally, Tally, area_text, item_text

_ = translator("tours")


def render_tallies(tallies: Sequence[Tally]) -> RenderableType:
    """Return the numbers by month and area; they stay in the house."""
    if not tallies:
        return Text(_("Nothing is counted yet."))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in (_("Month"), _("Area"), _("Counted")):
        table.add_column(name)
    groups: dict[tuple[str, str, str], list[Tally]] = {}
    for one in tallies:
        groups.setdefault((f"{one.month:%Y-%m}", one.area, one.kind), []).append(one)
    for (month, area, kind), some in groups.items():
        words = ", ".join(f"{item_text(kind, one.item)}: {one.count}" for one in some)
        table.add_row(Text(month), Text(area_text(area)), Text(words))
    note = _(
        "For the team alone. What may leave the house is the district as a whole: “tours visit "
        "tally --district 2026-Q3”."
    )
    return Group(table, Text(""), Text(note))


def render_tally_changes(changes: Sequence[TallyChange]) -> RenderableType:
    """Return what a list would change, by month and area: new numbers, and others as old → new."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in (_("Month"), _("Area"), "", _("Counted")):
        table.add_column(name)
    groups: dict[tuple[str, str], list[TallyChange]] = {}
    for one in changes:
        groups.setdefault((f"{one.tally.month:%Y-%m}", one.tally.area), []).append(one)
    for (month, area), some in groups.items():
        same = sum(one.is_same for one in some)
        lines = [
            (_("new"), [one for one in some if one.is_new]),
            (_("changed"), [one for one in some if not one.is_new and not one.is_same]),
        ]
        texts = [(word, ", ".join(map(_change_text, found))) for word, found in lines if found]
        if same:
            texts.append((_("unchanged"), _("numbers: {number}").format(number=same)))
        for row, (word, text) in enumerate(texts):
            head = (Text(month), Text(area_text(area))) if not row else (Text(""), Text(""))
            table.add_row(*head, Text(word), Text(text))
    return table


def _change_text(change: TallyChange) -> str:
    one = change.tally
    count = f"{one.count}" if change.is_new else f"{change.before} → {one.count}"
    return f"{item_text(one.kind, one.item)}: {count}"


def render_tallies_json(tallies: Sequence[Tally]) -> str:
    """Return the numbers as JSON."""
    body = [
        {
            "area": one.area,
            "month": f"{one.month:%Y-%m}",
            "kind": one.kind,
            "item": one.item,
            "count": one.count,
        }
        for one in tallies
    ]
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def render_district_tally(tally: DistrictTally, quarter: str) -> RenderableType:
    """Return what may leave the house."""
    if not tally.is_counted:
        return Text(_("Nothing was counted in {quarter}.").format(quarter=quarter))
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for kind, items in ((AGE, tally.ages), (TOPIC, tally.topics)):
        head = _("Age") if kind == AGE else _("Topic")
        table.add_row(Text(head, style="bold"), Text(""))
        for item, count in items:
            table.add_row(Text(item_text(kind, item)), Text(_count_text(count)))
        if kind == AGE:
            table.add_row(Text(_("together")), Text(_count_text(tally.total)))
    note = _(
        "“x” is hidden: ages below 3, topics below 5, and what these could be recomputed from. "
        "Zeros are shown. Several topics can be of one conversation, so that they have no sum."
    )
    return Group(Text(quarter, style="bold"), table, Text(""), Text(note))


def _count_text(count: int | None) -> str:
    return "x" if count is None else str(count)


def render_district_tally_json(tally: DistrictTally, quarter: str) -> str:
    """Return what may leave the house as JSON; null is hidden.

    Where nothing was counted at all it says so, and its zeros mean nothing.
    """
    body = {
        "quarter": quarter,
        "counted": tally.is_counted,
        "ages": dict(tally.ages),
        "total": tally.total,
        "topics": dict(tally.topics),
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"
