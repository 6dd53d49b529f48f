"""Commands about what is stored, for how long, and its removal."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.text import Text

from geodata.language import translator
from tours.cli.now import moment, today
from tours.cli.terminal import AsJson, Where, ask, say, say_json, say_path

_ = translator("tours")

privacy_app = typer.Typer(
    help=_("What is stored, where, for how long, and on which legal basis."),
    invoke_without_command=True,
)


@privacy_app.callback()
def privacy(context: typer.Context, workspace: Where = None, as_json: AsJson = False) -> None:
    """Print what is stored, for how long, what is due to be removed, and the legal basis."""
    from tours.privacy.holdings import holdings, strangers
    from tours.privacy.retention import retention_of
    from tours.privacy.table import render_privacy, render_privacy_json
    from tours.workspace import open_workspace

    if context.invoked_subcommand is not None:
        return
    space = open_workspace(workspace or Path())
    retention = retention_of(space, today())
    settings, log = retention.config.privacy, space.visit_log
    found = holdings(space, settings, log.journal(), len(log.tallies()))
    parts = (found, retention.due(), log.purges(), strangers(space), space.folder)
    if as_json:
        numbers = {
            "visits_months": settings.visits_months,
            "appointments_days": settings.appointments_days,
        }
        say_json(render_privacy_json(*parts, numbers))
        return
    say(render_privacy(*parts))


@privacy_app.command(
    "purge",
    help=_("Remove what is older than the limits: shown first, and only if you type so."),
)
def purge(workspace: Where = None) -> None:
    """Show what is older than the limits, and remove it if somebody types so."""
    from rich.console import Group

    from tours.coverage.periods import quarters
    from tours.privacy.retention import retention_of
    from tours.privacy.table import render_due
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    retention = retention_of(space, today())
    due = retention.due()
    head = Text(_("To be removed for good:"), style="bold") if due else Text(_("Due:"))
    say(Group(head, *render_due(due, space.folder)))
    if not due:
        return
    if due.dates:
        frozen = space.frozen_quarters()
        names = [one.name for one in quarters(*due.dates) if one.name not in frozen]
        if names:
            say(Text(_unfrozen_text(names)))
    word = _("remove")
    if ask(_("Type “{word}” to remove it, Enter to keep it: ").format(word=word)) != word:
        say(Text(_("Nothing was removed.")))
        return
    retention.purge(due, now=moment())
    say(Text(_("Removed. What was removed when is noted in the visit log.")))
    say_path(space.shown)


def _unfrozen_text(names: list[str]) -> str:
    return _(
        "Not frozen: {quarters}. Of quarters whose visits are removed, reports keep what sums of "
        "months tell, and “tours coverage freeze” keeps all figures only before the removal."
    ).format(quarters=", ".join(names))
