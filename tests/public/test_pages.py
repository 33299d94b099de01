"""The office looks, shortens, makes public, and takes down."""

import pytest
import sqlalchemy as sa

from tracker.handling.models import Reply
from tracker.public.models import PublicPage
from tracker.suggestion.models import Publicity


@pytest.fixture
def office(case, reader):
    return reader.signed_in_as(case.clerk)


def test_from_the_reply_to_the_public_and_back(case, reply, office, app):
    page = office.read("handling.read", reply_id=reply.id)
    form = office.read(page.links()["Make public"].removeprefix(app.config["BASE_URL"]))
    assert reply.text in form.html
    assert case.suggestion.text in form.html
    said = {**form.values(), "answer": "路灯已装。"}
    done = office.send(f"/replies/{reply.id}/public-page", said)
    assert "on the public pages" in done.text
    client, base = app.test_client(), app.config["BASE_URL"]
    assert "Why it is taken down" in office.read(f"/replies/{reply.id}/public-page").text
    shown = office.read("public.office").links()
    assert "Take down" in shown
    assert "路灯已装。" in client.get("/published/1.html", base_url=base).get_data(as_text=True)
    gone = office.send(shown["Take down"].removeprefix(base), {"reason": "代表撤回同意"})
    assert "no longer public" in gone.text
    assert "代表撤回同意" in gone.text
    assert client.get("/published/1.html", base_url=base).status_code == 404


def test_numbers_that_reach_a_person_are_looked_at_first(case, reply, office, session):
    session.execute(sa.update(Reply).values(text="请拨打13912345678。"))
    session.commit()
    path = f"/replies/{reply.id}/public-page"
    form = office.read(path)
    assert "139…78" in form.text
    said = {**form.values(), "answer": "请拨打13912345678。", "deputies": "某代表"}
    refused = office.send(path, said)
    assert "Look at it" in refused.text
    assert refused.values()["deputies"] == "某代表"
    assert session.scalar(sa.select(sa.func.count()).select_from(PublicPage)) == 0
    session.rollback()
    assert "on the public pages" in office.send(path, {**said, "looked": "y"}).text


def test_a_part_is_not_shown_whole_and_a_title_without_its_text(case, reply, office, session):
    session.execute(sa.update(Reply).values(publicity="part"))
    case.suggestion.publicity = Publicity.TITLE_ONLY
    session.commit()
    path = f"/replies/{reply.id}/public-page"
    form = office.read(path)
    assert "has not agreed" in form.text
    assert "shorten it" in office.send(path, {**form.values(), "answer": reply.text}).text
    refused = office.send(path, {**form.values(), "answer": "路灯已装。", "question": "全文"})
    assert "has not agreed" in refused.text


def test_what_is_not_to_be_published_has_no_form(case, reply, office, session):
    case.suggestion.publicity = Publicity.NO
    session.commit()
    assert "Make public" not in office.read("handling.read", reply_id=reply.id).links()
    assert office.read(f"/replies/{reply.id}/public-page", expect=404).status == 404


def test_the_office_is_told_what_went_by_itself(case, shown, office, session):
    assert "any more" not in office.read("public.office").text
    case.suggestion.internal = True
    session.commit()
    assert "The public does not see it any more" in office.read("public.office").text


@pytest.mark.engines("sqlite")
def test_all_that_is_public_has_a_list_of_its_own_with_pages(shown, office):
    page = office.read("/public-pages?show=up&page=9")
    assert "Take down" in page.links()
    assert "1 in all" in page.text
    assert "Could be public" not in page.text
