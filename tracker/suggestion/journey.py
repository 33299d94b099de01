"""The whole procedure in one table: where a suggestion or an assignment may stand, and the moves between.

Pure. Where a thing stands is the fold of its history entries over MOVES; nobody types a stage in.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from tracker.errors import N_, Named, RuleBroken
from tracker.suggestion.standings import NAMES, Move, Stage, Standing

_HANDLED = (Standing.ASSIGNED, Standing.RECEIVED)
_LIVE = (*_HANDLED, Standing.RETURN_ASKED, Standing.SUBMITTED)
_WITH_HIM = (Standing.DELIVERED, Standing.RATED)
_READ = (Standing.SUBMITTED, *_WITH_HIM)
_ANY = tuple(Standing)
_KEPT = tuple(one for one in Standing if one not in (Standing.RETURNED, Standing.PASSED_ON, Standing.RECALLED))
_RELEASED = (Standing.DELIVERED, Standing.RATED, Standing.HANDLED_AGAIN)
_BEFORE = (Stage.DRAFT, Stage.RECORDED, Stage.RETURNED_TO_DEPUTY)
_WITHDRAWN_FROM = (*_BEFORE, Stage.HANDED_OVER)
_WATCHED = (Stage.RECORDED, Stage.HANDED_OVER, Stage.ANSWERED, Stage.RATED, Stage.CLOSED)

SUGGESTION_MOVES: tuple[Move, ...] = (
    Move("draft", (None,), Stage.DRAFT, "office", "intake", N_("Draft begun")),
    Move("record", (None, Stage.DRAFT, Stage.RETURNED_TO_DEPUTY), Stage.RECORDED, "office", "intake", N_("Recorded")),
    Move("amend", (Stage.DRAFT, Stage.RECORDED), None, "office", "intake", N_("Amended")),
    Move(
        "return_to_deputy",
        (Stage.DRAFT, Stage.RECORDED),
        Stage.RETURNED_TO_DEPUTY,
        "office",
        "intake",
        N_("Returned to the deputy"),
    ),
    Move("treat_as_letter", _BEFORE, Stage.LETTER, "office", "intake", N_("Treated as a letter")),
    Move("withdraw", _WITHDRAWN_FROM, Stage.WITHDRAWN, "deputy", "intake", N_("Withdrawn")),
    Move("ask_to_sign", _BEFORE, None, "office", "intake", N_("Co-signer asked to confirm")),
    Move("co_sign", (*_BEFORE, Stage.HANDED_OVER), None, "deputy", "intake", N_("Co-signature confirmed")),
    Move("decline_to_sign", _BEFORE, None, "deputy", "intake", N_("Co-signature declined")),
    Move("ask_withdrawal", _WITHDRAWN_FROM, None, "deputy", "intake", N_("Withdrawal asked")),
    Move("agree_to_withdraw", _WITHDRAWN_FROM, None, "deputy", "intake", N_("Agreed to the withdrawal")),
    Move("refuse_to_withdraw", _WITHDRAWN_FROM, None, "deputy", "intake", N_("Did not agree to the withdrawal")),
    Move("drop_withdrawal", _WITHDRAWN_FROM, None, "office", "intake", N_("Withdrawal dropped")),
    Move("merge", (Stage.RECORDED,), Stage.MERGED, "office", "intake", N_("Merged into another suggestion")),
    Move("take_in", (Stage.RECORDED,), None, "office", "intake", N_("Another suggestion was merged into it")),
    Move("separate", (Stage.MERGED,), Stage.RECORDED, "office", "intake", N_("Separated again")),
    Move("let_go", (Stage.RECORDED,), None, "office", "intake", N_("A merged suggestion was separated again")),
    Move("propose", (Stage.RECORDED,), None, "office", "dispatch", N_("Bodies proposed")),
    Move("circulate", (Stage.RECORDED,), None, "office", "dispatch", N_("Proposal circulated")),
    Move("agree_to_proposal", (Stage.RECORDED,), None, "body", "dispatch", N_("Agreed to the proposal")),
    Move("object_to_proposal", (Stage.RECORDED,), None, "body", "dispatch", N_("Objected to the proposal")),
    Move("settle_objection", (Stage.RECORDED,), None, "office or hub", "dispatch", N_("Objection settled")),
    Move("hand_over", (Stage.RECORDED,), Stage.HANDED_OVER, "office", "dispatch", N_("Handed over")),
    Move("answer", (Stage.HANDED_OVER,), Stage.ANSWERED, "office", "handling", N_("All replies delivered")),
    Move("rate", (Stage.ANSWERED,), Stage.RATED, "deputy", "feedback", N_("Rated")),
    Move(
        "handle_again",
        (Stage.HANDED_OVER, Stage.ANSWERED, Stage.RATED),
        Stage.HANDED_OVER,
        "office",
        "feedback",
        N_("To be handled again"),
    ),
    Move("close", (Stage.ANSWERED, Stage.RATED), Stage.CLOSED, "office", "feedback", N_("Closed")),
    Move("name_key", _WATCHED, None, "office", "supervision", N_("Named a key item")),
    Move("inspect", _WATCHED, None, "committee or office", "supervision", N_("Inspected")),
    Move("instruct_office", _WATCHED, None, "leader", "supervision", N_("Instruction to the office")),
    Move("office_followed", _WATCHED, None, "office", "supervision", N_("The office did what was instructed")),
    Move("answer_own_signal", _WATCHED, None, "office", "signals", N_("The office answered a sign")),
    Move("dismiss_own_signal", _WATCHED, None, "office", "signals", N_("Sign dismissed")),
    Move("restore_own_signal", _WATCHED, None, "office", "signals", N_("Sign no longer dismissed")),
)

ASSIGNMENT_MOVES: tuple[Move, ...] = (
    Move("assign", (None,), Standing.ASSIGNED, "office or hub", "dispatch", N_("Assigned")),
    Move("pass_on", _HANDLED, Standing.PASSED_ON, "hub", "dispatch", N_("Dispatched by the hub")),
    Move("sign_for", (Standing.ASSIGNED,), Standing.RECEIVED, "body", "dispatch", N_("Signed for")),
    Move("ask_return", _HANDLED, Standing.RETURN_ASKED, "body", "dispatch", N_("Return asked")),
    Move("try_return", _HANDLED, None, "body", "dispatch", N_("Return asked too late")),
    Move(
        "grant_return",
        (Standing.RETURN_ASKED,),
        Standing.RETURNED,
        "office or hub",
        "dispatch",
        N_("Return granted"),
    ),
    Move(
        "refuse_return",
        (Standing.RETURN_ASKED,),
        Standing.RECEIVED,
        "office or hub",
        "dispatch",
        N_("Return refused"),
    ),
    Move("change_lead", _HANDLED, Standing.RECALLED, "office or hub", "dispatch", N_("Lead changed")),
    Move("recall", _LIVE, Standing.RECALLED, "office", "dispatch", N_("Recalled by the office")),
    Move("succeed", _LIVE, None, "office", "dispatch", N_("Passed to the successor body")),
    Move(
        "absorb",
        (*_HANDLED, Standing.RETURN_ASKED),
        Standing.RECALLED,
        "office",
        "dispatch",
        N_("Joined with another part of the same body"),
    ),
    Move("contact", (*_LIVE, Standing.AGREED, *_WITH_HIM), None, "body", "handling", N_("Deputy contacted")),
    Move("ask_extension", _HANDLED, None, "body", "handling", N_("Extension asked")),
    Move(
        "grant_extension", (*_HANDLED, Standing.SUBMITTED), None, "office or hub", "handling", N_("Extension granted")
    ),
    Move("refuse_extension", (*_LIVE,), None, "office or hub", "handling", N_("Extension refused")),
    Move("give_opinion", _HANDLED, Standing.OPINION_GIVEN, "co-handler", "handling", N_("Co-handler's opinion given")),
    Move(
        "ask_opinion_again",
        (Standing.OPINION_GIVEN,),
        Standing.RECEIVED,
        "lead",
        "handling",
        N_("Co-handler's opinion asked for again"),
    ),
    Move(
        "answer_without",
        (*_HANDLED, Standing.RETURN_ASKED),
        Standing.UNHEARD,
        "system",
        "handling",
        N_("The lead answered without its opinion"),
    ),
    Move("note_progress", (*_LIVE,), None, "body", "handling", N_("Progress noted")),
    Move("pass_to_leader", _HANDLED, None, "body", "handling", N_("Reply passed to the body's leader")),
    Move("take_back", _HANDLED, None, "body", "handling", N_("Reply taken back from the body's leader")),
    Move("give_back", _HANDLED, None, "body", "handling", N_("Reply given back by the body's leader")),
    Move("approve_reply", _HANDLED, None, "body", "handling", N_("Reply approved by the body's leader")),
    Move("ask_agreement", _HANDLED, None, "lead", "handling", N_("The other lead asked to agree")),
    Move("agree_to_reply", _HANDLED, Standing.AGREED, "lead", "handling", N_("Agreed to the joint reply")),
    Move("refuse_agreement", _HANDLED, None, "lead", "handling", N_("Did not agree to the joint reply")),
    Move(
        "ask_agreement_again",
        (Standing.AGREED,),
        Standing.RECEIVED,
        "lead",
        "handling",
        N_("Agreement asked for again"),
    ),
    Move("set_by_hand", (*_LIVE,), None, "office", "handling", N_("A last day was set by hand")),
    Move("submit", _HANDLED, Standing.SUBMITTED, "body", "handling", N_("Reply submitted")),
    Move("send_back", (Standing.SUBMITTED,), Standing.RECEIVED, "office", "handling", N_("Reply sent back")),
    Move("deliver", (Standing.SUBMITTED,), Standing.DELIVERED, "office", "handling", N_("Reply delivered")),
    Move(
        "record_original",
        (*_READ, Standing.HANDLED_AGAIN),
        None,
        "office or hub",
        "handling",
        N_("Original of the reply recorded"),
    ),
    Move("change_class", _READ, None, "office", "handling", N_("Class of the reply changed")),
    Move("reach", _RELEASED, None, "office or hub", "handling", N_("Reply reached a deputy")),
    Move("lose", _RELEASED, None, "office or hub", "handling", N_("Reply did not reach a deputy")),
    Move("relay", _RELEASED, None, "deputy", "handling", N_("Reply passed on to the co-signers")),
    Move("publish", _WITH_HIM, None, "body or office", "handling", N_("Reply published")),
    Move("show", _WITH_HIM, None, "office", "public", N_("Put on the public pages")),
    Move("take_down", _ANY, None, "office", "public", N_("Taken off the public pages")),
    Move("rate_reply", (Standing.DELIVERED,), Standing.RATED, "deputy", "feedback", N_("Reply rated")),
    Move("change_rating", (Standing.RATED,), None, "deputy", "feedback", N_("Rating changed")),
    Move("rate_beside", _RELEASED, None, "deputy", "feedback", N_("Reply rated by a co-signer")),
    Move("study", (Standing.RATED,), None, "office", "feedback", N_("Dissatisfied rating studied")),
    Move("keep_rating", (Standing.RATED,), None, "deputy", "feedback", N_("Rating kept after the explanation")),
    Move(
        "renew",
        (Standing.DELIVERED, Standing.RATED, Standing.AGREED),
        Standing.HANDLED_AGAIN,
        "office",
        "feedback",
        N_("Replaced by a new round"),
    ),
    Move("promise_kept", _ANY, None, "body", "followup", N_("Promise kept")),
    Move("promise_moved", _ANY, None, "body", "followup", N_("Promise moved")),
    Move("promise_broken", _ANY, None, "office", "followup", N_("Promise broken")),
    Move("promise_on_course", _ANY, None, "body", "followup", N_("Promise on course")),
    Move("confirm_promise", _ANY, None, "deputy", "followup", N_("The deputy confirms it")),
    Move("dispute_promise", _ANY, None, "deputy", "followup", N_("The deputy disputes it")),
    Move("decide_dispute", _ANY, None, "office", "followup", N_("Dispute about a promise decided")),
    Move("date_promise", _ANY, None, "body or office", "followup", N_("Promise dated afterwards")),
    Move("instruct", _ANY, None, "leader", "supervision", N_("Instruction to the body")),
    Move("body_followed", _ANY, None, "body", "supervision", N_("The body did what was instructed")),
    Move("alarm", _ANY, None, "system", "escalation", N_("Step of the ladder reached")),
    Move("chase", _KEPT, None, "office or hub", "escalation", N_("Body chased by hand")),
    Move("mark_pending", _KEPT, None, "office", "escalation", N_("Marked as a pending case, not chased")),
    Move("unmark_pending", _ANY, None, "office", "escalation", N_("No pending case any more, chased again")),
    Move("issue_notice", _ANY, None, "office", "notices", N_("Supervision notice issued")),
    Move("drop_notice", _ANY, None, "system", "notices", N_("Draft of a notice dropped")),
    Move("remind_notice", _ANY, None, "system", "notices", N_("Reminded of a supervision notice not answered")),
    Move("answer_notice", _ANY, None, "body", "notices", N_("Supervision notice answered")),
    Move("find_notice", _ANY, None, "office", "notices", N_("Answer to a notice judged")),
    Move("withdraw_notice", _ANY, None, "office", "notices", N_("Supervision notice withdrawn")),
    Move("decide_listed", _ANY, None, "office", "notices", N_("Directors' meeting decided")),
    Move("answer_signal", _ANY, None, "body or office", "signals", N_("The body answered a sign")),
    Move("dismiss_signal", _ANY, None, "office", "signals", N_("Sign dismissed")),
    Move("restore_signal", _ANY, None, "office", "signals", N_("Sign no longer dismissed")),
)

MOVES: dict[str, Move] = {move.name: move for move in (*SUGGESTION_MOVES, *ASSIGNMENT_MOVES)}
ENDS = frozenset({Stage.LETTER, Stage.WITHDRAWN, Stage.MERGED, Stage.CLOSED})
ASSIGNMENT_ENDS = frozenset(
    {
        Standing.RETURNED,
        Standing.PASSED_ON,
        Standing.OPINION_GIVEN,
        Standing.AGREED,
        Standing.RATED,
        Standing.HANDLED_AGAIN,
        Standing.RECALLED,
        Standing.UNHEARD,
    }
)
HANDLED = frozenset(_HANDLED)
LIVE = frozenset(_LIVE)
OPEN = frozenset({Stage.HANDED_OVER})


def after(where: StrEnum | None, move_name: str) -> StrEnum | None:
    """Where a thing stands once the move is made.

    :raises RuleBroken: the move does not lead from there.
    """
    move = MOVES[move_name]
    if where not in move.from_:
        raise RuleBroken(
            N_("“%(move)s” is not possible now: this stands at “%(where)s”."),
            move=Named(move.label),
            where=Named(NAMES[where] if where else N_("Not yet recorded")),
        )
    return move.to if move.to is not None else where


def fold(move_names: Iterable[str]) -> StrEnum | None:
    """Where the history leads: the fold of its moves."""
    where: StrEnum | None = None
    for name in move_names:
        where = after(where, name)
    return where
