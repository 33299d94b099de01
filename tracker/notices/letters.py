"""Letters of notices to the body, those the rung names and the lead deputy; and of what a meeting decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.escalation.models import Told
from tracker.intake.letters import Line, of_deputy, of_officer, title_for_mail
from tracker.mail.outbox import Draft, link_days, post_many
from tracker.notices.models import Measure, MeetingDecision, Notice
from tracker.notices.queries import live_items, number_of
from tracker.people.actions import make_link
from tracker.people.models import Purpose
from tracker.structure.absence import Reached, reached_for
from tracker.structure.models import Body, Deputy, Rank
from tracker.structure.queries import officers_of
from tracker.suggestion.models import Suggestion

OF_THE_BODY = (Rank.HANDLER, Rank.DEPUTY_HEAD, Rank.HEAD)


def issued(notice: Notice, *, on: date) -> None:
    """The body's people can answer by their link; whom the rung names gets a copy to read; each lead deputy learns
    that a notice was issued, and nothing of what it says.
    """
    suggestion_id = _only_suggestion(notice)
    drafts = []
    for officer, answers in _readers(notice, on):
        address = _linked(notice, officer, Purpose.NOTICE if answers else Purpose.COPY)
        facts = {**_facts(notice), "answers": answers, "address": address}
        key = f"notice_issued:{notice.id}:officer:{officer.id}"
        drafts.append(Draft(of_officer(officer), key, suggestion_id, facts))
    post_many("notice_issued", drafts, at=clock.now())
    _tell_deputies(notice)


def overdue(notice: Notice, *, on: date) -> None:
    """The body's people learn that no answer has come, with a new link to answer by."""
    drafts = []
    for officer in officers_of([notice.body_id], *OF_THE_BODY, on=on):
        facts = {**_facts(notice), "address": _linked(notice, officer, Purpose.NOTICE)}
        key = f"notice_overdue:{notice.id}:officer:{officer.id}"
        drafts.append(Draft(of_officer(officer), key, _only_suggestion(notice), facts))
    post_many("notice_overdue", drafts, at=clock.now())


def withdrawn(notice: Notice, *, on: date) -> None:
    """Who got the notice learns that it is withdrawn, and why."""
    drafts = [
        Draft(
            of_officer(officer),
            f"notice_withdrawn:{notice.id}:officer:{officer.id}",
            _only_suggestion(notice),
            {**_facts(notice), "reason": notice.ended_note, "on": on},
        )
        for officer, _answers in _readers(notice, on)
    ]
    post_many("notice_withdrawn", drafts, at=clock.now())


def decided(made: MeetingDecision, chosen: Sequence[tuple[Suggestion, Body]], *, on: date) -> None:
    """The people of each body learn what a meeting decided of its items, and by when; of nothing they hear nothing."""
    if made.measure is Measure.NONE:
        return
    by_body: dict[Body, list[Suggestion]] = {}
    for suggestion, body in chosen:
        by_body.setdefault(body, []).append(suggestion)
    drafts = []
    for body, suggestions in by_body.items():
        lines = [Line(one.number or "", title_for_mail(one), address=f"/suggestions/{one.id}") for one in suggestions]
        facts = {
            "lines": lines,
            "body_name": body.name,
            "meeting": made.meeting,
            "measure": str(made.measure),
            "on": made.on,
            "until_on": made.until_on,
            "note": made.note if all(line.title for line in lines) else "",  # it may name what is internal
        }
        only_id = suggestions[0].id if len(suggestions) == 1 else None
        drafts += [
            Draft(of_officer(officer), f"meeting_decided:{made.id}:{body.id}:officer:{officer.id}", only_id, facts)
            for officer in officers_of([body.id], *OF_THE_BODY, on=on)
        ]
    post_many("meeting_decided", drafts, at=clock.now())


def nobody_at(bodies: Iterable[Body], *, on: date) -> list[Body]:
    """The bodies of which no officer is known who would read a letter."""
    return [body for body in dict.fromkeys(bodies) if not officers_of([body.id], *OF_THE_BODY, on=on)]


def _linked(notice: Notice, officer: Reached, purpose: Purpose) -> str:
    """The address of the notice by a link of his own."""
    secret = make_link(
        purpose,
        at=clock.now(),
        days=link_days(),
        notice_id=notice.id,
        congress_id=notice.congress_id,
        holder_name=officer.name,
        language=officer.language,
    )
    return f"/links/{secret}/supervision"


def _readers(notice: Notice, on: date) -> list[tuple[Reached, bool]]:
    """The handlers and heads of the body, who answer, then whom the ladder named for these steps; each once."""
    found: dict[int, tuple[Reached, bool]] = {}
    for officer in officers_of([notice.body_id], *OF_THE_BODY, on=on):
        found.setdefault(officer.id, (officer, True))
    alarms = [one.alarm_id for one in live_items(notice)]
    named = sa.select(Told.officer_id).where(Told.alarm_id.in_(alarms), Told.officer_id.is_not(None)).distinct()
    for officer in reached_for(sorted(one for one in db.session.scalars(named) if one), on).values():
        found.setdefault(officer.id, (officer, False))
    return list(found.values())


def _tell_deputies(notice: Notice) -> None:
    lines: dict[int, list[Line]] = {}
    for item in live_items(notice):
        suggestion = item.suggestion
        if suggestion.lead_deputy_id is not None:
            line = Line(suggestion.number or "", title_for_mail(suggestion), address=f"/suggestions/{suggestion.id}")
            lines.setdefault(suggestion.lead_deputy_id, []).append(line)
    deputies = db.session.scalars(sa.select(Deputy).where(Deputy.id.in_(lines)).order_by(Deputy.id)).all()
    drafts = [
        Draft(
            of_deputy(deputy),
            f"notice_told:{notice.id}:deputy:{deputy.id}",
            _only_suggestion(notice),
            {
                "lines": lines[deputy.id],
                "kind": str(notice.kind),
                "body_name": notice.body.name,
                "on": notice.issued_on,
                "answer_by_on": notice.answer_by_on,
            },
        )
        for deputy in deputies
    ]
    post_many("notice_told", drafts, at=clock.now())


def _facts(notice: Notice) -> dict[str, Any]:
    return {
        "number": number_of(notice),
        "kind": str(notice.kind),
        "body_name": notice.body.name,
        "answer_by_on": notice.answer_by_on,
        "lines": [Line(one.suggestion.number or "", title_for_mail(one.suggestion)) for one in live_items(notice)],
    }


def _only_suggestion(notice: Notice) -> int | None:
    ids = {one.suggestion_id for one in live_items(notice)}
    return ids.pop() if len(ids) == 1 else None
