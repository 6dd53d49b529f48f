"""Municipalities in tones: what is dark, what is hatched, and where names stand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
import shapely
from coverage_districts import named, region
from small_coverage import EAST, report

from maps.arealabels import Named, label_areas
from maps.choropleth import NOTHING, SCALE, UNKNOWN, Shaded, draw_choropleth, swatch
from maps.coverage.shades import build_scale, legend, shaded_municipalities, tone_of
from maps.placement import overlap
from tours.coverage.figure import Figure, Row


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_tones_grow_darker_and_can_be_told_apart_in_grey() -> None:
    for light, dark in pairwise(SCALE):
        assert luminance(light.fill) > luminance(dark.fill)
        assert contrast(light.fill, dark.fill) > 1.4


def test_words_can_be_read_on_every_tone() -> None:
    for tone in (*SCALE, NOTHING, UNKNOWN):
        assert contrast(tone.fill, tone.ink) >= 4.5


def test_classes_begin_at_target_mean_and_half_more() -> None:
    scale = build_scale(report().period)
    assert list(scale.breaks) == pytest.approx([31.4, 52.3, 78.45])
    assert [SCALE.index(scale.tone(v)) for v in (31.3, 31.4, 52.3, 78.5)] == [0, 1, 2, 3]


def test_without_a_mean_there_are_no_classes() -> None:
    plain = report().period
    none = Figure(name="hours_per_1000", reason="no_youth")

    def without(row_: Row) -> Row:
        figures = tuple(none if f.name == none.name else f for f in row_.figures)
        return replace(row_, figures=figures)

    coverage = replace(
        plain,
        municipalities=tuple(map(without, plain.municipalities)),
        district=without(plain.district),
    )
    assert build_scale(coverage).tones == ()
    assert [key.tone for key in legend(coverage, region())] == [UNKNOWN]
    assert {one.tone for one in shaded_municipalities(coverage, region())} == {UNKNOWN}


@pytest.mark.parametrize(
    "figure",
    [
        Figure(name="hours_per_1000", value=0.0, target=31.4),
        Figure(name="hours_per_1000", reason="no_visit"),
    ],
)
def test_no_visit_is_hatched_and_not_a_low_tone(figure: Figure) -> None:
    assert tone_of(figure, build_scale(report().period)) == NOTHING
    assert NOTHING.pattern == "hatch"
    assert swatch(NOTHING).count("<path") > swatch(SCALE[0]).count("<path")


def test_map_numbers_municipalities_as_their_table_does() -> None:
    some, land = named(["Öhe", "Zell", "Ahausen"])
    shaded = shaded_municipalities(some.period, land)
    assert [(one.name, one.number) for one in shaded] == [
        ("Ahausen", "1"),
        ("Öhe", "2"),
        ("Zell", "3"),
    ]


def test_land_without_figures_is_on_the_map_and_in_the_legend() -> None:
    plain = report().period
    without = replace(plain, municipalities=plain.municipalities[:1])
    assert [one.tone for one in shaded_municipalities(without, region())][-1] == UNKNOWN
    assert legend(without, region())[-1].label == "unbewohnt"
    assert legend(plain, region())[-1].label != "unbewohnt"


def test_drawing_has_one_shape_per_area_and_no_word() -> None:
    land = region()
    areas = [
        Shaded(f"N{k}", "1,5", str(k), SCALE[k], m.boundary)
        for k, m in enumerate(land.municipalities.values())
    ]
    drawing = draw_choropleth(areas, 120, 80)
    assert len(drawing.fills) == len(areas)
    assert "<text" not in drawing.svg
    assert land.municipalities[EAST].name not in drawing.svg


def box(left: float, width: float, height: float = 20.0) -> shapely.Geometry:
    return shapely.box(left, 0, left + width, height)


def test_name_with_room_stands_inside_in_the_largest_letters() -> None:
    (label,) = label_areas([Named(box(0, 40), "Northeim", "5,1", "1")])
    assert (label.lines, label.size_pt, label.is_inside) == (("Northeim", "5,1"), 8.0, True)
    assert shapely.box(*label.box).within(box(0, 40))


def test_long_name_is_broken_before_it_is_set_small() -> None:
    (label,) = label_areas([Named(box(0, 19), "Katlenburg-Lindau", "", "1")])
    assert label.lines == ("Katlenburg-", "Lindau")
    assert label.size_pt == 8.0


def test_name_with_too_little_room_reaches_over_the_border() -> None:
    (label,) = label_areas([Named(box(0, 10), "Landesbergen", "", "1")])
    assert (label.lines, label.is_inside) == (("Landesbergen",), False)


def test_name_without_room_becomes_its_number() -> None:
    (label,) = label_areas([Named(box(0, 4, 4), "Gemeinde Landesbergen", "5,1", "17")])
    assert (label.lines, label.is_number) == (("17",), True)


def test_words_of_small_areas_do_not_overlap() -> None:
    areas = [Named(box(8 * k, 8, 6), f"Hoyershausen {k}", "5,1", str(k)) for k in range(12)]
    labels = label_areas(areas)
    assert not any(
        overlap(one.box, other.box) for k, one in enumerate(labels) for other in labels[:k]
    )
