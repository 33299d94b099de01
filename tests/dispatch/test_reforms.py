"""Bodies are renamed, merged, split: open work moves with its clocks, history stays under the old name."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests import makers
from tests.dispatch.office import by, clock_of, letters, refused
from tracker import clock
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.dispatch import actions
from tracker.dispatch.actions.succeeding import succeed
from tracker.dispatch.in_hand import would_move
from tracker.dispatch.models import Part, Proposal
from tracker.handling.actions import deliver, send_back
from tracker.handling.queries import assignments_visible_to
from tracker.intake.actions import return_to_deputy
from tracker.people import passwords
from tracker.people.models import Link, Purpose
from tracker.people.office_code import code_of, make_code
from tracker.register.story import lines
from tracker.roles import Role
from tracker.structure.models import Body, SuccessionKind
from tracker.structure.queries import officers_of
from tracker.structure.reform import Reform, new_body_like
from tracker.suggestion.journey import Standing, fold
from tracker.suggestion.models import Entry, Suggestion
from tracker.suggestion.queries import history, visible_to

pytestmark = pytest.mark.usefixtures("sound")
REFORM_ON = date(2026, 3, 16)


@pytest.fixture
def reform_day(office, stopped_clock):
    stopped_clock(REFORM_ON)
    return REFORM_ON


def become(office, kind, old, *new, chosen=None):
    """The act, on the day of the reform."""
    bodies = [office.bodies[name] for name in old]
    reform = Reform(kind, bodies, [*new], REFORM_ON, "临政发〔2026〕3号")
    return succeed(reform, chosen, by=office.clerk, on=clock.today(), at=clock.now())


def renamed(office, name="roads", to="市交通运输局"):
    new = new_body_like(office.bodies[name], to, **makers.entered())
    return new, become(office, SuccessionKind.RENAMED, [name], new)


def entries(assignment):
    wanted = sa.select(Entry).where(Entry.assignment_id == assignment.id).options(sa.orm.joinedload(Entry.body))
    return list(db.session.scalars(wanted.order_by(Entry.id)))


def seen_by(office, body, wanted):
    """The ids of what the people of a body may see."""
    user = makers.a_user(office.congress, Role.BODY_HANDLER, body_id=body.id)
    return [one.id for one in db.session.scalars(wanted(user))]


def answer(assignment):
    deliver(makers.a_submitted_reply(assignment, REFORM_ON), assignment, by=makers.CLERK, on=REFORM_ON)


def test_open_work_goes_to_the_new_name_with_its_clock(office, reform_day):
    [assignment] = office.given("roads")
    before = clock_of(assignment, Kind.REPLY)
    due = (before.id, before.due_on, before.original_due_on, before.explanation)
    new, [moved] = renamed(office)
    after = clock_of(moved, Kind.REPLY)
    assert (after.id, after.due_on, after.original_due_on, after.explanation) == due
    assert (moved.id, moved.body_id, after.holder_body_id) == (assignment.id, new.id, new.id)
    assert fold(entry.move for entry in entries(moved)) is moved.standing is Standing.ASSIGNED


def test_the_history_says_from_whom_to_whom_and_what_was_before_keeps_its_name(office, reform_day, app):
    [assignment] = office.given("roads")
    actions.sign_for(assignment, by=by(assignment), on=REFORM_ON)
    renamed(office)
    read = [one for one in history(office.suggestion, office.users["clerk"]) if one.assignment_id == assignment.id]
    with app.test_request_context(headers={"Accept-Language": "en"}):
        told = [line.text for line in lines(read, [assignment])]
    assert told[0].startswith("Assigned to 市交通局")
    assert told[-1] == "Passed from 市交通局 to its successor 市交通运输局"


def test_what_was_answered_stays_with_the_old_name(office, reform_day):
    [assignment] = office.given("roads")
    answer(assignment)
    new, moved = renamed(office)
    assert (moved, assignment.body.name) == ([], "市交通局")
    assert office.bodies["roads"].closed_on == REFORM_ON
    assert seen_by(office, new, visible_to) == [office.suggestion.id]
    assert seen_by(office, new, assignments_visible_to) == [assignment.id]


def test_a_reply_sent_back_after_the_reform_runs_at_the_new_body(office, reform_day):
    [assignment] = office.given("roads")
    reply = makers.a_submitted_reply(assignment, REFORM_ON)
    new, [moved] = renamed(office)
    send_back(reply, moved, ["no_contact"], "", by=office.clerk, on=REFORM_ON)
    assert clock_of(moved, Kind.REPLY).holder_body_id == moved.body_id == new.id


def test_handled_again_it_goes_to_who_does_the_work_today(office, reform_day):
    [assignment] = office.given("roads")
    answer(assignment)
    new, _moved = renamed(office)
    again = actions.renew(assignment, by=office.clerk, on=REFORM_ON)
    assert (again.body_id, again.round) == (new.id, 2)


def test_people_accounts_and_mailed_links_go_along(office, reform_day, session):
    [assignment] = office.given("roads")
    new, _moved = renamed(office)
    assert [one.name for one in officers_of([new.id])] != []
    assert officers_of([office.bodies["roads"].id]) == []
    assert office.users["roads"].body_id == new.id
    mailed = session.scalars(sa.select(Link.body_id).where(Link.purpose == Purpose.HANDLE))
    assert set(mailed) == {new.id}


def test_the_code_of_a_shared_mailbox_goes_along_to_one_successor(office, reform_day):
    code = make_code(office.bodies["roads"], **makers.entered())
    new, _moved = renamed(office)
    assert passwords.matches(code_of(new.id).code_hash, code)


def test_of_two_codes_none_goes_along_and_an_own_one_stays(office, reform_day):
    for name in ("roads", "schools"):
        make_code(office.bodies[name], **makers.entered())
    new = new_body_like(office.bodies["roads"], "市交通教育局", **makers.entered())
    become(office, SuccessionKind.MERGED, ["roads", "schools"], new)
    assert code_of(new.id) is None
    own = make_code(office.bodies["hub"], **makers.entered())
    make_code(new, **makers.entered())
    reform = Reform(SuccessionKind.MERGED, [new], [office.bodies["hub"]], REFORM_ON, "5号")
    succeed(reform, **makers.entered(), on=REFORM_ON)
    assert passwords.matches(code_of(office.bodies["hub"].id).code_hash, own)


def test_two_parts_of_one_suggestion_become_one(office, reform_day):
    lead, helper = office.given("roads", "money")
    money = office.bodies["money"]
    become(office, SuccessionKind.MERGED, ["roads"], money)
    assert (lead.body_id, lead.standing, lead.part) == (money.id, Standing.ASSIGNED, Part.LEAD)
    assert (helper.standing, fold(entry.move for entry in entries(helper))) == (Standing.RECALLED, Standing.RECALLED)
    assert clock_of(lead, Kind.REPLY).is_open
    assert "市财政局" in letters("handed_over")[-1].body_text


def test_a_split_sends_each_item_where_the_office_says(office, reform_day):
    [first] = office.given("roads")
    second_one = office.another()
    office.propose("roads", to=second_one)
    office.hand_over(second_one)
    [second] = makers.assignments_of(second_one)
    water = new_body_like(office.bodies["roads"], "市港航局", **makers.entered())
    streets = new_body_like(office.bodies["roads"], "市公路局", **makers.entered())
    become(office, SuccessionKind.SPLIT, ["roads"], streets, water, chosen={second.id: water})
    assert (first.body.name, second.body.name) == ("市公路局", "市港航局")
    assert seen_by(office, water, visible_to) == [second_one.id]
    assert seen_by(office, office.bodies["money"], visible_to) == []


def test_a_transfer_moves_only_what_is_named_and_closes_nothing(office, reform_day):
    [first] = office.given("roads")
    become(office, SuccessionKind.TRANSFERRED, ["roads"], office.bodies["money"])
    assert (first.body.name, office.bodies["roads"].closed_on) == ("市交通局", None)
    become_again = Reform(SuccessionKind.TRANSFERRED, [office.bodies["roads"]], [office.bodies["schools"]], REFORM_ON)
    succeed(become_again, {first.id: office.bodies["schools"]}, by=office.clerk, on=REFORM_ON, at=clock.now())
    assert first.body.name == "市教育局"
    assert seen_by(office, office.bodies["schools"], visible_to) == [office.suggestion.id]


def test_a_hub_that_is_renamed_goes_on_dispatching(office, reform_day):
    assignment = office.at_the_hub("roads")
    new, [moved] = renamed(office, "hub", "市政府办公厅")
    assert (new.is_hub, office.bodies["roads"].hub_id, moved.body_id) == (True, new.id, new.id)
    [child] = actions.pass_on(assignment, office.named("roads"), by=by(assignment), on=REFORM_ON)
    assert child.body.name == "市交通局"


def test_proposals_that_wait_for_the_hand_over_name_the_successor(office, reform_day, session):
    office.propose("roads", "money")
    become(office, SuccessionKind.MERGED, ["money"], office.bodies["roads"])
    [proposal] = session.scalars(sa.select(Proposal))
    assert (proposal.body_id, proposal.part) == (office.bodies["roads"].id, Part.LEAD)
    session.expire_all()
    office.suggestion = session.scalars(sa.select(Suggestion).options(sa.orm.joinedload(Suggestion.meeting))).one()
    office.hand_over()


def test_so_do_those_of_a_suggestion_that_is_with_its_deputy(office, reform_day, session):
    office.propose("roads")
    return_to_deputy(office.suggestion, "一事一议", by=office.clerk, on=clock.today())
    become(office, SuccessionKind.MERGED, ["roads"], office.bodies["money"])
    assert session.scalars(sa.select(Proposal.body_id)).all() == [office.bodies["money"].id]


def test_the_preview_says_what_would_move_and_moves_nothing(office, reform_day, session):
    [assignment] = office.given("roads")
    found = would_move([office.bodies["roads"]])
    assert [(one.assignment.id, one.due_on is not None) for one in found.lines] == [(assignment.id, True)]
    assert (found.counts["assignments"], found.counts["officers"], found.counts["accounts"]) == (1, 1, 1)
    assert session.scalar(sa.select(Body.closed_on).where(Body.id == office.bodies["roads"].id)) is None


def test_a_body_never_comes_from_itself(office, reform_day):
    with refused("named twice"):
        become(office, SuccessionKind.MERGED, ["roads"], office.bodies["roads"])
    new, _moved = renamed(office)
    with refused("is closed already"):
        become(office, SuccessionKind.MERGED, ["roads"], office.bodies["money"])
    with refused("split into at least two"):
        become(office, SuccessionKind.SPLIT, ["money"], new)


def test_an_officer_who_stands_there_already_is_not_doubled(office, reform_day, session):
    roads, money = office.bodies["roads"], office.bodies["money"]
    [here], [there] = officers_of([roads.id]), officers_of([money.id])
    assert here.name == there.name
    become(office, SuccessionKind.MERGED, ["roads"], money)
    assert [one.id for one in officers_of([roads.id, money.id])] == [there.id]
