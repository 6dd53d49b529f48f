"""The back of the week at a glance: who asks when the bus is in a municipality finds it there."""

from __future__ import annotations

from collections import Counter

from geodata.language import translator
from maps import wording
from maps.ground import Ground
from maps.halts import stop_name
from maps.lettering import printable
from maps.paper import A4, GAP_MM, Paper, Part, note_mm
from maps.papertable import HEAD_MM, ROW_MM, TITLE_MM, cell, paged, table, table_page
from maps.style import INK
from tours.plan import Plan

_ = translator("maps")

BAND_MM, LOW_ROW_MM = 11.0, 5.6
# Widths of the columns, 182 mm in all.
HALTS_MM, MISSING_MM = (42.0, 70.0, 46.0, 24.0), (158.0, 24.0)
WEEK_LOOK: Part = {"colour": INK}


def index_pages(plan: Plan, ground: Ground, paper: Paper = A4) -> list[Part]:
    """Return the stops of a week by municipality, and how many places it leaves out and why."""
    room = paper.height_mm - BAND_MM - GAP_MM - note_mm(plan, ground)
    tables = [_halts(plan)]
    if plan.unassigned:
        tables.append(_left_out(plan))
    heads = len(tables) * (TITLE_MM + HEAD_MM + GAP_MM) - GAP_MM
    fitting = (room - heads) / max(1, sum(len(one["rows"]) for one in tables))
    row = min(ROW_MM, fitting) if fitting >= LOW_ROW_MM else ROW_MM
    pages, left = paged(tables, room, 0.0, row)
    title = f"{wording.week_title(plan.week)} · {_('by municipality')}"
    return [
        table_page(WEEK_LOOK, title, shown, left if shown is pages[-1] else 0.0, paper)
        for shown in pages
    ]


def _halts(plan: Plan) -> Part:
    halts = [(tour, stop) for tour in plan.tours for stop in tour.stops]
    halts.sort(key=lambda halt: (halt[1].municipality, halt[0].date, halt[1].start_s, halt[0].bus))
    rows: list[Part] = []
    former = ""
    for tour, stop in halts:
        town = printable(stop.municipality)
        note = wording.public_note(stop)
        rows.append(
            {
                "cells": [
                    cell("" if town == former else town, is_bold=True),
                    cell(stop_name(stop), note),
                    cell(printable(wording.with_bus(wording.date_in_week(tour.date), tour.bus))),
                    cell(wording.span(stop.start_s, stop.departure_s), is_bold=True),
                ]
            }
        )
        former = town
    columns = [_("Municipality"), _("Stop"), _("Day"), _("Time")]
    return table(_("When the bus is where"), "", columns, HALTS_MM, rows)


def _left_out(plan: Plan) -> Part:
    reasons = Counter(one.reason for one in plan.unassigned)
    rows: list[Part] = [
        {"cells": [cell(wording.reason_label(reason)), cell(wording.number(n), is_bold=True)]}
        for reason, n in reasons.most_common()
    ]
    about = _("each with its reason on the map and by “tours show”")
    return table(_("Not in the plan"), about, [_("Reason"), _("Places")], MISSING_MM, rows)
