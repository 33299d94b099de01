"""A leader's instruction is recorded, waits on the desk of whoever is addressed, and is answered."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.makers import a_body, a_case, a_suggestion, a_user, assignments_of
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.roles import Role
from tracker.structure.models import Body, Meeting
from tracker.suggestion.models import Entry, Suggestion
from tracker.supervision import actions, queries
from tracker.supervision.models import Duty, Instruction
from tracker.supervision.rules import How, how

ON, DUE_ON = date(2026, 5, 6), date(2026, 5, 20)
WORDS = "请交通局月底前拿出方案"


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(ON)
    return a_case()


def whole(case):
    made = db.session.get_one(Suggestion, case.suggestion.id)
    db.session.refresh(made, ["assignments"])
    assignments_of(made)
    return made


def instruct(case, *to, due_on=DUE_ON, **more):
    facts = {"congress_id": case.congress.id, "by": case.by_office, "on": ON, "due_on": due_on, **more}
    made = actions.instruct([whole(case)], "王市长", WORDS, to, **facts)
    db.session.commit()
    return made


def test_how_it_stands():
    days = (None, DUE_ON), (ON, DUE_ON)
    assert how(DUE_ON, None, DUE_ON) is How.OPEN
    assert how(DUE_ON, None, date(2026, 5, 21)) is How.OVERDUE
    assert how(None, None, date(2030, 1, 1)) is How.OPEN
    assert [how(due, answered, date(2026, 6, 1)) for answered, due in days] == [How.OVERDUE, How.ANSWERED]


def test_each_addressee_has_a_duty_of_its_own(case):
    _made, duties = instruct(case, "office", "answering", str(case.co.body_id))
    assert {one.body_id for one in duties} == {None, case.lead.body_id, case.co.body_id}
    moves = db.session.scalars(sa.select(Entry.move).where(Entry.move.like("instruct%")).order_by(Entry.id)).all()
    assert sorted(moves) == ["instruct", "instruct", "instruct_office"]


def test_a_body_named_twice_has_one(case):
    _made, duties = instruct(case, "answering", str(case.lead.body_id))
    assert [one.body_id for one in duties] == [case.lead.body_id]


def test_what_is_refused(case):
    suggestion, facts = whole(case), {"congress_id": case.congress.id, "by": case.by_office, "on": ON}
    with pytest.raises(RuleBroken, match="who instructs"):
        actions.instruct([suggestion], "王市长", " ", ["office"], **facts)
    with pytest.raises(RuleBroken, match="due before"):
        actions.instruct([suggestion], "王市长", WORDS, ["office"], due_on=date(2026, 5, 5), **facts)
    for wrong in (([suggestion], []), ([], ["office"])):
        with pytest.raises(RuleBroken, match="to whom"):
            actions.instruct(wrong[0], "王市长", WORDS, wrong[1], **facts)
    stranger = a_body(case.congress, "别局")
    with pytest.raises(RuleBroken, match="has a part"):
        actions.instruct([suggestion], "王市长", WORDS, [str(stranger.id)], **facts)
    with pytest.raises(RuleBroken, match="to whom"):
        actions.instruct([], "王市长", WORDS, ["answering"], bulletin="2026-W18", **facts)


def test_on_a_bulletin_it_goes_to_the_office(case):
    facts = {"congress_id": case.congress.id, "by": case.by_office, "on": ON}
    _made, [duty] = actions.instruct([], "王市长", WORDS, ["office"], bulletin="2026-W18", **facts)
    assert (duty.suggestion_id, duty.body_id) == (None, None)
    actions.answer(queries.get_duty(duty.id, case.clerk), "已部署", by=case.by_office, on=ON)


def test_it_is_answered_once_with_words(case):
    _made, [duty] = instruct(case, "answering")
    duty = queries.get_duty(duty.id, case.handler)
    with pytest.raises(RuleBroken, match="what was done"):
        actions.answer(duty, " ", by=case.by_body, on=ON)
    actions.answer(duty, "方案已报", by=case.by_body, on=ON)
    assert (duty.answered_on, duty.answered_by) == (ON, case.handler.name)
    with pytest.raises(RuleBroken, match="answered already"):
        actions.answer(duty, "又报", by=case.by_body, on=ON)
    assert db.session.scalar(sa.select(sa.func.count(Entry.id)).where(Entry.move == "body_followed")) == 1


def test_another_body_a_committee_and_a_deputy_never_read_it(case, reader):
    instruct(case, "answering")
    page = f"/suggestions/{case.suggestion.id}"
    helper = a_user(case.congress, Role.BODY_HANDLER, body_id=case.co.body_id)
    deputy = a_user(case.congress, Role.DEPUTY, deputy_id=case.deputy.id)
    for other in (helper, deputy):
        text = reader.signed_in_as(other).read(page).text
        assert "王市长" not in text
        assert WORDS not in text
    for own in (case.handler, case.clerk, a_user(case.congress, Role.LEADER)):
        assert WORDS in reader.signed_in_as(own).read(page).text
    [duty] = db.session.scalars(sa.select(Duty))
    reader.signed_in_as(helper).read(f"/instructions/{duty.id}", expect=404)
    reader.signed_in_as(helper).send(f"/instructions/{duty.id}", {"answer": "x"}, expect=404)


def test_the_hub_reads_what_was_instructed_to_its_arm_and_cannot_answer_it(case, reader):
    """The ladder tells the hub that the body does not answer; its letter leads there."""
    _made, [duty] = instruct(case, "answering")
    hub, other = a_body(case.congress, "市政府办公室", is_hub=True), a_body(case.congress, "别办", is_hub=True)
    db.session.get_one(Body, case.lead.body_id).hub_id = hub.id
    page = f"/instructions/{duty.id}"
    ours, others = (a_user(case.congress, Role.HUB, body_id=one.id) for one in (hub, other))
    shown = reader.signed_in_as(ours).read(page)
    assert WORDS in shown.text
    assert "Answer it" not in shown.text
    reader.signed_in_as(ours).send(page, {"answer": "x"}, expect=404)
    reader.signed_in_as(others).read(page, expect=404)


def test_what_the_office_is_told_to_do_is_not_told_to_bodies(case, reader):
    instruct(case, "office")
    assert "王市长" not in reader.signed_in_as(case.handler).read(f"/suggestions/{case.suggestion.id}").text


def test_the_office_records_it_from_paper_and_the_body_answers(case, reader):
    office, item = reader.signed_in_as(case.clerk), case.suggestion
    path = f"/instructions/new?suggestion={item.id}"
    office.read(path)
    form = {"leader": "王市长", "on": "2026-05-05", "text": WORDS, "numbers": item.number, "to": ["answering"]}
    assert "not there" in office.send(path, {**form, "numbers": f"{item.number} 9999-1"}).text
    office.send(path, {**form, "due_on": "2026-05-20", "bulletin": ""})
    entry = db.session.scalars(sa.select(Entry).where(Entry.move == "instruct")).one()
    assert (entry.on, entry.on_behalf_of) == (date(2026, 5, 5), "王市长")
    handler = reader.signed_in_as(case.handler)
    assert "Instructions to answer" in handler.read("/").text
    [url] = [url for text, url in handler.read("/instructions").links().items() if WORDS in text]
    handler.read(url)
    handler.send(url, {"answer": "方案已报"})
    assert "Instructions to answer" not in handler.read("/").text
    assert "方案已报" in office.read(url).text
    assert WORDS in office.read("/instructions?show=answered").text


def test_overdue_it_stands_on_the_desks_and_on_the_ladder(case, reader, stopped_clock):
    instruct(case, "answering")
    leader = a_user(case.congress, Role.LEADER)
    for user in (case.clerk, leader):
        assert "Instructions overdue" not in reader.signed_in_as(user).read("/").text
    stopped_clock(date(2026, 5, 21))
    for user in (case.clerk, leader):
        for page in ("/", "/ladder"):
            assert "Instructions overdue" in reader.signed_in_as(user).read(page).text, (user.role, page)
    assert WORDS in reader.signed_in_as(case.clerk).read("/instructions?show=overdue").text


def test_the_leader_writes_it_himself_on_several(case, reader):
    second = a_suggestion(
        db.session.get_one(Meeting, case.suggestion.meeting_id), case.deputy, title="关于修缮桥梁的建议"
    )
    db.session.commit()
    leader = reader.signed_in_as(a_user(case.congress, Role.LEADER))
    leader.read("/instructions/new")
    form = {"text": WORDS, "numbers": f"{case.suggestion.number} {second.number}", "to": ["office"], "due_on": ""}
    page = leader.send("/instructions/new", form)
    assert len(page.rows()) == 2
    [made] = db.session.scalars(sa.select(Instruction))
    assert (made.leader, made.on) == ("某人", ON)


def test_nobody_else_writes_or_reads_the_list(case, reader):
    committee = a_body(case.congress, "财经委", is_committee=True)
    for role, of in ((Role.COMMITTEE, {"body_id": committee.id}), (Role.DEPUTY, {"deputy_id": case.deputy.id})):
        reader.signed_in_as(a_user(case.congress, role, **of)).read("/instructions", expect=403)
    reader.signed_in_as(case.handler).read("/instructions/new", expect=403)
