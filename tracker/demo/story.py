"""What becomes of one suggestion of the city: each act calls the office's own, and writes the next into the diary."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.demo import answering, following, not_ours, wanting
from tracker.demo.diary import Diary
from tracker.demo.drafts import drafted, published
from tracker.demo.items import CitySuggestion, phrase
from tracker.demo.judging import Judging
from tracker.demo.life import Life
from tracker.demo.settling import Town
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import Assignment, BodyReturn, Part
from tracker.feedback import actions as feedback
from tracker.followup.models import Fate
from tracker.handling import actions as handling
from tracker.handling import approvals
from tracker.handling import queries as replies
from tracker.handling.models import Manner, Promise, Reply
from tracker.handling.rules import SEND_BACK_REASONS
from tracker.structure.models import Body
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion


class Story(Life):
    """One suggestion's life; every choice is drawn from its own dice, so the same seed tells the same city."""

    def __init__(self, town: Town, item: CitySuggestion, suggestion: Suggestion, diary: Diary, seed: int) -> None:
        super().__init__(town, item, suggestion, diary, seed)
        self.passed = 0  # so often one body passed it to another
        self.judging = Judging(town, item, suggestion, seed, self._on, self._telling, self._begin_again)

    def begin(self, assignment: Assignment, day: date) -> None:
        """An assignment reaches its body: the hub dispatches, the body signs for it and goes to work."""
        if assignment.body.is_hub and self._below(assignment.body):
            self._on(day, (1, 3), lambda on: self._pass_on(assignment, on))
            return
        if self.dice.random() < 0.05 and not self._is_long_ago(day):
            return  # never signed for, never answered
        self._on(day, (1, 4), lambda on: self._sign_for(assignment, on))

    def _below(self, hub: Body) -> list[Body]:
        named = [self.town.bodies[name] for name in (self.item.lead, *self.item.co)]
        return [body for body in named if body.hub_id == hub.id]

    def _pass_on(self, assignment: Assignment, on: date) -> None:
        below = self._below(assignment.body)
        first = Part.CO if assignment.part is Part.CO else Part.LEAD
        named = [(body, first if place == 0 else Part.CO) for place, body in enumerate(below)]
        by = self.town.handler(assignment.body)
        for made in dispatch.pass_on(assignment, named, by=by, on=on, tell=self._telling(on)):
            self.begin(made, on)

    def _sign_for(self, assignment: Assignment, on: date) -> None:
        dispatch.sign_for(assignment, by=self._body(assignment), on=on)
        if assignment.part is Part.CO:
            self._help(assignment, on)
            return
        if assignment.round == 1 and self.item.co and self.dice.random() < not_ours.chance(self.passed):
            self._on(on, (0, 3), lambda day: self._ask_return(assignment, day))
            return
        self._work(assignment, on)

    def _help(self, assignment: Assignment, on: date) -> None:
        chance = self.dice.random()
        if chance < 0.9:
            days = (8, 24) if chance < 0.78 else (30, 45)
            opinion = phrase(self.item, "progress", "opinion", self.dice)
            self._on(on, days, lambda day: self._give_opinion(assignment, opinion, day))

    def _give_opinion(self, assignment: Assignment, text: str, on: date) -> None:
        if assignment.standing in (Standing.ASSIGNED, Standing.RECEIVED):
            handling.give_opinion(assignment, text, by=self._body(assignment), on=on)

    def _ask_return(self, assignment: Assignment, on: date) -> None:
        other = not_ours.proposed(self.town, assignment, self.assignments(), self.aside)
        if other is None:
            self._work(assignment, on)
            return
        reason = phrase(self.item, "return_reason", "texts", self.dice, proposed=other.short_name)
        asked = dispatch.ask_return(assignment, reason, other, by=self._body(assignment), on=on)
        self._on(on, (2, 6), lambda day: self._decide_return(asked, other, day))

    def _decide_return(self, asked: BodyReturn, other: Body, on: date) -> None:
        assignment = asked.assignment
        hub = db.session.get(Body, assignment.body.hub_id) if assignment.passed_on_from_id else None
        by = self.town.handler(hub) if hub else self.town.clerk
        if self.dice.random() < not_ours.GRANTED:
            self.passed += 1
            new = dispatch.decide_return(asked, True, to=other, by=by, on=on, tell=self._telling(on))
            if new is not None:
                self.begin(new, on)
        else:
            note = phrase(self.item, "return_reason", "refused", self.dice)
            dispatch.decide_return(asked, False, note=note, by=by, on=on, tell=self._telling(on))
            self._work(assignment, on)

    def _work(self, assignment: Assignment, on: date) -> None:
        """Contact, perhaps more time, and a reply: in time, in the last days, late, or not at all."""
        chance = self.dice.random()
        if chance < 0.74:
            self._on(on, (8, 40), lambda day: self._contact(assignment, day, "before_reply"))
        again = assignment.round > 1
        slow = self.dice.random()
        if not again and slow < 0.08:
            self._on(on, (58, 76), lambda day: self._ask_extension(assignment, day))
            return
        if slow > 0.95:
            if self._is_long_ago(on):
                self._on(on, (110, 190), lambda day: self._reply(assignment, day))
            return  # else no reply yet
        days = (16, 27) if again else ((40, 70) if slow < 0.55 else (72, 86) if slow < 0.85 else (91, 112))
        self._on(on, days, lambda day: self._reply(assignment, day))

    def _contact(self, assignment: Assignment, on: date, when: str) -> None:
        if assignment.standing in (Standing.RETURNED, Standing.HANDLED_AGAIN, Standing.RATED):
            return
        manner = self.dice.choice((Manner.VISIT, Manner.MEETING, Manner.PHONE, Manner.PHONE))
        note = phrase(self.item, "contact", when, self.dice)
        person = self.item.lead_deputy.name
        manner = wanting.manner(self.item, manner)
        handling.note_contact(assignment, manner, person, note=note, by=self._body(assignment), on=on)

    def _ask_extension(self, assignment: Assignment, on: date) -> None:
        if assignment.standing is not Standing.RECEIVED:
            return
        reason = phrase(self.item, "extension_reason", "texts", self.dice)
        proposed = on + timedelta(days=self.dice.randrange(75, 105))
        asked = handling.ask_extension(assignment, reason, proposed, by=self._body(assignment), on=on)
        granted = self.dice.random() < 0.85

        def decide(day: date) -> None:
            note = "" if granted else "请按原定期限答复。"
            handling.decide_extension(asked, granted, note=note, by=self.town.clerk, on=day, tell=self._telling(day))

        self._on(on, (1, 4), decide)
        self._on(on, (60, 95) if granted else (8, 20), lambda day: self._reply(assignment, day))

    def _reply(self, assignment: Assignment, on: date) -> None:
        if assignment.standing is not Standing.RECEIVED:
            return
        by = self._body(assignment)
        content = drafted(self.item, assignment.body.document_prefix, by.name, on, self.dice)
        content = answering.point_by_point(content, self.item, assignment.body_id)
        content = wanting.as_written(content, self.item, assignment, on)
        if self.aside.random() < 0.25:
            answering.note_progress(assignment, self.item, by, on)
        reply = handling.save_draft(assignment, content, version=None, by=by, at=clock.now())
        self._submit(assignment, reply, on)

    def _submit(self, assignment: Assignment, reply: Reply, on: date) -> None:
        if assignment.standing is not Standing.RECEIVED:
            return
        reply = replies.find_reply(assignment.id) or reply
        if approvals.is_needed(assignment.body_id):
            handling.pass_to_leader(assignment, reply, by=self._body(assignment), on=on, tell=self._telling(on))
            self._on(on, (1, 3), lambda day: self._approve(assignment, reply, day))
            return
        handling.submit(assignment, reply, by=self._body(assignment), on=on, tell=self._telling(on))
        self._submitted(assignment, reply, on)

    def _approve(self, assignment: Assignment, reply: Reply, on: date) -> None:
        answering.approve(assignment, reply, on, tell=self._telling(on))
        self._submitted(assignment, reply, on)

    def _submitted(self, assignment: Assignment, reply: Reply, on: date) -> None:
        if reply.class_label == "A" and self.aside.random() < 0.06:
            answering.correct_class(reply, assignment, self.town.clerk, on, tell=self._telling(on))
        first = assignment.round == 1 and self.letters == 0
        if first and self.dice.random() < 0.08:
            self._on(on, (1, 4), lambda day: self._send_back(assignment, reply, day))
        else:
            self._on(on, (1, 5), lambda day: self._deliver(assignment, reply, day))

    def _send_back(self, assignment: Assignment, reply: Reply, on: date) -> None:
        self.letters += 1
        reason = self.dice.choice([name for name in SEND_BACK_REASONS if name != "other"])
        note = phrase(self.item, "send_back_reason", "texts", self.dice)
        handling.send_back(reply, assignment, [reason], note, by=self.town.clerk, on=on, tell=self._telling(on))
        self._on(on, (5, 14), lambda day: self._write_again(assignment, reply, day))

    def _write_again(self, assignment: Assignment, reply: Reply, on: date) -> None:
        found = replies.find_reply(assignment.id) or reply
        answering.write_again(assignment, found, self._body(assignment))
        self._submit(assignment, found, on)

    def _deliver(self, assignment: Assignment, reply: Reply, on: date) -> None:
        self.judging.deliver(assignment, reply, on)
        if self.dice.random() < 0.3:
            self._on(on, (1, 6), lambda day: self._contact(assignment, day, "after_reply"))
        if self.dice.random() < 0.9:
            self._on(on, (4, 26), lambda day: published(assignment, reply, self._body(assignment), day))
        for one in db.session.scalars(sa.select(Promise).where(Promise.reply_id == reply.id)).all():
            self._follow(one)
        if self.dice.random() < 0.88:
            self._on(on, (3, 22), lambda day: self._rate(assignment, day))

    def _rate(self, assignment: Assignment, on: date) -> None:
        if assignment.standing is Standing.DELIVERED:
            self.judging.rate(assignment, on)
            if self.suggestion.stage is Stage.RATED:
                self._on(on, (5, 15), self._close)

    def _begin_again(self, earlier: Assignment, on: date) -> None:
        for one in self.assignments():
            if one.standing is Standing.ASSIGNED and one.round > earlier.round:
                self.begin(one, on)

    def _close(self, on: date) -> None:
        if self.suggestion.stage is Stage.RATED:
            feedback.close(self.suggestion, "", by=self.town.clerk, on=on)

    def _follow(self, made: Promise) -> None:
        chance = self.dice.random()
        if chance < 0.6:
            evidence = phrase(self.item, "progress", "evidence", self.dice)
            self._on(made.due_on, (-25, -1), lambda day: self._report(made.id, Fate.KEPT, evidence, day))
        elif chance < 0.75:
            late = phrase(self.item, "progress", "late", self.dice)
            self._on(made.due_on, (-6, -1), lambda day: self._report(made.id, Fate.MOVED, late, day))

    def _report(self, promise_id: int, fate: Fate, note: str, on: date) -> None:
        following.report(self._on, self.town, promise_id, fate, note, on=on)
