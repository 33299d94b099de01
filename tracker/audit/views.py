"""The trail: who signed in, exported, administered."""

from __future__ import annotations

import logging
from tempfile import TemporaryFile
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, g, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import selectinload
from werkzeug.wsgi import FileWrapper

from tracker import clock
from tracker.actor import Actor
from tracker.audit import export
from tracker.audit.actions import trace
from tracker.audit.models import Seal, Trace
from tracker.audit.names import LEAVING, act_word, told
from tracker.audit.noted import Noted, noteworthy
from tracker.database import db, writing
from tracker.roles import Role
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_page
from tracker.web.sheets import Taken, asked_for_sheet, sheet_url, workbook

pages = Blueprint("audit", __name__)
log = logging.getLogger("tracker")
MOST_LEAVING = 50_000


@pages.after_app_request
def note_what_was_read(answer: Response) -> Response:
    """What left, was refused or was read of many is written down before the answer goes, in a transaction of its own.

    Where that cannot be written, nothing goes: a disk that is full hands out no telephone numbers. A refusal stays one.
    """
    noted = list(noteworthy(answer))
    if noted:
        try:
            _write(noted, g.visitor.actor())
        except sa.exc.DBAPIError as failed:
            db.session.rollback()
            if answer.status_code == 200:
                answer.close()
                return current_app.make_response(current_app.handle_user_exception(failed))
            log.warning("a refusal could not be written down")
    return answer


def _write(noted: list[Noted], who: Actor) -> None:
    db.session.rollback()
    with writing():
        for act, facts in noted:
            trace(act, who, at=clock.now(), **facts)
        db.session.commit()


@pages.get("/trail")
@allow(Role.AUDITOR, Role.OFFICE_LEADER)
def trail() -> Any:
    """The auditor reads all of it; the office's leader what left the house, and whose data was read."""
    act, everything = request.args.get("act", "")[:40], seen(g.visitor.role)
    wanted = everything.where(Trace.act == act) if act else everything
    if asked_for_sheet():
        cells = (_cells(one) for one in db.session.scalars(wanted.limit(MOST_LEAVING)))
        return workbook(_("Trail"), _headers(), cells)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(wanted.order_by(None).subquery())) or 0
    number = asked_page()
    rows = list(db.session.scalars(wanted.offset((number - 1) * ROWS).limit(ROWS)))
    acts = sorted(db.session.scalars(everything.order_by(None).with_only_columns(Trace.act).distinct()))
    last = db.session.scalar(sa.select(Seal).order_by(Seal.id.desc()).limit(1))
    page = Page(rows, number, total)
    words = {"act_words": {name: act_word(name) for name in acts}, "told": told}
    return render_template("audit/trail.html", page=page, act=act, last=last, sheet_url=sheet_url(), **words)


@pages.get("/trail/sealed")
@allow(Role.AUDITOR)
def sealed() -> Response:
    """What is sealed, with the seals and the program that checks them; of the history only digests (docs/trail.md)."""
    made = TemporaryFile()  # noqa: SIM115 - closed when the answer is sent
    rows = export.write(made, facts=False)
    size = made.tell()
    made.seek(0)
    g.taken = Taken("audit.sealed", rows)
    answer = Response(FileWrapper(made), mimetype="application/zip", direct_passthrough=True)
    answer.call_on_close(made.close)
    answer.headers["Content-Length"] = str(size)
    answer.headers["Content-Disposition"] = f'attachment; filename="trail-{clock.today().isoformat()}.zip"'
    return answer


def seen(role: Role) -> sa.Select[tuple[Trace]]:
    """The traces a role reads, the newest first."""
    wanted = sa.select(Trace).options(selectinload(Trace.aside)).order_by(Trace.id.desc())
    return wanted if role is Role.AUDITOR else wanted.where(Trace.act.in_(LEAVING))


def _headers() -> list[str]:
    return [_("When"), _("Act"), _("Who"), _("Facts")]


def _cells(one: Trace) -> list[Any]:
    return [one.at, act_word(one.act), one.actor_name, told(one)]
