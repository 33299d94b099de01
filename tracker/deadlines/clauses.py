"""What a rule set (办法, 条例) says, read from its data and checked; no number of days is written in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, get_args, get_type_hints

from tracker.deadlines.chosen import NEEDED_RATES, Aspect, Precheck, Rehandling, ReplyTo, Signer, rates
from tracker.workdays.rules import RollOver


class Kind(StrEnum):
    """What a clock measures."""

    HAND_OVER = "hand_over"
    RECEIPT = "receipt"
    RETURN = "return"
    REDISPATCH = "redispatch"
    FIRST_CONTACT = "first_contact"
    CO_OPINION = "co_opinion"
    REPLY = "reply"
    REPLY_EXTENDED = "reply_extended"
    CHECK = "check"
    EVALUATE = "evaluate"
    REHANDLE = "rehandle"
    PROMISE = "promise"
    PUBLISH = "publish"
    WHOLE = "whole"
    STUDY = "study"
    INSTRUCTION = "instruction"  # its clock is the row of the instruction itself; here it only has a ladder


REPLIES = (Kind.REPLY, Kind.REPLY_EXTENDED, Kind.REHANDLE)


class Unit(StrEnum):
    """`d` is a calendar day: a rule that says only 日 is never read as working days."""

    WORKING_DAYS = "wd"
    DAYS = "d"
    MONTHS = "m"
    NAMED_DAY = "named"


class Start(StrEnum):
    """The event that starts a clock."""

    RECORDED = "recorded"
    HAND_OVER = "hand_over"
    PASSED_ON = "passed_on"
    RECEIPT = "receipt"
    RETURN_ASKED = "return_asked"
    BOUNCED = "bounced"
    CONGRESS_CLOSED = "congress_closed"
    SUBMITTED = "submitted"
    DELIVERED = "delivered"
    RATED = "rated"
    ROUND = "round"
    PROMISE = "promise"


class Form(StrEnum):
    """What a rung of the ladder produces."""

    DIGEST_LINE = "digest_line"
    URGENT_LINE = "urgent_line"
    CHASE = "chase"
    DRAFT_NOTICE = "draft_notice"
    LISTED = "listed"
    REQUEST_LETTER = "request_letter"


class Outcome(StrEnum):
    """What a local reply class (A, B, C, D …) means everywhere."""

    SOLVED = "solved"
    PARTLY_SOLVED = "partly_solved"
    IN_PROGRESS_THIS_YEAR = "in_progress_this_year"
    PLANNED = "planned"
    NOT_NOW = "not_now"
    NOT_FEASIBLE = "not_feasible"
    HIGHER_AUTHORITY = "higher_authority"
    REFERENCE_ONLY = "reference_only"


class RuleSetWrong(ValueError):
    """The data of a rule set cannot be read as one."""


@dataclass(frozen=True)
class Clause:
    """One clock of a rule set: `amount` units from `start`. `ours` marks what no article says."""

    kind: Kind
    amount: int
    unit: Unit
    start: Start
    article: str = ""
    ours: bool = False
    consent: bool = False
    tell_deputy: bool = False
    wide_or_difficult: bool = False
    acceptance_notice: bool = False
    adds: int | None = None
    to: tuple[str, ...] = ()
    again: Clause | None = None

    @cached_property
    def as_data(self) -> dict[str, Any]:  # as it is kept beside a deadline: what was said, and nothing that was not
        return {name: value for name, value in asdict(self).items() if value not in (None, "", False, ())}


@dataclass(frozen=True)
class Step:
    """A rung: `offset` working days from the due day (negative: before it), who is told and in which form."""

    step: int
    offset: int
    to: tuple[str, ...]
    form: Form
    dissatisfied_twice: bool = False


@dataclass(frozen=True)
class Thresholds:
    """Working days left or overdue at which a light changes, and how many dissatisfied ratings make purple."""

    yellow: int
    orange: int
    purple: int
    dissatisfied: int


@dataclass(frozen=True)
class Rules:
    """A whole rule set, checked. A kind without a clause has no clock: the rule is silent."""

    name: str
    version: int
    title_zh: str
    title_en: str
    organ_zh: str
    organ_en: str
    level: str
    source: str
    effective_from: date
    roll_over: RollOver
    reply_to: ReplyTo
    signer: Signer
    precheck: Precheck
    lights: Thresholds
    classes: Mapping[str, Outcome]
    clauses: Mapping[Kind, Clause]
    ladders: Mapping[Kind, Mapping[str, tuple[Step, ...]]] = field(repr=False)
    effective_to: date | None = None
    rates: tuple[Aspect, ...] = NEEDED_RATES
    rehandling: Rehandling = Rehandling.AT_ONCE

    def clause(self, kind: Kind | str) -> Clause | None:
        """The clock of that kind, or None where the rule set is silent."""
        return self.clauses.get(Kind(kind))

    @cached_property
    def earliest_rung(self) -> int:
        """Working days from a last day to the first rung any ladder has; before it below 0."""
        ladders = (steps for by_branch in self.ladders.values() for steps in by_branch.values())
        return min((step.offset for steps in ladders for step in steps), default=0)

    def ladder(self, kind: Kind | str, branch: str) -> tuple[Step, ...]:
        """The rungs for a clock held by a body of that branch; none for a kind that is never chased."""
        by_branch = self.ladders.get(Kind(kind), {})
        return by_branch.get(branch, by_branch.get("any", ()))


def load_rule_set(data: Mapping[str, Any]) -> Rules:
    """Read a rule set from its data (a TOML file, or the same kept as JSON). RuleSetWrong names what is amiss."""
    try:
        facts = dict(data)
        clauses = {Kind(kind): _clause(Kind(kind), said) for kind, said in facts.pop("clocks").items()}
        ladders = _ladders(facts.pop("ladder"))
        lights = Thresholds(**facts.pop("lights"))
        asked = rates(facts.pop("rates", NEEDED_RATES))
        classes = {label: Outcome(outcome) for label, outcome in facts.pop("classes").items()}
        return Rules(
            **{name: _read(Rules, name, value) for name, value in facts.items()},
            clauses=clauses,
            ladders=ladders,
            lights=lights,
            classes=classes,
            rates=asked,
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise RuleSetWrong(f"rule set {data.get('name', '?')}: {wrong}") from wrong


def _clause(kind: Kind, said: Mapping[str, Any]) -> Clause:
    facts = dict(said)
    again = facts.pop("again", None)
    clause = Clause(
        kind=kind,
        **{name: _read(Clause, name, value) for name, value in facts.items()},
        again=_clause(kind, again) if again else None,
    )
    if clause.amount < 1 and clause.unit is not Unit.NAMED_DAY:
        raise ValueError(f"{kind}: a clock needs at least one {clause.unit}")
    if not clause.article and not clause.ours:
        raise ValueError(f"{kind}: say the article, or that the clock is ours")
    return clause


def _ladders(said: Mapping[str, Any]) -> dict[Kind, Mapping[str, tuple[Step, ...]]]:
    found: dict[Kind, Mapping[str, tuple[Step, ...]]] = {}
    for kind, by_branch in said.items():
        if same := by_branch.get("same_as"):
            by_branch = said[same]
        read = {branch: tuple(map(_step, rungs)) for branch, rungs in by_branch.items() if not isinstance(rungs, str)}
        like = {branch: read[other] for branch, other in by_branch.items() if isinstance(other, str)}
        found[Kind(kind)] = {**read, **like}
    return found


def _step(said: Mapping[str, Any]) -> Step:
    return Step(**{name: _read(Step, name, value) for name, value in said.items()})


@cache
def _wanted(made: type, name: str) -> tuple[Any, tuple[Any, ...]]:
    """The type of a field and its parts; read once, for a rule set holds hundreds of rungs."""
    kind = get_type_hints(made)[name]
    return kind, tuple(arg for arg in get_args(kind) if arg not in (type(None), Ellipsis))


def _read(made: type, name: str, value: Any) -> Any:
    """A value of the data as the field of that name wants it."""
    kind, parts = _wanted(made, name)
    if parts:
        kind = tuple if isinstance(value, list | tuple) else parts[0]
    if value is None or isinstance(value, kind):
        return value
    if kind is date:
        return date.fromisoformat(value)
    if kind is tuple:
        return tuple(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    raise ValueError(f"{name} cannot be {value!r}")
