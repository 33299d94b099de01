"""What a letter says: subject, text and HTML of one kind, in the addressee's language, complete in itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import css_inline
import sqlalchemy as sa
from flask import current_app, g
from flask_babel import force_locale
from flask_babel import gettext as _

from tracker.database import db
from tracker.mail.rules import one_line
from tracker.web.languages import LANGUAGES

if TYPE_CHECKING:
    from tracker.mail.outbox import Addressee

LOOSE_ENDS = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
EMPTY_LINES = re.compile(r"\n{3,}")
CONGRESS = sa.table(
    "congress",
    *(
        sa.column(name)
        for name in ("id", "name", "name_en", "office_name", "office_name_en", "office_email", "is_demo")
    ),
)


@dataclass(frozen=True)
class Written:
    """The three parts of a letter, and the office's own address, where answers go; "" if it has named none."""

    subject: str
    text: str
    html: str
    reply_to: str = ""


@dataclass(frozen=True)
class Sender:
    """The office a letter comes from, named in the letter's language, and its own address."""

    name: str
    subtitle: str
    is_demo: bool
    email: str = ""


def write(kind: str, to: Addressee, facts: Mapping[str, Any]) -> Written:
    """Render one letter. Its templates know `to`, `site`, `base_url`, `language`, `subject`, `detail` and the facts."""
    language = to.language if to.language in LANGUAGES else next(iter(LANGUAGES))
    with force_locale(language):
        office = _sender(language, to, facts)
        known = {
            "to": to,
            "site": office,
            "base_url": current_app.config["BASE_URL"],
            "detail": current_app.config["MAIL_DETAIL"],
            "language": language,
            "why": "",
            **facts,
        }
        subject = one_line(_render(kind, "subject.txt", known), 300)
        known["subject"] = subject
        text = EMPTY_LINES.sub("\n\n", LOOSE_ENDS.sub("", _render(kind, "body.txt", known))).strip() + "\n"
        html = _inliner().inline(_render(kind, "body.html", known))
    return Written(subject, text, html, office.email)


def _render(kind: str, part: str, known: dict[str, Any]) -> str:
    return current_app.jinja_env.get_template(f"letters/{kind}/{part}").render(known)


@cache
def _inliner() -> css_inline.CSSInliner:
    """Moves the rules of letter.css into the elements; it opens no address, on the net or on the disk."""
    return css_inline.CSSInliner(load_remote_stylesheets=False)


def _sender(language: str, to: Addressee, facts: Mapping[str, Any]) -> Sender:
    congress = _congress(to, facts.get("congress_id"))
    if congress is None:
        return Sender(_("Deputy Suggestion Tracker"), "", False)
    english = language == "en"
    return Sender(
        _("%(congress)s · Suggestions", congress=(english and congress.name_en) or congress.name),
        (english and congress.office_name_en) or congress.office_name,
        congress.is_demo,
        congress.office_email or "",
    )


def _congress(to: Addressee, congress_id: int | None) -> Any:
    """The congress a letter comes from: the only one, the one named in the facts, or the addressee's own."""
    rows = g.get("letter_congresses")
    if not rows:
        rows = g.letter_congresses = db.session.execute(sa.select(CONGRESS).order_by(CONGRESS.c.id)).all()
    if len(rows) > 1:
        wanted = congress_id or _congress_of(to.person_key)
        return next((row for row in rows if row.id == wanted), rows[0])
    return rows[0] if rows else None


def _congress_of(person_key: str) -> int | None:
    kind, _colon, number = person_key.partition(":")
    if kind not in ("officer", "deputy", "user") or not number.isdigit():
        return None
    people = sa.table(kind, sa.column("id"), sa.column("congress_id"))
    return db.session.scalar(sa.select(people.c.congress_id).where(people.c.id == int(number)))
