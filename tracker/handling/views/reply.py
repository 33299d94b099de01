"""The body's reply: drafted, kept, passed to its leader, submitted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines.names import kind_name
from tracker.dispatch.clocks import law_of
from tracker.dispatch.models import Assignment, Part
from tracker.errors import N_, NotFound
from tracker.files.store import keep, serve
from tracker.handling import actions, approvals, queries, rules, to_act
from tracker.handling.addresses import address
from tracker.handling.hinting import hints_for, signers_of
from tracker.handling.models import Reply
from tracker.handling.names import OUTCOMES
from tracker.handling.page import reply_words
from tracker.handling.reply_form import ADDS, ReplyForm
from tracker.handling.views import pages
from tracker.handling.views.acting import BOTH, get_own, get_own_to_act
from tracker.handling.written import Approval
from tracker.people.visitors import visitor
from tracker.roles import BODY, SEES_CONTENT, Role
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link
from tracker.web.languages import teller
from tracker.web.numbers import row_number_or_zero

SENDING = ("submit", "pass")


@pages.route("/assignments/<int:assignment_id>/reply", methods=BOTH)
@pages.route("/links/<token>/reply", methods=BOTH)
@by_link
@allow(*BODY, Role.HUB)
def reply(assignment_id: int | None = None, **_link: str) -> Any:
    """The reply form. Its buttons: save the draft, one more row, take a file off, pass to the leader, submit."""
    own = get_own_to_act(assignment_id, alone=True)
    if own.part is Part.CO:
        raise NotFound
    pressed, asked_in, kept = request.form.get("act", ""), _asked_in(own), to_act.find_to_write(own.id)
    form = ReplyForm.showing(kept, _labels(own), asked_in=asked_in)
    if pressed in (*ADDS, "find"):
        form.add(pressed, asked_in)
        return _page(form, get_own(assignment_id))
    form.is_sent = pressed in SENDING
    if form.validate_on_submit() and obeys(form, lambda: _keep(form, own, kept, pressed)):
        form.remember_name()
        if form.is_sent:
            flash(_said(pressed), "ok")
            return once.done(address("handling.assignment", own))
        flash(_("The draft is saved."), "ok")
        return once.done(address("handling.reply", own))
    return _page(form, get_own(assignment_id))


def _asked_in(own: Assignment) -> str:
    """The text that requests are looked for in; a form that was sent without any needs none."""
    is_wanted = request.method == "GET" or any(name.startswith("points-") for name in request.form)
    return own.suggestion.text if is_wanted or request.form.get("act") in (*ADDS, "find") else ""


def _said(pressed: str) -> str:
    if pressed == "pass" and visitor().role is not Role.BODY_LEADER:
        return _("The reply lies with your leader now. Until it is submitted your time runs on.")
    return _("The reply is submitted. Thank you.")


def _keep(form: ReplyForm, own: Assignment, written: Reply | None, pressed: str) -> None:
    by, on, at = visitor().actor(), clock.today(), clock.now()
    uploads = [
        (one, stamped)
        for one, stamped in [(form.scan.data, True), *((one, False) for one in form.further.data or [])]
        if one
    ]
    kept = actions.write_draft(
        own,
        written,
        form.content(),
        version=form.seen_version(),
        by=by,
        at=at,
        to_submit=pressed == "submit" and not uploads,
    )
    verb, _colon, number = pressed.partition(":")
    if verb == "detach" and (gone := row_number_or_zero(number)):
        actions.detach(kept, gone)
    for upload, stamped in uploads:
        actions.attach(kept, keep(upload, by=by, at=at), stamped=stamped)
    if pressed == "submit":
        actions.submit(own, kept, by=by, on=on)
    elif pressed == "pass":
        is_leader = visitor().role is Role.BODY_LEADER
        actions.pass_to_leader(own, kept, by=by, on=on, tell=not is_leader)
        if is_leader:
            actions.approve(own, kept, by=by, on=on)


def _page(form: ReplyForm, own: Assignment) -> Any:
    kept = queries.find_reply(own.id)
    newer = kept if kept and form.is_submitted() and kept.version != form.seen_version() else None
    if newer is not None:
        form.version.data = str(newer.version)  # pressing again replaces what the other saved, knowingly
    return render_template(
        "handling/reply.html",
        form=form.with_empty_rows(),
        assignment=own,
        suggestion=own.suggestion,
        kept=kept,
        newer=newer,
        is_over=kept is not None and kept.submitted_on is not None,
        lies_with_leader=kept is not None and any(one.waits for one in kept.approvals),
        opened=ADDS.get(request.form.get("act", ""), "points" if request.form.get("act") == "find" else ""),
        given_back=_given_back(kept),
        refuses=law_of(own).rules.classes.get(form.class_label.data or "") in rules.UNADOPTED,
        passes=approvals.is_needed(own.body_id),
        signers=signers_of(own),
        reply_words=reply_words(own),
        hints=_hints(form, own, kept) if kept or form.is_submitted() else [],
        running=_running(own),
    )


def _given_back(kept: Reply | None) -> Approval | None:
    """The leader's last word, while it still asks for something."""
    last = kept.approvals[-1] if kept and kept.approvals else None
    return last if last and last.approved is False and not last.taken_back else None


def _hints(form: ReplyForm, own: Assignment, kept: Reply | None) -> list[str]:
    """What to look at again, in the writer's language; the office is shown the same."""
    original = bool(form.paper_original.data or (kept and any(file.stamped for file in kept.files)))
    return hints_for(form.content(), own, visitor(), reply_id=kept.id if kept else None, has_original=original)


def _running(own: Assignment) -> list[tuple[str, Any]]:
    return [
        (kind_name(one.kind), one.due_on) for one in own.deadlines if one.is_open and one.kind in ("reply", "rehandle")
    ]


def _labels(own: Assignment) -> list[tuple[str, str]]:
    return class_labels(law_of(own).rules.classes)


def class_labels(classes: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The classes of the rules a suggestion is handled under, each with what it means everywhere."""
    tell = teller()
    said = tell(N_("%(label)s: %(meaning)s"))
    return [(label, said % {"label": label, "meaning": tell(OUTCOMES[outcome])}) for label, outcome in classes.items()]


@pages.get("/replies/<int:reply_id>/files/<int:file_id>")
@pages.get("/links/<token>/files/<int:file_id>")
@by_link
@allow(*SEES_CONTENT)
def reply_file(file_id: int, reply_id: int | None = None, **_link: str) -> Any:
    """A file of a reply the visitor may read; by link, of the reply the link is for."""
    asking = visitor()
    by_body = reply_id is None and asking.role is not Role.DEPUTY
    asked = asking.reply_id if reply_id is None else reply_id
    whose = queries.find_reply(get_own(None).id) if by_body else queries.get_reply(asked, asking)
    for one in whose.files if whose else ():
        if one.file_id == file_id:
            return serve(one.file)
    raise NotFound
