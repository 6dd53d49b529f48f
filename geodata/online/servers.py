"""Servers: whom to ask, how patiently, and what is said when none answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import TypeVar
from urllib.parse import urlsplit

from geodata.errors import DownloadError
from geodata.language import translator
from geodata.online.answers import Refusal, judge_status
from geodata.printable import printable

_ = translator("geodata")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for, and how often it is asked.

    Attributes
    ----------
    timeout_s : int
        Longest silence, and the time a server may work on one question.
    look_s : int
        Longest wait for a sign of life before a question is asked.
    tries : int
        How often a busy server is asked.
    pause_s, longest_pause_s : float
        First pause before asking a busy server again, doubled each time; its upper bound.
    spacing_s : float
        Pause after each answer.
    """

    timeout_s: int = 180
    look_s: int = 10
    tries: int = 3
    pause_s: float = 15.0
    longest_pause_s: float = 120.0
    spacing_s: float = 1.0


PATIENCE = Patience()


@dataclass(frozen=True, slots=True)
class Servers:
    """Whom to ask.

    Attributes
    ----------
    overpass : tuple of str
        Addresses, without ``/interpreter``; the next one is asked when one fails.
    nominatim : str
    patience : Patience
    """

    overpass: tuple[str, ...] = (
        "https://overpass-api.de/api",
        "https://overpass.private.coffee/api",
    )
    nominatim: str = "https://nominatim.openstreetmap.org"
    patience: Patience = field(default_factory=lambda: PATIENCE)

    def __post_init__(self) -> None:
        for address in (*self.overpass, self.nominatim):
            if not is_address(address):
                raise DownloadError(
                    _("“{address}” is not the address of a server").format(
                        address=printable(address)
                    ),
                    remedy=_("Write it as in https://overpass-api.de/api"),
                )
        if not self.overpass:
            raise ValueError("overpass must hold at least one address, got 0")


def is_address(text: str) -> bool:
    """Tell whether a text is the address of a server."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def patiently(question: Callable[[], T], patience: Patience, reasons: list[str]) -> T | None:
    """Ask a server up to `Patience.tries` times; note why it gives nothing, and return None."""
    for number in range(patience.tries):
        try:
            return question()
        except Refusal as refusal:
            pause_s = refusal.wait_s
            if pause_s is None:
                pause_s = min(patience.pause_s * 2**number, patience.longest_pause_s)
            is_last = number == patience.tries - 1
            if is_last or not refusal.is_passing or pause_s > patience.longest_pause_s:
                reasons.append(str(refusal))
                return None
        time.sleep(pause_s)
    return None


def unanswered(addresses: tuple[str, ...], reasons: list[str]) -> DownloadError:
    """Return the error that says of each server why it gave nothing."""
    named = [
        f"{urlsplit(address).hostname}: {reason}"
        for address, reason in zip(addresses, reasons, strict=True)
    ]
    return DownloadError(
        _("No server gives what is needed ({reasons})").format(reasons="; ".join(named)),
        remedy=_(
            "Check the internet connection, try again later (what has come is kept for a day), or "
            "name another server with --server"
        ),
    )


@contextmanager
def speaking_plainly(timeout_s: int) -> Iterator[None]:
    """Turn what can happen to a connection into a refusal."""
    import requests

    try:
        yield
    except requests.exceptions.ConnectTimeout:
        raise Refusal(_("it cannot be reached")) from None
    except requests.exceptions.Timeout:
        raise Refusal(
            _("it was silent for {seconds} s").format(seconds=timeout_s), is_passing=True
        ) from None
    except requests.exceptions.SSLError:
        raise Refusal(_("its certificate is not valid")) from None
    except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
        raise Refusal(_("the connection was cut"), is_passing=True) from None
    except requests.exceptions.ConnectionError as error:
        if "Read timed out" in str(error):
            raise Refusal(
                _("it was silent for {seconds} s").format(seconds=timeout_s),
                is_passing=True,
            ) from None
        if "Connection aborted" in str(error):
            raise Refusal(_("the connection was cut"), is_passing=True) from None
        raise Refusal(_("it cannot be reached")) from None
    except requests.exceptions.RequestException as error:
        raise Refusal(printable(error)) from None


def user_agent() -> str:
    """Return what this program calls itself to a server."""
    try:
        number = version("outreach-tours")
    except PackageNotFoundError:
        number = "0"
    return f"outreach-tours/{number} (route planner of a mobile outreach bus; uses OSMnx)"


def get_page(address: str, timeout_s: int, asked: Mapping[str, str] | None = None) -> bytes:
    """Fetch a small page, judged by its status."""
    import requests

    with speaking_plainly(timeout_s):
        response = requests.get(
            address,
            params=dict(asked or {}),
            headers={"User-Agent": user_agent()},
            timeout=timeout_s,
        )
        # Not every server has a page on its state, but only a working one says so.
        if not (asked is None and response.status_code == 404):
            judge_status(response.status_code, response.headers)
        return response.content
