"""A team's folder: where its files are, how it is made, and writing that leaves no halves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from geodata.errors import Fault
from geodata.homes import Homes
from geodata.language import translator
from geodata.network import RoadNetwork
from geodata.places import load_places
from geodata.region import Region, load_region
from geodata.storage import load_network
from geodata.walkfile import load_walk
from geodata.walking import WalkNetwork
from tours.announced import HORIZON
from tours.appointments import load_appointments
from tours.calendar import week_dates, week_of, weeks_between
from tours.config import load_config
from tours.district import District
from tours.errors import PlanError, WeekError, WorkspaceError
from tours.plan import Plan, load_plan
from tours.visits.log import VisitLog
from tours.writing import write_files

_ = translator("tours")


def _is_there(path: Path) -> bool:
    """Tell whether there is a file, or a link to one on a drive that is not there just now."""
    return path.exists() or path.is_symlink()


def _is_week(text: str) -> bool:
    try:
        week_dates(text)
    except WeekError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Workspace:
    """The files of one service.

    Attributes
    ----------
    folder : Path
    """

    folder: Path

    @property
    def shown(self) -> Path:
        """The folder as people are told of it: the current one by its whole path."""
        return self.folder if self.folder != Path() else self.folder.resolve()

    @property
    def config_file(self) -> Path:
        """The settings."""
        return self.folder / "region.toml"

    @property
    def places_file(self) -> Path:
        """The meeting places."""
        return self.folder / "places.csv"

    @property
    def proposals_file(self) -> Path:
        """Places that could be added, with what was decided; it need not be there."""
        return self.folder / "proposals.csv"

    @property
    def appointments_file(self) -> Path:
        """The appointments; it need not be there."""
        return self.folder / "appointments.csv"

    @property
    def stock_file(self) -> Path:
        """The list of stock; it need not be there, like the other lists of the team."""
        return self.folder / "stock.csv"

    @property
    def stock_log_file(self) -> Path:
        """What was counted, used and added of it."""
        return self.folder / "stock_log.csv"

    @property
    def partners_file(self) -> Path:
        """Whom the team can call."""
        return self.folder / "partners.csv"

    @property
    def crew_file(self) -> Path:
        """The roster of the crew."""
        return self.folder / "crew.csv"

    @property
    def visit_log(self) -> VisitLog:
        """The visit log; its file need not be there."""
        return VisitLog(self.folder / "visits.db")

    @property
    def network_file(self) -> Path:
        """The real roads; without them estimated ones are in use."""
        return self.folder / "network" / "roads.gpkg"

    @property
    def walk_file(self) -> Path:
        """The ways on foot and the residential areas; it need not be there."""
        return self.folder / "network" / "walk.gpkg"

    @property
    def notice_folder(self) -> Path:
        """The team's own sentences for public notices; it need not be there."""
        return self.folder / "notice"

    def plan_file(self, week: str) -> Path:
        """Where the plan of a week is kept."""
        return self.folder / "plans" / f"{week}.json"

    def frozen_file(self, quarter: str) -> Path:
        """Where the frozen report of a quarter is kept."""
        return self.folder / "reports" / f"{quarter}.json"

    def frozen_quarters(self) -> list[str]:
        """Return the quarters that are frozen, oldest first."""
        return sorted(path.stem for path in (self.folder / "reports").glob("????-Q[1-4].json"))

    def out_folder(self, week: str) -> Path:
        """Where the outputs of a week go."""
        return self.folder / "out" / week

    def load_region(self) -> Region:
        """Read the district."""
        return load_region(self.folder / "district")

    def load_network(self, region: Region) -> RoadNetwork:
        """Return the roads in use: estimated ones, until real ones are loaded.

        Raises
        ------
        NetworkError
            If the file of the real ones cannot be read.
        """
        if _is_there(self.network_file):
            return load_network(self.network_file)
        # Not at the top: a workspace with roads does not need what is slow to load here.
        from geodata.estimate import estimated_network

        return estimated_network(region)

    def load_walk(self) -> tuple[WalkNetwork, Homes] | tuple[None, None]:
        """Return the ways on foot and the residential areas; None and None without them.

        Raises
        ------
        NetworkError
            If their file cannot be read.
        """
        if _is_there(self.walk_file):
            return load_walk(self.walk_file)
        return None, None

    def load_district(self) -> District:
        """Read everything a plan is made from.

        Raises
        ------
        OutreachError
            With the faults of the file that is wrong.
        """
        region = self.load_region()
        config = load_config(self.config_file, region.municipalities, region)
        places = load_places(self.places_file, region)
        appointments = load_appointments(self.appointments_file, region, places)
        network = self.load_network(region)
        if config.snap_limit_m is not None and not network.source.is_estimate:
            network = replace(network, snap_limit_m=config.snap_limit_m)
        network = network.slower(config.surcharge_percent)
        journal = self.visit_log.journal()
        return District(region, config, places, network, appointments, journal)

    def weeks(self) -> list[str]:
        """Return the weeks that have a plan, oldest first."""
        files = (path for path in (self.folder / "plans").glob("*.json") if path.is_file())
        return sorted(path.stem for path in files if _is_week(path.stem))

    def load_plan(self, week: str) -> Plan:
        """Read the plan of a week."""
        path = self.plan_file(week)
        if not path.exists() and (weeks := self.weeks()):
            raise PlanError(
                _("There is no plan of {week}").format(week=week),
                where=str(self.shown),
                remedy=_("Planned last: {weeks}; make one with “tours plan --week {week}”").format(
                    weeks=", ".join(weeks[-6:]), week=week
                ),
            )
        return load_plan(path)

    def keep_unreadable(self, week: str) -> Path | None:
        """Copy a plan that cannot be read before another one takes its place.

        Returns
        -------
        Path or None
            Where the copy is; None where there is nothing to keep.
        """
        path = self.plan_file(week)
        try:
            if path.is_file():
                self.load_plan(week)
            return None
        except PlanError:
            numbers = ("", *(f"-{number}" for number in range(2, 1000)))
            names = (path.with_suffix(f".unreadable{number}.json") for number in numbers)
            kept = next(name for name in names if not name.exists())
            write_files({kept: path.read_bytes()})
            return kept

    def plans_between(self, first: dt.date, last: dt.date) -> tuple[Plan, ...]:
        """Read the plans of the weeks of two days and of all weeks between, oldest first."""
        span = (week_of(first), week_of(last))
        return tuple(self.load_plan(week) for week in self.weeks() if span[0] <= week <= span[1])

    def earlier_plans(
        self, week: str, weeks_back: int, on_unreadable: Callable[[PlanError], None] | None = None
    ) -> tuple[Plan, ...]:
        """Read the first and the last plan before a week, and all of some weeks back from that.

        Further back, down to the last visit of each municipality that was overdue since, so that
        nobody says it was never visited. Oldest first.

        Parameters
        ----------
        week : str
        weeks_back : int
        on_unreadable : callable or None
            Called with the fault of each plan that cannot be read, which is left out then; None
            to let one such plan stop everything.

        Raises
        ------
        PlanError
            If a plan cannot be read, and nobody is to be told of it.
        """
        earlier = [other for other in self.weeks() if other < week]
        read: dict[str, Plan | None] = {}

        def plan_of(other: str) -> Plan | None:
            if other not in read:
                try:
                    read[other] = self.load_plan(other)
                except PlanError as error:
                    if on_unreadable is None:
                        raise
                    on_unreadable(_left_out(error, other))
                    read[other] = None
            return read[other]

        first = next((other for other in earlier if plan_of(other)), None)
        last = next((other for other in reversed(earlier) if plan_of(other)), None)
        found: list[Plan] = []
        visited: set[str] = set()
        sought: set[str] = set()
        for other in reversed(earlier):
            is_recent = weeks_between(other, last or other) <= weeks_back
            if (is_recent or sought or other == first) and (plan := plan_of(other)):
                stops = (stop for tour in plan.tours for stop in tour.stops)
                visited |= {stop.ags for stop in stops if not stop.is_appointment}
                sought = (sought | {overdue.ags for overdue in plan.overdue}) - visited
                found.append(plan)
        return tuple(reversed(found))

    def plans_around(
        self, plan: Plan, on_unreadable: Callable[[PlanError], None]
    ) -> tuple[Plan, ...]:
        """Read the plans that tell what follows one: the rest of its cycle, and later ones.

        Parameters
        ----------
        plan : Plan
        on_unreadable : callable
            Called with the fault of each plan that cannot be read, which is left out then.
        """
        found: list[Plan] = []
        for week in self.weeks():
            back = weeks_between(week, plan.week)
            if back == 0 or not -HORIZON <= back < plan.rhythm:
                continue
            try:
                found.append(self.load_plan(week))
            except PlanError as error:
                on_unreadable(_left_out(error, week))
        return tuple(found)


def _left_out(error: PlanError, week: str) -> PlanError:
    """Return what is told of a plan of an earlier week that cannot be read."""
    return PlanError.collected(
        Fault(
            _("{fault}; the plan of {week} is left out").format(fault=fault.what, week=week),
            fault.where,
            _("Bring the file back from a copy, or delete it"),
        )
        for fault in error.faults
    )


def open_workspace(folder: Path) -> Workspace:
    """Return the workspace in a folder.

    Raises
    ------
    WorkspaceError
        If the folder is none.
    """
    space = Workspace(folder)
    if not space.config_file.is_file():
        raise WorkspaceError(
            _("There is no workspace here: region.toml is missing"),
            where=str(space.shown),
            remedy=_("Make one with “tours init northeim”, or name it with --workspace"),
        )
    return space
