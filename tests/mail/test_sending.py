"""The carrier and a real mail server: each letter arrives once, whatever the server is like."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.mail.conftest import Dripping
from tests.outside import free_port
from tracker import clock
from tracker.database import db
from tracker.mail import actions, delivery
from tracker.mail.jobs import send_letters
from tracker.mail.models import Letter, LetterState, Stopped
from tracker.structure.models import Congress, Level


def carry(app, sink=None, *, after_minutes=0, **config):
    """The carrier goes round once, in a context of its own."""
    db.session.commit()  # the test's own transaction ends before somebody else writes
    app.config.update({"SMTP_URL": sink.url if sink else "", **config})
    with app.app_context(), clock.at(clock.now() + timedelta(minutes=after_minutes)):
        return send_letters(clock.today())


def states(session):
    session.rollback()
    wanted = sa.select(Letter.state).order_by(Letter.id)
    return [str(state) for state in session.scalars(wanted)]


def test_letters_arrive_whole_and_are_never_sent_again(app, session, write, mail_sink):
    (letter,) = write(title="关于拓宽道路的建议", text="请答复。")
    message_id = letter.message_id
    assert carry(app, mail_sink)["sent"] == 1
    assert carry(app, mail_sink)["sent"] == 0
    (got,) = mail_sink.letters
    assert got["Subject"] == "关于拓宽道路的建议"
    assert got["Message-ID"] == message_id
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Reply-To"] == got["From"] == app.config["MAIL_FROM"]
    assert got["To"].addresses[0].addr_spec == got["X-Envelope-To"] == "officer1@bureau.example"
    assert got["Bcc"] is None
    assert "请答复。" in got.get_body(("plain",)).get_content()
    assert "请答复。" in got.get_body(("html",)).get_content()
    assert states(session) == ["sent"]


def test_without_a_server_letters_are_kept(app, session, write):
    write(2)
    assert carry(app)["kept"] == 2
    assert states(session) == ["kept", "kept"]


def test_in_a_trial_every_letter_goes_to_one_address_and_says_for_whom_it_was(app, session, write, mail_sink):
    write(2)
    carry(app, mail_sink, MAIL_ONLY_TO="trial@office.example")
    assert [letter["X-Envelope-To"] for letter in mail_sink.letters] == ["trial@office.example"] * 2
    first = mail_sink.letters[0]
    assert first["X-Intended-For"] == "officer1@bureau.example"
    assert first["Subject"].startswith("[→ Officer 1 officer1@bureau.example] About road 1")


def test_what_is_refused_for_now_is_tried_again_later_under_the_same_message_id(app, session, write, mail_sink):
    (letter,) = write()
    message_id = letter.message_id
    mail_sink.refuse = "451 4.3.0 Try later"
    assert carry(app, mail_sink)["later"] == 1
    mail_sink.refuse = ""
    assert carry(app, mail_sink)["sent"] == 0
    assert carry(app, mail_sink, after_minutes=2)["sent"] == 1
    assert mail_sink.letters[0]["Message-ID"] == message_id
    session.expire_all()
    assert (letter.tries, letter.last_error, letter.uncertain) == (2, None, False)


def test_what_is_refused_for_good_is_shown_and_stops_nobody_else(app, session, write, bad_day):
    write(3)
    bad_day.no_such = {"officer2@bureau.example"}
    assert carry(app, bad_day)["sent"] == 2
    assert states(session) == ["sent", "failed", "sent"]
    refused = session.scalars(sa.select(Letter).where(Letter.state == LetterState.FAILED)).one()
    assert refused.last_error == "550 5.1.1 No such user"


def test_a_letter_no_mail_can_be_made_of_stops_nobody_else(app, session, write, mail_sink):
    write(3)
    session.execute(sa.update(Letter).where(Letter.person_key == "officer:2").values(to_address="x\r\n@y"))
    session.commit()
    assert carry(app, mail_sink)["sent"] == 2
    assert states(session) == ["sent", "failed", "sent"]


@pytest.mark.parametrize("kept", [True, False])
def test_a_server_gone_after_the_letter_leaves_a_doubt_and_another_try(app, session, write, bad_day, kept):
    (letter,) = write()
    message_id = letter.message_id
    bad_day.drops, bad_day.keeps_what_it_drops = 1, kept
    assert carry(app, bad_day)["later"] == 1
    session.expire_all()
    assert (letter.state, letter.uncertain) == (LetterState.WAITING, True)
    session.rollback()
    assert carry(app, bad_day, after_minutes=2)["sent"] == 0
    assert carry(app, bad_day, after_minutes=20)["sent"] == 1
    assert {got["Message-ID"] for got in bad_day.letters} == {message_id}
    assert len(bad_day.letters) == (2 if kept else 1)


def test_after_250_a_rude_goodbye_changes_nothing(app, session, write, bad_day):
    write(2)
    bad_day.rude = True
    assert carry(app, bad_day)["sent"] == 2
    assert carry(app, bad_day, after_minutes=60)["sent"] == 0
    assert len(bad_day.letters) == 2
    assert states(session) == ["sent", "sent"]


def test_a_server_that_is_away_is_left_alone_until_the_next_round(app, session, write):
    write(10)
    counts = carry(app, SMTP_URL=f"smtp://127.0.0.1:{free_port()}")
    assert (counts["later"], counts["sent"]) == (3, 0)
    assert states(session) == ["waiting"] * 10


def test_after_a_bad_time_everything_arrives_once(app, session, write, mail_sink):
    write(20)
    mail_sink.refuse = "421 4.3.2 Closing down"
    for minute in range(0, 60, 5):
        carry(app, mail_sink, after_minutes=minute)
    mail_sink.refuse = ""
    for minute in range(60, 70):
        carry(app, mail_sink, after_minutes=minute)
    assert len({got["Message-ID"] for got in mail_sink.letters}) == len(mail_sink.letters) == 20


def test_a_letter_is_given_up_after_three_days_and_can_be_sent_again_by_hand(app, session, write, mail_sink):
    (letter,) = write()
    session.execute(sa.update(Letter).values(refusals=253))
    session.commit()
    mail_sink.refuse = "452 Mailbox full"
    assert carry(app, mail_sink)["failed"] == 1
    session.expire_all()
    assert (letter.state, letter.last_error) == (LetterState.FAILED, "452 Mailbox full")


def test_links_in_a_sent_letter_reach_their_reader_and_stay_nowhere_else(app, session, write, mail_sink):
    (letter,) = write(text="http://127.0.0.1:8000/links/Ab-9_xyzQWERT12/reply")
    carry(app, mail_sink)
    assert "/links/Ab-9_xyzQWERT12/reply" in mail_sink.letters[0].get_body(("plain",)).get_content()
    session.expire_all()
    assert "Ab-9_xyzQWERT12" not in letter.body_text + letter.body_html
    db.session.rollback()


def test_a_server_that_is_away_for_a_week_costs_no_letter(app, session, write, mail_sink):
    write(3)
    session.execute(sa.update(Letter).values(tries=10_000, last_error="connect: ConnectionRefusedError"))
    mail_sink.refuse = "421 4.3.2 Closing down"
    assert carry(app, mail_sink)["later"] == 3
    mail_sink.refuse = ""
    assert carry(app, mail_sink, after_minutes=10)["sent"] == 3


def test_a_letter_that_may_have_arrived_five_times_waits_for_a_person(app, session, write, bad_day):
    (letter,) = write()
    bad_day.drops, bad_day.keeps_what_it_drops = 99, True
    for hours in range(0, 72, 5):
        carry(app, bad_day, after_minutes=60 * hours)
    session.expire_all()
    assert (letter.state, letter.stopped, letter.uncertain) == (LetterState.FAILED, Stopped.DOUBT, True)
    assert len(bad_day.letters) == 5
    assert len({got["Message-ID"] for got in bad_day.letters}) == 1


def test_a_server_that_answers_a_word_at_a_time_is_hung_up_on(app, session, write, monkeypatch):
    monkeypatch.setattr(delivery, "LETTER_SECONDS", 0.3)
    write()
    with Dripping.listening() as url:
        assert carry(app, SMTP_URL=url)["later"] == 1
    assert states(session) == ["waiting"]


def test_a_clock_that_was_wrong_and_is_set_back_holds_no_letter(app, session, write, mail_sink):
    with clock.at(clock.now() + timedelta(days=365)):
        write(2)
        actions.claim_next(by="in the future", at=clock.now())
        session.commit()
    assert carry(app, mail_sink)["sent"] == 2


def test_answers_go_to_the_office(app, session, write, mail_sink):
    session.add(Congress(name="A", level=Level.CITY, rules_name="default", office_email="daibiao@linjiang.example"))
    session.flush()
    write()
    carry(app, mail_sink)
    (got,) = mail_sink.letters
    assert got["From"] == app.config["MAIL_FROM"]
    assert got["Reply-To"].addresses[0].addr_spec == "daibiao@linjiang.example"


def test_what_stands_in_a_head_cannot_begin_another(app, session, write, mail_sink):
    write(title="Road\r\nBcc: all@city.example\r\n\r\nDear friend")
    session.execute(sa.update(Letter).values(to_name="Li\r\nBcc: x@y.cn", reply_to="a@b.cn\r\nBcc: x@y.cn"))
    session.commit()
    assert carry(app, mail_sink)["failed"] == 1
    session.execute(sa.update(Letter).values(state=LetterState.WAITING, next_try_at=clock.now(), reply_to=""))
    session.commit()
    assert carry(app, mail_sink)["sent"] == 1
    (got,) = mail_sink.letters
    assert (got["Bcc"], got["X-Envelope-To"]) == (None, "officer1@bureau.example")
