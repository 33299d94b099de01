"""Letters are written here: rendered in the addressee's language, into the transaction of what they report."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.dialects import postgresql, sqlite

from tracker.database import db
from tracker.mail import wording
from tracker.mail.models import Letter, LetterState, Stopped
from tracker.mail.rules import is_address, one_line, without_secrets

LONGEST_KEY = 200
AT_ONCE = 200
_noticed: ContextVar[list[int] | None] = ContextVar("letters written meanwhile", default=None)


@dataclass(frozen=True)
class Addressee:
    """A person a letter goes to. `person_key` is "officer:12", "deputy:7" or "user:3"; no address means on paper."""

    person_key: str
    name: str
    address: str | None
    language: str
    channel: str = "mail"


@dataclass(frozen=True)
class Draft:
    """One letter of many: to whom, under which key (kind, person, period), about which suggestion, with what facts."""

    to: Addressee
    key: str
    suggestion_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def link_days() -> int:
    """How many days a mailed link works, as the office set it."""
    return int(current_app.config["LINK_DAYS"])


def post(kind: str, to: Addressee, *, key: str, at: datetime, suggestion_id: int | None = None, **facts: Any) -> Letter:
    """Write one letter of this kind; the same key again returns the letter written first.

    :raises ValueError: the key is longer than 200 characters.
    """
    (letter,) = post_many(kind, [Draft(to, key, suggestion_id, facts)], at=at)
    return letter


def post_many(kind: str, drafts: Iterable[Draft], *, at: datetime) -> list[Letter]:
    """Write many letters of one kind, in the order given; keys known already return the letters written first.

    :raises ValueError: a key is longer than 200 characters.
    """
    waiting = iter(drafts)
    letters: list[Letter] = []
    while some := list(islice(waiting, AT_ONCE)):
        letters += _post_some(kind, some, at)
    return letters


@contextmanager
def noticing() -> Iterator[list[int]]:
    """The ids of the letters written meanwhile, for those who report what a job did."""
    ids: list[int] = []
    token = _noticed.set(ids)
    try:
        yield ids
    finally:
        _noticed.reset(token)


def _post_some(kind: str, drafts: list[Draft], at: datetime) -> list[Letter]:
    found = _letters([draft.key for draft in drafts])
    new = {draft.key: draft for draft in drafts if draft.key not in found}
    if new:
        rows = [_row(kind, draft, at) for draft in new.values()]
        written = {letter.key: letter for letter in db.session.scalars(_insert(rows))}
        if (noticed := _noticed.get()) is not None:
            noticed.extend(letter.id for letter in written.values())
        found |= written
        if late := [key for key in new if key not in written]:  # another process wrote the same letter just now
            found |= _letters(late)
    return [found[draft.key] for draft in drafts]


def _letters(keys: list[str]) -> dict[str, Letter]:
    wanted = sa.select(Letter).where(Letter.key.in_(keys)).execution_options(populate_existing=True)
    return {letter.key: letter for letter in db.session.scalars(wanted)}


def _insert(rows: list[dict[str, Any]]) -> Any:
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(Letter).values(rows).on_conflict_do_nothing(index_elements=["key"]).returning(Letter)


def _row(kind: str, draft: Draft, at: datetime) -> dict[str, Any]:
    if len(draft.key) > LONGEST_KEY:
        raise ValueError(f"a letter's key has at most {LONGEST_KEY} characters: {draft.key[:60]}…")
    to, address = draft.to, (draft.to.address or "").strip()
    written = wording.write(kind, to, draft.facts)
    mailed = to.channel == "mail" and bool(address)
    reachable = mailed and is_address(address)
    unreachable = LetterState.FAILED if mailed else LetterState.KEPT
    return {
        "kind": kind,
        "key": draft.key,
        "person_key": to.person_key,
        "to_name": one_line(to.name, 120),
        "to_address": one_line(address, 254),
        "reply_to": written.reply_to if is_address(written.reply_to) else "",
        "channel": str(to.channel),
        "language": to.language,
        "subject": written.subject,
        "body_text": written.text,
        "body_html": written.html,
        "message_id": message_id(draft.key),
        "suggestion_id": draft.suggestion_id,
        "state": LetterState.WAITING if reachable else unreachable,
        "written_at": at,
        "next_try_at": at if reachable else None,
        "tries": 0,
        "refusals": 0,
        "doubts": 0,
        "stopped": Stopped.ADDRESS if mailed and not reachable else None,
        "last_error": "address" if mailed and not reachable else None,
        "uncertain": False,
        "facts": plain(draft.facts),
    }


def message_id(key: str) -> str:
    """The letter's name among all mail: the same for the same key, guessed by nobody who lacks our secret."""
    secret = current_app.config["SECRET_KEY"].encode()
    mark = hmac.new(secret, b"letter:" + key.encode(), hashlib.sha256).hexdigest()[:40]
    return f"<{mark}@{urlsplit(current_app.config['BASE_URL']).hostname}>"


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts a list can be searched by: words, numbers and days; addresses of links are not kept."""
    kept: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, date):
            kept[name] = value.isoformat()
        elif isinstance(value, str):
            kept |= {} if "://" in value or without_secrets(value) != value else {name: value[:200]}
        elif isinstance(value, int) or value is None:
            kept[name] = value
    return kept
