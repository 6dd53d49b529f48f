"""What commands say on the terminal, and the options that many of them share."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console, RenderableType, RenderResult
from rich.console import ConsoleOptions as Options
from rich.measure import Measurement
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.segment import Segment
from rich.text import Text

from geodata.errors import OutreachError
from geodata.language import translator
from geodata.printable import escaped, steady
from tours.cli.commandtext import at_workspace, completed, completed_part
from tours.errors import PlanError, VisitError

if TYPE_CHECKING:
    from tours.plan import Plan
    from tours.solver.solution import Progress as SolverProgress
    from tours.workspace import Workspace

_ = translator("tours")

Where = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        help=_("Folder of the workspace; else the current one."),
        callback=at_workspace,
    ),
]
Week = Annotated[
    str | None,
    typer.Argument(
        metavar=_("WEEK"),
        help=_(
            "Calendar week: 2026-W48, KW48, next or a day of it, 24.11.2026; else the last one "
            "planned."
        ),
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=_("Print data only, as JSON."))]

STANDARD_ERROR = 2
_paper_language = "de"


def set_paper_language(language: str) -> None:
    """Print maps, sheets and calendars in this language, whatever the terminal speaks."""
    global _paper_language
    _paper_language = language


def paper_language() -> str:
    """Return the language of maps, sheets and calendars."""
    return _paper_language


class Steady:
    """What is shown, less the letters in it that would steer the terminal.

    Parameters
    ----------
    shown : RenderableType
    """

    def __init__(self, shown: RenderableType) -> None:
        self.shown = shown

    def __rich_console__(self, console: Console, options: Options) -> RenderResult:
        for part in console.render(self.shown, options):
            yield part if part.control else Segment(steady(part.text), part.style)

    def __rich_measure__(self, console: Console, options: Options) -> Measurement:
        return Measurement.get(console, options, self.shown)


class SteadyConsole(Console):
    """A terminal that is written on, and steered by nothing that was typed."""

    def print(self, *objects: Any, **options: Any) -> None:  # noqa: ANN401 - as it is there
        """Print what is shown, less the letters in it that would steer the terminal."""
        super().print(*map(Steady, objects), **options)


def console() -> Console:
    """Return where results are printed."""
    # A terminal tells its width; a file or pipe gets lines that need no guessing.
    return SteadyConsole(
        highlight=False, width=None if sys.stdout.isatty() else 110, soft_wrap=False
    )


def say(*parts: RenderableType) -> None:
    """Print parts of a result, an empty line between them."""
    out = console()
    for number, part in enumerate(parts):
        if number:
            out.print()
        out.print(completed_part(part))


def say_commands(text: str, commands: Sequence[str], *, is_result: bool = True) -> None:
    """Print a sentence and the commands it is about, each whole on a line, to be copied.

    Parameters
    ----------
    text : str
    commands : sequence of str
    is_result : bool
        Whether they are part of the result, and not something beside data.
    """
    out = console() if is_result else SteadyConsole(stderr=True, highlight=False)
    out.print(Text(text))
    for command in commands:
        print(f"  {command}", file=sys.stdout if is_result else sys.stderr)


def say_json(data: str) -> None:
    """Print data and nothing else; no text in them steers the terminal."""
    print(escaped(data), end="" if data.endswith("\n") else "\n")


def say_path(path: Path) -> None:
    """Print where the result is, whole and alone on the last line."""
    print(steady(str(path)))


def warn(error: OutreachError) -> None:
    """Print what is wrong and does not stop anything, a line each, beside the results."""
    for fault in error.faults:
        print(completed(_("Warning: {fault}").format(fault=fault)), file=sys.stderr)


def note(text: str) -> None:
    """Print what somebody should know, beside the results."""
    print(steady(completed(_("Note: {text}").format(text=text))), file=sys.stderr)


def ask(question: str) -> str:
    """Return what a person answers, without blanks around it.

    Raises
    ------
    VisitError
        If the input ends before an answer.
    """
    try:
        return input(steady(question)).strip()
    except EOFError:
        print()
        raise VisitError(
            _("The input ended before the last answer; nothing was changed"),
            remedy=_("Start again in a terminal, or give all answers as options"),
        ) from None


def agrees(question: str) -> bool:
    """Ask until the answer is yes or no; nothing at all means yes."""
    while True:
        answer = ask(f"{question} [{_('Y/n')}] ").casefold()
        if answer in ("", "j", "ja", "y", "yes"):
            return True
        if answer in ("n", "nein", "no"):
            return False


@contextmanager
def working(text: str) -> Iterator[None]:
    """Show on a terminal that something is going on."""
    out = SteadyConsole(stderr=True)
    if not out.is_terminal:
        yield
        return
    with out.status(text):
        yield


@contextmanager
def counting(text: str) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how many of many things are done."""
    out = SteadyConsole(stderr=True)
    if not out.is_terminal:
        yield lambda _number: None
        return
    with out.status(Text(text)) as status:
        yield lambda number: status.update(Text(f"{text}: {number:,}".replace(",", "\u202f")))


@contextmanager
def reading_steps() -> Iterator[tuple[Callable[[str], None], Callable[[int], None]]]:
    """Show on a terminal which step is under way, and how many things it has read."""
    out = SteadyConsole(stderr=True)
    if not out.is_terminal:
        yield lambda _step: None, lambda _number: None
        return
    with out.status("") as status:
        steps = [""]

        def on_step(text: str) -> None:
            steps.append(text)
            status.update(Text(text))

        def on_progress(number: int) -> None:
            status.update(Text(f"{steps[-1]}: {number:,}".replace(",", "\u202f")))

        yield on_step, on_progress


@contextmanager
def progress(name: str = "") -> Iterator[Callable[[SolverProgress], None]]:
    """Show on a terminal how far the solver is, with the name of what is planned."""
    out = SteadyConsole(stderr=True)
    if not out.is_terminal:
        yield lambda _state: None
        return
    head = f"{name} · " if name else ""
    with out.status(Text(head + _("Planning"))) as status:
        yield lambda state: status.update(Text(head + progress_text(state)))


def progress_text(state: SolverProgress) -> str:
    """Say how far the solver is."""
    from tours.timetable import number_text

    if state.phase == "conflict":
        return _("Planning: looking for the rules that cannot hold together")
    if state.value is None or state.bound is None:
        return _("Planning: looking for tours")
    return _("Planning: best {value}, at most {bound} possible").format(
        value=number_text(state.value / 100, 2), bound=number_text(state.bound / 100, 2)
    )


@contextmanager
def downloading() -> Iterator[tuple[Callable[[str], None], Callable[[int, int], None]]]:
    """Show on a terminal which step a download is at, and how many answers and bytes came."""
    out = SteadyConsole(stderr=True)
    if not out.is_terminal:
        yield lambda _step: None, lambda _answers, _bytes: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TextColumn("{task.fields[came]}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=out, transient=True) as bars:
        steps: list[TaskID] = []

        def on_step(text: str) -> None:
            if steps:
                bars.update(steps[-1], total=1, completed=1)
            steps.append(bars.add_task(text, total=None, came=""))

        def on_progress(answers: int, size: int) -> None:
            came = _("{answers} answers, {size} MB").format(
                answers=answers, size=f"{size / 1e6:.1f}"
            )
            bars.update(steps[-1], came=came)

        yield on_step, on_progress


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Let the first interrupt ask for the best plan so far; a second one stops everything."""
    pressed: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)
        text = _("Planning ends with the best plan so far; Ctrl-C once more stops at once")
        # Not by print, which may be at work just now.
        os.write(STANDARD_ERROR, f"\n{text}\n".encode(sys.stderr.encoding, "replace"))

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def stored_plan(workspace: Path | None, text: str | None) -> tuple[Workspace, Plan]:
    """Return the plan that a command is about: of the week named, or the last one."""
    from tours.cli.usage import checked_week
    from tours.workspace import open_workspace

    if text is not None:
        checked_week(text)
    space = open_workspace(workspace or Path())
    if text is not None:
        return space, space.load_plan(checked_week(text, space.weeks()))
    weeks = space.weeks()
    if not weeks:
        raise PlanError(
            _("No week has been planned yet"),
            where=str(space.shown),
            remedy=_("Make a plan with “tours plan”"),
        )
    return space, space.load_plan(weeks[-1])


def former_plans(space: Workspace, weeks: Sequence[str]) -> dict[str, Plan]:
    """Return the plans that weeks have already, as far as they can be read."""
    found: dict[str, Plan] = {}
    for week in weeks:
        try:
            found[week] = space.load_plan(week)
        except PlanError:
            continue
    return found
