"""The content of a management report as canonical JSON, and its digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict

from tours.coverage.report import CoverageReport

# Beyond these decimals lies what another processor may reckon otherwise.
DECIMALS = 6
# When it is made, the digest itself, and what only the map needs are no part of the content.
LEFT_OUT = ("made_on", "digest", "frozen", "cells")
# Days of single visits are removed from the log in time; as evidence the month is enough.
MONTHLY = "last_visit"


def content_of(report: CoverageReport) -> dict[str, object]:
    """Return what a report holds, as values of JSON: the same for the same figures."""
    body = {name: part for name, part in asdict(report).items() if name not in LEFT_OUT}
    found = _plain(body)
    assert isinstance(found, dict)
    return found


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {
            name: f"{part:%Y-%m}" if name == MONTHLY and isinstance(part, dt.date) else _plain(part)
            for name, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        # A zero has no sign, and a whole number is the same with and without decimals.
        rounded = round(value, DECIMALS)
        return int(rounded) if rounded == int(rounded) else rounded
    return value


def canonical(content: object) -> bytes:
    """Return content as the bytes that are digested: sorted keys, no blanks, UTF-8."""
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def digest(content: object) -> str:
    """Return the SHA-256 of content, 64 letters."""
    return hashlib.sha256(canonical(content)).hexdigest()


def digest_of(report: CoverageReport) -> str:
    """Return the SHA-256 of what a report holds."""
    return digest(content_of(report))
