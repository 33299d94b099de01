"""The outbox: what was written to whom, what arrived, what waits, what failed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tracker import clock
from tracker.mail import actions, enclosures, queries
from tracker.mail.models import Letter, LetterState
from tracker.mail.rules import is_address, without_secrets
from tracker.roles import OFFICE, Role
from tracker.web import once
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_page
from tracker.web.sheets import Taken, asked_for_sheet, sheet_url, workbook

pages = Blueprint("mail", __name__)

STATE_NAMES: dict[LetterState, Any] = {
    LetterState.WAITING: _l("Waiting"),
    LetterState.SENDING: _l("Being sent"),
    LetterState.SENT: _l("Sent"),
    LetterState.FAILED: _l("Failed"),
    LetterState.KEPT: _l("Kept to be printed"),
}
STATE_TAGS = {
    LetterState.WAITING: "info",
    LetterState.SENDING: "info",
    LetterState.SENT: "ok",
    LetterState.FAILED: "bad",
    LetterState.KEPT: "muted",
}
OWN_WORDS: dict[str, Any] = {
    "address": _l("No usable address"),
    "abandoned": _l("The sending was interrupted"),
    "taken back": _l("Taken back before it was sent"),
}


@pages.get("/outbox")
@allow(*OFFICE, Role.ADMIN)
def outbox() -> Any:
    asked = request.args.get("state", "")
    state = LetterState(asked) if asked in list(LetterState) else None
    if asked_for_sheet():
        return workbook(_("Outbox"), _headers(), (_cells(one) for one in queries.every(g.visitor, state)))
    number = asked_page()
    rows, total = queries.letters(g.visitor, state, page=number, rows_each=ROWS)
    return render_template(
        "mail/outbox.html",
        page=Page(rows, number, total),
        standing=queries.standing(g.visitor),
        asked=state,
        reads=_reads(),
        may_go_again=_may_go_again,
        sheet_url=sheet_url(),
        **_words(),
    )


def _headers() -> list[str]:
    return [_("Written"), _("To"), _("Address"), _("Letter"), _("State"), _("Tries"), _("Sent"), _("Last error")]


def _cells(one: Letter) -> list[Any]:
    """What the list shows; the letters themselves stay here."""
    error = OWN_WORDS.get(one.last_error, one.last_error) if one.last_error else ""
    what = one.subject if _reads() else one.kind
    state = STATE_NAMES[one.state]
    return [one.written_at, one.to_name, one.to_address, what, state, one.tries, one.sent_at, error]


@pages.get("/letters/<int:letter_id>")
@allow(*OFFICE, Role.ADMIN)
def letter(letter_id: int) -> Any:
    """One letter. A sent letter's mailed links are not shown: they belong to its reader."""
    found = queries.get_letter(letter_id, g.visitor)
    shown = str if found.state is LetterState.KEPT else without_secrets
    return render_template(
        "mail/letter.html",
        letter=found,
        text=shown(found.body_text) if _reads() else "",
        html=shown(found.body_html) if _reads() else "",
        reads=_reads(),
        may_go_again=_may_go_again(found),
        enclosed=enclosures.listed(letter_id),
        **_words(),
    )


@pages.get("/letters/<int:letter_id>/enclosures/<int:enclosure_id>")
@allow(*OFFICE)
def enclosure(letter_id: int, enclosure_id: int) -> Any:
    """A file that goes with a letter, as its reader gets it; always a download."""
    queries.get_letter(letter_id, g.visitor)
    found = enclosures.get(letter_id, enclosure_id)
    g.taken = Taken(request.endpoint or "", 1)
    answer = Response(found.content, mimetype=found.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=found.name)
    return answer


@pages.post("/letters/<int:letter_id>/again")
@allow(*OFFICE, Role.ADMIN)
def again(letter_id: int) -> Any:
    """Try once more to mail a letter that failed."""
    actions.send_again(queries.get_letter(letter_id, g.visitor), at=clock.now())
    flash(_("The letter waits to be sent again."), "ok")
    return once.done(url_for("mail.letter", letter_id=letter_id))


def _reads() -> bool:
    """Whether the visitor may read what letters say; the administrator sees only that there are letters."""
    return g.visitor.role in OFFICE


def _may_go_again(one: Letter) -> bool:
    stopped = one.state in (LetterState.FAILED, LetterState.KEPT)
    return stopped and one.channel == "mail" and is_address(one.to_address)


def _words() -> dict[str, Any]:
    return {"state_names": STATE_NAMES, "state_tags": STATE_TAGS, "own_words": OWN_WORDS}
