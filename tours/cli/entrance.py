"""The entrance: binds the language, runs a command, turns faults into sentences."""

from __future__ import annotations

import gc
import io
import locale
import os
import sys
import warnings
from typing import NoReturn

from geodata.errors import Fault, OutreachError
from geodata.filefault import reason_of
from geodata.language import LANGUAGES, set_language, translator

_ = translator("tours")

INTERRUPTED = 130
# Objects that come before unreachable ones are looked for. There are next to none in a command's
# short life, and at Python's own 700 looking for them is a fifth of the time of a plan.
GARBAGE_EVERY = 200_000
# Nobody reads more at once; a file of another kind has a fault in each of its lines.
MOST_FAULTS = 100


def spoken_language(arguments: list[str]) -> tuple[str, bool, list[str]]:
    """Take ``--lang`` out of the arguments.

    Returns
    -------
    str
        The language asked for, or else that of the locale: English where that is English,
        German everywhere else, the language of the teams.
    bool
        Whether it was asked for.
    list of str
        The other arguments.
    """
    rest = list(arguments)
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang":
            del rest[position : position + 2]
            return "".join(arguments[position + 1 : position + 2]), True, rest
        if argument.startswith("--lang="):
            del rest[position]
            return argument.removeprefix("--lang="), True, rest
    return locale_language(), False, rest


def locale_language() -> str:
    """Return English where the locale is English, else German."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    return "en" if name.startswith("en") else "de"


def enter(arguments: list[str] | None = None) -> None:
    """Run the command line; exits with 0, 1 (a fault, in one sentence) or 2 (usage)."""
    given = sys.argv[1:] if arguments is None else arguments
    language, is_asked, rest = spoken_language(given)
    if language not in LANGUAGES:
        set_language(locale_language())
        fault = Fault(
            _("“{language}” is no language of this program").format(language=language),
            "--lang",
            _("Write one of: {names}").format(names=", ".join(LANGUAGES)),
        )
        print(_("Error: {fault}").format(fault=fault), file=sys.stderr)
        raise SystemExit(2)
    set_language(language)
    gc.set_threshold(GARBAGE_EVERY)
    if not sys.warnoptions:
        # What libraries tell programmers, in English.
        warnings.simplefilter("ignore")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # An old console cannot show every letter; that is no reason to fail.
            stream.reconfigure(errors="replace")
    # Bound here, because Typer builds its help from these very texts on import.
    from tours.cli.app import app
    from tours.cli.commandtext import at_workspace, completed
    from tours.cli.terminal import set_paper_language
    from tours.cli.usage import USAGE_ERROR, speak, usage_fault

    set_paper_language(language if is_asked else "de")
    speak(app)
    at_workspace(None)
    try:
        code = app(args=rest, prog_name="tours", standalone_mode=False)
    except OutreachError as error:
        for fault in error.faults[:MOST_FAULTS]:
            print(completed(_("Error: {fault}").format(fault=fault)), file=sys.stderr)
        if (more := len(error.faults) - MOST_FAULTS) > 0:
            print(_("{number} more faults are not listed").format(number=more), file=sys.stderr)
        raise SystemExit(1) from None
    except USAGE_ERROR as error:
        if (wrong := usage_fault(error)) is not None:
            print(_("Error: {fault}").format(fault=wrong), file=sys.stderr)
        raise SystemExit(2) from None
    except BrokenPipeError:
        # Whoever read the output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except OSError as error:
        # Where it has no name, it is what is printed.
        what = _("The output cannot be written ({reason})")
        if error.filename is not None:
            what = _("The file cannot be used ({reason})")
        fault = Fault(what.format(reason=reason_of(error)), str(error.filename or ""))
        print(_("Error: {fault}").format(fault=fault), file=sys.stderr)
        raise SystemExit(1) from None
    except Exception as error:
        if not is_interrupt(error):
            raise
        stopped()
    # Typer catches the interrupt of a command and returns this code, without a word.
    if code == INTERRUPTED:
        stopped()
    if code:
        raise SystemExit(code)


def is_interrupt(error: BaseException | None) -> bool:
    """Tell whether an interrupt is behind an error: compiled code wraps the one that hits it."""
    return error is not None and (
        isinstance(error, KeyboardInterrupt)
        or is_interrupt(error.__cause__)
        or is_interrupt(error.__context__)
    )


def stopped() -> NoReturn:
    """Say that the command was interrupted, and exit."""
    print(_("Stopped; no file was left half-written"), file=sys.stderr)
    raise SystemExit(INTERRUPTED) from None
