"""Proposals go round before the hand-over meeting: who sees what, who says what, and what goes then."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tests.dispatch.office import DAY_0, letters, refused
from tests.makers import a_user
from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.dispatch import actions, going_round
from tracker.dispatch.actions.succeeding import succeed
from tracker.dispatch.models import BodyReturn, Circulated
from tracker.intake import actions as intake
from tracker.people.models import Link
from tracker.roles import Role
from tracker.structure.models import SuccessionKind
from tracker.structure.reform import Reform
from tracker.suggestion.queries import visible_to

pytestmark = pytest.mark.usefixtures("sound")
LAST = date(2026, 3, 5)  # three working days after Monday, 2 March


def circulate(office, *suggestions, days=3):
    made = actions.circulate(suggestions or [office.suggestion], office.meeting, days, by=office.clerk, on=DAY_0)
    return {row.body.name: row for row in made}


def of_body(row: Circulated) -> Actor:
    return Actor("link", None, "林承办", row.body_id)


def object_to(office, row, wished="money", on=DAY_0):
    actions.object_to_proposal(row, "不属本局职责", office.bodies[wished], by=of_body(row), on=on)


def settle(office, row, instead, note="", on=DAY_0):
    """As the page does: the objection is looked up, then settled."""
    db.session.flush()
    wanted = sa.select(Circulated).where(Circulated.id == row.id)
    about = (joinedload(Circulated.suggestion), joinedload(Circulated.body), joinedload(Circulated.circulation))
    found = db.session.scalars(wanted.options(*about).execution_options(populate_existing=True)).one()
    return actions.settle_objection(found, instead, note, by=office.clerk, on=on)


def sees(user) -> set[int]:
    return {one.id for one in db.session.scalars(visible_to(user))}


@pytest.fixture
def out(office):
    """The transport bureau is to lead, the finance bureau to help; both are asked."""
    office.propose("roads", "money")
    return circulate(office)


def test_each_body_gets_one_letter_that_lists_its_items(office):
    second = office.another(title="关于公交线路的建议")
    office.propose("roads", "money")
    office.propose("roads", to=second)
    circulate(office, office.suggestion, second)
    written = {one.body_text.count("关于") for one in letters("circulated")}
    assert len(letters("circulated")) == 2
    assert written == {1, 2}


def test_the_days_are_working_days_and_three_if_nothing_is_said(out):
    assert {row.until_on for row in out.values()} == {LAST}


@pytest.mark.parametrize("days", [0, 31])
def test_some_days_are_given_and_not_too_many(office, days):
    office.propose("roads")
    with refused("Give from 1 to"):
        circulate(office, days=days)


def test_what_is_on_its_round_is_not_sent_again(office, out):
    with refused("on its round already"):
        circulate(office)


def test_nothing_of_it_is_a_return_or_a_clock(office, out):
    before = db.session.scalar(sa.select(sa.func.count()).select_from(Deadline))
    object_to(office, out["市交通局"])
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BodyReturn)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Deadline)) == before


def test_a_body_sees_it_only_while_it_goes_round(office, session):
    roads = office.users["roads"]
    office.propose("roads")
    assert sees(roads) == set()
    circulate(office)
    session.flush()
    assert sees(roads) == {office.suggestion.id}
    office.propose("schools")
    session.flush()
    assert sees(roads) == set()


def test_the_hub_sees_what_goes_round_in_its_branch_and_the_court_does_not(office, session):
    court = a_user(office.congress, Role.BODY_HANDLER, body_id=office.bodies["court"].id)
    office.propose("roads")
    circulate(office)
    session.flush()
    assert sees(office.users["hub"]) == {office.suggestion.id}
    assert sees(court) == set()


def test_what_is_no_suggestion_any_more_is_seen_no_more(office, session, out):
    intake.treat_as_letter(office.suggestion, "个人事项", by=office.clerk, on=DAY_0)
    session.flush()
    assert sees(office.users["roads"]) == set()
    session.expire_all()
    assert all(row.ended_on == DAY_0 for row in out.values())


def test_a_late_word_is_refused_for_silence_has_agreed(office, out, stopped_clock):
    stopped_clock(date(2026, 3, 6))
    with refused("silence counts as agreed"):
        object_to(office, out["市交通局"], on=date(2026, 3, 6))


def test_what_is_still_out_is_not_handed_over_and_silence_lets_it_go(office, out, stopped_clock):
    with refused("still on its round"):
        office.hand_over()
    stopped_clock(date(2026, 3, 6))
    office.hand_over(on=date(2026, 3, 6))
    assert len(office.assignments()) == 2


def test_when_all_agree_it_goes_at_once_and_the_round_ends(office, session, out):
    for row in out.values():
        actions.agree_to_proposals([row], by=of_body(row), on=DAY_0)
    office.hand_over()
    session.expire_all()
    assert {row.ended_on for row in out.values()} == {DAY_0}


def test_an_unsettled_objection_holds_it_back_whatever_the_day(office, out, stopped_clock):
    object_to(office, out["市交通局"])
    stopped_clock(date(2026, 3, 20))
    with refused("still on its round"):
        office.hand_over(on=date(2026, 3, 20))


def test_who_objects_names_a_reason_and_another_body(office, out):
    row = out["市交通局"]
    with refused("Give the reason"):
        actions.object_to_proposal(row, " ", office.bodies["money"], by=of_body(row), on=DAY_0)
    with refused("another body than your own"):
        object_to(office, row, "roads")


def test_another_body_is_named_in_its_stead_and_asked_in_its_turn(office, session, out, stopped_clock):
    row = out["市交通局"]
    object_to(office, row, "schools")
    day = date(2026, 3, 4)
    stopped_clock(day)
    new = settle(office, row, office.bodies["schools"], on=day)
    assert (new.body_id, new.part, new.until_on) == (office.bodies["schools"].id, row.part, date(2026, 3, 9))
    assert row.ended_on == day
    session.flush()
    assert sees(office.users["roads"]) == set()
    assert len(letters("objection_settled")) == 1
    stopped_clock(date(2026, 3, 10))
    office.hand_over(on=date(2026, 3, 10))
    assert [one.body.name for one in office.assignments()] == ["市教育局", "市财政局"]


def test_a_body_that_is_kept_is_told_why(office, out):
    row = out["市交通局"]
    object_to(office, row, "schools")
    with refused("Say why"):
        settle(office, row, None)
    settle(office, row, None, "道路属你局")
    assert "道路属你局" in letters("objection_settled")[0].body_text
    assert not row.is_disputed


def test_it_is_settled_once(office, out):
    row = out["市交通局"]
    object_to(office, row)
    settle(office, row, None, "道路属你局")
    with refused("settled already"):
        settle(office, row, office.bodies["schools"])


def test_no_body_is_named_twice_by_settling(office, out):
    object_to(office, out["市交通局"])
    with refused("is named there already"):
        settle(office, out["市交通局"], office.bodies["money"])


def test_a_body_may_think_better_of_it_until_it_is_settled(office, out):
    row = out["市交通局"]
    object_to(office, row)
    actions.agree_to_proposals([row], by=of_body(row), on=DAY_0)
    assert (row.agreed, row.is_disputed, row.reason) == (True, False, "")


def test_the_hub_settles_the_objections_of_its_branch_and_no_others(office, session):
    office.propose("roads", "court")
    rows = circulate(office)
    object_to(office, rows["市交通局"])
    object_to(office, rows["市中级人民法院"], "money")
    session.flush()
    assert [one.body.name for one in going_round.objections(office.users["hub"])] == ["市交通局"]
    assert len(going_round.objections(office.users["clerk"])) == 2
    assert going_round.objections(office.users["roads"]) == []


def test_a_body_that_becomes_another_hands_its_round_on(office, session, out):
    reform = Reform(SuccessionKind.MERGED, [office.bodies["roads"]], [office.bodies["schools"]], DAY_0, "1")
    succeed(reform, by=office.clerk, on=DAY_0, at=clock.now())
    session.flush()
    assert out["市交通局"].body_id == office.bodies["schools"].id
    of_round = sa.select(Link.body_id).where(Link.circulation_id.is_not(None))
    assert office.bodies["roads"].id not in set(session.scalars(of_round))
