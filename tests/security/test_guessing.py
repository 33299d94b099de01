"""Guessing: tries are counted before they are looked at, by account and by source, and no answer tells who exists."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.concurrency.crowd import at_once
from tests.register.test_list import statements
from tests.security.guessing import compare, posts
from tests.security.signing import NOON, PASSWORD, gives, with_password
from tracker import clock
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.people import actions, passwords, rules

ELSEWHERE = "203.0.113.7"


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
