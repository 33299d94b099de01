"""Thirty odd ledgers: each is read in whole or not at all, and a second time it adds nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.ledgers.sheets_made import HEADER, TODAY, csv_file, ods, xlsx
from tests.security import payloads
from tests.small_city import SmallCity, small_city
from tracker import clock
from tracker.database import Base, db
from tracker.errors import RuleBroken
from tracker.ledgers.actions import import_ledger
from tracker.ledgers.report import Report, Source
from tracker.ledgers.rows import read

ROW = ("1", "赵甲一", "修路", "城建局", "2026-03-15", "2026-06-01")
OTHER = ("2", "钱乙", "架桥", "交通局", "2026-03-15", "")
Make = Callable[[Path], Path]


def rows(*lines: Any, header: Any = HEADER, **how: Any) -> Make:
    return lambda folder: xlsx(folder / "台账.xlsx", [header, *lines], **how)


def text(*lines: Any, encoding: str = "utf-8", header: Any = HEADER) -> Make:
    return lambda folder: csv_file(folder / "台账.csv", [header, *lines], encoding)


def counted_from_1904(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    for line in (HEADER, (*ROW[:4], datetime(2026, 3, 15), datetime(2026, 6, 1))):
        book.active.append(line)
    book.save(folder / "台账.xlsx")
    return folder / "台账.xlsx"


def with_formulas(folder: Path) -> Path:
    book = openpyxl.Workbook()
    for line in (HEADER, ("=1+1", "赵甲一", '=HYPERLINK("http://evil.test")', "城建局", "=TODAY()", "")):
        book.active.append(line)
    book.save(folder / "台账.xlsx")
    return folder / "台账.xlsx"


ODD: dict[str, Make] = {
    "merged heads": rows(ROW, merges=("A1:A1", "B1:B1")),
    "merged cells": rows(ROW, ("2", "", "架桥", "", "", ""), merges=("B2:B3", "D2:D3", "E2:E3")),
    "a title above": rows((), HEADER, ROW, header=("某市人大建议台账",), merges=("A1:F1",)),
    "days as text": rows((*ROW[:4], "2026年3月15日", "2026.6.1")),
    "days as days": rows((*ROW[:4], date(2026, 3, 15), datetime(2026, 6, 1, 12))),
    "days as numbers": rows((*ROW[:4], 46096, 46174)),
    "days from 1904": counted_from_1904,
    "days that are none": rows((*ROW[:4], "2026-02-30", "三月")),
    "days of the future": rows((*ROW[:4], "2027-03-15", "2028-06-01")),
    "days the wrong way round": rows((*ROW[:4], "2026-06-01", "2026-03-15")),
    "the same number twice": rows(ROW, ("1", *OTHER[1:])),
    "the same row twice": rows(ROW, ROW),
    "numbers as floats": rows((1.0, *ROW[1:]), (2.5, *OTHER[1:])),
    "no number": rows(("", *ROW[1:])),
    "no title": rows((*ROW[:2], "", *ROW[3:])),
    "nobody": rows(("1", "", *ROW[2:])),
    "unknown people and bodies": rows(("1", "孙丙、李丁", "修路", "市不明局", *ROW[4:])),
    "empty rows between": rows((), ROW, (), (), OTHER),
    "totals below": rows(ROW, ("合计", "", "1件", "", "", "")),
    "only heads": rows(),
    "GBK": text(ROW, encoding="gbk"),
    "UTF-16": text(ROW, encoding="utf-16"),
    "UTF-8 with its mark": text(ROW, encoding="utf-8-sig"),
    "rare characters": text((*ROW[:2], f"关于{payloads.RARE}野家的建议", *ROW[3:])),
    "signs nobody sees": rows((*ROW[:2], "\u200b修\u202e路\u3000\n", *ROW[3:])),
    "formulas": with_formulas,
    "what others would run": text(*((str(one), *ROW[1:2], payloads.HEADS[one], *ROW[3:]) for one in range(4))),
    "a very long cell": rows((*ROW[:2], "长" * 32_000, *ROW[3:])),
    "quotes that do not end": lambda folder: _written(folder / "台账.csv", '建议编号,建议标题\n1,"修路\n2,架桥\n'),
    "an ods": lambda folder: ods(folder / "台账.ods", _table([HEADER[:3], ROW[:3]])),
    "too many rows": lambda folder: _written(folder / "台账.csv", "建议编号,建议标题\n" + "1,路\n" * 65_536),
    "more columns than heads": rows((*ROW, "x", "y")),
}  # fmt: skip


def _written(path: Path, content: str) -> Path:
    path.write_bytes(content.encode())
    return path


def _table(lines: list[Any]) -> str:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return "".join(f"<table:table-row>{''.join(map(cell.format, line))}</table:table-row>" for line in lines)


@pytest.fixture
def city(session, stopped_clock) -> SmallCity:
    stopped_clock(TODAY)
    made = small_city()
    session.commit()
    return made


def counts() -> dict[str, int]:
    tables = Base.metadata.sorted_tables
    asked = sa.select(*(sa.select(sa.func.count()).select_from(table).scalar_subquery() for table in tables))
    return dict(zip((table.name for table in tables), db.session.execute(asked).one(), strict=True))


def bring_in(city: SmallCity, path: Path) -> Report | None:
    """What the page does: the ledger as a whole in one transaction; None if it was refused."""
    try:
        source = Source(path.name, "0" * 64)
        who = {"by": city.by, "on": TODAY, "at": clock.now(), "source": source}
        report = import_ledger(read(path, today=TODAY), city.congress, city.meeting, **who)
    except RuleBroken:
        db.session.rollback()
        return None
    db.session.flush()
    return report


@pytest.mark.engines("sqlite")
def test_an_odd_ledger_is_read_in_whole_or_not_at_all_and_once(city: SmallCity, tmp_path: Path) -> None:
    assert len(ODD) >= 30
    wrong, read_in = [], 0
    before = counts()
    for what, make in ODD.items():
        first = bring_in(city, path := make(tmp_path))
        after = counts()
        second = bring_in(city, path)
        if first is None and after != before:
            wrong.append(f"{what}: refused, and yet something stayed")
        if second is not None and (second.imported or second.updated or counts() != after):
            wrong.append(f"{what}: the second time adds {second.imported} and changes {second.updated}")
        read_in += first.imported if first else 0
        db.session.rollback()
    assert wrong == []
    assert read_in >= 20
