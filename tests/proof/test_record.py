"""Whoever alters a reply, a rating or a file behind the procedure is found, on the page and by the doctor."""

import io
from pathlib import Path

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests import makers
from tests.drills.tampering import let_alter
from tests.handling.papers import SCAN
from tracker import clock
from tracker.actor import SYSTEM
from tracker.audit.actions import seal
from tracker.care.doctor import examine
from tracker.database import db
from tracker.files import store
from tracker.handling import actions as handling
from tracker.handling.queries import get_reply
from tracker.proof import actions as proof
from tracker.proof.looking import look
from tracker.schedule.jobs import seal_history
from tracker.suggestion.models import Entry

ON = makers.HANDED_OVER_ON


def looked(case):
    lines = sa.select(Entry.id).where(Entry.suggestion_id == case.suggestion.id)
    return look(case.suggestion.id, db.session.scalars(lines).all())


def faults(case) -> set[tuple[str, str]]:
    return {(one.kind, one.how) for one in looked(case).faults}


def test_what_was_sealed_is_as_it_was(case):
    found = looked(case)
    assert found.faults == []
    assert {kind: count for kind, count in found.sound.items() if count and kind != "history"} == {
        "reply": 1, "rating": 1, "reply_file": 1,
    }  # fmt: skip
    assert found.sound["history"] > 5
    assert not any(found.waiting.values())
    assert [one.kind for one in examine()] == []


@pytest.mark.parametrize(
    ("statement", "kind", "how"),
    [
        ("update reply set text = '另一个答复'", "reply", "altered"),
        ("update reply_version set text = '另一个答复'", "reply", "altered"),
        ("update rating set comment = '还没装好'", "rating", "altered"),
        ("update rating set result = 'mostly'", "rating", "altered"),
        ("delete from rating", "rating", "missing"),
        ("update file set digest = 'x'", "reply_file", "altered"),
        ("update file set name = '别的.pdf'", "reply_file", "altered"),
        ("update fixed set digest = 'x' where kind = 'rating'", "rating", "altered"),
    ],
)
def test_what_was_altered_is_found(case, session, statement, kind, how):
    session.execute(sa.text(statement))
    assert (kind, how) in faults(case)
    assert "fixed" in {one.kind for one in examine()}
    session.rollback()


def test_whoever_alters_the_digests_too_breaks_the_trail(case, session):
    """The rating, its digest and a new line of the trail fit each other, but the line that was sealed is gone."""
    let_alter("trace")
    session.execute(sa.text("update rating set comment = '还没装好'"))
    session.execute(sa.text("delete from fixed"))
    session.execute(sa.text("delete from trace where act = 'fixed'"))
    proof.fix(at=clock.now())
    assert "audit" in {one.kind for one in examine()}
    session.rollback()
    let_alter("trace")
    session.execute(sa.text("update trace set actor_name = '别人' where act = 'fixed'"))
    assert {kind for kind, _how in faults(case)} == {"reply", "rating", "reply_file"}
    session.rollback()


def test_an_altered_line_of_history_is_named(case, session):
    let_alter("entry")
    first = session.scalar(sa.select(sa.func.min(Entry.id)).where(Entry.suggestion_id == case.suggestion.id))
    session.execute(sa.text(f"update entry set actor_name = '别人' where id = {first}"))
    assert [(one.kind, one.number) for one in looked(case).faults] == [("history", first)]
    session.rollback()


def test_a_line_taken_out_of_the_history_is_missed_by_its_seal(case, session):
    let_alter("entry")
    last = session.scalar(sa.select(sa.func.max(Entry.id)).where(Entry.suggestion_id == case.suggestion.id))
    session.execute(sa.text(f"delete from entry where id = {last}"))
    assert {one.kind for one in looked(case).faults} == {"history"}
    session.rollback()


@pytest.mark.engines("sqlite")
def test_a_file_changed_on_the_disk_is_found(case, app):
    path = Path(app.instance_path) / "files" / case.file.stored_name
    path.write_bytes(path.read_bytes() + b"x")
    assert faults(case) == {("reply_file", "the stored file is missing or was changed")}


@pytest.mark.engines("sqlite")
def test_what_was_written_today_waits_for_the_night(case, session):
    handling.publish(get_reply(1, case.clerk), case.lead, "政府网站", by=case.by_office, on=ON)
    session.flush()
    assert looked(case).waiting["history"] == 1
    assert faults(case) == set()
    proof.fix(at=clock.now())
    seal(at=clock.now())
    assert looked(case).waiting["history"] == 0


@pytest.mark.engines("sqlite")
def test_a_reply_sent_back_after_a_night_is_in_order_and_so_is_a_file_taken_off_it(session, stopped_clock):
    stopped_clock(ON)
    case = makers.a_case()
    reply = makers.a_submitted_reply(case.lead, ON)
    scan = store.keep(FileStorage(io.BytesIO(SCAN), filename="答复.pdf"), by=SYSTEM, at=clock.now())
    attached = handling.attach(reply, scan)
    session.commit()
    seal_history(ON)
    handling.send_back(reply, makers.assignments_of(case.suggestion)[0], ["form"], "", by=case.by_office, on=ON)
    session.commit()
    assert looked(case).faults == []
    handling.detach(reply, attached.id)
    session.commit()
    assert looked(case).faults == []
    assert "fixed" not in {one.kind for one in examine()}
