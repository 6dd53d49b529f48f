"""Every file of a workspace, broken in every way: each command ends with sentences in German."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from commandline import Run
from conftest import EAST, REGION_TOML, WEST

from geodata.places import Place, render_places
from geodata.region import Region
from geodata.regionfiles import render_district
from tours.newworkspace import write_workspace
from tours.plan import Plan, render_plan

YOUTH = "age_from,age_to,persons\n0,14,1000\n14,22,1000\n22,,2000\n"
PLACES = (
    Place(id="markt", name="Ostdorf, Markt", kind="square", lon=10.13, lat=52.03, ags=EAST),
    Place(id="kirche", name="Westdorf, Kirche", kind="square", lon=10.02, lat=52.02, ags=WEST),
)
LISTS = {
    "appointments.csv": "id,date,start,minutes,place\nt1,2026-11-17,15:00,30,markt\n",
    "stock.csv": "id,name,min,target\ntea,Tee,2,5\n",
    "stock_log.csv": "date,item,change,number,logged_at\n2026-11-17,tea,count,3,\n",
    "partners.csv": "name,role,phone,hours\nAmt,Dienst,0555 12345,24/7\n",
    "crew.csv": "name,role,weekday\nAB,Fachkraft,Di\nCD,Fahrdienst,Di\n",
    "proposals.csv": "decision,id,name,kind,lon,lat\nja,neu,Neu,park,10.05,52.05\n",
    "district/youth.csv": YOUTH,
    "region.toml": REGION_TOML,
}
# By the file, what reads it; all else is read by one of these, too.
READERS = {
    "appointments.csv": ("crew check", "places check"),
    "stock.csv": ("stock list", "stock use tea=1"),
    "stock_log.csv": ("stock list", "stock count tea=1"),
    "partners.csv": ("partners check",),
    "crew.csv": ("crew check",),
    "proposals.csv": ("places accept", "places refuse neu"),
    "plans/2026-W47.json": ("show", "visit list --planned"),
    "visits.db": ("visit list", "visit correct 1 --met 2"),
    "reports/2026-Q3.json": ("coverage verify",),
    "region.toml": ("places check", "network status"),
    "places.csv": ("places list", "places refuse neu"),
}
USUAL = ("places check", "privacy")


def _cut(path: Path, rng: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: rng.randrange(len(data))])


def _nul(path: Path, rng: random.Random) -> None:
    data = path.read_bytes()
    at = rng.randrange(len(data))
    path.write_bytes(data[:at] + b"\0" + data[at:])


def _flip(path: Path, rng: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _time in range(5):
        data[rng.randrange(len(data))] = rng.randrange(256)
    path.write_bytes(bytes(data))


def _utf16(path: Path, _rng: random.Random) -> None:
    path.write_bytes(path.read_bytes().decode("latin-1").encode("utf-16"))


def _folder(path: Path, _rng: random.Random) -> None:
    path.unlink()
    path.mkdir()


def _circle(path: Path, _rng: random.Random) -> None:
    path.unlink()
    path.symlink_to(path.name)


WAYS: dict[str, Callable[[Path, random.Random], object]] = {
    "cut": _cut,
    "nul": _nul,
    "flip": _flip,
    "utf16": _utf16,
    "folder": _folder,
    "circle": _circle,
    "empty": lambda path, _rng: path.write_bytes(b""),
    "garbage": lambda path, rng: path.write_bytes(rng.randbytes(300)),
    "line": lambda path, _rng: path.write_bytes(b"x" * 300_000),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, region: Region, plan: Plan) -> Path:
    """Return a workspace with a file of every kind but roads."""
    district = render_district(region_without_ages(region), "Serviette", "2026-11-01", 0)
    files = {f"district/{name}": content for name, content in district.items()}
    files |= {name: text.encode() for name, text in LISTS.items()}
    files |= {
        "places.csv": render_places(PLACES).encode(),
        "plans/2026-W47.json": render_plan(plan).encode(),
        "reports/2026-Q3.json": b'{"format": 1}',
    }
    return write_workspace(files, tmp_path_factory.mktemp("whole") / "serviette").folder


def region_without_ages(region: Region) -> Region:
    return Region(region.municipalities, region.stops, (), region.attribution)


@pytest.fixture
def broken(whole: Path, tmp_path: Path, run: Run) -> Callable[[str, str, random.Random], Path]:
    """Return what makes a workspace in which one file is broken in one way."""
    logged = ("--date", "2026-11-17", "--arrival", "15:00", "--departure", "15:30", "--met", "1")
    if not (whole / "visits.db").exists():
        assert run("visit", "log", "--place", "markt", *logged, "-w", whole)[0] == 0

    def make(name: str, way: str, rng: random.Random) -> Path:
        folder = tmp_path / "broken"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        WAYS[way](folder / name, rng)
        return folder

    return make


@pytest.mark.parametrize("way", WAYS)
def test_a_broken_file_ends_in_sentences(
    way: str, broken: Callable[[str, str, random.Random], Path], whole: Path, run: Run
) -> None:
    rng = random.Random(f"broken {way}")
    names = sorted(
        str(path.relative_to(whole))
        for path in whole.rglob("*.*")
        if path.is_file() and path.suffix in (".csv", ".toml", ".json", ".db", ".geojson", ".md")
    )
    assert set(READERS) <= set(names)
    for name in names:
        command = rng.choice(READERS.get(name, USUAL))
        code, _out, err = run(*command.split(), "-w", broken(name, way, rng))
        told = [line for line in err.splitlines() if not line.startswith("Hinweis: ")]
        assert code in (0, 1), (name, command)
        assert all(line.startswith(("Fehler: ", "Warnung: ")) for line in told), (name, err)
        assert code == 0 or told, (name, command)
        assert all(len(line) < 1_600 for line in told), (name, command)
        english = ("Expecting", "codec", "NoneType", "object", "Errno", "Traceback")
        assert not any(word in err for word in english), (name, err)
