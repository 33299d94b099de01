"""Guessing: tries are counted before they are looked at, by account and by source, and no answer tells who exists."""

from __future__ import annotations

import re
import threading
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.concurrency.crowd import at_once
from tests.makers import Case, a_case
from tests.register.test_list import statements
from tests.security.guessing import compare, posts
from tests.security.signing import PASSWORD, gives, with_password
from tracker import clock
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.mail.models import Letter
from tracker.people import actions, forgotten, jobs, passwords, rules
from tracker.people.models import Link, PasswordWish

NOON = datetime(2026, 3, 5, 12, 0, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
ELSEWHERE = "203.0.113.7"


@pytest.fixture
def case(session, stopped_clock) -> Case:
    stopped_clock(NOON)
    made = a_case()
    with_password(made.clerk)
    return made


def knock(email: str, source: str = ELSEWHERE) -> bool:
    """Whether a try would be looked at."""
    actions.note_attempt(email, source=source, at=clock.now())
    db.session.commit()
    try:
        actions.must_not_be_guessing(email, source=source, at=clock.now())
    except RuleBroken:
        return False
    return True


def test_of_thirty_tries_at_once_no_more_are_looked_at_than_one_after_the_other(app, case, reader):
    """Then the right password waits, however the name is spelt, and no other account's; a quarter later all is well."""
    email = case.clerk.email
    assert at_once(app, NOON, [lambda: knock(email, "127.0.0.1")] * 30).count(True) <= rules.TRIES
    for spelling in (email, email.upper(), f" {email} ", email.replace("u", "ｕ", 1)):
        reader.read("/sign-in")
        page = reader.send("/sign-in", {"email": spelling, "password": PASSWORD})
        assert "Too many tries." in page.text
    with_password(case.handler)
    gives(reader, case.handler.email)
    with clock.at(clock.now() + rules.WINDOW + timedelta(seconds=1)):
        gives(reader, email)


def test_a_source_that_guesses_at_many_accounts_waits_and_no_other_source_does(case):
    assert sum(knock(f"nobody{number}@city.example") for number in range(70)) == rules.SOURCE_TRIES
    assert not knock(case.clerk.email)
    assert knock(case.handler.email, "203.0.113.8")


@pytest.mark.engines("sqlite")
def test_signing_in_oneself_buys_no_further_guesses_at_others(case):
    for number in range(rules.SOURCE_TRIES - 1):
        assert knock(f"nobody{number}@city.example")
    later = clock.now() + timedelta(minutes=1)
    actions.note_attempt(case.clerk.email, source=ELSEWHERE, at=later)
    actions.sign_in(case.clerk, case.clerk.email, source=ELSEWHERE, agent="", at=later)
    db.session.commit()
    assert [knock("somebody@city.example") for _ in range(2)] == [True, False]


@pytest.mark.engines("sqlite")
def test_behind_a_proxy_that_hides_who_asks_nobody_is_shut_out_for_another(case):
    """Our own address stands for everybody: then only accounts are counted."""
    assert all(knock(f"nobody{number}@city.example", "127.0.0.1") for number in range(rules.SOURCE_TRIES + 10))


def told(send, email: str) -> tuple[int, str]:
    """Status and page of an answer, without what was typed."""
    answer = send({"email": email, "password": "something else entirely"})
    return answer.status_code, answer.get_data(as_text=True).replace(email, "…")


@pytest.mark.parametrize("path", ["/sign-in", "/password"])
def test_known_and_unknown_addresses_are_answered_alike(app, case, reader, path):
    """The same words, the same questions to the database, the same hashes: there is nothing a clock could see.

    `bench oracle` measures the time itself.
    """
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"
    send, hashed = posts(reader, path), []
    verify = passwords._hasher.verify
    known, unknown = case.clerk.email, "u" * len(case.clerk.email.split("@")[0]) + "@city.example"
    asked = {}
    try:
        passwords._hasher = Counting(hashed, verify)
        for email in (known, unknown):
            hashed.clear()
            asked[email] = statements(app, lambda email=email: told(send, email)), len(hashed)
    finally:
        passwords._hasher = passwords.PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
    assert asked[known] == asked[unknown]
    assert told(send, known) == told(send, unknown)


class Counting:
    """Says how often a password is looked at."""

    def __init__(self, seen: list, verify) -> None:
        self.seen, self.really = seen, verify

    def verify(self, *given) -> bool:
        self.seen.append(given)
        return self.really(*given)


def test_the_comparison_sees_a_difference_and_sees_none():
    same = [float(number) for number in range(200)]
    assert abs(compare(same, [value + 0.5 for value in same])["z"]) < 1
    assert compare([value + 150 for value in same], same)["z"] > 4


def memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1_048_576


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="/proc: memory is not told on this machine")
def test_thirty_passwords_looked_at_at_once_take_little_memory():
    """Nineteen megabytes each, four at a time."""
    kept, most, done = passwords.hashed(PASSWORD), [0.0], threading.Event()
    before = memory_mb()

    def watch() -> None:
        while not done.wait(0.002):
            most[0] = max(most[0], memory_mb())

    watching = threading.Thread(target=watch)
    watching.start()
    threads = [threading.Thread(target=passwords.matches, args=(kept, "x" * 20)) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    watching.join()
    assert most[0] - before < 150


# Forgotten passwords


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
