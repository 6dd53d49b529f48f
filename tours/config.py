"""region.toml: the service, its afternoons, rules and areas, checked into one frozen Config."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geodata.filefault import line_of, reason_of
from geodata.language import translator
from geodata.region import Area, Region
from tours.afternoons import Afternoon, DepotSite, read_afternoons, read_depots
from tours.coverage.settings import CoverageSettings, read_coverage
from tours.dayoff import DayOff, read_days_off
from tours.downloadsettings import read_download
from tours.errors import ConfigError
from tours.noticesettings import USUAL_NOTICE, NoticeSettings, read_notice
from tours.privacy.settings import NOTHING_SET, PrivacySettings, read_privacy
from tours.team.crewrules import USUAL_CREW, CrewRules, read_crew_rules
from tours.tomlfile import TomlFile
from tours.tomltable import Table

_ = translator("tours")

STATES = (
    *("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV"),
    *("NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"),
)
PARTS = (
    *("service", "depot", "depots", "shifts", "times", "rules", "weights", "areas"),
    *("network", "targets", "funder", "privacy", "crew", "notice"),
)
AREA_KINDS = ("focus", "funding")
# What region.toml need not say. An exploration stop is worth the contacts of so many hours at an
# place of weight 1, where they are worth more and where they are few: else it would not take place.
EXPLORATION_HOURS = 2.0
EXPLORATION = 1.0
EXPLORATION_WEEKS = 8
CURIOSITY = 1.0
# From this weight on, a place that was visited is called a hotspot.
HOTSPOT = 1.5
# Most weeks that are planned as one.
LONGEST_CYCLE = 4
NO_COVERAGE = CoverageSettings()


@dataclass(frozen=True, slots=True)
class Config:
    """What region.toml says.

    Attributes
    ----------
    service, district_key, district_name, state : str
    ages : tuple of int
        First and last age that the service is for.
    crew : int
    not_served : frozenset of str
        Keys of municipalities that others are responsible for.
    depots : tuple of DepotSite
        The main one first.
    afternoons : tuple of Afternoon
    grid_s : int
        Published starts are multiples of it.
    dwells_s : tuple of int
        Lengths that a halt can have, rising.
    setup_s, buffer_s : int
        Setting up before each published start; reserve on each drive.
    visits_per_place, days_between : int
    cycle_weeks : int
        Every municipality that is not a focus area is visited once in so many weeks.
    contacts_per_hour, driving_hour, municipality_bonus, stability : float
        In contacts; see `tours.problem` for what they do.
    areas : tuple of Area
    stops_per_afternoon : int or None
        Most stops of one bus in an afternoon.
    drive_per_afternoon_s, drive_per_week_s : int or None
        Most time at the wheel of one bus, without reserve.
    exploration_weeks : int or None
        One stop a week is at a place that was not visited for so long; None for no such rule.
    exploration, driving_100_km : float
        In contacts: what that stop earns, what 100 km cost.
    no_service : tuple of DayOff
        Days without an afternoon, besides public holidays.
    curiosity : float
        How much the first stop of a week at a place earns beyond its expected contacts, in their
        standard error.
    hotspot : float
        Weight from which on a place is called a hotspot.
    snap_limit_m : int or None
        Farthest that a place may lie from a real road, metres; None for the network's own limit.
    crew_rules : CrewRules
        What the roster of the crew is checked against; no plan depends on it.
    surcharge_percent : int
        By how much drives take longer than computed.
    coverage : CoverageSettings
        What the management report is measured by, and who pays.
    privacy : PrivacySettings
    notice : NoticeSettings
        What the public notices say; no plan depends on it.
    """

    service: str
    district_key: str
    district_name: str
    state: str
    ages: tuple[int, int]
    crew: int
    not_served: frozenset[str]
    depots: tuple[DepotSite, ...]
    afternoons: tuple[Afternoon, ...]
    grid_s: int
    dwells_s: tuple[int, ...]
    setup_s: int
    buffer_s: int
    visits_per_place: int
    days_between: int
    cycle_weeks: int
    contacts_per_hour: float
    driving_hour: float
    municipality_bonus: float
    stability: float
    areas: tuple[Area, ...]
    stops_per_afternoon: int | None = None
    drive_per_afternoon_s: int | None = None
    drive_per_week_s: int | None = None
    exploration_weeks: int | None = None
    exploration: float = EXPLORATION
    driving_100_km: float = 0.0
    no_service: tuple[DayOff, ...] = ()
    curiosity: float = CURIOSITY
    hotspot: float = HOTSPOT
    snap_limit_m: int | None = None
    crew_rules: CrewRules = USUAL_CREW
    surcharge_percent: int = 0
    coverage: CoverageSettings = NO_COVERAGE
    privacy: PrivacySettings = NOTHING_SET
    notice: NoticeSettings = USUAL_NOTICE

    @property
    def weeks_back(self) -> int:
        """How many weeks of earlier plans a new one has to know."""
        return max(2 * self.cycle_weeks, self.exploration_weeks or 0, LONGEST_CYCLE)

    def depot(self, id_: str) -> DepotSite:
        """Return a depot by its id.

        Raises
        ------
        KeyError
            If there is none.
        """
        return {site.id: site for site in self.depots}[id_]


def read_config(
    text: str, source: str, municipalities: Iterable[str], region: Region | None = None
) -> Config:
    """Read the text of region.toml.

    Parameters
    ----------
    text : str
    source : str
        Name of the file, for the messages.
    municipalities : iterable of str
        Keys that exist in the district.
    region : Region or None
        The district itself, if depots are to be checked against it.

    Raises
    ------
    ConfigError
        With every fault of the file, each with line, column and remedy.
    """
    names = {} if region is None else {k: m.name for k, m in region.municipalities.items()}
    known = {key: names.get(key, "") for key in municipalities}
    reader = TomlFile(text, source)
    service, depots = reader.table("service"), read_depots(reader, region)
    times, rules, weights = reader.table("times"), reader.table("rules"), reader.table("weights")
    network = reader.table("network", is_required=False)
    read_download(network)
    first_age, last_age = _ages(reader, service)
    grid = times.whole("grid_minutes", 1, 60)
    if 60 % grid:
        times.fault(
            "grid_minutes",
            _("“grid_minutes” must divide 60"),
            _("Write one of: {names}").format(
                names=", ".join(str(n) for n in range(1, 61) if 60 % n == 0)
            ),
        )
    rate = weights.number("contacts_per_hour", 0.01, 50)
    areas = _areas(reader, known)
    config = Config(
        service=service.text("name"),
        district_key=service.text("district"),
        district_name=service.text("district_name"),
        state=service.choice("state", STATES),
        ages=(first_age, last_age),
        crew=service.whole("crew", 1, 20, 2),
        not_served=service.keys("not_served", known, needed=False),
        depots=depots,
        afternoons=read_afternoons(reader, [site.id for site in depots]),
        grid_s=grid * 60,
        dwells_s=tuple(sorted({m * 60 for m in times.wholes("dwell_minutes", 5, 480)})),
        setup_s=times.whole("setup_minutes", 0, 120) * 60,
        buffer_s=times.whole("buffer_minutes", 0, 120) * 60,
        visits_per_place=rules.whole("visits_per_place", 1, 7),
        days_between=rules.whole("days_between", 1, 7),
        cycle_weeks=rules.whole("cycle_weeks", 1, 52),
        contacts_per_hour=rate,
        driving_hour=weights.number("driving_hour", 0, 50),
        municipality_bonus=weights.number("municipality_bonus", 0, 50),
        stability=weights.number("stability", 0, 50),
        areas=areas,
        stops_per_afternoon=rules.optional("stops_per_afternoon", 1, 50),
        drive_per_afternoon_s=_seconds(rules.optional("driving_minutes", 1, 1440)),
        drive_per_week_s=_seconds(rules.optional("driving_minutes_per_week", 1, 10_080)),
        exploration_weeks=_exploration_weeks(rules),
        exploration=weights.number("exploration", 0, 50, EXPLORATION_HOURS * rate),
        driving_100_km=weights.number("driving_100_km", 0, 50, 0),
        no_service=read_days_off(rules),
        curiosity=weights.number("curiosity", 0, 10, CURIOSITY),
        hotspot=weights.number("hotspot", 1, 20, HOTSPOT),
        snap_limit_m=network.optional("snap_limit_m", 10, 5_000),
        crew_rules=read_crew_rules(reader.table("crew", is_required=False)),
        surcharge_percent=network.whole("surcharge_percent", 0, 100, 0),
        coverage=read_coverage(reader, areas),
        privacy=read_privacy(reader.table("privacy", is_required=False)),
        notice=read_notice(reader.table("notice", is_required=False)),
    )
    for table in (service, times, rules, weights, network):
        table.finish()
    reader.finish(PARTS)
    if reader.faults:
        raise ConfigError.collected(reader.faults)
    return config


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60


def _exploration_weeks(rules: Table) -> int | None:
    weeks = rules.whole("exploration_weeks", 1, 104, EXPLORATION_WEEKS)
    return weeks if rules.truth("exploration", False) else None


def _ages(reader: TomlFile, service: Table) -> tuple[int, int]:
    before = len(reader.faults)
    ages = service.wholes("ages", 6, 30, "[14, 21]")
    if len(reader.faults) > before:
        return 14, 21
    if len(ages) != 2 or ages[0] > ages[1]:
        service.fault(
            "ages",
            _("“ages” must be the first and the last age"),
            _("Write them as in [14, 21]"),
        )
        return 14, 21
    return ages[0], ages[1]


def _areas(reader: TomlFile, known: Mapping[str, str]) -> tuple[Area, ...]:
    areas: list[Area] = []
    for table in reader.tables("areas"):
        minutes = table.optional("at_least_minutes", 1, 10_080)
        area = Area(
            name=table.text("name"),
            kind=table.choice("kind", AREA_KINDS),
            municipalities=table.keys("municipalities", known, needed=True),
            # Whoever asks for time on site need not ask for visits, too.
            at_least=table.whole("at_least", 0, 20, 1 if minutes is None else 0),
            at_least_s=_seconds(minutes) or 0,
            valid_from=table.date("from"),
            valid_until=table.date("until"),
        )
        table.finish()
        if area.valid_from and area.valid_until and area.valid_until < area.valid_from:
            table.fault(
                "until",
                _("The area ends before it starts"),
                _("Correct from or until"),
            )
        if area.name and any(area.name == other.name for other in areas):
            table.fault(
                "name",
                _("There are two areas “{name}”").format(name=area.name),
                _("Give one of them another name"),
            )
        areas.append(area)
    return tuple(areas)


def load_config(path: Path, municipalities: Iterable[str], region: Region | None = None) -> Config:
    """Read region.toml; see `read_config`.

    Raises
    ------
    ConfigError
        If the file is missing, is not UTF-8, or has faults.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(
            _("The settings cannot be read ({reason})").format(reason=reason_of(error)),
            where=str(path),
            remedy=_("Restore the file from a copy, or make a new workspace with “tours init”"),
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            _("The file is not UTF-8 (line {line})").format(line=line_of(error)),
            where=str(path),
            remedy=_("Save it as UTF-8 in the editor"),
        ) from error
    return read_config(text, path.name, municipalities, region)
