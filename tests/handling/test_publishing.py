"""Before a reply is public somebody looks at what in it speaks of persons."""

import io

import docx
import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.handling.papers import ON
from tests.makers import a_submitted_reply
from tracker import clock
from tracker.files import store
from tracker.handling import actions
from tracker.handling.models import Publication
from tracker.handling.publishing import shortened, warnings

PHONE, IDENTITY = "13912345678", "110101199003071234"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("道路已经拓宽，投资1300万元，全长13912米。", 0),
        (f"请与王先生联系，电话{PHONE}。", 1),
        ("电话 139-1234-5678，139 1234 5678。", 1),
        (f"身份证号{IDENTITY}，邮箱 wang@home.example。", 2),
        ("文号 20260307123456789012，合同号 139123456789。", 0),
        ("身份证号11010119900307123X", 1),
        ("家中电话０２１－５５５０１２３４，手机１３９１２３４５６７８。", 2),
        ("期限2026-0101，编号 010-12345，比例 0.123 4567890。", 0),
    ],
)
def test_numbers_that_reach_or_name_a_person_are_seen(app, text, count):
    with app.test_request_context():
        said = warnings(text, None)
    assert len(said) == count
    assert PHONE not in " ".join(said)


def test_the_sentence_does_not_repeat_the_number():
    assert shortened(PHONE) == "139…78"


@pytest.fixture
def reply(case, session):
    made = a_submitted_reply(case.lead, ON, text=f"道路已经拓宽。可问王先生，电话{PHONE}。")
    content = io.BytesIO()
    paper = docx.Document()
    paper.core_properties.author = "李明"
    paper.save(content)
    content.seek(0)
    upload = FileStorage(content, filename="答复.docx")
    actions.attach(made, store.keep(upload, by=case.by_body, at=clock.now()))
    session.flush()
    return made


@pytest.mark.engines("sqlite")
def test_who_reads_it_first_is_told(case, reply, reader, session):
    session.commit()
    page = reader.signed_in_as(case.clerk).read("handling.read", reply_id=reply.id)
    assert "holds a mobile number: 139…78" in page.text
    assert "also tells: the name of who wrote it" in page.text


@pytest.mark.engines("sqlite")
def test_it_is_not_noted_as_public_before_somebody_looked(case, reply, reader, session):
    actions.deliver(reply, case.lead, by=case.by_office, on=ON)
    session.commit()
    body = reader.signed_in_as(case.handler)
    assert "139…78" in body.read("handling.read", reply_id=reply.id).text
    form = {"on": ON.isoformat(), "place": "市人大网"}
    refused = body.send(f"/replies/{reply.id}/publication", form)
    assert "Look at it" in refused.text
    assert "市人大网" in refused.html
    assert session.scalar(sa.select(sa.func.count()).select_from(Publication)) == 0
    session.rollback()
    assert "noted" in body.send(f"/replies/{reply.id}/publication", {**form, "looked": "y"}).text
    assert session.scalar(sa.select(sa.func.count()).select_from(Publication)) == 1
