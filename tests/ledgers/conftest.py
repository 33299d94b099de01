"""A small city, and ledgers brought into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.ledgers.sheets_made import TODAY, WHOLE, xlsx
from tests.small_city import SmallCity, small_city
from tracker import clock
from tracker.ledgers.actions import import_ledger
from tracker.ledgers.report import Report, Source
from tracker.ledgers.rows import read


@pytest.fixture
def city(session, stopped_clock) -> SmallCity:
    stopped_clock(TODAY)
    return small_city()


@pytest.fixture
def bring_in(city: SmallCity, tmp_path: Path):
    def bring(*lines: tuple[Any, ...], header: tuple[str, ...] = WHOLE, meeting: Any = True, **how: Any) -> Report:
        ledger = read(xlsx(tmp_path / "台账.xlsx", [header, *lines]), today=TODAY)
        to = city.meeting if meeting is True else meeting
        how.setdefault("source", Source("台账.xlsx", "0" * 64))
        return import_ledger(ledger, city.congress, to, by=city.by, on=TODAY, at=clock.now(), **how)

    return bring
