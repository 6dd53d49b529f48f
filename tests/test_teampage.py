"""The back of a day sheet: who is called first, who is open, what is packed, and no overflow."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from pdf_words import Page, read_pdf
from sheet_examples import ESTIMATE, HOSTILE, MONDAY, basemap, plan, stop, tour
from team_examples import appointment, appointment_stop, full_team, item, partner

from maps.ground import lay_ground
from maps.lettering import printable
from maps.paper import A4, Part
from maps.sheets import render_sheets
from maps.teampage import open_note, team_pages
from tours.plan import Plan
from tours.team.crewrules import CrewRules
from tours.team.day import Contact, Team, TeamDay, team_day, team_days
from tours.team.stocklog import Entry

HOUR = 3600


def week(count: int = 12) -> Plan:
    """Return an afternoon of stops, the second of which is an appointment."""
    halts = [appointment_stop(i) if i == 1 else stop(i) for i in range(count)]
    return plan(tour(0, halts), network=ESTIMATE)


def pages(team: Team, some: Plan | None = None, *, crew: int = 3) -> list[Page]:
    """Return the pages from the day sheet on, less the week's: it, its back, the stops."""
    some = some or week()
    days = team_days(team, some)
    return read_pdf(render_sheets(some, basemap(is_estimate=True), crew=crew, days=days))[2:]


def tables(team: Team, some: Plan | None = None) -> list[Part]:
    """Return the lists on the back of a day sheet, by default of one without an appointment."""
    some = some or plan(tour(0, [stop(0)]))
    day = team_day(team, some.tours[0])
    made = team_pages(some, lay_ground(basemap()), 0, day)
    *lists, _log = [table for page in made for table in page["tables"]]
    return lists


def texts(table: Part) -> list[list[str]]:
    return [[cell["text"] for cell in row["cells"]] for row in table["rows"]]


def test_full_lists_stand_on_one_page_in_full() -> None:
    team = full_team()
    front, back, log, *stops = pages(team)
    assert len(stops) == 7
    assert log.has("Wenn es anders kam")
    assert front.has("Anna Beispielname-Langenfeld (Fachkraft)")
    assert [p.name for p in team.partners if not back.has(p.name)] == []
    assert [i.name for i in team.items if not back.has(i.name)] == []


def test_the_two_numbers_that_everybody_knows_stand_on_both_sides() -> None:
    for page in pages(Team())[:2]:
        assert page.has("Feuerwehr, Rettungsdienst")
        assert page.has("112")
        assert page.has("Polizei")
        assert page.has("110")


def test_an_afternoon_without_stops_has_no_back() -> None:
    assert len(pages(full_team(), plan(tour(0, [])))) == 1


@pytest.mark.parametrize("rows", [1, 40])
def test_however_long_the_lists_no_page_overflows(rows: int) -> None:
    team = full_team(partners=rows, items=rows)
    some = week(2)
    made = team_pages(some, lay_ground(basemap()), 0, team_day(team, some.tours[0]))
    assert len(pages(team, some)) == 1 + len(made) + 1 + len(made) % 2
    for page in made:
        used = 11 + 4 + 8 + (14 + 4) * bool(page["calls"])
        used += sum(7 + 5.5 + t["row_mm"] * len(t["rows"]) for t in page["tables"])
        used += (7 + page["line_mm"] * page["lines"]) * bool(page["lines"])
        parts = len(page["tables"]) + bool(page["lines"])
        assert used + 4 * (parts - 1) <= A4.height_mm + 1e-6


def test_each_row_of_a_long_list_stands_on_one_page_once() -> None:
    found = tables(full_team(partners=40, items=40))
    shown = [row[0] for table in found for row in texts(table)]
    assert sum(name.startswith("Rettungsdecken") for name in shown) == 40
    assert "Packliste (Fortsetzung)" in [table["title"] for table in found]


def test_emergency_numbers_come_first() -> None:
    team = Team(partners=(partner(1), partner(2, is_emergency=True)))
    assert [table["title"] for table in tables(team)] == [
        "Notfallnummern",
        "Partner während der Tour",
    ]


def test_112_is_not_printed_a_second_time() -> None:
    assert tables(Team(partners=(partner(1, dial="112", is_emergency=True),))) == []


@pytest.mark.parametrize(
    ("keys", "is_there"), [(set(), True), ({"03155011"}, True), ({"03155012"}, False)]
)
def test_partners_belong_to_the_municipalities_of_the_tour(keys: set[str], is_there: bool) -> None:
    team = Team(partners=(partner(1, municipalities=frozenset(keys)),))
    assert bool(tables(team)) == is_there


def test_partners_that_are_closed_are_counted_and_not_named() -> None:
    (table,) = tables(Team(partners=(partner(1), partner(2, hours="Sa 10:00-12:00"))))
    assert len(table["rows"]) == 1
    assert table["about"] == "1 weitere sind zur Tourzeit geschlossen"


def test_an_emergency_number_that_is_closed_says_so() -> None:
    (table,) = tables(Team(partners=(partner(1, is_emergency=True, hours="Sa 10:00-12:00"),)))
    assert texts(table)[0][2] == "zur Tourzeit geschlossen"


@pytest.mark.parametrize(
    ("open_s", "words"),
    [
        (None, "Zeiten unbekannt"),
        (((0, 24 * HOUR),), "ganztägig"),
        (((8 * HOUR, 16 * HOUR),), "bis 16:00"),
        (((16 * HOUR, 18 * HOUR),), "16:00–18:00"),
        (((8 * HOUR, 15 * HOUR), (17 * HOUR, 24 * HOUR)), "bis 15:00, 17:00–24:00"),
    ],
)
def test_until_when_a_partner_is_open(
    open_s: tuple[tuple[int, int], ...] | None, words: str
) -> None:
    # The bus leaves at 14:00.
    assert open_note(Contact(partner(1), open_s), tour(0, [stop(0)])) == words


def test_a_number_on_the_sheet_can_be_tapped() -> None:
    some = week(1)
    days = team_days(Team(partners=(partner(1),)), some)
    assert b"/URI(tel:055511201)" in render_sheets(some, basemap(), days=days)


def test_the_language_of_an_appointment_stands_on_both_sides() -> None:
    front, back, *_more = pages(full_team())
    assert front.has("Sprache: Arabisch – Dolmetschen klären")
    assert back.has("unbestätigt · Sprache: Arabisch – Dolmetschen klären")


def test_who_asked_for_an_appointment_and_why_is_printed_unless_it_is_private() -> None:
    shown = []
    for is_private in (False, True):
        (table,) = tables(Team(appointments=(appointment(is_private=is_private),)), week(2))
        shown.append(texts(table)[0][3])
    assert shown == ["Allgemeiner Sozialer Dienst · Begleitung zum Amt", ""]


def test_an_appointment_that_left_the_list_is_still_there() -> None:
    (table,) = tables(Team(), week(2))
    assert texts(table)[0][:2] == ["2", "Familie"]


@pytest.mark.parametrize(
    ("entries", "level", "pack"),
    [
        ((), "nicht gezählt", ""),
        ((("count", 3),), "3", "9"),
        ((("count", 1),), "1, unter 2", "11"),
        ((("count", 12),), "12", "–"),
        ((("count", 1), ("use", 2)), "0, neu zählen", "12"),
    ],
)
def test_what_is_packed_is_what_the_target_lacks(
    entries: tuple[tuple[str, int], ...], level: str, pack: str
) -> None:
    logged = tuple(Entry(MONDAY, "i1", *entry) for entry in entries)
    (table,) = tables(Team(items=(item(1),), entries=logged))
    assert texts(table)[0][1:4] == ["12", level, pack]
    assert [cell["box"] for cell in table["rows"][0]["cells"]][-2:] == [True, True]


@pytest.mark.parametrize(
    ("entries", "more"),
    [
        ((), ""),
        ((("use", 12),), "seit Beginn 12 verbraucht"),
        ((("add", 5),), "seit Beginn 5 aufgefüllt"),
        ((("use", 12), ("add", 5)), "12 verbraucht, 5 aufgefüllt"),
        ((("use", 12), ("count", 5)), ""),
    ],
)
def test_what_was_used_before_the_first_count_stands_below_the_level(
    entries: tuple[tuple[str, int], ...], more: str
) -> None:
    logged = tuple(Entry(MONDAY, "i1", *entry) for entry in entries)
    (table,) = tables(Team(items=(item(1),), entries=logged))
    assert table["rows"][0]["cells"][2]["more"] == more


@pytest.mark.parametrize(("days", "level"), [(-7, "9"), (0, "9"), (7, "12")])
def test_a_sheet_of_a_day_to_come_has_the_level_of_now(days: int, level: str) -> None:
    """The sheet is that of Monday; something was used on a day before, on it, or after it."""
    count = Entry(MONDAY - dt.timedelta(days=7), "i1", "count", 12)
    use = Entry(MONDAY + dt.timedelta(days=days), "i1", "use", 3)
    (table,) = tables(Team(items=(item(1),), entries=(count, use)))
    assert texts(table)[0][2] == level


def test_names_stay_off_the_sheets_where_the_rules_say_so() -> None:
    team = replace(full_team(), rules=CrewRules(on_sheets=False))
    assert not any(page.has("Langenfeld") for page in pages(team))


def test_more_persons_than_seats_have_a_line_each() -> None:
    front = pages(full_team(), crew=1)[0]
    assert all(front.has(name) for name in ("Langenfeld", "CD (Fachkraft)", "EF (Fachkraft)"))


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_a_person_typed_is_shown_as_text(typed: str) -> None:
    some = week(2)
    found = pages(full_team(typed=typed), some)
    begin = printable(typed)[:10]
    assert len(found) == 1 + 1 + 2
    assert all(page.has(begin) for page in found[:2])


def test_what_went_otherwise_is_written_down_in_the_order_in_which_the_log_asks() -> None:
    some = plan(tour(0, [stop(0), stop(1)]))
    (page,) = team_pages(some, lay_ground(basemap()), 0, TeamDay(), reasons="1 Personal")
    (log,) = page["tables"]
    assert [c["label"] for c in log["columns"]] == [
        *("Nr.", "Halt", "Geplant", "Ankunft", "Ende", "Entfallen", "Notiz"),
    ]
    assert texts(log)[1][:3] == ["2", "Halt 1", "14:30–14:45"]
    assert log["about"] == "entfallen, Nr. eintragen: 1 Personal"


def test_what_the_lists_leave_of_the_back_is_ruled() -> None:
    some = plan(tour(0, [stop(0)]))
    (page,) = team_pages(some, lay_ground(basemap()), 0, TeamDay())
    # Of 263 mm: band 11, calls 14, table 7 + 5.5 + 8.6, title 7, and four gaps of 4.
    assert page["lines"] == int((263 - 11 - 14 - 21.1 - 7 - 4 * 4) // 9)
