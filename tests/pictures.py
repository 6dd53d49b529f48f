"""Make the README's pictures: ``python -m tests.pictures``; needs a browser and poppler-utils."""

from __future__ import annotations

import base64
import datetime as dt
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.places import load_places
from tours.workspace import open_workspace

if TYPE_CHECKING:
    from chromium import Browser

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".readme"
WEEK, QUARTER = "2026-W48", "2026-Q3"
DESK, PHONE = (1280, 850), (390, 844)
# A picture, all of them: bytes.
MOST, MOST_IN_ALL = 150_000, 900_000
# Webp of this quality shows letters sharply.
QUALITY = 82


def photograph(browser: Browser, page: Path, picture: Path, size: tuple[int, int]) -> None:
    """Take a picture of an HTML file as a browser shows it."""
    browser.open(page, *size, phone=size == PHONE)
    options = {"format": "webp", "quality": QUALITY}
    shot = browser.command("Page.captureScreenshot", options)["data"]
    picture.write_bytes(base64.b64decode(shot))


def photograph_sheet(browser: Browser, document: Path, number: int, picture: Path) -> None:
    """Take a picture of one page of a PDF."""
    with tempfile.TemporaryDirectory() as name:
        sheet = Path(name) / "sheet"
        subprocess.run(
            [
                *("pdftoppm", "-png", "-scale-to", "1100", "-singlefile"),
                *("-f", str(number), "-l", str(number), str(document), str(sheet)),
            ],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        page = sheet.with_suffix(".html")
        page.write_text('<body style="margin:0"><img src="sheet.png" style="display:block">')
        width, height = png_size(sheet.with_suffix(".png"))
        photograph(browser, page, picture, (width, height))


def png_size(picture: Path) -> tuple[int, int]:
    """Return width and height of a PNG, as its head says."""
    head = picture.read_bytes()[16:24]
    return int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")


def made_up_visits(space: Path) -> str:
    """Return a list of visits of half a year, the same each time, more of them to some places."""
    places = [p.id for p in load_places(space / "places.csv", open_workspace(space).load_region())]
    lines = ["place,date,arrival,departure,met,new"]
    day = dt.date(2026, 6, 1)
    while day < dt.date(2026, 11, 22):
        if day.weekday() in (0, 2, 3):
            for k in range(4):
                number = ((day.toordinal() * 5 + k * 11) % 36) ** 2 // 20 % len(places)
                met = (number * 7 % 5) * ((day.toordinal() + number) % 3)
                hour = 14 + k
                lines.append(f"{places[number]},{day},{hour}:15,{hour}:55,{met},{met // 3}")
        day += dt.timedelta(days=1)
    return "\n".join(lines) + "\n"


def tours(*arguments: str) -> None:
    """Run a command in German."""
    command = [sys.executable, "-m", "tours", "--lang", "de", *arguments]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def page_of(document: Path, words: str) -> int:
    """Return the number of the first page of a PDF that says something."""
    done = subprocess.run(["pdftotext", str(document), "-"], check=True, capture_output=True)
    pages = done.stdout.decode().split("\f")
    return next(number for number, text in enumerate(pages, start=1) if words in text)


def take(browser: Browser, space: Path) -> None:
    """Take all pictures of a workspace."""
    out = space / "out" / WEEK
    photograph(browser, out / "map.html", FOLDER / "map.webp", DESK)
    photograph(browser, out / "map.html", FOLDER / "phone.webp", PHONE)
    sheets = out / "sheets.pdf"
    day = page_of(sheets, "Kilometerstand")
    photograph_sheet(browser, sheets, 1, FOLDER / "week-sheet.webp")
    photograph_sheet(browser, sheets, day, FOLDER / "day-sheet.webp")
    photograph_sheet(browser, sheets, day + 1, FOLDER / "day-back.webp")
    stops = page_of(sheets, "Karten der Halte")
    photograph_sheet(browser, sheets, stops, FOLDER / "stop-map.webp")
    photograph_sheet(browser, out / "notices.pdf", 1, FOLDER / "notice.webp")
    photograph(browser, space / "out" / "hotspots.html", FOLDER / "hotspots.webp", DESK)
    report = space / "out" / "coverage" / QUARTER
    photograph(browser, report / "map.html", FOLDER / "coverage-map.webp", DESK)
    photograph_sheet(browser, report / "coverage.pdf", 1, FOLDER / "report.webp")


def too_large(pictures: Sequence[Path]) -> list[str]:
    """Return what is wrong with the sizes of pictures."""
    sizes = {picture.name: picture.stat().st_size for picture in pictures}
    faults = [f"{name}: {size} bytes" for name, size in sizes.items() if size > MOST]
    return faults + [f"{sum(sizes.values())} bytes in all"] * (sum(sizes.values()) > MOST_IN_ALL)


def main() -> None:
    """Plan a week of Northeim, log made-up visits, and photograph what comes out."""
    # Beside this file, where tests find it.
    sys.path.append(str(Path(__file__).parent))
    from chromium import chromium, why_not

    if lacking := why_not():
        sys.exit(lacking)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        space = Path(name) / "northeim"
        # The plan first: it is that of the README, which knows no visit.
        tours("plan", "northeim", "-w", str(space), "--week", WEEK)
        visits = Path(name) / "visits.csv"
        visits.write_text(made_up_visits(space))
        tours("visit", "import", "--yes", "-w", str(space), str(visits))
        tours("hotspots", "--map", "-w", str(space))
        tours("coverage", "--quarter", QUARTER, "-w", str(space))
        with chromium(Path(name) / "profile") as browser:
            take(browser, space)
    for fault in too_large(sorted(FOLDER.iterdir())):
        print(fault)
    print(FOLDER)


if __name__ == "__main__":
    main()
