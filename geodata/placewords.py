"""What people call the columns, kinds and statuses of places.csv, beside our own words for them.

Whoever keeps the list by hand writes German words. The first one of each is shown in faults.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geodata.spelling import plain_word

KIND_WORDS = {
    "station": ("Bahnhof", "Busbahnhof", "ZOB", "Haltepunkt"),
    "bus_stop": ("Bushaltestelle", "Haltestelle", "bus stop"),
    "school": ("Schule", "Schulhof", "Schulzentrum", "Berufsschule"),
    "youth_centre": (
        *("Jugendzentrum", "JUZ", "Jugendhaus", "Jugendtreff", "Jugendclub", "Jugendklub"),
        *("Jugendraum", "youth centre", "youth center"),
    ),
    "sports": ("Sportplatz", "Sportanlage", "Bolzplatz", "Sporthalle", "sports ground"),
    "skate_park": ("Skatepark", "Skateanlage", "Skaterpark", "Skateplatz", "skate park"),
    "pool": ("Schwimmbad", "Freibad", "Hallenbad", "Badesee", "swimming pool"),
    "park": ("Park", "Grünanlage"),
    "square": ("Platz", "Marktplatz", "Dorfplatz"),
    "shop": ("Laden", "Geschäft", "Supermarkt", "Einkaufszentrum"),
    "office": ("Büro", "Amt", "Behörde"),
    "other": ("anderes", "Sonstiges", "andere", "sonstige"),
}
STATUS_WORDS = {
    "active": ("aktiv",),
    "resting": ("ruhend", "ruht", "pausiert", "Pause"),
    "retired": ("geschlossen", "aufgegeben", "beendet", "given up"),
}
COLUMN_WORDS = {
    "id": ("Kennung",),
    "name": ("Name", "Treffpunkt"),
    "kind": ("Art", "Typ"),
    "lon": ("Länge", "Längengrad", "geogr. Länge", "longitude"),
    "lat": ("Breite", "Breitengrad", "geogr. Breite", "latitude"),
    "ags": ("Gemeindeschlüssel",),
    "hours": ("Öffnungszeiten", "Zeiten"),
    "min_dwell": ("Mindestdauer", "Dauer mindestens"),
    "max_dwell": ("Höchstdauer", "Dauer höchstens"),
    "per_week": ("pro Woche", "je Woche"),
    "public": ("öffentlich",),
    "status": ("Zustand",),
    "start_weight": ("Startgewicht", "Gewicht"),
    "assumed": ("angenommen",),
    "note": ("Notiz", "Notizen", "Bemerkung", "Bemerkungen", "Hinweis"),
}


def meaning_of(text: str, words: Mapping[str, Sequence[str]]) -> str:
    """Return our word for what a text says; a text that says none of them as it is.

    Parameters
    ----------
    text : str
    words : Mapping of str to sequence of str
        Of each of our words, what it is called besides.
    """
    word = plain_word(text)
    for ours, others in words.items():
        if word and word in map(plain_word, (ours, *others)):
            return ours
    return text


def place_columns(names: Sequence[str]) -> list[str]:
    """Return our names of the columns of a table; those that we do not know as they are.

    A name that stands there in our words is meant as it is, whatever others could mean the same.
    """
    taken = set(names)
    found: list[str] = []
    for name in names:
        ours = meaning_of(name, COLUMN_WORDS)
        found.append(name if ours in taken else ours)
        taken.add(found[-1])
    return found
