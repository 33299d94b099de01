"""A forgotten password: a letter to whoever has an account, few of them, read by nobody else, and dead soon."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.concurrency.crowd import at_once
from tests.security.guessing import posts
from tests.security.signing import NOON, PASSWORD, gives
from tracker import clock
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.mail.models import Letter
from tracker.people import actions, forgotten, jobs, rules
from tracker.people.models import Link, PasswordWish

ELSEWHERE = "203.0.113.7"


@pytest.fixture
def mail(app) -> None:
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"


def letters(kind: str = forgotten.LETTER) -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def link_in(letter: Letter) -> str:
    return re.findall(r"/password/[\w-]+", letter.body_text)[0]


@pytest.mark.engines("sqlite")
def test_a_forgotten_password_is_set_anew_by_a_letter_once_within_the_hour(mail, case, reader):
    inside = reader.signed_in_as(case.clerk)
    reader.read("/password")
    assert "If there is an account" in reader.send("/password", {"email": case.clerk.email.upper()}).text
    assert jobs.has_work()
    assert jobs.answer_forgotten(NOON.date()) == {"letters": 1}
    assert not jobs.has_work()
    [letter] = letters()
    path = link_in(letter)
    assert len(path.rpartition("/")[2]) >= 22  # 128 bits
    assert path.rpartition("/")[2] not in str(db.session.execute(sa.select(Link.__table__)).all())
    with clock.at(clock.now() + timedelta(hours=1, seconds=1)):
        reader.read(path, expect=404)
    reader.read(path)
    reader.send(path, {"password": "four other quiet words"})
    reader.read(path, expect=404)
    inside.read("/account", expect=302)
    gives(reader, case.clerk.email, "four other quiet words")


def test_of_twenty_who_use_one_link_at_once_one_sets_the_password(app, case):
    secret = actions.password_link(case.clerk, at=clock.now())
    db.session.commit()

    def use() -> bool:
        link = db.session.scalars(sa.select(Link).where(Link.digest == actions.digest(secret))).one()
        try:
            actions.use_up(link, at=clock.now())
            db.session.commit()
        except RuleBroken:
            return False
        return True

    assert at_once(app, NOON, [use] * 20).count(True) == 1


@pytest.mark.engines("sqlite")
def test_a_hundred_wishes_make_three_letters_an_hour(mail, case, reader):
    send = posts(reader, "/password")
    for number in range(100):
        with clock.at(NOON + timedelta(seconds=number)):
            assert send({"email": case.clerk.email}).status_code == 200
            if number % 20 == 0:
                jobs.answer_forgotten(NOON.date())
    jobs.answer_forgotten(NOON.date())
    assert len(letters()) == rules.MAILS_AN_HOUR
    with clock.at(NOON + timedelta(hours=1, minutes=3)):
        send({"email": case.clerk.email})
        jobs.answer_forgotten(NOON.date())
    assert len(letters()) == rules.MAILS_AN_HOUR + 1


@pytest.mark.engines("sqlite")
def test_wishes_of_nobody_the_disabled_and_the_demo_are_taken_down_and_come_to_nothing(mail, case, reader):
    case.clerk.demo_only = True
    actions.disable(case.handler, by=case.by_office, at=clock.now())
    db.session.commit()
    send = posts(reader, "/password")
    for email in (case.clerk.email, case.handler.email, "nobody@city.example"):
        send({"email": email})
    jobs.answer_forgotten(NOON.date())
    assert letters() == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PasswordWish)) == 0


@pytest.mark.engines("sqlite")
def test_a_source_that_asks_for_many_waits(mail, case, reader):
    send = posts(reader, "/password", ELSEWHERE)
    for number in range(rules.SOURCE_TRIES + 5):
        assert send({"email": f"a{number}@city.example"}).status_code == 200
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PasswordWish)) == rules.SOURCE_TRIES


@pytest.mark.engines("sqlite")
def test_an_office_without_mail_says_whom_to_ask(case, reader):
    page = reader.read("/password")
    assert "This office sends no mail." in page.text
    reader.send("/password", {"email": case.clerk.email})
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PasswordWish)) == 0


@pytest.mark.engines("sqlite")
def test_a_new_link_a_new_password_and_a_new_address_kill_the_link(mail, case, reader):
    def link() -> str:
        secret = actions.password_link(case.clerk, at=clock.now())
        db.session.commit()
        return f"/password/{secret}"

    first, second = link(), link()
    reader.read(first, expect=404)
    here = reader.signed_in_as(case.clerk)
    here.read("people.address")
    here.send("people.address", {"email": "new@city.example", "current": PASSWORD})
    reader.read(second, expect=404)
    third = link()
    here.read("people.account")
    here.send("people.account", {"current": PASSWORD, "password": "four other quiet words"})
    reader.read(third, expect=404)
    told_at = [letter.to_address for letter in letters("account_changed")]
    assert told_at[0] != "new@city.example"
    assert told_at[1] == "new@city.example"


@pytest.mark.engines("sqlite")
def test_the_office_cannot_read_or_turn_aside_a_letter_that_opens_an_account(mail, case, reader):
    posts(reader, "/password")({"email": case.handler.email})
    jobs.answer_forgotten(NOON.date())
    [letter] = letters()
    secret = link_in(letter).rpartition("/")[2]
    clerk = reader.signed_in_as(case.clerk)
    for state in ("waiting", "kept", "failed"):
        db.session.execute(sa.update(Letter).where(Letter.id == letter.id).values(state=state))
        db.session.commit()
        assert secret not in clerk.read("mail.letter", letter_id=letter.id).html
    clerk.send("mail.again", {"address": "clerk@elsewhere.example"}, letter_id=letter.id)
    assert letters()[0].to_address == case.handler.email


@pytest.mark.engines("sqlite")
def test_the_link_carries_the_configured_address_and_leaks_in_no_referrer(mail, case, reader):
    posts(reader, "/password", headers={"X-Forwarded-Host": "evil.test"})({"email": case.clerk.email})
    jobs.answer_forgotten(NOON.date())
    [letter] = letters()
    assert "evil.test" not in letter.body_text
    answer = reader.read(link_in(letter)).response
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
