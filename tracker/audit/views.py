"""The trail: who signed in, exported, administered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, request

from tracker.audit.models import Seal, Trace
from tracker.database import db
from tracker.roles import Role
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_page

pages = Blueprint("audit", __name__)


@pages.get("/trail")
@allow(Role.AUDITOR)
def trail() -> Any:
    wanted = sa.select(Trace).order_by(Trace.id.desc())
    act = request.args.get("act", "")[:40]
    if act:
        wanted = wanted.where(Trace.act == act)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(wanted.order_by(None).subquery())) or 0
    number = asked_page()
    rows = list(db.session.scalars(wanted.offset((number - 1) * ROWS).limit(ROWS)))
    acts = list(db.session.scalars(sa.select(Trace.act).distinct().order_by(Trace.act)))
    last = db.session.scalar(sa.select(Seal).order_by(Seal.id.desc()).limit(1))
    return render_template("audit/trail.html", page=Page(rows, number, total), acts=acts, act=act, last=last)
