"""A small city whose clerk sends Word files."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.small_city import SmallCity, small_city
from tracker.dispatch import models as rows_of_dispatch

ON = date(2026, 1, 12)
MAPPED = rows_of_dispatch  # suggestions name assignments: both must be known before anything is asked of either


@pytest.fixture
def city(session, stopped_clock) -> SmallCity:
    stopped_clock(ON)
    return small_city()


@pytest.fixture
def clerk(city: SmallCity, reader):
    return reader.signed_in_as(city.clerk)


@pytest.fixture
def send(city: SmallCity, clerk) -> Callable:
    """Send one file, or several, and answer the page that follows."""

    def sent(*files: tuple[str, bytes]):
        clerk.read("/documents")
        sent_files = [(io.BytesIO(content), name) for name, content in files]
        return clerk.send("/documents", {"files": sent_files, "meeting_id": city.meeting.id})

    return sent


@pytest.fixture
def on_disk(app) -> Callable[[], list[Path]]:
    return lambda: [path for path in (Path(app.instance_path) / "files").rglob("*") if path.is_file()]
