"""What a workspace stores about people, where, for how long, on what grounds, and who reads it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geodata.language import translator
from tours.dates import numeric_date
from tours.privacy.legalbasis import (
    COLLECTING,
    EMPLOYEES,
    LAWFUL,
    PLANNING,
    SECURITY,
    STORING,
)
from tours.privacy.settings import PrivacySettings
from tours.visits.backup import KEPT, backup_folder
from tours.visits.visit import Journal
from tours.workspace import Workspace

_ = translator("tours")


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of data that is stored.

    Attributes
    ----------
    key : str
        Tells it from the others, in JSON.
    what : str
        What it is, as a sentence.
    where : tuple of Path
        Files and folders that are there.
    keeping : str
        For how long, as a sentence.
    readers : tuple of str
        Who may read these files on this computer, each of `READERS`.
    basis : tuple of str
        Provisions that it answers to, of `tours.privacy.legalbasis`; empty if it tells of nobody.
    """

    key: str
    what: str
    where: tuple[Path, ...]
    keeping: str
    readers: tuple[str, ...]
    basis: tuple[str, ...]


# Files and folders of the program, all that `holdings` tells of.
KNOWN = (
    *("region.toml", "places.csv", "appointments.csv", "visits.db", "district", "network"),
    *("plans", "out", "backups", "crew.csv", "partners.csv", "stock.csv", "stock_log.csv"),
    *("reports", "proposals.csv", "notice"),
)
# What the program writes into the folder of outputs, beside folders of weeks.
OUTPUTS = re.compile(
    r"coverage|(hotspots|proposals|reach)\.html|reach\.geojson|places\.gpkg|visits.*\.(csv|xlsx)"
    r"|[0-9]{4}-W[0-9]{2}.*",
    re.IGNORECASE,
)
# Whoever is let in by the permissions of a file, from few to many; of unknown ones elsewhere.
READERS = ("owner", "group", "everyone", "unknown")


def readers_text(reader: str) -> str:
    """Say who may read a file."""
    return {
        "owner": _("the account that owns it"),
        "group": _("the group of its account"),
        "everyone": _("every account of this computer"),
        "unknown": _("by the rights of the folder, which the program does not see"),
    }[reader]


def holdings(
    space: Workspace, settings: PrivacySettings, journal: Journal, num_tallies: int
) -> tuple[Holding, ...]:
    """Return what is stored in a workspace.

    Parameters
    ----------
    space : Workspace
    settings : PrivacySettings
    journal : Journal
        What is logged.
    num_tallies : int
        How many numbers the monthly tally has.
    """
    log, folder = space.visit_log.path, space.folder
    months, days = settings.visits_months, settings.appointments_days
    dates = [visit.date for visit in journal.visits]
    span = f" ({numeric_date(min(dates))} – {numeric_date(max(dates))})" if dates else ""
    by_hand = _("Until the team changes it; the program removes nothing of it.")
    papers = _(
        "Those of a week {days} days after it, since they may be of a former plan with other "
        "appointments; lists of visits with the visits. They can be drawn again. Management "
        "reports without limit: small counts are hidden in them, and no day of a visit is told."
    ).format(days=days)
    found = [
        _holding(
            "visits",
            _(
                "{number} visits{span}: place, date, arrival, departure, contacts, new contacts, "
                "the planned stop, why a stop did not take place, when it was logged. No names, "
                "no remarks. Corrections keep what was there before."
            ).format(number=len(journal.visits), span=span),
            [log],
            _("{months} months after the visit; then sums of place and month stay.").format(
                months=months
            ),
            basis=(STORING, LAWFUL),
        ),
        _holding(
            "month_sums",
            _(
                "{number} sums of place and month of visits that were removed: visits, stops that "
                "did not take place, time on site, contacts, new contacts; and what the visits "
                "have taught about the places. A sum can be that of a single visit: reports hide "
                "small ones."
            ).format(number=len(journal.sums)),
            [log],
            _("Without limit: reports of whole months and quarters are made of them."),
            basis=(PLANNING,),
        ),
        _holding(
            "changes",
            _(
                "{number} answers whether something has changed at a place: place, day, yes or "
                "no, when it was said."
            ).format(number=len(journal.changes)),
            [log],
            _("Without limit."),
        ),
        _holding(
            "tallies",
            _(
                "{number} numbers of the monthly tally: age bands and topics by area and month, "
                "never by visit."
            ).format(number=num_tallies),
            [log],
            _("Without limit."),
            basis=(PLANNING,),
        ),
        _holding(
            "copies",
            _("Copies of the visit log, one a day, and one from before each update."),
            [backup_folder(log)],
            _("The last {number} days; old visits are removed from them, too.").format(number=KEPT),
            basis=(SECURITY,),
        ),
        _holding(
            "appointments",
            _("Appointments: what they are called, where and when, remarks."),
            [space.appointments_file],
            _(
                "{days} days after the date; then id, date, times, place, unit and status stay. "
                "Without a last day, weekly appointments stay until the team removes them."
            ).format(days=days),
            basis=(COLLECTING, STORING, LAWFUL),
        ),
        _holding(
            "plans",
            _(
                "Plans with the positions of appointments and the drives there, and with what was "
                "typed as the reason for a cancelled afternoon: who is ill does not belong there."
            ),
            [folder / "plans"],
            _(
                "The plans without limit; addresses in them {days} days after the date. Copies of "
                "plans that cannot be read are named by the purge and left to the team."
            ).format(days=days),
            basis=(STORING,),
        ),
        _holding(
            "papers",
            _(
                "Maps, sheets, calendars, comparisons, reports and lists with what is in plans "
                "and visits; on the sheets names of the crew, and partners with their numbers."
            ),
            [folder / "out"],
            papers,
            basis=(STORING,),
        ),
        _holding(
            "notices",
            _("The team's own sentences for public notices, with what it wrote into them."),
            [space.notice_folder],
            by_hand,
        ),
        _holding(
            "proposals",
            _("Places that could be added, what was decided about them, and remarks of the team."),
            [space.proposals_file],
            by_hand,
        ),
        _holding(
            "crew",
            _("Names, days and absences of the crew, and remarks."),
            [folder / "crew.csv"],
            by_hand,
            basis=(EMPLOYEES,),
        ),
        _holding(
            "partners",
            _("Partners of the team with telephone numbers, and remarks."),
            [folder / "partners.csv"],
            by_hand,
            basis=(LAWFUL,),
        ),
        _holding(
            "stock",
            _("Stock, and how much was counted, used and added on which day; not by whom."),
            [folder / "stock.csv", folder / "stock_log.csv"],
            by_hand,
        ),
        _holding(
            "reports",
            _(
                "Frozen reports: figures of quarters with small counts hidden; of each meeting "
                "place the number of visits, the hours, and the month of the last visit, no day."
            ),
            [folder / "reports"],
            _(
                "Without limit, as evidence for those who pay; they are not purged with the "
                "visits, since a report that was changed proves nothing."
            ),
            basis=(PLANNING,),
        ),
        _holding(
            "settings",
            _(
                "Settings, meeting places, district and roads: nothing about people but what the "
                "team writes there, such as a contact or remarks on places."
            ),
            [space.config_file, space.places_file, folder / "district", folder / "network"],
            by_hand,
        ),
    ]
    return tuple(one for one in found if one.where)


def strangers(space: Workspace) -> tuple[Path, ...]:
    """Return what lies in a workspace and is not of the program's making."""
    known = {*KNOWN, "visits.db-journal"}
    known |= {f".{name}.lock" for name in known}
    found = [path for path in space.folder.iterdir() if path.name not in known]
    out = space.folder / "out"
    if out.is_dir():
        found += [path for path in out.iterdir() if not OUTPUTS.fullmatch(path.name)]
    return tuple(sorted(found))


def _holding(
    key: str, what: str, paths: list[Path], keeping: str, basis: tuple[str, ...] = ()
) -> Holding:
    where = tuple(path for path in paths if path.exists())
    found = {reader for path in where for reader in _readers(path)}
    readers = tuple(reader for reader in READERS if reader in found)
    return Holding(key, what, where, keeping, readers, basis)


def _readers(path: Path) -> Iterator[str]:
    """Yield who may read a file, or the files of a folder; an empty one itself."""
    if os.name != "posix":
        yield "unknown"
        return
    files = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else []
    for one in files or (path,):
        try:
            mode = one.stat().st_mode
        except OSError:
            continue  # a link that leads nowhere, or it has gone just now
        yield "owner"
        if mode & stat.S_IRGRP:
            yield "group"
        if mode & stat.S_IROTH:
            yield "everyone"
