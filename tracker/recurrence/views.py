"""Look-alikes while typing and of a recorded suggestion; linking what is the same matter."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.dispatch.advice import advice_for
from tracker.errors import RuleBroken
from tracker.handling.names import OUTCOMES
from tracker.intake.actions import GIVE_REASON
from tracker.intake.actions.linking import link_same_matter, unlink
from tracker.people.visitors import visitor
from tracker.recurrence import queries, told
from tracker.recurrence.forms import LinkForm, TextForm, UnlinkForm
from tracker.recurrence.names import HOW
from tracker.roles import OFFICE, SEES_CONTENT
from tracker.search.copied import beside, letter, taken
from tracker.suggestion.queries import get_suggestion
from tracker.web import once
from tracker.web.gate import allow, only_reads
from tracker.web.numbers import row_number

pages = Blueprint("recurrence", __name__)
MOST_SHOWN = 10


@pages.post("/suggestions/alike")
@only_reads
@allow(*OFFICE)
def look() -> str:
    """Look-alikes of what is being typed: a page of its own, or the part of the record form that shows them.

    A POST, because a text is too long for an address and has no business in the logs; nothing is kept of it.
    """
    form, congress_id, own_id = TextForm(), visitor().congress_id, request.args.get("own", 0, type=row_number)
    title, text = form.title.data or "", form.text.data or ""
    found, advised = [], []
    if congress_id is not None and (title or text):
        found = queries.look_alikes(title, text, visitor(), recorded_on=clock.today(), own_id=own_id)
        advised = advice_for(title, text, congress_id, own_id=own_id)
    return render_template(
        "recurrence/_typed.html" if "part" in request.args else "recurrence/look.html",
        found=found,
        advised=advised,
        form=form,
        outcome_names=OUTCOMES,
        link_form=None,
    )


@pages.get("/suggestions/<int:suggestion_id>/alike")
@allow(*OFFICE)
def index(suggestion_id: int) -> str:
    """Look-alikes of a recorded suggestion, each to be linked as the same matter."""
    suggestion, known = get_suggestion(suggestion_id, visitor()), queries.linked_ids(suggestion_id)
    found = queries.look_alikes(
        suggestion.title,
        suggestion.text,
        visitor(),
        recorded_on=suggestion.recorded_on,
        own_id=suggestion.id,
        known=known,
        limit=MOST_SHOWN,
    )
    return render_template(
        "recurrence/index.html",
        suggestion=suggestion,
        found=found,
        known=known,
        link_form=LinkForm(formdata=None),
        outcome_names=OUTCOMES,
    )


@pages.post("/suggestions/<int:suggestion_id>/same-matters")
@allow(*OFFICE)
def link(suggestion_id: int) -> Any:
    form = LinkForm()
    if not form.validate() or form.other_id.data is None:
        raise RuleBroken(GIVE_REASON)
    one, other = get_suggestion(suggestion_id, visitor()), get_suggestion(form.other_id.data, visitor())
    link_same_matter(one, other, form.reason.data or "", by=visitor().actor(), on=clock.today())
    flash(_("Linked as the same matter; both pages show it."), "ok")
    return once.done(url_for("register.show", suggestion_id=suggestion_id, _anchor="same-matter"))


@pages.post("/same-matters/<int:link_id>/removal")
@allow(*OFFICE)
def remove(link_id: int) -> Any:
    form = UnlinkForm()
    if not form.validate():
        raise RuleBroken(GIVE_REASON)
    found = queries.get_link(link_id, visitor())
    unlink(found, form.reason.data or "", by=visitor().actor(), on=clock.today())
    flash(_("The link was taken back; who had made it, and why, stays noted."), "ok")
    return once.done(url_for("register.show", suggestion_id=found.other_id))


@pages.get("/replies/<int:reply_id>/beside/<int:other_id>")
@allow(*SEES_CONTENT)
def side_by_side(reply_id: int, other_id: int) -> str:
    """Two replies beside each other with what stands in both marked; each must be the visitor's to read."""
    mine, theirs = (told.get_readable(number, visitor()) for number in (reply_id, other_id))
    lines = beside(mine.text, theirs.text)
    return render_template(
        "recurrence/side_by_side.html",
        letters=list(zip((mine, theirs), lines, strict=True)),
        percent=taken(letter(mine.text), letter(theirs.text)),
        back=taken(letter(theirs.text), letter(mine.text)),
        known=told.known_likeness(reply_id, other_id),
        how_names=HOW,
        outcome_names=OUTCOMES,
    )


@pages.get("/replies/<int:reply_id>/likenesses")
@allow(*SEES_CONTENT)
def likenesses(reply_id: int) -> str:
    """The replies this one was found to be taken from, and those taken from it, as far as the visitor may read them."""
    return render_template(
        "recurrence/likenesses.html",
        reply=told.get_readable(reply_id, visitor()),
        found=told.likenesses_of(reply_id, visitor()),
        how_names=HOW,
    )
