"""Who may do what, beyond pages and numbers: lists with a foreign row, what went elsewhere, letters, tricks."""

from __future__ import annotations

import re
from itertools import product

import pytest
import sqlalchemy as sa

from tests.dispatch.office import DAY_0, an_office
from tests.house_rules.source import ROOT
from tests.house_rules.who_may_open import WHO_MAY_OPEN
from tests.makers import a_submitted_reply, a_user, assignments_of, entered
from tests.security.city import ON, built
from tests.security.crawl import FORM, MARK, addresses, ask, fingerprint, may_read
from tracker.bulletin.jobs import weekly_bulletin
from tracker.database import db
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import Assignment
from tracker.escalation.jobs import raise_alarms, send_digests
from tracker.mail.models import Letter
from tracker.roles import EVERYBODY, Role
from tracker.structure.actions import add_congress
from tracker.structure.models import Level, Officer
from tracker.suggestion.models import Suggestion

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def office(session, stopped_clock):
    stopped_clock(DAY_0)
    return an_office()


def given(office, *names: str, **how) -> list[Assignment]:
    one = office.another(title="关于公交线路的建议")
    office.propose(*names, to=one)
    office.hand_over(one, **how)
    return assignments_of(one)


# Lists with a row that is not one's own


def test_a_hub_that_sends_a_foreign_row_along_dispatches_nothing(office, reader):
    own = [given(office, "roads", through_hubs=True)[0] for _ in range(5)]
    [foreign] = given(office, "court")
    hub, roads = reader.signed_in_as(office.users["hub"]), str(office.bodies["roads"].id)
    ids = [one.id for one in own]
    for strange in (foreign.id, 999_999):
        chosen = [*ids[:3], strange, *ids[3:]]
        data = {"chosen": [str(one) for one in chosen], **{f"lead-{one}": roads for one in chosen}}
        before = fingerprint()
        hub.send("/dispatch/chosen", data, expect=404)
        assert fingerprint() == before
    data = {"chosen": [str(one) for one in ids], **{f"lead-{one}": roads for one in ids}}
    assert "Dispatched: 5" in hub.send("/dispatch/chosen", data).text


def test_who_delivers_a_foreign_reply_along_delivers_none(office, reader):
    """A reply of another congress stands in the list: none of it is delivered."""
    [one] = given(office, "roads")
    own = a_submitted_reply(one, DAY_0)
    elsewhere = add_congress("上游市人民代表大会", Level.CITY, rules_name="default", **entered())
    stranger = reader.signed_in_as(a_user(elsewhere, Role.OFFICE_CLERK))
    clerk = reader.signed_in_as(office.users["clerk"])
    before = fingerprint()
    for who, strange in ((clerk, 999_999), (stranger, own.id)):
        who.send("/replies/deliveries", {"chosen": [str(own.id), str(strange)], "way": "system"}, expect=404)
    assert fingerprint() == before
    clerk.read("handling.reading")
    assert "Delivered: 1" in clerk.send("/replies/deliveries", {"chosen": [str(own.id)], "way": "system"}).text


def test_a_leader_who_signs_a_foreign_paper_along_signs_none(office, reader):
    leader = reader.signed_in_as(a_user(office.congress, Role.OFFICE_LEADER))
    before = fingerprint()
    leader.send("/folder/signatures", {"chosen": ["1", "999"]}, expect=404)
    assert fingerprint() == before


# What went elsewhere while the page was open


@pytest.mark.parametrize("stays", [True, False], ids=["helps on", "leaves"])
def test_what_the_old_lead_still_has_open_is_not_taken(office, reader, stays):
    [old] = given(office, "roads")
    roads = reader.signed_in_as(office.users["roads"])
    path = f"/assignments/{old.id}"
    roads.read(f"{path}/reply")
    dispatch.change_lead(old, office.bodies["schools"], "该路段不属", stays=stays, by=office.clerk, on=DAY_0)
    db.session.commit()
    before = fingerprint()
    for verb in ("reply", "extension", "return", "contact", "progress"):
        sent = {"act": "submit", "text": "写了很久的答复", "reason": "x", "class_label": "A", "acting_name": "x"}
        answer, text = ask(roads, f"{path}/{verb}", "POST", data={**sent, "csrf_token": roads.token()})
        assert answer.status_code in (200, 303, 404), verb
        assert answer.status_code != 200 or "写了很久的答复" in text or verb != "reply"
    assert fingerprint() == before


def test_a_co_body_taken_back_has_lost_it_at_once(office, reader):
    lead, helps = given(office, "schools", "roads")
    number = lead.suggestion_id
    roads = reader.signed_in_as(office.users["roads"])
    roads.read(f"/assignments/{helps.id}/opinion")
    [_lead, again] = assignments_of(db.session.get_one(Suggestion, number))
    dispatch.recall(again, "不再需要", by=office.clerk, on=DAY_0)
    db.session.commit()
    before = fingerprint()
    for path in (f"/assignments/{helps.id}", f"/assignments/{lead.id}", f"/suggestions/{lead.suggestion_id}"):
        assert ask(roads, path)[0].status_code == 404
    data = {"text": "同意", "csrf_token": roads.token()}
    assert ask(roads, f"/assignments/{helps.id}/opinion", "POST", data=data)[0].status_code == 404
    assert "关于公交线路的建议" not in roads.read("register.index").text
    assert fingerprint() == before


# Letters


def test_no_letter_tells_more_than_its_reader_may_read(session, stopped_clock):
    """Digests, bulletins and all letters of the city's first days, by whom they are for."""
    stopped_clock(ON)
    city = built()
    for job in (raise_alarms, send_digests, weekly_bulletin):
        job(ON)
    names = {body.id: name for name, body in city.bodies.items()}
    deputies = {deputy.id: f"{name} deputy" for name, deputy in city.deputies.items()}
    wrong, looked = [], 0
    for letter in session.scalars(sa.select(Letter)):
        kind, _colon, number = letter.person_key.partition(":")
        if kind == "officer":
            who = names.get(session.get_one(Officer, int(number)).body_id)
        else:
            who = deputies.get(int(number)) if kind == "deputy" else None
        if who is None:
            continue
        looked += 1
        for item, what in set(MARK.findall(letter.subject + letter.body_text + letter.body_html)):
            own_act = letter.kind == "bulletin" and (who, item) == ("roads", "returned")
            asked = letter.kind in ("circulated", "return_decided", "handed_over")
            if not may_read(who, item, what) and not own_act and not asked:
                wrong.append(f"{who} reads {item}-{what} in {letter.kind}")
    assert wrong == []
    assert looked > 10


# Roles apart


def test_who_administers_reads_no_suggestion_and_only_who_audits_reads_the_trail():
    """The administrator runs accounts and rules, the auditor reads, and no page writes the trail."""
    admins = {endpoint for endpoint, line in WHO_MAY_OPEN.items() if Role.ADMIN in line.roles}
    about = ("register.", "handling.", "dispatch.", "feedback.", "followup.", "remarks.", "notices.", "signals.")
    assert [endpoint for endpoint in admins if endpoint.startswith(about)] == []
    assert [endpoint for endpoint in WHO_MAY_OPEN if endpoint.startswith("audit.")] == ["audit.sealed", "audit.trail"]
    assert WHO_MAY_OPEN["audit.sealed"].roles == {Role.AUDITOR}
    assert WHO_MAY_OPEN["audit.trail"].roles == {Role.AUDITOR, Role.OFFICE_LEADER}  # he sees what left, not all of it
    assert Role.AUDITOR not in WHO_MAY_OPEN["people.users"].roles


def test_whatever_the_auditor_sends_changes_nothing(app, session, stopped_clock, reader):
    """Every form he may open, of every item; his own account, its sessions and lists are his."""
    stopped_clock(ON)
    city = built()
    auditor = reader.signed_in_as(city.users["auditor"])
    before, sent = fingerprint(), 0
    for endpoint, path, _item in addresses(app, city, "POST"):
        roles = WHO_MAY_OPEN[endpoint].roles
        if Role.AUDITOR in roles and roles != set(EVERYBODY):
            sent += 1
            answer, _text = ask(auditor, path, "POST", data={**FORM, "csrf_token": auditor.token()})
            assert answer.status_code in (200, 403, 404), path
    assert sent > 3
    assert fingerprint() == before


def test_only_deputies_and_the_office_that_enters_their_paper_rate():
    """No body, no hub: nobody fills in his own marks."""
    for endpoint in ("feedback.rating", "feedback.take_rating", "feedback.keep", "followup.judge"):
        assert WHO_MAY_OPEN[endpoint].roles <= {Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.DEPUTY}


def test_no_form_is_poured_into_a_row():
    """Each action takes what it takes by name: a further field has nowhere to go."""
    pours = re.compile(r"populate_obj|\*\*(request\.)?form\b|\*\*form\.data|setattr\([^)]*request\.")
    found = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in (ROOT / "tracker").rglob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if pours.search(line)
    ]
    assert found == []


# Method, path and header tricks

METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
SPELLINGS = (
    "/users", "/users/", "//users", "/./users", "/x/../users", "/%2e/users", "/users%2f", "/users%00", "/users;a=1",
    "/Users", "/users.json", "/users?format=xlsx", "/trail", "/trail?format=xlsx", "/users/new", "/outbox",
)  # fmt: skip
HEADERS = {
    "X-HTTP-Method-Override": "GET",
    "X-Original-URL": "/users",
    "X-Rewrite-URL": "/users",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-User": "admin",
    "Authorization": "Basic YWRtaW46YWRtaW4=",
}


def test_methods_spellings_and_headers_open_nothing(office, reader):
    """128 ways to ask for what a deputy may not open."""
    deputy = reader.signed_in_as(a_user(office.congress, Role.DEPUTY, deputy_id=office.deputy.id))
    wrong = []
    for method, path in product(METHODS, SPELLINGS):
        answer, text = ask(deputy, path, method, headers=HEADERS)
        harmless = method == "OPTIONS" and not text
        if (answer.status_code < 300 and not harmless) or "@city.example" in text:
            wrong.append(f"{method} {path}: {answer.status_code}")
    assert wrong == []
