"""The words of a PDF, page by page, for tests of what goes to paper."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Page:
    """The words of a page without its blanks: a PDF does not say where a line is broken.

    Attributes
    ----------
    text : str
    runs : tuple of (str, float)
        What is set in one go, and its size in points.
    """

    text: str
    runs: tuple[tuple[str, float], ...]

    def has(self, words: str) -> bool:
        """Tell whether the page says something."""
        return re.sub(r"\s", "", words) in self.text


def read_pdf(pdf: bytes) -> list[Page]:
    """Read the words of each page, by the tables that every embedded font carries."""
    objects = {
        int(number): body
        for number, body in re.findall(rb"(?m)^(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL)
    }

    def stream(number: int) -> bytes:
        body = objects[number].split(b"stream\n", 1)[1].rsplit(b"\nendstream", 1)[0]
        return zlib.decompress(body) if b"FlateDecode" in objects[number] else body

    @lru_cache
    def letters(number: int) -> dict[int, str]:
        table = stream(_number("ToUnicode", objects[number]))
        return {
            int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
            for code, text in re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table)
        }

    def words(page: bytes) -> Iterator[tuple[str, float]]:
        resources = objects[_number("Resources", page)]
        fonts = dict(re.findall(rb"/(f\d+) (\d+) 0 R", resources))
        content = re.sub(rb"/ActualText\(.*?\)>>", b">>", stream(_number("Contents", page)))
        for block in re.findall(rb"\bBT (.*?)\nET", content, re.DOTALL):
            font = re.search(rb"/(f\d+) ([\d.]+) Tf", block)
            known = letters(int(fonts[font[1]])) if font else {}
            pairs = (zip(codes[::2], codes[1::2], strict=True) for codes in _strings(block))
            run = "".join(known.get(256 * a + b, "") for some in pairs for a, b in some)
            yield re.sub(r"[\s\u200b]", "", run), float(font[2]) if font else 0.0

    kids = re.search(rb"/Type/Pages.*?/Kids\[(.*?)\]", pdf, re.DOTALL)
    order = [int(n) for n in re.findall(rb"(\d+) 0 R", kids[1] if kids else b"")]
    pages = [tuple(words(objects[number])) for number in order]
    return [Page("".join(run for run, _size in runs), runs) for runs in pages]


def _number(key: str, body: bytes) -> int:
    found = re.search(rb"/%s (\d+) 0 R" % key.encode(), body)
    assert found is not None
    return int(found[1])


def _strings(block: bytes) -> Iterator[bytes]:
    """Yield the strings of a block of text; brackets inside them are balanced or escaped."""
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    depth, text = 0, b""
    for token in re.findall(rb"\\[0-7]{3}|\\.|.", block, re.DOTALL):
        if depth and token[:1] == b"\\":
            octal = token[1:].isdigit() and len(token) == 4
            text += bytes([int(token[1:], 8)]) if octal else named.get(token[1:], token[1:])
            continue
        if token == b")":
            depth -= 1
            if not depth:
                yield text
                text = b""
        if depth:
            text += token
        depth += token == b"("
