"""What a team's workspace says about its district: all that a plan is made from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from geodata.network import RoadNetwork
from geodata.places import Place, render_places
from geodata.region import Region
from tours.appointments import Appointment
from tours.config import Config


@dataclass(frozen=True, eq=False)
class District:
    """What a team's workspace says about its district.

    Attributes
    ----------
    region : Region
    config : Config
    places : tuple of Place
    network : RoadNetwork
    appointments : tuple of Appointment
    """

    region: Region
    config: Config
    places: tuple[Place, ...]
    network: RoadNetwork
    appointments: tuple[Appointment, ...] = ()

    @property
    def digest(self) -> str:
        """Tells whether two plans were made from the same settings, places and appointments."""
        # A set has no order of its own, so its text would differ from run to run.
        settings = json.dumps(asdict(self.config), default=_ordered, sort_keys=True)
        text = f"{settings}\n{render_places(self.places)}"
        if self.appointments:
            text += "\n".join(map(repr, self.appointments))
        return hashlib.sha256(text.encode()).hexdigest()[:12]


def _ordered(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
