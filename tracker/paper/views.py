"""The signed paper comes back: its number leads to the page of the stage that knows what to do with it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker.database import db
from tracker.files import store
from tracker.paper import queries, rules
from tracker.paper.models import Paper, PaperKind
from tracker.paper.names import KINDS
from tracker.roles import OFFICE
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_page
from tracker.web.sheets import asked_for_sheet, workbook

pages = Blueprint("paper", __name__)

# Where each kind is taken in; the stages after this one, by the names of their pages. A decision is nobody's to sign.
TAKEN_IN = {
    PaperKind.NOTICE: "dispatch.take_receipt",
    PaperKind.LIST: "dispatch.take_receipt",
    PaperKind.CONTACT_RECORD: "handling.take_contact",
    PaperKind.REPLY_LETTER: "handling.take_letter",
    PaperKind.OPINION_FORM: "feedback.take_rating",
    PaperKind.SUPERVISION: "notices.take_answer",
}


@pages.get("/papers")
@allow(*OFFICE)
def index() -> Any:
    """Type or scan a number; beneath, what was printed and what of it came back."""
    typed = request.args.get("code", "").strip()
    if typed:
        return _lead_on(typed)
    if asked_for_sheet():
        every = db.session.scalars(queries.papers(g.visitor))
        return workbook(_("Papers"), _headers(), (_cells(one) for one in every))
    return _page()


@pages.get("/papers/<code>")
@allow(*OFFICE)
def paper(code: str) -> Any:
    """Where the QR code of a paper leads."""
    return _lead_on(code)


@pages.get("/papers/scans/<int:scan_id>")
@allow(*OFFICE)
def scan(scan_id: int) -> Any:
    """The scan of a signed paper; always a download."""
    return store.serve(queries.get_scan(scan_id, g.visitor).file)


def _lead_on(typed: str) -> Any:
    found = queries.find_paper(rules.read_code(typed), g.visitor)
    if found is None:
        return _page(typed[:60]), 404
    if found.kind is PaperKind.SUGGESTION_FORM:
        return redirect(url_for("intake.signed_form", suggestion_id=found.about_id))
    if found.kind not in TAKEN_IN:
        return _page(for_good=found)
    return redirect(url_for(TAKEN_IN[found.kind], code=found.code))


def _page(unknown: str = "", for_good: Paper | None = None) -> str:
    wanted, number = queries.papers(g.visitor), asked_page()
    count = sa.select(sa.func.count()).select_from(Paper).where(Paper.congress_id == g.visitor.congress_id)
    total = db.session.scalar(count) or 0
    number = min(number, max(1, -(-total // ROWS)))
    rows = list(db.session.scalars(wanted.offset((number - 1) * ROWS).limit(ROWS)))
    page = Page(rows, number, total)
    facts = {"page": page, "unknown": unknown, "for_good": for_good, "kinds": KINDS}
    return render_template("paper/index.html", **facts, sheet_url=url_for("paper.index", format="xlsx"))


def _headers() -> list[str]:
    return [_("Number"), _("Paper"), _("About"), _("Printed"), _("By"), _("Came back")]


def _cells(one: Paper) -> list[Any]:
    came = one.scans[-1].taken_at if one.scans else None
    return [one.code, _(KINDS[one.kind]), one.subject, one.printed_at, one.printed_by, came]
