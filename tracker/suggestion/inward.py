"""Moves of which not everybody reads, by their names."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.suggestion.circulated import BEFORE_THE_MEETING

# A leader's instruction is read by the office, the leaders, and the body it is addressed to.
# What a draft of a notice came to, and what a meeting decided of a listed item, is told by the office itself.
# Signs about the office, and about how a rating came about, are read by those who see all (decision 041).
OWN_SIGNALS = ("answer_own_signal", "dismiss_own_signal", "restore_own_signal")
TO_THE_OFFICE = ("instruct_office", "office_followed", "drop_notice", "decide_listed", *OWN_SIGNALS)
INSTRUCTIONS = (*TO_THE_OFFICE, "instruct", "body_followed")
INWARD: Iterable[str] = (
    "alarm",
    "chase",
    "mark_pending",
    "unmark_pending",
    "ask_return",
    "try_return",
    "refuse_return",
    "grant_return",
    "send_back",
    "submit",
    "propose",
    "ask_extension",
    "refuse_extension",
    "refuse_agreement",
    "answer_notice",
    "find_notice",
    "answer_signal",
    "dismiss_signal",
    "restore_signal",
    *BEFORE_THE_MEETING,
)
