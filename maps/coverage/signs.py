"""The small signs of the coverage report: told apart by shape, on paper and on the screen."""

from __future__ import annotations

MET, UNMET, PLAIN, QUIET = "#00734f", "#b84a00", "#1f2328", "#767c84"
_SIZE = 24


def _sign(body: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}">{body}</svg>'


def _arrow(turn: int, colour: str) -> str:
    return _sign(
        f'<path transform="rotate({turn} 12 12)" d="M2 12H20M12.5 4.5 20.5 12 12.5 19.5" '
        f'fill="none" stroke="{colour}" stroke-width="3.6" stroke-linejoin="round" '
        'stroke-linecap="round"/>'
    )


# A filled circle with a tick, a diamond with a bar, a small diamond, and arrows.
SIGNS = {
    "met": _sign(
        f'<circle cx="12" cy="12" r="11.5" fill="{MET}"/><path d="M6 12.5 10.5 17 18 8" '
        'fill="none" stroke="#ffffff" stroke-width="3" stroke-linejoin="round" '
        'stroke-linecap="round"/>'
    ),
    "unmet": _sign(
        f'<path d="M12 0 24 12 12 24 0 12Z" fill="{UNMET}"/><path d="M7 12H17" fill="none" '
        'stroke="#ffffff" stroke-width="3.4" stroke-linecap="round"/>'
    ),
    "missed": _sign(f'<path d="M12 3.5 20.5 12 12 20.5 3.5 12Z" fill="{UNMET}"/>'),
    "up": _arrow(-90, PLAIN),
    "flat": _arrow(0, QUIET),
    "down": _arrow(90, PLAIN),
}
