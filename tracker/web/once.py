"""A form is acted on once: a second press of the same button, a retry or the back button lands where the first did.

Every form that makes something carries a token (`once_field()`); `done` keeps the token with the answer's address in
the transaction of the act itself, so either both are there or neither.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

import sqlalchemy as sa
from flask import current_app, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import columns, db
from tracker.entities import put_row
from tracker.web.models import Press

FIELD = "press"
TOKEN = re.compile(r"[\w-]{1,64}", re.ASCII)
THIS: Any = sa.bindparam("token", type_=sa.String)
EARLIER = sa.select(Press.address).where(Press.token == THIS)
OTHERS = sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(THIS, 0)))
BEFORE_DONE = "before_done"  # under this name the application keeps what is noted with every act


def once_field() -> Markup:
    """The hidden token of a form that makes something; what was typed again keeps its token."""
    token = given_token() if request.method == "POST" else ""
    return Markup('<input type="hidden" name="press" value="{}">').format(token or secrets.token_urlsafe(24))


def earlier_answer() -> Response | None:
    """Where an earlier press of this very form led, if there was one."""
    token = given_token()
    if not token:
        return None
    _wait_for_the_others(token)
    found = columns(EARLIER, {"token": token}).scalars()
    return redirect(found[0]) if found else None


def given_token() -> str:
    """The token a form carries; what is none of ours counts as none."""
    given = request.form.get(FIELD, "")
    return given if TOKEN.fullmatch(given) else ""


def _wait_for_the_others(token: str) -> None:
    """Presses of one form at the same moment act one after the other; SQLite has one writer anyway."""
    if db.session.get_bind().dialect.name == "postgresql":
        columns(OTHERS, {"token": token})


def done(address: str) -> Response:
    """Keep the token of the form acted on, commit the act, and lead on.

    Should two presses at once meet at the primary key, the later one is undone and led where the first was.
    """
    token = given_token()
    for note in current_app.extensions.get(BEFORE_DONE, ()):
        note()
    try:
        if token:
            put_row(Press, {"token": token, "at": clock.now(), "address": address[:300]})
        db.session.commit()
    except sa.exc.IntegrityError:
        db.session.rollback()
        if earlier := earlier_answer():
            return earlier
        raise
    return redirect(address)


def before() -> Response | None:
    """Before every form is acted on: has it been acted on already?"""
    return earlier_answer() if request.method == "POST" and request.endpoint else None
