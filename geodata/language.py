"""Languages of messages: English in the code, other languages in a catalogue per package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files

LANGUAGES = ("de", "en")

_language: ContextVar[str] = ContextVar("language", default="de")


def set_language(language: str) -> None:
    """Speak this language from now on.

    Parameters
    ----------
    language : str
        One of `LANGUAGES`.

    Raises
    ------
    ValueError
        If there is no such language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {LANGUAGES}, got {language!r}")
    _language.set(language)


def current_language() -> str:
    """Return the language that messages are in."""
    return _language.get()


@lru_cache
def _catalogue(package: str, language: str) -> dict[str, str]:
    if language == "en":
        return {}
    from babel.messages.pofile import read_po

    with files(package).joinpath("locale", f"{language}.po").open("rb") as file:
        return {
            str(message.id): str(message.string)
            for message in read_po(file)
            if message.id and message.string
        }


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language for a while.

    Raises
    ------
    ValueError
        If there is no such language.
    """
    before = _language.get()
    set_language(language)
    try:
        yield
    finally:
        _language.set(before)


def translator(package: str) -> Callable[[str], str]:
    """Return the function that translates the messages of one package.

    Parameters
    ----------
    package : str
        Name of the package that holds ``locale/<language>.po``.

    Returns
    -------
    Callable[[str], str]
        English message in, message in the current language out. It looks the language
        up at each call, so it can be bound at import.
    """

    def translate(message: str) -> str:
        return _catalogue(package, _language.get()).get(message, message)

    return translate
