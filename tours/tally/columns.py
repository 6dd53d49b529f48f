"""What lists of a monthly tally call their columns, topics and sums, in German and English."""

from __future__ import annotations

# What columns are called, the name that we write first; compared without case and signs.
HEADERS = {
    "month": ("monat", "zeitraum", "berichtsmonat", "month", "period"),
    "year": ("jahr", "year"),
    "age": (
        *("altersgruppe", "alter", "altersgruppen", "altersstufe", "altersklasse"),
        *("age", "age band", "age group"),
    ),
    "topic": (
        *("thema", "themen", "gesprächsthema", "beratungsthema", "anliegen"),
        *("topic", "topics", "subject"),
    ),
    "item": (
        *("altersgruppe oder thema", "alter oder thema", "altersgruppe thema", "alter thema"),
        *("merkmal", "kategorie", "bezeichnung", "age or topic", "item", "category"),
    ),
}
# Of these a list has several at times; the later ones are looked for where the earlier are not.
AREA_WORDS = (
    ("gebiet", "einsatzgebiet", "fördergebiet", "area"),
    ("gebiete", "sozialraum", "region", "bezirk", "gemeinde", "kommune", "ort", "municipality"),
)
COUNT_WORDS = (
    ("anzahl", "zahl", "count", "number"),
    ("personen", "gespräche", "angetroffen", "kontakte", "persons", "conversations", "contacts"),
    ("summe", "gesamt", "insgesamt", "total", "sum"),
)
# Our own topics have a label in each language, and are called so as well.
TOPIC_WORDS = {
    "leisure": ("freizeitgestaltung", "hobby", "hobbys"),
    "school": ("schulisches",),
    "work": ("ausbildung", "arbeit", "beruf", "job", "arbeit und ausbildung", "training"),
    "family": ("eltern", "elternhaus", "parents"),
    "relationships": (
        *("freundschaft", "beziehung", "beziehungen", "freunde", "partnerschaft"),
        *("friendship", "friends"),
    ),
    "housing": ("wohnung", "wohnsituation"),
    "money": ("geld", "finanzen", "ämter", "behörden", "finances", "authorities"),
    "health": (),
    "media": ("medien und internet", "internet"),
    "other": ("sonstiges", "sonstige", "anderes", "andere", "other topic"),
}
# What is not in any area.
REST_WORDS = (
    *("rest", "übriger landkreis", "übriges kreisgebiet", "übriges gebiet", "übrige", "sonstige"),
    *("restlicher kreis", "restlicher landkreis", "restliches kreisgebiet", "rest des kreises"),
    *("rest des landkreises", "rest of district", "other areas"),
)
# How a sum begins, of a line or a column.
SUM_WORDS = frozenset(
    {
        *("summe", "gesamt", "insgesamt", "zusammen", "gesamtsumme", "zwischensumme"),
        *("ergebnis", "gesamtergebnis", "teilergebnis", "alle", "durchschnitt"),
        *("sum", "total", "totals", "subtotal", "all", "average"),
        *("σ", "∑"),
    }
)
# Words for numbers that stand beside the tally in such lists and are none of it.
OTHER_NUMBERS = frozenset(
    {
        *("nr", "lfd", "lfdnr", "nummer", "id", "no", "quartal", "quarter", "plz", "kw", "woche"),
        *("anzahl", "zahl", "summe", "gesamt", "insgesamt", "davon", "der", "je"),
        *("personen", "jugendliche", "gespräche", "angetroffen", "kontakte", "kontakt"),
        *("neu", "neue", "erstkontakte", "stunden", "minuten", "std", "min", "h", "km"),
        *("besuche", "halte", "touren", "tage", "fahrten", "einsätze"),
        *("m", "w", "d", "männlich", "weiblich", "divers", "jungen", "mädchen"),
        *("count", "number", "total", "sum", "of", "them", "persons", "conversations", "contacts"),
        *("new", "hours", "minutes", "visits", "days", "tours", "male", "female", "diverse"),
    }
)
