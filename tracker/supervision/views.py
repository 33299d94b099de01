"""The committee's board; key items, inspections and instructions written and read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.dispatch.awaiting import in_one
from tracker.dispatch.queries import assignments_of
from tracker.errors import N_, NotFound, RuleBroken
from tracker.files import store
from tracker.people.visitors import visitor
from tracker.roles import BODY, OFFICE, Role
from tracker.structure.queries import get_body
from tracker.suggestion.queries import GONE, get_suggestion
from tracker.supervision import actions, queries
from tracker.supervision.board import watched
from tracker.supervision.forms import AnswerForm, InspectionForm, InstructionForm, KeyForm
from tracker.supervision.models import Duty, InspectionKind
from tracker.supervision.queries import INSTRUCTED
from tracker.supervision.rules import HOW, HOW_LOOKS, How, how
from tracker.supervision.rules import OFFICE as OFFICE_ITSELF
from tracker.web import once
from tracker.web.filters import in_language
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_number, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

pages = Blueprint("supervision", __name__)
BOTH = ["GET", "POST"]
WATCHERS = (*OFFICE, Role.COMMITTEE, Role.LEADER, Role.AUDITOR, Role.HUB, *BODY)


@pages.get("/board")
@allow(Role.COMMITTEE)
def board() -> str:
    """What the committee watches, each kind with its first lines and the list that has all."""
    kinds = watched()
    found = {group.kind: group for group in in_one(kinds, visitor(), clock.today())}
    return render_template(
        "supervision/board.html", kinds=[(one.kind, one.url(), found.get(one.kind)) for one in kinds]
    )


@pages.route("/suggestions/<int:suggestion_id>/key", methods=BOTH)
@allow(*OFFICE)
def name_key(suggestion_id: int) -> Any:
    form = KeyForm(_committees(), on=clock.today())
    if form.validate_on_submit() and obeys(form, lambda: _name_key(form, suggestion_id)):
        flash(_("It is a key item now."), "ok")
        return _back(suggestion_id)
    return render_template("supervision/key.html", form=form, suggestion=get_suggestion(suggestion_id, visitor()))


@pages.route("/suggestions/<int:suggestion_id>/inspections/new", methods=BOTH)
@allow(*OFFICE, Role.COMMITTEE)
def inspect(suggestion_id: int) -> Any:
    form = InspectionForm(on=clock.today())
    if form.validate_on_submit() and obeys(form, lambda: _inspect(form, suggestion_id)):
        flash(_("It is recorded."), "ok")
        return _back(suggestion_id)
    return render_template("supervision/inspect.html", form=form, suggestion=get_suggestion(suggestion_id, visitor()))


@pages.get("/inspections/<int:inspection_id>/papers/<int:paper_id>")
@allow(*WATCHERS)
def paper(inspection_id: int, paper_id: int) -> Any:
    """A file or picture of an inspection; always a download."""
    for one in queries.get_inspection(inspection_id, visitor()).files:
        if one.id == paper_id:
            return store.serve(one.file)
    raise NotFound


@pages.get("/instructions")
@allow(*INSTRUCTED)
def instructions() -> Any:
    given = request.args.get("show", "")
    show, today = How(given) if given in set(How) else How.OPEN, clock.today()
    wanted = queries.duties(visitor(), None if given == "all" else show, today)
    if asked_for_sheet():
        every = db.session.scalars(queries.whole(wanted)).unique()
        return workbook(_("Instructions"), _headers(), [_cells(one) for one in every])
    total = queries.count(wanted)
    number = min(asked_page(), max(1, -(-total // ROWS)))
    rows = db.session.scalars(queries.whole(wanted.offset((number - 1) * ROWS).limit(ROWS))).unique().all()
    return render_template(
        "supervision/instructions.html",
        page=Page([(one, how(one.due_on, one.answered_on, today)) for one in rows], number, total),
        show="all" if given == "all" else show,
        shown=[*((str(one), HOW[one]) for one in How), ("all", N_("all"))],
        sheet_url=sheet_url(),
        how_names=HOW,
        how_looks=HOW_LOOKS,
    )


@pages.route("/instructions/new", methods=BOTH)
@allow(*OFFICE, Role.LEADER)
def instruct() -> Any:
    """By the office from paper, or by the leader himself; on one suggestion, on several, or on a bulletin."""
    asking, first = visitor(), _first()
    by_leader = asking.role is Role.LEADER
    bulletin = request.args.get("bulletin", "")[:20]
    preset = {"on": clock.today(), "numbers": (first.number or "") if first else "", "bulletin": bulletin}
    preset["to"] = [OFFICE_ITSELF] if bulletin else []
    form = InstructionForm(_bodies(first.id) if first else [], by_leader=by_leader, **preset)
    if form.validate_on_submit() and obeys(form, lambda: _instruct(form)):
        flash(_("The instruction is recorded; it waits on the desk of whoever is addressed."), "ok")
        on_issue = url_for("bulletin.show", week=bulletin, _anchor="instructions") if bulletin else ""
        return once.done(on_issue or url_for("supervision.instructions"))
    return render_template("supervision/instruct.html", form=form, suggestion=_first(), bulletin=bulletin)


@pages.route("/instructions/<int:duty_id>", methods=BOTH)
@allow(*INSTRUCTED)
def duty(duty_id: int) -> Any:
    """One instruction to one body or the office, and the answer to it."""
    found = queries.get_duty(duty_id, visitor())
    form = AnswerForm() if queries.may_answer(found, visitor()) else None
    if request.method == "POST" and form is None:
        raise NotFound
    if form is not None and form.validate_on_submit() and obeys(form, lambda: _answer(form, duty_id)):
        flash(_("The answer is recorded."), "ok")
        return once.done(url_for("supervision.duty", duty_id=duty_id))
    found = queries.get_duty(duty_id, visitor())
    state = how(found.due_on, found.answered_on, clock.today())
    words = {"how_names": HOW, "how_looks": HOW_LOOKS}
    return render_template("supervision/duty.html", form=form, duty=found, state=state, **words)


def _name_key(form: KeyForm, suggestion_id: int) -> None:
    asking = visitor()
    chosen = form.committee_id.data
    actions.name_key(
        get_suggestion(suggestion_id, asking),
        form.meeting.data or "",
        committee=get_body(chosen, asking.congress_id) if chosen else None,
        leader=form.leader.data or "",
        note=form.note.data or "",
        by=asking.actor(),
        on=form.on.data,
    )


def _inspect(form: InspectionForm, suggestion_id: int) -> None:
    by, suggestion = visitor().actor(), get_suggestion(suggestion_id, visitor())
    kind, place = InspectionKind(form.kind.data), form.place.data or ""
    made = actions.inspect(suggestion, kind, form.people.data, form.findings.data, by=by, on=form.on.data, place=place)
    for upload in form.papers.data or []:
        if upload:
            actions.enclose(made, store.keep(upload, by=by, at=clock.now()))


def _instruct(form: InstructionForm) -> None:
    asking = visitor()
    try:
        suggestions = queries.numbered((form.numbers.data or "").split(), asking, _first())
    except NotFound:
        raise RuleBroken(N_("One of these numbers is not there.")) from None
    by = asking.actor()
    actions.instruct(
        suggestions,
        form.leader.data if form.leader else asking.name,
        form.text.data,
        form.to.data or [],
        congress_id=asking.congress_id,
        by=by.for_paper_of(form.leader.data) if form.leader else by,
        on=form.on.data if form.on else clock.today(),
        due_on=form.due_on.data,
        bulletin=form.bulletin.data or "",
    )


def _answer(form: AnswerForm, duty_id: int) -> None:
    actions.answer(queries.get_duty(duty_id, visitor()), form.answer.data or "", by=visitor().actor(), on=clock.today())


def _first() -> Any:
    """The suggestion from whose page one came."""
    number = asked_number("suggestion")
    return get_suggestion(number, visitor()) if number else None


def _bodies(suggestion_id: int) -> list[tuple[int, str]]:
    live = [one for one in assignments_of(suggestion_id) if one.standing not in GONE]
    return list({one.body_id: in_language(one.body) for one in live}.items())


def _committees() -> list[tuple[int, str]]:
    return [(one.id, in_language(one)) for one in queries.committees(visitor().congress_id)]


def _back(suggestion_id: int) -> Any:
    return once.done(url_for("register.show", suggestion_id=suggestion_id) + "#supervision")


def _headers() -> list[str]:
    return [
        _("Day"), _("Leader"), _("What is instructed"), _("Number"), _("Title"), _("Weekly bulletin"), _("To whom"),
        _("To be done by"), _("Answered on"), _("What was done"),
    ]  # fmt: skip


def _cells(one: Duty) -> list[Any]:
    on, its = one.instruction, one.suggestion
    title = "" if its is None or its.internal else its.title
    to = in_language(one.body) if one.body else _("Our office")
    number = its.number if its else ""
    return [on.on, on.leader, on.text, number, title, on.bulletin, to, one.due_on, one.answered_on, one.answer]
