"""Whoever saves a form that somebody saved since it was opened is told so: his text is kept, nothing is changed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from tests.documents.hostile import good
from tests.escalation.city import add
from tests.makers import Case, a_body, a_case, a_deputy, a_handling_link, a_meeting, a_suggestion, a_user, an_officer
from tests.notices.notice_city import THIRD, drafts
from tests.reader import Reader
from tests.security.stale import Edit, stale
from tracker.database import db
from tracker.documents.models import Document
from tracker.escalation.actions import raise_alarms
from tracker.intake.models import Draft
from tracker.roles import Role
from tracker.structure.models import Delegation, Rank
from tracker.web.forms import OfficeForm

EACH = 4  # stale saves of every form: sixty in all, on each engine
SHEET = {"origin": "meeting", "publicity": "full"}
REPLY = {"act": "draft", "class_label": "A", "publicity": "full", "way": "system", "acting_name": "林"}
NEW = "/suggestions/new?secrecy=no"
MARKS = {"version", "draft_version", "seen", "opened"}


def of_the_structure(case: Case, clerk: Reader) -> Iterator[Edit]:
    north = add(Delegation(congress_id=case.congress.id, name="北山代表团"))
    body = a_body(case.congress, "市水利局")
    for form, path in {
        "CongressForm": "congress",
        "MeetingForm": f"meetings/{a_meeting(case.congress).id}",
        "DelegationForm": f"delegations/{north.id}",
        "DeputyForm": f"deputies/{a_deputy(case.congress, '孙三').id}",
        "BodyForm": f"bodies/{body.id}/facts",
        "OfficerForm": f"officers/{an_officer(body, Rank.HEAD).id}",
    }.items():
        yield Edit(form, clerk, f"/structure/{path}")


def of_suggestions(case: Case, clerk: Reader) -> Iterator[Edit]:
    """Amending; the bodies proposed; a draft that is saved again, and one that is recorded."""
    suggestion = a_suggestion(a_meeting(case.congress), case.deputy, title="关于公园的建议")
    lead = {"lead_deputy_id": str(case.deputy.id)}
    yield Edit("AmendForm", clerk, f"/suggestions/{suggestion.id}/amend", "title", {**SHEET, **lead})
    bodies = [str(a_body(case.congress, f"市第{number}局").id) for number in range(EACH + 1)]
    yield Edit("BodiesForm", clerk, f"/suggestions/{suggestion.id}/proposal", "lead_id", {"manner": "lead"}, bodies)
    for recorded in (False, True):
        clerk.read(NEW)
        clerk.send(NEW, {**SHEET, "title": "关于路灯的建议", "act": "draft"})
        db.session.rollback()
        number = db.session.scalars(sa.select(Draft.id).order_by(Draft.id.desc())).first()
        edit = Edit("RecordForm", clerk, f"/suggestions/drafts/{number}", "title", saved_by={"act": "draft"})
        edit.sent = {**SHEET, **lead, "text": "夜间昏暗。" * 20, "meeting_id": str(case.suggestion.meeting_id)}
        edit.refused = {} if recorded else {"act": "draft"}
        yield edit


def of_a_document(case: Case, clerk: Reader) -> Edit:
    clerk.read("/documents")
    files = [(io.BytesIO(good()), "一.docx")]
    clerk.send("/documents", {"files": files, "meeting_id": case.suggestion.meeting_id})
    db.session.rollback()
    number = db.session.scalars(sa.select(Document.id)).one()
    return Edit("DocumentForm", clerk, f"/documents/{number}", "title", {"act": "later"})


def of_bodies(case: Case, reader: Reader) -> Iterator[Edit]:
    """The reply, signed in and by the mailed link; both write the same draft one after the other."""
    handler, link = reader.signed_in_as(case.handler), a_handling_link(case.lead)
    yield Edit("ReplyForm", handler, f"/assignments/{case.lead.id}/reply", "text", REPLY)
    yield Edit("ReplyForm", reader, f"{link}/reply", "text", REPLY)


def of_a_notice(case: Case, clerk: Reader) -> Edit:
    raise_alarms(case.congress, THIRD, at=datetime(2026, 6, 9, 1, tzinfo=UTC))
    [notice, *_others] = drafts(case.clerk)
    return Edit("DraftForm", clerk, f"/notices/{notice.id}/draft", "text", {"act": "save"})


def of_the_calendar(case: Case, reader: Reader) -> Edit:
    admin = reader.signed_in_as(a_user(case.congress, Role.ADMIN))
    days = [f"2027-05-{number:02} off 城市日" for number in range(1, 9)]
    edit = Edit("YearForm", admin, "/calendar/2027", "days", {"source": "国办发明电"}, days, looks_first=True)
    edit.saved_by, edit.refused = {"act": "keep"}, {"act": "look"}
    return edit


@pytest.fixture
def edits(session, stopped_clock, reader) -> list[Edit]:
    stopped_clock(THIRD)
    case = a_case()
    session.commit()
    clerk = reader.signed_in_as(case.clerk)
    found = [*of_the_structure(case, clerk), *of_suggestions(case, clerk), *of_bodies(case, reader)]
    return [*found, of_a_document(case, clerk), of_a_notice(case, clerk), of_the_calendar(case, reader)]


def test_what_somebody_saved_since_is_not_overwritten_and_the_text_is_kept(edits):
    wrong = [said for edit in edits for said in stale(edit, EACH)]
    assert wrong == []
    assert len(edits) * EACH >= 50


def test_every_form_that_changes_something_is_among_them(edits):
    """A form that carries what stood when it was opened, and is not tried here, is not known to look at it."""
    assert {one.__name__ for one in _below(OfficeForm) if MARKS & set(dir(one))} - {"VersionedForm"} == {
        edit.form for edit in edits
    }


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("tracker."):
            yield one
        yield from _below(one)
