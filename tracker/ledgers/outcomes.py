"""What rows say of hand-over, reply and rating becomes rows of those stages; what cannot be known is asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.deadlines.chosen import Aspect
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import ANSWERING, Assignment, Part
from tracker.errors import N_, RuleBroken
from tracker.feedback import actions as feedback
from tracker.feedback.given import Given
from tracker.feedback.models import RatingChannel, Verdict
from tracker.handling.actions import ReplyContent
from tracker.handling.models import ReplyPublicity
from tracker.handling.old_replies import OldReply, let_rest, record_old_replies
from tracker.intake.old_rows import record_earlier
from tracker.ledgers.entering import Entered, Entering
from tracker.ledgers.facts import LedgerRow, Question
from tracker.suggestion.journey import Stage, Standing

NO_DAY_HERE = N_("The day of the hand-over is not known: the bodies stay proposed.")
NO_DAY_AT_ALL = N_("The ledger does not say when it was handed over: the bodies stay proposed (%(rows)d rows).")
BEFORE_RECORDED = N_("The hand-over stands before the day it was recorded here.")
NO_REPLY_DAY = N_("The reply has no day; its text is kept with the row.")
NO_REPLY_DAY_AT_ALL = N_(
    "The ledger does not say when the replies were given; they are kept with their rows (%(rows)d rows)."
)
NOBODYS_REPLY = N_("The reply waits for a hand-over; it is kept with the row.")
NOBODYS_REPLIES = N_("The replies wait for a hand-over; they are kept with their rows (%(rows)d rows).")
WHOSE_REPLY = N_("Several bodies answer separately; the ledger does not say whose reply this is.")
BEFORE_HAND_OVER = N_("The reply stands before its hand-over.")
OTHER_BODY = N_("It is handled here by others than the ledger says; nothing was changed.")
NO_REPLY_TO_RATE = N_("The rating waits for a reply; it is kept with the row.")
NOBODYS_RATING = N_("A rating needs the lead deputy.")

PUBLICITIES = {
    "public": ReplyPublicity.FULL,
    "summary": ReplyPublicity.PART,
    "on_request": ReplyPublicity.ON_REQUEST,
    "not_public": ReplyPublicity.NO,
}
_OPEN = (Standing.ASSIGNED, Standing.RECEIVED)
AWAY = (Standing.RETURNED, Standing.RECALLED, Standing.PASSED_ON, Standing.HANDLED_AGAIN)


@dataclass(frozen=True)
class Answer:
    """Whose answer a row holds, and what is to be written of it: a reply, and then a rating."""

    entered: Entered
    assignment: Assignment | None
    reply: OldReply | None = None
    rating: Given | None = None

    @property
    def row(self) -> LedgerRow:
        return self.entered.row


class Outcomes:
    """What happened to the suggestions entered, as far as their rows say it."""

    def __init__(self, entering: Entering) -> None:
        self.entering, self.existing, self.by = entering, entering.existing, entering.by
        self.mapping, self.report = entering.ledger.mapping, entering.report
        self.asked = {(one.row, one.field_name) for one in self.report.questions}
        self.lacking: Counter[str] = Counter()

    def hand_over(self, all_entered: list[Entered]) -> None:
        """One act for each day the ledger names; rows of the same day are handed over together."""
        by_day: dict[date, list[Entered]] = defaultdict(list)
        for entered in all_entered:
            if (day := self._hand_over_day(entered)) is not None:
                by_day[day].append(entered)
        for day, some in sorted(by_day.items()):
            dispatch.hand_over(
                [one.suggestion for one in some],
                congress=self.entering.congress,
                meeting=self.entering.meeting,
                document_number="",
                by=self.by,
                on=day,
                tell=False,
            )
            for one in some:
                one.changed = True
        self.existing.load(one.suggestion.id for some in by_day.values() for one in some)

    def _hand_over_day(self, entered: Entered) -> date | None:
        row, suggestion = entered.row, entered.suggestion
        if suggestion.stage is not Stage.RECORDED or not entered.bodies:
            self._compare(entered)
            return None
        day = row.handed_over_on
        if day is None:
            self._lacks(row, "handed_over_on", NO_DAY_HERE, NO_DAY_AT_ALL, is_odd=_says_reply(row))
            return None
        if day < suggestion.recorded_on:
            if not (entered.is_new or suggestion.id in self.existing.from_ledgers):
                self.entering.ask(row, "handed_over_on", BEFORE_RECORDED, day.isoformat())
                return None
            record_earlier(suggestion, day, rules_in_force=self.entering.law(day).row)
        return day

    def _compare(self, entered: Entered) -> None:
        """A ledger that names other bodies than those that handle it is asked about, once per row."""
        held = self.existing.assignments.get(entered.suggestion.id, [])
        if not held or entered.suggestion.stage is Stage.RECORDED:
            return
        names = {name for name, _role, proposed in entered.row.bodies if not proposed}
        found = [self.entering.known.find_body(name) for name in names]
        if any(body is not None and body.id not in {one.body_id for one in held} for body in found):
            self.entering.ask(entered.row, "lead_body", OTHER_BODY, "、".join(sorted(names)))

    def plan(self, entered: Entered) -> Answer:
        """Whose reply and rating the row holds, and the reply it adds."""
        row = entered.row
        assignment = self._answering(entered) if _says_reply(row) or _says_rating(row) else None
        if _says_reply(row) and (assignment is None or assignment.id not in self.existing.replies):
            return Answer(entered, assignment, self._reply(entered, assignment))
        return Answer(entered, assignment)

    def answer(self, planned: Sequence[Answer]) -> list[Answer]:
        """Write the replies down; answers what was planned, for the ratings that follow.

        :raises RuleBroken: a rule refuses one of them.
        """
        given = [(one.entered, one.reply) for one in planned if one.reply is not None]
        replies = record_old_replies([reply for _one, reply in given], by=self.by, at=self.entering.at)
        resting = []
        for (entered, old), reply in zip(given, replies, strict=True):
            self.existing.replies[old.assignment.id] = reply
            entered.changed = True
            held = self.existing.assignments[entered.suggestion.id]
            resting += [(other, old.on) for other in held if other.part is Part.CO]
        let_rest(resting)
        return list(planned)

    def plan_ratings(self, answered: Sequence[Answer]) -> list[Answer]:
        """What of these is rated now; what cannot be is asked."""
        rated = ((one, self._rating(one)) for one in answered if _says_rating(one.row))
        return [replace(one, rating=rating) for one, rating in rated if rating is not None]

    def rate(self, planned: Sequence[Answer]) -> list[Answer]:
        """Write the ratings down. The day of a rating stands in no ledger: it counts from the day it is read in."""
        of = {id(one.rating): one for one in planned}
        feedback.rate_all(
            [one.rating for one in planned if one.rating is not None],
            channel=RatingChannel.LEDGER,
            by=self.by,
            on=self.entering.on,
            tell=False,
            refused=lambda rating, broken: self._ask_about_rating(of.pop(id(rating)).row, broken),
        )
        for one in of.values():
            one.entered.changed = True
        return list(planned)

    def _answering(self, entered: Entered) -> Assignment | None:
        held = self.existing.assignments.get(entered.suggestion.id, [])
        found = [one for one in held if one.part in ANSWERING and one.standing not in AWAY]
        rated = [one for one in held if one.standing is Standing.HANDLED_AGAIN and one.id in self.existing.replies]
        if rated:  # what an old ledger knows is the first round
            return rated[0]
        if len(found) > 1 and found[0].part is not Part.JOINT:  # of two leads one writes for both
            self.entering.ask(entered.row, "reply_text", WHOSE_REPLY)
            return None
        return found[0] if found else None

    def _reply(self, entered: Entered, assignment: Assignment | None) -> OldReply | None:
        row = entered.row
        if row.replied_on is None:
            self._lacks(row, "replied_on", NO_REPLY_DAY, NO_REPLY_DAY_AT_ALL, is_odd=True)
            return None
        if assignment is None:
            if not self._several(entered):
                self._lacks(row, "handed_over_on", NOBODYS_REPLY, NOBODYS_REPLIES, is_odd=True)
            return None
        if row.replied_on < assignment.handed_over_on:
            self.entering.ask(row, "replied_on", BEFORE_HAND_OVER, row.replied_on.isoformat())
            return None
        if assignment.standing not in _OPEN:
            return None
        return OldReply(assignment, _content(row), row.replied_on, self.entering.law(assignment.handed_over_on))

    def _several(self, entered: Entered) -> bool:
        held = self.existing.assignments.get(entered.suggestion.id, [])
        return sum(one.part in ANSWERING and one.standing not in AWAY for one in held) > 1

    def _rating(self, answer: Answer) -> Given | None:
        row, lead = answer.row, self.entering.known.deputy_by_id(answer.entered.suggestion.lead_deputy_id)
        reply = self.existing.replies.get(answer.assignment.id) if answer.assignment else None
        if reply is None:
            self.entering.ask(row, self._column_of_rating(), NO_REPLY_TO_RATE, row.satisfaction)
            return None
        if reply.assignment.standing is not Standing.DELIVERED:
            return None
        if lead is None:
            self.entering.ask(row, self._column_of_rating(), NOBODYS_RATING, row.satisfaction)
            return None
        said = {Aspect.ATTITUDE: row.attitude, Aspect.RESULT: row.satisfaction}
        return Given(reply, lead, {aspect: Verdict(word) if word else None for aspect, word in said.items()})

    def _ask_about_rating(self, row: LedgerRow, broken: RuleBroken) -> None:
        column = self._column_of_rating()
        heading = self.mapping.heading(column)
        self.report.ask(Question(row.row, heading, row.satisfaction, broken.message, column, broken.values))

    def _column_of_rating(self) -> str:
        return "satisfaction" if self.mapping.column("satisfaction") is not None else "satisfied"

    def _lacks(self, row: LedgerRow, name: str, here: str, at_all: str, *, is_odd: bool) -> None:
        """Asked once for the ledger where it has no such column, else for the row, unless its cell is asked about."""
        if self.mapping.column(name) is None:
            self.lacking[at_all] += 1
        elif is_odd and (row.row, name) not in self.asked:
            self.asked.add((row.row, name))
            self.entering.ask(row, name, here)

    def ask_of_the_whole(self) -> None:
        """What the ledger as a whole does not say."""
        for why, rows in self.lacking.items():
            self.report.ask(Question(self.mapping.header_rows[0], "", "", why, values={"rows": rows}))


def _says_reply(row: LedgerRow) -> bool:
    return bool(row.replied_on or row.reply_text or row.class_label or row.document_number)


def _says_rating(row: LedgerRow) -> bool:
    return bool(row.satisfaction or row.attitude)


def _content(row: LedgerRow) -> ReplyContent:
    return ReplyContent(
        class_label=row.class_label[:20],
        document_number=row.document_number[:80],
        signer=row.signer[:60],
        contact_person=row.handler[:60],
        publicity=PUBLICITIES.get(row.reply_publicity),
        text=row.reply_text,
        letter_on=row.signed_on or row.replied_on,
        paper_original=True,
    )
