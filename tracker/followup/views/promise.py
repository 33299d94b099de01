"""One promise: what was reported of it, what the deputy says, what the office decides; by account or by mailed link."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.deadlines.lamps import lamps
from tracker.errors import N_, NotFound, RuleBroken
from tracker.feedback.models import RatingChannel, Verdict
from tracker.feedback.names import VERDICT_LOOKS, VERDICTS
from tracker.files import store
from tracker.followup import actions, judging, queries, reported, undated
from tracker.followup.forms import DecisionForm, JudgementForm, PromiseForm, ReportForm
from tracker.followup.models import Fate
from tracker.followup.queries import Row
from tracker.followup.views import READERS, WORDS, pages, promise_address
from tracker.handling.queries import get_reply
from tracker.people.visitors import link_token, visitor
from tracker.roles import BODY, OFFICE, Role
from tracker.structure.models import Deputy
from tracker.structure.succession import is_of
from tracker.web import once
from tracker.web.forms import OfficeForm, obeys
from tracker.web.gate import allow, by_link


@pages.get("/promises/<int:promise_id>")
@pages.get("/links/<token>/promises/<int:promise_id>")
@by_link
@allow(*READERS)
def promise(promise_id: int, **_link: str) -> str:
    return _page(promise_id)


@pages.post("/promises/<int:promise_id>/report")
@pages.post("/links/<token>/promises/<int:promise_id>/report")
@by_link
@allow(*OFFICE, Role.HUB, *BODY)
def report(promise_id: int, **_link: str) -> Any:
    fates = reportable(queries.get_promise(promise_id, visitor()))
    if not fates:
        raise NotFound
    form = ReportForm(fates)
    if form.validate_on_submit() and obeys(form, lambda: _report(form, promise_id)):
        form.remember_name()
        flash(_("The report is recorded."), "ok")
        return once.done(promise_address("followup.promise", promise_id))
    return _page(promise_id, report=form)


@pages.post("/promises/<int:promise_id>/judgement")
@pages.post("/links/<token>/promises/<int:promise_id>/judgement")
@by_link
@allow(*OFFICE, Role.DEPUTY)
def judge(promise_id: int, **_link: str) -> Any:
    """The deputy confirms or disputes what was reported; the office enters his signed paper."""
    form = _judgement_form(queries.get_promise(promise_id, visitor()))
    if form is None:
        raise NotFound
    if form.validate_on_submit() and obeys(form, lambda: _judge(form, promise_id)):
        flash(_("What the deputy says is recorded. Thank you."), "ok")
        return once.done(promise_address("followup.promise", promise_id))
    return _page(promise_id, judgement=form)


@pages.post("/promises/<int:promise_id>/decision")
@allow(*OFFICE)
def decide(promise_id: int) -> Any:
    if not queries.get_promise(promise_id, visitor()).is_disputed:
        raise NotFound
    form = DecisionForm()
    if form.validate_on_submit() and obeys(form, lambda: _decide(form, promise_id)):
        flash(_("The decision is recorded."), "ok")
        return once.done(url_for("followup.promise", promise_id=promise_id))
    return _page(promise_id, decision=form)


@pages.get("/promises/<int:promise_id>/evidence/<int:evidence_id>")
@pages.get("/links/<token>/promises/<int:promise_id>/evidence/<int:evidence_id>")
@by_link
@allow(*READERS)
def evidence(promise_id: int, evidence_id: int, **_link: str) -> Any:
    """A picture or file that shows what was reported; always a download."""
    row = queries.get_promise(promise_id, visitor())
    for one in reported.reports_of([row.promise.id]):
        for kept in one.evidence:
            if kept.id == evidence_id:
                return store.serve(kept.file)
    raise NotFound


@pages.route("/replies/<int:reply_id>/promises/new", methods=["GET", "POST"])
@allow(*OFFICE, Role.HUB, *BODY)
def add(reply_id: int) -> Any:
    """A delivered reply that says “in progress” or “planned” gets a promise with a day."""
    found = get_reply(reply_id, visitor())
    if not undated.may_date(visitor(), found.assignment):
        raise NotFound
    form = PromiseForm()
    if form.validate_on_submit() and obeys(form, lambda: _add(form, reply_id)):
        flash(_("The promise has a day now and is followed."), "ok")
        return once.done(url_for("followup.undated_index"))
    found = get_reply(reply_id, visitor())
    return render_template("followup/add.html", form=form, reply=found, suggestion=found.assignment.suggestion)


def reportable(row: Row) -> tuple[Fate, ...]:
    """What this visitor may report: the body that it is kept or moved, and once a year how it stands; the office that
    it is broken or withdrawn.
    """
    asking = visitor()
    if reported.has_ended(row.promise.id):
        return ()
    if asking.role in (*BODY, Role.HUB) and is_of(asking.body_id, row.promise.assignment.body_id):
        asked = reported.open_question(row.promise.id) is not None
        return (Fate.KEPT, Fate.ON_COURSE, Fate.MOVED) if asked else (Fate.KEPT, Fate.MOVED)
    return (Fate.BROKEN, Fate.WITHDRAWN) if asking.role in OFFICE else ()


def _report(form: ReportForm, promise_id: int) -> None:
    row = queries.get_promise(promise_id, visitor())
    fate, by = Fate(form.fate.data), visitor().actor()
    new_due_on = form.new_due_on.data if form.new_due_on and fate is Fate.MOVED else None
    made = actions.report(row.promise, fate, form.note.data, by=by, on=clock.today(), new_due_on=new_due_on)
    for upload in form.evidence.data or []:
        if upload:
            actions.enclose(made, store.keep(upload, by=by, at=clock.now()))


def _judgement_form(row: Row) -> JudgementForm | None:
    """The form where there is something to confirm, and this visitor may say so."""
    asking, last = visitor(), row.report
    if last is None or not last.to_be_judged or row.judgement is not None:
        return None
    lead_id = row.promise.assignment.suggestion.lead_deputy_id
    is_office = asking.role in OFFICE
    if lead_id is None or not (is_office or reported.is_same_person(asking.deputy_id, lead_id)):
        return None
    is_yearly = any(one.report_id == last.id for one in reported.questions_of(row.promise.id))
    return JudgementForm(is_yearly=is_yearly, is_paper=is_office)


def _judge(form: JudgementForm, promise_id: int) -> None:
    asking, row = visitor(), queries.get_promise(promise_id, visitor())
    if row.report is None:
        raise NotFound
    row.report.promise = row.promise
    by, on, channel = asking.actor(), clock.today(), RatingChannel.ACCOUNT
    deputy = db.session.get_one(Deputy, asking.deputy_id or row.promise.assignment.suggestion.lead_deputy_id)
    if form.on is not None:
        by, on, channel = by.for_paper_of(deputy.name), _signed(form.on.data), RatingChannel.PAPER
    elif link_token():
        channel = RatingChannel.LINK
    agrees, said = form.agrees.data == "yes", form.comment.data or ""
    result = Verdict(form.result.data) if form.result else None
    judging.judge(row.report, deputy, agrees, said, channel=channel, by=by, on=on, result=result)


def _signed(on: date) -> date:
    if on > clock.today():
        raise RuleBroken(N_("The day %(day)s lies in the future."), day=on.isoformat())
    return on


def _decide(form: DecisionForm, promise_id: int) -> None:
    row = queries.get_promise(promise_id, visitor())
    if row.judgement is None or row.report is None:
        raise NotFound
    row.report.promise, row.judgement.report = row.promise, row.report
    judging.decide(row.judgement, form.kept.data == "yes", form.note.data, by=visitor().actor(), on=clock.today())


def _add(form: PromiseForm, reply_id: int) -> None:
    found = get_reply(reply_id, visitor())
    what, owner = form.what.data or "", form.owner.data or ""
    actions.date_promise(found, what, owner, form.due_on.data, by=visitor().actor(), on=clock.today())


def _page(
    promise_id: int,
    report: ReportForm | None = None,
    judgement: OfficeForm | None = None,
    decision: OfficeForm | None = None,
) -> str:
    asking, row = visitor(), queries.get_promise(promise_id, visitor())
    fates = reportable(row)
    decides = asking.role in OFFICE and row.is_disputed
    return render_template(
        "followup/promise.html",
        row=row,
        promise=row.promise,
        suggestion=row.promise.assignment.suggestion,
        light=lamps(asking.congress_id, clock.today()).of(row.deadline),
        reports=reported.reports_of([row.promise.id]),
        question=reported.open_question(row.promise.id) if Fate.ON_COURSE in fates else None,
        form=report or (ReportForm(fates) if fates else None),
        judgement=judgement or _judgement_form(row),
        decision=decision or (DecisionForm() if decides else None),
        today=clock.today(),
        sees_words=asking.role not in (*BODY, Role.HUB),
        verdict_names=VERDICTS,
        verdict_looks=VERDICT_LOOKS,
        **WORDS,
    )
