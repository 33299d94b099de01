"""The auditor reads one item as a story: what was done, by whom, when it was written down, and whether it is sealed."""

import io

import openpyxl
import pytest

from tests import makers
from tests.house_rules.who_may_open import WHO_MAY_OPEN
from tracker import clock
from tracker.audit.actions import seal
from tracker.roles import Role
from tracker.suggestion.models import Suggestion


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(makers.HANDED_OVER_ON)
    made = makers.a_case()
    seal(at=clock.now())
    session.commit()
    return made


def test_the_story_of_one_item_with_its_seals(case, reader, session):
    auditor = reader.signed_in_as(makers.a_user(case.congress, Role.AUDITOR))
    clerk = reader.signed_in_as(case.clerk)
    clerk.read(f"/suggestions/{case.suggestion.id}")
    reader.signed_in_as(makers.a_user(case.congress, Role.ADMIN)).read(f"/suggestions/{case.suggestion.id}", expect=403)
    page = auditor.read("register.trail_of", suggestion_id=case.suggestion.id)
    assert "Handed over, document" in page.text
    assert [row for row in page.rows() if "entry" in row and row.endswith("yes")]
    [refused] = [row for row in page.rows() if "Refused" in row]
    assert refused.endswith("no")
    taken = auditor.read("register.trail_of", suggestion_id=case.suggestion.id, format="xlsx").response.data
    sheet = openpyxl.load_workbook(io.BytesIO(taken)).active
    assert sheet.max_row == len(page.rows()) + 1


def test_an_internal_item_stays_closed(case, reader, session):
    session.get_one(Suggestion, case.suggestion.id).internal = True
    auditor = reader.signed_in_as(makers.a_user(case.congress, Role.AUDITOR))
    auditor.read("register.trail_of", suggestion_id=case.suggestion.id, expect=404)
    assert WHO_MAY_OPEN["register.trail_of"].roles == {Role.AUDITOR}


def test_the_office_leader_reads_what_left_and_nothing_else(case, reader, session):
    leader = reader.signed_in_as(makers.a_user(case.congress, Role.OFFICE_LEADER))
    leader.read("structure.deputies", format="xlsx")
    page = leader.read("audit.trail")
    assert "Taken as a file" in page.text
    assert "Account added" not in page.text
    leader.read("audit.sealed", expect=403)


def test_the_auditor_takes_the_chain_away(case, reader):
    auditor = reader.signed_in_as(makers.a_user(case.congress, Role.AUDITOR))
    taken = auditor.read("audit.sealed").response
    assert taken.data[:2] == b"PK"
    assert "Taken as a file" in auditor.read("audit.trail").text
