"""What a deputy says of a reply, and whether he may say it."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import batches, db
from tracker.deadlines.chosen import Aspect
from tracker.dispatch.clocks import law_of
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.feedback import rules
from tracker.feedback.models import Rating, RatingChannel, Verdict
from tracker.feedback.versions import latest_of_all
from tracker.files.models import File
from tracker.handling.models import Delivery, Reply
from tracker.handling.queries import DELIVERED
from tracker.structure.models import Deputy
from tracker.structure.succession import is_of
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion
from tracker.suggestion.queries import deputies_of


@dataclass(frozen=True)
class Given:
    """What one deputy says of one reply; `reason` and `scan` as in `rate`."""

    reply: Reply
    deputy: Deputy
    said: Mapping[Aspect, Verdict | None]
    comment: str = ""
    reason: str = ""
    scan: File | None = None

    @property
    def assignment(self) -> Assignment:
        return self.reply.assignment

    @property
    def suggestion(self) -> Suggestion:
        return self.assignment.suggestion

    @property
    def counts(self) -> bool:
        """The lead deputy's rating counts; a co-signer's view is kept beside it."""
        return self.deputy.id == self.suggestion.lead_deputy_id


Refused = Callable[[Given, RuleBroken], None]


def allowed(
    given: Sequence[Given], *, channel: RatingChannel, by: Actor, on: date, refused: Refused | None = None
) -> list[tuple[Given, Rating | None]]:
    """What may be said, each with what the same deputy said of the same reply before.

    :raises RuleBroken: the first that may not, if nobody is told (`refused`).
    """
    asking = _Asking(given, channel, by, on)
    found = []
    for one in given:
        try:
            asking.must_be_allowed(one)
        except RuleBroken as broken:
            if refused is None:
                raise
            refused(one, broken)
        else:
            found.append((one, asking.earlier_of(one)))
    return found


class _Asking:
    """What the rules ask about several ratings, read at once."""

    def __init__(self, given: Sequence[Given], channel: RatingChannel, by: Actor, on: date) -> None:
        self.channel, self.by, self.on = channel, by, on
        self.is_old = channel is RatingChannel.LEDGER
        self.signers: dict[int, set[int]] = {}
        for suggestion_id, deputy_id in deputies_of([one.suggestion.id for one in given]):
            self.signers.setdefault(suggestion_id, set()).add(deputy_id)
        reply_ids = [one.reply.id for one in given]
        self.earlier = latest_of_all(reply_ids)
        self.released = {} if self.is_old else _released_on(reply_ids)

    def earlier_of(self, one: Given) -> Rating | None:
        return self.earlier.get((one.reply.id, one.deputy.id))

    def must_be_allowed(self, one: Given) -> None:
        asked = (Aspect.RESULT,) if self.is_old else law_of(one.assignment).rules.rates  # an old ledger knows no more
        rules.must_be_a_rating(one.said, asked, one.comment or ("—" if self.is_old else ""))
        rules.must_have_scan(is_paper=self.channel is RatingChannel.PAPER, has_scan=one.scan is not None)
        _must_be_theirs(one, self.signers.get(one.suggestion.id, ()))
        _must_not_judge_itself(one.deputy, one.assignment, self.by)
        _must_follow_delivery(self.released.get(one.reply.id), self.on)
        earlier = self.earlier_of(one)
        if earlier is not None:
            _must_be_a_change(one, earlier, self.on)


def _released_on(reply_ids: Sequence[int]) -> dict[int, date]:
    """The day each was first released to a deputy."""
    found: dict[int, date] = {}
    for some in batches(reply_ids):
        wanted = sa.select(Delivery.reply_id, sa.func.min(Delivery.released_on)).where(Delivery.reply_id.in_(some))
        found |= dict(db.session.execute(wanted.group_by(Delivery.reply_id)).tuples().all())
    return found


def _must_be_a_change(one: Given, earlier: Rating, on: date) -> None:
    if one.assignment.standing is Standing.HANDLED_AGAIN:
        raise RuleBroken(N_("It is being handled again: rate the new reply when it comes."))
    the_same = {aspect: verdict for aspect, verdict in one.said.items() if verdict} == earlier.said
    says_the_same = the_same and one.comment.strip() == earlier.comment.strip()
    rules.must_be_a_change(says_the_same=says_the_same, reason=one.reason, on=on, earlier_on=earlier.on)


def _must_be_theirs(one: Given, signers: Container[int]) -> None:
    if one.assignment.standing not in DELIVERED:
        raise RuleBroken(N_("The reply has not been delivered yet."))
    if one.deputy.id not in signers:
        raise RuleBroken(N_("This deputy did not sign the suggestion."))


def _must_follow_delivery(first_on: date | None, on: date) -> None:
    if first_on is not None and on < first_on:
        raise RuleBroken(N_("It cannot be rated before it was delivered on %(day)s."), day=first_on.isoformat())


def _must_not_judge_itself(deputy: Deputy, assignment: Assignment, by: Actor) -> None:
    if is_of(deputy.heads_body_id, assignment.body_id):
        raise RuleBroken(N_("Who heads a body does not rate its reply."))
    if by.body_id is not None:
        raise RuleBroken(N_("A body never enters a rating."))
