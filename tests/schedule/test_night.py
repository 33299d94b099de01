"""The jobs of the night."""

from datetime import timedelta

from tests.schedule import bells
from tracker import clock
from tracker.audit.actions import broken_seals, trace
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
    assert sweep(clock.today()) == {"presses": 1, "attempts": 1, "minutes": 1, "networks": 0, "files": 0}
    assert bells.presses() == 1
    assert claims.find("bell", "old") is not None
