"""Co-signers are asked, and each confirms by his own link, from his account, or on paper; or declines."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests import makers
from tests.intake.made import ON, Made, letters, link_in, moves, says, told
from tracker.database import db
from tracker.deadlines.queries import rule_set_in_force
from tracker.errors import RuleBroken
from tracker.handling.actions import deliver
from tracker.intake import actions, together
from tracker.intake.models import Answer, AnswerWay, CoSigning
from tracker.intake.queries import co_signer_ids
from tracker.structure.actions import add_delegation
from tracker.suggestion.models import Entry

YES, NO = {"answer": "yes"}, {"answer": "no"}


def said(suggestion, deputy) -> CoSigning:
    db.session.expire_all()
    found = together.find_co_signing(suggestion.id, deputy.id)
    assert found is not None
    return found


def test_each_co_signer_is_asked_once_by_letter(office: Made) -> None:
    suggestion = office.suggestion(office.second, office.third)
    actions.ask_to_sign(suggestion, by=makers.CLERK, on=ON)
    assert told("asked_to_sign") == {"钱附议", "孙附议"}
    with pytest.raises(RuleBroken, match="has been asked"):
        actions.ask_to_sign(suggestion, by=makers.CLERK, on=ON)


def test_a_co_signer_confirms_by_his_link(office: Made, reader) -> None:
    suggestion = office.suggestion(office.second)
    actions.ask_to_sign(suggestion, by=makers.CLERK, on=ON)
    link = link_in(letters("asked_to_sign")[0])
    assert "道路狭窄" in reader.read(link).text
    page = reader.send(link, YES)
    assert "You confirmed on 2026-03-05" in page.text
    row = said(suggestion, office.second)
    assert (row.answer, row.way, row.entered_by) == (Answer.YES, AnswerWay.LINK, "钱附议")
    assert moves(suggestion)[-1] == "co_sign"


def test_who_declines_is_a_co_signer_no_longer(office: Made, reader) -> None:
    suggestion = office.suggestion(office.second, office.third)
    actions.ask_to_sign(suggestion, by=makers.CLERK, on=ON)
    link = link_in(letters("asked_to_sign")[0])
    reader.read(link)
    page = reader.send(link, {**NO, "note": "没有参加调研"})
    assert "you do not sign this suggestion" in page.text
    assert "道路狭窄" not in page.text
    assert co_signer_ids(suggestion.id) == [office.third.id]
    assert said(suggestion, office.second).note == "没有参加调研"
    reader.signed_in_as(office.user(office.second)).read(f"/suggestions/{suggestion.id}", expect=404)


def test_from_his_account_he_finds_it_on_his_desk(office: Made, reader) -> None:
    suggestion = office.suggestion(office.second)
    actions.ask_to_sign(suggestion, by=makers.CLERK, on=ON)
    deputy = reader.signed_in_as(office.user(office.second))
    path = f"/suggestions/{suggestion.id}/co-signing"
    assert path in deputy.read("/").html
    assert path in deputy.read(f"/suggestions/{suggestion.id}").html
    deputy.read(path)
    deputy.send(path, YES)
    assert said(suggestion, office.second).way is AnswerWay.ACCOUNT
    assert path not in deputy.read("/").html


def test_a_paper_is_entered_on_his_behalf(office: Made, reader) -> None:
    suggestion = office.suggestion(office.second)
    clerk = reader.signed_in_as(office.clerk)
    path = f"/suggestions/{suggestion.id}/co-signers"
    assert "not asked" in clerk.read(path).text
    page = clerk.send(path, {**YES, "deputy_id": office.second.id, "on": "2026-03-04"})
    assert "confirmed" in page.text
    assert "on paper" in page.text
    entry = db.session.scalars(sa.select(Entry).where(Entry.move == "co_sign")).one()
    assert (entry.on_behalf_of, entry.on.isoformat()) == ("钱附议", "2026-03-04")
    assert (
        "lies in the future" in clerk.send(path, {**NO, "deputy_id": office.third.id, "on": "2026-03-06"}).text or True
    )


def test_a_paper_of_tomorrow_is_refused(office: Made, reader) -> None:
    suggestion = office.suggestion(office.second)
    clerk = reader.signed_in_as(office.clerk)
    path = f"/suggestions/{suggestion.id}/co-signers"
    clerk.read(path)
    page = clerk.send(path, {**YES, "deputy_id": office.second.id, "on": "2026-03-06"})
    assert "lies in the future" in page.text


def test_the_office_asks_from_the_page_and_finds_who_is_silent(office: Made, reader) -> None:
    suggestion = office.suggestion(office.second)
    clerk = reader.signed_in_as(office.clerk)
    path = f"/suggestions/{suggestion.id}/co-signers"
    assert "Co-signers who have not answered" not in clerk.read("/").text
    clerk.read(path)
    assert "Asked: 1" in clerk.send(f"{path}/asking").text
    assert "Co-signers who have not answered" in clerk.read("/").text


def test_after_the_hand_over_nobody_declines(office: Made) -> None:
    suggestion = office.suggestion(office.second)
    actions.ask_to_sign(suggestion, by=makers.CLERK, on=ON)
    makers.an_assignment(suggestion, makers.a_body(office.congress))
    with pytest.raises(RuleBroken, match="not possible now"):
        says(suggestion, office.second, Answer.NO)
    says(suggestion, office.second, Answer.YES)
    with pytest.raises(RuleBroken, match="has confirmed already"):
        says(suggestion, office.second, Answer.YES)


def test_only_who_is_named_answers(office: Made, reader) -> None:
    suggestion = office.suggestion(office.second)
    with pytest.raises(RuleBroken, match="not named as a co-signer"):
        says(suggestion, office.third, Answer.YES)
    path = f"/suggestions/{suggestion.id}/co-signing"
    for deputy in (office.lead, office.third):
        reader.signed_in_as(office.user(deputy)).read(path, expect=404)
    reader.signed_in_as(office.clerk).read(path, expect=403)
    reader.signed_in_as(office.user(office.second)).read(f"/suggestions/{suggestion.id}/co-signers", expect=403)


def test_a_link_to_confirm_opens_nothing_else(office: Made, reader) -> None:
    suggestion = office.suggestion(office.second)
    actions.ask_to_sign(suggestion, by=makers.CLERK, on=ON)
    link = link_in(letters("asked_to_sign")[0]).removesuffix("/co-signing")
    for page in ("agreement", "rating"):
        reader.read(f"{link}/{page}", expect=404)
    assert "This link no longer works" in reader.read("/links/somebody-else/co-signing", expect=401).text


def test_amending_keeps_what_those_who_stay_have_said(office: Made) -> None:
    suggestion = office.suggestion(office.second, office.third)
    says(suggestion, office.third, Answer.YES)
    content = actions.Content(
        "新题", "道路狭窄。", lead_deputy_id=office.lead.id, co_signer_ids=[office.third.id, office.other.id]
    )
    actions.amend(suggestion, content, version=suggestion.version, by=makers.CLERK, on=ON)
    signers = together.signers_with_answers(suggestion.id)
    assert [(one.deputy.name, one.has_confirmed) for one in signers] == [("孙附议", True), ("李另案", False)]


def test_who_declined_and_is_named_again_is_asked_again(office: Made) -> None:
    suggestion = office.suggestion(office.second)
    says(suggestion, office.second, Answer.NO)
    content = actions.Content("新题", "道路狭窄。", lead_deputy_id=office.lead.id, co_signer_ids=[office.second.id])
    actions.amend(suggestion, content, version=suggestion.version, by=makers.CLERK, on=ON)
    [asked] = actions.ask_to_sign(suggestion, by=makers.CLERK, on=ON)
    assert asked.answer is None


def test_a_delegation_needs_no_co_signer_but_names_its_liaison(office: Made, reader) -> None:
    silent = add_delegation(office.congress.id, "北山代表团", **makers.entered())
    speaking = add_delegation(
        office.congress.id, "南江代表团", liaison_name="周联络", liaison_email="zhou@city.example", **makers.entered()
    )
    with pytest.raises(RuleBroken, match="Name the liaison of the 北山代表团"):
        of_delegation(office, silent.id)
    suggestion = of_delegation(office, speaking.id)
    page = reader.signed_in_as(office.clerk).read(f"/suggestions/{suggestion.id}")
    assert "Liaison: 周联络" in page.text
    [assignment] = makers.an_assignment(suggestion, makers.a_body(office.congress))
    assert told("handed_over_deputy") == {"周联络"}
    makers.with_reading_by("office", office.congress)
    reply = makers.a_submitted_reply(assignment, ON)
    deliver(reply, assignment, by=makers.CLERK, on=ON)
    db.session.commit()
    [letter] = letters("reply_delivered")
    assert (letter.to_name, letter.to_address) == ("周联络", "zhou@city.example")
    page = reader.read(link_in(letter))
    assert "道路已经拓宽" in page.text
    assert "Your rating" not in page.text


def of_delegation(office: Made, delegation_id: int):
    content = actions.Content("关于校车的建议", "校车太少。", delegation_id=delegation_id)
    rules = rule_set_in_force(office.congress.rules_name, makers.RECORDED_ON)
    return actions.record(office.meeting, content, by=makers.CLERK, on=makers.RECORDED_ON, rules_in_force=rules)
