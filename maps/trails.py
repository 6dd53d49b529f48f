"""Lines joined end to end into long ones, so that a map of many roads is a short text."""

from __future__ import annotations

import math
from collections.abc import Sequence

from maps.lanes import Corner

Line = Sequence[Corner]


def trails(lines: Sequence[Line]) -> list[list[Corner]]:
    """Return lines that cover the same ground in fewer pieces, each road once.

    Where several lines go on, the straightest is taken, as the eye does.

    Parameters
    ----------
    lines : sequence of lines
        Each with two corners or more.
    """
    meeting: dict[Corner, list[int]] = {}
    for number, line in enumerate(lines):
        for end in (line[0], line[-1]):
            meeting.setdefault(end, []).append(number)
    is_used = [False] * len(lines)
    found: list[list[Corner]] = []

    def walk(start: Corner) -> None:
        trail = [start]
        while (number := _straightest(trail, lines, meeting[trail[-1]], is_used)) is not None:
            is_used[number] = True
            line = lines[number]
            trail.extend(line[1:] if line[0] == trail[-1] else line[-2::-1])
        if len(trail) > 1:
            found.append(trail)

    # A trail has its ends where an odd number of lines meet, as Euler found; rings have none.
    for start, numbers in meeting.items():
        if len(numbers) % 2:
            walk(start)
    for number, line in enumerate(lines):
        if not is_used[number]:
            walk(line[0])
    return found


def _straightest(
    trail: Sequence[Corner], lines: Sequence[Line], numbers: Sequence[int], is_used: Sequence[bool]
) -> int | None:
    """Return the unused line that goes on with the smallest turn."""
    free = [number for number in numbers if not is_used[number]]
    if len(free) < 2 or len(trail) < 2:
        return free[0] if free else None
    at, before = trail[-1], trail[-2]

    def turn(number: int) -> float:
        line = lines[number]
        ahead = line[1] if line[0] == at else line[-2]
        came = math.atan2(at[1] - before[1], at[0] - before[0])
        goes = math.atan2(ahead[1] - at[1], ahead[0] - at[0])
        return abs(math.remainder(goes - came, 2 * math.pi))

    return min(free, key=turn)
