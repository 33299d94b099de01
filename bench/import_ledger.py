"""A ledger of N rows brought in, against F6, reading the same file with the library alone, and F5, one commit a row.

    python3 start.py bench import_ledger [--size N] [--engine sqlite|postgresql]

Each row is a suggestion of a known deputy with its hand-over, one or two bodies, a reply of 300 characters and a
rating. "may take" is the budget: four times F6, and what N commits of one row take (F5); the import itself is one
transaction, which is kept whole or not at all. "each ms" shows whether it is linear.
"""

from __future__ import annotations

import resource
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from bench._both import an_application, asked, kinds
from bench._city import BODIES, _structure
from bench._commits import DURABLE, milliseconds, one_commit
from bench._measure import show
from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.deadlines.actions import load_rule_sets
from tracker.ledgers.actions import import_ledger
from tracker.ledgers.report import Source
from tracker.ledgers.rows import Ledger, read
from tracker.memory import seldom_searched
from tracker.structure.models import Congress, Deputy, Level, Meeting
from tracker.suggestion.models import Suggestion
from tracker.workdays.actions import seed_calendar

TODAY = date(2026, 11, 22)
SIZES = (1_000, 10_000)
COMMITS, READS = 200, 5
HEADER = (
    "建议编号",
    "领衔代表",
    "建议标题",
    "承办单位",
    "交办日期",
    "答复日期",
    "答复内容",
    "等级",
    "满意度",
    "联系人",
)
DEPUTIES = [
    f"{family}{given}" for family in "赵钱孙李周吴郑王冯陈" for given in "一二三四五六七八九十百千万亿甲乙丙丁戊己"
]
REPLY = "道路已于六月底拓宽完毕，新增停车位八十个，由城建局负责日常管理。" * 10


def ledger(path: Path, n: int) -> None:
    """Rows as offices keep them: every third with a co-handler, every tenth not answered yet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append(HEADER)
    for i in range(1, n + 1):
        bodies = f"测量单位{i % BODIES + 1}" + (f"\n测量单位{(i + 7) % BODIES + 1}" if i % 3 == 0 else "")
        answer = ("2026-06-01", f"{i}号：{REPLY[:290]}", "AAABBC"[i % 6], "满意", "周某") if i % 10 else ("",) * 5
        sheet.append(
            (
                f"第{i}号",
                DEPUTIES[i % len(DEPUTIES)],
                f"关于解决第{i}小区停车难问题的建议",
                bodies,
                "2026-03-15",
                *answer,
            )
        )
    book.save(path)


def measure(kind: str, n: int) -> dict[str, object]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        path = folder / "ledger.xlsx"
        ledger(path, n)
        app, given, _sink = stack.enter_context(an_application(kind, DURABLE))
        stack.enter_context(clock.at(TODAY))
        stack.enter_context(app.app_context())
        stack.enter_context(seldom_searched())  # as in a server, and in the command
        congress = _city()
        url = str(given["DATABASE_URL"]) if kind == "postgresql" else None
        f6 = median(milliseconds(lambda: _alone(path)) for _ in range(READS)) / 1000
        commit = one_commit(url, folder, stack)
        f5 = median(milliseconds(commit) for _ in range(COMMITS)) / 1000
        before, worked = _memory(), time.process_time()
        began = time.perf_counter()
        rows = read(path, today=TODAY)
        opened = time.perf_counter() - began
        told = _brought_in(rows, congress, n)
        took = time.perf_counter() - began
        may = 4 * f6 + n * f5
    return {
        "rows": n,
        "engine": kind,
        "F6 s": round(f6, 3),
        "F5 ms": round(f5 * 1000, 2),
        "opened and understood s": round(opened, 2),
        "x F6": round(opened / f6, 1),
        "whole s": round(took, 1),
        "may take s": round(may, 1),
        "of that": round(took / may, 2),
        "processor s": round(time.process_time() - worked, 1),
        "each ms": round(1000 * took / n, 2),
        "progress told": len(told),
        "grew MB": round(_memory() - before),
    }


def _brought_in(rows: Ledger, congress: Congress, n: int) -> list[str]:
    """What was told on the way."""
    told: list[str] = []
    report = import_ledger(
        rows, congress, db.session.scalars(sa.select(Meeting)).one(), by=SYSTEM, on=TODAY, at=clock.now(),
        source=Source("ledger.xlsx", "0" * 64), progress=lambda what, _done, _of: told.append(what),
    )  # fmt: skip
    db.session.commit()
    found = db.session.scalar(sa.select(sa.func.count(Suggestion.id)))
    if report.imported != n or found != n:
        raise SystemExit(f"{report.imported} of {n} rows came in, {found} are there")
    return told


def _city() -> Congress:
    load_rule_sets()
    seed_calendar(by=SYSTEM, on=TODAY)
    congress = Congress(name="测量市人大", level=Level.CITY, rules_name="default")
    db.session.add(congress)
    db.session.flush()
    _structure(congress.id, TODAY)
    db.session.add_all(Deputy(congress_id=congress.id, name=name, delegation_id=1) for name in DEPUTIES)
    db.session.commit()
    return congress


def _alone(path: Path) -> None:
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    sizes = (asked("size", 0),) if asked("size", 0) else SIZES
    show("a ledger brought in", [measure(kind, n) for kind in kinds() for n in sizes])


if __name__ == "__main__":
    main()
