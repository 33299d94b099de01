"""Who is asking: the user of a session, or the holder of a mailed link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager

from tracker import clock
from tracker.actor import Actor
from tracker.database import db, only_reads
from tracker.people import actions, networks, office_code, places, queries
from tracker.people.models import Awaits, Link, Purpose
from tracker.people.rules import HALF_LASTS
from tracker.roles import Role
from tracker.web import gate, once, outage
from tracker.web.forms import trimmed
from tracker.web.typed import fields_sent

logins = LoginManager()
KEPT_AS = "_user_id"  # where Flask-Login keeps what `get_id` says
TOUCH_EVERY = timedelta(minutes=1)
ENROLMENT_PAGES = ("people.factor", "people.confirm_factor", "people.sign_out", "people.language", "static")
OPENING = {
    Purpose.HANDLE: Role.BODY_HANDLER,
    Purpose.APPROVE: Role.BODY_LEADER,
    Purpose.RATE: Role.DEPUTY,
    Purpose.SIGN: Role.DEPUTY,
    Purpose.WITHDRAW: Role.DEPUTY,
    Purpose.CIRCULATION: Role.BODY_HANDLER,
    Purpose.NOTICE: Role.BODY_HANDLER,
    Purpose.COPY: Role.COMMITTEE,
}


class SignedIn:
    """What Flask-Login carries: the session's secret, never the user's number."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def get_id(self) -> str:
        return self.secret


@dataclass(frozen=True)
class LinkHolder:
    """Somebody with a mailed link: one capacity, one item. Reading needs nothing more; acting asks for a name."""

    role: Role
    body_id: int | None
    deputy_id: int | None
    assignment_id: int | None
    reply_id: int | None
    congress_id: int | None
    name: str
    language: str
    link_id: int
    purpose: Purpose
    suggestion_id: int | None = None
    circulation_id: int | None = None
    notice_id: int | None = None  # names no body: such a link opens the notice and nothing of what it is about
    shared_at: int | None = None  # the body whose people read one mailbox

    @property
    def is_shared(self) -> bool:
        return self.shared_at is not None

    def asks_code(self) -> bool:
        """Whether whoever submits gives the office's code first: from a shared mailbox, once a day in each browser."""
        return self.is_shared and not office_code.has_passed(self.link_id, clock.today())

    def actor(self) -> Actor:
        name = trimmed(fields_sent().get("acting_name", ""))[:60] or self.name
        return Actor("link", self.link_id, name, self.body_id)


def welcome(app: Flask) -> None:
    """Know the visitor before every page."""
    logins.init_app(app, add_context_processor=False)
    app.extensions[once.BEFORE_DONE] = (networks.note_act,)
    app.before_request(recognise)
    app.before_request(lead_to_enrolment)


@logins.user_loader
def _signed_in(secret: str) -> SignedIn | None:
    return SignedIn(secret) if _living_session(secret) else None


def _living_session(secret: str) -> queries.Living | None:
    limits = queries.limits(current_app.config)
    return queries.find_session(secret, at=clock.now(), whole=not only_reads(), **limits)


def recognise() -> None:
    """Set `g.visitor`: the link's holder where the address carries a link, else the session's user, else nobody."""
    g.visitor = g.sign_in_id = g.user_id = g.awaits = g.half_id = g.session_ends = None
    if request.endpoint is None or gate.is_plain(request.endpoint):
        return
    token = (request.view_args or {}).get("token")
    if token is not None:
        g.visitor = _holder(str(token))
        _look_at_the_code(g.visitor)
        return
    secret = session.get(KEPT_AS)
    if secret is not None and (living := _living_session(secret)) is not None:
        _welcome(living)


def _welcome(living: queries.Living) -> None:
    """The user of this session: read in columns for a page that only reads, the account itself for one that writes.

    Who has given the password but not yet the one-time code is nobody, but at the door.
    """
    if living.congress is not None:
        g.congress = living.congress
    if living.awaits is Awaits.CODE:
        if clock.now() - living.began_at <= HALF_LASTS:
            g.half_id, g.half_user_id = living.id, living.user.id
        return
    g.visitor, g.sign_in_id, g.awaits, g.session_ends = living.user, living.id, living.awaits, living.ends
    g.user_id = living.user.id
    if only_reads() and request.method == "GET" and clock.now() - living.seen_at > TOUCH_EVERY:
        _touch(living)


def _touch(living: queries.Living) -> None:
    """On a disk that takes nothing pages are still read: then nobody notes that the session is in use."""
    db.session.rollback()
    try:
        actions.touch(living.id, at=clock.now())
        places.look_whether_moved(living.user, living.address, request.remote_addr or "", at=clock.now())
    except Exception as wrong:
        if not outage.is_outage(wrong):
            raise


def lead_to_enrolment() -> Any:
    """Whose role needs a second factor sets it up first, and opens nothing else before."""
    if g.get("awaits") is not Awaits.ENROLMENT or request.endpoint in ENROLMENT_PAGES:
        return None
    return redirect(url_for("people.factor"), 303) if request.method == "GET" else abort(403)


def _holder(token: str) -> LinkHolder | None:
    link = queries.find_link(token, at=clock.now())
    if link is None or link.purpose not in OPENING:
        return None
    return LinkHolder(
        role=OPENING[link.purpose],
        body_id=link.body_id,
        deputy_id=link.deputy_id,
        assignment_id=link.assignment_id,
        reply_id=link.reply_id,
        congress_id=link.congress_id,
        name=link.holder_name,
        language=link.language,
        link_id=link.id,
        purpose=link.purpose,
        suggestion_id=link.suggestion_id,
        circulation_id=link.circulation_id,
        notice_id=link.notice_id,
        shared_at=_shared_at(link),
    )


def _shared_at(link: Any) -> int | None:
    """The body that reads the link's mailbox together; a deputy's link belongs to him alone."""
    if link.body_id is None and link.notice_id is None:
        return None
    found = office_code.shared_at(link.congress_id, link.holder_name)
    return found and (link.body_id or found)


def _look_at_the_code(holder: LinkHolder | None) -> None:
    """Before a form is acted on, and before anything is loaded: was the right code given with it?"""
    g.code_refused = ""
    if holder is None or holder.shared_at is None or request.method != "POST" or not holder.asks_code():
        return
    given = trimmed(request.form.get("office_code", ""))[:20]
    if not given:
        g.code_refused = office_code.MISSING
        return
    at, today = clock.now(), clock.today()
    g.code_refused = office_code.try_code(holder.shared_at, holder.link_id, given, at=at, today=today)


def visitor() -> Any:
    """Whoever is asking this page; the gate has seen to it that there is somebody where the page needs one."""
    return g.visitor


def link_token() -> str | None:
    """The link this page was opened with, so that its forms go back through it."""
    return (request.view_args or {}).get("token")


__all__ = ["Link", "LinkHolder", "SignedIn", "link_token", "recognise", "visitor", "welcome"]
