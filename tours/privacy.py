"""What a workspace stores about people, where, for how long, and who may read it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geodata.language import translator
from tours.privacysettings import PrivacySettings
from tours.visitbackup import KEPT, backup_folder
from tours.visits import Journal
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
    """

    key: str
    what: str
    where: tuple[Path, ...]
    keeping: str
    readers: tuple[str, ...]


# Files and folders of the program, all that `holdings` tells of.
KNOWN = (
    *("region.toml", "places.csv", "appointments.csv", "visits.db", "district", "network"),
    *("plans", "out", "backups", "crew.csv", "partners.csv", "stock.csv", "stock_log.csv"),
    *("reports", "proposals.csv", "notice"),
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
    span = f" ({min(dates).isoformat()} – {max(dates).isoformat()})" if dates else ""
    by_hand = _("Until the team changes it; the program removes nothing of it.")
    papers = _(
        "Those of a week {days} days after it, since they may be of a former plan with other "
        "appointments; lists of visits with the visits. They can be drawn again."
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
        ),
        _holding(
            "month_sums",
            _(
                "{number} sums of place and month of visits that were removed, and what these "
                "have taught about the places."
            ).format(number=len(journal.sums)),
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
        ),
        _holding(
            "copies",
            _("Copies of the visit log, one a day, and one from before each update."),
            [backup_folder(log)],
            _("The last {number} days; old visits are removed from them, too.").format(number=KEPT),
        ),
        _holding(
            "appointments",
            _("Appointments: what they are called, where and when, remarks."),
            [space.appointments_file],
            _(
                "{days} days after the date; then id, date, times, place, unit and status stay. "
                "Without a last day, weekly appointments stay until the team removes them."
            ).format(days=days),
        ),
        _holding(
            "plans",
            _("Plans with the positions of appointments and the drives there."),
            [folder / "plans"],
            _("The plans without limit; addresses in them {days} days after the date.").format(
                days=days
            ),
        ),
        _holding(
            "papers",
            _("Maps, sheets, calendars and lists with what is in plans and visits."),
            [folder / "out"],
            papers,
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
        _holding("crew", _("Names and days of the crew."), [folder / "crew.csv"], by_hand),
        _holding(
            "partners",
            _("Partners of the team with telephone numbers."),
            [folder / "partners.csv"],
            by_hand,
        ),
        _holding(
            "stock",
            _("Stock, and who counted or used what."),
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
        ),
        _holding(
            "settings",
            _("Settings, meeting places, district and roads: nothing about people."),
            [space.config_file, space.places_file, folder / "district", folder / "network"],
            by_hand,
        ),
    ]
    return tuple(one for one in found if one.where)


def strangers(space: Workspace) -> tuple[Path, ...]:
    """Return what lies in a workspace and is not of the program's making."""
    known = {*KNOWN, "visits.db-journal"}
    known |= {f".{name}.lock" for name in known}
    return tuple(sorted(path for path in space.folder.iterdir() if path.name not in known))


def _holding(key: str, what: str, paths: list[Path], keeping: str) -> Holding:
    where = tuple(path for path in paths if path.exists())
    found = {reader for path in where for reader in _readers(path)}
    readers = tuple(reader for reader in READERS if reader in found)
    return Holding(key, what, where, keeping, readers)


def _readers(path: Path) -> Iterator[str]:
    """Yield who may read a file, or the files of a folder."""
    if os.name != "posix":
        yield "unknown"
        return
    for one in (path, *path.rglob("*")) if path.is_dir() else (path,):
        try:
            mode = one.stat().st_mode
        except OSError:
            continue  # a link that leads nowhere, or it has gone just now
        yield "owner"
        if mode & stat.S_IRGRP:
            yield "group"
        if mode & stat.S_IROTH:
            yield "everyone"


def legal_basis() -> tuple[tuple[str, str], ...]:
    """Return the provisions that the stored data answer to, each with what it is about."""
    return (
        (
            "SGB VIII § 61",
            _("Social data of youth welfare are protected by SGB I, SGB X and these"),
        ),
        ("SGB VIII § 62", _("Only what the task needs is collected: numbers, no names")),
        ("SGB VIII § 63", _("Only what the task needs is stored: hence the limits")),
        (
            "SGB VIII § 64",
            _("Planning works with anonymous data: hence sums, and small ones hidden"),
        ),
        (
            "SGB VIII § 65",
            _("What was entrusted in person has its own protection: it is not logged"),
        ),
        ("SGB X § 67", _("What social data are")),
        ("DSGVO Art. 5", _("Data minimisation and storage limitation")),
        ("DSGVO Art. 25", _("Data protection by design and by default")),
        ("DSGVO Art. 32", _("Security: the rights of the folder, and its backups elsewhere")),
    )
