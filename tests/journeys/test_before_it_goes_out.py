"""On Friday the office looks at Monday's bulletin, holds it, and lets it go; a vice-mayor gets his through the hub."""

from __future__ import annotations

import pytest

from tests.journeys import office
from tests.journeys.town import Town
from tests.makers import entered
from tracker.care.doctor import examine
from tracker.people.actions import add_user
from tracker.roles import Role
from tracker.structure import actions as structure
from tracker.structure.models import Channel, Officer

pytestmark = pytest.mark.engines("sqlite")
LAMPS = "关于安装路灯的建议"


@pytest.fixture
def silent(town: Town, tmp_path, session) -> Town:
    """Handed over on 2 March; by 5 June nobody has answered, and the vice-mayor wants his page through the hub."""
    rows = [("001", LAMPS, "赵甲一", "", "市交通局", "", "夜间昏暗。")]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    [mayor] = session.query(Officer).filter_by(name="冯副市长")
    structure.amend_officer(mayor, channel=Channel.VIA_HUB, **entered())
    town.on("2026-06-01")
    town.ring("weekly-bulletin")
    town.carry()
    town.nothing_unread()
    town.on("2026-06-05")
    return town


def test_it_is_looked_at_held_released_delivered_and_handed_on(silent: Town):
    town = silent
    director = add_user("jiang@city.example", "蒋主任", Role.OFFICE_LEADER, congress_id=town.congress.id, **entered())
    leader = town.reader.signed_in_as(director)
    page = leader.read("/bulletins/coming")
    assert "No. 2, 2026-W24: made on 2026-06-08 at 08:00" in page.text
    assert LAMPS in leader.read(page.links()["周局长"]).text
    leader.read("/bulletins/2026-W24/hold")
    leader.send("/bulletins/2026-W24/hold", {"reason": "市交通局来电，答复已寄出"})

    town.on("2026-06-08")
    assert town.ring("weekly-bulletin").ran
    assert town.carry() == 0
    assert "bulletin_held" in [problem.kind for problem in examine()]
    leader = town.reader.signed_in_as(director)
    assert "Letters of a bulletin held back" in leader.read("/").text
    page = leader.read("/bulletins/arrangements")
    [release] = {button.form["action"] for button in page.all("button") if button["value"] == "released"}
    leader.send(release, {"ended": "released"})
    assert town.ring("post-bulletins").letters == len(leader.read("/bulletins/2026-W24/readers").rows())
    assert not town.ring("weekly-bulletin").ran
    town.carry()
    got = town.who_got()
    assert set(got.values()) == {1}
    assert "冯副市长" not in got
    [letter] = town.new_letters("秦督查")
    assert "hand on one page each to: 冯副市长." in letter
    assert LAMPS in letter

    hub = town.signed_in("hub")
    assert hub.read("/bulletins/2026-W24/pack").response.data.startswith(b"%PDF")
    [row] = hub.read("/bulletins/2026-W24/readers").rows()
    [address] = [url for name, url in hub.page.links().items() if name.startswith("Note handing over")]
    hub.read(address)
    hub.send(address, {"to_name": "冯副市长秘书", "given_on": "2026-06-08"})
    rows = leader.read("/bulletins/2026-W24/readers").rows()
    assert "冯副市长秘书" in next(row for row in rows if row.startswith("冯副市长"))
    assert all("sent" in row for row in rows if not row.startswith("冯副市长"))
    assert [problem.kind for problem in examine() if problem.kind.startswith("bulletin")] == []
