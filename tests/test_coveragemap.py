"""Coverage as a map on the screen: what the page holds, and that no name can break it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from coverage_districts import named, region
from sheet_examples import HOSTILE, basemap
from small_coverage import report

from geodata.language import speaking
from maps.choropleth import NOTHING, SCALE
from maps.coverage.webmap import render_coveragemap


def data_of(page: str) -> Any:  # noqa: ANN401 - whatever the page holds
    found = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_same_report_same_map() -> None:
    one, other = (render_coveragemap(report(), region(), basemap()) for _k in range(2))
    assert one == other


def test_map_loads_nothing() -> None:
    page = render_coveragemap(report(), region(), basemap())
    assert "default-src 'none'; img-src data:;" in page
    assert not re.search(r"<(?:link|img|iframe)\b|<script[^>]* src=", page)


def test_each_municipality_has_its_tone_value_and_figures() -> None:
    data = data_of(render_coveragemap(report(), region(), basemap()))
    west, east = sorted(data["areas"], key=lambda area: str(area["at"]))
    assert {area["name"] for area in data["areas"]} == {"Westdorf", "Ostdorf <b>"}
    assert (west["value"], west["fill"], west["pattern"]) == ("52,3", SCALE[2].fill, "")
    assert west["rings"] != east["rings"]
    figures = dict(west["rows"])
    assert figures["Pünktliche Ankünfte"].replace("\xa0", " ") == "81 % statt mind. 85 %"


def test_hidden_contacts_are_not_in_the_page() -> None:
    data = data_of(render_coveragemap(report(), region(), basemap()))
    west = next(area for area in data["areas"] if area["name"] == "Westdorf")
    assert dict(west["rows"])["Kontakte"] == "verborgen: kleine Zahlen"


def test_no_visit_is_hatched() -> None:
    some, land = named(["A", "B", "C"])
    data = data_of(render_coveragemap(some, land, basemap()))
    assert [area["pattern"] for area in data["areas"]] == ["", "", "hatch"]
    assert NOTHING.pattern in {key["pattern"] for key in data["keys"]}


def test_english_map() -> None:
    with speaking("en"):
        data = data_of(render_coveragemap(report(), region(), basemap()))
    assert data["title"]["facts"] == "5 of 10 targets reached."
    assert data["text"]["times"] == "Municipalities"


def test_what_a_person_typed_stays_data() -> None:
    some, land = named([text or "–" for text in HOSTILE])
    odd = replace(some, service=HOSTILE[2], district=HOSTILE[0], attribution=HOSTILE[2])
    page = render_coveragemap(odd, land, basemap(name=HOSTILE[2]))
    assert "<script>alert" not in page
    assert data_of(page)["title"]["service"] == HOSTILE[2]
    assert page.count("<script") == render_coveragemap(report(), region(), basemap()).count(
        "<script"
    )
