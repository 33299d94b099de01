"""One form sent many times: a dozen presses at the same moment, and answers lost on the way, again and again."""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa

from tests import makers
from tests.concurrency.crowd import at_once, presses
from tests.reader import Reader
from tracker import clock
from tracker.database import db
from tracker.handling.models import Contact
from tracker.suggestion.models import Suggestion

PRESSES, RETRIES = 12, 5


def press_often(app: Any, *, forms: int, lost: int) -> Counter[str]:
    """So many forms pressed twelve times at once, and so many sent again five times; two kinds of forms by turns."""
    told: Counter[str] = Counter()
    with app.app_context():
        case = makers.a_case()
        meeting_id, deputy_id = makers.a_meeting(case.congress).id, case.deputy.id
        link = makers.a_handling_link(case.lead)
        clerk, reader = Reader(app).signed_in_as(case.clerk), Reader(app)
        for number in range(forms + lost):
            if number % 2:
                sender, path, kind = reader, f"{link}/contact", Contact
                facts = {"acting_name": "林", "on": clock.today(), "manner": "phone", "person": f"第{number}次"}
            else:
                sender, path, kind = clerk, "/suggestions/new?secrecy=no", Suggestion
                facts = {"meeting_id": meeting_id, "title": f"第{number}件", "text": "夜间昏暗。", "origin": "meeting"}
                facts |= {"lead_deputy_id": deputy_id, "delegation_id": 0, "publicity": "full"}
                facts |= {"category": "", "survey_method": ""}
            before = _count(kind)
            sent = {**sender.read(path).hidden(path.partition("?")[0]), **facts}
            if number < forms:
                answers = at_once(app, clock.now(), presses(sender, path, sent, PRESSES))
            else:
                answers = [sender.send(path, sent, expect=302).response for _ in range(1 + RETRIES)]
            told["pressed at once" if number < forms else "sent again"] += len(answers)
            told["not led on"] += sum(answer.status_code not in (302, 303) for answer in answers)
            told["led elsewhere"] += len({answer.location for answer in answers}) - 1
            told["made"] += _count(kind) - before
        numbers = sorted(
            int(one.rpartition("-")[2].strip("号"))
            for one in db.session.scalars(sa.select(Suggestion.number).where(Suggestion.meeting_id == meeting_id))
        )
        told["numbers missing or twice"] = sum(one != place for place, one in enumerate(numbers, start=1))
        db.session.rollback()
    return told


def _count(kind: type) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0
