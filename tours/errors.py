"""Faults of the user's making that concern the service, its rules and its plans."""

from __future__ import annotations

from geodata.errors import OutreachError


class ConfigError(OutreachError, ValueError):
    """region.toml has faults."""


class AppointmentError(OutreachError, ValueError):
    """The list of appointments has faults."""


class TeamError(OutreachError, ValueError):
    """A list of the team (stock, partners, crew) has faults, or cannot be kept."""


class WeekError(OutreachError, ValueError):
    """A text is not a calendar week."""


class PlanError(OutreachError, ValueError):
    """A plan cannot be read, or does not exist."""


class InfeasibleError(OutreachError, ValueError):
    """The rules of the week cannot hold together."""


class WorkspaceError(OutreachError, OSError):
    """A workspace is missing, is in the way or cannot be written."""


class VisitError(OutreachError, ValueError):
    """A visit cannot be logged as it is, or the visit log cannot be used."""


class CoverageError(OutreachError, ValueError):
    """A period of the management report is none, or its frozen report cannot be used."""


class NoticeError(OutreachError, ValueError):
    """The sentences of the public notices cannot be used."""
