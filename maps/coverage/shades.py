"""Service hours per 1000 young people as tones of a map, with the legend that explains them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.language import translator
from geodata.region import Region
from maps.choropleth import NOT_SERVED, NOTHING, SCALE, UNKNOWN, Shaded, Tone
from maps.lettering import printable
from tours.coverage.figure import Coverage, Figure, Row
from tours.coverage.reasons import reason_text
from tours.coverage.words import number_of

_ = translator("maps")

FIGURE = "hours_per_1000"
# The last class begins at so many times the mean.
MUCH = 1.5


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend.

    Attributes
    ----------
    tone : Tone
    label, about : str
    """

    tone: Tone
    label: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """Where one tone ends and the next begins.

    Attributes
    ----------
    breaks : tuple of float
        Lower bounds of all classes but the first, rising.
    abouts : tuple of str
        What each of them is.
    below : str
        What the first class is.
    """

    breaks: tuple[float, ...]
    abouts: tuple[str, ...]
    below: str

    @property
    def tones(self) -> tuple[Tone, ...]:
        """One per class, the light ones first."""
        return SCALE[: len(self.breaks) + 1] if self.breaks else ()

    def tone(self, value: float) -> Tone:
        """Return the tone of a value."""
        return self.tones[sum(value >= limit for limit in self.breaks)]


def sorted_rows(rows: Sequence[Row]) -> list[Row]:
    """Return rows by name, as a reader looks for them."""
    return sorted(rows, key=lambda row: (name_order(row.name), row.id))


def name_order(name: str) -> str:
    """Return by what a name is sorted: without marks on its letters."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in letters if unicodedata.category(char)[0] != "M")


def build_scale(coverage: Coverage) -> Scale:
    """Return the classes: they begin at the target, at the district's mean and at half more."""
    mean = coverage.district.figure(FIGURE).value
    targets = {row.figure(FIGURE).target for row in coverage.municipalities} - {None}
    target = max((t for t in targets if t is not None), default=None)
    starts: dict[float, str] = {}
    if mean:
        starts[mean] = _("from the district's mean")
    if target:
        starts[target] = _("from the target")
    if starts:
        starts.setdefault(MUCH * max(starts), "")
    breaks = tuple(sorted(starts))
    abouts = tuple(starts[limit] for limit in breaks)
    if breaks and not abouts[-1]:
        several = _("at least {n} times the mean") if breaks[-1] == MUCH * (mean or 0) else ""
        abouts = (*abouts[:-1], several.format(n=number_of(MUCH, "hours")))
    is_target_first = bool(breaks) and breaks[0] == target
    below = _("below the target") if is_target_first else _("below the district's mean")
    return Scale(breaks, abouts, below)


def tone_of(figure: Figure, scale: Scale) -> Tone:
    """Return the tone of a municipality's figure."""
    if figure.reason == "not_served":
        return NOT_SERVED
    if figure.value is not None and figure.value > 0 and scale.breaks:
        return scale.tone(figure.value)
    if figure.reason in ("no_visit", "no_hours", "") and not figure.value:
        return NOTHING
    return UNKNOWN


def shaded_municipalities(coverage: Coverage, region: Region) -> list[Shaded]:
    """Return the municipalities for the map, by name and numbered as in the table."""
    scale = build_scale(coverage)
    rows = sorted_rows(coverage.municipalities)
    shaded = []
    for number, row in enumerate(rows, start=1):
        figure, land = row.figure(FIGURE), region.municipalities[row.id]
        value = number_of(figure.value, figure.unit) if figure.value and scale.breaks else ""
        tone = tone_of(figure, scale)
        name = _map_name(row.name)
        shaded.append(Shaded(name, printable(value), str(number), tone, land.boundary, row.id))
    for ags in _without_rows(coverage, region):
        land = region.municipalities[ags]
        shaded.append(Shaded(_map_name(land.name), "", "", UNKNOWN, land.boundary, ags))
    return shaded


def _map_name(name: str) -> str:
    """Return a name as it stands on the map, without the district that goes without saying."""
    return re.sub(r" \((Landkreis|Kreis) .*\)$", "", printable(name)) or "–"


def _without_rows(coverage: Coverage, region: Region) -> list[str]:
    """Return the keys of the areas that have no figures: nobody lives there."""
    return [
        ags for ags in region.municipalities if ags not in {r.id for r in coverage.municipalities}
    ]


def legend(coverage: Coverage, region: Region) -> list[Key]:
    """Return what the tones mean: all classes, and of the others those that occur."""
    scale = build_scale(coverage)
    figures = [row.figure(FIGURE) for row in coverage.municipalities]

    def bound(value: float) -> str:
        return number_of(value, figures[0].unit)

    keys = []
    if scale.breaks:
        labels = [_("under {high}").format(high=bound(scale.breaks[0]))]
        labels += [
            _("{low} to under {high}").format(low=bound(low), high=bound(high))
            for low, high in zip(scale.breaks, scale.breaks[1:], strict=False)
        ]
        labels.append(_("{low} and more").format(low=bound(scale.breaks[-1])))
        abouts = (scale.below, *scale.abouts)
        keys = [Key(*key) for key in zip(scale.tones, labels, abouts, strict=True)]
    tones = {tone_of(figure, scale) for figure in figures}
    if NOTHING in tones:
        keys.append(Key(NOTHING, _("no visit")))
    if NOT_SERVED in tones:
        keys.append(Key(NOT_SERVED, reason_text("not_served")))
    blank = {figure.reason for figure in figures}
    if _without_rows(coverage, region):
        blank.add("no_population")
    for reason in ("no_population", "no_youth", "removed"):
        if reason in blank:
            keys.append(Key(UNKNOWN, reason_text(reason)))
    return keys
