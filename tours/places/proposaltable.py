"""What was found, decided and assumed about proposed places, for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from geodata.additions import Additions
from geodata.language import translator
from geodata.places import Place
from tours.places.proposalfile import Proposed
from tours.places.rules import place_rules, rule_notes
from tours.places.table import kind_text
from tours.timetable import number_text

_ = translator("tours")


def additions_text(found: Additions, source: str) -> str:
    """Return what was found, sentence by sentence.

    Parameters
    ----------
    found : Additions
    source : str
        Where it comes from, in words.
    """
    new = [one.place for one in found.proposals]
    lines = [
        _("New proposals from {source}: {number} ({kinds})").format(
            number=len(new), source=source, kinds=kinds_text(new)
        )
        if new
        else _("Nothing new was found in {source}").format(source=source)
    ]
    texts = {
        "known": _("a place in places.csv already (within 150 m, or its id): {number}"),
        "earlier": _("proposed before: {number}"),
        "merged": _("within 150 m of a stronger one, or of its name: {number}"),
        "no_road": _("no road nearby: {number}"),
        "not_served": _("where others are responsible: {number}"),
    }
    left_out = [
        texts[reason].format(number=number) for reason, number in found.left_out.items() if number
    ]
    if left_out:
        lines.append(_("Left out: {reasons}").format(reasons="; ".join(left_out)))
    return ".\n".join(lines) + "."


def kinds_text(places: Iterable[Place]) -> str:
    """Return how many places are of which kind, most first: “school 3, square 2”."""
    number = Counter(kind_text(place.kind) for place in places)
    return ", ".join(
        f"{kind} {n}" for kind, n in sorted(number.items(), key=lambda item: (-item[1], item[0]))
    )


def standing_text(rows: Sequence[Proposed]) -> str:
    """Return what was decided about the proposals of the file, in a sentence."""
    number = Counter(row.decision for row in rows)
    return _(
        "proposals.csv: {open} not decided, {yes} to be taken, {taken} taken, {no} refused."
    ).format(open=number[""], yes=number["yes"], taken=number["taken"], no=number["no"])


def render_rules() -> RenderableType:
    """Return the rules by which places are proposed, as a table and notes."""
    table = Table(box=None, padding=(0, 2, 1, 0), header_style="bold")
    for name in (_("Kind"), _("Tags in OpenStreetMap; names of stops"), _("Hours"), _("Halt")):
        table.add_column(name, overflow="fold")
    table.add_column(_("Weight"), justify="right")
    for rule in place_rules():
        names = [_("Stops: {names}").format(names=rule.names)] if rule.names else []
        table.add_row(
            escape(rule.kind),
            escape("\n".join([*rule.tags, *names])),
            escape(rule.hours),
            rule.halt,
            number_text(rule.weight, 1),
        )
    return Group(table, *(Text(f"{note}.") for note in rule_notes()))
