"""A link in a letter: for one person in one capacity, about one item."""

from __future__ import annotations

from typing import Protocol

from tracker import clock
from tracker.mail.outbox import link_days
from tracker.people.actions import make_link
from tracker.people.models import Purpose


class Person(Protocol):
    """Whom a letter is written to."""

    @property
    def name(self) -> str: ...
    @property
    def language(self) -> str: ...


def mailed_link(purpose: Purpose, to: Person, page: str = "", **about: int | None) -> str:
    """A fresh link for this person, as a path; `about` names capacity and item, `page` where it opens (`/rating`)."""
    facts: dict[str, object] = {**about, "holder_name": to.name, "language": to.language}
    return f"/links/{make_link(purpose, at=clock.now(), days=link_days(), **facts)}{page}"
