"""A file of OpenStreetMap data: its endings, its date, and what is wrong with it in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geodata.errors import NetworkError
from geodata.language import translator

_ = translator("geodata")

ENDINGS = (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf")
# Positions are whole ten-millionths of a degree.
UNITS = 10_000_000


def check_osm_file(path: Path) -> None:
    """Make sure that a path is a file of OpenStreetMap data by its name.

    Raises
    ------
    NetworkError
        If it is none, or not there.
    """
    if not path.name.lower().endswith(ENDINGS):
        raise NetworkError(
            _("This is no file of OpenStreetMap data"),
            where=str(path),
            remedy=_("Name a file that ends in {endings}").format(endings=", ".join(ENDINGS)),
        )
    if not path.is_file():
        raise NetworkError(
            _("There is no such file"), where=str(path), remedy=_("Check its name and folder")
        )


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what osmium says of a damaged file into a sentence.

    Raises
    ------
    NetworkError
        If the file is damaged.
    """
    import osmium

    try:
        yield
    except (RuntimeError, osmium.InvalidLocationError, UnicodeDecodeError) as error:
        raise NetworkError(
            _("The file is damaged, incomplete, or no OpenStreetMap data ({reason})").format(
                reason=error
            ),
            where=str(path),
            remedy=_("Get it anew, and compare its size with that at the source"),
        ) from error
