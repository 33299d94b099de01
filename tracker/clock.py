"""The only place that asks what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_off: ContextVar[timedelta] = ContextVar("how fast this machine's clock is", default=timedelta(0))
_moved: ContextVar[datetime | None] = ContextVar("moved clock", default=None)
_zone: list[ZoneInfo] = [ZoneInfo("Asia/Shanghai")]


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _moved.get() or datetime.now(UTC) + _off.get()


def today() -> date:
    """The present day where the office is, whatever zone the machine is in."""
    return local_day(now())


def local_day(instant: datetime) -> date:
    """The office's calendar day of an instant."""
    return instant.astimezone(_zone[0]).date()


def local(instant: datetime) -> datetime:
    """An instant on the office's own clock."""
    return instant.astimezone(_zone[0])


def is_moved() -> bool:
    return _moved.get() is not None


def keep_zone(name: str) -> None:
    """Set the office's zone, once, when the application is made."""
    _zone[0] = ZoneInfo(name)


@contextmanager
def fast(by: timedelta) -> Iterator[None]:
    """Let this machine's clock run, but by so much fast (or slow): what a wrong clock does can be tried."""
    token = _off.set(by)
    try:
        yield
    finally:
        _off.reset(token)


@contextmanager
def at(moment: date | datetime) -> Iterator[None]:
    """Let the clock stand at a day (nine in the morning there) or at an instant."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(9), tzinfo=_zone[0])
    token = _moved.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
