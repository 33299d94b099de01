"""The office's and the hub's pages: bodies are named, a meeting is handed over, onward, and returns are decided."""

import pytest
import sqlalchemy as sa

from tests import makers
from tests.dispatch.office import DAY_0, by
from tracker.database import db
from tracker.dispatch import actions
from tracker.dispatch.models import Assignment, BodyReturn, HandOver, Part, Proposal
from tracker.roles import Role
from tracker.suggestion.journey import Standing

pytestmark = pytest.mark.usefixtures("sound")


@pytest.fixture
def clerk(office, reader):
    return reader.signed_in_as(office.users["clerk"])


@pytest.fixture
def hub(office, reader):
    return reader.signed_in_as(office.users["hub"])


def bodies(office, lead, *others, manner="lead") -> dict[str, object]:
    ids = {name: body.id for name, body in office.bodies.items()}
    return {"manner": manner, "lead_id": ids[lead], "other_ids": [ids[name] for name in others]}


def sheet(**more: str) -> dict[str, str]:
    return {
        "on": DAY_0.isoformat(),
        "document_number": "临人办〔2026〕5号",
        "route": "straight",
        "confirmed": "y",
        **more,
    }


def parts(session, row=Assignment) -> dict[str, Part]:
    session.expire_all()
    found = session.scalars(sa.select(row).options(sa.orm.joinedload(row.body)))
    return {one.body.name: one.part for one in found}


def test_the_clerk_names_bodies_and_finds_them_named(office, clerk, session):
    where = {"suggestion_id": office.suggestion.id}
    clerk.read("dispatch.propose", **where)
    page = clerk.send("dispatch.propose", bodies(office, "roads", "money"), **where)
    assert "noted for the hand-over" in page.text
    assert parts(session, Proposal) == {"市交通局": Part.LEAD, "市财政局": Part.CO}
    again = clerk.read("dispatch.propose", **where)
    chosen = {option.text for option in again.all("option") if "selected" in option.attributes}
    assert chosen == {"市交通局", "市财政局"}


def test_others_are_named_over_the_first(office, clerk):
    path = f"/suggestions/{office.suggestion.id}/proposal"
    for name in ("roads", "money"):
        clerk.read(path)
        clerk.send(path, {"manner": "lead", "lead_id": str(office.bodies[name].id)}, expect=302)
        chosen = [one["value"] for one in clerk.read(path).all("option") if "selected" in one.attributes]
        assert str(office.bodies[name].id) in chosen


def test_a_proposal_without_a_lead_is_refused_with_a_sentence(office, clerk, session):
    where = {"suggestion_id": office.suggestion.id}
    clerk.read("dispatch.propose", **where)
    page = clerk.send("dispatch.propose", {**bodies(office, "roads", "money"), "lead_id": "0"}, **where)
    assert "do not fit together" in page.text
    assert parts(session, Proposal) == {}


def test_a_meeting_is_handed_over_and_what_has_no_body_stays_behind(office, clerk, session):
    left = office.another(title="关于增加路灯的建议")
    office.propose("roads", "money")
    session.commit()
    page = clerk.read("dispatch.hand_over", meeting_id=office.meeting.id)
    assert "1 suggestions have no proposed body" in page.text
    assert "市交通局、市财政局" in page.text
    clerk.send("dispatch.hand_over", sheet(), meeting_id=office.meeting.id)
    assert parts(session) == {"市交通局": Part.LEAD, "市财政局": Part.CO}
    assert session.get_one(type(left), left.id).stage == "recorded"
    assert session.scalars(sa.select(HandOver)).one().document_number == "临人办〔2026〕5号"


def test_nothing_goes_out_until_the_list_is_signed(office, clerk, session):
    office.propose("roads")
    session.commit()
    clerk.read("dispatch.hand_over", meeting_id=office.meeting.id)
    page = clerk.send("dispatch.hand_over", sheet(confirmed=""), meeting_id=office.meeting.id)
    assert "Please confirm that the list was signed" in page.text
    assert parts(session) == {}


def test_a_day_still_to_come_is_refused_with_a_sentence(office, clerk, session):
    office.propose("roads")
    session.commit()
    clerk.read("dispatch.hand_over", meeting_id=office.meeting.id)
    page = clerk.send("dispatch.hand_over", sheet(on="2026-03-03"), meeting_id=office.meeting.id)
    assert "lies in the future" in page.text
    assert parts(session) == {}


def test_the_button_pressed_twice_hands_over_once(office, clerk, session):
    office.propose("roads")
    session.commit()
    page = clerk.read("dispatch.hand_over", meeting_id=office.meeting.id)
    token = page.hidden(f"/meetings/{office.meeting.id}/hand-over")
    for _press in range(2):
        clerk.send("dispatch.hand_over", {**sheet(), **token}, meeting_id=office.meeting.id)
    assert len(session.scalars(sa.select(HandOver)).all()) == 1


def test_through_the_hub_to_the_bodies(office, clerk, hub, session):
    office.propose("roads", "money")
    session.commit()
    clerk.read("dispatch.hand_over", meeting_id=office.meeting.id)
    clerk.send("dispatch.hand_over", sheet(route="hubs"), meeting_id=office.meeting.id)
    assert parts(session) == {"市政府办": Part.SOLE}
    [link] = [url for url in hub.read("dispatch.hub").links().values() if url.endswith("/dispatch") and "/ass" in url]
    page = hub.read(link)
    assert {option.text for option in page.all("option") if "selected" in option.attributes} == {
        "市交通局",
        "市财政局",
    }
    assert "市中级人民法院" not in {option.text for option in page.all("option")}
    done = hub.send(link, bodies(office, "roads", "money"))
    assert "Everything is dispatched" in done.text
    assert parts(session) == {"市政府办": Part.SOLE, "市交通局": Part.LEAD, "市财政局": Part.CO}


def test_a_hub_finds_only_what_it_was_given(office, hub, reader):
    [straight] = office.given("court")
    db.session.commit()
    hub.read("dispatch.pass_on", expect=404, assignment_id=straight.id)
    other = makers.a_body(office.congress, "市委办", is_hub=True)
    stranger = reader.signed_in_as(makers.a_user(office.congress, Role.HUB, body_id=other.id))
    second = office.another(title="关于增加路灯的建议")
    office.propose("roads", to=second)
    office.hand_over(second, through_hubs=True)
    [given] = makers.assignments_of(second)
    db.session.commit()
    stranger.read("dispatch.pass_on", expect=404, assignment_id=given.id)
    stranger.send("dispatch.pass_on", bodies(office, "roads"), expect=404, assignment_id=given.id)
    hub.read("dispatch.pass_on", assignment_id=given.id)


def asked(office) -> BodyReturn:
    [assignment] = office.given("roads")
    made = actions.ask_return(assignment, "不属本局职责", office.bodies["schools"], by=by(assignment), on=DAY_0)
    db.session.commit()
    return made


def test_the_office_reads_the_reason_and_grants(office, clerk, session):
    wanted = asked(office)
    assert "不属本局职责" in clerk.read("dispatch.index").text
    page = clerk.read("dispatch.decide_return", return_id=wanted.id)
    assert {option.text for option in page.all("option") if "selected" in option.attributes} == {"市教育局"}
    said = {"decision": "grant", "to_id": office.bodies["money"].id, "note": "属财政事项"}
    assert "Decided" in clerk.send("dispatch.decide_return", said, return_id=wanted.id).text
    assert parts(session) == {"市交通局": Part.SOLE, "市财政局": Part.SOLE}
    assert "不属本局职责" not in clerk.read("dispatch.index").text
    assert not clerk.read("dispatch.decide_return", return_id=wanted.id).all("textarea")


def test_granted_without_a_body_is_refused_with_a_sentence(office, clerk, session):
    wanted = asked(office)
    clerk.read("dispatch.decide_return", return_id=wanted.id)
    said = {"decision": "grant", "to_id": "0", "note": "属财政事项"}
    page = clerk.send("dispatch.decide_return", said, return_id=wanted.id)
    assert "Name the body it goes to" in page.text
    assert "属财政事项" in page.html
    session.expire_all()
    assert session.get_one(BodyReturn, wanted.id).granted is None


def test_refused_the_body_keeps_it_and_granted_it_sees_it_no_more(office, clerk, reader, session):
    wanted = asked(office)
    body = reader.signed_in_as(office.users["roads"])
    clerk.read("dispatch.decide_return", return_id=wanted.id)
    clerk.send("dispatch.decide_return", {"decision": "refuse", "to_id": "0", "note": "属本局"}, return_id=wanted.id)
    body.read("register.show", suggestion_id=office.suggestion.id)
    [assignment] = office.assignments()
    assert assignment.standing is Standing.RECEIVED
    again = actions.ask_return(assignment, "仍不属本局", office.bodies["schools"], by=by(assignment), on=DAY_0)
    actions.decide_return(again, True, to=office.bodies["schools"], by=office.clerk, on=DAY_0)
    session.commit()
    body.read("register.show", expect=404, suggestion_id=office.suggestion.id)


def test_who_does_not_decide_finds_no_decision(office, hub, session):
    wanted = asked(office)
    hub.read("dispatch.decide_return", expect=404, return_id=wanted.id)
    hub.send("dispatch.decide_return", {"decision": "refuse", "to_id": "0"}, expect=404, return_id=wanted.id)
    session.expire_all()
    assert session.get_one(BodyReturn, wanted.id).granted is None


def test_the_suggestions_page_tells_who_was_given_it(office, clerk):
    asked(office)
    page = clerk.read("register.show", suggestion_id=office.suggestion.id)
    for words in ("Hand-over and bodies", "市交通局", "Sole handler", "Return asked", "不属本局职责"):
        assert words in page.text
