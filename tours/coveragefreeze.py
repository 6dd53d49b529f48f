"""Frozen reports: the figures of a quarter as evidence, with a digest of their content."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geodata.filefault import reason_of
from geodata.language import translator
from tours.coveragedigest import content_of, digest
from tours.coveragereport import CoverageReport, Frozen
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
        See `tours.coveragedigest.content_of`.
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
    """A figure that is another one today.

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
    """

    part: str
    row: str
    name: str
    was: float | None
    now: float | None


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
    if report.period.district.figure("visits").reason == "removed":
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
                quarter=path.stem, date=load_frozen(path).frozen_on.isoformat()
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
    """Return the figures that are other ones today, in the order of the report.

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
    return tuple(
        Difference(part, row, name, was.get(key), now.get(key))
        for key in dict.fromkeys((*now, *was))
        if was.get(key) != now.get(key)
        for part, _id, row, name in (key,)
    )


def frozen_state(frozen: FrozenReport, report: CoverageReport) -> Frozen:
    """Return what is known of a frozen report, for the report of the same quarter today."""
    names = dict.fromkeys(one.name for one in differences(frozen, report))
    return Frozen(frozen.frozen_on, frozen.digest, frozen.is_intact, tuple(names))
