"""Every message has its German words, with the same gaps to fill."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from geodata.language import current_language, set_language, speaking, translator

ROOT = Path(__file__).parents[1]
PACKAGES = ("geodata", "tours", "maps")


def messages(package: str) -> set[str]:
    """Return what the package says, from its code."""
    found: set[str] = set()
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "_"
            ):
                (message,) = node.args
                assert isinstance(message, ast.Constant), f"{path.name}, line {node.lineno}"
                assert isinstance(message.value, str)
                found.add(message.value)
    return found


def german(package: str) -> dict[str, str]:
    """Return what the package's catalogue says."""
    with (ROOT / package / "locale" / "de.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, abort_invalid=True) if m.id}


def gaps(text: str) -> Counter[tuple[str, str]]:
    return Counter(
        (name, form or "") for _text, name, form, _c in Formatter().parse(text) if name is not None
    )


def test_messages_in_the_code_are_seen() -> None:
    assert "Longitude and latitude are swapped" in messages("geodata")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_message_is_translated(package: str) -> None:
    words = german(package)
    assert {message for message in messages(package) if not words.get(message)} == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_translations_have_the_same_gaps(package: str) -> None:
    different = {
        message: text for message, text in german(package).items() if gaps(message) != gaps(text)
    }
    assert different == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_translation_is_left_over(package: str) -> None:
    assert german(package).keys() - messages(package) == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_no_message_is_translated_twice(package: str) -> None:
    lines = (ROOT / package / "locale" / "de.po").read_text(encoding="utf-8").splitlines()
    heads = sum(line.startswith("msgid ") for line in lines)
    assert heads == len(german(package)) + 1


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_is_called_fuzzy_or_obsolete(package: str) -> None:
    text = (ROOT / package / "locale" / "de.po").read_text(encoding="utf-8")
    assert "#, fuzzy" not in text
    assert "#~" not in text


def test_translator_follows_the_language() -> None:
    say = translator("geodata")
    with speaking("de"):
        assert say("Swap lon and lat") == "lon und lat tauschen"
    with speaking("en"):
        assert say("Swap lon and lat") == "Swap lon and lat"


def test_speaking_ends_even_after_an_error() -> None:
    before = current_language()
    other = "en" if before == "de" else "de"
    with pytest.raises(ZeroDivisionError), speaking(other):
        _ = 1 / 0
    assert current_language() == before


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="got 'fr'"):
        set_language("fr")
