"""The whole city is played: every row comes from an action of the office, on its own day."""

from __future__ import annotations

import gc
from collections import Counter
from datetime import date, datetime, time, timedelta
from random import Random

import sqlalchemy as sa

from tracker import clock
from tracker.audit import actions as audit
from tracker.database import db
from tracker.deadlines.queries import rule_set_in_force
from tracker.demo import (
    answering,
    asked_away,
    begun,
    chasing,
    compared,
    doors,
    ending,
    explaining,
    following,
    hinted,
    items,
    leading,
    noticing,
    on_paper,
    reaching,
    reforming,
    returning,
    showing,
    together,
    weak,
)
from tracker.demo.city import city
from tracker.demo.diary import SHANGHAI, Diary, Happening
from tracker.demo.items import CitySuggestion
from tracker.demo.kept import keep_views
from tracker.demo.settling import Town, settle
from tracker.demo.story import Story
from tracker.demo.weeks import Weeks
from tracker.dispatch import actions as dispatch
from tracker.dispatch import advice
from tracker.dispatch.models import HandOver, Part
from tracker.errors import N_, RuleBroken
from tracker.intake import actions as intake
from tracker.proof import actions as proof
from tracker.structure.models import Meeting
from tracker.structure.queries import find_congress
from tracker.suggestion.models import Origin, Publicity, Suggestion
from tracker.workdays.queries import calendar

SEED, SUGGESTIONS = 7, 380
FIRST_AGO, SECOND_AGO = 470, 128
RECESS_SHARE, FIRST_SHARE = 0.06, 0.32
SELDOM = (100_000, 20, 50)  # a tenth of the time went into looking for garbage there is little of
MEASURED = 30  # suggestions the advice on bodies is measured on
WITHOUT_BODIES = timedelta(days=10)  # so many days before today nobody has named bodies yet


def play(*, on: date, seed: int = SEED, n: int = SUGGESTIONS, told: Happening | None = None) -> int:
    """Build the fictitious city up to a day; answers how many suggestions it has. `told` is called after each day.

    :raises RuleBroken: the database holds a congress already.
    """
    if find_congress() is not None:
        raise RuleBroken(N_("This database holds data already; the demo city is only built in an empty one."))
    first_on, second_on = on - timedelta(days=FIRST_AGO), on - timedelta(days=SECOND_AGO)
    session = db.session()
    session.expire_on_commit, kept = False, session.expire_on_commit
    thresholds = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        return _play(on, seed, n, first_on, second_on, told or (lambda _day: None))
    finally:
        gc.set_threshold(*thresholds)
        session.expire_on_commit = kept


def _play(on: date, seed: int, n: int, first_on: date, second_on: date, told: Happening) -> int:
    invented = city(seed)
    chosen = items.suggestions(invented, seed, n)
    busiest = Counter(item.lead_deputy.name for item in chosen).most_common(1)[0][0]
    with clock.at(_morning(first_on - timedelta(days=6))):
        town = settle(invented, first_on=first_on, second_on=second_on, today=on, account_of=busiest)
        answering.let_leaders_approve(first_on - timedelta(days=6))
    dice = Random(f"play {seed}")  # nosec B311
    recess, first = int(n * RECESS_SHARE), int(n * FIRST_SHARE)
    later, back_from = returning.let_return(invented, chosen[:first], chosen[n - recess :], seed)
    diary = Diary(calendar(town.congress.id), until=on)
    stage = Casting(town, diary, seed, dice, back_from)
    stage.meeting("first", chosen[:first], first_on, through_hubs=False)
    stage.meeting("second", chosen[first : n - recess], second_on, through_hubs=True)
    stage.recess(later, on)
    for topic in (reforming, leading, reaching, noticing, hinted):
        topic.write(town, diary, on)
    weak.write(town, diary, second_on, on)
    weeks = Weeks(town, until=on)
    diary.play(weeks.end_of_day, told)
    with clock.at(_morning(on)):
        _last_day(town, weeks, on)
    return n


def _last_day(town: Town, weeks: Weeks, on: date) -> None:
    """What stands open today, and what the machine does by itself in the night before."""
    compared.compare(on)
    weeks.last_day(on)
    begun.leave_drafts(town, on)
    answering.leave_one_to_approve(on)
    following.watch(town, on)
    chasing.chase(town, on)
    leading.draw_up(town, on)
    ending.leave(town, on)
    explaining.say(town, on)
    showing.show(town, on)
    hinted.leave(town, on)
    doors.leave(town)
    keep_views(town)
    asked_away.leave(town, on)
    on_paper.print_and_take_in(town, on)
    proof.fix(at=clock.now())
    audit.seal(at=clock.now())
    advice.measure(town.congress.id, on=on, last=MEASURED)
    advice.keep_advice(advice.unadvised(town.congress.id, limit=MEASURED), on=on)


class Casting:
    """Puts the suggestions of each meeting into the diary."""

    def __init__(self, town: Town, diary: Diary, seed: int, dice: Random, back_from: returning.Returning) -> None:
        self.town, self.diary, self.seed, self.dice = town, diary, seed, dice
        self.back_from = back_from

    def meeting(self, key: str, chosen: list[CitySuggestion], closed_on: date, *, through_hubs: bool) -> None:
        """Recorded during the meeting's days, handed over together a week after it closed."""
        recorded: list[tuple[CitySuggestion, Suggestion]] = []
        for place, item in enumerate(chosen):
            day = closed_on - timedelta(days=3 - place * 4 // max(1, len(chosen)))
            self.diary.write(day, lambda on, item=item: recorded.append(self._record(key, item, on)))  # type: ignore[misc]
        hand_over_on = closed_on + timedelta(days=8)
        self.diary.write(hand_over_on - timedelta(days=2), lambda on: self._sort_out(recorded, on))
        self.diary.write(hand_over_on, lambda on: self._hand_over(key, recorded, on, through_hubs=through_hubs))

    def recess(self, chosen: list[CitySuggestion], today: date) -> None:
        """Recorded one by one; the last few have not been handed over yet."""
        for place, item in enumerate(chosen):
            day = today - timedelta(days=100 - place * 99 // max(1, len(chosen)))
            self.diary.write(day, lambda on, item=item: self._in_recess(item, on))  # type: ignore[misc]

    def _in_recess(self, item: CitySuggestion, on: date) -> None:
        pair = self._record("recess", item, on)
        if item.title in self.back_from:
            returning.link(pair[1], self.back_from[item.title], by=self.town.clerk)
        if self.diary.until - on > WITHOUT_BODIES:
            day = on + timedelta(days=self.dice.randint(3, 7))
            self.diary.write(day, lambda day: self._hand_over("recess", [pair], day))

    def _record(self, key: str, item: CitySuggestion, on: date) -> tuple[CitySuggestion, Suggestion]:
        meeting: Meeting = self.town.meetings[key]
        deputies = self.town.deputies
        content = intake.Content(
            title=item.title,
            text=item.text,
            origin=Origin.RECESS if key == "recess" else Origin.MEETING,
            category=item.category,
            publicity=self.dice.choice((Publicity.FULL, Publicity.FULL, Publicity.TITLE_ONLY)),
            lead_deputy_id=deputies[item.lead_deputy.name].id,
            co_signer_ids=[deputies[one.name].id for one in item.co_signers],
            long_unsolved=item.long_unsolved,
            contact_wanted=item.contact_wanted,
            key=item.key,
            submitted_on=on,
            details=_ticked(item),
        )
        rules = rule_set_in_force(self.town.congress.rules_name, on)
        suggestion = intake.record(meeting, content, by=self.town.clerk, on=on, rules_in_force=rules)
        if key == "recess" and self.diary.until - on <= WITHOUT_BODIES:
            together.ask(suggestion, by=self.town.clerk, on=on)
            return item, suggestion  # of the last ones no body has been named yet
        named = [item.lead, *item.co]
        parts = [Part.LEAD, *[Part.CO for _ in item.co]]
        bodies = [(self.town.bodies[name], part) for name, part in zip(named, parts, strict=True)]
        dispatch.propose(suggestion, bodies, by=self.town.clerk, on=on)
        return item, suggestion

    def _sort_out(self, recorded: list[tuple[CitySuggestion, Suggestion]], on: date) -> None:
        """Before the hand-over: one is withdrawn, one a letter, one goes back to its deputy, two are merged."""
        if len(recorded) < 20:
            return
        by = self.town.clerk
        together.withdraw(recorded.pop(11)[1], "代表本人书面提出撤回。", by=by, on=on)
        intake.treat_as_letter(recorded.pop(7)[1], "反映的是个人事项，按代表来信办理。", by=by, on=on)
        intake.return_to_deputy(recorded.pop(3)[1], "一件建议写了几件事，请分开提出。", by=by, on=on)
        together.confirm(recorded, by=by, on=on)
        together.merge(recorded, "反映同一类问题，并案办理。", by=by, on=on)

    def _hand_over(
        self, key: str, recorded: list[tuple[CitySuggestion, Suggestion]], on: date, *, through_hubs: bool = False
    ) -> None:
        told = on >= self.diary.until - timedelta(days=130)
        dispatch.hand_over(
            [suggestion for _item, suggestion in recorded],
            congress=self.town.congress,
            meeting=self.town.meetings[key],
            document_number=f"云人办〔{on.year}〕{self._next_number(on)}号",
            by=self.town.clerk,
            on=on,
            through_hubs=through_hubs,
            tell=told,
        )
        db.session.flush()
        for item, suggestion in recorded:
            story = Story(self.town, item, suggestion, self.diary, self.seed)
            for assignment in story.assignments():
                story.begin(assignment, on)

    def _next_number(self, on: date) -> int:
        """The running number of the office's documents in a year; two hand-overs of one day have two."""
        of_the_year = HandOver.on.between(date(on.year, 1, 1), on)
        made = sa.select(sa.func.count()).select_from(HandOver).where(HandOver.document_number != "", of_the_year)
        return on.timetuple().tm_yday + (db.session.scalar(made) or 0)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8, 45), tzinfo=SHANGHAI)


def _ticked(item: CitySuggestion) -> intake.Details:
    """What a deputy ticks who has waited for years: how long, whom he wishes to hear, and the paper he signed."""
    if not item.long_unsolved:
        return intake.Details()
    return intake.Details(unsolved_for="three_years", wished_body=item.lead, wished_way="lead", on_paper=True)
