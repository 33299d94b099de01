"""One suggestion and everybody who has to do with it; what they do is written in the modules beside this one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa

from tests.dispatch.office import Office
from tests.makers import actor_of, assignments_of
from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import ANSWERING, Assignment, BodyReturn, Circulated, Part
from tracker.dispatch.queries import without_lead
from tracker.errors import RuleBroken
from tracker.escalation.models import Alarm
from tracker.feedback import studying
from tracker.feedback.models import Finding, Rating, Study
from tracker.files.models import File
from tracker.followup.models import Judgement, PromiseReport
from tracker.handling.agreement import LeadAgreement
from tracker.handling.models import Delivery, Extension, Promise, Reply
from tracker.handling.written import Approval
from tracker.intake.models import Withdrawal
from tracker.notices.models import Notice, NoticeItem
from tracker.notices.queries import IS_ANSWERED, IS_DRAFT, IS_RUNNING
from tracker.notices.rules import DRAFTED, LISTED
from tracker.people.models import User
from tracker.public.models import PublicPage
from tracker.signals.models import Dismissal, Signal
from tracker.signing.models import GIVEN_BACK, WAITS, ToSign
from tracker.structure.models import Body
from tracker.suggestion.journey import MOVES, SUGGESTION_MOVES, Standing
from tracker.suggestion.models import Suggestion
from tracker.supervision.models import Duty

FIRST_DAY = date(2026, 3, 2)
OWN = {move.name for move in SUGGESTION_MOVES}
OWES = (Standing.ASSIGNED, Standing.RECEIVED, Standing.RETURN_ASKED)
Act = TypeVar("Act", bound=Callable[..., None])

DRAFTS = sa.select(Notice.id).where(IS_DRAFT).order_by(Notice.id)
RUNNING = sa.select(Notice.id).where(IS_RUNNING).order_by(Notice.id)

# What there is to be acted on: an act that needs one of these is not drawn while there is none.
THINGS: dict[str, sa.Select[Any]] = {
    "hub": sa.select(Assignment.id)
    .join(Assignment.body)
    .where(Body.is_hub, Assignment.standing.in_((Standing.ASSIGNED, Standing.RECEIVED))),
    "nobody": sa.select(Suggestion.id).where(without_lead()),
    "return": sa.select(BodyReturn.id).where(BodyReturn.granted.is_(None)),
    "extension": sa.select(Extension.id).where(Extension.granted.is_(None)),
    "circulated": sa.select(Circulated.id).where(Circulated.ended_on.is_(None)),
    "objection": sa.select(Circulated.id).where(
        Circulated.ended_on.is_(None), Circulated.agreed.is_(False), Circulated.settled_on.is_(None)
    ),
    "paper": sa.select(ToSign.id).where(WAITS),
    "given_back": sa.select(ToSign.id).where(sa.or_(WAITS, GIVEN_BACK)),
    "approval": sa.select(Approval.id).where(Approval.decided_on.is_(None)),
    "reply": sa.select(Reply.id),
    "asked": sa.select(LeadAgreement.id).where(LeadAgreement.ended_on.is_(None), LeadAgreement.agreed_on.is_(None)),
    "withdrawal": sa.select(Withdrawal.id).where(Withdrawal.settled_on.is_(None)),
    "delivery": sa.select(Delivery.id),
    "shown": sa.select(PublicPage.id).where(PublicPage.ended_on.is_(None)),
    "on_its_way": sa.select(Delivery.id).where(Delivery.on.is_(None)),
    "pending": studying.pending().with_only_columns(Rating.id),
    "explained": sa.select(Study.id).where(Study.finding == Finding.EXPLAINED, Study.kept_on.is_(None)),
    "promise": sa.select(Promise.id),
    "report": sa.select(PromiseReport.id).where(PromiseReport.to_be_judged.is_(True)),
    "dispute": sa.select(Judgement.id).where(Judgement.agrees.is_(False), Judgement.decided_on.is_(None)),
    "duty": sa.select(Duty.id).where(Duty.answered_on.is_(None)),
    "rung": sa.select(Alarm.id).where(Alarm.form.in_(DRAFTED)),
    "listed": sa.select(Alarm.id).where(Alarm.form == LISTED),
    "sign": sa.select(Signal.id).where(Signal.cleared_on.is_(None)),
    "dismissed": sa.select(Dismissal.id).where(Dismissal.undone_on.is_(None)),
    "notice_draft": DRAFTS,
    "notice": RUNNING,
    "unanswered": RUNNING.where(sa.not_(IS_ANSWERED)),
    "fallen": sa.select(NoticeItem.id)
    .join(NoticeItem.notice)
    .join(NoticeItem.alarm)
    .join(Alarm.deadline)
    .where(IS_DRAFT, NoticeItem.ended_on.is_(None), Deadline.met_on.is_not(None)),
}
_THERE = sa.select(*(wanted.exists().label(name) for name, wanted in THINGS.items()))


def makes(*moves: str, needs: str = "", parts: tuple[Part, ...] = (), weight: int = 2) -> Callable[[Act], Act]:
    """The moves an act can make, what it needs, for which parts, and how often it is drawn beside the others."""

    def mark(act: Act) -> Act:
        act.moves, act.needs, act.parts, act.weight = moves, needs, parts, weight  # type: ignore[attr-defined]
        return act

    return mark


class Desk:
    """Where the acts find what they are about. `blind`: anything is tried on anything, and mostly refused."""

    def __init__(self, office: Office, head: User, scan: File) -> None:
        self.office, self.head, self.scan = office, head, scan
        self.congress, self.clerk, self.by = office.congress, office.users["clerk"], office.users["clerk"].actor()
        self.suggestion, self.other = office.suggestion, office.another(title="关于江堤步道照明的建议")
        self.bodies = dict(office.bodies)
        self.on, self.blind = FIRST_DAY, False
        self.fitting: tuple[StrEnum | None, ...] = ()
        self.parts: tuple[Part, ...] = ()

    def begin(self, rules: str) -> None:
        """As on the first day, under these rules; what is done is rolled back by whoever asks."""
        self.congress.rules_name = rules
        self.bodies, self.on, self.blind = dict(self.office.bodies), FIRST_DAY, False

    def assignments(self) -> list[Assignment]:
        return assignments_of(self.suggestion)

    def pick(self, which: int, *parts: Part) -> Assignment:
        """One assignment of which the present act speaks; blindly, any."""
        wanted = parts or self.parts
        there = [
            one
            for one in self.assignments()
            if self.blind or ((not self.fitting or one.standing in self.fitting) and (not wanted or one.part in wanted))
        ]
        return self.one_of(there, which)

    def answering(self, which: int) -> Assignment:
        return self.pick(which, *ANSWERING)

    def one_of(self, there: Any, which: int) -> Any:
        """One of these; nobody acts on what is not there."""
        found = list(there)
        if not found:
            raise RuleBroken("nothing is there")
        return found[which % len(found)]

    def row(self, wanted: Any, which: int) -> Any:
        return self.one_of(db.session.scalars(wanted).unique(), which)

    def reply_of(self, assignment: Assignment) -> Reply:
        about = sa.orm.joinedload(Reply.assignment)
        return self.row(sa.select(Reply).where(Reply.assignment_id == assignment.id).options(about), 0)

    def replied(self, which: int) -> tuple[Reply, Assignment]:
        """An answer with its assignment."""
        one = self.answering(which)
        return self.reply_of(one), one

    def whose(self, assignment: Assignment) -> Actor:
        return actor_of(assignment)

    def law(self) -> dict[str, Any]:
        """By the office, today."""
        return {"by": self.by, "on": self.on}

    def whole(self) -> Suggestion:
        """The suggestion with its assignments as they stand."""
        db.session.flush()
        wanted = sa.select(Suggestion).where(Suggestion.id == self.suggestion.id)
        fresh = wanted.options(sa.orm.selectinload(Suggestion.assignments).joinedload(Assignment.body))
        return db.session.scalars(fresh, execution_options={"populate_existing": True}).one()

    def there(self) -> dict[str, bool]:
        """Which of the things there are."""
        db.session.flush()
        return dict(db.session.execute(_THERE).one()._mapping)


def begins_at(act: Any) -> tuple[StrEnum | None, ...]:
    """Where an assignment stands with which this can be done."""
    return tuple(where for name in act.moves if name not in OWN for where in MOVES[name].from_)


def may(act: Any, there: dict[str, bool], stage: StrEnum, assigned: list[tuple[Part, Standing]]) -> bool:
    """Whether something stands where one of the act's moves begins. The rules may still say no."""
    if act.needs and not there[act.needs]:
        return False
    own = any(stage in MOVES[name].from_ for name in act.moves if name in OWN)
    standings = begins_at(act)
    fits = any(standing in standings and (not act.parts or part in act.parts) for part, standing in assigned)
    return not act.moves or own or fits
