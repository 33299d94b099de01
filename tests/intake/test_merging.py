"""Two of the same matter are handled as one; every deputy gets every reply, may rate it, and finds his way there."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests import makers
from tests.intake.made import ON, Made, agrees, letters, link_in, moves, told
from tracker.database import db
from tracker.deadlines.queries import open_for, rule_set_in_force
from tracker.dispatch.models import Assignment
from tracker.errors import RuleBroken
from tracker.feedback.actions import rate
from tracker.feedback.models import RatingChannel, Verdict
from tracker.handling.actions import deliver
from tracker.handling.models import Delivery, Way
from tracker.handling.queries import get_reply
from tracker.intake import actions
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion

WHY = "内容相同"


@pytest.fixture
def pair(office: Made) -> tuple[Suggestion, Suggestion]:
    """The one that stays, of two deputies, and the one merged into it, of two others."""
    makers.with_reading_by("office", office.congress)
    stays = office.suggestion(office.second)
    merged = office.suggestion(office.third, lead=office.other, title="关于加宽道路的建议")
    return stays, merged


def merge(merged: Suggestion, stays: Suggestion) -> None:
    actions.merge(merged, stays, WHY, by=makers.CLERK, on=ON)
    db.session.flush()


def separate(merged: Suggestion) -> None:
    rules = rule_set_in_force("default", ON)
    actions.separate(merged, "并非同一事项", by=makers.CLERK, on=ON, rules_in_force=rules)


def answered(office: Made, stays: Suggestion):
    [assignment] = makers.an_assignment(stays, makers.a_body(office.congress))
    reply = makers.a_submitted_reply(assignment, ON)
    deliver(reply, assignment, by=makers.CLERK, on=ON)
    db.session.commit()
    return reply


def test_what_is_merged_waits_no_more_and_its_deputies_are_told(pair) -> None:
    stays, merged = pair
    merge(merged, stays)
    assert merged.stage is Stage.MERGED
    assert open_for(suggestion_id=merged.id) == []
    assert (moves(merged)[-1], moves(stays)[-1]) == ("merge", "take_in")
    assert told("merged") == {"李另案", "孙附议"}
    assert stays.number in letters("merged")[0].body_text


def test_every_reply_reaches_every_deputy_and_each_may_rate(office: Made, pair, session) -> None:
    stays, merged = pair
    merge(merged, stays)
    reply = answered(office, stays)
    assert told("handed_over_deputy") == {"赵领衔", "钱附议", "孙附议", "李另案"}
    reached = set(session.scalars(sa.select(Delivery.deputy_id)))
    assert reached == {one.id for one in (office.lead, office.second, office.third, office.other)}
    own = {letter.to_name for letter in letters("reply_delivered") if merged.number in letter.body_text}
    assert own == {"孙附议", "李另案"}
    found = get_reply(reply.id, office.clerk)
    facts = {"channel": RatingChannel.LINK, "by": makers.CLERK, "on": ON}
    rate(found, office.other, Verdict.SATISFIED, Verdict.DISSATISFIED, "路口仍堵", **facts)
    assert found.assignment.standing is Standing.DELIVERED  # the lead deputy's word decides
    rate(found, office.lead, Verdict.SATISFIED, Verdict.SATISFIED, "", **facts)
    assert stays.stage is Stage.RATED


def test_where_the_lead_relays_the_leads_of_both_are_answered(office: Made, pair, session) -> None:
    stays, merged = pair
    row = rule_set_in_force("default", makers.HANDED_OVER_ON)
    row.data = {**row.data, "reply_to": "lead_relays"}
    row.digest = f"{row.digest[:50]}:relays"
    merge(merged, stays)
    answered(office, stays)
    direct = sa.select(Delivery.deputy_id).where(Delivery.way != Way.RELAYED)
    assert set(session.scalars(direct)) == {office.lead.id, office.other.id}


def test_its_page_leads_to_the_other_and_shows_the_reply(office: Made, pair, reader) -> None:
    stays, merged = pair
    merge(merged, stays)
    answered(office, stays)
    deputy = reader.signed_in_as(office.user(office.other))
    page = deputy.read(f"/suggestions/{merged.id}")
    assert f"/suggestions/{stays.id}" in page.html
    assert "道路已经拓宽" in page.text
    assert "Merged into this one" in deputy.read(f"/suggestions/{stays.id}").text
    rating = link_in(next(one for one in letters("reply_delivered") if one.to_name == "李另案"))
    reader.read(rating)
    words = {"attitude": "satisfied", "result": "satisfied", "comment": "满意"}
    assert "Thank you" in reader.send(rating, words).text


def test_bodies_read_what_was_merged_in(office: Made, pair, reader) -> None:
    stays, merged = pair
    merge(merged, stays)
    [assignment] = makers.an_assignment(stays, makers.a_body(office.congress))
    handler = makers.a_user(office.congress, makers.Role.BODY_HANDLER, body_id=assignment.body_id)
    page = reader.signed_in_as(handler).read(f"/suggestions/{stays.id}")
    assert "关于加宽道路的建议" in page.text
    reader.signed_in_as(handler).read(f"/suggestions/{merged.id}", expect=404)


def test_what_cannot_be_one_is_not_merged(office: Made, pair) -> None:
    stays, merged = pair
    third = office.suggestion()
    with pytest.raises(RuleBroken, match="into itself"):
        merge(stays, stays)
    third.internal = True
    with pytest.raises(RuleBroken, match="internal"):
        merge(third, stays)
    third.internal = False
    merge(merged, stays)
    with pytest.raises(RuleBroken, match="separate them first"):
        merge(stays, third)
    with pytest.raises(RuleBroken, match="not possible now"):
        merge(third, merged)


def test_what_has_taken_another_in_does_not_go_back_alone(pair) -> None:
    stays, merged = pair
    merge(merged, stays)
    for act in (actions.return_to_deputy, actions.treat_as_letter):
        with pytest.raises(RuleBroken, match="separate them first"):
            act(stays, WHY, by=makers.CLERK, on=ON)


def test_whose_own_was_merged_in_must_agree_to_a_withdrawal(office: Made, pair) -> None:
    stays, merged = pair
    merge(merged, stays)
    actions.withdraw(stays, WHY, by=makers.CLERK, on=ON)
    assert told("asked_to_withdraw") == {"钱附议", "孙附议", "李另案"}
    for deputy in (office.second, office.third, office.other):
        agrees(stays, deputy)
    assert stays.stage is Stage.WITHDRAWN


def test_a_merger_is_undone_until_the_hand_over(office: Made, pair) -> None:
    stays, merged = pair
    merge(merged, stays)
    separate(merged)
    assert merged.stage is Stage.RECORDED
    assert len(open_for(suggestion_id=merged.id)) == 1
    merge(merged, stays)
    makers.an_assignment(stays, makers.a_body(office.congress))
    with pytest.raises(RuleBroken, match="not possible now"):
        separate(merged)
    db.session.rollback()


def test_the_separated_one_gets_no_reply_of_the_other(office: Made, pair, session) -> None:
    stays, merged = pair
    merge(merged, stays)
    separate(merged)
    answered(office, stays)
    assert set(session.scalars(sa.select(Delivery.deputy_id))) == {office.lead.id, office.second.id}


def test_the_page_shows_both_before_they_are_merged(office: Made, pair, reader) -> None:
    stays, merged = pair
    clerk = reader.signed_in_as(office.clerk)
    path = f"/suggestions/{merged.id}/merger"
    assert "There is no suggestion with the number 999" in clerk.read(f"{path}?into=999").text
    page = clerk.read(f"{path}?into={stays.number}")
    for name in ("赵领衔", "钱附议", "孙附议", "李另案"):
        assert name in page.text
    page = clerk.send(path, {"into": stays.number, "reason": ""})
    assert "Please fill in" in page.text
    clerk.send(path, {"into": stays.number, "reason": WHY})
    db.session.expire_all()
    assert merged.stage is Stage.MERGED
    page = clerk.read(f"/suggestions/{merged.id}/separation")
    clerk.send(f"/suggestions/{merged.id}/separation", {"reason": "并非同一事项"})
    db.session.expire_all()
    assert merged.stage is Stage.RECORDED


def test_what_is_merged_is_not_handed_over_by_itself(office: Made, pair) -> None:
    stays, merged = pair
    merge(merged, stays)
    with pytest.raises(RuleBroken):
        makers.an_assignment(merged, makers.a_body(office.congress))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Assignment)) == 0
