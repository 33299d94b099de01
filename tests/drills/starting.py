"""Many processes that all start at the same moment on an empty database, as after a power cut in the machine room."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tests.drills.workers import CONTEXT, WAIT_SECONDS, Settings, working
from tracker import create_app
from tracker.care.upgrade import is_current
from tracker.cli.start import prepare
from tracker.database import db, reading
from tracker.deadlines.models import RuleSet
from tracker.workdays.models import LoadedYear


def begin(settings: Settings, together: Any, told: Any) -> None:
    """What every start does, at the same time as all the others."""
    app = create_app(settings)
    together.wait(WAIT_SECONDS)
    with app.app_context():
        try:
            prepare()
            with reading():
                assert is_current(db.engine)
            told.put("")
        except BaseException as wrong:
            told.put(f"{type(wrong).__name__}: {wrong}"[:500])
        finally:
            db.session.remove()
            db.engine.dispose()


def begin_together(settings: Settings, processes: int) -> list[str]:
    """So many processes start; what each that could not says."""
    together, told = CONTEXT.Barrier(processes), CONTEXT.Queue()
    with working(begin, [(settings, together, told)] * processes) as workers:
        said = [told.get(timeout=WAIT_SECONDS * 2) for _ in workers]
        for worker in workers:
            worker.join(WAIT_SECONDS)
    return [one for one in said if one]


def loaded() -> dict[str, int]:
    """What a start brings in: each rule set and each year must be there once."""
    with reading():
        return _counted()


def _counted() -> dict[str, int]:
    return {
        "rule sets": db.session.scalar(sa.select(sa.func.count()).select_from(RuleSet)) or 0,
        "years": db.session.scalar(sa.select(sa.func.count()).select_from(LoadedYear)) or 0,
    }
