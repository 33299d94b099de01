"""What a notice may be, how it is numbered, and how it stands. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.errors import N_, RuleBroken

DRAFT_NOTICE, REQUEST_LETTER, LISTED = "draft_notice", "request_letter", "listed"
DRAFTED = (DRAFT_NOTICE, REQUEST_LETTER)
# Party organs and mass organisations are asked; they are never summoned or questioned (the ladder's last paragraph).
ONLY_ASKED = frozenset({"party", "mass_organisation"})
WORDS = {"supervision": "督办", "request": "商请"}


class State(StrEnum):
    """How a notice stands."""

    DRAFT = "draft"
    ISSUED = "issued"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    SATISFIED = "satisfied"
    ASKED_AGAIN = "asked_again"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


def kind_for(form: str) -> str:
    """The kind of notice a form of the ladder gives.

    :raises RuleBroken: the form is no draft.
    """
    if form not in DRAFTED:
        raise RuleBroken(N_("This step of the ladder gives no notice."))
    return "request" if form == REQUEST_LETTER else "supervision"


def number_text(kind: str, year: int | None, number: int | None) -> str:
    """The number as it stands on the document: 督办〔2026〕3号; empty for a draft."""
    return f"{WORDS[kind]}〔{year}〕{number}号" if year and number else ""


def state(
    *,
    issued_on: date | None,
    answer_by_on: date,
    answered: bool,
    finding: str | None,
    ended_why: str | None,
    today: date,
) -> State:
    """How it stands today; overdue from the day after the answer-by day."""
    if ended_why is not None:
        return State.WITHDRAWN if ended_why == "withdrawn" else State.DROPPED
    if issued_on is None:
        return State.DRAFT
    if finding is not None:
        return State.SATISFIED if finding == "satisfied" else State.ASKED_AGAIN
    if answered:
        return State.ANSWERED
    return State.OVERDUE if answer_by_on < today else State.ISSUED


def must_be_issuable(text: str, answer_by_on: date, on: date) -> None:
    """:raises RuleBroken: nothing is said, or the body is given no time to answer."""
    if not text.strip():
        raise RuleBroken(N_("Write what the notice asks."))
    if answer_by_on <= on:
        raise RuleBroken(N_("The body needs time to answer: choose a day after %(day)s."), day=on.isoformat())


def must_be_an_answer(text: str, measures: str, until_on: date | None) -> None:
    """:raises RuleBroken: it does not say how it came so, what is done now, and by when."""
    if not text.strip() or not measures.strip():
        raise RuleBroken(N_("Say how it came so, and what you do now."))
    if until_on is None:
        raise RuleBroken(N_("Say by when it will be done."))


def must_be_a_finding(finding: str, note: str, answered: bool) -> None:
    """:raises RuleBroken: what is missing is not said, or a notice without an answer is closed without a reason."""
    if finding == "not_enough" and not note.strip():
        raise RuleBroken(N_("Say what is still missing; the next notice asks for it."))
    if finding == "satisfied" and not answered and not note.strip():
        raise RuleBroken(N_("The body has not answered: say why that is enough all the same."))


def must_be_a_decision(measure: str, meeting: str, note: str, until_on: date | None, on: date) -> None:
    """:raises RuleBroken: meeting or reason is missing, or a correction has no day."""
    if not meeting.strip():
        raise RuleBroken(N_("Name the meeting that decided it."))
    if measure == "none" and not note.strip():
        raise RuleBroken(N_("Say why nothing is ordered."))
    if measure == "correction" and (until_on is None or until_on <= on):
        raise RuleBroken(N_("A correction needs a day, after %(day)s."), day=on.isoformat())


def must_be_summonable(branch: str, measure: str, body_name: str) -> None:
    """:raises RuleBroken: a party organ or mass organisation would be heard, corrected or questioned."""
    if branch in ONLY_ASKED and measure != "none":
        raise RuleBroken(N_("%(body)s is asked by a letter of request, never heard or questioned."), body=body_name)


def digest_of(content: Mapping[str, Any]) -> str:
    """The digest over all that was issued: the same content gives the same digest, whatever the order of its keys."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(written.encode("utf-8")).hexdigest()
