"""The pages on which rules are written: the example beside the form, versions, copies, the choice that applies."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.makers import a_body, a_congress, a_deputy, a_meeting, a_suggestion, a_user, an_assignment
from tracker.audit.models import Trace
from tracker.deadlines import actions, library, queries, versions
from tracker.roles import Role
from tracker.structure.queries import find_congress

TODAY = date(2026, 3, 2)


@pytest.fixture
def leader(session, reader, stopped_clock, congress):
    return reader.signed_in_as(a_user(congress, Role.OFFICE_LEADER))


@pytest.fixture
def congress(session, stopped_clock):
    stopped_clock(TODAY)
    made = a_congress()
    session.commit()
    return made


def filled_in(page, **changes):
    """What a browser would send of the form as it stands."""
    chosen, name = {}, ""
    for one in page.all("select", "option"):
        name = one["name"] if one.tag == "select" else name
        if one.tag == "option" and "selected" in one.attributes:
            chosen[name] = one["value"]
    ticked = [one["name"] for one in page.all("input") if one["type"] == "checkbox" and "checked" in one.attributes]
    return {**page.values(), **chosen, **dict.fromkeys(ticked, "y"), **changes}


def example_of(reader, app, sent):
    """The fragment that is put beside the form while one writes."""
    token = {"csrf_token": reader.token()}
    with app.app_context():
        answer = reader.client.post(
            "/rules/default/example",
            base_url=app.config["BASE_URL"],
            data={**sent, **token},
            headers={"Accept-Language": "en"},
        )
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_new_version_holds_from_its_day_on(leader, session):
    page = leader.read("deadlines.write_version", name="default")
    sent = filled_in(page, **{"clauses-reply-amount": "2", "effective_from": "2026-04-01"})
    page = leader.send("deadlines.write_version", sent, name="default")
    assert "superseded" not in page.text
    assert queries.find_rule_set("default", date(2026, 3, 31)).version == 1
    later = queries.find_rule_set("default", date(2026, 4, 1))
    assert (later.version, queries.rules_of(later).clause("reply").amount) == (2, 2)
    assert session.scalar(sa.select(Trace.facts).where(Trace.act == "rule_set_written"))["version"] == 2
    page = leader.read("deadlines.rule_set", name="default")
    assert len(page.rows()) > 2
    assert "not in force yet" in leader.read("deadlines.rule_set", name="default", version=2).text


@pytest.mark.parametrize("name", library.names())
def test_every_rule_set_goes_through_the_form_and_says_the_same(leader, session, name):
    """Shown as the page shows it, sent as a browser sends it: consent, addressee, second try and all."""
    page = leader.read("deadlines.copy", name=name)
    leader.send("deadlines.copy", filled_in(page, name="ours-2026"), name=name)
    session.expire_all()
    before, after = versions.newest(name).data, versions.newest("ours-2026").data
    for data in (before, after):
        for word in ("name", "version", "effective_from"):
            data.pop(word)
    assert after == before


def test_consent_addressee_and_second_try_are_said(leader):
    page = leader.read("deadlines.rule_set", name="chongqing-2017")
    assert any("addressed to: our office" in row and "goes back only if" in row for row in page.rows())
    assert any("asked again by the lead: 5 working days" in row for row in page.rows())
    assert any("the rules ask for no consent" in row and "wide-ranging" in row for row in page.rows())


def test_rules_that_begin_later_are_seen_and_cannot_be_chosen_yet(leader):
    page = leader.read("deadlines.copy", name="default")
    page = leader.send("deadlines.copy", filled_in(page, name="ours-2027", effective_from="2027-01-01"), name="default")
    assert "not in force yet" in page.text
    assert "Hand over under these rules" not in page.text
    assert any("not in force yet" in row for row in leader.read("deadlines.rules").rows())
    page = leader.send("deadlines.choose", name="ours-2027")
    assert "The rules ours-2027 are not in force yet." in page.text
    assert find_congress().rules_name == "default"


@pytest.mark.parametrize("day", ["2199-12-31", "1949-01-01"])
def test_an_example_of_the_far_future_is_told_too(leader, day):
    page = leader.read("deadlines.write_version", name="default")
    page = leader.send(
        "deadlines.write_version", {**filled_in(page), "example_on": day, "act": "example"}, name="default"
    )
    assert any(row.startswith("reply ") for row in page.rows())


def test_what_was_handed_over_keeps_its_version(leader, session, congress):
    suggestion = a_suggestion(a_meeting(congress), a_deputy(congress))
    [assignment] = an_assignment(suggestion, a_body(congress))
    before = queries.open_for(kind="reply", assignment_id=assignment.id)[0].due_on
    page = leader.read("deadlines.write_version", name="default")
    leader.send("deadlines.write_version", filled_in(page, **{"clauses-reply-amount": "2"}), name="default")
    session.expire_all()
    assert actions.recount(on=TODAY) == 0
    assert queries.open_for(kind="reply", assignment_id=assignment.id)[0].due_on == before


def test_a_day_that_has_passed_is_refused_and_what_was_typed_is_kept(leader):
    page = leader.read("deadlines.write_version", name="default")
    sent = filled_in(page, effective_from="2026-02-01", title_en="Our own rules")
    page = leader.send("deadlines.write_version", sent, name="default")
    assert "holds from 2026-03-02 at the earliest" in page.text
    assert page.values()["title_en"] == "Our own rules"
    assert versions.newest("default").version == 1


def test_the_example_follows_what_is_filled_in_and_keeps_nothing(leader, app):
    page = leader.read("deadlines.write_version", name="default")
    sent = filled_in(page, **{"clauses-reply-amount": "10", "clauses-reply-unit": "wd", "example_on": "2026-09-21"})
    page = leader.send("deadlines.write_version", {**sent, "act": "example"}, name="default")
    assert any(row.startswith("reply 2026-10-12") for row in page.rows())
    assert "2026-10-12" in example_of(leader, app, sent)
    assert versions.newest("default").version == 1


def test_an_impossible_clock_is_told_in_the_example(leader, app):
    page = leader.read("deadlines.write_version", name="default")
    sent = filled_in(page, **{"clauses-reply-amount": ""})
    assert "cannot be left out" in example_of(leader, app, sent)


def test_a_copy_has_a_name_of_its_own_and_can_be_chosen(leader, session):
    page = leader.read("deadlines.copy", name="shanghai-2015")
    leader.send("deadlines.copy", filled_in(page, name="Our Rules"), name="shanghai-2015")
    assert versions.newest("our-rules") is None
    leader.read("deadlines.copy", name="shanghai-2015")
    page = leader.send("deadlines.copy", filled_in(page, name="linjiang-2026"), name="shanghai-2015")
    leader.send("deadlines.choose", name="linjiang-2026")
    session.expire_all()
    assert find_congress().rules_name == "linjiang-2026"
    assert "Hand over under these rules" not in leader.read("deadlines.rule_set", name="linjiang-2026").text


def test_only_who_may_write_is_offered_to(reader, session, congress):
    clerk = reader.signed_in_as(a_user(congress, Role.OFFICE_CLERK))
    assert "Write a new version" not in clerk.read("deadlines.rule_set", name="default").text
    assert "Local days" not in clerk.read("deadlines.rules").text
    clerk.read("deadlines.write_version", name="default", expect=403)
    clerk.read("deadlines.year", year=2026, expect=403)
