"""Handing over, dispatching onward, signing for, returning: one module per thing the office names."""

from tracker.dispatch.actions.assigning import sign_for
from tracker.dispatch.actions.handing_over import hand_over, pass_on, propose
from tracker.dispatch.actions.returning import ask_return, decide_return, recall, renew

__all__ = ["ask_return", "decide_return", "hand_over", "pass_on", "propose", "recall", "renew", "sign_for"]
