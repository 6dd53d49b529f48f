"""What kind of meeting place a feature of OpenStreetMap could be: the rules, by its tags.

The table decides and is what people are shown: `kind_of` reads it from top to bottom.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geodata.language import translator

_ = translator("geodata")

Tags = Mapping[str, str]
# Grounds that not everybody may enter.
CLOSED = ("private", "no", "customers", "members")
# Of sports those that people drop in for.
DROP_IN = (
    *("soccer", "basketball", "multi", "streetball", "beachvolleyball", "volleyball"),
    "bmx",
)
_SKATE = ("skateboard", "skateboarding", "roller_skating", "bmx")
_YOUTH = re.compile(r"\bJugend|\bJUZ\b|\bYouth\b", re.IGNORECASE)
_PRIMARY = re.compile(r"Grundschule|Förderschule|Musikschule|Fahrschule|Volkshochschule|\bVHS\b")
_SECONDARY = re.compile(
    r"Gymnasi|Gesamtschul|Oberschul|Realschul|Hauptschul|Berufs|\b[BIK][BG]S\b|Schulzentrum",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class KindRule:
    """What makes a feature a meeting place of a kind.

    Attributes
    ----------
    kind : str
        One of `geodata.places.KINDS`.
    any_of : tuple of Mapping of str to tuple of str
        One of these must fit: each of its keys with one of its values.
    fits : Callable[[Mapping of str to str], bool]
        What must hold besides.
    note : Callable[[], str]
        The same in words, in the current language.
    """

    kind: str
    any_of: tuple[Mapping[str, tuple[str, ...]], ...]
    fits: Callable[[Tags], bool] = lambda _tags: True
    note: Callable[[], str] = lambda: ""

    @property
    def tags(self) -> str:
        """The tags as mappers write them: “leisure=pitch + sport=skateboard|bmx”."""
        return ", ".join(
            " + ".join(f"{key}={'|'.join(values)}" for key, values in one.items())
            for one in self.any_of
        )


def is_station(tags: Tags) -> bool:
    """Tell whether a feature is a station of the railway that is in use."""
    return tags.get("railway") in ("station", "halt") and _is_in_use(tags)


def _is_in_use(tags: Tags) -> bool:
    is_given_up = "yes" in (tags.get("disused"), tags.get("abandoned"))
    return not is_given_up and tags.get("station") != "miniature"


def _values(tags: Tags, key: str) -> set[str]:
    return set(re.split(r"\s*;\s*", tags.get(key, ""))) - {""}


def _is_for_older(tags: Tags) -> bool:
    name, levels = tags.get("name", ""), _values(tags, "isced:level")
    if _SECONDARY.search(name) or levels & {"2", "3"}:
        return True
    return not (_PRIMARY.search(name) or levels & {"0", "1"})


RULES: tuple[KindRule, ...] = (
    KindRule(
        "station",
        ({"railway": ("station", "halt")}, {"amenity": ("bus_station",)}),
        _is_in_use,
        lambda: _("in use, and no miniature railway"),
    ),
    KindRule("skate_park", ({"leisure": ("skatepark",)}, {"leisure": ("pitch",), "sport": _SKATE})),
    KindRule(
        "youth_centre",
        (
            {"amenity": ("youth_centre",)},
            {"amenity": ("community_centre",), "community_centre": ("youth_centre",)},
            {"amenity": ("community_centre",), "community_centre:for": ("juvenile",)},
        ),
    ),
    KindRule(
        "youth_centre",
        ({"amenity": ("community_centre",)},),
        lambda tags: _YOUTH.search(tags.get("name", "")) is not None,
        lambda: _("with “Jugend”, “JUZ” or “Youth” in its name"),
    ),
    KindRule(
        "school",
        ({"amenity": ("school",)},),
        _is_for_older,
        lambda: _("by name or isced:level no primary, special, music or driving school"),
    ),
    KindRule(
        "pool",
        ({"leisure": ("water_park", "bathing_place")}, {"sport": ("swimming",)}),
    ),
    KindRule(
        "sports",
        ({"leisure": ("pitch", "sports_centre", "stadium")},),
        lambda tags: not _values(tags, "sport") or bool(_values(tags, "sport") & {*DROP_IN}),
        lambda: _("with no sport, or with one of: {sports}").format(sports=", ".join(DROP_IN)),
    ),
    KindRule("shop", ({"shop": ("supermarket", "mall")},)),
    KindRule("square", ({"place": ("square",)}, {"amenity": ("marketplace",)})),
    KindRule("other", ({"amenity": ("cinema",)},)),
)


def rule_of(tags: Tags) -> KindRule | None:
    """Return the rule that makes a feature a meeting place; None if there is none.

    Grounds that not everybody may enter are none.
    """
    if tags.get("access") in CLOSED:
        return None
    return next((rule for rule in RULES if _is_met(rule, tags)), None)


def kind_of(tags: Tags) -> str | None:
    """Return what kind of meeting place a feature could be; None if it is none."""
    rule = rule_of(tags)
    return rule.kind if rule else None


def reason_of_kind(tags: Tags) -> str:
    """Return the tags that make a feature what it is: “leisure=pitch sport=bmx”."""
    rule = rule_of(tags)
    if rule is None:
        return ""
    alternative = next(one for one in rule.any_of if _has(tags, one))
    return " ".join(f"{key}={tags[key]}" for key in alternative)


def _is_met(rule: KindRule, tags: Tags) -> bool:
    return any(_has(tags, one) for one in rule.any_of) and rule.fits(tags)


def _has(tags: Tags, wanted: Mapping[str, tuple[str, ...]]) -> bool:
    return all(_values(tags, key) & {*values} for key, values in wanted.items())
