"""Signs in the weekly issue: those new this week, and the matters handled weakest with their reasons."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.bulletin.test_issue import frozen
from tests.bulletin.test_what_changed import lines
from tests.signals.looking import signs
from tests.signals.world import KIND, NAME, World
from tracker.bulletin import saying, sealing
from tracker.bulletin.parts import Part
from tracker.database import db
from tracker.signals import actions, queries
from tracker.signals.models import Cleared, Signal

MONDAY, NEXT = date(2026, 3, 23), date(2026, 3, 30)


@pytest.fixture
def world(session, stopped_clock):
    stopped_clock(NEXT)
    made = World()
    made.sign()
    others = {"cleared_on": MONDAY, "cleared_why": Cleared.OFF}  # this city looks for one kind only
    session.execute(sa.update(Signal).where(Signal.kind != KIND).values(**others))
    session.commit()
    return made


def another(world, kind, **more) -> Signal:
    """A sign of another kind about the same part."""
    lead = world.case.lead
    facts = {"assignment_id": lead.id, "body_id": lead.body_id, "facts": {}, **more}
    place = {"congress_id": lead.congress_id, "suggestion_id": lead.suggestion_id, "raised_at": world.case_at}
    made = Signal(kind=kind, thing_id=9_000, raised_on=date(2026, 3, 20), **place, **facts)
    db.session.add(made)
    db.session.commit()
    return made


@pytest.fixture
def hinted(world):
    world.case_at = queries.get_signal(1, world.users["clerk"]).raised_at
    return world


def of_body(world, issue) -> Part:
    return Part(issue, {"bodies": [world.case.lead.body_id], "internal": True})


def test_what_is_new_and_holds_is_listed_once(world):
    first = frozen(world.case, MONDAY)
    [line] = lines(first, "sign")
    assert (line["signs"], line["assignment_id"]) == (
        [{"kind": KIND, "facts": {"submitted_on": "2026-03-20"}}],
        world.case.lead.id,
    )
    assert saying.reasons(line) + saying.evidence(line) == [NAME, "Submitted on 2026-03-20; contacts noted: none."]
    assert [len(lines(frozen(world.case, NEXT), "sign")), sealing.is_unaltered(first)] == [0, True]


def test_what_is_dismissed_is_not_listed(world):
    [found] = signs(KIND)
    sign = queries.get_signal(found.id, world.users["clerk"])
    actions.dismiss(sign, "已核实", by=world.case.by_office, on=MONDAY)
    db.session.commit()
    assert lines(frozen(world.case, MONDAY), "sign") == []


def test_the_weakest_have_several_signs_and_name_them(hinted):
    another(hinted, "silent", facts={"last_on": "2026-02-01"})
    issue = frozen(hinted.case, MONDAY)
    [line] = lines(issue, "weakest")
    assert (line["assignment_id"], {one["kind"] for one in line["signs"]}) == (hinted.case.lead.id, {KIND, "silent"})
    assert saying.reasons(line) == [f"Why: {NAME}, Silent for a long time"]
    assert of_body(hinted, issue).weakest == [line]
    assert Part(issue, {"deputy": hinted.case.deputy.id, "internal": True}).weakest == []


def test_one_sign_alone_and_in_time_is_not_among_the_weakest(world):
    assert lines(frozen(world.case, MONDAY), "weakest") == []


def test_one_dismissed_makes_no_weakest(hinted):
    sign = another(hinted, "silent")
    whole = queries.get_signal(sign.id, hinted.users["clerk"])
    actions.dismiss(whole, "已核实", by=hinted.case.by_office, on=MONDAY)
    db.session.commit()
    assert lines(frozen(hinted.case, MONDAY), "weakest") == []


def test_what_is_not_about_the_body_goes_to_those_who_read_all(hinted):
    another(hinted, "of_a_rating")
    issue = frozen(hinted.case, MONDAY)
    assert len(Part(issue, {"all": True}).lines("sign")) == 2
    assert [one["signs"][0]["kind"] for one in of_body(hinted, issue).lines("sign")] == [KIND]
    branch = Part(issue, {"branches": ["government"]})
    assert [one["signs"][0]["kind"] for one in branch.lines("sign")] == [KIND]


def test_of_an_internal_matter_only_the_name_of_the_sign_is_kept(hinted):
    another(hinted, "silent", facts={"last_on": "2026-02-01"})
    hinted.case.suggestion.internal = True
    db.session.commit()
    issue = frozen(hinted.case, MONDAY)
    kept = [*lines(issue, "sign"), *lines(issue, "weakest")]
    assert kept
    assert all(sign["facts"] == {} for line in kept for sign in line["signs"])
    assert all(saying.evidence(line) == [] for line in kept)


@pytest.mark.parametrize("who", ["clerk", "leader", "lead", "committee"])
def test_the_page_has_the_weakest_at_its_head(hinted, reader, who):
    another(hinted, "silent", facts={"last_on": "2026-02-01"})
    frozen(hinted.case, MONDAY)
    page = reader.signed_in_as(hinted.users[who]).read("/bulletins/2026-W13")
    assert "The matters handled weakest, and why" in page.text
    assert f"/suggestions/{hinted.case.suggestion.id}#signs" in page.links().values()
