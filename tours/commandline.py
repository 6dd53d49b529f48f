"""Commands as they are typed, for sentences and data that name one."""

from __future__ import annotations

import shlex
from collections.abc import Sequence


def command_line(command: Sequence[str]) -> str:
    """Return a command as it is typed; what cannot be printed is a question mark."""
    return "".join(c if c.isprintable() else "?" for c in shlex.join(command))
