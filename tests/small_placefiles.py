"""Lists of places as they are typed, and what is found wrong in them."""

from __future__ import annotations

import pytest

from geodata.errors import Fault, PlacesError
from geodata.language import speaking
from geodata.places import Place, read_places
from geodata.region import Region

HEADER = "id,name,kind,lon,lat"


MARKT = "markt,Markt,square,10.05,52.05"


def lines(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows, ""])


def cells(**changed: str) -> str:
    """Return a file of one place with a cell changed or added."""
    values = {"id": "markt", "name": "Markt", "kind": "square", "lon": "10.05", "lat": "52.05"}
    values |= changed
    return lines(
        ",".join(f'"{value}"' if "," in value else value for value in values.values()),
        header=",".join(values),
    )


def read(text: str, region: Region) -> Place:
    (place,) = read_places(text, "places.csv", region)
    return place


def faults(text: str, region: Region) -> tuple[Fault, ...]:
    """Return what is found wrong, in English."""
    with speaking("en"), pytest.raises(PlacesError) as caught:
        read_places(text, "places.csv", region)
    return caught.value.faults
