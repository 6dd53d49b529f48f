"""A district that is not built in, from OpenStreetMap: what is known, and its first files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import shapely

from geodata.boundaries import with_people_of_places
from geodata.boundaryfile import chosen_outline, municipalities_in, read_outlines
from geodata.discover import slug
from geodata.errors import RegionError
from geodata.featurefile import read_features
from geodata.features import Feature, Settlements, stops_from_features
from geodata.language import translator
from geodata.network import RoadNetwork
from geodata.online.keptanswers import cache_folder, date_of
from geodata.online.nominatim import FoundDistrict, find_districts
from geodata.online.overpass import OnProgress, download_features, download_municipalities
from geodata.online.servers import Servers
from geodata.places import render_places
from geodata.proposals import beside_roads, propose_places
from geodata.region import Municipality, Region
from geodata.regionfiles import ATTRIBUTION, first_team_files, render_district
from tours.firstsettings import first_depot, render_first_settings

_ = translator("tours")

MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Survey:
    """What OpenStreetMap knows of a district.

    Attributes
    ----------
    name : str
    region : Region
    features : tuple of Feature
    seat : str or None
        Key of the municipality where the district has its seat.
    covered : float
        Share of the district that its municipalities cover.
    date : str
        Day of the data, ISO 8601; empty where it is not known.
    cache : Path or None
        Where the answers are, until the workspace is written; None where nobody was asked.
    """

    name: str
    region: Region
    features: tuple[Feature, ...]
    seat: str | None
    covered: float
    date: str
    cache: Path | None

    def spots(self) -> list[tuple[float, float]]:
        """Return where stops are and places may come to be, degrees, EPSG:4326."""
        region = self.region
        places, _more = propose_places(self.features, region.stops, region.municipalities)
        stops = [(stop.lon, stop.lat) for stop in region.stops]
        return [*stops, *((place.lon, place.lat) for place in places)]


@dataclass(frozen=True, slots=True)
class FirstFiles:
    """The files of a first workspace.

    Attributes
    ----------
    files : dict of str to bytes
        By path.
    num_places, num_more : int
        Meeting places that are proposed, and candidates beyond those.
    """

    files: dict[str, bytes]
    num_places: int
    num_more: int


def chosen_district(name: str, servers: Servers) -> FoundDistrict:
    """Return the one district that a name means.

    Raises
    ------
    DownloadError
        If nobody can be asked.
    RegionError
        If there is none, or several.
    """
    found = {district.relation: district for district in find_districts(name, servers)}
    exact = [d for d in found.values() if d.name.casefold() == name.strip().casefold()]
    districts = exact or list(found.values())
    if not districts:
        raise RegionError(
            _("OpenStreetMap knows no German district “{name}”").format(name=name),
            remedy=_("Write it as in “Landkreis Göttingen”"),
        )
    if len(districts) > 1:
        named = [f"{d.full_name} (R{d.relation})" for d in districts[:MOST_NAMED]]
        raise RegionError(
            _("“{name}” may mean several districts: {districts}").format(
                name=name, districts="; ".join(named)
            ),
            remedy=_("Take the number in brackets instead of the name"),
        )
    return districts[0]


def default_folder(name: str) -> str:
    """Return the name of a folder for a district."""
    return slug(name) or "workspace"


def survey_district(
    name: str, servers: Servers, on_step: Callable[[str], None], on_progress: OnProgress
) -> Survey:
    """Ask OpenStreetMap for all that a workspace needs, but for the roads.

    Parameters
    ----------
    name : str
        Of the district, or ``R`` and its number in OpenStreetMap.
    servers : Servers
    on_step : Callable[[str], None]
        Called with what is done next.
    on_progress : Callable[[int, int], None]
        Called with the number of answers and bytes of this step.

    Raises
    ------
    DownloadError
        If no server answers well.
    RegionError
        If the name means no district or several.
    """
    on_step(_("Looking for the district"))
    district = chosen_district(name, servers)
    cache = cache_folder(f"district {district.relation}")
    on_step(_("Boundaries of the municipalities"))
    municipalities, covered = download_municipalities(
        district.boundary, servers, cache, on_progress
    )
    on_step(_("Stops and meeting places"))
    features = download_features(district.boundary, servers, cache, on_progress)
    date = date_of(cache)
    return replace(_survey(district.name, municipalities, features, covered, date), cache=cache)


def survey_file(
    name: str, path: Path, on_step: Callable[[str], None], on_progress: Callable[[int], None]
) -> Survey:
    """Take from a file all that a workspace needs, but for the roads.

    Parameters
    ----------
    name : str
        Of the district, or ``R`` and its number in OpenStreetMap.
    path : Path
        An extract of OpenStreetMap that holds the whole district.
    on_step : Callable[[str], None]
        Called with what is done next.
    on_progress : Callable[[int], None]
        Called with the number of things read.

    Raises
    ------
    NetworkError
        If the file is none or is damaged, or knows nothing in the district.
    RegionError
        If the name means no district of the file, or several.
    """
    on_step(_("Boundaries of the municipalities"))
    outlines, date = read_outlines(path, on_progress=on_progress)
    district = chosen_outline(name, outlines)
    municipalities = municipalities_in(district, outlines)
    union = shapely.union_all([m.boundary for m in municipalities.values()])
    covered = float(union.intersection(district.area).area / district.area.area)
    on_step(_("Stops and meeting places"))
    found = read_features(path, district.area, on_progress=on_progress)
    return _survey(district.name, municipalities, found.features, covered, date or found.date)


def _survey(
    name: str,
    municipalities: Mapping[str, Municipality],
    features: tuple[Feature, ...],
    covered: float,
    date: str,
) -> Survey:
    settlements = Settlements(features, municipalities)
    region = Region(
        municipalities=with_people_of_places(municipalities, settlements.people()),
        stops=stops_from_features(features, municipalities),
        age_bands=(),
        attribution=ATTRIBUTION,
    )
    seat = settlements.seat()
    return Survey(
        name=name,
        region=region,
        features=features,
        seat=region.municipality_at(seat.lon, seat.lat) if seat else None,
        covered=covered,
        date=date,
        cache=None,
    )


def first_files(
    survey: Survey, network: RoadNetwork | None, own_servers: Servers | None
) -> FirstFiles:
    """Return the files of a district's first workspace.

    Parameters
    ----------
    survey : Survey
    network : RoadNetwork or None
        Places and depot lie beside its roads; None while there are none.
    own_servers : Servers or None
        Written into region.toml; None for the usual ones.

    Raises
    ------
    RegionError
        If there is no meeting place.
    """
    region = survey.region
    places, more = propose_places(
        survey.features, region.stops, region.municipalities, network=network
    )
    if not places:
        raise RegionError(
            _("OpenStreetMap knows no place in “{name}” where people could meet").format(
                name=survey.name
            ),
            remedy=_("Check the name of the district"),
        )
    near = beside_roads([(stop.lon, stop.lat) for stop in region.stops], network)
    stops = [stop for stop, is_near in zip(region.stops, near, strict=True) if is_near]
    settings = render_first_settings(
        survey.name,
        region.municipalities,
        first_depot(region.municipalities, stops, survey.seat),
        overpass=own_servers.overpass if own_servers else (),
        nominatim=own_servers.nominatim if own_servers else "",
    )
    district = render_district(region, survey.name, survey.date, more)
    files = {f"district/{file}": content for file, content in district.items()}
    files["region.toml"] = settings.encode()
    files["places.csv"] = render_places(places).encode()
    files |= first_team_files()
    return FirstFiles(files, len(places), more)
