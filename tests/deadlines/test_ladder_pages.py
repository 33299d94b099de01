"""The ladder of a rule set is read in a table, and written as a new version."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.makers import a_congress, a_user
from tracker.audit.models import Trace
from tracker.deadlines import queries
from tracker.deadlines.clauses import Form, Kind
from tracker.roles import Role

TODAY = date(2026, 3, 2)
REPLIES = ["reply", "reply_extended", "rehandle"]


@pytest.fixture
def leader(session, reader, stopped_clock):
    stopped_clock(TODAY)
    made = a_user(a_congress(), Role.OFFICE_LEADER)
    session.commit()
    return reader.signed_in_as(made)


def filled_in(page, **changes):
    """What a browser would send of the form as it stands; several ticks of one name are several values."""
    sent = page.values()
    name = ""
    for one in page.all("select", "option"):
        name = one["name"] if one.tag == "select" else name
        if one.tag == "option" and (name not in sent or "selected" in one.attributes):
            sent[name] = one["value"]
    for one in page.all("input"):
        if one["type"] == "checkbox" and "checked" in one.attributes:
            sent[one["name"]] = [*sent.get(one["name"], []), one["value"]]
    return {**sent, **changes}


def write(leader, kind="reply", branch="government", **changes):
    address = f"/rules/default/ladder?kind={kind}&branch={branch}"
    return leader.send(address, filled_in(leader.read(address), **changes))


def test_every_ladder_is_read_in_words(leader):
    text = leader.read("deadlines.rule_set", name="default").text
    assert "15 working days before: handler (line in the digest)" in text
    assert "reply, reply with extension, and reply after handling again" in text
    assert "at once if dissatisfied" in text
    assert "Yellow: working days left" in text


def test_what_is_not_changed_stays_and_what_is_alike_is_changed_together(leader, session):
    before = queries.rules_of(queries.find_rule_set("default", TODAY))
    page = write(
        leader, **{"rungs-step2-offset": "3", "rungs-step2-third": "our_clerk", "effective_from": "2026-04-01"}
    )
    assert "3 working days after: head of the body, office of the hub, and our clerk" in page.text
    assert queries.find_rule_set("default", date(2026, 3, 31)).version == 1
    row = queries.find_rule_set("default", date(2026, 4, 1))
    after = queries.rules_of(row)
    assert row.version == 2
    for kind in REPLIES:
        for branch in ("government", "enterprise"):
            assert [one.offset for one in after.ladder(kind, branch)] == [-15, -5, 3, 5, 10, 20]
            assert after.ladder(kind, branch)[4].dissatisfied_twice
        assert after.ladder(kind, "court") == before.ladder(kind, "court")
    others = set(Kind) - {Kind(one) for one in REPLIES}
    assert {kind: after.ladders[kind] for kind in others} == {kind: before.ladders[kind] for kind in others}
    assert (after.clauses, after.lights) == (before.clauses, before.lights)
    assert session.scalar(sa.select(Trace.facts).where(Trace.act == "rule_set_written"))["version"] == 2


def test_only_some_clocks_and_bodies_can_be_chosen(leader):
    write(leader, "receipt", "party", kinds=["receipt"], branches=["party"], **{"rungs-step1-first": "our_clerk"})
    rules = queries.rules_of(queries.find_rule_set("default", TODAY))
    assert rules.ladder("receipt", "party")[1].to == ("our_clerk",)
    assert rules.ladder("receipt", "enterprise")[1].to == rules.ladder("return", "party")[1].to == ("head",)


def test_a_step_can_be_taken_off_and_another_put_on(leader):
    write(leader, "evaluate", "any", **{"rungs-step2-offset": "", "rungs-step2-first": ""})
    assert len(queries.rules_of(queries.find_rule_set("default", TODAY)).ladder("evaluate", "any")) == 2
    write(leader, "check", "hub", **{"rungs-step3-offset": "10", "rungs-step3-first": "our_director"})
    assert queries.rules_of(queries.find_rule_set("default", TODAY)).ladder("redispatch", "hub")[3].offset == 10


@pytest.mark.parametrize(
    ("kind", "branch", "changes", "why"),
    [
        ("reply", "party", {"rungs-step3-produces": "listed"}, "asked by letter"),
        ("reply", "government", {"branches": ["government", "party"]}, "asked by letter"),
        ("evaluate", "any", {"rungs-step1-produces": "draft_notice"}, "A deputy is reminded"),
        ("reply", "government", {"rungs-step3-offset": "0"}, "never reached before"),
        ("reply", "government", {"rungs-step3-offset": ""}, "has no day"),
        ("reply", "government", {"rungs-step2-first": "", "rungs-step2-second": ""}, "tells nobody"),
        ("reply", "government", {"kinds": []}, "Choose the clocks"),
        ("reply", "government", {"effective_from": "2026-01-01"}, "earlier hand-overs"),
    ],
)
@pytest.mark.engines("sqlite")
def test_what_may_not_be_is_refused_and_stays_on_the_form(leader, session, kind, branch, changes, why):
    page = write(leader, kind, branch, **{"rungs-step0-offset": "-12", **changes})
    assert why in page.text
    assert page.values()["rungs-step0-offset"] == "-12"
    assert queries.find_rule_set("default", date(2027, 1, 1)).version == 1
    assert Form.LISTED not in {
        one.form for one in queries.rules_of(queries.find_rule_set("default", TODAY)).ladder("reply", "party")
    }


def test_there_is_no_ladder_of_clocks_that_are_not(leader):
    for asked in ("?kind=reply&branch=any", "?kind=evaluate&branch=court", "?kind=emperor&branch=any", ""):
        leader.read(f"/rules/default/ladder{asked}", expect=404)
