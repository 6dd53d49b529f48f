"""Frozen reports: the figures of a quarter as evidence, with a digest of their content."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geodata.filefault import reason_of
from geodata.language import translator
from tours.coverage.digest import content_of, digest
from tours.coverage.report import CoverageReport, Frozen
from tours.dates import numeric_date
from tours.errors import CoverageError
from tours.filelock import locked
from tours.writing import write_files

_ = translator("tours")

FORMAT = 1
PARTS = ("period", "year")


@dataclass(frozen=True, eq=False)
class FrozenReport:
    """The file of a frozen report.

    Attributes
    ----------
    quarter : str
    frozen_on : date
    digest : str
        As it was written down.
    content : Mapping of str to object
        See `tours.coverage.digest.content_of`.
    """

    quarter: str
    frozen_on: dt.date
    digest: str
    content: Mapping[str, object]

    @property
    def is_intact(self) -> bool:
        """Whether the content still has its digest."""
        try:
            return digest(self.content) == self.digest
        except ValueError:
            # No report holds what cannot be written: numbers that are none, halves of letters.
            return False


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is another one today, or cannot be reckoned any more.

    Attributes
    ----------
    part : str
        ``period`` or ``year``.
    row : str
        Name of the municipality, the area or the district.
    name : str
        Of the figure.
    was, now : float or None
        None where there was or is none, or it is hidden.
    is_removed : bool
        Whether there is none today since visits were removed by the rule for keeping them: the
        log does not give another figure.
    """

    part: str
    row: str
    name: str
    was: float | None
    now: float | None
    is_removed: bool = False


def render_frozen(report: CoverageReport, *, may_be_empty: bool = False) -> str:
    """Return the text of the file of a frozen report.

    Parameters
    ----------
    report : CoverageReport
    may_be_empty : bool
        Whether a quarter about which nothing is logged is meant.

    Raises
    ------
    CoverageError
        If the period is no quarter, is not over, or nothing is logged about it any more.
    """
    period = report.period.period
    if not period.name:
        raise CoverageError(
            _("Only a whole quarter can be frozen"), remedy=_("Write it as in 2026-Q3")
        )
    if report.made_on <= period.last:
        raise CoverageError(
            _("The quarter {quarter} is not over").format(quarter=period.name),
            remedy=_("Freeze it when its visits are logged"),
        )
    visits = report.period.district.figure("visits")
    if visits.reason == "removed" or "month_sums" in visits.notes:
        raise CoverageError(
            _("Visits of the quarter {quarter} were removed from the log").format(
                quarter=period.name
            ),
            remedy=_("Freeze quarters before their visits are removed"),
        )
    if not report.num_logged and not may_be_empty:
        raise CoverageError(
            _("Nothing is logged about the quarter {quarter}").format(quarter=period.name),
            remedy=_("Log its visits first; if there were none, freeze it with --empty"),
        )
    content = content_of(report)
    body = {
        "format": FORMAT,
        "quarter": period.name,
        "frozen_on": report.made_on.isoformat(),
        "digest": digest(content),
        "report": content,
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def check_not_frozen(path: Path) -> None:
    """Make sure that there is no frozen report yet.

    Raises
    ------
    CoverageError
        If there is one.
    """
    if path.exists():
        raise CoverageError(
            _("{quarter} was frozen on {date}, and a frozen report is not overwritten").format(
                quarter=path.stem, date=numeric_date(load_frozen(path).frozen_on)
            ),
            where=str(path),
            remedy=_("“tours coverage verify” says whether it still holds"),
        )


def write_frozen(path: Path, text: str) -> None:
    """Write the file of a frozen report; of several who do so at once the first one does.

    Raises
    ------
    CoverageError
        If there is one already.
    OutreachError
        If it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CoverageError(
            _("The frozen report cannot be written ({reason})").format(reason=reason_of(error)),
            where=str(path.parent),
            remedy=_("Check that the folder may be written and the disk is not full"),
        ) from error
    with locked(path):
        check_not_frozen(path)
        write_files({path: text.encode()})


def read_frozen(text: str, source: str) -> FrozenReport:
    """Read the text of a frozen report.

    Raises
    ------
    CoverageError
        If it is none, or of a newer program.
    """
    try:
        body = json.loads(text)
        if not isinstance(body, dict) or body["format"] != FORMAT:
            raise ValueError("format")
        quarter, told, content = body["quarter"], body["digest"], body["report"]
        if not (isinstance(quarter, str) and isinstance(told, str) and isinstance(content, dict)):
            raise ValueError("report")
        day = dt.date.fromisoformat(body["frozen_on"])
        return FrozenReport(quarter, day, told, content)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CoverageError(
            _("The frozen report cannot be read"),
            where=source,
            remedy=_("Bring the file back from a copy; a frozen report is not to be edited"),
        ) from error


def load_frozen(path: Path) -> FrozenReport:
    """Read the file of a frozen report; see `read_frozen`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CoverageError(
            _("The frozen report cannot be read ({reason})").format(reason=reason_of(error)),
            where=str(path),
            remedy=_("Bring the file back from a copy; a frozen report is not to be edited"),
        ) from error
    return read_frozen(text, str(path))


def _figures(content: Mapping[str, object]) -> dict[tuple[str, str, str, str], float | None]:
    """Return the value of each figure, by part, id and name of its row, and its own name."""
    return {
        (part, str(row["id"]), str(row["name"]), str(figure["name"])): _number(figure["value"])
        for part in PARTS
        for row in _rows(content, part)
        for figure in _tables(row["figures"])
    }


def _rows(content: Mapping[str, object], part: str) -> Iterator[Mapping[str, object]]:
    whole = content.get(part)
    if isinstance(whole, dict):
        for kind in ("municipalities", "areas"):
            yield from _tables(whole[kind])
        yield from _tables([whole["district"]])


def _tables(value: object) -> list[Mapping[str, object]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise TypeError("rows")
    return value


def _number(value: object) -> float | None:
    if value is None or isinstance(value, int | float):
        return value
    raise TypeError("value")


def differences(frozen: FrozenReport, report: CoverageReport) -> tuple[Difference, ...]:
    """Return the figures that are other ones today or not known any more, as in the report.

    Parameters
    ----------
    frozen : FrozenReport
    report : CoverageReport
        Of the same quarter, as the log gives it today.

    Raises
    ------
    CoverageError
        If the frozen content is no report.
    """
    try:
        was = _figures(frozen.content)
    except (KeyError, TypeError, AttributeError) as error:
        raise CoverageError(
            _("The frozen report of {quarter} is damaged").format(quarter=frozen.quarter),
            remedy=_("Bring the file back from a copy; a frozen report is not to be edited"),
        ) from error
    now = _figures(content_of(report))
    removed = {
        (part, row.id, figure.name)
        for part, coverage in zip(PARTS, (report.period, report.year), strict=True)
        for row in (*coverage.municipalities, *coverage.areas, coverage.district)
        for figure in row.figures
        if figure.reason == "removed" or "gap_at_least" in figure.notes
    }
    return tuple(
        Difference(part, row, name, was.get(key), now.get(key), (part, id_, name) in removed)
        for key in dict.fromkeys((*now, *was))
        if was.get(key) != now.get(key)
        for part, id_, row, name in (key,)
    )


def frozen_state(
    frozen: FrozenReport, report: CoverageReport, removed_on: dt.date | None = None
) -> Frozen:
    """Return what is known of a frozen report, for the report of the same quarter today.

    Parameters
    ----------
    frozen : FrozenReport
    report : CoverageReport
    removed_on : date or None
        Day on which visits were last removed from the log.
    """
    found = differences(frozen, report)
    differs, removed = (
        tuple(dict.fromkeys(one.name for one in found if one.is_removed == which))
        for which in (False, True)
    )
    day = removed_on if report.removed_before is not None else None
    return Frozen(frozen.frozen_on, frozen.digest, frozen.is_intact, differs, removed, day)
