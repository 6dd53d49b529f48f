"""A monthly tally on the napkin: three areas, four bands, three topics."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tours.tally.listfile import TallyList, load_tally_list
from tours.tally.names import TallyNames
from tours.tally.tally import AGE, Tally

TODAY = dt.date(2026, 11, 25)
NOW = dt.datetime(2026, 11, 25, 18, 30, tzinfo=dt.UTC)
SEPTEMBER, OCTOBER = dt.date(2026, 9, 1), dt.date(2026, 10, 1)
AREAS = ("Stadt Ostdorf", "Sülbeck", "")
BANDS = ("-13", "14-15", "16-17", "18-")
TOPICS = ("school", "work", "Feuerwehr")
NAMES = TallyNames(AREAS, BANDS, TOPICS, {"Ostdorf": "Stadt Ostdorf"})


def tally(
    item: str, count: int, kind: str = AGE, area: str = AREAS[0], month: dt.date = SEPTEMBER
) -> Tally:
    return Tally(area, month, kind, item, count)


def read_tallies(
    folder: Path,
    content: str | bytes,
    name: str = "list.csv",
    *,
    area: str | None = None,
    month: dt.date | None = None,
    names: TallyNames = NAMES,
) -> TallyList:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_tally_list(path, names, TODAY, area=area, month=month)
