"""Ledgers as offices print them, one in each layout, with the habits of real ones; all names are invented."""

from __future__ import annotations

from pathlib import Path

from tests.ledgers.sheets_made import csv_file, xlsx

MEETING = "某市第十五届人民代表大会第三次会议"
LETTER = "类别:C 赵甲一代表:您提出的关于拓宽江滨路的建议收悉,现答复如下:\n一、工程已列入计划。\n二、年底前完工。"
LONG = "江滨路自西向东全长三公里,早晚高峰拥堵。" * 40


def catalogue(folder: Path) -> Path:
    """No. 1: a title row, unit and person in one cell, proposed bodies, a line of totals."""
    rows = [
        (f"{MEETING}代表建议目录", "", "", "", ""),
        ("建议编号", "提建议人(单位、姓名)", "建议标题", "拟主办单位", "备注"),
        ("第0001号", "北山代表团,赵甲一", "关于拓宽江滨路的建议", "市城建局", ""),
        ("第4号", "南湖代表团,钱乙、孙丙", "关于加强基层医疗的建议", "市卫健委、市财政局、市人社局", "重点督办"),
        ("第0004号", "北山代表团,李丁", "=关于同号的建议", "市教育局(省级)", "见附件"),
        ("", "", "", "", ""),
        ("闭08号", "市第一中学,周戊", "关于闭会期间\n修桥的建议", "市交通局\n市水务局", "-"),
        ("第173169号", "东河代表团,吴己等3名代表", "关于增设停车位的建议", "有关部门", ""),
        ("第5号", "", "关于没有代表的建议", "", ""),
        ("合计", "6件", "", "", ""),
    ]
    return xlsx(folder / "01.xlsx", rows, merges=["A1:E1"])


def handling_list(folder: Path) -> Path:
    """No. 6: no title row, days in every spelling, the reply as a letter in a cell."""
    rows = [
        ("建议号", "提案人", "内容", "承办单位", "责任领导", "政府督办领导", "交办日期", "反馈时间", "办理情况"),
        (1, "赵甲一", "关于拓宽江滨路的建议", "市城建局", "郑局", "王副市长", "2025年3月15日", "2025-06-04", LETTER),
        (2, "钱乙、孙丙", "关于修桥的建议", "市交通局\n市水务局", "", "", "2025.3.15", "2025-08", "正在办理。"),
        (3, "李丁", "关于停车位的建议", "市城管局、市公安局", "", "", "3月15日", "2025-09-27", "(B)已增设。"),
        (
            4,
            "周戊",
            "关于学校的建议",
            "市教育局(分办)、市财政局(分办)",
            "",
            "",
            "2025-03-15",
            "2025-07-01",
            "分别答复。",
        ),
        (4, "吴己", "关于同号的建议", "市教育局", "", "", "2025-03-15", "2025-05-01", "已办结。"),
        (6, "", "关于十三届第6750号建议的答复函", "市交通局", "", "", "2025-03-15", "2025-02-01", "早于交办。"),
    ]
    return xlsx(folder / "06.xlsx", rows)


def replies(folder: Path) -> Path:
    """No. 7: a title row, two header rows with merged cells, lead and co-handlers apart."""
    rows = [
        (f"{MEETING}代表建议办理答复公开",) + ("",) * 7,
        ("提出者", "号", "标题", "内容", "承办单位", "", "答复日期", "答复内容"),
        ("", "", "", "", "主办", "协办", "", ""),
        ("赵甲一", "第0001号", "关于拓宽江滨路的建议", LONG, "市城建局", "市财政局、市水务局", "2025-06-04", LETTER),
        ("钱乙", "第4号", "关于修桥的建议", "", "", "", "", "钱乙代表:收悉。"),
        ("孙丙", "温36号", "关于学校的建议", "建一所。", "市教育局\n市财政局", "", "2025-05-01", "已列入计划。"),
    ]
    merges = ["A1:H1", "E2:F2", *(f"{letter}2:{letter}3" for letter in "ABCDGH")]
    return xlsx(folder / "07.xlsx", rows, merges=merges)


def published(folder: Path) -> Path:
    """No. 8: a .csv without a title row and without numbers."""
    rows = [
        ("题目", "发布日期", "类别", "所属代表团", "领衔代表", "正文", "回复结果", "签发人", "签发日期"),
        ("关于拓宽江滨路的建议", "2025-06-10", "城建环保", "北山代表团", "赵甲一", LONG, LETTER, "郑局", "2025-06-04"),
        ("关于修桥的建议", "", "交通", "", "钱乙", "", "钱乙代表:收悉。", "", ""),
        ("关于修桥的建议", "2025-08", "交通", "", "钱乙", "同名同人。", "", "", ""),
    ]
    return csv_file(folder / "08.csv", rows)


def hand_over(folder: Path) -> Path:
    """No. 14: the persons of the body, and last days without a year."""
    rows = [
        ("代表", "建议内容", "承办部门", "责任人", "联系人", "办理时限"),
        ("赵甲一", "关于拓宽江滨路的建议", "市城建局", "郑局", "冯科", "2025年6月30日"),
        ("钱乙", "关于修桥的建议", "市交通局、市水务局", "", "陈科", "6月30日"),
        ("", "对第7409号建议的答复", "市卫健委", "", "", "6月30日"),
    ]
    return xlsx(folder / "14.xlsx", rows)


PRINTED = {"1": catalogue, "6": handling_list, "7": replies, "8": published, "14": hand_over}
