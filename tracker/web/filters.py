"""How facts are written for readers."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flask_babel import format_date, gettext, ngettext

from tracker import clock
from tracker.web.languages import spoken_now


def day(value: date | datetime | None) -> str:
    """A day in figures, as ledgers write it."""
    if value is None:
        return "—"
    return (clock.local_day(value) if isinstance(value, datetime) else value).isoformat()


def long_day(value: date) -> str:
    """A day in words, with the weekday."""
    return _long_day(spoken_now(), value)


@lru_cache(maxsize=64)
def _long_day(_language: str, value: date) -> str:
    return str(format_date(value, "full"))


def day_and_time(value: datetime | None) -> str:
    return "—" if value is None else clock.local(value).strftime("%Y-%m-%d %H:%M")


def in_language(thing: Any, field: str = "name") -> str:
    """The thing's name in the reader's language where it has one, else its Chinese name."""
    if spoken_now() == "en":
        return getattr(thing, f"{field}_en", None) or getattr(thing, field)
    return str(getattr(thing, field))


def short_in_language(body: Any) -> str:
    """A body's name in the reader's language; in Chinese the short one where there is one."""
    name = in_language(body)
    return body.short_name or name if name == body.name else name


def working_days(number: int) -> str:
    return str(ngettext("%(num)d working day", "%(num)d working days", number))


def word(value: str) -> str:
    """A msgid kept as data (the label of a move, the name of a part), in the reader's language."""
    return str(gettext(value)) if value else ""


FILTERS = {
    "day": day,
    "long_day": long_day,
    "day_and_time": day_and_time,
    "in_language": in_language,
    "working_days": working_days,
    "word": word,
}
