"""`run-job` on the command line, the page, and the bell itself."""

import json
import time

import pytest

from tests.schedule import bells
from tracker import clock
from tracker.people.models import User
from tracker.roles import Role
from tracker.schedule import scheduler
from tracker.schedule.command import run_job
from tracker.structure.models import Congress, Level


@pytest.fixture
def say(app, monkeypatch):
    """The command as the shell gives it; the bells of the tests are choices too."""
    monkeypatch.setattr(run_job.params[0].type, "choices", ["bell", "week-bell", "send-letters"])

    def answer(*words, expect=0):
        result = app.test_cli_runner().invoke(args=["run-job", *words])
        assert result.exit_code == expect, result.output
        return result

    return answer


def test_a_second_run_of_the_slot_does_nothing_and_says_so(say):
    first = json.loads(say("bell", "--today", "2026-03-02", "--json").stdout)
    assert first == {"job": "bell", "slot": "2026-03-02", "ran": True, "letters": 1, "rows": 1, "recipients": []}
    second = json.loads(say("bell", "--today", "2026-03-02", "--json").stdout)
    assert (second["ran"], second["why"], second["letters"]) == (False, "done", 0)
    assert "nothing to do" in say("bell", "--today", "2026-03-02").stdout


def test_a_dry_run_lists_every_letter_and_recipient_and_may_be_repeated(say):
    for _ in range(2):
        told = json.loads(say("bell", "--today", "2026-03-02", "--dry-run", "--json").stdout)
        assert (told["ran"], told["letters"], told["recipients"][0]["address"]) == (False, 1, "officer1@bureau.example")
    assert "Officer 1 <officer1@bureau.example>" in say("bell", "--today", "2026-03-02", "--dry-run").stdout
    assert json.loads(say("bell", "--today", "2026-03-02", "--json").stdout)["ran"]


def test_a_failure_is_told_and_ends_with_1(say):
    bells.wrong.append("no ink")
    assert "no ink" in say("bell", "--today", "2026-03-02", expect=1).stderr


def test_an_unknown_job_is_a_wrong_call(say):
    say("ring-the-moon", expect=2)


@pytest.fixture
def admin(session, reader):
    user = User(email="admin@o.example", name="Wang", role=Role.ADMIN, created_at=clock.now())
    session.add_all([user, Congress(name="A", level=Level.CITY, rules_name="default")])
    session.commit()
    return reader.signed_in_as(user)


def test_the_page_tells_what_came_of_each_job(admin, say):
    assert "Not yet" in admin.read("schedule.index").text
    say("bell")
    page = admin.read("schedule.index")
    assert any("bell" in row and "Done" in row and clock.today().isoformat() in row for row in page.rows())
    bells.wrong.append("no ink")
    say("week-bell", expect=1)
    assert "RuntimeError: no ink" in admin.read("schedule.index").text


def test_the_bell_catches_up_when_it_is_hung_and_goes_silent_when_taken_down(app, monkeypatch):
    monkeypatch.setattr(scheduler, "clock", clock)
    hung = scheduler.start(app)
    try:
        assert {job.id for job in hung.get_jobs()} >= {"bell", "week-bell", "send-letters", "catch-up"}
        assert all(job.misfire_grace_time is None and job.coalesce for job in hung.get_jobs())
        until = time.monotonic() + 5
        while hung.get_job("catch-up-at-start") and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        hung.shutdown()
    assert hung.get_job("catch-up-at-start") is None
