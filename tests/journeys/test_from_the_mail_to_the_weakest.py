"""On Monday a leader reads the mail; three clicks later he is at the matter of which most is stated, and knows why."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.journeys import office
from tests.journeys.town import Town

ROAD, PUPILS = "关于拓宽江滨路的建议", "关于增加小学学位的建议"
ROWS = (
    ("001", ROAD, "赵甲一", "", "市交通局", "", "江滨路狭窄,请予拓宽。"),
    ("002", PUPILS, "钱乙", "", "市教育局", "", "学位不足,请予增加。"),
)


def test_from_the_monday_mail_to_the_weakest_matter_in_three_clicks(town: Town, tmp_path):
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "临江市人大代表建议交办表", ROWS), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    link = office.link_for(town, "林承办", ROAD)
    town.on("2026-03-04")
    office.sign_for(link, town.by_mail(), "林承办")
    town.on("2026-06-08")
    town.ring("weekly-bulletin")
    town.carry()
    [letter] = town.new_letters("蒋主任")

    [week] = [line for line in letter.splitlines() if line.startswith("The week on one page: ")]
    reading = town.clerk()
    page = reading.read(urlsplit(week.split(": ")[1]).path)  # the first click
    assert "Not signed for" in page.text
    [why] = [row for row in page.rows() if PUPILS in row]
    assert "Reply overdue" in why
    assert "Not signed for" in why
    [matter] = [link["href"] for link in page.all("a") if PUPILS in link.text]
    assert "4 working days" in reading.read(matter).text  # the second

    [overdue] = [link["href"] for link in page.all("a") if "late=now" in link["href"]]
    listed = reading.read(overdue)
    assert "2 in all" in listed.text
    assert {PUPILS, ROAD} <= {name for name in (PUPILS, ROAD) if name in listed.text}
