"""`structure`: a whole structure in, twice without harm, or not at all."""

import json

import pytest
import sqlalchemy as sa

from tracker.structure.models import Body, Charge, Congress, Delegation, Deputy, Officer, Pairing
from tracker.web.sheets import Sheet, book

KINDS = (Body, Officer, Delegation, Deputy, Charge, Pairing)
BODIES = [
    ["市教育局", "教育局", "政府", "", "市政府办公室", "教科文卫委员会"],
    ["市政府办公室", "", "政府", "是", "", ""],
    ["教科文卫委员会", "", "人大", "", "", ""],
]
HEADS = ["名称*", "简称", "系统", "是否枢纽", "归口单位", "对口联系"]


@pytest.fixture
def congress(session):
    from tests.structure.conftest import ACTING
    from tracker.structure.actions import add_congress

    made = add_congress("临江市人民代表大会", "city", rules_name="default", **ACTING)
    session.commit()
    return made


@pytest.fixture
def run(app, congress, session):
    def call(*arguments):
        session.rollback()
        return app.test_cli_runner().invoke(args=["structure", *map(str, arguments)])

    return call


def sheets(**changed):
    whole = {
        "机构": ([*HEADS, "是否专委会"], [[*row, "是" if "委员会" in row[0] else ""] for row in BODIES]),
        "联系人": (
            ["单位", "姓名", "层级", "邮箱", "分管单位"],
            [["", "赵副市长", "副市长", "zhao@city.example", "教育局"]],
        ),
        "代表团": (["代表团"], [["江北代表团"]]),
        "代表": (["姓名", "代表团", "代表证号"], [["王一", "江北代表团", "0001"], ["王一", "江北代表团", "0002"]]),
    }
    return [Sheet(name, *content) for name, content in {**whole, **changed}.items()]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "structure.xlsx"
    path.write_bytes(book(sheets()))
    return path


def numbers(session):
    session.rollback()
    return {kind.__tablename__: session.scalar(sa.select(sa.func.count(kind.id))) for kind in KINDS}


def test_a_whole_structure_comes_in_whatever_the_order_of_its_rows(run, file, session):
    done = run(file)
    assert done.exit_code == 0, done.stderr
    assert done.stdout == "7 added, 0 updated, 0 unchanged, 0 wrong\n"
    assert numbers(session) == {"body": 3, "officer": 1, "delegation": 1, "deputy": 2, "charge": 1, "pairing": 1}
    schools = session.scalar(sa.select(Body).where(Body.name == "市教育局"))
    assert session.get_one(Body, schools.hub_id).name == "市政府办公室"


def test_a_dry_run_says_the_same_and_changes_nothing(run, file, session):
    done = run(file, "--dry-run", "--json")
    report = json.loads(done.stdout)
    assert (done.exit_code, report["ok"], report["added"], report["dry_run"]) == (0, True, 7, True)
    assert report["rows"][0] == {"sheet": "机构", "row": 2, "name": "市教育局", "outcome": "added"}
    assert set(numbers(session).values()) == {0}


def test_the_same_file_twice_changes_nothing(run, file, session):
    run(file)
    once = numbers(session)
    assert run(file).stdout == "0 added, 0 updated, 7 unchanged, 0 wrong\n"
    assert numbers(session) == once


def test_an_empty_cell_empties_nothing_and_a_full_one_brings_up_to_date(run, file, session, tmp_path):
    run(file)
    later = tmp_path / "later.xlsx"
    later.write_bytes(
        book([Sheet("代表", ["姓名", "代表团", "代表证号", "电话"], [["王一", "", "0001", "13900000000"]])])
    )
    assert run(later).stdout == "0 added, 1 updated, 0 unchanged, 0 wrong\n"
    deputy = session.scalar(sa.select(Deputy).where(Deputy.card_number == "0001"))
    assert (deputy.phone, deputy.delegation_id is not None) == ("13900000000", True)


def test_one_wrong_row_and_nothing_is_taken_in(run, session, tmp_path):
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(book(sheets(联系人=(["单位", "姓名"], [["市教育局", "孙三"], ["市气象局", "李四"]]))))
    done = run(path)
    assert done.exit_code == 1
    assert "联系人:3: 李四: There is no body “市气象局”." in done.stderr
    assert set(numbers(session).values()) == {0}


@pytest.mark.parametrize(
    ("headers", "row", "why"),
    [
        (["姓名", "代表团"], ["王一", "无此团"], "There is no delegation"),
        (["姓名", "邮箱"], ["王一", "王一"], "is not an e-mail address"),
        (["姓名", "在任"], ["王一", "也许"], "is none of"),
        (["姓名", "星座"], ["王一", "白羊"], "The column “星座” is not known"),
        (["姓名", "电话"], ["", "1"], "A name is missing"),
    ],
)
def test_a_wrong_row_says_why(run, tmp_path, headers, row, why):
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(book([Sheet("代表", headers, [row])]))
    done = run(path)
    assert (done.exit_code, why in done.stderr) == (1, True), done.stderr


def test_what_is_written_out_can_be_read_again(run, file, session, tmp_path):
    run(file)
    once = numbers(session)
    for language in ("zh", "en"):
        target = tmp_path / f"{language}.xlsx"
        assert run("--write", target, "--language", language).exit_code == 0
        assert run(target).stdout == "0 added, 0 updated, 7 unchanged, 0 wrong\n"
    assert numbers(session) == once


def test_toml_holds_the_same_tables(run, session, tmp_path):
    path = tmp_path / "structure.toml"
    path.write_text(
        '[[bodies]]\nname = "市政府办公室"\nis_hub = true\n[[bodies]]\nname = "市教育局"\nhub = "市政府办公室"\n'
        '[[officers]]\nname = "孙三"\nbody = "市教育局"\nrank = "head"\n'
        'in_charge_of = ["市教育局"]\nfrom_on = 2026-01-01\n',
        encoding="utf-8",
    )
    assert run(path).stdout == "3 added, 0 updated, 0 unchanged, 0 wrong\n"
    assert numbers(session)["charge"] == 1


@pytest.mark.parametrize(
    ("content", "why"), [(b"", "is empty"), (b"PK\x03\x04broken", "is damaged"), (b"no workbook", "is not taken")]
)
def test_a_file_that_cannot_be_read_is_said_in_one_line(run, tmp_path, content, why):
    path = tmp_path / "broken.xlsx"
    path.write_bytes(content)
    done = run(path)
    assert (done.exit_code, why in done.stderr) == (1, True), done.output


def test_a_workbook_without_our_sheets_is_refused(run, tmp_path):
    path = tmp_path / "other.xlsx"
    path.write_bytes(book([Sheet("台账", ["题目"], [["路灯"]])]))
    assert "No sheet of the structure" in run(path).stderr


def test_a_wrong_call_leaves_with_two(run):
    assert run().exit_code == 2


def test_without_a_congress_it_says_what_to_do_first(app, file, session):
    assert session.scalar(sa.select(Congress.id)) is None
    done = app.test_cli_runner().invoke(args=["structure", str(file)])
    assert (done.exit_code, "Run init first" in done.stderr) == (1, True)
