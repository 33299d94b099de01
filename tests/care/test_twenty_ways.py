"""Twenty-nine ways to spoil what is stored, behind the procedure's back: the doctor finds each of them."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests import makers
from tests.audit.test_seals import let_alter
from tests.handling.papers import SCAN
from tracker import clock
from tracker.actor import SYSTEM
from tracker.audit.actions import seal, trace
from tracker.care.doctor import examine
from tracker.feedback import actions as feedback
from tracker.feedback.models import RatingChannel, Verdict
from tracker.files import store
from tracker.handling import actions as handling
from tracker.handling.queries import get_reply

PROMISE = {"what": "安装路灯", "owner": "林承办", "due_on": "2026-09-01"}
SEALED = ("entry", "trace", "seal")
# What is done by hand, and what the doctor calls it. `{lead}` and so on are the numbers of the case.
WAYS = {
    "a second lead": ("update assignment set part = 'lead' where id = {co}", "one_lead"),
    "no lead": ("update assignment set part = 'co' where id = {other}", "no_lead"),
    "a stage": ("update suggestion set stage = 'closed' where id = {suggestion}", "stage"),
    "a standing": ("update assignment set standing = 'assigned' where id = {lead}", "stage"),
    "a line of history nobody knows": ("update entry set move = 'x' where id = {entry}", "stage"),
    "a body closed": ("update body set closed_on = '2026-03-01' where id = {other_body}", "open_at_closed"),
    "a line of history changed": ("update entry set actor_name = '别人' where id = {entry}", "audit"),
    "a line of history moved to another day": ("update entry set \"on\" = '2026-01-01' where id = {entry}", "audit"),
    "a line of history removed": ("delete from entry where id = {entry}", "audit"),
    "the last line of history removed": ("delete from entry where id = {last_entry}", "audit"),
    "a line of the trail changed": ("update trace set actor_name = '别人' where id = {trace}", "audit"),
    "a line of the trail removed": ("delete from trace where id = {trace}", "audit"),
    "a seal changed": ("update seal set digest = '0' where id = {seal}", "audit"),
    "a clock without a holder": ("update deadline set holder_body_id = null where id = {clock}", "clock"),
    "a clock stopped": ("update deadline set met_on = '2026-03-02' where id = {clock}", "clock"),
    "a clock removed": ("delete from deadline where id = {clock}", "clock"),
    "a clock begun twice": (
        "update deadline set kind = 'reply' where assignment_id = {other} and kind = 'receipt'", "clock"
    ),
    "a promise without a clock": ("delete from deadline where promise_id is not null", "promise_clock"),
    "a delivery removed": ("delete from delivery", "no_delivery"),
    "the text of a reply": ("update reply set text = '另一个答复' where id = {reply}", "search"),
    "a rating": ("update rating set result = 'mostly' where id > 0", "rating"),
    "a rating removed": ("delete from rating where id > 0", "rating"),
    "the title of a suggestion": ("update suggestion set title = '另一个标题' where id = {suggestion}", "search"),
    "the words of the index": ("update search_words set words = 'x'", "search"),
    "the digests of the index": ("update search_words set digest = 'x'", "search"),
    "the index emptied": ("delete from search_words", "search"),
    "the digest of a file": ("update file set digest = 'x' where id = {file}", "file_changed"),
    "the name a file is stored under": ("update file set stored_name = 'aa/x' where id = {file}", "file_missing"),
    "the holidays of this year": ("delete from loaded_year where year = 2026", "calendar"),
}  # fmt: skip


@pytest.fixture
def numbers(session, stopped_clock):
    """A case with everything: delivered, rated, a promise, a file, another one under way; sealed and sound."""
    stopped_clock(makers.HANDED_OVER_ON)
    case = makers.a_case()
    reply = makers.a_submitted_reply(case.lead, makers.HANDED_OVER_ON, promises=[PROMISE])
    handling.deliver(reply, case.lead, by=case.by_office, on=makers.HANDED_OVER_ON)
    facts = {"channel": RatingChannel.LINK, "by": case.by_office, "on": makers.HANDED_OVER_ON}
    delivered = get_reply(reply.id, case.clerk)
    feedback.rate(delivered, case.deputy, Verdict.SATISFIED, Verdict.SATISFIED, "", **facts)
    meeting = makers.a_meeting(case.congress)
    other = makers.a_suggestion(meeting, case.deputy, title="关于路灯的建议")
    [under_way] = makers.an_assignment(other, makers.a_body(case.congress, "市水务局"))
    file = store.keep(FileStorage(io.BytesIO(SCAN), filename="答复.pdf"), by=SYSTEM, at=clock.now())
    trace("tried", SYSTEM, at=clock.now())
    session.flush()
    seal(at=clock.now())
    session.commit()

    def one(statement: str) -> int:
        return session.scalar(sa.text(statement))

    found = {
        "suggestion": case.suggestion.id, "lead": case.lead.id, "co": case.co.id, "other": under_way.id,
        "other_body": under_way.body_id, "reply": reply.id, "file": file.id,
        "entry": one("select min(id) from entry"), "last_entry": one("select max(id) from entry"),
        "trace": one("select min(id) from trace"), "seal": one("select min(id) from seal"),
        "clock": one(f"select id from deadline where assignment_id = {under_way.id} and kind = 'reply'"),
    }  # fmt: skip
    session.commit()
    return found


def test_the_doctor_finds_every_way(numbers, session):
    assert [one.kind for one in examine()] == []
    session.rollback()
    missed = []
    for way, (statement, kind) in WAYS.items():
        for table in SEALED:
            let_alter(table)
        try:
            changed = session.execute(sa.text(statement.format(**numbers))).rowcount
        except sa.exc.DBAPIError as refused:
            missed.append(f"{way}: {refused.orig}")
            session.rollback()
            continue
        kinds = {one.kind for one in examine()}
        if not changed or kind not in kinds:
            missed.append(f"{way}: {changed} rows, {sorted(kinds)}")
        session.rollback()
    assert missed == [], missed
    assert len(WAYS) >= 20
