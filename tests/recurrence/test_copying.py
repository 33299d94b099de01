"""Replies taken from others are found once, forgotten when their text changes, and read only by who may."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.makers import a_content, a_submitted_reply, actor_of, assignments_of
from tests.recurrence.conftest import AGAIN_TEXT, CLERK, OTHER_TEXT, THIS_YEAR, handed, recorded
from tracker import clock
from tracker.database import db
from tracker.dispatch.models import Part
from tracker.handling.actions import deliver, save_draft, send_back
from tracker.handling.content import content_of
from tracker.handling.models import Reply
from tracker.handling.queries import find_reply
from tracker.intake.actions.linking import link_same_matter
from tracker.recurrence import copying
from tracker.recurrence.jobs import compare_replies
from tracker.recurrence.models import Copying, ReplyCompared, ReplyLikeness
from tracker.recurrence.rules import Told, how_like
from tracker.roles import Role

LIFTS = (
    "赵代表：\n您提出的《关于加装电梯的建议》收悉，现答复如下：\n幸福里小区六层住宅现有24个单元，其中11个单元提出加装电梯申请，"
    "8个单元因一二层住户反对未能开工。我局与街道派出协调小组提出补偿方案，低层住户免交管理费十年，已有5个单元达成一致。"
    "管线迁移费用由水电气企业承担三分之二。\n感谢您的关心。\n市交通局"
)
STRAW = (
    "全市秸秆产量二十万吨，离田收储企业4家，今年补贴标准由每吨40元提高到60元，青云镇新建收储中心一处，七月底前投用。"
)
MAY, JUNE = date(2026, 5, 8), date(2026, 6, 1)


def answer(town, suggestion, text, on=MAY, body="roads"):
    """The body answers, and the office delivers."""
    handed(town.city, suggestion, THIS_YEAR, **{body: Part.SOLE})
    with clock.at(on):
        [assignment] = assignments_of(suggestion)
        reply = a_submitted_reply(assignment, on, text=text, letter_on=on)
        deliver(reply, assignment, by=CLERK, on=on, tell=False)
    db.session.commit()
    return reply


def submitted(town, suggestion, text, on=JUNE):
    """The body answers; the office has not read it yet."""
    handed(town.city, suggestion, THIS_YEAR, roads=Part.SOLE)
    [assignment] = assignments_of(suggestion)
    with clock.at(on):
        reply = a_submitted_reply(assignment, on, text=text, letter_on=on)
    db.session.commit()
    return assignment, reply


def an_answer(town, text, on=MAY, title="关于推广秸秆还田的建议", asked=OTHER_TEXT, **more):
    return answer(town, recorded(town.city, title, asked, THIS_YEAR), text, on, **more)


def first(town, session, text=LIFTS):
    """Last year's reply, in these words."""
    [assignment] = assignments_of(town.then)
    reply = session.scalars(sa.select(Reply).where(Reply.assignment_id == assignment.id)).one()
    reply.text = text
    session.commit()
    return reply


def rows(session):
    found = sa.select(ReplyLikeness.reply_id, ReplyLikeness.other_id, ReplyLikeness.how).order_by(
        ReplyLikeness.reply_id
    )
    return [tuple(row) for row in session.execute(found)]


def test_each_pair_is_found_once_by_the_index_the_later_reply_first(town, session):
    one = an_answer(town, LIFTS, MAY, body="schools")
    other = an_answer(town, LIFTS.replace("幸福里", "翠湖").replace("24", "30"), JUNE)
    an_answer(town, STRAW)
    done = compare_replies(JUNE)
    assert rows(session) == [(other.id, one.id, Copying.COPIED)]
    assert (done["rows"], done["compared"]) == (1, 4)
    assert compare_replies(JUNE) == {"rows": 0, "compared": 0}


@pytest.mark.engines("sqlite")
def test_half_is_told_from_all(town, session):
    an_answer(town, LIFTS.replace("\n感谢", f"{STRAW}\n感谢"), MAY, body="schools")
    whole = an_answer(town, LIFTS, JUNE)
    half = an_answer(
        town, LIFTS.partition("已有5个")[0] + STRAW + "此外青云镇另招技术员12名，逐村指导粉碎深翻和腐熟剂施用。", JUNE
    )
    compare_replies(JUNE)
    told = {(row[0], row[2]) for row in rows(session)}
    assert (whole.id, Copying.COPIED) in told
    assert (half.id, Copying.HALF) in told


@pytest.mark.engines("sqlite")
def test_last_years_words_on_the_same_matter_are_found_as_such(town, session):
    old = first(town, session)
    new = answer(town, town.now, LIFTS.replace("11个", "12个"))
    compare_replies(JUNE)
    assert rows(session) == [(new.id, old.id, Copying.LAST_YEAR)]


@pytest.mark.engines("sqlite")
def test_another_body_or_another_matter_is_copied_not_last_years(town, session):
    first(town, session)
    answer(town, town.now, LIFTS, body="schools")
    an_answer(town, LIFTS)
    compare_replies(JUNE)
    assert Copying.LAST_YEAR not in {row[2] for row in rows(session)}
    assert len(rows(session)) == 3


@pytest.mark.engines("sqlite")
def test_two_who_asked_the_same_this_year_may_be_answered_alike(town, session):
    same = recorded(town.city, "关于加快幸福里小区增设电梯的建议", AGAIN_TEXT, THIS_YEAR)
    link_same_matter(town.now, same, "同一事项", by=CLERK, on=THIS_YEAR)
    answer(town, town.now, LIFTS)
    answer(town, same, LIFTS, JUNE)
    compare_replies(JUNE)
    assert rows(session) == []


@pytest.mark.engines("sqlite")
def test_what_was_found_is_forgotten_when_the_text_changes_and_only_then(town, session):
    one = an_answer(town, LIFTS, MAY, body="schools")
    _assignment, reply = submitted(town, town.now, LIFTS)
    compare_replies(JUNE)
    assert rows(session) == [(reply.id, one.id, Copying.COPIED)]
    with clock.at(JUNE):
        [assignment] = assignments_of(town.now)
        send_back(reply, assignment, ["other"], "照搬了别处的答复", by=CLERK, on=JUNE)
    session.commit()
    [assignment] = assignments_of(town.now)
    assert len(rows(session)) == 1
    content = content_of(find_reply(assignment.id))
    content.text = STRAW
    save_draft(assignment, content, version=None, by=actor_of(assignment), at=clock.now())
    session.commit()
    assert rows(session) == []
    assert session.get(ReplyCompared, reply.id) is None
    assert copying.waiting(10) == []  # it has not been submitted again


@pytest.mark.engines("sqlite")
def test_what_is_still_a_draft_is_compared_with_nothing(town, session):
    handed(town.city, town.now, THIS_YEAR, roads=Part.SOLE)
    [assignment] = assignments_of(town.now)
    save_draft(assignment, a_content(text=LIFTS), version=None, by=actor_of(assignment), at=clock.now())
    session.commit()
    an_answer(town, LIFTS)
    compare_replies(JUNE)
    assert rows(session) == []


@pytest.mark.engines("sqlite")
def test_the_passages_are_marked_side_by_side(town, session, clerk):
    one = an_answer(town, LIFTS, MAY, body="schools")
    other = an_answer(town, LIFTS.replace("幸福里", "翠湖"), JUNE)
    compare_replies(JUNE)
    found = clerk.read(f"/replies/{other.id}/likenesses")
    assert "mostly the same text" in found.text
    page = clerk.read(f"/replies/{other.id}/beside/{one.id}")
    assert "<mark>" in page.html
    assert "翠湖</mark>" not in page.html
    assert "found on" in page.text


@pytest.mark.engines("sqlite")
def test_who_may_not_read_one_of_them_finds_neither_page_nor_hint_of_it(town, session, reader):
    one = an_answer(town, LIFTS, MAY, body="schools")
    _assignment, mine = submitted(town, town.now, LIFTS)
    user = town.user(Role.BODY_HANDLER, "roads")
    session.commit()
    compare_replies(JUNE)
    body = reader.signed_in_as(user)
    body.read(f"/replies/{mine.id}/beside/{one.id}", expect=404)
    assert "found to be like it" in body.read(f"/replies/{mine.id}/likenesses").text
    body.read(f"/replies/{one.id}/likenesses", expect=404)


def test_joint_letters_and_linked_matters_of_one_year_are_no_likeness():
    assert how_like(Told(100, 0, same_round=True)) is None
    assert how_like(Told(100, 30, linked=True)) is None
    assert how_like(Told(100, 365, linked=True)) is Copying.COPIED
    assert how_like(Told(39, 0)) is None
