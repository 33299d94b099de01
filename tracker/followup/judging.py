"""The deputy says whether a report is so; the office decides what he disputes."""

from __future__ import annotations

from datetime import date

from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.errors import N_, RuleBroken
from tracker.feedback.models import RatingChannel, Verdict
from tracker.followup import reported
from tracker.followup.actions import clock_of, last_clock
from tracker.followup.models import Fate, Judgement, PromiseReport
from tracker.handling.models import Promise
from tracker.handling.queries import hold
from tracker.structure.models import Deputy
from tracker.structure.succession import is_of, present_body_id
from tracker.suggestion.actions import make


def judge(
    report: PromiseReport,
    deputy: Deputy,
    agrees: bool,
    note: str,
    *,
    channel: RatingChannel,
    by: Actor,
    on: date,
    result: Verdict | None = None,
) -> Judgement:
    """The lead deputy says whether what was reported is so, and how satisfied he is with it where he is asked that.

    What he disputes is not kept: its clock runs again to the same last day, and the office has it on its desk.

    :raises RuleBroken: it is not his to say, there is a newer report, he has said it already, or a reason is missing.
    """
    promise, assignment = report.promise, report.promise.assignment
    hold(assignment)
    _must_be_asked(report, promise, deputy, by)
    if not agrees and not note.strip():
        raise RuleBroken(N_("Say what is not so."))
    said = reported.judgement_of(report.id) or Judgement(report_id=report.id, deputy_id=deputy.id, asked_on=on)
    if said.on is not None:
        raise RuleBroken(N_("This report has been judged already."))
    db.session.add(said)
    said.deputy_id, said.on, said.agrees, said.result = deputy.id, on, agrees, result
    said.note, said.channel, said.entered_by = note, channel, by.name
    if report.fate is Fate.KEPT and not agrees and (met := last_clock(promise.id)):
        clocks.reopen(met, by=by, on=on, body_id=present_body_id(assignment.body_id))
    facts = {"what": promise.what, "result": str(result or ""), "channel": str(channel)}
    if agrees:
        make("confirm_promise", assignment.suggestion, assignment, by=by, on=on, **facts)
    else:
        make("dispute_promise", assignment.suggestion, assignment, by=by, on=on, **facts)
    return said


def decide(said: Judgement, counts_as_kept: bool, note: str, *, by: Actor, on: date) -> None:
    """The office decides what a deputy disputes: it counts as kept after all, or the body has to do it.

    :raises RuleBroken: nothing is disputed, it is decided already, or no reason is given.
    """
    report, promise = said.report, said.report.promise
    if said.agrees is not False or said.decided_on is not None:
        raise RuleBroken(N_("There is nothing to decide here."))
    if not note.strip():
        raise RuleBroken(N_("Give the reason."))
    hold(promise.assignment)
    said.decided_on, said.decided_by, said.counts_as_kept, said.decision_note = on, by.name, counts_as_kept, note
    running = clock_of(promise)
    if counts_as_kept and report.fate is Fate.KEPT and running is not None:
        clocks.meet(running, on=on)
    facts = {"what": promise.what, "note": note, "kept": counts_as_kept}
    make("decide_dispute", promise.assignment.suggestion, promise.assignment, by=by, on=on, **facts)


def _must_be_asked(report: PromiseReport, promise: Promise, deputy: Deputy, by: Actor) -> None:
    lead_id = promise.assignment.suggestion.lead_deputy_id
    if not report.to_be_judged or report.id != reported.last_report_id(promise.id):
        raise RuleBroken(N_("There is nothing to confirm here."))
    if lead_id is None or not reported.is_same_person(deputy.id, lead_id):
        raise RuleBroken(N_("The lead deputy says whether a promise was kept."))
    if is_of(by.body_id, promise.assignment.body_id):
        raise RuleBroken(N_("A body never confirms its own promise."))
