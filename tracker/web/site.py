"""What every page says of where one is: the congress's name, the lines of the menu, the language, the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask, g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_bootstrap import Bootstrap5

from tracker import clock
from tracker.database import db
from tracker.web.languages import LANGUAGES, chosen_language

# The menu, top to bottom, in parts: endpoint and label. A line shows where its page would open.
MENU: tuple[tuple[Any, tuple[tuple[str, Any], ...]], ...] = (
    (
        _l("Daily work"),
        (
            ("desk.index", _l("My desk")),
            ("register.index", _l("Register")),
            ("intake.record", _l("Record a suggestion")),
            ("ledgers.index", _l("Import a ledger")),
            ("documents.index", _l("Word files")),
            ("dispatch.index", _l("Hand over")),
            ("signing.index", _l("Folder to sign")),
            ("dispatch.hub", _l("Dispatch to bodies")),
            ("handling.inbox", _l("Our inbox")),
            ("handling.reading", _l("Replies to read")),
            ("paper.index", _l("Papers")),
            ("feedback.index", _l("Ratings")),
        ),
    ),
    (
        _l("Following up"),
        (
            ("followup.index", _l("Promises")),
            ("supervision.board", _l("Committee board")),
            ("supervision.instructions", _l("Instructions")),
            ("escalation.index", _l("Ladder")),
            ("notices.index", _l("Notices")),
            ("signals.index", _l("Signs of weak handling")),
        ),
    ),
    (
        _l("What is told"),
        (
            ("figures.index", _l("Figures")),
            ("figures.unseen", _l("What we cannot see")),
            ("held.index", _l("Where time goes")),
            ("reports.index", _l("Reports")),
            ("public.office", _l("Public pages")),
            ("bulletin.index", _l("Weekly bulletin")),
            ("pictures.index", _l("Pictures")),
        ),
    ),
    (
        _l("Set up once"),
        (
            ("structure.index", _l("Structure")),
            ("intake.numbers", _l("Numbering")),
            ("signing.mode", _l("Signing")),
            ("people.users", _l("People")),
            ("deadlines.rules", _l("Rules and calendar")),
        ),
    ),
    (
        _l("The system"),
        (
            ("mail.outbox", _l("Outbox")),
            ("schedule.index", _l("Timetable")),
            ("care.self_check", _l("Self-check")),
            ("privacy.index", _l("Personal data")),
            ("audit.trail", _l("Trail")),
        ),
    ),
)

# Pages without a line of their own, one by one or a whole stage's, and the line that is marked while one is there.
UNDER: dict[str, str] = {
    "deadlines": "deadlines.rules",
    "dispatch.other_number": "register.index",
    "dispatch.change_lead": "register.index",
    "dispatch.object_to_proposal": "handling.inbox",
    "dispatch.preview_reform": "structure.index",
    "dispatch.proposals": "handling.inbox",
    "dispatch.reform": "structure.index",
    "dispatch.take_receipt": "paper.index",
    "feedback.take_rating": "paper.index",
    "handling.take_contact": "paper.index",
    "handling.take_letter": "paper.index",
    "handling.deliveries": "handling.reading",
    "handling.lose": "handling.reading",
    "handling.undelivered": "handling.reading",
    "held": "held.index",
    "privacy": "privacy.index",
    "register.trail_of": "register.index",
    "held.path": "register.index",
    "intake": "register.index",
    "intake.draft": "intake.record",
    "intake.drafts_index": "intake.record",
    "intake.numbering": "intake.numbers",
    "intake.off_line": "intake.record",
    "mail": "mail.outbox",
    "notices": "notices.index",
    "notices.take_answer": "paper.index",
    "people.add_user": "people.users",
    "people.hints": "people.users",
    "recurrence": "register.index",
    "public": "public.office",
    "remarks": "register.index",
    "reports": "reports.index",
    "reports.data_sheet": "register.index",
    "supervision.inspect": "register.index",
    "supervision.name_key": "register.index",
}

ROLE_NAMES: dict[str, Any] = {
    "office_clerk": _l("Office clerk"),
    "office_leader": _l("Office leader"),
    "hub": _l("Hub"),
    "body_handler": _l("Body handler"),
    "body_leader": _l("Body leader"),
    "deputy": _l("Deputy"),
    "committee": _l("Special committee"),
    "leader": _l("Leader"),
    "auditor": _l("Auditor"),
    "admin": _l("Administrator"),
}


SHOWN = ("id", "name", "name_en", "office_name", "office_name_en", "is_demo")
CONGRESS = sa.table("congress", *(sa.column(name) for name in SHOWN))
ONLY = sa.select(CONGRESS).order_by(CONGRESS.c.id).limit(1)
OWN = sa.select(CONGRESS).where(CONGRESS.c.id == sa.bindparam("id", type_=sa.Integer))


@dataclass(frozen=True)
class Site:
    """The name over every page."""

    name: str
    subtitle: str
    is_demo: bool
    moved_clock: str | None


def furnish(app: Flask) -> None:
    """Give every template what the layout needs; of Bootstrap only its files, served by ourselves."""
    app.config["BOOTSTRAP_SERVE_LOCAL"] = True
    Bootstrap5(app)

    @app.context_processor
    def _furniture() -> dict[str, Any]:
        language = chosen_language()
        return {
            "site": _site(language),
            "language": language,
            "languages": LANGUAGES,
            "visitor": g.get("visitor"),
            "role_names": ROLE_NAMES,
            "here": request.full_path.rstrip("?") if request.method == "GET" else request.path,
            "version": app.extensions.get("version", ""),
            "session_end": _session_end(),
        }


@dataclass(frozen=True)
class SessionEnd:
    """When the session ends if no page is opened, and at the latest."""

    time: str
    seconds: int
    seconds_in_all: int


def _session_end() -> SessionEnd | None:
    ends = g.get("session_ends")
    if ends is None:
        return None
    now, (unused, at_latest) = clock.now(), ends
    seconds, in_all = (int((one - now).total_seconds()) for one in ends)
    return SessionEnd(clock.local(min(unused, at_latest)).strftime("%H:%M"), seconds, in_all)


def _site(language: str) -> Site:
    moved = clock.today().isoformat() if clock.is_moved() else None
    congress = _congress()
    if congress is None:
        return Site(_("Deputy Suggestion Tracker"), "", False, moved)
    english = language == "en"
    name = (english and congress["name_en"]) or congress["name"]
    return Site(
        _("%(congress)s · Suggestions", congress=name),
        (english and congress["office_name_en"]) or congress["office_name"],
        congress["is_demo"],
        moved,
    )


def _congress() -> Mapping[str, Any] | None:
    """The congress of the visitor, else the only one; kept for the request (a session brings its own)."""
    if "congress" not in g:
        own = getattr(g.get("visitor"), "congress_id", None)
        found = db.session.execute(OWN, {"id": own}) if own else db.session.execute(ONLY)
        g.congress = found.mappings().one_or_none()
    kept: Mapping[str, Any] | None = g.congress
    return kept
