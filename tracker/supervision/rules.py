"""What an instruction needs, and how it stands. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from tracker.errors import N_, RuleBroken

OFFICE, ANSWERING = "office", "answering"


class How(StrEnum):
    """How what was instructed stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"


HOW = {How.OPEN: N_("to be answered"), How.OVERDUE: N_("overdue"), How.ANSWERED: N_("answered")}
HOW_LOOKS = {How.OPEN: "info", How.OVERDUE: "bad", How.ANSWERED: "ok"}


def how(due_on: date | None, answered_on: date | None, today: date) -> How:
    """An instruction without a day is never overdue."""
    if answered_on is not None:
        return How.ANSWERED
    return How.OVERDUE if due_on is not None and due_on < today else How.OPEN


def must_be_an_instruction(leader: str, text: str, on: date, due_on: date | None) -> None:
    """:raises RuleBroken: nobody instructs, nothing is said, or it is due before it was written."""
    if not leader.strip() or not text.strip():
        raise RuleBroken(N_("Say who instructs and what."))
    if due_on is not None and due_on < on:
        raise RuleBroken(N_("It cannot be due before %(day)s."), day=on.isoformat())
