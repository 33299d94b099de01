"""A ledger's rows become rows of every stage."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from tests.ledgers.sheets_made import TODAY
from tests.small_city import SmallCity
from tracker import clock
from tracker.deadlines.queries import open_for
from tracker.dispatch.models import Assignment, HandOver, Proposal
from tracker.errors import RuleBroken
from tracker.feedback.models import Rating
from tracker.feedback.studying import pending
from tracker.handling.models import Reply
from tracker.ledgers import entering, known, outcomes
from tracker.ledgers.models import ImportedRow, LedgerImport
from tracker.ledgers.report import Report
from tracker.structure.models import Body, Deputy
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Entry, Suggestion

FIRST = (
    "第1号",
    "赵甲一、钱乙",
    "修路",
    "市城建局\n市财政局",
    "2026-03-15",
    "2026-06-01",
    "已修好。",
    "A",
    "满意",
    "周戊",
)
SECOND = ("第2号", "钱乙", "架桥", "交通局", "2026-03-15", "", "", "", "", "")


def count(session, kind: Any) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(kind))


def why(report: Report) -> list[str]:
    return [question.why for question in report.sorted_questions()]


def test_what_a_row_says_becomes_rows_of_those_stages(bring_in, session, city: SmallCity) -> None:
    report = bring_in(FIRST, SECOND)
    assert (report.rows, report.imported, report.updated, why(report)) == (2, 2, 0, [])
    assert count(session, HandOver) == 1
    road, bridge = session.scalars(sa.select(Suggestion).order_by(Suggestion.id))
    assert (road.stage, bridge.stage) == (Stage.RATED, Stage.HANDED_OVER)
    assert (road.number, road.handed_over_on) == ("第1号", date(2026, 3, 15))
    standings = list(session.execute(sa.select(Assignment.part, Assignment.standing).order_by(Assignment.id)))
    assert standings == [("lead", Standing.RATED), ("co", Standing.UNHEARD), ("sole", Standing.ASSIGNED)]
    reply = session.scalars(sa.select(Reply).options(sa.orm.undefer(Reply.text))).one()
    assert (reply.text, reply.class_label, reply.outcome, reply.contact_person) == ("已修好。", "A", "solved", "周戊")
    assert (reply.submitted_on, reply.letter_on) == (date(2026, 6, 1), date(2026, 6, 1))
    rating = session.scalars(sa.select(Rating)).one()
    assert (rating.result, rating.attitude, rating.channel, rating.on) == ("satisfied", None, "ledger", TODAY)


def test_history_bears_the_ledgers_days_and_nothing_answered_is_chased(bring_in, session) -> None:
    bring_in(FIRST)
    days = {entry.move: entry.on for entry in session.scalars(sa.select(Entry).order_by(Entry.id))}
    assert (days["record"], days["hand_over"]) == (date(2026, 1, 10), date(2026, 3, 15))
    assert days["submit"] == days["deliver"] == date(2026, 6, 1)
    for number in session.scalars(sa.select(Assignment.id)):
        assert open_for(assignment_id=number) == []


def test_the_clock_of_what_is_not_answered_runs_from_the_ledgers_hand_over(bring_in, session) -> None:
    bring_in(SECOND)
    [assignment] = session.scalars(sa.select(Assignment.id))
    assert {clock.kind: clock.due_on for clock in open_for(assignment_id=assignment)}["reply"] == date(2026, 6, 15)


def test_the_same_ledger_twice_adds_nothing(bring_in, session) -> None:
    bring_in(FIRST, SECOND, ("", "孙丙", "无号", "", "", "", "", "", "", ""))
    before = {kind: count(session, kind) for kind in (Suggestion, Entry, Assignment, Reply, Rating, LedgerImport)}
    again = bring_in(FIRST, SECOND, ("", "孙丙", "无号", "", "", "", "", "", "", ""))
    assert (again.rows, again.imported, again.updated, again.import_id) == (3, 0, 0, None)
    assert {kind: count(session, kind) for kind in before} == before


def test_another_ledger_of_the_same_items_completes_them(bring_in, session) -> None:
    bring_in(("1", "赵甲一", "修路", "城建局"), header=("编号", "领衔代表", "标题", "拟主办单位"))
    assert (count(session, Proposal), count(session, Assignment)) == (1, 0)
    report = bring_in(FIRST)
    assert (report.imported, report.updated) == (0, 1)
    road = session.scalars(sa.select(Suggestion)).one()
    assert (road.stage, count(session, Assignment)) == (Stage.RATED, 2)
    texts = bring_in(("001", "赵甲一", "修路", "路面破损，请修。"), header=("编号", "领衔代表", "标题", "正文"))
    assert (texts.imported, texts.updated) == (0, 1)
    session.refresh(road, ["text"])
    assert road.text == "路面破损，请修。"


def test_what_is_there_is_never_overwritten(bring_in, session) -> None:
    bring_in(("1", "赵甲一", "修路", "旧"), header=("编号", "领衔代表", "标题", "正文"))
    report = bring_in(("1", "钱乙", "修路", "新"), header=("编号", "领衔代表", "标题", "正文"))
    assert (report.imported, report.updated) == (0, 0)
    assert session.scalar(sa.select(Suggestion.text)) == "旧"


def test_a_number_that_belongs_to_another_suggestion_is_a_question(bring_in, session) -> None:
    bring_in(SECOND)
    report = bring_in(("2", "赵甲一", "种树", "", "", "", "", "", "", ""))
    assert (report.imported, report.updated, why(report)) == (0, 0, [entering.OTHER_ITEM])
    assert session.scalar(sa.select(Suggestion.title)) == "架桥"


def test_a_ledger_that_names_other_bodies_is_asked_about(bring_in, session) -> None:
    bring_in(SECOND)
    report = bring_in((*SECOND[:3], "市财政局", *SECOND[4:]))
    assert (report.updated, why(report)) == (0, [outcomes.OTHER_BODY])


def test_unknown_names_are_asked_about_once_and_made_only_on_request(bring_in, session) -> None:
    rows = [("1", "孙丙", "修路", "水利局", *[""] * 6), ("2", "孙丙", "架桥", "水利局", *[""] * 6)]
    report = bring_in(*rows)
    assert report.imported == 2
    assert [(one.value, one.why, one.values["rows"]) for one in report.questions] == [
        ("孙丙", known.UNKNOWN_DEPUTY, 2),
        ("水利局", known.UNKNOWN_BODY, 2),
    ]
    assert (count(session, Body), count(session, Deputy)) == (3, 2)
    more = bring_in(*rows, create={"bodies", "deputies"})
    assert (more.imported, more.updated, more.questions) == (0, 2, [])
    assert more.created == {"deputies": ["孙丙"], "bodies": ["水利局"]}


def test_a_row_with_an_unknown_body_waits_whole_and_is_completed_later(bring_in, session) -> None:
    row = ("1", "赵甲一", "修路", "市城建局、水利局", "2026-03-15", "2026-06-01", "已办。", "A", "", "")
    assert why(bring_in(row)).count(known.UNKNOWN_BODY) == 1
    assert (count(session, Assignment), count(session, Reply)) == (0, 0)
    assert session.scalars(sa.select(ImportedRow)).one().cells["答复内容"] == "已办。"
    assert bring_in(row, create={"bodies"}).updated == 1
    assert (count(session, Assignment), count(session, Reply)) == (2, 1)


def test_without_a_hand_over_day_bodies_stay_proposed_and_the_reply_is_a_question(bring_in, session) -> None:
    report = bring_in(("1", "赵甲一", "修路", "城建局", "3月15日", "2026-06-01", "已办。", "A", "", ""))
    assert [one.column for one in report.questions] == ["交办日期"]
    assert (count(session, Proposal), count(session, Assignment), count(session, Reply)) == (1, 0, 0)
    assert report.imported == 1


def test_what_no_column_holds_is_asked_once_for_the_ledger(bring_in) -> None:
    header = ("编号", "领衔代表", "标题", "主办单位", "答复日期", "答复内容")
    rows = [(str(n), "赵甲一", f"修路{n}", "城建局", "2026-06-01", "已办。") for n in range(1, 4)]
    report = bring_in(*rows, header=header)
    assert [(one.why, one.values) for one in report.questions] == [
        (outcomes.NO_DAY_AT_ALL, {"rows": 3}),
        (outcomes.NOBODYS_REPLIES, {"rows": 3}),
    ]


def test_a_repeated_number_keeps_both_rows_and_invents_none(bring_in, session) -> None:
    rows = [("12", "赵甲一", "修路", *[""] * 7), ("012", "钱乙", "架桥", *[""] * 7)]
    assert bring_in(*rows).imported == 2
    kept = sa.select(Suggestion.number, Suggestion.number_key).order_by(Suggestion.id)
    assert list(session.execute(kept)) == [("12", "12"), ("012", None)]
    assert bring_in(*rows).imported == 0


def test_rows_that_are_alike_to_the_last_letter_stay_two(bring_in, session) -> None:
    header, row = ("领衔代表", "标题"), ("赵甲一", "修路")
    assert [bring_in(row, row, header=header).imported, bring_in(row, row, header=header).imported] == [2, 0]


def test_a_dissatisfied_rating_waits_to_be_studied(bring_in, session) -> None:
    row = (*FIRST[:8], "不满意", "")
    bring_in(row)
    assert list(session.scalars(sa.select(Assignment.round).order_by(Assignment.id))) == [1, 1]
    assert len(session.scalars(pending()).all()) == 1
    again = bring_in(row)
    assert (again.imported, again.updated) == (0, 0)


def test_separate_bodies_and_one_reply_is_a_question(bring_in, session) -> None:
    header = ("编号", "领衔代表", "标题", "分别办理单位", "交办日期", "答复日期")
    report = bring_in(("1", "赵甲一", "修路", "城建局、财政局", "2026-03-15", "2026-06-01"), header=header)
    assert why(report) == [outcomes.WHOSE_REPLY]
    assert (count(session, Assignment), count(session, Reply)) == (2, 0)


def test_a_dry_run_tells_all_and_leaves_nothing(bring_in, session) -> None:
    report = bring_in(FIRST, SECOND, dry_run=True, meeting=None, create={"bodies", "deputies"})
    assert (report.rows, report.imported) == (2, 2)
    assert {count(session, kind) for kind in (Suggestion, Entry, HandOver, LedgerImport)} == {0}


def test_a_refused_row_stops_the_whole_ledger_or_is_left_out_when_asked(bring_in, session) -> None:
    secret = ("2", "钱乙", "【机密】某事", *[""] * 7)
    rows = [FIRST, *(("x" + str(n), "赵甲一", f"题{n}", *[""] * 7) for n in range(12)), secret]
    with pytest.raises(RuleBroken, match="Row 15"):
        bring_in(*rows)
    assert count(session, Suggestion) == 0
    report = bring_in(*rows, partial=True)
    assert (report.imported, [one.row for one in report.skipped]) == (13, [15])


def test_a_cell_too_long_is_cut_with_a_question_and_kept_whole_with_the_row(bring_in, session) -> None:
    report = bring_in(("1", "赵甲一", "修" * 400, *[""] * 7))
    assert why(report) == [entering.TOO_LONG]
    assert len(session.scalar(sa.select(Suggestion.title))) == 300
    assert session.scalars(sa.select(ImportedRow)).one().cells["建议标题"] == "修" * 400


def test_a_namesake_is_told_apart_by_the_delegation(bring_in, session, city: SmallCity) -> None:
    from tracker.structure.actions import add_delegation, add_deputy

    now = {"by": city.by, "at": clock.now()}
    south = add_delegation(city.congress.id, "南河代表团", **now)
    namesake = add_deputy(city.congress.id, "赵甲一", delegation_id=south.id, card_number="9", **now)
    header = ("编号", "领衔代表", "代表团", "标题")
    report = bring_in(("1", "赵甲一", "南河代表团", "修路"), ("2", "赵甲一", "", "架桥"), header=header)
    assert list(session.scalars(sa.select(Suggestion.lead_deputy_id).order_by(Suggestion.id))) == [namesake.id, None]
    assert why(report) == [known.SEVERAL_DEPUTIES]
