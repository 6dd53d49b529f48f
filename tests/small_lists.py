"""Faults of the team's lists, as tests compare them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geodata.language import speaking
from tours.errors import TeamError


def faults_of(read: Callable[[], object]) -> list[str]:
    """Return line, column and sentence of each fault, in English; each names the remedy."""
    with speaking("en"), pytest.raises(TeamError) as caught:
        read()
    assert all(fault.remedy for fault in caught.value.faults)
    return [f"{fault.where.partition(', ')[2]}: {fault.what}" for fault in caught.value.faults]
