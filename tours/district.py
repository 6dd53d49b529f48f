"""What a team's workspace says about its district: all that a plan is made from."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass

from geodata.network import RoadNetwork
from geodata.places import Place, render_places
from geodata.region import Region
from tours.appointments import Appointment
from tours.config import CURIOSITY, HOTSPOT, Config
from tours.hotspots.hotspots import Hotspots, build_hotspots
from tours.visits.visit import NOTHING_LOGGED, Journal

# Settings that came when plans were stored already, with what they are where nobody set them.
LATER_SETTINGS = {"curiosity": CURIOSITY, "hotspot": HOTSPOT, "surcharge_percent": 0}
# Settings that no plan depends on.
NOT_PLANNED = ("privacy", "coverage", "crew_rules", "notice")


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
    journal : Journal
        The visits that are logged. They are no settings, so that the digest leaves them out.
    """

    region: Region
    config: Config
    places: tuple[Place, ...]
    network: RoadNetwork
    appointments: tuple[Appointment, ...] = ()
    journal: Journal = NOTHING_LOGGED

    @property
    def digest(self) -> str:
        """Tells whether two plans were made from the same settings, places and appointments."""
        # A set has no order of its own, so its text would differ from run to run.
        values = {
            name: value for name, value in asdict(self.config).items() if _is_told(name, value)
        }
        settings = json.dumps(values, default=_ordered, sort_keys=True)
        text = f"{settings}\n{render_places(self.places)}"
        if self.appointments:
            text += "\n".join(appointment.told for appointment in self.appointments)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def hotspots(self, day: dt.date) -> Hotspots:
        """Return what is expected of the places, after the visits before a day."""
        return build_hotspots(
            self.places,
            self.journal.before(day),
            contacts_per_hour=self.config.contacts_per_hour,
            state=self.config.state,
        )


def _is_told(name: str, value: object) -> bool:
    """Tell whether a setting counts: a later one does where it is not as it goes without saying."""
    return name not in NOT_PLANNED and LATER_SETTINGS.get(name, ...) != value


def _ordered(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
