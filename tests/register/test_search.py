"""One box finds numbers, people, bodies and words, marks them, and tells nobody of what is not his to see."""

from datetime import date

import pytest

from tests.makers import a_content, a_submitted_reply, actor_of
from tests.register.city import CLERK, HANDED_OVER_ON, build
from tests.register.test_list import numbers, statements
from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.dispatch.actions.other_numbers import note_number
from tracker.dispatch.models import Assignment, Part
from tracker.handling.actions import deliver, save_draft
from tracker.register import lines
from tracker.roles import Role
from tracker.structure import actions as structure
from tracker.suggestion.actions import make

TODAY = date(2026, 6, 22)
LONG = "老旧小区停车难、出行难问题群众反映强烈。" * 20


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(TODAY)
    return build()


@pytest.fixture
def clerk(city, reader):
    return reader.signed_in_as(city.user(Role.OFFICE_CLERK))


def assignment(suggestion, body) -> Assignment:
    wanted = db.select(Assignment).where(Assignment.suggestion_id == suggestion.id, Assignment.body_id == body.id)
    return db.session.scalar(wanted.options(db.joinedload(Assignment.suggestion), db.joinedload(Assignment.body)))


def answered(city, title: str, text: str, **changes):
    one = city.handed_over(title)
    own = assignment(one, city.bodies["roads"])
    reply = a_submitted_reply(own, HANDED_OVER_ON, text=text, **changes)
    db.session.commit()
    own = assignment(one, city.bodies["roads"])
    reply.assignment = own
    return one, own, reply


def marked(page) -> list[str]:
    return [one.text for one in page.all("mark")]


@pytest.mark.parametrize("asked", [{"q": "养老"}, {"q": "养老 服务"}, {"q": "养老", "stage": "handed_over"}])
def test_of_many_found_the_same_page_is_shown_as_of_few(city, reader, monkeypatch, asked):
    for title in ("养老服务驿站", "停车", "居家养老服务", "养老补贴"):
        city.handed_over(title)
    for who in (city.user(Role.OFFICE_CLERK), city.user(Role.BODY_HANDLER, "roads")):
        asking, few, many = reader.signed_in_as(who), [], []
        for sort in ("newest", "number", "stage", "due"):
            few.append(numbers(asking.read("register.index", sort=sort, **asked)))
            with monkeypatch.context() as patched:
                patched.setattr(lines, "FEW", -1)
                many.append(numbers(asking.read("register.index", sort=sort, **asked)))
        assert few == many
        assert all(few)


@pytest.mark.parametrize(
    "q", ["养老", "驿站", "驿", "就餐", "就餐困难", "王秀英", "秀英", "wxy", "wangxiuying", "xiuying", "001", "2026-1"]
)
def test_it_is_found_by_whatever_it_holds(city, clerk, q):
    wanted = city.record("关于增设养老服务驿站的建议")
    other = structure.add_deputy(city.congress.id, "李建国", card_number="8", by=SYSTEM, at=clock.now())
    city.record("关于优化公交线路的建议", lead_deputy_id=other.id, text="班次太少。")
    assert numbers(clerk.read("register.index", q=q)) == [wanted.number]


@pytest.mark.parametrize("q", ["交通运输", "交运", "公路局", "roads"])
def test_a_body_is_found_by_every_name_it_has_and_had(city, clerk, q):
    structure.amend_body(
        city.bodies["roads"], short_name="交运局", former_names="市公路局、市交通局", by=SYSTEM, at=clock.now()
    )
    wanted = city.handed_over()
    city.handed_over(schools=Part.SOLE)
    assert numbers(clerk.read("register.index", q=q)) == [wanted.number]


def test_all_words_must_be_there_each_wherever_it_stands(city, clerk):
    one, _own, _reply = answered(city, "关于增设养老服务驿站的建议", "今年新建充电桩。")
    city.handed_over("关于增设养老服务驿站的建议")
    for q in ("养老 充电", "充电桩 王秀英", "wxy,就餐 充电 001", "交通运输　充电"):
        assert numbers(clerk.read("register.index", q=q)) == [one.number], q
    assert numbers(clerk.read("register.index", q="养老 充电 公交")) == []


@pytest.mark.parametrize(
    "q",
    [
        "%",
        "_",
        "*",
        '"',
        "'",
        "()",
        '"养',
        "🚲",
        "\\",
        "--",
        "NOT",
        "AND OR",
        "x:y*",
        "^q",
        "{a}",
        "NEAR(a b)",
        "!",
        "<->",
    ],
)
def test_signs_of_any_search_language_are_plain_characters(city, clerk, q):
    city.record("关于优化公交线路的建议")
    assert numbers(clerk.read("register.index", q=q)) == []


@pytest.mark.parametrize("q", ['"养老"', "养老*", "(养老)", "养老!", "-养老", "养老🚲", "'养老'; drop table x"])
def test_words_among_signs_are_still_found(city, clerk, q):
    wanted = city.record("关于养老的建议", text="drop table x")
    assert numbers(clerk.read("register.index", q=q)) == [wanted.number]


def test_a_hundred_characters_are_found_and_more_are_cut(city, clerk):
    wanted = city.record("长", text=LONG)
    assert numbers(clerk.read("register.index", q=LONG[:100])) == [wanted.number]
    assert numbers(clerk.read("register.index", q=LONG)) == [wanted.number]
    assert numbers(clerk.read("register.index", q="x" + LONG)) == []


def test_blanks_ask_for_nothing(city, clerk):
    one = city.record()
    assert numbers(clerk.read("register.index", q="  　 ")) == [one.number]


def test_what_is_found_is_marked_and_its_passage_shown(city, clerk):
    structure.amend_body(city.bodies["roads"], former_names="市公路局", by=SYSTEM, at=clock.now())
    answered(city, "关于<养老>的建议", LONG + "今年新建充电桩三百个。" + LONG)
    page = clerk.read("register.index", q="养老 就餐 充电 公路 wxy")
    assert marked(page) == ["养老", "就餐", "公路", "充电", "王秀英"]
    assert "关于<养老>的建议" in page.text
    assert "Text: 老年人就餐困难。" in page.text
    assert "Reply of 市交通运输局: …" in page.text
    assert "今年新建充电桩三百个。" in page.text
    assert "市交通运输局, also called: 市公路局" in page.text
    assert len(page.text) < 4_000
    assert marked(clerk.read("register.index")) == []


def test_a_co_signer_is_found_and_named(city, clerk):
    signer = structure.add_deputy(city.congress.id, "李建国", card_number="8", by=SYSTEM, at=clock.now())
    wanted = city.record(co_signer_ids=[signer.id])
    city.record()
    page = clerk.read("register.index", q="建国")
    assert numbers(page) == [wanted.number]
    assert "Co-signer: 李建国" in page.text
    assert numbers(clerk.read("register.index", q="ljg")) == [wanted.number]


def test_it_is_found_by_its_number_in_another_ledger(city, clerk):
    wanted = city.handed_over()
    city.handed_over()
    note_number(wanted, "省人大", "省2026-0417", by=CLERK, at=clock.now())
    db.session.commit()
    for q in ("0417", "省2026-0417"):
        page = clerk.read("register.index", q=q)
        assert numbers(page) == [wanted.number], q
    assert "Number at 省人大: 省2026-0417" in page.text


def test_it_is_found_at_once_and_after_a_change_under_its_new_words_only(city, clerk):
    one = city.record("关于增设充电桩的建议")
    assert numbers(clerk.read("register.index", q="充电")) == [one.number]
    one.title = "关于增设路灯的建议"
    make("amend", one, by=CLERK, on=TODAY, fields=["title"])
    db.session.commit()
    assert numbers(clerk.read("register.index", q="充电")) == []
    assert numbers(clerk.read("register.index", q="路灯")) == [one.number]


def test_nobody_finds_what_is_not_his_to_see_not_even_its_number(city, reader):
    city.handed_over("关于养老的建议", court=Part.SOLE)
    city.record("关于养老机构的建议", internal=True, key=True)
    page = reader.signed_in_as(city.user(Role.BODY_HANDLER, "roads")).read("register.index", q="养老")
    assert numbers(page) == []
    assert "养老" not in page.text
    leader = reader.signed_in_as(city.user(Role.LEADER)).read("register.index", q="养老机构")
    assert numbers(leader) == []
    assert "No suggestion fits." in leader.text


def test_a_draft_is_found_by_its_own_body_only(city, reader, clerk):
    one = city.handed_over()
    own = assignment(one, city.bodies["roads"])
    save_draft(own, a_content(text="拟建充电桩。"), version=None, by=actor_of(own), at=clock.now())
    db.session.commit()
    assert numbers(clerk.read("register.index", q="充电")) == []
    deputy = reader.signed_in_as(city.user(Role.DEPUTY, deputy=city.deputy))
    assert numbers(deputy.read("register.index", q="充电")) == []
    handler = reader.signed_in_as(city.user(Role.BODY_HANDLER, "roads"))
    assert numbers(handler.read("register.index", q="充电")) == [one.number]


def test_a_passage_of_a_reply_that_may_not_be_read_is_not_shown(city, reader):
    one, _own, reply = answered(city, "关于充电桩的建议", "秘而不宣的充电安排。")
    deputy = reader.signed_in_as(city.user(Role.DEPUTY, deputy=city.deputy))
    assert numbers(deputy.read("register.index", q="安排")) == []
    assert "秘而不宣" not in deputy.read("register.index", q="充电").text
    deliver(reply, assignment(one, city.bodies["roads"]), by=CLERK, on=HANDED_OVER_ON, tell=False)
    db.session.commit()
    assert numbers(deputy.read("register.index", q="安排")) == [one.number]


def test_another_congress_is_not_searched(city, clerk):
    elsewhere = build_elsewhere()
    assert numbers(clerk.read("register.index", q="养老")) == []
    assert numbers(clerk.read("register.index", q=elsewhere.number)) == []


def build_elsewhere():
    from tests import makers

    congress = makers.a_congress()
    made = makers.a_suggestion(makers.a_meeting(congress), makers.a_deputy(congress), title="关于养老的建议")
    db.session.commit()
    return made


def test_a_searched_page_asks_as_often_for_many_rows_as_for_few(city, clerk, app):
    structure.amend_body(city.bodies["roads"], former_names="市公路局", by=SYSTEM, at=clock.now())
    answered(city, "甲", "新建充电桩。")
    q = "就餐 充电 公路 wxy"
    few = statements(app, lambda: clerk.read("register.index", q=q))
    for n in range(6):
        answered(city, f"甲{n}", "新建充电桩。")
    many = statements(app, lambda: clerk.read("register.index", q=q))
    assert len(many) == len(few) <= 16, "\n".join(many)
