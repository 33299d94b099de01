"""The pages: a check without JavaScript, the look-alikes of a suggestion, linking and unlinking."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.recurrence.conftest import AGAIN, AGAIN_TEXT, TITLE
from tests.register.test_list import statements
from tracker.intake.models import SameMatter
from tracker.roles import Role


def test_what_is_typed_is_checked_on_a_page_of_its_own_and_nothing_is_stored(clerk, session):
    clerk.read("intake.record", secrecy="no")
    page = clerk.send("recurrence.look", {"title": AGAIN, "text": AGAIN_TEXT})
    assert TITLE in page.text
    assert "class A" in page.text
    assert "年底前完成三个单元加装电梯" in page.text
    assert any("加装电梯" in mark.text for mark in page.all("mark"))
    assert "Nothing was stored" in page.text


def test_the_record_form_offers_the_check_after_its_own_button(clerk):
    page = clerk.read("intake.record", secrecy="no")
    buttons = [button for button in page.all("button") if button.form and "/suggestions/new" in button.form["action"]]
    checks = [button.text.startswith("Check for look-alikes") for button in buttons]
    assert checks == [*([False] * (len(checks) - 1)), True]


def test_nothing_typed_is_told(clerk):
    assert "Type a title or a text first." in clerk.send("recurrence.look", {"title": "", "text": ""}).text


def test_the_check_writes_nothing_and_waits_for_no_writer(clerk, app):
    said = statements(app, lambda: clerk.send("recurrence.look", {"title": AGAIN, "text": AGAIN_TEXT}))
    assert not [one for one in said if one.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(said) <= 16, "\n".join(said)


def test_from_the_page_to_the_look_alike_to_the_link_and_back(town, clerk, session):
    shown = clerk.read("register.show", suggestion_id=town.now.id)
    assert "Nothing is linked as the same matter." in shown.text
    found = clerk.read("recurrence.index", suggestion_id=town.now.id)
    assert TITLE in found.text
    sent = {"other_id": town.then.id, "reason": "同一小区同一件事"}
    page = clerk.send("recurrence.link", sent, suggestion_id=town.now.id)
    assert "Linked as the same matter" in page.text
    assert "Answered as solved, and back again" in page.text
    assert "Linked by 周文静" in clerk.read("register.show", suggestion_id=town.then.id).text
    assert "Linked as the same matter" in clerk.read("recurrence.index", suggestion_id=town.now.id).text
    [link] = session.scalars(sa.select(SameMatter)).all()
    clerk.read("register.show", suggestion_id=town.now.id)
    page = clerk.send("recurrence.remove", {"reason": "不是一件事"}, link_id=link.id)
    assert "taken back" in page.text
    session.refresh(link)
    assert link.undone_reason == "不是一件事"


def test_without_a_reason_the_page_says_so(town, clerk, session):
    clerk.read("recurrence.index", suggestion_id=town.now.id)
    page = clerk.send("recurrence.link", {"other_id": town.then.id, "reason": ""}, suggestion_id=town.now.id)
    assert "Give the reason." in page.text
    assert session.scalar(sa.select(sa.func.count()).select_from(SameMatter)) == 0


@pytest.mark.parametrize("role", [Role.BODY_HANDLER, Role.LEADER, Role.HUB])
def test_others_neither_check_nor_link(town, reader, role):
    body = {"body_handler": "roads", "hub": "hub"}.get(role, "")
    other = reader.signed_in_as(town.user(role, body))
    other.send("recurrence.look", {"title": TITLE, "text": ""}, expect=403)
    other.read("recurrence.index", suggestion_id=town.then.id, expect=403)
    other.send("recurrence.link", {"other_id": town.now.id, "reason": "x"}, suggestion_id=town.then.id, expect=403)


def test_what_is_not_there_is_not_found(town, clerk):
    clerk.read("recurrence.index", suggestion_id=99_999, expect=404)
    clerk.send("recurrence.link", {"other_id": 99_999, "reason": "x"}, suggestion_id=town.now.id, expect=404)
    clerk.send("recurrence.remove", {"reason": "x"}, link_id=99_999, expect=404)


@pytest.mark.engines("sqlite")
def test_the_pages_ask_few_questions(town, clerk, app):
    assert len(statements(app, lambda: clerk.read("recurrence.index", suggestion_id=town.now.id))) <= 16
