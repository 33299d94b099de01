"""How the issue reaches people: one letter each, by his channel, as often as he wants it, and not while it is held."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.bulletin.test_issue import MONDAY, WEEK
from tests.bulletin.test_letters import letters, ring
from tests.escalation.city import build, owed
from tests.mail.test_sending import carry
from tracker import clock
from tracker.actor import Actor
from tracker.bulletin import arranging, jobs, queries
from tracker.bulletin.desk import problems
from tracker.bulletin.models import HoldEnd, Issue, Reader, Rhythm
from tracker.errors import RuleBroken
from tracker.mail.models import Enclosure, Letter, LetterEnclosure, LetterState
from tracker.structure.models import Channel

HEAD = Actor("user", 1, "蒋主任", None)
NEXT_MONDAY = MONDAY + timedelta(days=7)


@pytest.fixture
def city(session):
    return build()


def readers(city, session):
    session.expire_all()
    return {city.names()[one.person_key]: one for one in session.scalars(sa.select(Reader).order_by(Reader.id))}


def test_who_shares_an_address_gets_one_letter_with_all_his_parts(city, session):
    owed(city, "roads")
    owed(city, "court", lead_deputy_id=None)
    for name in ("roads handler", "roads head", "court president"):
        city.officers[name].email = "Shared@City.example"
    session.commit()
    ring(MONDAY)
    found = readers(city, session)
    together = [found[name] for name in ("roads handler", "roads head", "court president")]
    assert len({one.letter_id for one in together}) == 1
    [first] = [one for one in together if one.shared_with_id is None]
    assert {one.shared_with_id for one in together} == {None, first.id}
    letter = session.get_one(Letter, first.letter_id)
    assert {"roads", "court"} <= {word for line in letter.body_text.splitlines() for word in line.split()}
    assert first.item_count == 4
    assert ring(MONDAY + timedelta(days=1))["letters"] == 0


def test_a_substitute_who_reads_himself_gets_one_letter(city, session):
    owed(city, "roads")
    handler, head = city.officers["roads handler"], city.officers["roads head"]
    handler.substitute_id, handler.absent_from_on = head.id, date(2026, 6, 1)
    session.commit()
    ring(MONDAY)
    found = readers(city, session)
    assert found["roads handler"].letter_id == found["roads head"].letter_id


def test_who_reads_monthly_gets_the_first_issue_of_the_month_with_the_months_changes(city, session):
    owed(city)
    arranging.set_rhythm(city.officers["office directors_meeting"], Rhythm.MONTHLY, by=HEAD, on=MONDAY)
    session.commit()
    ring(date(2026, 6, 8))
    assert "office directors_meeting" in letters(city, session), "the first issue of all is June's"
    ring(date(2026, 6, 15))
    ring(date(2026, 7, 6))
    written = [letter.key for letter in session.scalars(sa.select(Letter)) if "directors" in str(letter.to_name)]
    assert sorted(key.split(":")[2] for key in written) == ["2026-W24", "2026-W28"]
    assert (
        "Since the issue of 2026-W24, with which the month began: 0 newly overdue, 1 still"
        in letters(city, session)["office directors_meeting"].body_text
    )


def test_in_a_quiet_week_there_is_no_issue_and_the_next_says_why(city, session):
    owed(city)
    ring(MONDAY)
    quiet = arranging.be_quiet(city.congress.id, "2026-W25", "2026-W26", "闭会", by=HEAD, on=MONDAY)
    session.commit()
    assert ring(NEXT_MONDAY) == {"issues": 0, "rows": 0, "letters": 0}
    with clock.at(NEXT_MONDAY):
        assert not jobs.has_work()
        arranging.lift(quiet, by=HEAD, on=date(2026, 6, 22))
        session.commit()
    assert (quiet.from_week, quiet.until_week) == ("2026-W25", "2026-W25"), "what was quiet stays so"
    assert ring(date(2026, 6, 22))["issues"] == 1
    assert "No issue in 2026-W25: 闭会." in letters(city, session)["office our_clerk"].body_text
    with pytest.raises(RuleBroken, match="made already"):
        arranging.be_quiet(city.congress.id, "2026-W26", "2026-W26", "闭会", by=HEAD, on=date(2026, 6, 23))


def test_the_office_says_on_which_day_and_when(city, session):
    owed(city)
    arranging.set_habit(city.congress.id, 2, time(9, 0), by=HEAD, on=MONDAY)
    session.commit()
    assert ring(MONDAY) == {"issues": 0, "rows": 0, "letters": 0}
    with clock.at(MONDAY):
        assert not jobs.has_work()
    with clock.at(date(2026, 6, 9)):
        assert jobs.has_work()
        assert jobs.post_bulletins(date(2026, 6, 9))["issues"] == 1
        assert not jobs.has_work()


def test_an_issue_that_is_not_made_at_the_offices_own_time_is_said(city, session):
    owed(city)
    arranging.set_habit(city.congress.id, 2, time(9, 0), by=HEAD, on=MONDAY)
    session.commit()
    for hour, said in ((12, []), (13, ["bulletin_late"])):
        with clock.at(datetime(2026, 6, 9, hour, tzinfo=ZoneInfo("Asia/Shanghai"))):
            assert [problem.kind for problem in problems()] == said


def test_held_back_it_is_frozen_and_no_letter_is_written_until_it_is_released(city, session):
    owed(city)
    held = arranging.hold(city.congress.id, WEEK, "数字待核", by=HEAD, at=clock.now())
    session.commit()
    assert ring(MONDAY)["letters"] == 0
    assert session.scalar(sa.select(Issue.number)) == 1
    assert [problem.kind for problem in problems()] == ["bulletin_held"]
    with clock.at(MONDAY):
        assert not jobs.has_work()
        arranging.end_hold(held, HoldEnd.RELEASED, by=HEAD, at=clock.now())
        session.commit()
        assert jobs.has_work()
        assert jobs.post_bulletins(MONDAY)["letters"] == len(readers(city, session))
        assert jobs.post_bulletins(MONDAY)["letters"] == 0
    assert list(problems()) == []
    with pytest.raises(RuleBroken, match="held back before"):
        arranging.hold(city.congress.id, WEEK, "again", by=HEAD, at=clock.now())


def test_once_the_next_issue_is_out_the_held_one_can_only_be_dropped(city, session):
    owed(city)
    held = arranging.hold(city.congress.id, WEEK, "数字待核", by=HEAD, at=clock.now())
    session.commit()
    ring(MONDAY)
    written = ring(NEXT_MONDAY)["letters"]
    with pytest.raises(RuleBroken, match="only be dropped"):
        arranging.end_hold(held, HoldEnd.RELEASED, by=HEAD, at=clock.now())
    arranging.end_hold(held, HoldEnd.DROPPED, by=HEAD, at=clock.now())
    session.commit()
    assert list(problems()) == []
    assert session.scalar(sa.select(sa.func.count(Letter.id))) == written


def test_letters_already_written_cannot_be_held(city, session):
    owed(city)
    ring(MONDAY)
    with pytest.raises(RuleBroken, match="written already"):
        arranging.hold(city.congress.id, WEEK, "zu spät", by=HEAD, at=clock.now())


def test_through_the_hub_means_the_hub_is_told_whose_page_it_hands_on(city, session):
    owed(city)
    city.officers["mayors vice_mayor"].channel = Channel.VIA_HUB
    session.commit()
    ring(MONDAY)
    reader = readers(city, session)["mayors vice_mayor"]
    assert (reader.channel, reader.via_body_id) == ("via_hub", city.body("hub").id)
    wrote = letters(city, session)
    assert wrote["mayors vice_mayor"].state is LetterState.KEPT
    assert "hand on one page each to: mayors vice_mayor." in wrote["hub hub_office"].body_text
    assert "hand on" not in wrote["roads head"].body_text


def test_leaders_get_their_part_as_files_kept_once(city, session, app, mail_sink):
    owed(city)
    app.config["SMTP_URL"] = mail_sink.url
    ring(MONDAY)
    enclosed = {name: letter for name, letter in letters(city, session).items() if "Enclosed: " in letter.body_text}
    assert {name.split()[1] for name in enclosed} == {
        "our_director", "secretary_general", "directors_meeting", "vice_mayor", "mayor",
    }  # fmt: skip
    with_files = session.scalars(sa.select(LetterEnclosure.letter_id)).all()
    assert sorted(with_files) == sorted(2 * [letter.id for letter in enclosed.values()])
    assert session.scalar(sa.select(sa.func.count(Enclosure.id))) == 6, "all, a vice-mayor's and the mayor's part"
    carry(app, mail_sink)
    [got] = mail_sink.to("office.directors_meeting@city.example")
    files = {part.get_filename(): part.get_content() for part in got.iter_attachments()}
    assert [name.rpartition(".")[2] for name in files] == ["pdf", "xlsx"]
    assert [content[:4] for content in files.values()] == [b"%PDF", b"PK\x03\x04"]


def test_where_only_numbers_may_leave_nothing_is_enclosed(city, session, app):
    owed(city)
    app.config.update(SMTP_URL="smtp://127.0.0.1:9", MAIL_DETAIL="numbers")
    ring(MONDAY)
    assert session.scalar(sa.select(sa.func.count(Enclosure.id))) == 0


def test_what_was_handed_over_is_noted_with_its_day(city, session):
    owed(city)
    ring(MONDAY)
    reader = readers(city, session)["mayors mayor"]
    with pytest.raises(RuleBroken, match="to come"):
        arranging.hand_over(reader, "秘书", given_on=NEXT_MONDAY, by=HEAD, on=MONDAY, at=clock.now())
    arranging.hand_over(reader, "秘书", given_on=MONDAY, by=HEAD, on=MONDAY, at=clock.now())
    arranging.hand_over(reader, "孙秘书", given_on=MONDAY, by=HEAD, on=MONDAY, at=clock.now())
    session.commit()
    given = [row.Handing.to_name for row in queries.deliveries(reader.issue_id) if row.Handing]
    assert given == ["孙秘书"]
