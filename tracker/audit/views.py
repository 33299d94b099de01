"""The trail: who signed in, exported, administered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, g, render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.audit.actions import trace
from tracker.audit.models import Seal, Trace
from tracker.audit.names import ACTS, FACTS
from tracker.audit.noted import noteworthy
from tracker.database import db, writing
from tracker.roles import Role
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

pages = Blueprint("audit", __name__)
MOST_LEAVING = 50_000


@pages.after_app_request
def note_what_was_read(answer: Response) -> Response:
    """What left, was refused or was read of many is written down before the answer goes, in a transaction of its own.

    Where that cannot be written, nothing goes: a disk that is full hands out no telephone numbers.
    """
    noted = list(noteworthy(answer))
    if noted:
        who = g.visitor.actor()
        db.session.rollback()
        with writing():
            for act, facts in noted:
                trace(act, who, at=clock.now(), **facts)
            db.session.commit()
    return answer


@pages.get("/trail")
@allow(Role.AUDITOR)
def trail() -> Any:
    wanted = sa.select(Trace).order_by(Trace.id.desc())
    act = request.args.get("act", "")[:40]
    if act:
        wanted = wanted.where(Trace.act == act)
    if asked_for_sheet():
        return workbook(_("Trail"), _headers(), (_cells(one) for one in db.session.scalars(wanted.limit(MOST_LEAVING))))
    total = db.session.scalar(sa.select(sa.func.count()).select_from(wanted.order_by(None).subquery())) or 0
    number = asked_page()
    rows = list(db.session.scalars(wanted.offset((number - 1) * ROWS).limit(ROWS)))
    acts = list(db.session.scalars(sa.select(Trace.act).distinct().order_by(Trace.act)))
    last = db.session.scalar(sa.select(Seal).order_by(Seal.id.desc()).limit(1))
    page = Page(rows, number, total)
    words = {"act_words": {name: act_word(name) for name in acts}, "told": told}
    return render_template("audit/trail.html", page=page, act=act, last=last, sheet_url=sheet_url(), **words)


def act_word(act: str) -> str:
    return _(ACTS[act]) if act in ACTS else act


def told(one: Trace) -> str:
    """The facts of an act with their names in words."""
    named = ((_(FACTS[name]) if name in FACTS else name, value) for name, value in one.facts.items())
    return " · ".join(_("%(what)s: %(value)s", what=what, value=value) for what, value in named)


def _headers() -> list[str]:
    return [_("When"), _("Act"), _("Who"), _("Facts")]


def _cells(one: Trace) -> list[Any]:
    return [one.at, act_word(one.act), one.actor_name, told(one)]
