"""Handing over, dispatching onward, signing for, returning: one module per thing the office names."""

from tracker.dispatch.actions.assigning import sign_for, sign_for_all
from tracker.dispatch.actions.changing_lead import change_lead
from tracker.dispatch.actions.circulating import (
    agree_to_proposals,
    circulate,
    object_to_proposal,
    settle_objection,
)
from tracker.dispatch.actions.handing_over import Proposed, hand_over, pass_on, propose, propose_all
from tracker.dispatch.actions.recalling import assign_again, recall
from tracker.dispatch.actions.returning import ask_return, decide_return, note_late_return, renew

__all__ = [
    "Proposed",
    "agree_to_proposals",
    "ask_return",
    "assign_again",
    "change_lead",
    "circulate",
    "decide_return",
    "hand_over",
    "note_late_return",
    "object_to_proposal",
    "pass_on",
    "propose",
    "propose_all",
    "recall",
    "renew",
    "settle_objection",
    "sign_for",
    "sign_for_all",
]
