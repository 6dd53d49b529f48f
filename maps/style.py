"""How things look: colours with line patterns, paper in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

FONT = "Lato"


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How the route of an afternoon is drawn: never by colour alone.

    Attributes
    ----------
    colour : str
        ``#rrggbb``; white text on it has a contrast of at least 4.5.
    dash : tuple of float
        Lengths of line and gap as multiples of the line's width; empty for a solid line.
    """

    colour: str
    dash: tuple[float, ...]


# Okabe and Ito's colours, darkened until white numbers on them can be read.
AFTERNOONS = (
    LineStyle("#0065a3", ()),
    LineStyle("#b84a00", (2.6, 1.4)),
    LineStyle("#00734f", (0.1, 1.9)),
    LineStyle("#9c3c78", (4.0, 1.6, 0.1, 1.6)),
    LineStyle("#6b5200", (5.5, 1.6)),
    LineStyle("#3a3f9c", (1.3, 1.3)),
    LineStyle("#444444", (4.0, 1.6, 0.1, 1.6, 0.1, 1.6)),
)
# Every colour with every pattern.
NUM_LOOKS = len(AFTERNOONS) ** 2

LAND = "#fbfaf5"
OUTSIDE = "#efede6"
BORDER = "#5b5b73"
INK = "#1f2328"
DEPOT = "#1f2328"
LEFT_OUT = "#767676"

# Fill and casing per road class of geodata.network.ROAD_CLASSES, and width in millimetres.
ROADS: tuple[tuple[str, str, float], ...] = (
    ("#e58b62", "#b3623d", 0.9),
    ("#f0a572", "#b97440", 0.8),
    ("#f7c480", "#c19246", 0.7),
    ("#fbe7a1", "#c2ab55", 0.6),
    ("#ffffff", "#b5b2a8", 0.5),
    ("#ffffff", "#cfccc2", 0.3),
    ("#ffffff", "#d9d6cd", 0.25),
)
NEAR_CASING = "#85827a"
ESTIMATED_ROAD = "#cfcbc0"

# How far people walk in 5, 10 and 15 minutes: fill, outline and its dashes in pixels. The fills
# differ by 15 of 100 steps of lightness or more, so that they do without their colour.
REACH: tuple[tuple[str, str, str], ...] = (
    ("#2b6ca3", "#123a5c", ""),
    ("#86b4d8", "#2b6ca3", "7 4"),
    ("#c9ddec", "#5f8db3", "2 4"),
)
HOMES = "#cdbfa4"

A4_MM = (210, 297)
A3_MM = (297, 420)


def afternoon_style(position: int) -> LineStyle:
    """Return the look of the n-th afternoon of a week, counted from 0.

    Where there are more than colours, a colour comes again with the pattern of another one,
    which is not of the same kind: two on, dots follow a solid line, and dashes follow dots.
    """
    again, number = divmod(position, len(AFTERNOONS))
    pattern = AFTERNOONS[(number + 2 * again) % len(AFTERNOONS)]
    return LineStyle(AFTERNOONS[number].colour, pattern.dash)
