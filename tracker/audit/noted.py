"""What of a request the trail keeps although it changed nothing: what left, what was refused, whose data was read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Response, g, request

from tracker import clock
from tracker.audit.models import Trace
from tracker.audit.watching import ids_asked
from tracker.contact_facts import tells
from tracker.database import db
from tracker.web.forms import trimmed
from tracker.web.personal import MANY

REFUSED = (401, 403, 404)
# So many refusals an hour are written one by one; the next says that there were more. Who tries every number there is
# would otherwise fill the trail.
MOST_REFUSALS = 60

Noted = tuple[str, dict[str, Any]]


def noteworthy(answer: Response) -> Iterator[Noted]:
    """The acts of this request with their facts, for whoever is known; strangers are stopped at the door."""
    taken, personal, file_id = (g.pop(name, None) for name in ("taken", "personal", "file_taken"))
    if g.get("visitor") is None:
        return
    if answer.status_code == 200:
        people = {"people": personal.people} if personal is not None and personal.people >= MANY else {}
        yield from _read(taken, file_id, people)
    elif answer.status_code in REFUSED and request.endpoint and request.endpoint != "static":
        yield from _refusal(answer.status_code)


def _read(taken: Any, file_id: int | None, people: dict[str, int]) -> Iterator[Noted]:
    """What left as a file, else what was looked up, else what was read of many, else who was looked for."""
    words, here = _words(), {"page": request.endpoint, **ids_asked()}
    if taken is not None:
        asked = {"filters": _filters(), **ids_asked(), **people, **words}
        yield "export", {"what": taken.what, "rows": taken.rows, **asked}
    elif file_id is not None:
        yield "file_taken", {**here, "file": file_id}
    elif found := g.pop("person_found", None):
        yield "personal_found", found
    elif people:
        yield "personal_read", {"page": request.endpoint, **people, **words}
    elif words:
        yield "personal_searched", {"page": request.endpoint, **words}


def _refusal(status: int) -> Iterator[Noted]:
    who = g.visitor.actor()
    since = clock.now() - timedelta(hours=1)
    own = (Trace.actor_kind == who.kind, Trace.actor_id == who.id, Trace.act == "refused", Trace.at >= since)
    count = db.session.scalar(sa.select(sa.func.count()).where(*own)) or 0
    if count <= MOST_REFUSALS:
        more = {"more": True} if count == MOST_REFUSALS else {}
        yield "refused", {"page": request.endpoint, "method": request.method, "status": status, **ids_asked(), **more}


def _filters() -> dict[str, str]:
    """The filters of a list; what names a person lies aside (`words`)."""
    asked = ((trimmed(name), trimmed(value)) for name, value in request.args.items() if name != "format")
    return {name: "…" if tells(value) else value for name, value in asked}


def _words() -> dict[str, str]:
    found = [value for value in map(trimmed, request.args.values()) if tells(value)]
    return {"words": " ".join(found)[:200]} if found else {}
