"""Appointments: fixed halts for one occasion, such as a home visit; read appointments.csv."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from geodata.cells import Row
from geodata.csvfile import columns_of, csv_rows, reading
from geodata.errors import Fault
from geodata.language import translator
from geodata.places import Place, read_id, read_position
from geodata.region import Region
from tours.calendar import WEEKDAYS, weekday_of
from tours.dates import locale
from tours.errors import AppointmentError
from tours.privacy.appointmentpurge import REMOVED

_ = translator("tours")

REQUIRED = ("id", "start", "minutes")
COLUMNS = (
    *("id", "date", "weekday", "until", "start", "latest", "end", "minutes"),
    *("place", "name", "lon", "lat", "ags", "private", "note"),
    *("unit", "purpose", "status", "language"),
)
# Asked for; agreed on; will not take place; has taken place.
STATUS_WORDS = {
    "requested": ("angefragt", "unbestätigt"),
    "confirmed": ("zugesagt", "bestätigt"),
    "cancelled": ("abgesagt", "canceled"),
    "done": ("erledigt",),
}
STATUSES = tuple(STATUS_WORDS)
SHORTEST_MIN, LONGEST_MIN = 5, 480
# What people write where it only matters whether somebody has to interpret; "ja" is no Japanese.
_NO_LANGUAGE = frozenset({"", "no", "nein", "-", "0", "de", "deutsch", "german"})
_ANY_LANGUAGE = frozenset({"yes", "ja", "x", "1", "true", "?"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A fixed halt for one occasion.

    Attributes
    ----------
    id : str
        Unlike that of any meeting place.
    date : date or None
        None if it comes every week.
    weekday : int or None
        0 is Monday; None if there is a date.
    until : date or None
        Last day of what comes every week; None for no end.
    start_s, latest_s : int
        When it may start, first and last, seconds after midnight.
    dwell_s : int
    name : str
    lon, lat : float
        Degrees, EPSG:4326.
    ags : str
        Key of the municipality.
    is_private : bool
        Whether its name is kept off plans and papers.
    unit : str
        Who asked for it.
    purpose : str
    status : str
        One of `STATUSES`.
    language : str
        What is spoken there, if somebody has to interpret: a name or a code of two letters, ``?``
        where it is not known; empty if nobody has to.
    note : str
    extra : Mapping of str to str
        Columns of the file that the program does not know, kept as they are.
    """

    id: str
    date: dt.date | None = None
    weekday: int | None = None
    start_s: int
    latest_s: int
    dwell_s: int
    name: str
    lon: float
    lat: float
    ags: str
    is_private: bool = True
    note: str = ""
    # What came later is left out of the text that `tours.district` makes its digest from.
    until: dt.date | None = field(default=None, repr=False)
    unit: str = field(default="", repr=False)
    purpose: str = field(default="", repr=False)
    status: str = field(default="confirmed", repr=False)
    language: str = field(default="", repr=False)
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if (self.date is None) == (self.weekday is None):
            raise ValueError(f"date or weekday must be given, got {self.date} and {self.weekday}")
        if self.latest_s < self.start_s:
            raise ValueError(
                f"latest_s must be at least start_s, got {self.latest_s} < {self.start_s}"
            )
        if self.dwell_s < 1:
            raise ValueError(f"dwell_s must be 1 or more, got {self.dwell_s}")
        if self.status not in STATUSES:
            raise ValueError(f"status must be one of {STATUSES}, got {self.status!r}")

    def is_due(self, day: dt.date) -> bool:
        """Tell whether it is on a day by its date or weekday, called off or not."""
        if self.date is not None:
            return day == self.date
        return day.weekday() == self.weekday and (self.until is None or day <= self.until)

    def is_on(self, day: dt.date) -> bool:
        """Tell whether it takes place on a day."""
        return self.is_due(day) and not self.is_called_off

    @property
    def is_called_off(self) -> bool:
        """Whether it is not planned: cancelled, or what came every week is done with."""
        return self.status == "cancelled" or (self.status == "done" and self.date is None)

    @property
    def is_confirmed(self) -> bool:
        """Whether it is more than a request."""
        return self.status != "requested"

    @property
    def interpreting(self) -> str:
        """What is said where somebody has to interpret; empty if nobody has to."""
        if not self.language:
            return ""
        if self.language == "?":
            return _("clarify interpreting")
        name = locale().languages.get(self.language.casefold(), self.language)
        return _("Language: {language} – clarify interpreting").format(language=name)

    @property
    def told(self) -> str:
        """Everything about it that a plan depends on, as a text."""
        later = f" until {self.until}" if self.until else ""
        return f"{self!r}{later}" + (f" {self.status}" if self.status != "confirmed" else "")

    @property
    def title(self) -> str:
        """What it is called on plans and papers."""
        return _("appointment {id}").format(id=self.id) if self.is_private else self.name

    @property
    def called(self) -> str:
        """What it is called where it has to be told from a meeting place."""
        return appointment_called(self.id, self.title)


def appointment_called(id_: str, title: str) -> str:
    """Return what an appointment is called where it has to be told from a meeting place.

    Parameters
    ----------
    id_ : str
    title : str
        What it is called on papers; that of a private one is no more than its id.
    """
    if title.endswith(f" {id_}"):
        return _("appointment {id}").format(id=id_)
    return _("appointment {id} ({name})").format(id=id_, name=title)


def read_appointments(
    text: str, source: str, region: Region, places: Iterable[Place]
) -> tuple[Appointment, ...]:
    """Read the appointments of a service from the text of a CSV file.

    Written like places.csv; unknown columns are kept. Those whose address was removed are left out.

    Parameters
    ----------
    text : str
    source : str
        Name of the file, for the messages.
    region : Region
        The district that they must lie in.
    places : iterable of Place
        The meeting places that column place can name.

    Raises
    ------
    AppointmentError
        With every fault of the file, each with line, column and remedy.
    """
    by_id = {place.id: place for place in places}
    faults: list[Fault] = []
    found: list[Appointment] = []
    first_lines: dict[str, int] = {}
    # Of minutes and end, one is enough.
    required = [name for name in REQUIRED if name != "minutes" or "end" not in columns_of(text)]
    for row in csv_rows(text, source, required, faults):
        before = len(faults)
        id_ = read_id(row)
        if id_ in by_id:
            row.fault(
                "id",
                _("“{id}” is the id of a meeting place").format(id=id_),
                _("Give the appointment an id of its own; its place goes into column place"),
            )
        elif id_ and id_ in first_lines:
            row.fault(
                "id",
                _("“{id}” is already the id of line {line}").format(id=id_, line=first_lines[id_]),
                _("Give one of the two another id"),
            )
        first_lines.setdefault(id_, row.line)
        date, weekday = _day(row)
        until = _until(row, date)
        start, latest, minutes = _window(row)
        if row.text("name") == REMOVED and not any(map(row.text, ("place", "lon", "lat"))):
            continue
        name, lon, lat, ags = _where(row, region, by_id)
        is_private = row.truth("private", True)
        status = row.named("status", STATUS_WORDS, "confirmed")
        if len(faults) == before:
            found.append(
                Appointment(
                    id=id_,
                    date=date,
                    weekday=weekday,
                    start_s=start,
                    latest_s=latest,
                    dwell_s=minutes * 60,
                    name=name,
                    lon=lon,
                    lat=lat,
                    ags=ags,
                    is_private=is_private,
                    until=until,
                    unit=row.text("unit"),
                    purpose=row.text("purpose"),
                    status=status,
                    language=_language(row.text("language")),
                    note=row.text("note"),
                    extra=MappingProxyType(row.beyond(COLUMNS)),
                )
            )
    if faults:
        raise AppointmentError.collected(faults)
    return tuple(found)


def _day(row: Row) -> tuple[dt.date | None, int | None]:
    before = len(row.faults)
    date, day = row.date("date"), row.text("weekday")
    weekday = weekday_of(day)
    if day and weekday is None:
        row.fault(
            "weekday",
            _("“{day}” is not a weekday").format(day=day),
            _("Write one of: {names}").format(names=", ".join(WEEKDAYS)),
        )
    elif len(row.faults) == before and (date is None) == (weekday is None):
        row.fault(
            "date",
            _("An appointment has either a date or a weekday"),
            _("Fill in one of the two columns date and weekday"),
        )
    return date, weekday


def _language(text: str) -> str:
    word = text.casefold()
    return "" if word in _NO_LANGUAGE else "?" if word in _ANY_LANGUAGE else text


def _until(row: Row, date: dt.date | None) -> dt.date | None:
    until = row.date("until")
    if until is not None and date is not None and until < date:
        row.fault("until", _("The last day is before the date"), _("Correct date or until"))
    return until


def _window(row: Row) -> tuple[int, int, int]:
    """Read the first and last start, seconds after midnight, and the length, minutes.

    With an end and no length it is as long as from start to end; with both, it lies anywhere
    between the two.
    """
    row.required("start")
    start, latest, end = row.time("start"), row.time("latest"), row.time("end")
    if not row.text("end"):
        row.required("minutes")
    minutes = row.whole("minutes", 30, SHORTEST_MIN, LONGEST_MIN)
    if end is not None and start is not None:
        minutes, latest = _until_end(row, start, latest, end, minutes)
    if start is not None and latest is not None and latest < start:
        row.fault(
            "latest",
            _("The latest start is before the start"),
            _("Correct start or latest"),
        )
    start = start or 0
    return start, start if latest is None else latest, minutes


def _until_end(
    row: Row, start: int, latest: int | None, end: int, minutes: int
) -> tuple[int, int | None]:
    """Return length and last start of an appointment that has an end."""
    room = (end - start) // 60
    if row.text("minutes"):
        if room < minutes:
            row.fault(
                "end",
                _("The end is less than {minutes} minutes after the start").format(minutes=minutes),
                _("Correct start, end or minutes; of end and minutes one is enough"),
            )
        elif latest is None:
            latest = end - minutes * 60
        elif latest + minutes * 60 > end:
            row.fault(
                "latest",
                _("The latest start is too late for {minutes} minutes before the end").format(
                    minutes=minutes
                ),
                _("Correct latest, end or minutes"),
            )
    elif latest is not None:
        row.fault(
            "minutes",
            _("With a latest start and an end, the length is open"),
            _("Fill in minutes, or empty latest or end"),
        )
    elif not SHORTEST_MIN <= room <= LONGEST_MIN:
        row.fault(
            "end",
            _("The end is not {low} to {high} minutes after the start").format(
                low=SHORTEST_MIN, high=LONGEST_MIN
            ),
            _("Correct start or end"),
        )
    else:
        minutes = room
    return minutes, latest


def _where(row: Row, region: Region, by_id: Mapping[str, Place]) -> tuple[str, float, float, str]:
    """Read where it is: at a meeting place, or at a point of its own."""
    place = row.text("place")
    if not place:
        name = row.required("name")
        return name, *read_position(row, region)
    if place not in by_id:
        row.fault(
            "place",
            _("There is no place “{id}”").format(id=place),
            _("“tours places list” shows the ids"),
        )
        return place, 0.0, 0.0, ""
    if row.text("lon") or row.text("lat"):
        row.fault(
            "place",
            _("The appointment has both a place and a position"),
            _("Empty column place, or lon and lat"),
        )
    there = by_id[place]
    return row.text("name") or there.name, there.lon, there.lat, there.ags


def load_appointments(
    path: Path, region: Region, places: Iterable[Place]
) -> tuple[Appointment, ...]:
    """Read appointments.csv; see `read_appointments`. Without a file there are none.

    Raises
    ------
    AppointmentError
        If the file cannot be read, is not UTF-8, or has faults.
    """
    text = appointments_text(path)
    return () if text is None else read_appointments(text, path.name, region, places)


def appointments_text(path: Path) -> str | None:
    """Return appointments.csv as it is; None without a file.

    Raises
    ------
    AppointmentError
        If the file cannot be read or is not UTF-8.
    """
    what = _("The appointments cannot be read ({reason})")
    remedy = _("Restore the file from a copy, or remove it")
    with reading(path, AppointmentError, what, remedy):
        try:
            return path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return None
