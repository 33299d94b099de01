"""Before and after the bulletin goes out, as the office sees it: preview, arrangements, readers, the pack."""

import io
import zipfile

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from tests.bulletin.test_issue import MONDAY, WEEK
from tests.bulletin.test_pages import user
from tests.escalation.city import build, owed
from tracker import clock
from tracker.bulletin import jobs
from tracker.bulletin.models import Hold, Issue, Quiet, Reader
from tracker.mail.models import Letter
from tracker.roles import Role
from tracker.structure.models import Channel

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(MONDAY)
    made = build()
    owed(made, "roads", title="路灯太暗")
    made.officers["mayors vice_mayor"].channel = Channel.VIA_HUB
    made.officers["roads head"].email = None
    made.officers["roads deputy_head"].email = made.officers["roads handler"].email
    session.commit()
    return made


def test_the_preview_shows_every_letter_and_keeps_nothing(city, reader, session):
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    page = clerk.read("bulletin.coming")
    rows = {row.split()[0] + " " + row.split()[1]: row for row in page.rows()}
    assert "through the hub" in rows["mayors vice_mayor"]
    assert "no usable address" in rows["roads head"]
    assert "with the letter to roads handler" in rows["roads deputy_head"]
    assert "nothing of his own in this issue" in rows["court handler"]
    assert "Hold" not in page.text, "only the leader of the office may"
    letter = clerk.read(page.links()["roads handler"])
    assert "路灯太暗" in letter.text
    assert letter.heading == f"Weekly bulletin no. 1 ({WEEK}): 1 reply overdue"
    clerk.read("bulletin.coming_letter", officer_id=city.officers["court handler"].id, expect=404)
    assert [session.scalar(sa.select(sa.func.count(one.id))) for one in (Issue, Reader, Letter)] == [0, 0, 0]


def test_the_leader_holds_and_releases_and_the_desk_shows_it(city, reader, session):
    leader = reader.signed_in_as(user(city, Role.OFFICE_LEADER))
    leader.read("bulletin.hold", week=WEEK)
    assert "Please fill in" in leader.send("bulletin.hold", {"reason": ""}, week=WEEK, expect=200).text
    leader.send("bulletin.hold", {"reason": "数字待核"}, week=WEEK)
    jobs.weekly_bulletin(MONDAY)
    assert "Letters of a bulletin held back" in leader.read("desk.index").text
    assert "数字待核" in leader.read("bulletin.readers", week=WEEK).text
    hold_id = session.scalars(sa.select(Hold.id)).one()
    leader.read("bulletin.arrangements")
    assert "within minutes" in leader.send("bulletin.end_hold", {"ended": "released"}, hold_id=hold_id).text
    assert "Letters of a bulletin held back" not in leader.read("desk.index").text


def test_quiet_weeks_time_and_rhythm_are_arranged_on_pages(city, reader, session):
    leader = reader.signed_in_as(user(city, Role.OFFICE_LEADER))
    leader.read("bulletin.name_quiet")
    page = leader.send("bulletin.name_quiet", {"from_week": "2026-W01", "until_week": "", "reason": "休会"})
    assert "The week 2026-W01 is over." in page.text
    leader.send("bulletin.name_quiet", {"from_week": WEEK, "until_week": "", "reason": "休会"})
    leader.read("bulletin.time")
    leader.send("bulletin.time", {"working_day": "2", "at": "14:30"})
    page = leader.read("bulletin.coming")
    assert f"No issue in {WEEK}: 休会" in page.text
    assert "2026-W25: made on 2026-06-16 at 14:30" in page.text
    mayor = city.officers["mayors mayor"].id
    leader.read("bulletin.rhythm", officer_id=mayor)
    leader.send("bulletin.rhythm", {"rhythm": "monthly"}, officer_id=mayor)
    page = leader.read("bulletin.arrangements")
    assert "mayors mayor" in page.text
    leader.send("bulletin.lift", quiet_id=session.scalars(sa.select(Quiet.id)).one())
    assert WEEK in leader.read("bulletin.coming").text


def test_the_week_is_printed_with_a_list_to_sign(city, reader):
    jobs.weekly_bulletin(MONDAY)
    clerk = reader.signed_in_as(user(city, Role.OFFICE_CLERK))
    whole = PdfReader(io.BytesIO(clerk.read("bulletin.printed_pack", week=WEEK).response.data))
    text = "".join(page.extract_text() for page in whole.pages)
    assert "签收人" in text
    assert len(whole.pages) == 3, "the list, and a page each for the vice-mayor and the head without an address"
    hub = reader.signed_in_as(user(city, Role.HUB, "hub"))
    packed = hub.read("bulletin.printed_pack", week=WEEK, format="zip").response.data
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert len(archive.namelist()) == 2, "the list, and the page it hands on"
    assert "roads head" not in hub.read("bulletin.readers", week=WEEK).text


def test_it_is_noted_to_whom_a_page_was_given(city, reader, session):
    jobs.weekly_bulletin(MONDAY)
    session.commit()
    ids = {one.name: one.id for one in session.scalars(sa.select(Reader))}
    hub = reader.signed_in_as(user(city, Role.HUB, "hub"))
    hub.read("bulletin.handing", week=WEEK, reader_id=ids["roads head"], expect=404)
    hub.read("bulletin.handing", week=WEEK, reader_id=ids["mayors vice_mayor"])
    values = {"to_name": "孙秘书", "given_on": clock.today().isoformat()}
    page = hub.send("bulletin.handing", values, week=WEEK, reader_id=ids["mayors vice_mayor"])
    assert "孙秘书" in page.text
