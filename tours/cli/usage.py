"""What Typer says by itself, on help pages and about wrong usage, in the language of the terminal.

Typer knows English only. Its fixed words are public names of `typer.rich_utils`, and what it says
about wrong usage is read by pattern; whatever another version says otherwise stays English.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from geodata.errors import Fault
from geodata.language import translator
from tours.errors import WeekError

_ = translator("tours")

# The parent of all faults of usage has no public name of its own.
_PARENT = typer.BadParameter.__mro__[1]
USAGE_ERROR = _PARENT if issubclass(_PARENT, Exception) else typer.BadParameter


class SpokenCommand(TyperCommand):
    """A command whose help page is in the language of the terminal."""

    def get_usage(self, ctx: typer.Context) -> str:  # type: ignore[override]  # Typer's own context
        """Return how the command is called."""
        return _in_words(super().get_usage(ctx))

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # Typer's own context
        """Print the help page, or return it."""
        _translate(self.get_params(ctx))
        return super().get_help(ctx)


class SpokenGroup(TyperGroup):
    """A group of commands whose help page is in the language of the terminal."""

    def get_usage(self, ctx: typer.Context) -> str:  # type: ignore[override]  # Typer's own context
        """Return how its commands are called."""
        return _in_words(super().get_usage(ctx))

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # Typer's own context
        """Print the help page, or return it."""
        _translate(self.get_params(ctx))
        return super().get_help(ctx)


def speak(app: typer.Typer) -> None:
    """Let an app and all of its commands speak the language of the terminal.

    Parameters
    ----------
    app : Typer
        With all of its commands.
    """
    app.info.cls = SpokenGroup
    app.info.options_metavar = _("[OPTIONS]")
    app.info.subcommand_metavar = _("COMMAND [ARGS]...")
    if app.registered_callback is not None:
        app.registered_callback.options_metavar = _("[OPTIONS]")
    for command in app.registered_commands:
        command.cls = SpokenCommand
        command.options_metavar = _("[OPTIONS]")
    for group in app.registered_groups:
        group.options_metavar = _("[OPTIONS]")
        if group.typer_instance is not None:
            speak(group.typer_instance)


def _in_words(usage: str) -> str:
    return usage.replace("Usage: ", _("Usage: "), 1)


def _translate(parameters: Sequence[object]) -> None:
    """Translate the titles on help pages, and what Typer says about the options that it adds."""
    from typer import rich_utils

    for name, text in (
        ("ARGUMENTS_PANEL_TITLE", _("Arguments")),
        ("OPTIONS_PANEL_TITLE", _("Options")),
        ("COMMANDS_PANEL_TITLE", _("Commands")),
        ("DEFAULT_STRING", _("[default: {}]")),
        ("REQUIRED_LONG_STRING", _("[required]")),
    ):
        if hasattr(rich_utils, name):
            setattr(rich_utils, name, text)
    known = {
        "Show this message and exit.": _("Show this page."),
        "Install completion for the current shell.": _("Install completion for this shell."),
        "Show completion for the current shell, to copy it or customize the installation.": _(
            "Print the completion for this shell, to copy or to change it."
        ),
    }
    for parameter in parameters:
        if isinstance(parameter, TyperOption | TyperArgument):
            parameter.help = known.get(parameter.help or "", parameter.help)


def usage_fault(error: Exception) -> Fault | None:
    """Return what is wrong with how a command was called; None if its help page says it all.

    Parameters
    ----------
    error : Exception
        One of `USAGE_ERROR`.
    """
    said = getattr(error, "format_message", lambda: str(error))().strip()
    if not said or type(error).__name__ == "NoArgsIsHelpError":
        return None
    context = getattr(error, "ctx", None)
    path = getattr(context, "command_path", "") or "tours"
    remedy = _("“{command} --help” shows what there is").format(command=path)
    return _fault(said, remedy)


def _fault(said: str, remedy: str) -> Fault:
    if match := re.fullmatch(r"Invalid value for '?(?P<name>.+?)'?: (?P<what>.+)", said, re.DOTALL):
        return Fault(_value(match["what"]), match["name"].replace("' / '", ", "), remedy)
    if match := re.fullmatch(r"Missing argument '?(.+?)'?\.", said):
        return Fault(_("The argument {name} is missing").format(name=_bare(match[1])), "", remedy)
    if match := re.fullmatch(r"Missing option '?(.+?)'?\.", said):
        return Fault(_("The option {name} is missing").format(name=_bare(match[1])), "", remedy)
    if said == "Missing command.":
        return Fault(_("The command is missing"), "", remedy)
    if match := re.fullmatch(r"No such command '(.+?)'\.(?: Did you mean (.+)\?)?", said):
        what = _("There is no command “{name}”").format(name=match[1])
        return Fault(what, "", _suggestion(match[2], remedy))
    pattern = r"No such option: (\S+)(?: \((?:Possible options: |Did you mean )(.+?)\??\))?"
    if match := re.fullmatch(pattern, said):
        what = _("There is no option {name}").format(name=match[1])
        return Fault(what, "", _suggestion(match[2], remedy))
    if match := re.fullmatch(r"Option '(.+)' requires an argument\.", said):
        return Fault(_("The option {name} needs a value").format(name=match[1]), "", remedy)
    if match := re.fullmatch(r"Option '(.+)' does not take a value\.", said):
        return Fault(_("The option {name} takes no value").format(name=match[1]), "", remedy)
    if match := re.fullmatch(r"Got unexpected extra arguments?\(?s?\)? \((.+)\)", said):
        what = _("There is one word too many: {words}").format(words=match[1])
        return Fault(what, "", workspace_remedy(match[1]) or remedy)
    return Fault(said.removeprefix("Invalid value: ").rstrip("."), "", remedy)


def _bare(name: str) -> str:
    return name.replace("'", "").strip("{}[]")


def _suggestion(names: str | None, remedy: str) -> str:
    if not names:
        return remedy
    return _("Perhaps you mean: {names}").format(names=names.replace("'", ""))


def _value(what: str) -> str:
    if match := re.fullmatch(r"Input should be (less|greater) than or equal to (\S+)", what):
        text = _("it must be at most {number}")
        if match[1] == "greater":
            text = _("it must be at least {number}")
        return text.format(number=match[2])
    if what.startswith("Input should be a valid integer"):
        return _("a whole number is needed")
    if what.startswith("Input should be a valid number"):
        return _("a number is needed, with a decimal point")
    if match := re.fullmatch(r"Value error, '(.*)' is not one of (.+?)\.?", what, re.DOTALL):
        text = _("“{value}” is none of: {names}")
        return text.format(value=match[1], names=match[2].replace("'", ""))
    return what.rstrip(".")


def checked_week(text: str, known: Collection[str] = ()) -> str:
    """Return the ISO week that an argument means, today being the day of the command line.

    Parameters
    ----------
    text : str
    known : collection of str
        ISO weeks that are meant first where a number stands alone.

    Raises
    ------
    WeekError
        If it is none; where it is a workspace, with how to name that.
    """
    from tours.cli.now import today
    from tours.weektext import read_week

    try:
        return read_week(text, today(), known)
    except WeekError as error:
        if not (remedy := workspace_remedy(text)):
            raise
        raise WeekError(
            _("“{text}” is no week but a workspace").format(text=text), remedy=remedy
        ) from error


def workspace_remedy(text: str) -> str:
    """Return how to name the workspace that stands where something else belongs; empty if none."""
    from geodata.region import BUILT_IN

    if text.casefold() in BUILT_IN or (Path(text) / "region.toml").is_file():
        return _("Name the workspace with -w {name}").format(name=text)
    return ""
