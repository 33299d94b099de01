"""A bureau answers without a word to the deputy: the night finds it, the bureau explains, the office decides."""

from __future__ import annotations

import re

from tests.journeys import office
from tests.journeys.town import Town

LAMPS = "关于安装路灯的建议"
SIGN = "No contact before the reply"
OWN_WORDS = "答复前已在现场与代表面谈，经办人未及登记。"


def test_found_at_night_explained_by_link_and_dismissed_with_a_reason(town: Town, tmp_path):
    rows = [("001", LAMPS, "赵甲一", "", "市交通局", "", "夜间昏暗。")]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    link = office.link_for(town, "林承办", LAMPS)
    town.on("2026-03-20")
    office.answer(link, town.by_mail(), "林承办", "2026-03-20")

    # The night finds it once; in the morning it is on the office's desk and in the register.
    town.on("2026-03-21")
    assert town.ring("find-signals").outcome["raised"] >= 1
    clerk = town.clerk()
    assert "New signs to look at" in clerk.read("/").text
    assert LAMPS in clerk.read("/suggestions?sign=no_contact_before").text
    sign = next(url for name, url in clerk.read("/signals?show=unseen").links().items() if name == SIGN)

    # The bureau reads it beside its work, by nothing but the mailed link, and says how it was.
    by_mail = town.by_mail()
    assert SIGN in by_mail.read(link).text
    by_mail.read(f"{link}{sign}")
    by_mail.send(f"{link}{sign}/answer", {"answer": OWN_WORDS, "acting_name": "林承办"})

    # The office reads that beside the sign, asks, and finds that it hints at nothing here.
    page = clerk.read(sign)
    assert (OWN_WORDS in page.text, "no contact with the deputy is noted" in page.text) == (True, True)
    clerk.send(f"{sign}/dismissal", {"reason": "已向代表核实，确有面谈。"})
    assert LAMPS not in clerk.read("/suggestions?sign=no_contact_before").text
    assert "Sign “No contact before the reply” dismissed" in clerk.read(suggestion_of(clerk, sign)).text
    town.ring("weekly-bulletin")
    assert SIGN not in clerk.read("/bulletins").text
    town.on("2026-03-30")
    town.ring("find-signals")
    assert "已向代表核实，确有面谈。" in town.clerk().read(sign).text  # it stays, and is not raised again
    assert len(re.findall(SIGN, town.clerk().read("/signals?show=dismissed").text)) >= 1


def suggestion_of(clerk, sign: str) -> str:
    return next(one["href"] for one in clerk.read(sign).all("a") if re.fullmatch(r"/suggestions/\d+", one["href"]))
