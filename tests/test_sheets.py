"""The sheets of a week: what stands on which page, and that nothing breaks them."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest
import shapely
from shapely.geometry import MultiLineString

from geodata.language import set_language
from geodata.network import NetworkSource
from maps import sheets, style
from maps.basemap import Basemap, Label
from maps.ground import lay_ground
from maps.lettering import printable
from maps.sheets import render_sheets
from tours.plan import Cancelled, Depot, Leg, Plan, Stop, Tour

MONDAY = dt.date(2026, 11, 23)
DEPOT = Depot("Betriebshof", 10.00, 51.70)
ESTIMATE = NetworkSource("estimate", "", "© Netz", 0.15, 0.4)
DOWNLOAD = NetworkSource("download", "2026-11-01", "© Netz")
NOTE = "Näherungsnetz"

HOSTILE = [
    "#import \"x.typ\": * #panic() #{1+1}",
    "*bold* _it_ $x^2$ `raw` ```c``` \\ @ref <lab> [[ // /* = + -",
    "<script>alert('1')</script> & &amp; ]]> ${x} {{y}}",
    "\"'; DROP TABLE; --",
    "😀 Treff 👩‍👩‍👧 عربي עברית 中文",
    "\u202eabc\u202c \u200b\u2066x\u2069",
    "Łódź Çeşme Đakovo Ærø ẞ ﬁ",
    "Zeile\neins\tzwei\x00\x07\r\n",
    "A" * 500,
    "Straße " * 72,
    "",
    " ",
]  # fmt: skip


def stop(number: int, *, name: str = "", hours: float = 14.0, **changes: object) -> Stop:
    start = int(hours * 3600) + number * 1500 + 300
    lon, lat = 10.0 + 0.012 * (number % 5), 51.70 + 0.008 * number
    plain = Stop(
        f"p{number}", name or f"Halt {number}", "bus_stop", "03155011", "Northeim", lon, lat,
        start - 300, start, start + 900, 125, True, (),
    )  # fmt: skip
    return replace(plain, **cast(dict[str, Any], changes))


def tour(day: int, stops: list[Stop]) -> Tour:
    points = [(DEPOT.lon, DEPOT.lat), *((s.lon, s.lat) for s in stops), (DEPOT.lon, DEPOT.lat)]
    legs = [Leg(300, 4200, (a, b)) for a, b in pairwise(points)]
    back = stops[-1].departure_s + 300 if stops else 50_400
    return Tour(
        f"t{day}", MONDAY + dt.timedelta(days=day), DEPOT, 50_400, 68_400, 50_400, back,
        tuple(stops), tuple(legs) if stops else (),
    )  # fmt: skip


def plan(*tours: Tour, **changes: object) -> Plan:
    plain = Plan(
        "BackUp", "Landkreis Northeim", "2026-W48",
        tours or (tour(0, [stop(0), stop(1), stop(2)]), tour(2, [stop(3)])),
        (), (), 612, 640, 1, DOWNLOAD, "© Grenzen", "0" * 8,
    )  # fmt: skip
    return replace(plain, **cast(dict[str, Any], changes))


def basemap(*, is_estimate: bool = False, name: str = "Northeim") -> Basemap:
    return Basemap(
        boundary=shapely.box(9.9, 51.6, 10.2, 51.9),
        borders=MultiLineString([[(10.05, 51.6), (10.05, 51.9)]]),
        labels=(Label(name, 10.0, 51.72, 29_440), Label("Kalefeld", 10.05, 51.8, 6_000)),
        roads={5: MultiLineString([[(9.9, 51.7), (10.2, 51.8)]])},
        is_estimate=is_estimate,
        attribution=("© Grenzen", "© Netz"),
    )


@dataclass(frozen=True)
class Page:
    """The words of a page without its blanks: a PDF does not say where a line is broken."""

    text: str

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

    def words(page: bytes) -> Iterator[str]:
        resources = objects[_number("Resources", page)]
        fonts = dict(re.findall(rb"/(f\d+) (\d+) 0 R", resources))
        content = re.sub(rb"/ActualText\(.*?\)>>", b">>", stream(_number("Contents", page)))
        for block in re.findall(rb"\bBT (.*?)\nET", content, re.DOTALL):
            font = re.search(rb"/(f\d+) [\d.]+ Tf", block)
            known = letters(int(fonts[font[1]])) if font else {}
            for codes in _strings(block):
                pairs = zip(codes[::2], codes[1::2], strict=True)
                yield "".join(known.get(256 * a + b, "") for a, b in pairs)

    kids = re.search(rb"/Type/Pages.*?/Kids\[(.*?)\]", pdf, re.DOTALL)
    order = [int(n) for n in re.findall(rb"(\d+) 0 R", kids[1] if kids else b"")]
    return [Page(re.sub(r"[\s\u200b]", "", "".join(words(objects[number])))) for number in order]


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


@pytest.fixture(autouse=True)
def _german() -> Iterator[None]:
    set_language("de")
    yield
    set_language("de")


@lru_cache
def usual() -> tuple[bytes, list[Page]]:
    pdf = render_sheets(plan(), basemap())
    return pdf, read_pdf(pdf)


def pages_of(some: Plan, *, crew: int = 2) -> list[Page]:
    return read_pdf(render_sheets(some, basemap(is_estimate=some.network.is_estimate), crew=crew))


def test_same_plan_same_bytes() -> None:
    assert render_sheets(plan(), basemap()) == usual()[0]


def test_date_of_the_file_is_the_monday_of_the_week() -> None:
    assert b"/CreationDate(D:20261123000000" in usual()[0]


def test_a_page_for_the_week_one_per_afternoon_and_one_for_two_stops() -> None:
    assert len(usual()[1]) == 1 + (1 + 2) + (1 + 1)


@pytest.mark.parametrize("count", [0, 1, 12, 20])
def test_no_number_of_stops_overflows_a_page(count: int) -> None:
    some = plan(tour(0, [stop(i) for i in range(count)]), network=ESTIMATE)
    found = pages_of(replace(some, cancelled=(Cancelled(MONDAY, "Feiertag"),)))
    assert len(found) == 1 + 1 + -(-count // 2)


@pytest.mark.parametrize("count", [1, 2, 4, 7])
def test_no_number_of_afternoons_overflows_the_week(count: int) -> None:
    tours = [tour(day, [stop(i) for i in range(2)]) for day in range(count)]
    assert len(pages_of(plan(*tours, network=ESTIMATE))) == 1 + 2 * count


def test_week_without_an_afternoon_is_one_page() -> None:
    empty = replace(plan(), tours=(), cancelled=(Cancelled(MONDAY, "Feiertag"),))
    (page,) = pages_of(empty)
    assert page.has("Entfällt: Montag, 23. November 2026 (Feiertag)")


def test_twelve_long_names_stand_on_the_day_sheet_in_full() -> None:
    names = [
        f"Gemeinschaftsschule Nord {i:02d}, Sportplatz hinter der Turnhalle" for i in range(12)
    ]
    assert min(map(len, names)) >= 60
    day = pages_of(plan(tour(0, [stop(i, name=n) for i, n in enumerate(names)]), network=ESTIMATE))
    assert [name for name in names if not day[1].has(name)] == []
    assert [name for name in names if not day[0].has(name)] == []


def test_fonts_are_only_lato() -> None:
    fonts = re.findall(rb"/BaseFont/([^\s/]+)", usual()[0])
    assert fonts
    assert all(re.fullmatch(rb"[A-Z]{6}\+Lato-(Regular|Bold|Black)", font) for font in fonts)


def test_file_is_tagged_and_says_its_language_and_title() -> None:
    pdf = usual()[0]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang(de)" in pdf
    assert "BackUp · Landkreis Northeim · KW 48/2026".encode() in pdf


def test_estimate_is_said_on_every_page() -> None:
    found = pages_of(plan(network=ESTIMATE))
    assert all(page.has(f"{NOTE}: Straßenverlauf und Fahrzeiten sind geschätzt") for page in found)


def test_error_of_the_estimate_is_said_in_percent() -> None:
    assert sheets.estimate_note(plan(network=ESTIMATE)) == (
        "Näherungsnetz: Straßenverlauf und Fahrzeiten sind geschätzt, "
        "typischer Fehler 15\xa0%, jede zehnte Fahrt über 40\xa0%."
    )


def test_real_roads_are_not_called_an_estimate() -> None:
    assert not any(page.has(NOTE) for page in usual()[1])


def test_foot_names_plan_credits_and_page() -> None:
    foot = f"BackUp · Landkreis Northeim · KW 48/2026 · Plan {plan().digest}"
    for number, page in enumerate(usual()[1], start=1):
        assert page.has(foot)
        assert page.has("© Grenzen · © Netz")
        assert page.has(f"Seite {number}/6")


def test_timetable_has_the_times_of_each_stop() -> None:
    first = stop(1)
    row = sheets._halts(tour(0, [stop(0), first]))[1]
    assert (row["arrival"], row["start"], row["end"]) == ("14:25", "14:30", "14:45")
    assert usual()[1][1].has("14:25" + "14:30" + "14:45")


def test_drive_is_the_difference_of_the_printed_times() -> None:
    # 14:20:50 to 14:25:10 is 4 min 20 s, but paper says 14:20 and 14:25.
    halts = [stop(0, departure_s=51_650), stop(1, arrival_s=51_910)]
    assert sheets._halts(tour(0, halts))[1]["drive"] == "5"


def test_short_drive_is_not_nothing() -> None:
    halts = [stop(0, departure_s=51_600), stop(1, arrival_s=51_640)]
    assert sheets._halts(tour(0, halts))[1]["drive"] == "1"


def test_day_sheet_says_date_departure_and_return() -> None:
    day = usual()[1][1]
    assert day.has("Montag, 23. November 2026")
    assert day.has("zurück am Depot: Betriebshof")
    assert day.has("16,8 km · 20 min Fahrzeit")


def test_map_says_its_scale_and_a_round_bar() -> None:
    page = sheets.day_page(plan(), lay_ground(basemap()), 0, crew=2)["map"]
    assert page["bar"]["part_mm"] == pytest.approx(page["bar"]["part_m"] * 1000 / page["scale"])
    assert page["scale_label"] == f"1 : {page['scale']:,}".replace(",", ".")
    assert usual()[1][1].has(page["scale_label"])


def test_scale_bar_counts_in_round_kilometres() -> None:
    assert sheets._finished({"bar": {"part_m": 2000}, "scale": 160_000}, "")["bar"]["labels"] == [
        "0", "2", "4 km",
    ]  # fmt: skip


@pytest.mark.parametrize("crew", [1, 2, 5])
def test_as_many_lines_as_the_bus_has_crew(crew: int) -> None:
    day = pages_of(plan(), crew=crew)[1]
    assert day.has(f"Team {crew}")
    assert not day.has(f"Team {crew + 1}")


def test_stop_map_says_where_and_how_to_get_there() -> None:
    page = usual()[1][2]
    assert page.has("51.70800, 10.01200")
    assert page.has("5 min · 4,2 km")
    assert page.has("von Betriebshof")
    assert page.has("von Halt 0")


@pytest.mark.parametrize("is_estimate", [False, True])
def test_stop_map_is_zoomed(is_estimate: bool) -> None:
    ground = lay_ground(basemap(is_estimate=is_estimate))
    panel = sheets.stop_pages(plan(), ground, 0)[0]["panels"][0]
    assert 10_000 <= panel["map"]["scale"] <= 25_000


def test_position_of_a_stop_opens_a_map_on_a_telephone() -> None:
    assert b"/URI(geo:51.70800,10.01200)" in usual()[0]


def test_stop_stands_in_the_middle_of_its_map() -> None:
    panel = sheets.stop_pages(plan(), lay_ground(basemap()), 0)[0]["panels"][0]
    pin = next(m for m in panel["map"]["markers"] if m["shape"] == "pin")
    tip = (pin["x"], pin["y"] + 2 * pin["radius_mm"])
    assert tip == pytest.approx((panel["map"]["width"] / 2, panel["map"]["height"] / 2), abs=0.01)


def test_assumed_values_are_named_where_they_are_used() -> None:
    halts = [stop(0, assumed=("hours",)), stop(1, assumed=("hours", "start_weight"))]
    found = pages_of(plan(tour(0, halts)))
    assert found[0].has("Bei 2 von 2 Halten sind Angaben angenommen")
    assert found[1].has("Angenommen, nicht geprüft: Öffnungszeiten (alle Halte); Startgewicht (2).")
    assert found[2].has("Öffnungszeiten, Startgewicht")


def test_nothing_assumed_nothing_said() -> None:
    assert not usual()[1][1].has("Angenommen")


def test_stop_that_is_not_public_is_marked() -> None:
    assert pages_of(plan(tour(0, [stop(0, is_public=False)])))[1].has("nicht öffentlich")


def test_proven_plan_is_called_optimal() -> None:
    assert sheets.quality(plan(bound=612))[0] == "bewiesen optimal"


def test_gap_is_rounded_up() -> None:
    # (640 - 612) / 640 is 4.375 %.
    assert sheets.quality(plan())[0] == "höchstens 4,4\xa0% unter dem Bestmöglichen"


def test_totals_of_the_week() -> None:
    found = usual()[1][0]
    # Six legs of 4,200 m and 5 min; four stops of 15 min and 1.25 contacts.
    for words in ("25,2 km", "30 min", "1 h 00 min", "5,0 erwartete Kontakte (Schätzung)"):
        assert found.has(words)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0 min"), (29, "0 min"), (3_570, "1 h 00 min"), (7_500, "2 h 05 min")],
)
def test_duration(seconds: int, shown: str) -> None:
    assert sheets.duration(seconds) == shown


def test_english_sheets() -> None:
    set_language("en")
    found = pages_of(plan(network=ESTIMATE))
    assert found[1].has("16.8 km · 20 min drive time")
    assert found[0].has("at most 4.4% below the best possible")
    assert all(page.has("Estimated network") for page in found)
    assert not any(page.has(NOTE) for page in found)


def test_every_word_is_translated() -> None:
    from geodata.language import _catalogue

    source = Path(sheets.__file__).read_text(encoding="utf-8")
    used = set(re.findall(r"""_\(\s*(["'])(.*?)\1\s*\)""", source))
    known = _catalogue("maps", "de")
    assert sorted(words for _quote, words in used if words not in known) == []


def test_colours_carry_white_text_and_shapes_differ() -> None:
    looks = [sheets._look(i) for i in range(3)]
    assert len({look["shape"] for look in looks}) == 3
    assert len({look["dash"] for look in looks}) == 3
    assert looks[0]["colour"] == style.AFTERNOONS[0].colour


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_a_person_typed_is_shown_as_text(typed: str) -> None:
    halts = [stop(0, name=typed, municipality=typed, place_id=typed, assumed=(typed, "hours"))]
    one = replace(tour(0, halts), depot=replace(DEPOT, name=typed))
    some = plan(
        one, service=typed, district=typed, cancelled=(Cancelled(MONDAY, typed),), network=ESTIMATE
    )
    pdf = render_sheets(some, replace(basemap(name=typed), attribution=(typed,)))
    found = read_pdf(pdf)
    assert len(found) == 3
    # Too long a text is shortened; its beginning is enough to see that it was not read as code.
    begin = printable(typed)[:40]
    assert all(page.has(begin) for page in found)
