"""Make the README's pictures: ``python -m tests.pictures``; needs chromium and pdftoppm."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".readme"
WEEK = "2026-W48"


def photograph(page: Path, picture: Path, width: int, height: int, scale: float = 1) -> None:
    """Take a picture of an HTML file as a browser shows it."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                *("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"),
                *("--disable-background-networking", "--disable-component-update"),
                *("--disable-sync", "--hide-scrollbars", f"--user-data-dir={profile}"),
                *(f"--window-size={width},{height}", f"--force-device-scale-factor={scale}"),
                *("--virtual-time-budget=3000", f"--screenshot={picture}", page.as_uri()),
            ],
            check=True,
            capture_output=True,
        )


def print_page(document: Path, number: int, picture: Path) -> None:
    """Turn one page of a PDF into a picture."""
    subprocess.run(
        [
            *("pdftoppm", "-png", "-r", "72", "-singlefile"),
            *("-f", str(number), "-l", str(number), str(document), str(picture.with_suffix(""))),
        ],
        check=True,
    )


def main() -> None:
    """Plan a week of Northeim and photograph what comes out."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        space = Path(name) / "northeim"
        subprocess.run(
            [
                *(sys.executable, "-m", "tours", "--lang", "de"),
                *("plan", "northeim", "-w", str(space), "--week", WEEK),
            ],
            check=True,
            cwd=ROOT,
        )
        out = space / "out" / WEEK
        photograph(out / "map.html", FOLDER / "map.png", 1280, 850)
        photograph(out / "map.html", FOLDER / "phone.png", 500, 900)
        print_page(out / "sheets.pdf", 2, FOLDER / "day-sheet.png")
        # Between them is the back of the day sheet.
        print_page(out / "sheets.pdf", 4, FOLDER / "stop-map.png")
        print_page(out / "notices.pdf", 1, FOLDER / "notice.png")
    print(FOLDER)


if __name__ == "__main__":
    main()
