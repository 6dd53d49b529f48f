"""What people on foot may use in Germany, by the tags of OpenStreetMap."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Open to people on foot unless a sign says otherwise.
OPEN_WAYS = frozenset(
    {
        *("primary", "secondary", "tertiary", "primary_link", "secondary_link", "tertiary_link"),
        *("unclassified", "residential", "living_street", "service", "road", "pedestrian"),
        *("footway", "path", "steps", "track"),
    }
)
# Closed unless a sign lets people on foot in; beside a trunk road a pavement does, too.
CLOSED_WAYS = frozenset({"cycleway", "bridleway", "trunk", "trunk_link", "motorway"})
FOOT_WAYS = OPEN_WAYS | CLOSED_WAYS
OPEN = frozenset({"yes", "permissive", "designated", "public", "official", "destination"})
# Who has business there may walk there; fields and forests are closed to vehicles only.
OPEN_ACCESS = OPEN | {"customers", "agricultural", "forestry", "unknown"}
PAVEMENTS = frozenset({"both", "left", "right", "yes"})
# Ways that lead to one house only make no difference, and there are many.
PRIVATE_SERVICE = ("driveway", "private", "emergency_access", "drive-through")
# What is read of a way.
FOOT_TAGS = (
    *("highway", "service", "foot", "access", "sidewalk", "motorroad"),
    *("sidewalk:both", "sidewalk:left", "sidewalk:right"),
)
# What is asked for, as Overpass takes it: more than is open, but not far more.
FOOT_FILTER = (
    f'["highway"~"^({"|".join(sorted(FOOT_WAYS))})$"]'
    '["foot"!~"^(no|private|use_sidepath)$"]'
    f'["service"!~"^({"|".join(PRIVATE_SERVICE)})$"]'
)


def foot_is_open(tags: Mapping[str, str]) -> bool:
    """Tell whether people may walk along a way."""
    highway = tags.get("highway")
    if highway not in FOOT_WAYS or tags.get("service") in PRIVATE_SERVICE:
        return False
    if foot := tags.get("foot"):
        return bool(_values(foot) & OPEN)
    if (access := tags.get("access")) and not _values(access) & OPEN_ACCESS:
        return False
    if highway in OPEN_WAYS:
        return tags.get("motorroad") != "yes"
    sides = ("sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right")
    return highway.startswith("trunk") and any(tags.get(side) in PAVEMENTS for side in sides)


def _values(text: str) -> set[str]:
    return set(re.split(r"\s*;\s*", text.strip()))
