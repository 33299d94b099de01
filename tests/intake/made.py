"""A congress with four deputies and a clerk, and suggestions several of them made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tests import makers
from tracker.database import db
from tracker.intake import actions as intake
from tracker.intake.models import Answer, AnswerWay
from tracker.mail.models import Letter
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure.models import Congress, Deputy, Meeting
from tracker.suggestion.models import Entry, Suggestion

ON = date(2026, 3, 5)
WHY_RECALLED = "误交办"
PAPER = {"way": AnswerWay.PAPER, "by": makers.CLERK, "on": ON}


@dataclass
class Made:
    """Who there is, and what they made."""

    congress: Congress
    meeting: Meeting
    clerk: User
    lead: Deputy
    second: Deputy
    third: Deputy
    other: Deputy

    def suggestion(self, *signers: Deputy, lead: Deputy | None = None, title: str = "关于拓宽道路的建议") -> Suggestion:
        made = makers.a_suggestion(self.meeting, lead or self.lead, *signers, title=title)
        db.session.commit()
        return made

    def user(self, deputy: Deputy) -> User:
        return makers.a_user(self.congress, Role.DEPUTY, deputy_id=deputy.id)


def made() -> Made:
    congress = makers.a_congress()
    deputies = [makers.a_deputy(congress, name, language="en") for name in ("赵领衔", "钱附议", "孙附议", "李另案")]
    return Made(congress, makers.a_meeting(congress), makers.a_user(congress, Role.OFFICE_CLERK), *deputies)


def letters(kind: str) -> list[Letter]:
    """The letters of a kind, oldest first."""
    return list(db.session.scalars(sa.select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def told(kind: str) -> set[str]:
    """Who got a letter of a kind."""
    return {letter.to_name for letter in letters(kind)}


def link_in(letter: Letter) -> str:
    """The address a letter leads to."""
    found = re.search(r"/links/[\w-]+/[\w-]+", letter.body_text)
    assert found is not None, letter.body_text
    return found[0]


def moves(suggestion: Suggestion) -> list[str]:
    db.session.flush()
    return list(
        db.session.scalars(sa.select(Entry.move).where(Entry.suggestion_id == suggestion.id).order_by(Entry.id))
    )


def says(suggestion: Suggestion, deputy: Deputy, answer: Answer) -> None:
    """A co-signer's paper is entered."""
    intake.answer_signing(suggestion, deputy, answer, **PAPER)


def agrees(suggestion: Suggestion, deputy: Deputy, answer: Answer = Answer.YES) -> None:
    """A paper about the withdrawal is entered."""
    intake.answer_withdrawal(suggestion, deputy, answer, **PAPER)
