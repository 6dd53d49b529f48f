"""The first region.toml of a district from OpenStreetMap: all assumed, all to be looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Template

from geodata.printable import printable
from geodata.region import BusStop, Municipality
from geodata.regionfiles import TEMPLATES

# The first two digits of each municipality's key.
STATE_OF_KEY = {
    "01": "SH",
    "02": "HH",
    "03": "NI",
    "04": "HB",
    "05": "NW",
    "06": "HE",
    "07": "RP",
    "08": "BW",
    "09": "BY",
    "10": "SL",
    "11": "BE",
    "12": "BB",
    "13": "MV",
    "14": "SN",
    "15": "ST",
    "16": "TH",
}
# Where keys are made up the district lies in none of them, and somebody has to say whose holidays
# come nearest; the template marks it as assumed.
STATE_ELSEWHERE = "BY"


@dataclass(frozen=True, slots=True)
class FirstDepot:
    """Where the bus is taken to stand until the team says better.

    Attributes
    ----------
    name : str
    lon, lat : float
        Degrees, EPSG:4326.
    why : str
        What it is, German, for the comment beside it.
    """

    name: str
    lon: float
    lat: float
    why: str


def first_depot(
    municipalities: Mapping[str, Municipality], stops: Sequence[BusStop], seat: str | None
) -> FirstDepot:
    """Return the station of the district's town, else a stop there, else its middle.

    Parameters
    ----------
    municipalities : Mapping of str to Municipality
    stops : sequence of BusStop
    seat : str or None
        Key of the municipality that is the seat of the district; the one with the most people,
        then stops, where it is not known.
    """
    num_stops = {ags: sum(stop.ags == ags for stop in stops) for ags in municipalities}
    town = municipalities[
        seat
        or min(
            municipalities,
            key=lambda ags: (-municipalities[ags].population, -num_stops[ags], ags),
        )
    ]
    there = [stop for stop in stops if stop.ags == town.ags]
    # The middle of the town is a point inside it: near enough to choose among its stations.
    nearest = sorted(
        there,
        key=lambda s: (
            not s.is_rail,
            "ZOB" not in s.name,
            (s.lon - town.lon) ** 2 + (s.lat - town.lat) ** 2,
            s.id,
        ),
    )
    if not nearest:
        return FirstDepot(town.name, town.lon, town.lat, "ein Punkt in der größten Gemeinde")
    stop = nearest[0]
    why = "Bahnhof" if stop.is_rail else "Haltestelle"
    name = stop.name if town.name in stop.name else f"{stop.name}, {town.name}"
    return FirstDepot(name, stop.lon, stop.lat, f"{why} in {town.name}")


def render_first_settings(
    district: str,
    municipalities: Mapping[str, Municipality],
    depot: FirstDepot,
    *,
    overpass: Sequence[str] = (),
    nominatim: str = "",
) -> str:
    """Return the text of region.toml.

    Parameters
    ----------
    district : str
        Its name.
    municipalities : Mapping of str to Municipality
    depot : FirstDepot
    overpass : sequence of str
        Servers to write down; none for the ones that come with the program.
    nominatim : str
        Likewise.
    """
    key = next(iter(municipalities))[:5]
    lines = [
        *(["", "[network]"] if overpass or nominatim else []),
        *([f"overpass = [{', '.join(map(_quoted, overpass))}]"] if overpass else []),
        *([f"nominatim = {_quoted(nominatim)}"] if nominatim else []),
    ]
    text = Template((TEMPLATES / "region.toml").read_text(encoding="utf-8")).substitute(
        district_comment=printable(district),
        service=_quoted(f"Mobile Jugendarbeit {district}"),
        key=key,
        district=_quoted(district),
        state=STATE_OF_KEY.get(key[:2], STATE_ELSEWHERE),
        state_why=(
            "folgt aus dem Kreisschlüssel"
            if key[:2] in STATE_OF_KEY
            else "außerhalb Deutschlands, angenommen"
        ),
        depot=_quoted(depot.name),
        depot_why=printable(depot.why),
        depot_lon=f"{depot.lon:.6f}",
        depot_lat=f"{depot.lat:.6f}",
        example=max(municipalities, key=lambda ags: (municipalities[ags].population, ags)),
        network="\n".join(lines),
    )
    return text.rstrip() + "\n"


def _quoted(text: str) -> str:
    """Return a text as TOML writes it; what cannot be printed is gone before."""
    return json.dumps(printable(text, 200), ensure_ascii=False)
