"""A town in which something of everything happened: answered in time and late, given back, handled again, promised."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tests.makers import (
    CLERK,
    a_body,
    a_congress,
    a_deputy,
    a_meeting,
    a_submitted_reply,
    actor_of,
    assignments_of,
)
from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.queries import rule_set_in_force
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import Assignment, Part
from tracker.feedback import actions as feedback
from tracker.feedback.models import Finding, Rating, RatingChannel, Verdict
from tracker.feedback.studying import study, whole_rating
from tracker.figures import actions as figures
from tracker.figures import tables
from tracker.figures.models import Dimension, Reckoning
from tracker.figures.tables import Figures
from tracker.followup import actions as followup
from tracker.followup.models import Fate
from tracker.handling import actions as handling
from tracker.handling.models import Manner, Promise, Reply
from tracker.intake import actions as intake
from tracker.signals import finding
from tracker.structure.models import Body, Congress, Delegation, Deputy, Meeting
from tracker.suggestion.models import Suggestion

HANDED_OVER_ON = date(2026, 3, 2)  # answers are due on 2026-06-02
IN_TIME, LATE, TODAY = date(2026, 5, 6), date(2026, 6, 15), date(2026, 9, 15)


@dataclass
class Town:
    """A congress with bodies and deputies, and the verbs in a few words; each verb is done on its day."""

    congress: Congress
    meeting: Meeting
    deputy: Deputy
    signer: Deputy
    bodies: dict[str, Body] = field(default_factory=dict)
    number: int = 0

    def handed(self, *named: tuple[str, Part], category: str = "城建", lead: Deputy | None = None) -> Suggestion:
        """Recorded and handed over to these bodies; the signer signs too."""
        self.number += 1
        with clock.at(HANDED_OVER_ON):
            content = intake.Content(
                title=f"第{self.number}件建议",
                text="请予办理。",
                category=category,
                lead_deputy_id=(lead or self.deputy).id,
                co_signer_ids=[self.signer.id] if lead is None else [],
            )
            rules = rule_set_in_force("default", HANDED_OVER_ON)
            made = intake.record(self.meeting, content, by=CLERK, on=HANDED_OVER_ON, rules_in_force=rules)
            dispatch.propose(made, [(self.body(name), part) for name, part in named], by=CLERK, on=HANDED_OVER_ON)
            facts = {"congress": self.congress, "meeting": self.meeting, "document_number": "1号"}
            dispatch.hand_over([made], by=CLERK, on=HANDED_OVER_ON, tell=False, **facts)
            db.session.flush()
        return made

    def body(self, name: str) -> Body:
        if name not in self.bodies:
            self.bodies[name] = a_body(self.congress, name)
        return self.bodies[name]

    def answered(self, assignment: Assignment, on: date, *, contact_on: date | None = None, **content: Any) -> Reply:
        """Spoken with the deputy where a day is given, submitted, and released two days later."""
        if contact_on is not None:
            with clock.at(contact_on):
                handling.note_contact(assignment, Manner.VISIT, "赵代表", by=actor_of(assignment), on=contact_on)
        with clock.at(on):
            reply = a_submitted_reply(assignment, on, letter_on=on, **content)
            handling.deliver(reply, assignment, by=CLERK, on=on, tell=False)
            db.session.flush()
        return self.reply(reply.id)

    def submitted(self, assignment: Assignment, on: date) -> Reply:
        return a_submitted_reply(assignment, on, letter_on=on)

    def reply(self, reply_id: int) -> Reply:
        about = joinedload(Reply.assignment).options(
            joinedload(Assignment.suggestion).joinedload(Suggestion.meeting), joinedload(Assignment.body)
        )
        return db.session.scalars(sa.select(Reply).where(Reply.id == reply_id).options(about)).one()

    def rated(self, reply: Reply, result: Verdict, on: date, *, by: Deputy | None = None, reason: str = "") -> Rating:
        deputy = by or self.deputy
        said = {"channel": RatingChannel.ACCOUNT, "by": Actor("user", None, deputy.name), "reason": reason}
        with clock.at(on):
            return feedback.rate(reply, deputy, result, result, "没有办好。", on=on, tell=False, **said)

    def handled_again(self, rating: Rating, on: date) -> Assignment:
        """The office finds that it is to be handled again; the new round's assignment."""
        with clock.at(on):
            found = db.session.scalars(whole_rating().where(Rating.id == rating.id)).unique().one()
            study(found, Finding.AGAIN, "", by=CLERK, on=on, tell=False)
            return assignments_of(found.reply.assignment.suggestion)[-1]

    def counted(self, on: date = TODAY) -> Reckoning:
        with clock.at(on):
            made = figures.count(self.congress, by=CLERK, on=on, at=clock.now())
            db.session.flush()
        return made

    def of_body(self, name: str, on: date = TODAY) -> Figures:
        """A body's row of a count made on a day."""
        [found] = tables.rows(self.counted(on), Dimension.BODY, keys=[str(self.body(name).id)])
        return found

    def of_all(self, on: date = TODAY) -> Figures:
        return tables.whole(self.counted(on))


def a_town() -> Town:
    congress = a_congress()
    delegation = Delegation(congress_id=congress.id, name="北山代表团")
    db.session.add(delegation)
    db.session.flush()
    deputy = a_deputy(congress, delegation_id=delegation.id)
    return Town(congress, a_meeting(congress), deputy, a_deputy(congress, "钱附议"))


@contextmanager
def told(town: Town) -> Iterator[Town]:
    """Everything that may happen, once."""
    sole, lead, co, apart = Part.SOLE, Part.LEAD, Part.CO, Part.SEPARATE
    first = town.handed(("甲局", sole))
    [one] = assignments_of(first)
    promised = [
        {"what": what, "owner": "林承办", "due_on": due}
        for what, due in (
            ("路灯", "2026-07-01"),
            ("绿化", "2026-07-02"),
            ("停车", "2026-08-03"),
            ("电梯", "2027-01-05"),
        )
    ]
    reply = town.answered(one, IN_TIME, contact_on=date(2026, 4, 1), promises=promised)
    _promises(town)
    town.rated(reply, Verdict.SATISFIED, date(2026, 5, 12))
    town.rated(reply, Verdict.DISSATISFIED, date(2026, 5, 13), by=town.signer)
    _again(town)
    _apart(town)
    [main, helper] = assignments_of(town.handed(("甲局", lead), ("丙局", co), category="农业"))
    with clock.at(date(2026, 3, 20)):
        handling.give_opinion(helper, "同意。", by=actor_of(helper), on=date(2026, 3, 20))
    _extended(town, main)
    [left, _silent] = assignments_of(town.handed(("丁局", lead), ("丙局", co)))
    town.rated(town.answered(left, LATE, class_label="D"), Verdict.MOSTLY, date(2026, 6, 20))
    _returned(town)
    _sent_back(town)
    town.handed(("戊局", apart), ("丁局", apart))
    with clock.at(TODAY):
        finding.look(town.congress, on=TODAY, at=clock.now())
    yield town


def _promises(town: Town) -> None:
    """One kept in time, one kept late, one moved and missed; the last is still to come."""
    days = {"路灯": (Fate.KEPT, date(2026, 6, 20)), "绿化": (Fate.KEPT, date(2026, 7, 20))}
    for promise in db.session.scalars(sa.select(Promise).options(joinedload(Promise.assignment))).all():
        reply = town.reply(promise.reply_id)
        promise.assignment = reply.assignment
        fate, on = days.get(promise.what, (Fate.MOVED, date(2026, 7, 30)))
        if promise.what == "电梯":
            continue
        more = {"new_due_on": date(2026, 8, 30)} if fate is Fate.MOVED else {}
        with clock.at(on):
            followup.report(promise, fate, "说明", by=actor_of(reply.assignment), on=on, **more)


def _again(town: Town) -> None:
    """Dissatisfied, handled again, then mostly satisfied; another one is handled again and not answered."""
    for number in range(2):
        [one] = assignments_of(town.handed(("乙局", Part.SOLE)))
        reply = town.answered(one, IN_TIME, contact_on=None)
        rating = town.rated(reply, Verdict.DISSATISFIED, date(2026, 5, 20))
        new = town.handled_again(rating, date(2026, 5, 25))
        if number == 0:
            again = town.answered(new, date(2026, 6, 10), contact_on=date(2026, 6, 1), class_label="B")
            town.rated(again, Verdict.MOSTLY, date(2026, 6, 12))


def _apart(town: Town) -> None:
    """Two answer apart: one to the deputy's satisfaction, of the other he says nothing."""
    both = assignments_of(town.handed(("甲局", Part.SEPARATE), ("乙局", Part.SEPARATE)))
    good, mute = (town.answered(one, IN_TIME) for one in both)
    town.rated(good, Verdict.SATISFIED, date(2026, 5, 12))


def _extended(town: Town, assignment: Assignment) -> None:
    """Extended, and answered between the first and the present day."""
    on, by = date(2026, 5, 20), actor_of(assignment)
    with clock.at(on):
        asked = handling.ask_extension(assignment, "情况复杂", date(2026, 7, 2), by=by, on=on)
        handling.decide_extension(asked, True, by=CLERK, on=on, tell=False)
        db.session.flush()
    reply = town.answered(assignment, LATE, contact_on=None, class_label="C")
    with clock.at(date(2026, 6, 20)):
        handling.note_contact(reply.assignment, Manner.PHONE, "赵代表", by=by, on=date(2026, 6, 20))


def _sent_back(town: Town) -> None:
    """Submitted in time and sent back; what comes in the end is late."""
    [one] = assignments_of(town.handed(("丁局", Part.SOLE)))
    with clock.at(IN_TIME):
        reply = a_submitted_reply(one, IN_TIME)
        handling.send_back(reply, one, ["form"], "", by=CLERK, on=IN_TIME, tell=False)


def _returned(town: Town) -> None:
    """One body asks to give it back and may not; another may, and the next one holds it."""
    for name, granted in (("戊局", False), ("己局", True)):
        [one] = assignments_of(town.handed((name, Part.SOLE), category="", lead=town.signer))
        on = date(2026, 3, 4)
        with clock.at(on):
            asked = dispatch.ask_return(one, "不属本单位职责", town.body("甲局"), by=actor_of(one), on=on)
            asked.assignment = one
            to = town.body("甲局") if granted else None
            dispatch.decide_return(asked, granted, by=CLERK, on=date(2026, 3, 4), to=to, tell=False)
    db.session.flush()
