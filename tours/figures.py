"""What a week amounts to, and two weeks side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rich.console import RenderableType
from rich.table import Table

from geodata.language import translator
from tours.plan import Plan
from tours.timetable import hours_text, number_text

_ = translator("tours")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a week amounts to.

    Attributes
    ----------
    stops, length_m, drive_s, dwell_s : int
    expected, value : int
        Contacts expected, and what the plan is worth by the rules; hundredths.
    """

    stops: int
    length_m: int
    drive_s: int
    dwell_s: int
    expected: int
    value: int


def figures(plan: Plan) -> Figures:
    """Return what a week amounts to."""
    return Figures(
        stops=sum(len(tour.stops) for tour in plan.tours),
        length_m=plan.length_m,
        drive_s=plan.drive_s,
        dwell_s=plan.dwell_s,
        expected=plan.expected,
        value=plan.value,
    )


def render_figures(
    before: Figures, after: Figures, heads: tuple[str, str], *, is_comparable: bool = True
) -> RenderableType:
    """Return what two weeks amount to, side by side.

    Parameters
    ----------
    before, after : Figures
    heads : tuple of str
        What stands above them.
    is_comparable : bool
        Whether the worth by the rules can be compared.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("", *heads, _("Difference")):
        table.add_column(name, justify="right" if name else "left", no_wrap=True)
    was, now = before, after
    rows = [
        (_("Stops"), *numbers_beside(was.stops, now.stops, 0)),
        ("km", *numbers_beside(was.length_m / 1000, now.length_m / 1000, 1)),
        (_("Driving"), *durations_beside(was.drive_s, now.drive_s)),
        (_("On site"), *durations_beside(was.dwell_s, now.dwell_s)),
        (
            _("Contacts expected (estimate)"),
            *numbers_beside(was.expected / 100, now.expected / 100, 2),
        ),
    ]
    if is_comparable:
        rows.append((_("Worth by the rules"), *numbers_beside(was.value / 100, now.value / 100, 2)))
    for row in rows:
        table.add_row(*row)
    return table


def signed(value: float, text: str) -> str:
    """Return the text of a number without its sign, with its sign before it."""
    return f"−{text}" if value < 0 else f"+{text}" if value > 0 else text


def numbers_beside(was: float, now: float, decimals: int) -> tuple[str, str, str]:
    """Return the texts of two numbers and of their difference."""
    # The difference of what is shown, so that nobody finds a wrong sum. Python's own rounding
    # is not that of the text: it takes 12.35 for a little less.
    before, after = (
        float(Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals))) for value in (was, now)
    )
    more = round(after - before, decimals)
    return (
        number_text(before, decimals),
        number_text(after, decimals),
        signed(more, number_text(abs(more), decimals)),
    )


def durations_beside(was_s: int, now_s: int) -> tuple[str, str, str]:
    """Return the texts of two durations and of their difference."""
    more = (now_s + 30) // 60 - (was_s + 30) // 60
    return hours_text(was_s), hours_text(now_s), signed(more, hours_text(abs(more) * 60))
