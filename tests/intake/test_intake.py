from __future__ import annotations

import io
from datetime import date

import pytest
import sqlalchemy as sa

from tests.files.papers import PDF
from tests.small_city import SmallCity, small_city
from tracker import clock
from tracker.database import db
from tracker.deadlines.queries import open_for, rule_set_in_force
from tracker.errors import RuleBroken, Stale
from tracker.files.models import File
from tracker.intake import actions, queries
from tracker.intake.models import OffLine
from tracker.roles import Role
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Suggestion

ON = date(2026, 1, 12)


@pytest.fixture
def city(session, stopped_clock) -> SmallCity:
    stopped_clock(ON)
    return small_city()


def record(city: SmallCity, **said) -> Suggestion:
    number = said.pop("number", None)
    facts = {
        "title": "关于修整东坡路的建议",
        "text": "路面破损。",
        "lead_deputy_id": city.deputies["赵甲一"].id,
        **said,
    }
    rules = rule_set_in_force(city.congress.rules_name, ON)
    content = actions.Content(**facts)
    return actions.record(city.meeting, content, by=city.by, on=ON, rules_in_force=rules, number=number)


def sheet(city: SmallCity, **filled) -> dict[str, object]:
    return {
        "meeting_id": city.meeting.id,
        "origin": "meeting",
        "title": "关于修整东坡路的建议",
        "text": "路面破损。",
        "lead_deputy_id": city.deputies["赵甲一"].id,
        "delegation_id": 0,
        "co_signer_ids": [city.deputies["钱乙"].id],
        "category": "城建环资",
        "publicity": "full",
        "survey_method": "talks",
        "submitted_on": "2026-01-11",
        **filled,
    }


def test_numbers_follow_one_another_and_pass_over_those_taken(city: SmallCity) -> None:
    record(city, number="2026-002")
    assert [record(city).number for _ in range(3)] == ["2026-001", "2026-003", "2026-004"]


def test_two_spellings_of_a_number_are_one(city: SmallCity) -> None:
    record(city, number="第0076号")
    with pytest.raises(RuleBroken, match="is taken"):
        record(city, number="76")


def test_what_lacks_text_title_or_deputy_is_not_recorded(city: SmallCity) -> None:
    for lacking in ({"title": " "}, {"text": ""}, {"lead_deputy_id": None}):
        with pytest.raises(RuleBroken):
            record(city, **lacking)


def test_a_returned_suggestion_is_recorded_again_with_a_new_clock(city: SmallCity) -> None:
    suggestion = record(city)
    actions.return_to_deputy(suggestion, "一事一议", by=city.by, on=ON)
    assert open_for(suggestion_id=suggestion.id) == []
    rules = rule_set_in_force(city.congress.rules_name, ON)
    actions.record_again(suggestion, by=city.by, on=ON, rules_in_force=rules)
    assert suggestion.stage is Stage.RECORDED
    assert len(open_for(suggestion_id=suggestion.id)) == 1


def test_a_decision_needs_its_reason(city: SmallCity) -> None:
    for act in (actions.return_to_deputy, actions.treat_as_letter, actions.withdraw):
        with pytest.raises(RuleBroken, match="reason"):
            act(record(city), " ", by=city.by, on=ON)


def test_somebody_elses_change_is_not_written_over(city: SmallCity) -> None:
    suggestion = record(city)
    seen = suggestion.version
    content = actions.Content("新题", "文", lead_deputy_id=city.deputies["钱乙"].id)
    actions.amend(suggestion, content, version=seen, by=city.by, on=ON)
    db.session.flush()
    with pytest.raises(Stale):
        actions.amend(suggestion, content, version=seen, by=city.by, on=ON)


def test_secrecy_is_asked_first_and_alone(city: SmallCity, reader) -> None:
    page = reader.signed_in_as(city.clerk).read("/suggestions/new")
    assert {field["name"] for field in page.all("input", "textarea", "select") if "main" in field.inside} == {"secrecy"}


def test_of_a_secret_suggestion_only_its_being_there_is_kept(city: SmallCity, reader, session) -> None:
    clerk = reader.signed_in_as(city.clerk)
    clerk.read("/suggestions/new?secrecy=secret")
    page = clerk.send("/suggestions/off-line", {"meeting_id": city.meeting.id})
    assert "Noted" in page.text
    assert session.scalar(sa.select(sa.func.count()).select_from(OffLine)) == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(Suggestion)) == 0


def test_the_sheet_is_recorded_with_everything_on_it(city: SmallCity, reader, session) -> None:
    clerk = reader.signed_in_as(city.clerk)
    clerk.read("/suggestions/new?secrecy=internal")
    files = [(io.BytesIO(PDF), "现场 照片.pdf"), (io.BytesIO(PDF), "说明.pdf")]
    clerk.send("/suggestions/new?secrecy=internal", sheet(city, files=files, key="y"), expect=302)
    made = session.scalars(sa.select(Suggestion)).one()
    assert (made.number, made.internal, made.key, made.category) == ("2026-001", True, True, "城建环资")
    assert (made.survey_method, made.submitted_on) == ("talks", date(2026, 1, 11))
    assert queries.co_signer_ids(made.id) == [city.deputies["钱乙"].id]
    assert [one.file.name for one in queries.attachments_of(made.id)] == ["现场 照片.pdf", "说明.pdf"]


def test_a_refused_sheet_keeps_what_was_typed_and_leaves_no_file(city: SmallCity, reader, session) -> None:
    clerk = reader.signed_in_as(city.clerk)
    clerk.read("/suggestions/new?secrecy=no")
    bad = [(io.BytesIO(b"MZ"), "a.pdf")]
    page = clerk.send("/suggestions/new?secrecy=no", sheet(city, files=bad))
    assert "not taken" in page.text
    assert "路面破损。" in page.text
    assert session.scalar(sa.select(sa.func.count()).select_from(Suggestion)) == 0
    many = [(io.BytesIO(PDF), f"{number}.pdf") for number in range(4)]
    assert "At most 3 files" in clerk.send("/suggestions/new?secrecy=no", sheet(city, files=many)).text
    assert session.scalar(sa.select(sa.func.count()).select_from(File)) == 0


def test_amending_names_what_changed_and_adds_files(city: SmallCity, reader, session) -> None:
    suggestion = record(city)
    clerk = reader.signed_in_as(city.clerk)
    where = f"/suggestions/{suggestion.id}/amend"
    assert "关于修整东坡路的建议" in [field["value"] for field in clerk.read(where).all("input")]
    clerk.send(where, sheet(city, title="关于修整西坡路的建议", files=[(io.BytesIO(PDF), "a.pdf")]), expect=302)
    session.expire_all()
    assert session.scalars(sa.select(Suggestion)).one().title == "关于修整西坡路的建议"
    assert len(queries.attachments_of(suggestion.id)) == 1


def test_amending_keeps_a_co_signer_whose_mandate_has_ended(city: SmallCity, reader, session) -> None:
    former = city.deputies["钱乙"]
    suggestion = record(city, co_signer_ids=[former.id])
    former.active = False
    clerk = reader.signed_in_as(city.clerk)
    clerk.read(f"/suggestions/{suggestion.id}/amend")
    clerk.send(f"/suggestions/{suggestion.id}/amend", sheet(city, title="新题"), expect=302)
    assert queries.co_signer_ids(suggestion.id) == [former.id]


def test_an_attachment_is_a_download_for_those_who_may_see_its_suggestion(city: SmallCity, reader, session) -> None:
    clerk = reader.signed_in_as(city.clerk)
    clerk.read("/suggestions/new?secrecy=no")
    clerk.send("/suggestions/new?secrecy=no", sheet(city, files=[(io.BytesIO(PDF), "答复.pdf")]), expect=302)
    attachment = queries.attachments_of(session.scalars(sa.select(Suggestion.id)).one())[0]
    answer = clerk.read(f"/attachments/{attachment.id}").response
    assert answer.get_data() == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    stranger = city.user(Role.BODY_HANDLER, body_id=city.bodies["市城建局"].id)
    reader.signed_in_as(stranger).read(f"/attachments/{attachment.id}", expect=404)


def test_the_office_returns_a_suggestion_with_its_reason(city: SmallCity, reader, session) -> None:
    suggestion = record(city)
    clerk = reader.signed_in_as(city.clerk)
    answer = {"decision": "return_to_deputy", "reason": "一事一议"}
    clerk.send(f"/suggestions/{suggestion.id}/check", answer, expect=302)
    session.expire_all()
    assert suggestion.stage is Stage.RETURNED_TO_DEPUTY
    with clock.at(ON):
        assert queries.backlog(city.clerk, Stage.RETURNED_TO_DEPUTY).count == 1
        assert queries.backlog(city.clerk, Stage.RECORDED).count == 0
