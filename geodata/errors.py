"""Faults of the user's making: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from geodata.printable import sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes
    ----------
    what : str
        What is wrong, as a sentence without its full stop.
    where : str
        File, line and column, or the option; empty where the sentence says it.
    remedy : str
        What the user can do, as a sentence without its full stop.
    """

    what: str
    where: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        # Files from elsewhere are quoted in it, and it goes to a terminal.
        what, where, remedy = map(sentence, (self.what, self.where, self.remedy))
        head = f"{where}: {what}" if where else what
        return " ".join(part.removesuffix(".") + "." for part in (head, remedy) if part)


class OutreachError(Exception):
    """Base of everything that is the user's fault and not the programmer's.

    Parameters
    ----------
    what, where, remedy : str
        See `Fault`.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.faults: tuple[Fault, ...] = (Fault(what, where, remedy),)
        super().__init__(what)

    @classmethod
    def collected(cls, faults: Iterable[Fault]) -> Self:
        """Return one error that carries all the faults a loader has found.

        Raises
        ------
        ValueError
            If there is no fault to report.
        """
        found = tuple(faults)
        if not found:
            raise ValueError("faults must hold at least one fault, got 0")
        error = cls(found[0].what, where=found[0].where, remedy=found[0].remedy)
        error.faults = found
        return error

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


class RegionError(OutreachError, ValueError):
    """The data of a district cannot be read or do not fit together."""


class PlacesError(OutreachError, ValueError):
    """The list of meeting places has faults."""


class NetworkError(OutreachError, ValueError):
    """The road network cannot be used, or a point lies too far from its roads."""


class DownloadError(OutreachError, OSError):
    """What was asked of a server did not come, or cannot be used."""
