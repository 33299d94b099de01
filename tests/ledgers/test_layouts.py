"""The office's layouts: what they look like, what fills them, and what never leaves in them."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa

from tests.makers import Case, a_case, a_submitted_reply, a_suggestion, a_user, an_officer, assignments_of
from tests.register.test_list import statements
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.handling.actions import deliver
from tracker.handling.models import Publication, Reply, ReplyPublicity
from tracker.ledgers import writing
from tracker.ledgers.filling import FIELDS, Filling
from tracker.ledgers.layouts import get_layout, layouts
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure.models import Meeting, Rank
from tracker.suggestion.models import Publicity

ON = date(2026, 3, 2)


@pytest.fixture
def case(session, stopped_clock) -> Case:
    stopped_clock(ON)
    return a_case()


def row_of(layout: str, visitor: User, *ids: int) -> dict[str, str]:
    """The last row of a layout, by heading."""
    chosen = get_layout(layout)
    rows = list(Filling(chosen, visitor, on=ON).rows(ids))
    return {column.heading: text for column, text in zip(chosen.columns, rows[-1], strict=True)}


def answered(case: Case, **said: Any) -> None:
    [lead, *_rest] = assignments_of(case.suggestion)
    deliver(a_submitted_reply(lead, ON, **said), lead, by=case.by_office, on=ON, tell=False)
    db.session.commit()


def test_every_layout_names_fields_that_are_known():
    for layout in layouts():
        assert [name for column in layout.columns for name in column.fill if name not in FIELDS] == []
        assert "{of}" in layout.title


@pytest.mark.parametrize("said", ["7", "replies", "代表建议办理答复公开"])
def test_a_layout_is_found_by_number_key_and_name(said):
    assert get_layout(said).number == 7


def test_a_layout_nobody_knows_is_refused_with_those_there_are():
    with pytest.raises(RuleBroken, match="1 catalogue, 2 key-catalogue, 6 handling-list"):
        get_layout("99")


def test_a_group_stands_over_its_columns_and_the_others_go_down_two_rows():
    layout = get_layout("7")
    upper, lower = layout.header
    assert upper == ["提出者", "号", "标题", "内容", "承办单位", "", "答复日期", "答复内容"]
    assert lower == ["", "", "", "", "主办", "协办", "", ""]
    assert (0, 4, 0, 5) in layout.merges
    assert (0, 0, 1, 0) in layout.merges


def test_the_sheet_looks_as_the_office_prints_it():
    layout = get_layout("7")
    rows = [["赵甲一", "第1号", "=1+1", "", "市城建局", "", "2026-03-02", "字" * 40_000]]
    book = openpyxl.load_workbook(BytesIO(writing.xlsx(layout, "某会议代表建议办理答复公开", rows)))
    [page] = book.worksheets
    assert {str(one) for one in page.merged_cells.ranges} >= {"A1:H1", "E2:F2", "A2:A3", "H2:H3"}
    assert (page["A1"].value, page["E2"].value, page["F3"].value) == ("某会议代表建议办理答复公开", "承办单位", "协办")
    assert (page["C4"].value, page["C4"].data_type, page["C4"].quotePrefix) == ("=1+1", "s", True)
    assert page["H4"].value.endswith("……(全文见办理系统)")
    assert len(page["H4"].value) <= 32_767
    assert (page.print_title_rows, page.page_setup.orientation, page.freeze_panes) == ("$1:$3", "landscape", "A4")
    assert [round(page.column_dimensions[letter].width) for letter in "ABCD"] == [17, 11, 35, 51]


def test_a_csv_holds_the_same_rows_and_no_formula():
    out = StringIO()
    writing.write_csv(out, get_layout("1"), "目录", [["=1", "赵", "修路", "", ""]])
    rows = list(csv.reader(StringIO(out.getvalue())))
    assert [row[0] for row in rows] == ["目录", "建议编号", "'=1", "合计"]
    assert rows[-1][1] == "1件"


def test_an_empty_list_has_no_totals():
    rows = openpyxl.load_workbook(BytesIO(writing.xlsx(get_layout("1"), "目录", []))).worksheets[0].max_row
    assert rows == 2


def test_a_list_of_key_items_says_so_in_its_title():
    layout = get_layout("2")
    assert writing.title_of(layout, "某会议", only_key_items=True) == "某会议代表重点建议目录"
    assert writing.title_of(layout, "某会议", only_key_items=False) == "某会议代表建议目录"


def test_what_the_stages_know_fills_the_cells(case):
    [lead, *_rest] = assignments_of(case.suggestion)
    an_officer(lead.body, Rank.DEPUTY_HEAD)
    answered(case)
    listed = row_of("6", case.clerk, case.suggestion.id)
    assert (listed["提案人"], listed["承办单位"]) == ("赵代表、钱附议", "市交通局、市财政局")
    assert (listed["交办日期"], listed["反馈时间"], listed["办理情况"]) == (
        "2026-03-02",
        "2026-03-02",
        "道路已经拓宽。",
    )
    assert listed["责任领导"] == "林承办"
    handed = row_of("14", case.clerk, case.suggestion.id)
    assert (handed["联系人"], handed["办理时限"]) == ("林承办", "2026-06-02")
    apart = row_of("7", case.clerk, case.suggestion.id)
    assert (apart["主办"], apart["协办"], apart["内容"]) == ("市交通局", "市财政局", "道路狭窄,请予拓宽。")


def test_the_first_day_a_reply_was_published_is_that_of_the_list(case):
    answered(case)
    assert row_of("8", case.clerk, case.suggestion.id)["发布日期"] == ""
    reply = db.session.scalars(sa.select(Reply)).one()
    db.session.add(Publication(reply_id=reply.id, on=date(2026, 3, 9), place="市政府网站", noted_by="孙办"))
    db.session.commit()
    assert row_of("8", case.clerk, case.suggestion.id)["发布日期"] == "2026-03-09"


def test_a_reply_nobody_has_delivered_is_in_no_ledger(case):
    [lead, *_rest] = assignments_of(case.suggestion)
    a_submitted_reply(lead, ON)
    db.session.commit()
    assert row_of("6", case.clerk, case.suggestion.id)["办理情况"] == ""


def test_of_an_internal_matter_only_the_number_leaves(case):
    answered(case)
    case.suggestion.internal = True
    db.session.commit()
    for layout in layouts():
        cells = [text for text in row_of(str(layout.number), case.clerk, case.suggestion.id).values() if text]
        assert set(cells) <= {case.suggestion.number, "internal, not exported", "内部,不导出", "1"}, layout.key


def test_what_may_not_be_published_stands_in_no_public_layout(case):
    answered(case, publicity=ReplyPublicity.NO)
    case.suggestion.publicity = Publicity.TITLE_ONLY
    db.session.commit()
    public = row_of("7", case.clerk, case.suggestion.id)
    assert (public["内容"], public["答复内容"]) == ("不予公开", "不予公开")
    assert "道路" in public["标题"]


def test_the_offices_remark_and_the_officers_are_not_for_everybody(case):
    case.suggestion.remark, case.suggestion.key = "先看现场", True
    deputy = a_user(case.congress, Role.DEPUTY, deputy_id=case.deputy.id)
    db.session.commit()
    assert row_of("1", case.clerk, case.suggestion.id)["备注"] == "重点督办;先看现场"
    assert row_of("1", deputy, case.suggestion.id)["备注"] == "重点督办"
    assert row_of("14", deputy, case.suggestion.id)["联系人"] == ""


def test_a_body_reads_its_own_last_day_only(case):
    helper = a_user(case.congress, Role.BODY_HANDLER, body_id=case.co.body_id)
    db.session.commit()
    assert row_of("14", case.handler, case.suggestion.id)["办理时限"] == "2026-06-02"
    assert row_of("14", helper, case.suggestion.id)["办理时限"] == ""


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("layout", [one.key for one in layouts()])
def test_many_rows_take_no_more_statements_than_one(case, app, layout):
    meeting = db.session.get_one(Meeting, case.suggestion.meeting_id)
    ids = [a_suggestion(meeting, case.deputy, case.signer).id for _ in range(12)]
    db.session.commit()
    one = statements(app, lambda: row_of(layout, case.clerk, case.suggestion.id))
    many = statements(app, lambda: row_of(layout, case.clerk, case.suggestion.id, *ids))
    assert len(many) == len(one) <= 16
