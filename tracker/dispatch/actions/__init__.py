"""Handing over, dispatching onward, signing for, returning: one module per thing the office names."""

from tracker.dispatch.actions.assigning import sign_for
from tracker.dispatch.actions.handing_over import hand_over, pass_on, propose
from tracker.dispatch.actions.recalling import assign_again, recall
from tracker.dispatch.actions.returning import ask_return, decide_return, renew

__all__ = [
    "ask_return",
    "assign_again",
    "decide_return",
    "hand_over",
    "pass_on",
    "propose",
    "recall",
    "renew",
    "sign_for",
]
