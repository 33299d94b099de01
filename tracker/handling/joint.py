"""What the page of one of two leads says: who writes, what the other is asked, and to what it agreed."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.dispatch.models import Assignment
from tracker.dispatch.queries import other_lead
from tracker.handling.actions.joint import asked_about
from tracker.handling.agreement import LeadAgreement, digest_of
from tracker.handling.models import Reply
from tracker.handling.queries import find_reply


@dataclass(frozen=True)
class Together:
    """The two leads of one reply, seen from one of them. `reply` is the text this one may read, its own or asked."""

    other: Assignment
    reply: Reply | None
    asked: LeadAgreement | None
    writes: bool

    @property
    def is_agreed(self) -> bool:
        return self.asked is not None and self.asked.agreed_on is not None

    @property
    def is_refused(self) -> bool:
        return self.asked is not None and self.asked.is_refused

    @property
    def digest(self) -> str:
        return digest_of(self.reply) if self.reply is not None else ""


def together(own: Assignment) -> Together | None:
    """None where the body answers without a second lead."""
    other = other_lead(own)
    if other is None:
        return None
    mine = find_reply(own.id)
    if mine is not None and mine.text:
        return Together(other, mine, asked_about(mine.id), writes=True)
    theirs = find_reply(other.id)
    asked = asked_about(theirs.id) if theirs is not None else None
    return Together(other, theirs if _may_be_read(asked, theirs) else None, asked, writes=False)


def _may_be_read(asked: LeadAgreement | None, theirs: Reply | None) -> bool:
    """The text it is asked about; what is written after it refused is not its to read before it is asked again."""
    if asked is None or theirs is None:
        return False
    return not asked.is_refused or asked.digest == digest_of(theirs)
