"""The machine: it begins in one of the usual situations and does whatever can be done, and what cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.journeys.acts.desk import begins_at, may
from tests.journeys.acts.signs import Signs
from tests.journeys.acts.watch import Watch
from tracker.care.doctor import examine
from tracker.database import db
from tracker.errors import NotFound, RuleBroken

STEPS = 16
# The office reads first, and studies · the lead deputy relays, and dissatisfied is handled again at once · an opinion
# asked again has a time of its own.
RULES = ("default", "qingdao-2021", "chongqing-2017")
# The test is years ahead of its letters and of the holidays, and nobody in it is a vice-mayor. Once the only lead was
# recalled the doctor rightly says that nobody answers.
LEFT_ALONE = ("calendar", "letters_stuck", "nobody_to_tell")
NUMBERS = st.integers(0, 999)
ACTS = {name: getattr(Signs, name) for name in dir(Signs) if hasattr(getattr(Signs, name), "moves")}
HANDED_OVER = (("propose", 0), ("hand_over", 0))
LATE = (*HANDED_OVER, ("wait", 0), ("raise_alarms", 0))
ANSWERED = (*HANDED_OVER, ("submit", 1), ("deliver", 0))
ASKED = (*ANSWERED, ("wait", 0), ("wait", 0), ("ask_yearly", 0))
# Where a run may begin: what was done before, each act with its number.
CHAPTERS: dict[str, Sequence[tuple[str, int]]] = {
    "recorded": (),
    "on its round": (("propose", 1), ("circulate", 4)),
    "disputed": (("propose", 1), ("circulate", 4), ("object_to_proposal", 7)),
    "handed over": HANDED_OVER,
    "at the hub": (("propose", 0), ("hand_over", 1)),
    "two leads": (("propose", 1), ("hand_over", 0)),
    "asked to agree": (("propose", 1), ("hand_over", 0), ("save_draft", 0), ("ask_agreement", 0)),
    "with the leader": (*HANDED_OVER, ("save_draft", 0), ("pass_to_leader", 0)),
    "promised": (*HANDED_OVER, ("submit", 1), ("deliver", 0), ("report", 0)),
    "promised and on course": (*ASKED, ("report", 4)),
    "wanted back too late": (*HANDED_OVER, ("wait", 0), ("try_return", 0)),
    "explained": (*ANSWERED, ("rate", 7), ("study", 1)),
    "asked how it stands": ASKED,
    "each its own part": (("propose", 4), ("hand_over", 0)),
    "submitted": (*HANDED_OVER, ("submit", 1)),
    "delivered": ANSWERED,
    "dissatisfied": (*ANSWERED, ("rate", 7)),
    "written to": (*LATE, ("draft_notice", 0), ("issue_notice", 0)),
    "left unanswered": (*LATE, ("draft_notice", 0), ("issue_notice", 0), ("wait", 16)),
    "listed": (*HANDED_OVER, ("wait", 0), ("wait", 0), ("raise_alarms", 0)),
    "hinted at": (*LATE, ("look", 0), ("look_at_the_office", 0)),
    "hint dismissed": (*LATE, ("look", 0), ("dismiss_sign", 0), ("look_at_the_office", 0), ("dismiss_sign", 1)),
    "answered after all": (*LATE, ("draft_notice", 0), ("submit", 1)),
}


class Machine:
    """One run: acts are tried in a savepoint and taken back whole where a rule says no, as a page would."""

    def __init__(self, desk: Signs, rules: str) -> None:
        self.desk = desk
        desk.begin(rules)
        self.number = desk.suggestion.id
        self.watch = Watch()
        self.story = [rules]

    def possible(self) -> list[str]:
        """The acts for which something stands in the right place, the usual ones more than once."""
        there, number = self.desk.there(), self.number
        [stage] = [row[1] for row in self.watch.seen["stages"] if row[0] == number]
        assigned = [(row[2], row[3]) for row in self.watch.seen["assigned"] if row[1] == number]
        return [name for name, act in ACTS.items() if may(act, there, stage, assigned) for _ in range(act.weight)]

    def attempt(self, name: str, which: int, *, blind: bool = False) -> bool:
        """Do it whole or not at all, and look."""
        act = ACTS[name]
        self.desk.blind, self.desk.fitting, self.desk.parts = blind, begins_at(act), act.parts
        bodies, on = self.desk.bodies, self.desk.on
        trial = db.session.begin_nested()
        try:
            getattr(self.desk, name)(which)
            db.session.flush()
        except (RuleBroken, NotFound):
            trial.rollback()
            self.desk.bodies, self.desk.on = bodies, on
            self._hold(self.watch.nothing_changed)
            return False
        trial.commit()
        self.story.append(f"{self.desk.on} {name}({which})")
        self._hold(self.watch.look)
        return True

    def _hold(self, look: Callable[[], Any]) -> None:
        """What does not hold is told with all that led there."""
        try:
            look()
        except AssertionError as broken:
            raise AssertionError("\n".join([str(broken), *self.story])) from broken

    def begin(self, chapter: str) -> None:
        for name, which in CHAPTERS[chapter]:
            self.attempt(name, which)

    def end(self) -> None:
        """The doctor looks last, and everything is as on the first day again."""
        try:
            db.session.flush()
            left_alone = {*LEFT_ALONE, "no_lead" if self.watch.made["recall"] else ""}
            found = [problem for problem in examine() if problem.kind not in left_alone]
            told = [f"{one.message} {one.values}" for one in found]
            assert not found, "\n".join([*told, *self.story])
        finally:
            db.session.rollback()


def stateful(desk: Signs) -> type[RuleBasedStateMachine]:
    """The machine as Hypothesis drives it."""

    class AnyActs(RuleBasedStateMachine):
        machine: Machine | None = None

        @initialize(rules=st.sampled_from(RULES), chapter=st.sampled_from(sorted(CHAPTERS)))
        def begin(self, rules: str, chapter: str) -> None:
            self.machine = Machine(desk, rules)
            self.machine.begin(chapter)

        @rule(data=st.data(), which=NUMBERS, blind=st.sampled_from([False] * 4 + [True]))
        def act(self, data: Any, which: int, blind: bool) -> None:
            """Mostly what can be done, and now and then anything at all."""
            there = sorted(ACTS) if blind else self.machine.possible()
            name = data.draw(st.sampled_from(there), label="act")
            note(f"{self.machine.desk.on} {name}({which}): {self.machine.attempt(name, which, blind=blind)}")

        def teardown(self) -> None:
            if self.machine is not None:
                self.machine.end()

    return AnyActs


def run(desk: Signs, runs: int) -> None:
    """So many runs; what fails is shown as the shortest way there."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    how = settings(max_examples=runs, stateful_step_count=STEPS, deadline=None, suppress_health_check=quiet)
    run_state_machine_as_test(stateful(desk), settings=how)
