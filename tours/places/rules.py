"""The rules by which places are proposed, as people read them: out of the program's own tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geodata.discover import (
    DEFAULTS,
    INDOOR_POOL,
    INDOOR_POOL_HOURS,
    KIND_PATTERNS,
    MERGE_WITHIN_M,
    NOT_A_MEETING_PLACE,
    WEIGHT_FACTOR_BOUNDS,
)
from geodata.kinds import CLOSED, RULES
from geodata.language import translator
from geodata.proposals import STRENGTH
from tours.places.table import kind_text
from tours.timetable import number_text

_ = translator("tours")

# What a regular expression says that words need not say.
_LOOKS = re.compile(r"\(\?<!([^)]*)\)")


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """What makes a place of a kind, and what is assumed of it then.

    Attributes
    ----------
    kind : str
        In words.
    tags : tuple of str
        Of OpenStreetMap, as mappers write them; each with what must hold besides.
    names : str
        Parts of the names of stops.
    hours : str
        opening_hours syntax.
    halt : str
        Shortest and longest, in words.
    weight : float
    """

    kind: str
    tags: tuple[str, ...]
    names: str
    hours: str
    halt: str
    weight: float


def place_rules() -> list[PlaceRule]:
    """Return the rules, the strongest kind first; kinds that nothing makes are left out."""
    found = []
    for kind in STRENGTH:
        rules = [rule for rule in RULES if rule.kind == kind]
        tags = tuple(
            f"{rule.tags} ({note})" if (note := rule.note()) else rule.tags for rule in rules
        )
        names = ", ".join(
            word for other, pattern in KIND_PATTERNS if other == kind for word in _words(pattern)
        )
        if not tags and not names:
            continue
        defaults = DEFAULTS[kind]
        halt = _("{shortest} to {longest} min").format(
            shortest=defaults.min_dwell_min, longest=defaults.max_dwell_min
        )
        found.append(PlaceRule(kind_text(kind), tags, names, defaults.hours, halt, defaults.weight))
    return found


def rule_notes() -> list[str]:
    """Return what holds of all kinds, a sentence each without its full stop."""
    low, high = WEIGHT_FACTOR_BOUNDS
    return [
        _("Nothing with access={values} is proposed").format(values="|".join(CLOSED)),
        _("Stops with one of these in their name are no place: {names}").format(
            names=", ".join(_words(NOT_A_MEETING_PLACE))
        ),
        _("A village whose stops tell no place gets its most central stop, of kind {kind}").format(
            kind=kind_text("bus_stop")
        ),
        _(
            "Of places within {metres} m of each other, or of one name, the strongest kind stays, "
            "in the order of this table"
        ).format(metres=MERGE_WITHIN_M),
        _(
            "What lies within {metres} m of a place in places.csv or of an earlier proposal, or "
            "has its id, is not proposed, whatever its status or decision"
        ).format(metres=MERGE_WITHIN_M),
        _(
            "The start weight is that of the kind times the square root of people per place in "
            "the municipality, this place counted, to the mean of all places; at least {low}, at "
            "most {high} times"
        ).format(low=number_text(low, 1), high=number_text(high, 1)),
        _("Pools called {names} are open all year: {hours}").format(
            names=", ".join(_words(INDOOR_POOL)), hours=INDOOR_POOL_HOURS
        ),
        _("Hours, halts and weights are assumed until somebody on the ground has confirmed them"),
    ]


def _words(pattern: re.Pattern[str]) -> list[str]:
    """Return a pattern of names in words: its alternatives, “…” for what may stand there."""
    text = re.sub(r"\[(\w)\w\]", r"\1", _LOOKS.sub("", pattern.pattern))
    parts = re.split(r"\|(?![^(]*\))", text)
    return [_word(part) for part in parts]


def _word(part: str) -> str:
    ends = "…" if re.match(r"[a-zäöü]", part) else ""
    return ends + re.sub(r"\\b|\$", "", part).replace("\\w", "…").replace("\\d+", "…").replace(
        ")?", ")"
    )
