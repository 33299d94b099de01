"""What of a rule set is written on a page, and what a new version makes of it; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.deadlines.chosen import NEEDED_RATES, Aspect, Precheck, Rehandling, ReplyTo, Signer
from tracker.deadlines.clauses import Kind, Start, Thresholds, Unit
from tracker.errors import N_, RuleBroken
from tracker.workdays.rules import RollOver

# What may start each clock. The promise's clock is not here: its last day is the one the body names.
STARTS: dict[Kind, tuple[Start, ...]] = {
    Kind.HAND_OVER: (Start.RECORDED,),
    Kind.RECEIPT: (Start.HAND_OVER,),
    Kind.RETURN: (Start.RECEIPT, Start.HAND_OVER),
    Kind.REDISPATCH: (Start.RETURN_ASKED,),
    Kind.FIRST_CONTACT: (Start.RECEIPT, Start.HAND_OVER),
    Kind.CO_OPINION: (Start.HAND_OVER, Start.RECEIPT),
    Kind.REPLY: (Start.HAND_OVER, Start.RECEIPT, Start.CONGRESS_CLOSED),
    Kind.REPLY_EXTENDED: (Start.HAND_OVER, Start.RECEIPT, Start.CONGRESS_CLOSED),
    Kind.CHECK: (Start.SUBMITTED,),
    Kind.EVALUATE: (Start.DELIVERED,),
    Kind.REHANDLE: (Start.ROUND,),
    Kind.PUBLISH: (Start.DELIVERED,),
    Kind.STUDY: (Start.RATED,),
    Kind.WHOLE: (Start.HAND_OVER,),
}
# Without these nobody could be late: a body that never signs would stop its clocks, and an answer would never be due.
NEEDED = (Kind.RECEIPT, Kind.REPLY)
UNITS = (Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS)
LONGEST = {Unit.WORKING_DAYS: 500, Unit.DAYS: 730, Unit.MONTHS: 24}
IN_DAYS = {Unit.WORKING_DAYS: 1.4, Unit.DAYS: 1.0, Unit.MONTHS: 30.0}
WORDS = ("title_zh", "title_en", "organ_zh", "organ_en", "source")
CHOICES = ("level", "roll_over", "reply_to", "signer", "precheck", "rehandling")
SILENT: dict[str, Any] = {"rates": [str(one) for one in NEEDED_RATES], "rehandling": str(Rehandling.AT_ONCE)}
# What some clauses say besides their length, and to whom a return may be addressed.
TICKS: dict[Kind, tuple[str, ...]] = {
    Kind.HAND_OVER: ("acceptance_notice",),
    Kind.RETURN: ("consent",),
    Kind.REPLY_EXTENDED: ("consent", "tell_deputy", "wide_or_difficult"),
}
ADDRESSEES = ("office", "hub")


@dataclass(frozen=True)
class SaidClause:
    """One clock as it was filled in; without an article it is our own, where the rules are silent.

    `ticks` are those of TICKS that were set, `to` the addressees of a return, `again` the shorter clock of an opinion
    that the lead asks for once more.
    """

    amount: int
    unit: Unit
    start: Start
    article: str = ""
    ticks: frozenset[str] = frozenset()
    to: tuple[str, ...] = ()
    again: SaidClause | None = None


@dataclass(frozen=True)
class Said:
    """A whole version as it was filled in. A kind that is not among the clauses has no clock."""

    title_zh: str
    title_en: str
    organ_zh: str
    organ_en: str
    source: str
    effective_from: date
    level: str
    roll_over: RollOver
    reply_to: ReplyTo
    signer: Signer
    precheck: Precheck
    lights: Thresholds
    rates: tuple[Aspect, ...] = NEEDED_RATES
    rehandling: Rehandling = Rehandling.AT_ONCE
    clauses: Mapping[Kind, SaidClause] = field(default_factory=dict)


def new_version(base: Mapping[str, Any], said: Said, *, name: str, version: int) -> dict[str, Any]:
    """The data of the next version: what was filled in, over what the page does not ask (classes, ladder).

    :raises RuleBroken: a clock nobody can do without is missing, is impossibly long, an extension counts from another
        day than the reply or gives no more time, or the lights are not in order.
    """
    _must_hold_together(said)
    facts = {one: getattr(said, one) for one in WORDS} | {one: str(getattr(said, one)) for one in CHOICES}
    lights = {one: getattr(said.lights, one) for one in ("yellow", "orange", "purple", "dissatisfied")}
    clocks = {str(kind): _clock(kind, base["clocks"].get(str(kind), {}), one) for kind, one in said.clauses.items()}
    kept = {kind: clock for kind, clock in base["clocks"].items() if Kind(kind) not in STARTS}
    whole = {**base, **facts, "name": name, "version": version, "lights": lights, "clocks": {**kept, **clocks}}
    whole["rates"] = [str(one) for one in said.rates]
    for name, silent in SILENT.items():  # what a rule set did not say and still does not stays unsaid
        if name not in base and whole[name] == silent:
            del whole[name]
    whole.pop("effective_to", None)
    return {**whole, "effective_from": said.effective_from.isoformat()}


def _clock(kind: Kind, base: Mapping[str, Any], said: SaidClause) -> dict[str, Any]:
    """One clock as its data says it; of the old one only the note how an unchanged total came about stays."""
    clock: dict[str, Any] = {"amount": said.amount, "unit": str(said.unit), "start": str(said.start)}
    clock |= {"article": said.article} if said.article else {"ours": True}
    clock |= {name: True for name in TICKS.get(kind, ()) if name in said.ticks}
    if said.to:
        clock["to"] = [one for one in ADDRESSEES if one in said.to]
    if said.again:
        clock["again"] = _clock(kind, {}, said.again)
    if "adds" in base and (base["amount"], base["unit"]) == (said.amount, str(said.unit)):
        clock["adds"] = base["adds"]
    return clock


def _must_hold_together(said: Said) -> None:
    for kind in NEEDED:
        if kind not in said.clauses:
            raise RuleBroken(N_("The clocks for signing and for the reply cannot be left out."))
    for clause in said.clauses.values():
        if not all(1 <= one.amount <= LONGEST[one.unit] for one in (clause, clause.again) if one):
            raise RuleBroken(N_("A clock lasts from one day to two years."))
    _must_extend(said.clauses[Kind.REPLY], said.clauses.get(Kind.REPLY_EXTENDED))
    if not said.lights.yellow > said.lights.orange >= 0 <= said.lights.purple:
        raise RuleBroken(N_("The lights must follow one another: yellow before orange, red before purple."))


def _must_extend(reply: SaidClause, extended: SaidClause | None) -> None:
    """The total with an extension is counted as the reply is, and is longer (working days are five a week)."""
    if extended is None:
        return
    if extended.start is not reply.start:
        raise RuleBroken(N_("The reply with an extension counts from the same day as the reply."))
    if extended.amount * IN_DAYS[extended.unit] <= reply.amount * IN_DAYS[reply.unit]:
        raise RuleBroken(N_("With an extension the reply must have more time in all than without."))
