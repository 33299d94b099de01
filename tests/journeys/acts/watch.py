"""What holds after every act, whatever was done before it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import sqlalchemy as sa

from tests.journeys.acts.desk import OWES
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline, Holder
from tracker.dispatch.models import ANSWERING, Assignment, BodyReturn, HandOver, Part, Receipt
from tracker.errors import RuleBroken
from tracker.feedback.models import Rating, Study
from tracker.followup.models import Judgement, PromiseReport
from tracker.handling.clocks import REPLY_KINDS
from tracker.handling.models import Contact, CoOpinion, Delivery, Extension, Promise, Reply, SendingBack
from tracker.mail.models import Letter
from tracker.signing.models import ToSign
from tracker.suggestion.journey import ASSIGNMENT_ENDS, Stage, Standing, after
from tracker.suggestion.models import Entry, Suggestion

# Only these acts make a clock run again that was met.
REOPENS = {"send_back", "ask_opinion_again", "ask_agreement_again", "dispute_promise"}
OUT = (Standing.RETURNED, Standing.PASSED_ON, Standing.RECALLED, Standing.HANDLED_AGAIN, Standing.UNHEARD)
OF_THE_HANDLING = (*REPLY_KINDS, Kind.CO_OPINION)
COUNTED = (Entry, Letter, HandOver, Receipt, BodyReturn, Contact, CoOpinion, Extension, Reply, SendingBack)
COUNTED = (*COUNTED, Promise, PromiseReport, Judgement, Study, ToSign)
COUNTS = sa.select(*(sa.select(sa.func.count()).select_from(kind).scalar_subquery() for kind in COUNTED))
ASSIGNED = sa.select(Assignment.id, Assignment.suggestion_id, Assignment.part, Assignment.standing, Assignment.round)
STAGES = sa.select(Suggestion.id, Suggestion.stage, Suggestion.round, Suggestion.rule_set_id)
CLOCKS = sa.select(
    Deadline.id, Deadline.kind, Deadline.assignment_id, Deadline.reply_id, Deadline.return_id, Deadline.suggestion_id,
    Deadline.holder, Deadline.holder_body_id, Deadline.started_on, Deadline.original_due_on, Deadline.due_on,
    Deadline.met_on, Deadline.voided_on, Deadline.void_reason,
)  # fmt: skip
RATINGS = sa.select(*(getattr(Rating, column.key) for column in sa.inspect(Rating).columns))
DELIVERIES = sa.select(Delivery.id, Delivery.reply_id, Delivery.deputy_id, Delivery.released_on, Delivery.on)


class Watch:
    """Looks after every act; `made` counts the moves."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self.where: dict[tuple[str, int], Any] = {}
        self.last_entry = 0
        self.seen: dict[str, Any] = {}
        self.seen = self._read()
        self._fold()

    def _read(self) -> dict[str, Any]:
        db.session.flush()
        asked = {"assigned": ASSIGNED, "stages": STAGES, "clocks": CLOCKS, "ratings": RATINGS}
        asked |= {"deliveries": DELIVERIES, "counts": COUNTS}
        return {name: [tuple(row) for row in db.session.execute(wanted)] for name, wanted in asked.items()}

    def nothing_changed(self) -> None:
        """An act was refused: not a row, not a letter, not a day is another."""
        now = self._read()
        for name, before in self.seen.items():
            assert sorted(now[name], key=str) == sorted(before, key=str), f"refused, and yet {name} changed"

    def look(self) -> set[str]:
        """Everything that must hold; answers the moves made since the last look."""
        before, self.seen = self.seen, self._read()
        moves = self._fold()
        self._stages_are_derived()
        self._clocks_only_as_they_may(_by_id(before["clocks"]), moves)
        self._clocks_belong_to_somebody()
        self._everybody_who_owes_has_one_clock()
        self._nobody_waits_for_help_that_is_over()
        self._one_answer_of_each_round()
        ratings = set(self.seen["ratings"])
        assert ratings >= set(before["ratings"]), "a rating was overwritten"
        each = Counter((row[1], row[2]) for row in self.seen["deliveries"])
        assert all(count == 1 for count in each.values()), "delivered twice to one deputy"
        return moves

    def _fold(self) -> set[str]:
        """Fold what was written since into where everything stands."""
        wanted = sa.select(Entry.id, Entry.suggestion_id, Entry.assignment_id, Entry.move).order_by(Entry.id)
        moves = set()
        for number, suggestion_id, assignment_id, move in db.session.execute(wanted.where(Entry.id > self.last_entry)):
            thing = ("assignment", assignment_id) if assignment_id is not None else ("suggestion", suggestion_id)
            try:
                self.where[thing] = after(self.where.get(thing), move)
            except RuleBroken as no:
                raise AssertionError(f"history makes an impossible move: {move}") from no
            self.last_entry = number
            self.made[move] += 1
            moves.add(move)
        return moves

    def _stages_are_derived(self) -> None:
        for number, _suggestion, _part, standing, _round in self.seen["assigned"]:
            assert self.where[("assignment", number)] is standing
        for number, stage, *_ in self.seen["stages"]:
            assert self.where[("suggestion", number)] is stage

    def _clocks_only_as_they_may(self, before: dict[int, Any], moves: set[str]) -> None:
        """What was first given stays; what ended stays as it ended, unless it is sent back."""
        now = _by_id(self.seen["clocks"])
        assert before.keys() <= now.keys(), "a clock was deleted"
        for number, old in before.items():
            new = now[number]
            assert (new.started, new.original) == (old.started, old.original), f"{new.kind} began anew"
            assert old.voided is None or new == old, f"{new.kind} was void, and moved"
            if old.met is not None:
                assert new.due == old.due, f"{new.kind} was met, and got another day"
                assert new.met == old.met or (new.met is None and moves & REOPENS), f"{new.kind} was met, and runs"
        for one in now.values():
            assert one.met is None or one.voided is None or one.kind is Kind.CO_OPINION, f"{one.kind} is met and void"

    def _clocks_belong_to_somebody(self) -> None:
        standings = {row[0]: row[3] for row in self.seen["assigned"]}
        stages = {row[0]: row[1] for row in self.seen["stages"]}
        for one in _by_id(self.seen["clocks"]).values():
            if not one.runs:
                continue
            assert one.holder is not Holder.BODY or one.body is not None, f"{one.kind} has no holder"
            standing = standings.get(one.assignment)
            assert standing not in OUT, f"{one.kind} runs, and the body is out: {standing}"
            if one.kind in OF_THE_HANDLING:
                assert standing not in ASSIGNMENT_ENDS, f"{one.kind} runs at {standing}"
            assert stages.get(one.suggestion) not in (Stage.WITHDRAWN, Stage.MERGED, Stage.LETTER, Stage.CLOSED)

    def _nobody_waits_for_help_that_is_over(self) -> None:
        """Once the lead's reply is rated or the suggestion closed, no co-handler owes anything."""
        over = {row[0] for row in self.seen["stages"] if row[1] in (Stage.RATED, Stage.CLOSED)}
        for number, suggestion, part, standing, _round in self.seen["assigned"]:
            owes = part is Part.CO and standing in OWES and suggestion in over
            assert not owes, f"co-handler {number} owes its opinion, and all is rated"

    def _everybody_who_owes_has_one_clock(self) -> None:
        clocks = [one for one in _by_id(self.seen["clocks"]).values() if one.runs and one.kind in REPLY_KINDS]
        running = Counter(one.assignment for one in clocks)
        for number, _suggestion, part, standing, round_ in self.seen["assigned"]:
            owes = standing in OWES and part in ANSWERING
            assert running[number] == owes, f"{part} {standing} of round {round_}: {running[number]} reply clocks"

    def _one_answer_of_each_round(self) -> None:
        """One lead or one body alone, two leads at most, or each its own part; never two kinds together."""
        rounds: dict[tuple[int, int], list[Part]] = defaultdict(list)
        for _number, suggestion, part, standing, round_ in self.seen["assigned"]:
            if part in ANSWERING and standing not in OUT:
                rounds[(suggestion, round_)].append(part)
        for (_suggestion, round_), parts in rounds.items():
            kinds = set(parts)
            assert len(kinds) == 1, f"round {round_} is answered by {parts}"
            most = {Part.JOINT: 2, Part.SEPARATE: len(parts)}.get(parts[0], 1)
            assert len(parts) <= most, f"round {round_} is answered by {parts}"


class Clock:
    """One clock as it stood at one look."""

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.row = row
        _id, self.kind, self.assignment, self.reply, self.asked, self.suggestion, self.holder, self.body, *days = row
        self.started, self.original, self.due, self.met, self.voided, self.reason = days
        self.runs = self.met is None and self.voided is None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Clock) and self.row == other.row

    __hash__ = None  # type: ignore[assignment]


def _by_id(rows: list[tuple[Any, ...]]) -> dict[int, Clock]:
    return {row[0]: Clock(row) for row in rows}
