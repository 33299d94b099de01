"""One signal: what was seen by which rule, what is done next, what was said to it; answered and dismissed here."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import NotFound
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.signals import actions, doors, queries, saying
from tracker.signals.choices import chosen
from tracker.signals.forms import AnswerForm, DismissForm
from tracker.signals.known import find_kind
from tracker.signals.models import Signal
from tracker.signals.names import ABOUT, CLEARED, LOOKS, STATES
from tracker.signals.readers import READERS, acts_on, may_answer
from tracker.signals.rules import state_of
from tracker.signals.views import pages
from tracker.web import once
from tracker.web.filters import in_language
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link

BOTH = ["GET", "POST"]


@pages.get("/signals/<int:signal_id>")
@pages.get("/links/<token>/signals/<int:signal_id>")
@by_link
@allow(*READERS)
def show(signal_id: int, **_link: str) -> str:
    """What is seen, with the rule beside it, the evidence one click away, and what is to be done next."""
    return _page(signal_id)


@pages.route("/signals/<int:signal_id>/answer", methods=BOTH)
@pages.route("/links/<token>/signals/<int:signal_id>/answer", methods=BOTH)
@by_link
@allow(*OFFICE, Role.HUB, Role.BODY_HANDLER, Role.BODY_LEADER)
def answer(signal_id: int, **_link: str) -> Any:
    """Whoever it is about says something to it in his own words."""
    form = _answer_form(queries.get_signal(signal_id, visitor()))
    if form is None:
        raise NotFound
    if form.validate_on_submit() and obeys(form, lambda: _answer(form, signal_id)):
        form.remember_name()
        flash(_("The words stand beside the sign."), "ok")
        return once.done(doors.signal_url(signal_id))
    return _page(signal_id, answering=form)


@pages.route("/signals/<int:signal_id>/dismissal", methods=BOTH)
@allow(*OFFICE)
def dismiss(signal_id: int) -> Any:
    """The office finds that it hints at nothing here."""
    form = DismissForm()
    if form.validate_on_submit() and obeys(form, lambda: _dismiss(form, signal_id)):
        flash(_("The sign is dismissed; it stays to be read, with the reason."), "ok")
        return once.done(doors.signal_url(signal_id))
    return _page(signal_id, dismissing=form)


@pages.post("/signals/<int:signal_id>/return")
@allow(*OFFICE)
def restore(signal_id: int) -> Any:
    """The office takes its dismissal back."""
    actions.restore(queries.get_signal(signal_id, visitor()), by=visitor().actor(), on=clock.today())
    flash(_("The sign counts again."), "ok")
    return once.done(doors.signal_url(signal_id))


def _page(signal_id: int, answering: AnswerForm | None = None, dismissing: DismissForm | None = None) -> str:
    asking, found = visitor(), queries.get_signal(signal_id, visitor())
    kind = find_kind(found.kind)
    is_dismissed = any(one.undone_on is None for one in found.dismissals)
    state = state_of(is_cleared=not found.is_open, is_dismissed=is_dismissed, is_answered=bool(found.answers))
    dismisses = asking.role in OFFICE and found.is_open and not is_dismissed
    return render_template(
        "signals/show.html",
        signal=found,
        suggestion=found.suggestion,
        name=saying.name_of(found.kind),
        rule=_rule(found, asking.congress_id),
        evidence=saying.evidence_of(found.kind, found.facts),
        act=saying.act_of(found.kind),
        evidence_url=doors.evidence_url(_seen(found), asking),
        act_url=doors.act_url(_seen(found), asking),
        about=_(ABOUT[kind.about]) if kind else "",
        state_name=_(STATES[state]),
        state_look=LOOKS[state],
        cleared_names=CLEARED,
        before=queries.raised_before(found),
        is_dismissed=is_dismissed,
        acts=acts_on(asking),
        restores=asking.role in OFFICE and found.is_open and is_dismissed,
        answering=answering or (_answer_form(found) if request.method == "GET" else None),
        answer_url=doors.answer_url(found.id),
        dismissing=dismissing or (DismissForm() if dismisses and request.method == "GET" else None),
    )


def _rule(found: Signal, congress_id: int) -> str:
    return next((saying.rule_of(one.kind, one.set_at) for one in chosen(congress_id) if one.kind.key == found.kind), "")


def _seen(found: Signal) -> doors.Seen:
    standing = str(found.assignment.standing) if found.assignment is not None else None
    return doors.Seen(found.kind, found.suggestion_id, found.assignment_id, found.thing_id, standing)


def _answer_form(found: Signal) -> AnswerForm | None:
    """The form for whoever may answer; the office enters a body's paper, or speaks for itself."""
    asking = visitor()
    if not may_answer(found, asking):
        return None
    is_of_the_body = actions.is_of_the_body(found)
    form = AnswerForm(on_behalf=asking.role in OFFICE and is_of_the_body)
    if not is_of_the_body:
        form.answer.label.text = _("What our office says to it")
    return form


def _answer(form: AnswerForm, signal_id: int) -> None:
    found, by = queries.get_signal(signal_id, visitor()), visitor().actor()
    if form.whose is not None:
        body = in_language(found.body) if found.body else ""
        by = by.for_paper_of(_("%(name)s, %(body)s", name=form.whose.data, body=body))
    actions.answer(found, form.answer.data or "", by=by, on=clock.today())


def _dismiss(form: DismissForm, signal_id: int) -> None:
    found = queries.get_signal(signal_id, visitor())
    actions.dismiss(found, form.reason.data or "", by=visitor().actor(), on=clock.today())
