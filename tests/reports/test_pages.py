"""Reports as they are taken from the pages: who may, what they say, points from scheme to sheet."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from tests.journeys.town import as_it_stands
from tests.makers import a_body, a_case, a_submitted_reply, a_user
from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.figures.actions import count
from tracker.reports.models import Assessment
from tracker.roles import Role

ANSWERED_ON, TODAY = date(2026, 3, 20), date(2026, 3, 25)
pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(TODAY)
    made = a_case()
    a_submitted_reply(made.lead, ANSWERED_ON)
    count(made.congress, by=SYSTEM, on=TODAY, at=clock.now())
    session.commit()
    return made


def words(page) -> str:
    """All that stands in a Word file."""
    assert page.response.mimetype.endswith("document"), (page.response.mimetype, page.response.data[:300])
    file = docx.Document(io.BytesIO(page.response.data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in file.paragraphs), *cells])


def test_the_sheet_of_a_suggestion_holds_all_its_reader_may_see(case, reader):
    path = f"/suggestions/{case.suggestion.id}/data-sheet"
    whole = words(reader.signed_in_as(case.clerk).read(f"{path}?format=docx"))
    assert all(said in whole for said in ("关于拓宽道路的建议", "市交通局", "市财政局", "临交〔2026〕31号", "赵代表"))
    own = words(reader.signed_in_as(case.handler).read(f"{path}?format=docx"))
    assert "市交通局" in own
    stranger = a_user(case.congress, Role.BODY_HANDLER, body_id=a_body(case.congress, "市教育局").id)
    reader.signed_in_as(stranger).read(path, expect=404)


def test_the_pdf_is_one(case, reader):
    page = reader.signed_in_as(case.clerk).read(f"/suggestions/{case.suggestion.id}/data-sheet")
    assert page.response.data.startswith(b"%PDF")


def test_a_body_reads_its_own_record_and_no_other(case, reader):
    handler = reader.signed_in_as(case.handler)
    record = words(handler.read(f"/reports/bodies/{case.lead.body_id}?format=docx"))
    assert "市交通局代表建议办理档案" in record
    assert "关于拓宽道路的建议" in record
    handler.read(f"/reports/bodies/{case.co.body_id}", expect=404)
    handler.read("/reports/year", expect=403)


def test_the_yearly_report_counts_what_was_counted(case, reader):
    clerk = reader.signed_in_as(case.clerk)
    assert "The yearly report" in clerk.read("/reports").text
    report = words(clerk.read("/reports/year?format=docx&period=year:2026&marks=no"))
    assert "交付办理1件，分送承办单位2件次，其中须答复1件次，会办1件次。" in report
    assert "数据来源" in words(clerk.read("/reports/year?format=docx"))
    clerk.read("/reports/year?period=year:1999", expect=404)


def test_points_from_an_example_to_the_bodys_own_sheet(case, reader):
    leader = reader.signed_in_as(a_user(case.congress, Role.OFFICE_LEADER))
    filled = as_it_stands(leader.read("/assessments/scheme?example=hulunbuir"), "/assessments/scheme")
    leader.send("/assessments/scheme", filled)
    clerk = reader.signed_in_as(case.clerk)
    filled = as_it_stands(clerk.read("/assessments/new"), "/assessments/new")
    clerk.send("/assessments/new", {**filled, "title": "2026年度考核", "period": "year:2026"})
    made = db.session.query(Assessment).one()
    path = f"/assessments/{made.id}"
    assert "Points are missing" in clerk.send(f"{path}/end").text
    for body_id in (case.lead.body_id, case.co.body_id):
        clerk.read(f"{path}/bodies/{body_id}")
        given = {f"{part}_{key}": said for key in ("head", "named", "rules", "plan")
                 for part, said in (("points", "5.5"), ("reason", "查阅材料"))}  # fmt: skip
        clerk.send(f"{path}/bodies/{body_id}", given)
    handler = reader.signed_in_as(case.handler)
    handler.read(path, expect=404)
    clerk.send(f"{path}/end")
    sheet = words(handler.read(f"{path}/bodies/{case.lead.body_id}?format=docx"))
    assert "16 × 1件次 ÷ 1件次" in sheet
    assert "不排名次" in sheet
    assert "市财政局" not in handler.read(path).text
    handler.read(f"{path}/bodies/{case.co.body_id}", expect=404)
    assert "does not change any more" in clerk.send(f"{path}/end").text


def test_what_was_typed_wrongly_stays_in_the_form(case, reader):
    leader = reader.signed_in_as(a_user(case.congress, Role.OFFICE_LEADER))
    filled = as_it_stands(leader.read("/assessments/scheme?example=hainan"), "/assessments/scheme")
    page = leader.send("/assessments/scheme", {**filled, "items-item0-measure": "", "items-item0-zh": "按期答复率"})
    assert "asks for a figure that does not exist" in page.text
    assert page.values()["items-item0-zh"] == "按期答复率"
