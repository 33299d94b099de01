"""What the page of an assignment says besides its rows: what can be done now, the clocks, the rules they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import get_locale
from flask_babel import gettext as _

from tracker.deadlines.clauses import Clause, Kind
from tracker.deadlines.lamps import Lamp, lamps
from tracker.deadlines.models import Deadline
from tracker.deadlines.names import REPLY_TO, SIGNERS, kind_name
from tracker.deadlines.text import clause_notes, clause_text, sentences
from tracker.dispatch.clocks import law_of, return_window
from tracker.dispatch.models import ANSWERING, Assignment, Part
from tracker.handling.clocks import ANSWER_KINDS, REPLY_KINDS, may_be_extended
from tracker.suggestion.journey import HANDLED, LIVE, Standing


@dataclass(frozen=True)
class ClockLine:
    """One clock of the assignment as its page tells it."""

    deadline: Deadline
    name: str
    lamp: Lamp | None
    steps: list[str]


@dataclass(frozen=True)
class Beside:
    """Another body of the same suggestion: how its answer stands, and whether the lead waits for it."""

    assignment: Assignment
    lamp: Lamp | None
    keeps_waiting: bool


def may_do(assignment: Assignment, today: date) -> frozenset[str]:
    """What the body can do today: sign, contact, progress, return, extend, opinion, ask_again, reply.

    What the rules would refuse is not offered.
    """
    standing, found = assignment.standing, set()
    if standing is Standing.ASSIGNED:
        found.add("sign")
    if standing in (*HANDLED, Standing.RETURN_ASKED, Standing.SUBMITTED, Standing.DELIVERED, Standing.RATED):
        found.add("contact")
    if standing in LIVE:
        found.add("progress")
    if standing in HANDLED:
        last_on, _clause = _window(assignment)
        if last_on is None or today <= last_on:
            found.add("return")
        found.add("opinion" if assignment.part is Part.CO else "reply")
        if assignment.part in ANSWERING:
            found.add("ask_again")
        law = law_of(assignment)
        if any(one.is_open and may_be_extended(one, law) for one in assignment.deadlines):
            found.add("extend")
    return frozenset(found if assignment.part in (*ANSWERING, Part.CO) else ())


def clocks_of(assignment: Assignment, today: date) -> list[ClockLine]:
    """The clocks that hold, those that run first, by their last day."""
    shining = lamps(assignment.congress_id, today)
    kept = [one for one in assignment.deadlines if one.voided_on is None]
    again = assignment.round - 1
    return [
        ClockLine(
            one,
            kind_name(one.kind),
            shining.of(one, dissatisfied=again if one.kind in REPLY_KINDS else 0),
            sentences(one.explanation),
        )
        for one in sorted(kept, key=lambda one: (not one.is_open, one.due_on, one.id))
    ]


def beside(own: Assignment, others: list[Assignment], today: date) -> list[Beside]:
    """The other bodies with the light of what they owe; a co-handler past its day keeps the lead waiting.

    Where the rules give an opinion no day, it keeps a lead waiting whose own day has passed.
    """
    shining = lamps(own.congress_id, today)
    late = _is_over(own, today)
    found = []
    for one in others:
        lamp = shining.of(_owed(one))
        waits = _owes_opinion(one) and one.round == own.round and (lamp.is_late if lamp else late)
        found.append(Beside(one, lamp, waits and own.part in ANSWERING))
    return found


def waited_for(own: Assignment, others: list[Assignment], today: date) -> bool:
    """Whether the lead is overdue while this co-handler's opinion is still owed."""
    leads = (one for one in others if one.part in ANSWERING and one.round == own.round)
    return _owes_opinion(own) and any(_is_over(one, today) for one in leads)


def _owes_opinion(assignment: Assignment) -> bool:
    return assignment.part is Part.CO and assignment.standing in HANDLED


def _is_over(assignment: Assignment, today: date) -> bool:
    clock = _owed(assignment)
    return clock is not None and clock.due_on < today


def _owed(assignment: Assignment) -> Deadline | None:
    """The running clock of what a body owes: its reply, or as co-handler its opinion."""
    return next((one for one in assignment.deadlines if one.is_open and one.kind in ANSWER_KINDS), None)


def law_title(assignment: Assignment) -> str:
    """The rules this suggestion is handled under."""
    row = law_of(assignment).row
    return row.title_en if str(get_locale()).startswith("en") else row.title_zh


def return_words(assignment: Assignment) -> str:
    """Until when "not ours" may be said, and which article says so; empty where the rules are silent."""
    last_on, clause = _window(assignment)
    if last_on is None or clause is None:
        return ""
    return _("It can be returned until %(day)s: %(clause)s.", day=last_on.isoformat(), clause=clause_text(clause))


def extension_words(assignment: Assignment) -> str:
    """How much time the rules allow in all, and which article says so; empty where they are silent."""
    clause = law_of(assignment).rules.clause(Kind.REPLY_EXTENDED)
    if clause is None:
        return ""
    said = "; ".join((clause_text(clause), *clause_notes(clause)))
    return _("With an extension: %(clause)s.", clause=said)


def receipt_words(assignment: Assignment) -> str:
    """Within how many days receipt is confirmed, and which article says so; empty where the rules are silent."""
    clause = law_of(assignment).rules.clause(Kind.RECEIPT)
    return _("To be signed for: %(clause)s.", clause=clause_text(clause)) if clause else ""


def reply_words(assignment: Assignment) -> list[str]:
    """What the rules say of the reply: by when, who signs it, to whom it goes."""
    rules = law_of(assignment).rules
    clause = rules.clause(Kind.REPLY)
    said = [_("To be answered: %(clause)s.", clause=clause_text(clause))] if clause else []
    said.append(_("It is signed by: %(who)s.", who=_(SIGNERS[rules.signer])))
    return [*said, _("It goes to: %(whom)s.", whom=_(REPLY_TO[rules.reply_to]))]


def _window(assignment: Assignment) -> tuple[date | None, Clause | None]:
    signed_on = assignment.receipt.on if assignment.receipt else None
    handed_over_on = assignment.handed_over_on
    return return_window(law_of(assignment), handed_over_on=handed_over_on, received_on=signed_on)
