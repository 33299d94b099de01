"""The index says what the rows say, on both databases, in the transaction that writes them."""

import pytest
import sqlalchemy as sa

from tests import makers
from tests.databases import let_go
from tracker.care.doctor import examine
from tracker.database import db
from tracker.search import keeping, kept
from tracker.search.queries import alike, found
from tracker.search.rules import PIECE, Kind, sought
from tracker.structure import actions as structure
from tracker.structure.models import Deputy


@pytest.fixture
def congress(session):
    made = makers.a_congress()
    session.commit()
    return made


def a_suggestion(congress, title: str = "关于拓宽道路的建议"):
    return makers.a_suggestion(makers.a_meeting(congress), makers.a_deputy(congress, "孔九"), title=title)


def ids(question: str, kind: Kind, congress) -> set[int]:
    [word] = sought(question)
    return set(db.session.scalars(found(word, kind, congress.id)))


@pytest.mark.parametrize(
    "question", ["养老", "老驿", "养老驿站", "驿", "5G", "5g", "２０２６", "站5G基", "5G基", "wifi", "wi"]
)
def test_a_title_is_found_by_what_stands_in_it(congress, question):
    made = a_suggestion(congress, "2026年养老驿站5G基地WiFi")
    db.session.flush()
    assert ids(question, Kind.TITLE, congress) == {made.id}


@pytest.mark.parametrize("question", ["养驿", "老养", "养老站", "基", "026", "ifi", "地养老"])
def test_and_by_nothing_else(congress, question):
    a_suggestion(congress, "2026年养老驿站,地 WiFi")
    assert ids(question, Kind.TITLE, congress) == set()


@pytest.mark.parametrize("question", ["王秀英", "秀英", "王", "wangxiuying", "wangxiu", "wxy", "xiuying", "WXY"])
def test_a_deputy_is_found_by_name_sound_and_initials(congress, question):
    deputy = makers.a_deputy(congress, "王秀英")
    makers.a_deputy(congress, "李建国")
    assert ids(question, Kind.DEPUTY, congress) == {deputy.id}


@pytest.mark.parametrize("question", ["市交通运输局", "交通", "交运局", "Transport", "市公路局", "公路"])
def test_a_body_is_found_by_short_and_former_names(congress, question):
    body = makers.a_body(congress, "市公路局", short_name="交运局", name_en="Transport Bureau")
    structure.amend_body(body, name="市交通运输局", **makers.entered())
    db.session.flush()
    assert ids(question, Kind.BODY, congress) == {body.id}


def test_what_is_renamed_is_not_found_by_what_it_never_was(congress):
    deputy = makers.a_deputy(congress, "王秀英")
    deputy.name = "李建国"
    db.session.flush()
    assert ids("王秀英", Kind.DEPUTY, congress) == set()
    assert ids("ljg", Kind.DEPUTY, congress) == {deputy.id}


def test_what_is_removed_is_found_no_more(congress):
    deputy = makers.a_deputy(congress, "王秀英")
    db.session.flush()
    db.session.delete(deputy)
    db.session.flush()
    assert ids("王秀英", Kind.DEPUTY, congress) == set()
    assert list(keeping.problems()) == []


def test_what_is_rolled_back_is_not_found(congress):
    makers.a_deputy(congress, "王秀英")
    db.session.rollback()
    assert ids("王秀英", Kind.DEPUTY, congress) == set()


def test_what_a_savepoint_takes_back_is_not_found(congress):
    kept_one = makers.a_deputy(congress, "王秀英")
    undone = db.session.begin_nested()
    makers.a_deputy(congress, "王秀兰")
    undone.rollback()
    assert ids("王秀", Kind.DEPUTY, congress) == {kept_one.id}


def test_another_congress_is_another_index(congress):
    other = structure.add_congress("江南区人民代表大会", "county", rules_name="default", **makers.entered())
    here, there = makers.a_deputy(congress, "王秀英"), makers.a_deputy(other, "王秀英")
    assert ids("秀英", Kind.DEPUTY, congress) == {here.id}
    assert ids("wxy", Kind.DEPUTY, other) == {there.id}


def test_a_word_far_on_in_a_long_text_is_found_also_across_the_edge_of_a_piece(congress):
    text = "".join(chr(0x4E00 + n * 7 % 15_000) for n in range(PIECE * 5 + 17)) + "养老驿站"
    made = a_suggestion(congress)
    made.text = text
    db.session.flush()
    for at in (PIECE * 5 + 17, PIECE - 50, PIECE * 3 - 1):
        assert ids(text[at : at + 100], Kind.TEXT, congress) == {made.id}


def test_the_index_of_everything_made_by_actions_is_what_the_rows_say(session, stopped_clock):
    stopped_clock(makers.HANDED_OVER_ON)
    case = makers.a_case()
    makers.a_submitted_reply(case.lead, makers.HANDED_OVER_ON, text="养老驿站已建成。")
    session.commit()
    assert ids("已建成", Kind.REPLY, case.congress) != set()
    assert [one for one in examine() if one.kind == "search"] == []


def test_what_was_written_past_the_index_is_seen_and_mended(congress):
    deputy = makers.a_deputy(congress, "王秀英")
    gone = makers.a_deputy(congress, "李建国")
    db.session.flush()
    db.session.execute(sa.update(Deputy).where(Deputy.id == deputy.id).values(name="赵四海"))
    db.session.execute(sa.delete(Deputy).where(Deputy.id == gone.id))
    db.session.expire_all()
    [problem] = keeping.problems()
    assert problem.values == {"count": 2, "kind": "deputy", "id": deputy.id}
    assert keeping.mend() == 2
    assert ids("zsh", Kind.DEPUTY, congress) == {deputy.id}
    assert ids("李建国", Kind.DEPUTY, congress) == set()
    assert list(keeping.problems()) == []


def test_what_belongs_to_nothing_is_seen_and_mended(congress):
    stray = keeping.place(congress.id + 5, Kind.TITLE, 9)
    kept.write(db.session, [(stray, "无主")])
    [problem] = keeping.problems()
    assert problem.values["kind"] == "unknown"
    assert keeping.mend() == 1
    assert list(keeping.problems()) == []


@pytest.mark.engines("sqlite")
def test_an_index_that_lost_its_inner_order_is_seen_and_built_anew(congress):
    deputy = makers.a_deputy(congress, "王秀英")
    db.session.commit()
    db.session.execute(sa.text("DELETE FROM search_words_data WHERE id > 10"))
    db.session.commit()
    assert [one.kind for one in examine() if one.kind in ("database", "search")] != []
    keeping.mend()
    db.session.commit()
    assert ids("秀英", Kind.DEPUTY, congress) == {deputy.id}
    assert [one for one in examine() if one.kind == "database"] == []


def test_the_command_compares_and_rebuilds(app, congress):
    makers.a_deputy(congress, "王秀英")
    db.session.commit()
    kept.erase(db.session, [(0, 2**62)])
    db.session.commit()
    runner = app.test_cli_runner()
    assert runner.invoke(args=["search"]).exit_code == 1
    assert "is built anew" in runner.invoke(args=["search", "--rebuild"]).output
    said = runner.invoke(args=["search"])
    assert (said.exit_code, said.output.strip()) == (0, "The index is what the texts say.")
    db.session.rollback()
    let_go(app)


def test_the_most_alike_come_first(congress):
    titles = ("关于增设养老服务驿站的建议", "关于优化公交线路的建议", "关于在老城区增设社区养老驿站的建议")
    made = [a_suggestion(congress, title).id for title in titles]
    db.session.flush()
    found_ids = [one for one, _score in alike("增设老城区养老驿站", Kind.TITLE, congress.id)]
    assert found_ids == [made[2], made[0]]
    assert alike("🚲", Kind.TITLE, congress.id) == []
    assert alike("", Kind.TITLE, congress.id) == []


def test_a_text_of_signs_only_has_no_words_and_is_in_order(congress):
    made = a_suggestion(congress, "？！")
    made.text = "。。。"
    db.session.flush()
    assert list(keeping.problems()) == []
    assert keeping.mend() == 0
