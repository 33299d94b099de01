"""The outbox: what was written to whom, what arrived, what waits, what failed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tracker import clock
from tracker.errors import N_, RuleBroken
from tracker.mail import actions, enclosures, queries
from tracker.mail.forms import AgainForm
from tracker.mail.models import Letter, LetterState, Stopped
from tracker.mail.names import kind_name
from tracker.mail.rules import without_secrets
from tracker.roles import OFFICE, Role
from tracker.web import once, personal
from tracker.web.forms import obeys
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
# Such a letter opens its reader's account: nobody else reads its link, or says where it goes.
FOR_ONE_ONLY = ("password_forgotten",)
OWN_WORDS: dict[str, Any] = {
    "address": _l("No usable address"),
    "abandoned": _l("The sending was interrupted"),
    "taken back": _l("Taken back before it was sent"),
    "aside": _l("Put aside: told in another way"),
}
TO_DO: dict[Stopped, Any] = {
    Stopped.ADDRESS: _l("Nobody is reached at this address. Ask the person, correct it, and send again."),
    Stopped.CONTENT: _l("The mail server refused this letter. Ask those who run it; then send again, or print it."),
    Stopped.PATIENCE: _l("The mail server put this letter off for three days. Send it again, or print it."),
    Stopped.DOUBT: _l("It may have arrived several times already. Ask the person; send again only if it did not."),
}


@pages.get("/outbox")
@allow(*OFFICE, Role.ADMIN)
def outbox() -> Any:
    asked = request.args.get("state", "")
    state = LetterState(asked) if asked in list(LetterState) else None
    if asked_for_sheet():
        cells = [_cells(one) for one in queries.every(g.visitor, state)]
        personal.shows(len({address for _at, _to, address, *_more in cells}))
        return workbook(_("Outbox"), _headers(), cells)
    number = asked_page()
    rows, total = queries.letters(g.visitor, state, page=number, rows_each=ROWS)
    personal.shows(len({one.to_address for one in rows}))
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
    what = one.subject if _reads() else _(kind_name(one.kind))
    state = STATE_NAMES[one.state]
    return [one.written_at, one.to_name, one.to_address, what, state, one.tries, one.sent_at, error]


@pages.post("/outbox/again")
@allow(*OFFICE, Role.ADMIN)
def all_again() -> Any:
    """The mail server is mended: what it refused or put off is tried once more."""
    count = actions.send_all_again(queries.visible_to(g.visitor), at=clock.now())
    flash(_("%(count)d letters wait to be sent again.", count=count), "ok")
    return once.done(url_for("mail.outbox"))


@pages.get("/letters/<int:letter_id>")
@allow(*OFFICE, Role.ADMIN)
def letter(letter_id: int) -> Any:
    """One letter. A sent letter's mailed links are not shown: they belong to its reader."""
    found = queries.get_letter(letter_id, g.visitor)
    return _shown(found, AgainForm(address=queries.present_address(found) or found.to_address))


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
    """Try once more to mail a letter that failed, to the address given."""
    form = AgainForm()
    if form.validate_on_submit() and obeys(form, lambda: _send(form, letter_id)):
        flash(_("The letter waits to be sent again."), "ok")
        return once.done(url_for("mail.letter", letter_id=letter_id))
    return _shown(queries.get_letter(letter_id, g.visitor), form)


@pages.post("/letters/<int:letter_id>/aside")
@allow(*OFFICE, Role.ADMIN)
def aside(letter_id: int) -> Any:
    """Whoever it is for was told in another way."""
    actions.put_aside(queries.get_letter(letter_id, g.visitor))
    flash(_("The letter is put aside; it can still be printed."), "ok")
    return once.done(url_for("mail.letter", letter_id=letter_id))


def _send(form: AgainForm, letter_id: int) -> None:
    """Only who may read letters says where one goes: to others it goes where the address book says."""
    found = queries.get_letter(letter_id, g.visitor)
    if found.kind in FOR_ONE_ONLY:
        raise RuleBroken(N_("This letter lets its reader sign in. Let him ask for a new one."))
    typed = (form.address.data or "").strip() if _reads() else ""
    actions.send_again(found, at=clock.now(), address=typed or queries.present_address(found) or found.to_address)


def _shown(found: Letter, form: AgainForm) -> Any:
    shown = str if found.state is LetterState.KEPT and found.kind not in FOR_ONE_ONLY else without_secrets
    return render_template(
        "mail/letter.html",
        letter=found,
        form=form,
        text=shown(found.body_text) if _reads() else "",
        html=shown(found.body_html) if _reads() else "",
        reads=_reads(),
        may_go_again=_may_go_again(found),
        to_do=TO_DO.get(found.stopped) if found.stopped else None,
        enclosed=enclosures.listed(found.id),
        **_words(),
    )


def _reads() -> bool:
    """Whether the visitor may read what letters say; the administrator sees only that there are letters."""
    return g.visitor.role in OFFICE


def _may_go_again(one: Letter) -> bool:
    stopped = one.state in (LetterState.FAILED, LetterState.KEPT)
    return stopped and one.channel == "mail" and one.kind not in FOR_ONE_ONLY


def _words() -> dict[str, Any]:
    return {"state_names": STATE_NAMES, "state_tags": STATE_TAGS, "own_words": OWN_WORDS, "kind_name": kind_name}
