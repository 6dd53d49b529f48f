"""Commands about the partners of the team: whom to call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.text import Text

from geodata.language import translator
from tours.cli.terminal import AsJson, Where, say, say_json

if TYPE_CHECKING:
    from tours.team.partners import Partner

_ = translator("tours")

partners_app = typer.Typer(
    help=_("Partners and emergency numbers: whom the team can call."), no_args_is_help=True
)


@partners_app.command("list", help=_("Print the partners with number, hours and area."))
def list_(workspace: Where = None, as_json: AsJson = False) -> None:
    """Print the partners with number, hours and area."""
    from tours.team.partnertable import render_partners, render_partners_json

    partners = _partners(workspace)
    if as_json:
        say_json(render_partners_json(partners))
        return
    say(render_partners(partners))


@partners_app.command(
    "check", help=_("Check numbers, hours and areas; every fault with line, column and remedy.")
)
def check(workspace: Where = None) -> None:
    """Check numbers, hours and areas."""
    partners = _partners(workspace)
    say(
        Text(
            _("{number} partners, no fault; {emergency} of them for emergencies.").format(
                number=len(partners), emergency=sum(one.is_emergency for one in partners)
            )
        )
    )
    if unknown := [one.name for one in partners if not one.hours]:
        say(Text(_("Without hours: {names}").format(names=", ".join(unknown))))


def _partners(workspace: Path | None) -> tuple[Partner, ...]:
    from tours.config import load_config
    from tours.team.listfile import begun
    from tours.team.partners import COLUMNS, load_partners
    from tours.workspace import open_workspace

    space = open_workspace(workspace or Path())
    region = space.load_region()
    config = load_config(space.config_file, region.municipalities)
    partners = load_partners(space.partners_file, region, config.areas)
    return begun(partners, space.partners_file, COLUMNS)
