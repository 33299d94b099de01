"""Backups while somebody records suggestions with papers and throws drafts away; each is brought back elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests import makers
from tests.care.instances import a_paper, problems
from tracker.care.backup import write_backup
from tracker.care.restore import read_backup
from tracker.database import db
from tracker.deadlines.actions import load_rule_sets
from tracker.files import store
from tracker.files.models import File
from tracker.intake.models import Attachment
from tracker.suggestion.models import Suggestion

Elsewhere = Callable[[], AbstractContextManager[tuple[Any, Path]]]


class Writing(threading.Thread):
    """Records suggestions, each with a paper, and throws every second of its drafts away, until it is stopped."""

    def __init__(self, app: Any) -> None:
        super().__init__(daemon=True)
        self.app = app
        self.begun, self.stopped = threading.Event(), threading.Event()
        self.saved = 0
        self.failed: list[BaseException] = []

    def run(self) -> None:
        with self.app.app_context():
            congress = makers.a_congress()
            meeting, deputy = makers.a_meeting(congress), makers.a_deputy(congress)
            db.session.commit()
            while not self.stopped.is_set():
                try:
                    self._record(meeting, deputy)
                except Exception as failed:  # counted: while a backup is made nobody may be sent away
                    db.session.rollback()
                    self.failed.append(failed)
                self.begun.set()

    def _record(self, meeting: Any, deputy: Any) -> None:
        suggestion = makers.a_suggestion(meeting, deputy, title=f"关于第{self.saved}号道路的建议")
        db.session.add(Attachment(suggestion_id=suggestion.id, file_id=a_paper(self.saved).id))
        draft = a_paper(self.saved)
        db.session.commit()
        self.saved += 1
        store.discard(draft)
        db.session.commit()


def back_up_often(app: Any, folder: Path, elsewhere: Elsewhere, *, times: int) -> dict[str, int]:
    """So many backups under load, each brought back: what was there when it began must be there, and nothing amiss."""
    writer = Writing(app)
    with app.app_context():
        load_rule_sets()
        db.session.commit()
    writer.start()
    missing = amiss = 0
    least = []
    try:
        assert writer.begun.wait(60)
        for number in range(times):
            least.append(writer.saved)
            with app.app_context():
                write_backup(folder / f"{number}.tar.gz")
    finally:
        writer.stopped.set()
        writer.join(60)
    for number in range(times):
        with elsewhere() as (other, there), other.app_context():
            read_backup(folder / f"{number}.tar.gz")
            there_are = db.session.scalar(sa.select(sa.func.count()).select_from(Suggestion)) or 0
            missing += max(0, least[number] - there_are)
            missing += sum(
                not (there / "files" / name).is_file() for name in db.session.scalars(sa.select(File.stored_name))
            )
            amiss += len(problems())
            db.session.rollback()
    said = {"backups": times, "suggestions saved meanwhile": writer.saved, "sent away": len(writer.failed)}
    return {**said, "missing after restoring": missing, "problems found": amiss}
