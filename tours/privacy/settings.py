"""How long the program keeps what, and which topics are counted: the part [privacy]."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.language import translator
from geodata.printable import printable
from tours.tomltable import Table

_ = translator("tours")

APPOINTMENTS_DAYS = 14
VISITS_MONTHS = 24
# What conversations were about: what people need help with, no scenes, offences or diagnoses.
TOPICS = (
    *("leisure", "school", "work", "family", "relationships", "housing"),
    *("money", "health", "media", "other"),
)
MOST_TOPICS = 20
LONGEST_TOPIC = 40


@dataclass(frozen=True, slots=True)
class PrivacySettings:
    """How long what is kept.

    Attributes
    ----------
    appointments_days : int
        Days after its date on which the address of an appointment is to be removed.
    visits_months : int
        Months after which rows of visits are to be removed; sums of place and month stay.
    topics : tuple of str
        Counted by month: those of `TOPICS`, or the team's own words.
    """

    appointments_days: int = APPOINTMENTS_DAYS
    visits_months: int = VISITS_MONTHS
    topics: tuple[str, ...] = TOPICS


NOTHING_SET = PrivacySettings()


def read_privacy(table: Table) -> PrivacySettings:
    """Read the part [privacy]; faults are noted in the table."""
    settings = PrivacySettings(
        appointments_days=table.whole("appointments_days", 0, 365, APPOINTMENTS_DAYS),
        visits_months=table.whole("visits_months", 1, 120, VISITS_MONTHS),
        topics=_topics(table),
    )
    table.finish()
    return settings


def _topics(table: Table) -> tuple[str, ...]:
    if not table.has("topics"):
        # Asked all the same, so that it is known.
        table.texts("topics")
        return TOPICS
    topics = table.texts("topics")
    if len(topics) > MOST_TOPICS:
        table.fault(
            "topics",
            _("“topics” holds {number} topics, at most {most} can be counted").format(
                number=len(topics), most=MOST_TOPICS
            ),
            _("Put similar ones together"),
        )
    seen: set[str] = set()
    for topic in topics:
        if len(topic) > LONGEST_TOPIC or topic != printable(topic):
            table.fault(
                "topics",
                _("The topic “{topic}” is longer than {most} letters or not printable").format(
                    topic=printable(topic)[:LONGEST_TOPIC], most=LONGEST_TOPIC
                ),
                _("Shorten it"),
            )
        if topic.casefold() in seen:
            table.fault(
                "topics",
                _("The topic “{topic}” stands there twice").format(topic=topic),
                _("Remove one of the two"),
            )
        seen.add(topic.casefold())
    return topics or TOPICS


def topic_text(topic: str) -> str:
    """Return what a topic is called: one of ours in the language of the reader."""
    return {
        "leisure": _("leisure"),
        "school": _("school"),
        "work": _("training and work"),
        "family": _("family"),
        "relationships": _("friendship and relationships"),
        "housing": _("housing"),
        "money": _("money and authorities"),
        "health": _("health"),
        "media": _("media"),
        "other": _("other topics"),
    }.get(topic, topic)
