"""A whole structure with its reforms, absences and terms goes out and comes back the same."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.structure.conftest import ACTING
from tracker.structure import actions, columns, keeping, workbook
from tracker.structure.loading import load
from tracker.structure.models import Deputy, Officer, Succession, SuccessionKind
from tracker.web.sheets import Sheet, book

ON = date(2026, 3, 2)
SHEETS = [
    Sheet("届次", ["届次", "开始日期", "结束日期"], [["8", "2017-01-10", "2022-01-09"], ["9", "2022-01-10", ""]]),
    Sheet(
        "机构",
        ["名称", "系统", "是否枢纽", "归口单位", "是否专委会", "对口联系", "撤销日期"],
        [
            ["市农业委员会", "政府", "", "市政府办公室", "", "", "2019-03-01"],
            ["市农业农村局", "政府", "", "市政府办公室", "", "农业委", ""],
            ["市政府办公室", "政府", "是", "", "", "", ""],
            ["农业委", "人大", "", "", "是", "", ""],
        ],
    ),
    Sheet(
        "机构沿革",
        ["原机构", "承接机构", "方式", "日期", "文号"],
        [["市农业委员会", "市农业农村局", "更名", "2019-03-01", "临发〔2019〕1号"]],
    ),
    Sheet(
        "联系人",
        ["单位", "姓名", "层级", "邮箱", "共用邮箱", "离岗起始日期", "离岗结束日期", "代理人"],
        [
            ["市农业农村局", "孙三", "联系人", "sun@a.example", "是", "2026-03-01", "2026-03-31", "市政府办公室/李四"],
            ["市政府办公室", "李四", "联系人", "li@a.example", "", "", "", ""],
        ],
    ),
    Sheet("代表团", ["名称", "届次"], [["江北代表团", "8"], ["江北代表团", "9"]]),
    Sheet(
        "代表",
        ["姓名", "届次", "代表团", "代表证号", "上届代表证号", "在任"],
        [
            ["王一", "9", "江北代表团", "0008", "0001", "是"],
            ["王一", "8", "江北代表团", "0001", "", "否"],
            ["王一", "9", "江北代表团", "0009", "", "是"],
        ],
    ),
]


@pytest.fixture
def congress(session):
    return actions.add_congress("临江市人民代表大会", "city", rules_name="default", **ACTING)


def taken(content, congress, tmp_path):
    path = tmp_path / "structure.xlsx"
    path.write_bytes(content)
    return load(workbook.read(path), congress.id, on=ON, **ACTING)


@pytest.fixture
def first(congress, tmp_path):
    done = taken(book(SHEETS), congress, tmp_path)
    assert [(one.name, one.why) for one in done.outcomes if one.why] == []
    return done


def test_every_sheet_comes_in_in_whatever_order(first, congress, session):
    assert first.count("added") == len(first.outcomes) == 14
    [row] = session.scalars(sa.select(Succession))
    assert (row.kind, row.document_number) == (SuccessionKind.RENAMED, "临发〔2019〕1号")
    sun, li = session.scalars(sa.select(Officer).order_by(Officer.id))
    assert (sun.substitute_id, sun.absent_until_on) == (li.id, date(2026, 3, 31))
    assert (sun.shared, li.shared) == (True, False), "whether several people read a mailbox"
    old = session.scalars(sa.select(Deputy).where(Deputy.card_number == "0001")).one()
    new, other = session.scalars(sa.select(Deputy).where(Deputy.active.is_(True)).order_by(Deputy.card_number))
    assert (new.first_card_id, other.first_card_id, old.first_card_id) == (old.id, None, None)
    assert new.delegation_id != old.delegation_id


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_goes_out_comes_back_the_same(first, congress, session, tmp_path, language):
    before = keeping.rows_of(congress.id)
    done = taken(workbook.written(before, language), congress, tmp_path)
    assert (done.is_clean, done.count("unchanged")) == (True, len(done.outcomes))
    session.flush()
    assert keeping.rows_of(congress.id) == before


def test_it_fills_another_congress_with_the_same_rows(first, congress, session, tmp_path):
    before = keeping.rows_of(congress.id)
    other = actions.add_congress("临海市人民代表大会", "city", rules_name="default", **ACTING)
    done = taken(workbook.written(before, "zh"), other, tmp_path)
    assert (done.is_clean, done.count("added")) == (True, 14)
    assert keeping.rows_of(other.id) == before


@pytest.mark.parametrize(
    ("sheet", "headers", "row", "why"),
    [
        (
            "机构沿革",
            ["原机构", "承接机构", "方式", "日期"],
            ["市农业农村局", "市农业委员会", "更名", "2020-01-01"],
            "came from",
        ),
        (
            "机构沿革",
            ["原机构", "承接机构", "方式", "日期"],
            ["市农业农村局", "市政府办公室", "变了", "2020-01-01"],
            "none of",
        ),
        ("机构沿革", ["原机构", "承接机构", "方式"], ["市农业农村局", "市政府办公室", "合并"], "is missing"),
        ("联系人", ["单位", "姓名", "代理人"], ["市农业农村局", "孙三", "无此人"], "no one officer"),
        ("代表", ["姓名", "届次"], ["赵六", "12"], "There is no term 12"),
        ("代表", ["姓名", "代表证号", "上届代表证号"], ["赵六", "0100", "9999"], "no earlier card"),
    ],
)
def test_a_row_that_cannot_be_says_why(first, congress, tmp_path, sheet, headers, row, why):
    done = taken(book([Sheet(sheet, headers, [row])]), congress, tmp_path)
    assert [why in str(one.why) for one in done.outcomes] == [True], [str(one.why) for one in done.outcomes]


def test_the_words_of_a_workbook_stand_in_the_language_of_its_reader():
    written = [column.names for _names, held in columns.SHEETS.values() for column in held]
    written += [names for words in columns.WORDS.values() for names in words.values()]
    assert [names for names in written if not names[0].isascii() or names[1].isascii()] == []
