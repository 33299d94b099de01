"""Every open clock of every kind and branch is on a ladder, and what a ladder may never say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tracker.deadlines import library
from tracker.deadlines.clauses import Form, Kind, Step, load_rule_set
from tracker.deadlines.ladders import ASKED_ONLY, BRANCHES, WORDS, as_data, branches_of, must_all_climb, must_climb
from tracker.deadlines.text import kind_name
from tracker.errors import RuleBroken
from tracker.escalation.recipients import FINDERS
from tracker.structure.models import Branch

DEFAULT = library.rules("default")
NOTICES = (Form.DRAFT_NOTICE, Form.LISTED)
EVERY = [(kind, branch) for kind in Kind for branch in branches_of(kind)]


def test_the_branches_of_the_ladder_are_those_of_the_bodies():
    assert set(BRANCHES) == {str(branch) for branch in Branch}
    assert set(WORDS) == set(FINDERS)


@pytest.mark.parametrize("name", library.names())
def test_no_clock_of_any_kind_and_branch_ends_without_somebody(name):
    rules = library.rules(name)
    assert set(rules.ladders) == set(Kind), "a kind without a ladder is never chased"
    must_all_climb(rules.ladders)
    for kind, branch in EVERY:
        steps = rules.ladder(kind, branch)
        assert steps[-1].to, (kind, branch)
        assert steps[-1].offset > 0, (kind, branch)
        assert any(step.offset <= 1 and step.to for step in steps), f"{kind} of {branch}: hears of it late"


def test_whoever_owes_is_told_before_the_last_day():
    first = {(kind, branch): DEFAULT.ladder(kind, branch)[0] for kind, branch in EVERY}
    assert all(step.offset < 0 for step in first.values())
    assert {word for (kind, branch), step in first.items() for word in step.to if branch in BRANCHES} == {"handler"}
    assert first[Kind.REDISPATCH, "hub"].to == ("hub_office",)
    assert first[Kind.EVALUATE, "any"].to == ("deputy",)
    ours = {kind for kind, branch in EVERY if branch == "any"} - {Kind.EVALUATE}
    assert {first[kind, "any"].to for kind in ours} == {("our_clerk",)}


def test_the_committees_of_the_congress_climb_to_our_director_and_the_secretary_general():
    for kind in (Kind.REPLY, Kind.RECEIPT, Kind.PROMISE, Kind.FIRST_CONTACT, Kind.INSTRUCTION):
        told = {word for step in DEFAULT.ladder(kind, "congress") for word in step.to}
        assert "secretary_general" in told
        assert not told & {"mayor", "vice_mayor", "president", "directors_meeting"}


def test_no_shipped_ladder_lists_the_party_or_serves_a_deputy_a_notice():
    for kind, branch in EVERY:
        forms = {step.form for step in DEFAULT.ladder(kind, branch)}
        if branch in ASKED_ONLY or branch == "any":
            assert not forms & set(NOTICES), (kind, branch)


def a_step(**facts):
    return Step(**{"step": 0, "offset": 1, "to": ("head",), "form": Form.CHASE, **facts})


@pytest.mark.parametrize(
    ("kind", "branch", "steps", "why"),
    [
        ("reply", "government", [], "six steps"),
        ("reply", "government", [a_step(step=1)], "without a gap"),
        ("reply", "government", [a_step(offset=5), a_step(step=1, offset=1)], "never reached before"),
        ("reply", "government", [a_step(offset=-90), a_step(step=1)], "60 working days"),
        ("reply", "government", [a_step(offset=-5)], "after the last day"),
        ("reply", "government", [a_step(to=())], "tells nobody"),
        ("reply", "government", [a_step(to=("emperor",))], "Nobody knows"),
        ("reply", "party", [a_step(form=Form.LISTED)], "asked by letter"),
        ("promise", "mass_organisation", [a_step(form=Form.DRAFT_NOTICE)], "asked by letter"),
        ("evaluate", "any", [a_step(form=Form.CHASE)], "A deputy is reminded"),
        ("reply", "government", [a_step(to=("deputy",), form=Form.DRAFT_NOTICE)], "A deputy is reminded"),
        ("hand_over", "any", [a_step(form=Form.DRAFT_NOTICE)], "nobody is served"),
        ("instruction", "court", [a_step(form=Form.LISTED)], "nobody is served"),
        ("instruction", "court", [a_step(to=("deputy",), form=Form.URGENT_LINE)], "no instruction"),
        ("reply", "government", [a_step(form=Form.DRAFT_NOTICE)], "step 3 or higher"),
    ],
)
def test_a_ladder_that_cannot_be_is_refused(kind, branch, steps, why):
    with pytest.raises(RuleBroken) as broken:
        must_climb(Kind(kind), branch, steps)
    assert why in str(broken.value)


def test_rungs_are_read_as_they_are_written():
    data = library.read(library.FOLDER / "default.toml")
    steps = DEFAULT.ladder("reply", "court")
    written = {**data, "ladder": {**data["ladder"], "reply": {"court": as_data(steps), "procuratorate": "court"}}}
    rules = load_rule_set(written)
    assert rules.ladder("reply", "court") == rules.ladder("reply", "procuratorate") == steps
    assert replace(steps[4], dissatisfied_twice=False) != steps[4]


def test_rules_written_before_a_kind_was_there_climb_as_the_house_says():
    data = library.read(library.FOLDER / "default.toml")
    before = {kind: one for kind, one in data["ladder"].items() if kind not in ("instruction", "whole")}
    old = {
        **data,
        "ladder": before
        | {"redispatch": {"same_as": "hand_over"}, "reply": {"any": data["ladder"]["hand_over"]["any"]}},
    }
    rules = load_rule_set(library.completed(old))
    assert rules.ladder("instruction", "court") == DEFAULT.ladder("instruction", "court")
    assert rules.ladder("redispatch", "hub") == DEFAULT.ladder("redispatch", "hub")
    assert rules.ladder("reply", "government") == DEFAULT.ladder("hand_over", "any"), "what they say stays"


def test_every_kind_has_a_name():
    assert all(kind_name(kind) for kind in Kind)
