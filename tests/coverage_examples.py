"""Coverage reports of built-in districts with made-up figures, for tests of what goes to paper."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from functools import lru_cache

from geodata.region import Region, built_in_folder, load_region
from small_coverage import report as small_report
from tours.coverage import (
    SCORECARD,
    UNITS,
    CountTable,
    Coverage,
    CoverageReport,
    Figure,
    FunderCost,
    Hidden,
    Row,
    ScorecardGroup,
)

NAMES = {"northeim": ("BackUp", "Landkreis Northeim"), "peine": ("Peine Mobil", "Landkreis Peine"), "nienburg": ("Streetwork", "Landkreis Nienburg/Weser"), "dueren": ("Mobile Jugendarbeit", "Kreis Düren")}
AGES = (14, 21)


@lru_cache
def district(name: str) -> Region:
    return load_region(built_in_folder(name))


def _figures(rng, hours, youth, weeks, *, mean, district=False, contacts=None):
    if not hours:
        return tuple(Figure(name=n, value=0, target=0.6 * mean if n == "hours_per_1000" else None, is_estimate=n == "hours_per_1000") if n in ("service_hours", "visits", "hours_per_1000") else Figure(name=n, reason="not_here" if n in ("share_new", "equity", "cost_per_hour") else "no_visit") for n in UNITS)
    per = 1000 * hours / youth
    reach = rng.uniform(0.2, 0.55)
    best = reach + rng.uniform(0.02, 0.2)
    if contacts is None:
        contacts = round(hours * rng.uniform(0.4, 2.2))
    rate = contacts / hours
    half = 1.28 * (2 / max(contacts, 1)) ** 0.5
    hidden = not district and contacts < 3
    v = {
        "service_hours": Figure(name="service_hours", value=hours, trend=rng.choice(["flat", "up", None])),
        "visits": Figure(name="visits", value=round(hours / 0.8)),
        "hours_per_1000": Figure(name="hours_per_1000", value=per, target=None if district else 0.6 * mean, is_estimate=True, trend="flat"),
        "reach": Figure(name="reach", value=reach, target=0.8 * best, best=best, is_estimate=True, notes=("walks_estimated",)),
        "access": Figure(name="access", value=rng.uniform(0.3, 4), is_estimate=True),
        "longest_gap": Figure(name="longest_gap", value=rng.choice([1.0, 2.0, 2.4, 3.0, 6.1]), target=4, is_ceiling=True),
        "kept": Figure(name="kept", value=rng.uniform(0.84, 1), target=0.9, notes=("open_stops",)),
        "punctual": Figure(name="punctual", value=rng.uniform(0.7, 1), target=0.85, trend=rng.choice(["up", "flat", "down"])),
        "contacts": Figure(name="contacts", reason="hidden") if hidden else Figure(name="contacts", value=contacts),
        "contacts_per_hour": Figure(name="contacts_per_hour", reason="hidden") if hidden else Figure(name="contacts_per_hour", value=rate, low=rate * (1 - half), high=rate * (1 + half), trend=rng.choice(["up", "flat", "flat"])),
        "share_new": Figure(name="share_new", value=rng.uniform(0.2, 0.5), trend="flat") if district else Figure(name="share_new", reason="not_here"),
        "exploration": Figure(name="exploration", value=rng.choice([0.5, 0.75, 1, 0.83]), target=1.0),
        "equity": Figure(name="equity", value=0.34, target=0.3, is_ceiling=True, is_estimate=True) if district else Figure(name="equity", reason="not_here"),
        "cost_per_hour": Figure(name="cost_per_hour", value=415.0, target=390.0, is_ceiling=True, trend="flat") if district else Figure(name="cost_per_hour", reason="not_here"),
        "completeness": Figure(name="completeness", value=rng.uniform(0.9, 1), target=0.95),
    }
    return tuple(v[n] for n in UNITS)


def coverage(name, period, *, seed, weeks):
    rng = random.Random(seed)
    region = district(name)
    rows, total, people = [], 0.0, 0
    hours = {}
    for ags, m in region.municipalities.items():
        youth = region.estimated_youth(ags, AGES) or 0
        h = 0 if rng.random() < 0.15 else round(youth / 1000 * weeks * rng.lognormvariate(0, 0.6), 1)
        hours[ags] = (h, youth)
    total = sum(h for h, y in hours.values())
    people = sum(y for h, y in hours.values())
    mean = 1000 * total / people
    for ags, m in region.municipalities.items():
        h, youth = hours[ags]
        if not m.population:
            figs = tuple(Figure(name=n, reason="no_population") for n in UNITS)
            rows.append(Row(ags, m.name, "municipality", None, figs))
            continue
        if m.name == "Düren":
            figs = tuple(Figure(name=n, reason="not_served") for n in UNITS)
            rows.append(Row(ags, m.name, "municipality", youth, figs))
            continue
        contacts = rng.choice([1, 2]) if 0 < h < 3 else None
        rows.append(Row(ags, m.name, "municipality", youth, _figures(rng, h, youth, weeks, mean=mean, contacts=contacts)))
    area_rows = []
    keys = list(region.municipalities)
    n = 4
    for k in range(n):
        mine = keys[k::n]
        h, y = sum(hours[a][0] for a in mine), sum(hours[a][1] for a in mine)
        figs = list(_figures(rng, h, y, weeks, mean=mean))
        figs[tuple(UNITS).index("share_new")] = Figure(name="share_new", value=rng.uniform(0.2, 0.4))
        area_rows.append(Row(f"Gebiet {k + 1}", ["Stadt Northeim und Umland", "Solling und Weser", "Leinetal", "Einbeck, Dassel und Bad Gandersheim"][k], "focus" if k < 3 else "funding", y, tuple(figs)))
    return Coverage(period, tuple(rows), tuple(area_rows), Row("d", NAMES[name][1], "district", people, _figures(rng, total, people, weeks, mean=mean, district=True)))


def report(name="northeim", *, seed=7, frozen=True) -> CoverageReport:
    base = small_report(is_frozen=frozen)
    rng = random.Random(seed)
    quarter = coverage(name, base.period.period, seed=seed, weeks=13)
    year = coverage(name, base.year.period, seed=seed + 1, weeks=52)
    rows = [r for r in quarter.municipalities if r.figure("contacts").value]
    counts = []
    for r in rows:
        total = int(r.figure("contacts").value)
        a = rng.randint(0, total)
        b = rng.randint(0, total - a)
        counts.append(tuple(None if 0 < c < 3 else c for c in (a, b, total - a - b)))
    table = CountTable("contacts", base.tables[0].months, (*(r.id for r in rows), ""), (*counts, (0, None, None)), (*(int(r.figure("contacts").value) for r in rows), None), (121, 98, 140), 359)
    cost = lambda value, target=None: Figure(name="cost_per_hour", value=value, target=target, is_ceiling=True)
    return replace(
        base,
        service=NAMES[name][0],
        district=NAMES[name][1],
        period=quarter,
        year=year,
        scorecard=tuple(
            ScorecardGroup(g, tuple(quarter.district.figure(f) for f in names), tuple(year.district.figure(f) for f in names))
            for g, names in SCORECARD.items()
        ),
        costs=(
            FunderCost(NAMES[name][1], (), 0.6, 60_000.0, 300.0, 15_123.29, 79.2, cost(190.9, 200.0), 59_835.6, 310.0, cost(193.0, 200.0)),
            FunderCost("Land Niedersachsen, Richtlinie Jugendsozialarbeit", ("Solling und Weser", "Leinetal"), None, 45_000.0, 200.0, 11_342.4, 41.0, cost(276.6, 225.0), 44_876.0, 188.0, cost(238.7, 225.0)),
            FunderCost("Bürgerstiftung", (), 0.1, 5_000.0, None, 1_260.3, 13.2, cost(95.5), 4_986.0, 51.7, cost(96.4)),
        ),
        tables=(table, replace(table, name="new")),
        hidden=Hidden(3, 6, 9, tuple(r.id for r in quarter.municipalities if r.figure("contacts").reason == "hidden")),
        attribution=district(name).attribution,
    )
