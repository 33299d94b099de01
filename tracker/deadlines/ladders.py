"""What a ladder may say: rungs that ascend, words that mean somebody, and what is never done to whom. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.deadlines.clauses import Form, Kind, Rules, Step
from tracker.errors import N_, Named, RuleBroken

HUB, ANY = "hub", "any"
BRANCHES = (
    "government", "court", "procuratorate", "supervisory_commission", "party", "mass_organisation", "congress",
    "enterprise", "lower_government",
)  # fmt: skip
# The party and the mass organisations are asked, never served a notice, summoned or questioned in the meeting.
ASKED_ONLY = frozenset({"party", "mass_organisation"})
REMINDS = frozenset({Form.DIGEST_LINE, Form.URGENT_LINE})
SIGNED = frozenset({Form.DRAFT_NOTICE, Form.REQUEST_LETTER, Form.LISTED})
FIRST_SIGNED = 3  # what a person signs, or a meeting decides, follows two reminders and a chase
MOST_RUNGS, EARLIEST, LATEST = 6, -60, 200
FORM_NAMES = {
    Form.DIGEST_LINE: N_("line in the digest"),
    Form.URGENT_LINE: N_("urgent line"),
    Form.CHASE: N_("chase"),
    Form.DRAFT_NOTICE: N_("draft of a supervision notice, to be signed"),
    Form.REQUEST_LETTER: N_("draft of a letter of request, to be signed"),
    Form.LISTED: N_("listed for the directors' meeting"),
}
WORDS = {
    "handler": N_("handler"),
    "deputy_head": N_("deputy head"),
    "head": N_("head of the body"),
    "hub_office": N_("office of the hub"),
    "committee": N_("paired committee"),
    "vice_mayor": N_("vice-mayor in charge"),
    "mayor": N_("mayor"),
    "vice_president": N_("vice-president in charge"),
    "president": N_("president or chief"),
    "our_clerk": N_("our clerk"),
    "our_director": N_("our director"),
    "secretary_general": N_("secretary-general"),
    "directors_meeting": N_("directors' meeting"),
    "deputy": N_("deputy"),
    "delegation_liaison": N_("liaison of the delegation"),
}
DEPUTIES = frozenset({"deputy", "delegation_liaison"})
# Kinds a body owes; the others are owed by our office, the hub or the deputy. Of an instruction both are true.
OF_BODIES = (
    Kind.REPLY, Kind.REPLY_EXTENDED, Kind.REHANDLE, Kind.RECEIPT, Kind.RETURN, Kind.FIRST_CONTACT, Kind.CO_OPINION,
    Kind.PROMISE, Kind.PUBLISH,
)  # fmt: skip
OF_THE_HUB = (Kind.REDISPATCH, Kind.CHECK)


def branches_of(kind: Kind) -> tuple[str, ...]:
    """Whose clocks of this kind there may be, by the words of a ladder; `any` is our own office, or the deputy."""
    if kind in OF_BODIES:
        return BRANCHES
    if kind is Kind.INSTRUCTION:
        return (*BRANCHES, ANY)
    return (HUB, ANY) if kind in OF_THE_HUB else (ANY,)


def must_climb(kind: Kind, branch: str, steps: Sequence[Step]) -> None:
    """:raises RuleBroken: the rungs do not ascend, tell nobody, end before the last day, or do what is never done."""
    _must_ascend(steps)
    for step in steps:
        _must_tell_somebody(step)
        _must_be_fitting(kind, branch, step)


def must_all_climb(ladders: Mapping[Kind, Mapping[str, tuple[Step, ...]]]) -> None:
    """Every ladder of a rule set, each for all whom it is meant for.

    :raises RuleBroken: as `must_climb`.
    """
    for kind, by_branch in ladders.items():
        for branch in branches_of(kind):
            must_climb(kind, branch, by_branch.get(branch, by_branch.get(ANY, ())))


def as_data(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Rungs as the data of a rule set says them."""
    return [
        {"step": one.step, "offset": one.offset, "to": list(one.to), "form": str(one.form)}
        | ({"dissatisfied_twice": True} if one.dissatisfied_twice else {})
        for one in steps
    ]


@dataclass(frozen=True)
class Part:
    """Branches that climb alike, and their rungs."""

    branches: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Group:
    """Kinds whose clocks climb alike in every branch."""

    kinds: tuple[Kind, ...]
    parts: tuple[Part, ...]


def grouped(rules: Rules) -> list[Group]:
    """All ladders of a rule set as they are read: what is alike stands together, in the order of kinds and branches."""
    found: dict[tuple[Part, ...], list[Kind]] = {}
    for kind in Kind:
        found.setdefault(_parts(rules, kind), []).append(kind)
    return [Group(tuple(kinds), parts) for parts, kinds in found.items()]


def alike(rules: Rules, kind: Kind, branch: str) -> tuple[tuple[Kind, ...], tuple[str, ...]]:
    """The kinds whose ladders are the same as this one's, and the branches that climb by the same rungs."""
    parts = _parts(rules, kind)
    branches = next((part.branches for part in parts if branch in part.branches), (branch,))
    return tuple(one for one in Kind if _parts(rules, one) == parts), branches


def with_ladder(
    rules: Rules, kinds: Iterable[Kind], branches: Iterable[str], steps: Sequence[Step]
) -> dict[str, dict[str, Any]]:
    """The ladders of a rule set as data, with other rungs for some kinds and branches.

    :raises RuleBroken: a kind has no such branch, or as `must_climb`.
    """
    written = {kind: dict(by_branch) for kind, by_branch in rules.ladders.items()}
    chosen = [(kind, branch) for kind in kinds for branch in branches if branch in branches_of(kind)]
    if not chosen:
        raise RuleBroken(N_("Choose the clocks and whose they are."))
    for kind, branch in chosen:
        must_climb(kind, branch, steps)
        written.setdefault(kind, {})[branch] = tuple(steps)
    return {str(kind): {name: as_data(rungs) for name, rungs in one.items()} for kind, one in written.items()}


def _parts(rules: Rules, kind: Kind) -> tuple[Part, ...]:
    found: dict[tuple[Step, ...], list[str]] = {}
    for branch in branches_of(kind):
        found.setdefault(rules.ladder(kind, branch), []).append(branch)
    return tuple(Part(tuple(branches), steps) for steps, branches in found.items())


def _must_ascend(steps: Sequence[Step]) -> None:
    if not 0 < len(steps) <= MOST_RUNGS or [one.step for one in steps] != list(range(len(steps))):
        raise RuleBroken(N_("A ladder has from one to six steps, without a gap."))
    days = [one.offset for one in steps]
    if days != sorted(days):
        raise RuleBroken(N_("A later step is never reached before an earlier one."))
    if days[0] < EARLIEST or days[-1] > LATEST:
        raise RuleBroken(N_("A step lies at most 60 working days before the last day and 200 after it."))
    if days[-1] <= 0:
        raise RuleBroken(N_("The highest step lies after the last day: else nobody would hear that it has passed."))


def _must_tell_somebody(step: Step) -> None:
    if not step.to:
        raise RuleBroken(N_("Step %(number)s tells nobody."), number=step.step)
    for word in step.to:
        if word not in WORDS:
            raise RuleBroken(N_("Nobody knows whom “%(word)s” means."), word=word)


def _must_be_fitting(kind: Kind, branch: str, step: Step) -> None:
    form = Named(FORM_NAMES[step.form])
    if (kind is Kind.EVALUATE or DEPUTIES & set(step.to)) and step.form not in REMINDS:
        raise RuleBroken(N_("A deputy is reminded, and nothing more: not “%(form)s”."), form=form)
    if branch in ASKED_ONLY and step.form in (Form.DRAFT_NOTICE, Form.LISTED):
        raise RuleBroken(N_("Party organs and mass organisations are asked by letter: never “%(form)s”."), form=form)
    if (kind is Kind.INSTRUCTION or kind not in OF_BODIES) and step.form not in (*REMINDS, Form.CHASE):
        raise RuleBroken(N_("Here nobody is served a notice: not “%(form)s”."), form=form)
    if step.form in SIGNED and step.step < FIRST_SIGNED:
        raise RuleBroken(N_("A body is chased before it is served: “%(form)s” stands on step 3 or higher."), form=form)
    if kind is Kind.INSTRUCTION and DEPUTIES & set(step.to):
        raise RuleBroken(N_("A deputy is told of no instruction."))
