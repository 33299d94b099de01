"""The words of signals as msgids, and how their lines of history read."""

from __future__ import annotations

from tracker.errors import N_
from tracker.signals.kind import About, Unit
from tracker.signals.known import all_kinds
from tracker.signals.models import Cleared
from tracker.signals.rules import Show, State

SIGNS = {kind.key: kind.name for kind in all_kinds()}
ABOUT = {
    About.BODY: N_("the body's handling"),
    About.OFFICE: N_("our own office's handling"),
    About.RATING: N_("how a rating came about"),
}
SHOWN = {
    Show.OPEN: N_("open"),
    Show.NEW: N_("new this week"),
    Show.UNSEEN: N_("not looked at yet"),
    Show.UNANSWERED: N_("nothing said to it"),
    Show.ANSWERED: N_("answered by the body"),
    Show.DISMISSED: N_("dismissed"),
    Show.CLEARED: N_("no longer so"),
}
STATES = {
    State.OPEN: N_("open"),
    State.ANSWERED: N_("answered"),
    State.DISMISSED: N_("dismissed"),
    State.CLEARED: N_("no longer so"),
}
LOOKS = {State.OPEN: "warn", State.ANSWERED: "info", State.DISMISSED: "muted", State.CLEARED: "ok"}
CLEARED = {
    Cleared.GONE: N_("the fact is gone"),
    Cleared.OFF: N_("this kind is no longer looked for"),
}
UNITS = {
    Unit.DAYS: N_("days"),
    Unit.WORKING_DAYS: N_("working days"),
    Unit.MINUTES: N_("minutes"),
    Unit.TIMES: N_("times"),
    Unit.PER_CENT: N_("per cent"),
    Unit.CHARACTERS: N_("characters"),
}

# The history in sentences.
SIGNS_TOLD: dict[str, tuple[str, ...]] = {
    "answer_signal": (N_("The body answered the sign “%(sign)s”"),),
    "dismiss_signal": (N_("Sign “%(sign)s” dismissed"),),
    "restore_signal": (N_("Sign “%(sign)s” no longer dismissed"),),
    "answer_own_signal": (N_("The office answered the sign “%(sign)s”"),),
    "dismiss_own_signal": (N_("Sign “%(sign)s” dismissed"),),
    "restore_own_signal": (N_("Sign “%(sign)s” no longer dismissed"),),
}
