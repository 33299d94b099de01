"""The daily digest: at most one letter a person and day, and only when a step concerns him."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.deadlines.names import kind_name
from tracker.escalation.digests import Digest, Line, digest_key
from tracker.escalation.text import days_text, section_name, word_name
from tracker.mail.models import Letter
from tracker.mail.outbox import Draft, post_many
from tracker.people.actions import make_link
from tracker.people.models import Purpose

MOST_LINES = 60


@dataclass(frozen=True)
class Shown:
    """A line with the page it leads to."""

    line: Line
    path: str


def digests(waiting: Sequence[Digest], *, on: date, at: datetime, link_days: float) -> list[Letter]:
    """Write the digests of some people; a handler and a deputy get a link of their own for every item."""
    drafts = [
        Draft(digest.to, digest_key(digest.to.person_key, on), None, _facts(digest, on, at, link_days))
        for digest in waiting
    ]
    return post_many("digest", drafts, at=at)


def _facts(digest: Digest, on: date, at: datetime, link_days: float) -> dict[str, Any]:
    shown = [Shown(line, _path(line, digest, at, link_days)) for line in digest.lines[:MOST_LINES]]
    return {
        "congress_id": digest.congress_id,
        "on": on,
        "sections": [(name, part) for name in ("chase", "urgent", "soon") if (part := _part(shown, name))],
        "counts": {name: sum(line.section == name for line in digest.lines) for name in ("chase", "urgent", "soon")},
        "count": len(digest.lines),
        "left_out": max(0, len(digest.lines) - MOST_LINES),
        "days_text": days_text,
        "kind_name": kind_name,
        "section_name": section_name,
        "word_name": word_name,
    }


def _part(shown: list[Shown], name: str) -> list[Shown]:
    return [one for one in shown if one.line.section == name]


def _path(line: Line, digest: Digest, at: datetime, link_days: float) -> str:
    """Where the line leads: a mailed link for who acts without signing in, else the suggestion's page."""
    holder: dict[str, Any] = {
        "assignment_id": line.assignment_id,
        "congress_id": digest.congress_id,
        "holder_name": digest.to.name,
        "language": digest.to.language,
    }
    if line.word == "handler" and line.assignment_id and line.body_id:
        secret = make_link(Purpose.HANDLE, at=at, days=link_days, body_id=line.body_id, **holder)
        return f"/links/{secret}"
    if line.word == "deputy" and line.reply_id:
        deputy_id = int(digest.to.person_key.partition(":")[2])
        secret = make_link(Purpose.RATE, at=at, days=link_days, deputy_id=deputy_id, reply_id=line.reply_id, **holder)
        return f"/links/{secret}"
    if line.duty_id:
        return f"/instructions/{line.duty_id}"
    return f"/suggestions/{line.suggestion_id}" if line.suggestion_id else ""
