"""Several carriers at once, and carriers that die."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.mail import actions
from tracker.mail.jobs import has_work, send_letters
from tracker.mail.models import Letter, LetterState, Stopped


def test_four_carriers_deliver_each_letter_once(app, session, write, mail_sink):
    write(24)
    app.config["SMTP_URL"] = mail_sink.url
    start = threading.Barrier(4)

    def go_round():
        with app.app_context():
            start.wait(20)
            send_letters(clock.today())

    carriers = [threading.Thread(target=go_round) for _ in range(4)]
    for carrier in carriers:
        carrier.start()
    for carrier in carriers:
        carrier.join(60)
    assert len(mail_sink.letters) == len({got["Message-ID"] for got in mail_sink.letters}) == 24


def test_two_carriers_never_hold_the_same_letter(app, session, write):
    write(1)
    now = clock.now()
    assert actions.claim_next(by="one", at=now) is not None
    session.commit()
    with app.app_context():
        assert actions.claim_next(by="two", at=now) is None
        db.session.rollback()


@pytest.mark.engines("postgresql")  # on SQLite a second writer waits for the first
def test_a_letter_held_in_an_open_transaction_is_passed_over(app, session, write):
    write(2)
    now = clock.now()
    first = actions.claim_next(by="one", at=now)
    with app.app_context():
        second = actions.claim_next(by="two", at=now)
        db.session.rollback()
    assert {first.id, second.id} == set(session.scalars(sa.select(Letter.id)))


def test_what_a_dead_carrier_held_is_given_back_with_a_doubt(session, write):
    (letter,) = write()
    actions.claim_next(by="dead", at=clock.now())
    session.commit()
    assert not has_work()
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert has_work()
        assert actions.free_abandoned(at=clock.now()) == 1
    session.expire_all()
    assert (letter.state, letter.uncertain, letter.last_error) == (LetterState.WAITING, True, "abandoned")


def test_a_carrier_that_wakes_up_too_late_changes_nothing(session, write):
    (letter,) = write()
    now = clock.now()
    slow = actions.claim_next(by="slow", at=now)
    actions.free_abandoned(at=now + timedelta(minutes=6))
    quick = actions.claim_next(by="quick", at=now + timedelta(minutes=6))
    actions.mark_sent(quick, by="quick", at=now + timedelta(minutes=6))
    actions.mark_failed(slow, by="slow", words="550 no", why=Stopped.ADDRESS)
    session.expire_all()
    assert (letter.state, letter.last_error) == (LetterState.SENT, None)


def test_letters_to_somebody_who_may_no_longer_see_them_are_taken_back(session, write):
    one, two = write(2)
    assert actions.take_back("officer:1") == 1
    session.expire_all()
    assert (one.state, two.state) == (LetterState.KEPT, LetterState.WAITING)
