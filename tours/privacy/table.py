"""What is stored and what is due to be removed, on the terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from geodata.language import translator
from tours.dates import numeric_date
from tours.privacy.copypurge import CopyDue
from tours.privacy.holdings import Holding, readers_text
from tours.privacy.legalbasis import legal_basis
from tours.privacy.limits import Due
from tours.visits.purge import Purge

_ = translator("tours")


def render_privacy(
    found: Sequence[Holding],
    due: Due,
    purges: Sequence[Purge],
    others: Sequence[Path],
    folder: Path,
) -> RenderableType:
    """Return what is stored, for how long, who may read it, what is due, and the legal basis.

    Parameters
    ----------
    found : sequence of Holding
    due : Due
    purges : sequence of Purge
        What was removed already.
    others : sequence of Path
        Files that are not of the program's making.
    folder : Path
        Of the workspace.
    """
    parts: list[RenderableType] = [Text(_("What is stored"), style="bold")]
    for one in found:
        readers = ", ".join(map(readers_text, one.readers))
        parts += [
            Text(", ".join(_shown(path, folder) for path in one.where)),
            _indented(one.what),
            _indented(_("Kept: {text}").format(text=one.keeping)),
            _indented(_("May read it: {readers}.").format(readers=readers)),
        ]
        if one.basis:
            basis = ", ".join(one.basis)
            parts.append(_indented(_("Legal basis: {provisions}.").format(provisions=basis)))
    if others:
        names = ", ".join(_shown(path, folder) for path in others)
        parts.append(
            Text(_("Not made by the program, to be looked at by hand: {names}").format(names=names))
        )
    if any("everyone" in one.readers for one in found):
        parts.append(
            Text(
                _(
                    "Some of it may be read by every account of this computer, unless the rights "
                    "of a folder above forbid it. To keep others out: in the file manager, open "
                    "the properties of the folder {folder}, and forbid all access to the group "
                    "and to others there; or have it done by whoever looks after the computer "
                    "(“chmod -R go-rwx FOLDER”)."
                ).format(folder=folder.resolve().name)
            )
        )
    parts += [
        Text(
            _(
                "Copies of the folder elsewhere (backups of the computer, network drives, sent "
                "files) are not known to the program, and nothing is removed from them."
            )
        ),
        Text(""),
        Text(_("Due to be removed now"), style="bold"),
        *render_due(due, folder),
        Text(""),
        Text(_("Removed so far"), style="bold"),
    ]
    parts += [Text(f"{numeric_date(one.at.date())}  {_purged(one)}") for one in purges] or [
        Text(_("Nothing."))
    ]
    parts += [Text(""), Text(_("Legal basis"), style="bold")]
    parts += [Text(f"{name}: {about}") for name, about in legal_basis()]
    parts.append(
        Text(
            _(
                "What of it applies here, and whether the limits suit, the data protection "
                "officer decides."
            )
        )
    )
    return Group(*parts)


def _shown(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder)) + ("/" if path.is_dir() else "")


def _indented(text: str) -> RenderableType:
    return Padding(Text(text), (0, 0, 0, 2))


def render_due(due: Due, folder: Path) -> list[RenderableType]:
    """Return what is due, a line or more for each kind."""
    whole = (
        (due.papers, _("{file}: the whole file; it can be drawn again without the addresses")),
        (due.exports, _("{file}: the whole file; “tours visit export” writes it again")),
        (due.drafts, _("{file}: the whole file, left behind by a program that was cut short")),
    )
    lines = [
        *([_due_rows(due)] if due.rows else []),
        *(_due_copy(copy, _shown(copy.path, folder)) for copy in due.copies),
        *(
            _("appointments.csv: {id}, {date}: {columns}").format(
                id=one.id, date=numeric_date(one.last), columns=", ".join(one.columns)
            )
            for one in due.appointments
        ),
        *(
            _(
                "{file}: addresses of {number} appointments; the centre of the municipality stays"
            ).format(file=_shown(path, folder), number=number)
            for path, number in due.plans
        ),
        *(said.format(file=_shown(path, folder)) for paths, said in whole for path in paths),
    ]
    closed = _("{file} cannot be looked at: nothing is removed from it")
    return [
        *(Text(line) for line in lines or [_("Nothing.")]),
        *(Text(closed.format(file=_shown(path, folder))) for path in due.closed),
    ]


def _due_rows(due: Due) -> str:
    """Say what goes from the log, and which sums stay."""
    met, new = sum(one.met for one in due.sums), sum(one.new for one in due.sums)
    span = f" ({' – '.join(map(numeric_date, due.dates))})" if due.dates else ""
    return _(
        "visits.db: {rows} rows about {visits} visits before {date}{span}. {sums} sums of place "
        "and month stay, with {met} contacts, {new} of them new."
    ).format(
        rows=len(due.rows),
        visits=due.num_visits,
        date=numeric_date(due.limits.visits),
        span=span,
        sums=len(due.sums),
        met=met,
        new=new,
    )


def _due_copy(copy: CopyDue, name: str) -> str:
    """Say what goes from a copy of the log."""
    if copy.rows is None:
        return _("{file}: the whole file, which is damaged").format(file=name)
    said = _("{file}: {rows} rows about such visits, sums stay")
    if copy.goes:
        said = _("{file}: the whole file, with {rows} rows about such visits")
    return said.format(file=name, rows=copy.rows)


def _purged(one: Purge) -> str:
    words = {
        "visits": _("{number} rows of the visit log before {date}"),
        "copies": _("{number} copies of the visit log, visits before {date}"),
        "appointments": _("addresses of {number} appointments before {date}"),
        "plans": _("addresses in {number} plans, appointments before {date}"),
        "papers": _("{number} maps, sheets and calendars, appointments before {date}"),
        "exports": _("{number} lists of visits before {date}"),
        "drafts": _("{number} files left behind before {date}"),
    }.get(one.what, _("{number} of something, before {date}"))
    return words.format(number=one.number, date=numeric_date(one.before))


def render_privacy_json(
    found: Sequence[Holding],
    due: Due,
    purges: Sequence[Purge],
    others: Sequence[Path],
    folder: Path,
    limits: Mapping[str, int],
) -> str:
    """Return the same as JSON."""
    body = {
        "limits": {
            **limits,
            "visits_before": due.limits.visits.isoformat(),
            "appointments_before": due.limits.appointments.isoformat(),
        },
        "stored": [
            {
                "key": one.key,
                "what": one.what,
                "where": [_shown(path, folder) for path in one.where],
                "kept": one.keeping,
                "readers": list(one.readers),
                "legal_basis": list(one.basis),
            }
            for one in found
        ],
        "others": [_shown(path, folder) for path in others],
        "due": {
            "rows": len(due.rows),
            "visits": due.num_visits,
            "dates": [day.isoformat() for day in due.dates],
            "month_sums": len(due.sums),
            "appointments": [
                {"id": one.id, "date": one.last.isoformat(), "columns": list(one.columns)}
                for one in due.appointments
            ],
            "plans": {_shown(path, folder): number for path, number in due.plans},
            "papers": [_shown(path, folder) for path in due.papers],
            "exports": [_shown(path, folder) for path in due.exports],
            "copies": [
                {"file": _shown(one.path, folder), "rows": one.rows, "removed": one.goes}
                for one in due.copies
            ],
            "drafts": [_shown(path, folder) for path in due.drafts],
            "closed": [_shown(path, folder) for path in due.closed],
        },
        "removed": [
            {
                "what": one.what,
                "number": one.number,
                "before": one.before.isoformat(),
                "at": one.at.isoformat(),
            }
            for one in purges
        ],
        "legal_basis": [{"provision": name, "about": about} for name, about in legal_basis()],
        "decides": _("the data protection officer"),
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"
