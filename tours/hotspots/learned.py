"""What removed visits have taught, as a text in the visit log."""

from __future__ import annotations

import datetime as dt
import json

from tours.hotspots.ledger import Factor, Learned


def render_learned(learned: Learned) -> str:
    """Return what a ledger knows as JSON, the same for the same."""
    return json.dumps(
        {
            "before": learned.before.isoformat(),
            "factors": [
                [list(key), one.value, one.memory, one.home] for key, one in learned.factors
            ],
            "number": learned.number,
            "squares": learned.squares,
            "means": learned.means,
            "scatter": learned.scatter,
        },
        ensure_ascii=False,
    )


def read_learned(text: str) -> Learned:
    """Return what a ledger knows.

    Raises
    ------
    ValueError
        If the text is not what `render_learned` writes.
    """
    try:
        body = json.loads(text)
        return Learned(
            before=dt.date.fromisoformat(body["before"]),
            factors=tuple(
                (tuple(map(str, key)), Factor(float(value), float(memory), float(home)))
                for key, value, memory, home in body["factors"]
            ),
            number=int(body["number"]),
            squares=float(body["squares"]),
            means=float(body["means"]),
            scatter=float(body["scatter"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"what was learned cannot be read: {error}") from error
