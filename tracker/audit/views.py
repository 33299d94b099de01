"""The trail: who signed in, exported, administered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, g, render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.audit.actions import trace
from tracker.audit.models import Seal, Trace
from tracker.database import db, writing
from tracker.roles import Role
from tracker.web.forms import trimmed
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

pages = Blueprint("audit", __name__)
MOST_LEAVING = 50_000


@pages.after_app_request
def note_what_leaves(answer: Response) -> Response:
    """Whoever takes a table as a file is written down before it leaves, in a transaction of its own."""
    taken = g.pop("taken", None)
    if taken is None or answer.status_code != 200:
        return answer
    who = g.visitor.actor()
    filters = {trimmed(name): trimmed(value) for name, value in request.args.items() if name != "format"}
    db.session.rollback()
    with writing():
        trace("export", who, at=clock.now(), what=taken.what, rows=taken.rows, filters=filters)
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
    return render_template("audit/trail.html", page=page, acts=acts, act=act, last=last, sheet_url=sheet_url())


def _headers() -> list[str]:
    return [_("When"), _("Act"), _("Who"), _("Facts")]


def _cells(one: Trace) -> list[Any]:
    return [one.at, one.act, one.actor_name, " · ".join(f"{name}: {value}" for name, value in one.facts.items())]
