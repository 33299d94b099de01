"""The jobs of the night."""

from datetime import timedelta

import sqlalchemy as sa

from tests.schedule import bells
from tracker import clock
from tracker.audit.actions import broken_seals, trace
from tracker.audit.models import Aside, Trace
from tracker.people.models import Attempt
from tracker.schedule import claims
from tracker.schedule.jobs import seal_history, sweep
from tracker.web.models import Press


def test_history_is_sealed_once(session):
    trace("sign_in", None, at=clock.now())
    session.commit()
    assert seal_history(clock.today()) == {"rows": 1}
    assert seal_history(clock.today()) == {"rows": 0}
    assert broken_seals() == []


def test_only_what_is_old_is_swept_away(session):
    now = clock.now()
    for days in (29, 31):
        session.add(Press(token=f"{days}", at=now - timedelta(days=days), address="/"))
        session.add(Attempt(key=f"{days}", at=now - timedelta(days=days)))
    session.commit()
    for job in ("send-letters", "bell"):
        old = claims.claim(job, "old", at=now - timedelta(days=8), lease=timedelta(minutes=1))
        claims.finish(old, {}, at=now)
    assert sweep(clock.today()) == {"presses": 1, "attempts": 1, "minutes": 1, "networks": 0, "asides": 0, "files": 0}
    assert bells.presses() == 1
    assert claims.find("bell", "old") is not None


def test_where_somebody_acted_from_is_forgotten_after_a_year_and_the_trace_stays(session):
    now = clock.now()
    for days in (364, 366):
        trace("signed_in", None, at=now - timedelta(days=days), source=f"203.0.113.{days - 300}")
    session.commit()
    seal_history(clock.today())
    assert sweep(clock.today())["asides"] == 1
    assert session.scalars(sa.select(Aside.value)).all() == ["203.0.113.64"]
    assert session.scalar(sa.select(sa.func.count()).select_from(Trace)) == 2
    assert broken_seals() == []
