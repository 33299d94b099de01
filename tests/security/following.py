"""What is reported, inspected, instructed and said about two items of the city, each with a mark of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tests import makers
from tracker import clock
from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.followup import actions as followup
from tracker.followup.models import Fate
from tracker.handling.models import Promise
from tracker.remarks import actions as remarks
from tracker.remarks.rules import Audience
from tracker.supervision import actions as supervision
from tracker.supervision.models import InspectionKind

if TYPE_CHECKING:
    from datetime import date

    from tests.security.city import City


def follow(city: City, on: date, mark: Any, file: Any) -> None:
    """The promise about roads is reported kept and inspected; about the joint item leaders write and bodies speak."""
    _report(city, on, mark, file)
    _inspect(city, on, mark, file)
    _instruct(city, on, mark)
    _speak(city, on, mark)


def _report(city: City, on: date, mark: Any, file: Any) -> None:
    about = joinedload(Promise.assignment).options(joinedload(Assignment.suggestion), joinedload(Assignment.body))
    [number] = city.ids["roads"]["promise_id"]
    promise = db.session.scalars(sa.select(Promise).where(Promise.id == number).options(about)).one()
    by = makers.actor_of(promise.assignment)
    made = followup.report(promise, Fate.KEPT, mark("roads", "reported"), by=by, on=on)
    kept = followup.enclose(made, file("roads", "evidence"))
    db.session.flush()
    city.owns("roads", "evidence_id", kept.id)


def _inspect(city: City, on: date, mark: Any, file: Any) -> None:
    by, suggestion = city.users["committee"].actor(), city.suggestions["roads"]
    findings = mark("roads", "findings")
    made = supervision.inspect(suggestion, InspectionKind.VISIT, "李委员", findings, by=by, on=on)
    kept = supervision.enclose(made, file("roads", "findings-file"))
    db.session.flush()
    city.owns("roads", "inspection_id", made.id)
    city.owns("roads", "paper_id", kept.id)


def _instruct(city: City, on: date, mark: Any) -> None:
    suggestion = city.suggestions["joint"]
    db.session.refresh(suggestion, ["assignments"])
    makers.assignments_of(suggestion)
    for word, to in (("instruction", str(city.bodies["roads"].id)), ("order", "office")):
        facts = {"congress_id": city.congress.id, "by": makers.CLERK, "on": on}
        text, leader = mark("joint", word), mark("joint", f"{word}-leader")
        _made, [duty] = supervision.instruct([suggestion], leader, text, [to], **facts)
        city.owns("joint", "duty_id", duty.id)


def _speak(city: City, on: date, mark: Any) -> None:
    said = (
        ("roads", "inner", Audience.OFFICE, None),
        ("schools", "to-hub", Audience.HUB, None),
        ("schools", "to-roads", Audience.OFFICE, "roads"),
        ("clerk", "common", Audience.ALL, None),
        ("clerk", "to-deputy", Audience.DEPUTY, None),
    )
    for who, word, audience, to in said:
        user = city.users[who]
        facts = {"role": user.role, "by": user.actor(), "on": on, "at": clock.now()}
        to_body_id = city.bodies[to].id if to else None
        made = remarks.say(city.suggestions["joint"], mark("joint", word), audience, to_body_id=to_body_id, **facts)
        city.owns("joint", "remark_id", made.id)
