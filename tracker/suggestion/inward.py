"""Moves of which not everybody reads, by their names."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.suggestion.circulated import BEFORE_THE_MEETING

# A leader's instruction is read by the office, the leaders, and the body it is addressed to.
# What a draft of a notice came to, and what a meeting decided of a listed item, is told by the office itself.
TO_THE_OFFICE = ("instruct_office", "office_followed", "drop_notice", "decide_listed")
INSTRUCTIONS = (*TO_THE_OFFICE, "instruct", "body_followed")
INWARD: Iterable[str] = (
    "alarm",
    "chase",
    "mark_pending",
    "unmark_pending",
    "ask_return",
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
    *BEFORE_THE_MEETING,
)
