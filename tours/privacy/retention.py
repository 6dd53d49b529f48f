"""What is too old to be kept: found, shown by others, and removed when somebody has agreed.

Each step finds anew what is left to do, and does it whole or not at all: a purge that was cut
short is finished by the next one.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
import time
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.filefault import reason_of
from geodata.language import translator
from geodata.places import Place, load_places
from geodata.region import Region
from tours.appointments import appointments_text, load_appointments
from tours.calendar import week_dates, week_of
from tours.config import Config, load_config
from tours.errors import AppointmentError, PlanError, WeekError, WorkspaceError
from tours.hotspots.hotspots import build_hotspots
from tours.hotspots.ledger import Learned
from tours.plan import render_plan
from tours.privacy.appointmentpurge import (
    PastAppointment,
    past_appointments,
    without_addresses,
)
from tours.privacy.copypurge import copies_due, purge_copy
from tours.privacy.limits import Due, Limits, limits
from tours.privacy.planpurge import num_addresses, plan_without_addresses
from tours.visits.backup import DRAFT, backup_folder
from tours.visits.purge import Purge, rows_before, sums_of
from tours.visits.visit import Journal
from tours.workspace import Workspace
from tours.writing import write_files

_ = translator("tours")

# Files in the folder of outputs that tell of single visits; all of them can be written again.
_EXPORT = re.compile(r"visits.*\.(csv|xlsx)|hotspots\.html", re.IGNORECASE)
# In the path of whatever belongs to one week, copies of its folder among them.
_WEEK = re.compile(r"[0-9]{4}-W[0-9]{2}")
# A file that is being written is younger.
DRAFT_AGE_S = 3600


@dataclass(frozen=True, eq=False)
class Retention:
    """What is kept in a workspace, and what is too old.

    Attributes
    ----------
    space : Workspace
    config : Config
    places : tuple of Place
    region : Region
    today : date
    """

    space: Workspace
    config: Config
    places: tuple[Place, ...]
    region: Region
    today: dt.date

    @property
    def limits(self) -> Limits:
        """From which day on what is kept."""
        return limits(self.config.privacy, self.today)

    def due(self) -> Due:
        """Look for what is too old.

        Raises
        ------
        OutreachError
            If the visit log or the appointments cannot be read.
        """
        before = self.limits
        entries = self.space.visit_log.entries()
        rows = rows_before(entries, before.visits)
        old = [visit for visit in entries.visits if visit.date < before.visits]
        appointments = self._appointments()
        plans, closed = self._plans(before.appointments)
        copies, locked = copies_due(self.space.visit_log.path, before.visits)
        weeks = {week_of(one.last) for one in appointments} | {path.stem for path, _n in plans}
        return Due(
            limits=before,
            rows=frozenset(row.number for row in rows),
            sums=sums_of(old),
            dates=(old[0].date, old[-1].date) if old else (),
            appointments=appointments,
            plans=plans,
            papers=tuple(self._papers(weeks)),
            exports=tuple(self._exports()) if rows else (),
            copies=copies,
            drafts=tuple(self._drafts()),
            closed=(*closed, *locked),
        )

    def seems_due(self) -> bool:
        """Say whether visits or appointments are due, without a look at plans and copies."""
        before = self.limits
        visits = self.space.visit_log.journal().visits
        return bool((visits and visits[0].date < before.visits) or self._appointments())

    def _appointments(self) -> tuple[PastAppointment, ...]:
        path = self.space.appointments_file
        # An appointment whose date cannot be read would stay for ever in silence.
        load_appointments(path, self.region, self.places)
        return past_appointments(appointments_text(path) or "", self.limits.appointments)

    def _plans(self, before: dt.date) -> tuple[tuple[tuple[Path, int], ...], tuple[Path, ...]]:
        """Return the plans with addresses that are due, and those that cannot be read."""
        found: list[tuple[Path, int]] = []
        closed: list[Path] = []
        for week in self.space.weeks():
            if week_dates(week)[0] >= before:
                continue
            try:
                plan = self.space.load_plan(week)
            except PlanError:
                closed.append(self.space.plan_file(week))
                continue
            if number := num_addresses(plan, before, self.region.municipalities):
                found.append((self.space.plan_file(week), number))
        # Such as copies of plans that could not be read when their week was planned anew.
        known = {self.space.plan_file(week) for week in self.space.weeks()}
        others = (self.space.folder / "plans").glob("*.json")
        closed += [path for path in sorted(others) if path not in known]
        return tuple(found), tuple(closed)

    def _papers(self, weeks: Container[str]) -> Iterator[Path]:
        """Yield what is drawn of some weeks, and of all that are over.

        What a week's papers were drawn from may have been another plan than that which is stored.
        """
        out = self.space.folder / "out"
        for path in sorted(out.rglob("*")) if out.is_dir() else ():
            week = _WEEK.search(str(path.relative_to(out)))
            if week is None or not path.is_file() or path.name.startswith(DRAFT):
                continue
            if week[0] in weeks or _is_over(week[0], self.limits.appointments):
                yield path

    def _exports(self) -> Iterator[Path]:
        out = self.space.folder / "out"
        if out.is_dir():
            yield from sorted(p for p in out.iterdir() if p.is_file() and _EXPORT.fullmatch(p.name))

    def _drafts(self) -> Iterator[Path]:
        folder = self.space.folder
        backups = backup_folder(self.space.visit_log.path)
        out = folder / "out"
        weeks = [path for path in out.iterdir() if path.is_dir()] if out.is_dir() else []
        for place in (folder, backups, folder / "plans", out, *sorted(weeks)):
            for path in sorted(place.glob(f"{DRAFT}*")) if place.is_dir() else ():
                if path.is_file() and time.time() - path.stat().st_mtime > DRAFT_AGE_S:
                    yield path

    def purge(self, due: Due, *, now: dt.datetime) -> None:
        """Remove what somebody has agreed to.

        What can be made again goes first, the log after it, and its copies last: whatever cuts
        this short, the next purge finds what is left.

        Parameters
        ----------
        due : Due
        now : datetime
            UTC.

        Raises
        ------
        OutreachError
            If something cannot be removed, or has changed since it was looked at.
        """
        before = due.limits
        self._remove("exports", due.exports, before.visits, now)
        self._remove("papers", due.papers, before.appointments, now)
        self._rewrite_plans(due, now)
        self._rewrite_appointments(due, now)
        log = self.space.visit_log
        if due.rows:
            log.purge(before.visits, self.learn, now=now, expected=due.rows)
        for copy in due.copies:
            try:
                purge_copy(copy, before.visits, self.learn, now)
            except OSError as error:
                raise _stuck(copy.path, error) from error
            except sqlite3.Error as error:
                raise WorkspaceError(
                    _("The copy of the visit log cannot be written anew ({reason})").format(
                        reason=error
                    ),
                    where=str(copy.path),
                    remedy=_("Remove the file, then run “tours privacy purge” again"),
                ) from error
        self._note("copies", len(due.copies), before.visits, now)
        self._remove("drafts", due.drafts, self.today, now)

    def learn(self, journal: Journal) -> Learned:
        """Return what visits have taught that are about to be removed."""
        hotspots = build_hotspots(
            self.places,
            journal,
            contacts_per_hour=self.config.contacts_per_hour,
            state=self.config.state,
        )
        return hotspots.ledger.learned(self.limits.visits)

    def _remove(self, what: str, paths: Sequence[Path], before: dt.date, now: dt.datetime) -> None:
        for path in paths:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise _stuck(path, error) from error
        self._note(what, len(paths), before, now)

    def _rewrite_plans(self, due: Due, now: dt.datetime) -> None:
        before = due.limits.appointments
        texts: dict[Path, bytes] = {}
        for path, _number in due.plans:
            plan = self.space.load_plan(path.stem)
            made = plan_without_addresses(plan, before, self.region.municipalities)
            texts[path] = render_plan(made).encode()
        write_files(texts)
        self._note("plans", len(texts), before, now)

    def _rewrite_appointments(self, due: Due, now: dt.datetime) -> None:
        if not due.appointments:
            return
        before, path = due.limits.appointments, self.space.appointments_file
        text = appointments_text(path) or ""
        if past_appointments(text, before) != due.appointments:
            raise AppointmentError(
                _("The appointments have changed since they were looked at"),
                where=str(path),
                remedy=_("Look again with “tours privacy purge”"),
            )
        write_files({path: without_addresses(text, before).encode()})
        self._note("appointments", len(due.appointments), before, now)

    def _note(self, what: str, number: int, before: dt.date, now: dt.datetime) -> None:
        if number:
            self.space.visit_log.note([Purge(what, number, before, now)])


def _is_over(week: str, before: dt.date) -> bool:
    try:
        return week_dates(week)[-1] < before
    except WeekError:
        return False


def _stuck(path: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError(
        _("It cannot be removed ({reason})").format(reason=reason_of(error)),
        where=str(path),
        remedy=_("Close programs that have it open, then run “tours privacy purge” again"),
    )


def retention_of(space: Workspace, today: dt.date) -> Retention:
    """Return what is kept in a workspace, by its settings.

    Raises
    ------
    OutreachError
        If the settings or the places have faults.
    """
    region = space.load_region()
    config = load_config(space.config_file, region.municipalities, region)
    places = load_places(space.places_file, region)
    return Retention(space, config, places, region, today)
