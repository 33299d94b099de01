"""Where the reply counts from the receipt; what is handled again, taken back, or handed over under an older law."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests import makers
from tests.dispatch.office import DAY_0, an_office, by, clock_of, kinds_of, letters, refused
from tracker.deadlines import library
from tracker.deadlines.actions import load_rule_file
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import RuleSet
from tracker.deadlines.queries import deadlines_of
from tracker.dispatch import actions
from tracker.dispatch.models import Part
from tracker.dispatch.queries import get_return
from tracker.suggestion.journey import Stage, Standing

pytestmark = pytest.mark.usefixtures("sound")
DEEMED_ON, SIGNED_ON, RENEWED_ON = date(2026, 3, 5), date(2026, 3, 3), date(2026, 4, 10)


def test_at_the_hand_over_the_reply_counts_from_the_day_it_counts_as_received(henan):
    [assignment] = henan.given("roads")
    reply = clock_of(assignment, Kind.REPLY)
    assert (reply.started_on, reply.due_on) == (DEEMED_ON, date(2026, 6, 5))
    assert "deemed_received" in {record["kind"] for record in reply.explanation}


def test_a_co_handlers_opinion_counts_so_too(henan):
    _lead, co = henan.given("roads", "money")
    assert clock_of(co, Kind.CO_OPINION).started_on == DEEMED_ON


def test_signing_earlier_starts_it_anew_and_keeps_the_old_one(henan, session, stopped_clock):
    [assignment] = henan.given("roads")
    stopped_clock(SIGNED_ON)
    actions.sign_for(assignment, by=by(assignment), on=SIGNED_ON)
    reply = clock_of(assignment, Kind.REPLY)
    assert (reply.started_on, reply.due_on) == (SIGNED_ON, date(2026, 6, 3))
    assert "deemed_received" not in {record["kind"] for record in reply.explanation}
    old = [one for one in deadlines_of(kind=Kind.REPLY, assignment_id=assignment.id) if one.voided_on]
    assert [(one.started_on, one.void_reason) for one in old] == [(DEEMED_ON, "signed_for_earlier")]


def test_signing_earlier_keeps_the_common_day(henan, stopped_clock):
    henan.meeting.common_due_on = date(2026, 5, 29)
    [assignment] = henan.given("roads")
    stopped_clock(SIGNED_ON)
    actions.sign_for(assignment, by=by(assignment), on=SIGNED_ON)
    assert clock_of(assignment, Kind.REPLY).due_on == date(2026, 5, 29)


def test_signing_later_gains_nothing(henan, stopped_clock):
    [assignment] = henan.given("roads")
    stopped_clock(date(2026, 3, 20))
    actions.sign_for(assignment, by=by(assignment), on=date(2026, 3, 20))
    assert clock_of(assignment, Kind.REPLY).due_on == date(2026, 6, 5)
    assert clock_of(assignment, Kind.RECEIPT).met_on == date(2026, 3, 20)


def test_signing_late_opens_no_new_days_for_a_return(office, stopped_clock):
    """Under the default rules it is asked within five working days of the receipt, signed or deemed."""
    stopped_clock(date(2026, 4, 2))
    [assignment] = office.given("roads")
    actions.sign_for(assignment, by=by(assignment), on=date(2026, 4, 1))
    with refused("ended on 2026-03-12"):
        actions.ask_return(
            office.assignments()[0], "不属本局职责", office.bodies["schools"], by=office.clerk, on=date(2026, 4, 2)
        )


def answered(office, assignment):
    """Answered, and delivered at once (nobody reads first under these rules)."""
    makers.a_submitted_reply(assignment, RENEWED_ON)
    assert assignment.standing is Standing.DELIVERED
    return assignment


def test_handled_again_there_is_a_second_round_with_a_clock_of_its_own(henan, stopped_clock):
    lead, co = henan.given("roads", "money")
    stopped_clock(RENEWED_ON)
    new = actions.renew(answered(henan, lead), by=henan.clerk, on=RENEWED_ON)
    assert (new.round, new.part, new.body_id) == (2, Part.LEAD, lead.body_id)
    assert (lead.standing, henan.suggestion.stage, henan.suggestion.round) == (
        Standing.HANDLED_AGAIN,
        Stage.HANDED_OVER,
        2,
    )
    assert Kind.REPLY not in kinds_of(new)
    again = clock_of(new, Kind.REHANDLE)
    assert (again.started_on, again.due_on) == (RENEWED_ON, date(2026, 5, 11))
    assert kinds_of(lead) == set()
    assert co.standing is Standing.UNHEARD  # the lead answered without it; what it owes now belongs to the new round
    assert "市交通局" in letters("handed_over")[-1].body_text


def test_the_common_day_binds_the_first_round_only(henan, stopped_clock):
    henan.meeting.common_due_on = date(2026, 4, 20)
    [assignment] = henan.given("roads")
    stopped_clock(RENEWED_ON)
    new = actions.renew(answered(henan, assignment), by=henan.clerk, on=RENEWED_ON)
    assert clock_of(new, Kind.REHANDLE).due_on == date(2026, 5, 11)


def test_where_the_rules_give_a_new_round_no_time_of_its_own_it_has_that_of_a_reply(session, stopped_clock):
    stopped_clock(DAY_0)
    qingdao = an_office("qingdao-2021")
    [assignment] = qingdao.given("roads")
    stopped_clock(RENEWED_ON)
    new = actions.renew(answered(qingdao, assignment), by=qingdao.clerk, on=RENEWED_ON)
    assert clock_of(new, Kind.REPLY).due_on == date(2026, 7, 10)


def test_in_the_second_round_the_same_hub_decides(henan, stopped_clock):
    hubs = henan.at_the_hub("roads")
    [child] = actions.pass_on(hubs, henan.named("roads"), by=by(hubs), on=DAY_0)
    stopped_clock(RENEWED_ON)
    new = actions.renew(answered(henan, child), by=henan.clerk, on=RENEWED_ON)
    assert new.passed_on_from_id == hubs.id
    asked = actions.ask_return(new, "不属本局职责", henan.bodies["schools"], by=by(new), on=RENEWED_ON)
    assert get_return(asked.id, henan.users["hub"]) is asked


def test_what_is_not_answered_is_not_handled_again(henan):
    [assignment] = henan.given("roads")
    with refused("not possible now"):
        actions.renew(henan.assignments()[0], by=henan.clerk, on=DAY_0)
    assert assignment.round == 1


def test_taken_back_its_clocks_no_longer_hold(henan, session):
    [assignment] = henan.given("roads")
    with refused("Give the reason"):
        actions.recall(assignment, " ", by=henan.clerk, on=DAY_0)
    [assignment] = henan.assignments()
    actions.recall(assignment, "误交办", by=henan.clerk, on=DAY_0)
    session.flush()
    assert assignment.standing is Standing.RECALLED
    assert {one.void_reason for one in deadlines_of(assignment_id=assignment.id)} == {"recalled"}
    actions.assign_again(henan.suggestion, henan.named("schools"), by=henan.clerk, on=DAY_0)


@pytest.fixture
def newer_law(henan, session, tmp_path):
    """A second version of the rules, in force from 9 March: two months instead of three."""
    text = (library.FOLDER / "henan-2017.toml").read_text(encoding="utf-8")
    text = text.replace("version = 1", "version = 2").replace("2017-08-01", "2026-03-09")
    text = text.replace('amount = 3\nunit = "m"', 'amount = 2\nunit = "m"')
    file = tmp_path / "henan-2017.toml"
    file.write_text(text, encoding="utf-8")

    def load() -> RuleSet:
        return load_rule_file(file)[0]

    return load


def test_what_was_handed_over_keeps_its_law_and_what_comes_later_has_the_newer(
    henan, session, stopped_clock, newer_law
):
    [assignment] = henan.given("roads")
    law = henan.suggestion.rule_set_id
    newer = newer_law()
    on = date(2026, 3, 10)
    stopped_clock(on)
    asked = actions.ask_return(assignment, "不属本局职责", henan.bodies["schools"], by=by(assignment), on=on)
    new = actions.decide_return(asked, True, to=henan.bodies["schools"], by=henan.clerk, on=on)
    assert henan.suggestion.rule_set_id == law != newer.id
    assert clock_of(new, Kind.REPLY).rule_set_id == law
    assert clock_of(new, Kind.REPLY).due_on == date(2026, 6, 15)  # 13 March and three months is a Saturday
    later = henan.another(title="关于增加路灯的建议")
    henan.propose("roads", to=later)
    henan.hand_over(later, on=on)
    [under_newer] = makers.assignments_of(later)
    assert later.rule_set_id == newer.id
    assert clock_of(under_newer, Kind.REPLY).due_on == date(2026, 5, 13)


def test_the_newer_law_changes_no_clock_that_runs(henan, session, newer_law):
    [assignment] = henan.given("roads")
    newer_law()
    actions.sign_for(assignment, by=by(assignment), on=DAY_0)
    assert clock_of(assignment, Kind.REPLY).due_on == date(2026, 6, 2)
    assert session.scalar(sa.select(sa.func.count()).select_from(RuleSet).where(RuleSet.name == "henan-2017")) == 2
