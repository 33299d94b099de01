"""The body's leader approves a reply or gives it back; the body says whether its replies pass him at all."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import NotFound
from tracker.handling import actions, approvals, queries
from tracker.handling.addresses import address
from tracker.handling.comparing import changes
from tracker.handling.content import content_of
from tracker.handling.forms import ApprovalForm, ApprovalRuleForm, TakingBackForm
from tracker.handling.hinting import hints_for
from tracker.handling.models import Reply
from tracker.handling.names import OUTCOMES, PUBLICITIES, WAYS
from tracker.handling.originals import has_original
from tracker.handling.views import pages
from tracker.handling.views.acting import BOTH, get_own, show_form
from tracker.people.visitors import visitor
from tracker.roles import BODY, OFFICE, Role
from tracker.structure.models import Body
from tracker.structure.queries import get_body
from tracker.structure.succession import is_of
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link


@pages.get("/approvals")
@allow(Role.BODY_LEADER)
def approvals_waiting() -> str:
    """The replies that lie with the leader of the body, the longest first."""
    rows = db.session.execute(approvals.to_approve(visitor())).unique().all()
    rule = approvals.rule_of(visitor().body_id)
    return render_template("handling/approvals_waiting.html", rows=rows, rule=rule, body_id=visitor().body_id)


@pages.route("/assignments/<int:assignment_id>/approval", methods=BOTH)
@pages.route("/links/<token>/approval", methods=BOTH)
@by_link
@allow(Role.BODY_LEADER)
def approval(assignment_id: int | None = None, **_link: str) -> Any:
    """Suggestion and reply side by side; two buttons beneath."""
    own = get_own(assignment_id)
    form, gives_back = ApprovalForm(), request.form.get("act") == "give_back"
    if form.validate_on_submit() and obeys(form, lambda: _decide(form, assignment_id, gives_back)):
        form.remember_name()
        flash(_("Given back. The handler is told.") if gives_back else _("Approved; the reply is submitted."), "ok")
        return once.done(address("handling.assignment", own))
    own = get_own(assignment_id)
    found = _reply_of(own)
    return render_template(
        "handling/approval.html",
        form=form,
        assignment=own,
        suggestion=own.suggestion,
        reply=found,
        waiting=next((one for one in found.approvals if one.waits), None),
        changed=changes(found.versions),
        hints=_hints(found, own),
        shows_draft=True,
        outcome_names=OUTCOMES,
        publicity_names=PUBLICITIES,
        way_names=WAYS,
    )


def _hints(found: Reply, own: Assignment) -> list[str]:
    """The same as the writer was shown."""
    original = has_original(found)
    return hints_for(content_of(found), own, visitor(), reply_id=found.id, has_original=original)


def _decide(form: ApprovalForm, assignment_id: int | None, gives_back: bool) -> None:
    own, by, on = get_own(assignment_id), visitor().actor(), clock.today()
    if gives_back:
        actions.give_back(own, _reply_of(own), form.remark.data or "", by=by, on=on)
    else:
        actions.approve(own, _reply_of(own), by=by, on=on)


def _reply_of(own: Assignment) -> Reply:
    found = queries.find_reply(own.id)
    if found is None or not found.approvals:
        raise NotFound
    return found


@pages.route("/assignments/<int:assignment_id>/approval/end", methods=BOTH)
@pages.route("/links/<token>/approval/end", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB)
def take_back(assignment_id: int | None = None, **_link: str) -> Any:
    """The handler takes back what he passed to his leader."""

    def act(own: Assignment, by: Actor) -> None:
        actions.take_back(own, _reply_of(own), by=by, on=clock.today())

    def look(own: Assignment) -> dict[str, Any]:
        return {"reply": _reply_of(own)}

    done = _("Taken back; you may write on.")
    return show_form("handling/take_back.html", TakingBackForm(), assignment_id, act, done, look=look)


@pages.route("/bodies/<int:body_id>/approval", methods=BOTH)
@allow(Role.BODY_LEADER, *OFFICE)
def approval_rule(body_id: int) -> Any:
    """Whether the replies of a body pass its leader: its own setting, or noted by the office on its word."""
    body = _own_body(body_id)
    rule = approvals.rule_of(body.id)
    form = ApprovalRuleForm(needed="yes" if rule and rule.needed else "no")
    if form.validate_on_submit():
        actions.set_approval(body, form.needed.data == "yes", by=visitor().actor(), on=clock.today())
        flash(_("It holds from now on."), "ok")
        return once.done(url_for("handling.approval_rule", body_id=body_id))
    return render_template("handling/approval_rule.html", form=form, body=body, rule=rule)


def _own_body(body_id: int) -> Body:
    asking = visitor()
    body = get_body(body_id, asking.congress_id)
    if asking.role is Role.BODY_LEADER and not is_of(asking.body_id, body.id):
        raise NotFound
    return body
