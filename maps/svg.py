"""Lines and points as SVG in millimetres.

No word ever enters the SVG, so no name can break it, and letters stay letters in the PDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely

from maps import style
from maps.frame import Frame

# Bends smaller than this are not seen in print.
SIMPLIFY_MM = 0.04
# Lines go on this far beyond the edge, so that no cut end shows.
SLACK_MM = 3.0


def stroke(line: shapely.Geometry, colour: str, width_mm: float, dash: Sequence[float] = ()) -> str:
    """Return lines as an SVG path; lengths of dashes are multiples of the width."""
    return stroked(svg_path(line), colour, width_mm, dash)


def stroked(path: str, colour: str, width_mm: float, dash: Sequence[float] = ()) -> str:
    """Return the data of a path as one; see `stroke`."""
    pattern = ""
    if dash:
        lengths = " ".join(f"{length * width_mm:.2f}" for length in dash)
        # Points need round ends; dashes with round ends would close their own gaps.
        cap = "round" if min(dash) < 0.5 else "butt"
        pattern = f' stroke-dasharray="{lengths}" stroke-linecap="{cap}"'
    return f'<path d="{path}" stroke="{colour}" stroke-width="{width_mm:.2f}"{pattern}/>'


def svg_path(geometry: shapely.Geometry) -> str:
    """Return the data of an SVG path in millimetres, two decimals."""
    parts = shapely.get_parts(geometry)
    while (shapely.get_type_id(parts) > shapely.GeometryType.POLYGON).any():
        parts = shapely.get_parts(parts)
    lines = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    points, line = shapely.get_coordinates(lines, return_index=True)
    is_first = np.diff(line, prepend=-1) != 0
    steps = zip(is_first.tolist(), points.round(2).tolist(), strict=True)
    return "".join(f"{'M' if first else 'L'}{x:g} {y:g}" for first, (x, y) in steps)


def dot(x: float, y: float, fill: str, edge: str) -> str:
    """Return a small circle."""
    return (
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r=".7" fill="{fill}" stroke="{edge}" '
        'stroke-width=".3"/>'
    )


def svg_document(shapes: Iterable[str], frame: Frame) -> str:
    """Return shapes as an SVG as large as a frame."""
    width, height = f"{frame.width_mm:g}", f"{frame.height_mm:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}"><rect width="{width}" height="{height}" '
        f'fill="{style.OUTSIDE}"/><g fill="none" stroke-linejoin="round" '
        f'stroke-linecap="round">{"".join(shapes)}</g></svg>'
    )
