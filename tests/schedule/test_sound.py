"""A clock that stands days before the history rings nothing, and says so; until somebody says that it is right."""

from datetime import timedelta

import pytest

from tests import makers
from tests.schedule import bells
from tracker import clock
from tracker.roles import Role
from tracker.schedule import queries, ring, sound
from tracker.schedule.command import confirm_clock
from tracker.schedule.models import JobRun

LAST = makers.HANDED_OVER_ON


@pytest.fixture
def case(session):
    with clock.at(LAST):
        made = makers.a_case()
        session.commit()
    return made


@pytest.mark.parametrize(
    ("back", "rings"), [(timedelta(hours=1), True), (timedelta(days=1), True), (timedelta(days=9), False)]
)
def test_a_clock_set_back(case, session, back, rings):
    with clock.at(LAST - back if back >= timedelta(days=1) else LAST):
        assert ring.run("bell").ran is rings
        assert ("clock_wrong" in [one.kind for one in queries.problems()]) is not rings
    assert bool(bells.rung) is rings


def test_the_desk_and_the_page_say_so(case, session, reader):
    user = makers.a_user(case.congress, Role.ADMIN)
    session.commit()
    with clock.at(LAST - timedelta(days=9)):
        page = reader.signed_in_as(user).read("/timetable")
        assert "Nothing happens by itself until the clock is set right" in page.text
        assert "the clock stands before the last lines" in reader.signed_in_as(case.clerk).read("/").text
    with clock.at(LAST + timedelta(days=1)):
        assert "until the clock is set right" not in reader.signed_in_as(user).read("/timetable").text


@pytest.mark.parametrize("minutes", [-50, 1, 50])
def test_a_clock_that_differs_from_the_databases_rings_nothing(session, engine_kind, minutes):
    with clock.fast(timedelta(minutes=minutes)):
        is_sound = engine_kind == "sqlite" or minutes == 1
        assert ring.run("bell").ran is is_sound
        assert ("clock_differs" in [one.kind for one in queries.problems()]) is not is_sound


def test_who_knows_that_the_history_ran_ahead_says_so_once(app, case, session):
    with clock.at(LAST - timedelta(days=30)):
        assert ring.run("bell").why == "clock"
        assert ring.run("bell", by_hand=True).ran
        session.commit()
        said = app.test_cli_runner().invoke(confirm_clock)
        assert "are called wrong; the timetable rings" in said.output
        assert "clock_wrong" not in [one.kind for one in queries.problems()]
        assert ring.run("bell").why == "done"
        assert "The clock is sound" in app.test_cli_runner().invoke(confirm_clock).output
    assert session.query(JobRun).filter_by(job="confirm-clock").count() == 1


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("days", "rings"), [(-1, True), (0.9, True), (2, False), (400, False)])
def test_a_clock_before_the_program_was_built(session, monkeypatch, days, rings):
    """A machine that lost its clock: the newest of our files is younger than its present."""
    monkeypatch.setattr(sound, "_newest_file", lambda: clock.now() + timedelta(days=days))
    assert ring.run("bell").ran is rings
    assert ("clock_early" in [one.kind for one in queries.problems()]) is not rings


def test_our_files_are_not_of_tomorrow():
    assert sound.before_build() is None
    assert sound._newest_file().year >= 2026
