"""The coverage report as a page: it loads nothing, says what the paper says, and breaks nowhere."""

from __future__ import annotations

import html
from dataclasses import replace
from functools import lru_cache
from html.parser import HTMLParser

from coverage_districts import named, region
from sheet_examples import HOSTILE
from small_coverage import report

from geodata.language import speaking
from maps.coverage.document import build_document
from maps.coverage.page import render_coverage_page

# Elements that end themselves.
VOID = {"meta", "col"}


@lru_cache
def usual() -> str:
    return render_coverage_page(report(), region())


class Outline(HTMLParser):
    """The elements of a page; every one has to be closed by its own end."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that begins."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that ends itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the last element."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note words."""
        if self.open and self.open[-1] not in ("style", "title"):
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of all elements of a kind."""
        return [attrs for name, attrs in self.tags if name == tag]


def words_of(page: str) -> str:
    return " ".join(" ".join(Outline(page).words).split())


def test_same_report_same_page() -> None:
    assert render_coverage_page(report(), region()) == usual()


def test_page_loads_nothing_and_runs_nothing() -> None:
    outline = Outline(usual())
    policy = next(a for a in outline.all("meta") if "http-equiv" in a)["content"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    names = {tag for tag, _attrs in outline.tags}
    assert names & {"script", "link", "img", "iframe", "form", "object"} == set()
    assert all(str(attrs["href"]).startswith("#") for attrs in outline.all("a"))
    assert not any({"src", "srcset", "data"} & attrs.keys() for _tag, attrs in outline.tags)
    assert "url(" not in usual()
    assert "@import" not in usual()


def test_every_element_is_closed() -> None:
    assert Outline(usual()).open == []


def test_ids_are_unique_and_references_lead_somewhere() -> None:
    outline = Outline(usual())
    ids = [attrs["id"] for _tag, attrs in outline.tags if attrs.get("id")]
    assert len(ids) == len(set(ids))
    references = {a["href"] for a in outline.all("a")}
    references |= {f"#{a['aria-labelledby']}" for _t, a in outline.tags if a.get("aria-labelledby")}
    assert references <= {f"#{one}" for one in ids}


def test_every_table_has_a_caption_and_heads_with_a_scope() -> None:
    outline = Outline(usual())
    assert len(outline.all("caption")) == len(outline.all("table")) > 5
    assert {attrs.get("scope") for attrs in outline.all("th")} == {"col", "row"}


def test_page_says_what_the_document_says() -> None:
    document, words = build_document(report(), region()), words_of(usual())
    said = [document.title, document.about, document.headline, document.scorecard.title]
    said += [one.text for one in document.sentences]
    said += [one.text for one in (*document.privacy, *document.definitions)]
    assert [text for text in said if " ".join(text.split()) not in words] == []


def test_signs_are_said_in_words() -> None:
    words = words_of(usual())
    assert "Ziel nicht erreicht: 81" in words
    assert "• verborgen: kleine Zahlen" in words


def test_language_of_the_page() -> None:
    with speaking("en"):
        page = render_coverage_page(report(), region())
    assert '<html lang="en">' in page
    assert "5 of 10 targets reached" in page
    assert "Gemeinde" not in page


def test_map_says_the_value_of_each_municipality() -> None:
    assert "<title>Ostdorf &lt;b&gt;: 52,3</title>" in usual()


def test_what_a_person_typed_is_shown_as_text() -> None:
    long, land = named([text or "–" for text in HOSTILE])
    plain, plain_land = named([f"Ort {k}" for k in range(len(HOSTILE))])
    odd = replace(long, service=HOSTILE[2], district=HOSTILE[0], attribution=HOSTILE[2])
    page = render_coverage_page(odd, land)
    outline = Outline(page)
    # No other elements and attributes than a page with harmless names.
    usual_page = Outline(render_coverage_page(plain, plain_land))
    assert {tag for tag, _a in outline.tags} == {tag for tag, _a in usual_page.tags}
    assert {name for _t, a in outline.tags for name in a} == {
        name for _t, a in usual_page.tags for name in a
    }
    words = words_of(page)
    for text in HOSTILE:
        visible = "".join(c if c.isprintable() else " " for c in text)
        assert " ".join(visible.split())[:60] in words
    assert html.escape("<script>alert('1')</script>", quote=False) in page.replace("&#39;", "'")
    assert "\u202e" not in page
    assert "\x00" not in page
