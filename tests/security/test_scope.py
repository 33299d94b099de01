"""Each sees its own and nothing else: every page, list and download, by everybody, with every number there is."""

from __future__ import annotations

import re

import pytest

from tests.house_rules.who_may_open import WHO_MAY_OPEN
from tests.security.city import ON, City, built
from tests.security.crawl import (
    FORM,
    MARK,
    OFFICE,
    ROADS,
    SEES,
    addresses,
    ask,
    bare,
    fetched_elsewhere,
    fingerprint,
    leaks,
    opens_for,
    plain,
    worth_asking,
)
from tracker.bulletin.jobs import weekly_bulletin
from tracker.database import db
from tracker.escalation.jobs import raise_alarms, send_digests


@pytest.fixture
def city(session, stopped_clock) -> City:
    stopped_clock(ON)
    made = built()
    for job in (raise_alarms, send_digests, weekly_bulletin):
        job(ON)
    session.commit()
    return made


@pytest.fixture
def visitors(city, reader):
    return {name: reader.signed_in_as(user) for name, user in city.users.items()}


def test_no_mark_crosses_and_what_is_not_ones_own_is_not_there(app, city, visitors):
    before, wrong, looked_into = fingerprint(), [], set()
    for name, visitor in visitors.items():
        role = city.users[name].role
        nothing: dict[str, str] = {}
        for endpoint, path, item in worth_asking(addresses(app, city), role):
            answer, text = ask(visitor, path)
            wrong += leaks(name, text, path)
            wrong += bare(answer, path)
            wrong += fetched_elsewhere(text, path, endpoint, looked_into)
            numbered = re.search(r"\d", path) is not None
            if not opens_for(endpoint, role):
                expected = {403}
            elif not numbered:
                expected = {200, 404} if WHO_MAY_OPEN[endpoint].anyone else {200}
            elif item is None:
                nothing[endpoint] = plain(text, path)
                expected = {404}
            else:
                expected = {200, 404} if item in SEES[name] else {404}
            if answer.status_code not in expected:
                wrong.append(f"{name}: {path} answers {answer.status_code}")
            if answer.status_code == 404 and item is not None and plain(text, path) != nothing[endpoint]:
                wrong.append(f"{name}: {path} tells that there is something")
    assert wrong == [], "\n".join(wrong)
    assert fingerprint() == before


def test_everybody_finds_what_is_his(city, visitors):
    """The other side: the page of each suggestion opens for those who should see it, with its text and its file."""
    wrong = []
    for name, visitor in visitors.items():
        for item in SEES[name]:
            answer, text = ask(visitor, f"/suggestions/{city.suggestions[item].id}")
            if answer.status_code != 200 or f"mark-{item}-text." not in text:
                wrong.append(f"{name} does not see {item}")
            [attachment] = city.ids[item]["attachment_id"]
            if f"mark-{item}-attachment." not in ask(visitor, f"/attachments/{attachment}")[1]:
                wrong.append(f"{name} does not get the file of {item}")
        found = {item for item, what in MARK.findall(ask(visitor, "/suggestions")[1]) if what == "title"}
        wrong += [f"{name} finds {found}"] if found != SEES[name] else []
    assert wrong == [], "\n".join(wrong)


def test_replies_open_for_those_they_are_for(city, visitors):
    delivered, submitted = (f"/replies/{city.replies[item].id}" for item in ("roads", "court"))
    draft = f"/assignments/{city.assignments['schools'][0].id}/reply"
    for name, visitor in visitors.items():
        assert ("mark-roads-reply." in ask(visitor, delivered)[1]) == ("roads" in SEES[name]), name
        assert ("mark-court-submitted." in ask(visitor, submitted)[1]) == (name in OFFICE | {"court"}), name
        assert ("mark-schools-draft." in ask(visitor, draft)[1]) == (name == "schools"), name


def test_lists_filters_and_downloads_keep_the_same_scope(city, visitors):
    wrong = []
    words = ("mark", "court-title", "internal-title", "代表third", "1")
    paths = [f"/suggestions?q={word}" for word in words] + [f"/suggestions/download?q={word}" for word in words]
    paths += ["/suggestions/download", "/inbox?format=xlsx", "/inbox?show=all", "/promises?show=all&format=xlsx"]
    paths += [
        "/ladder?format=xlsx",
        "/bulletins/2026-W10",
        "/bulletins/2026-W10/download",
        "/ratings?show=dissatisfied",
    ]
    paths += [f"/promises?body={body.id}" for body in city.bodies.values()]
    paths += [f"/ladder?body={body.id}" for body in city.bodies.values()]
    paths += [f"/suggestions?body={body.id}" for body in city.bodies.values()]
    for name, visitor in visitors.items():
        for path in paths:
            answer, text = ask(visitor, path)
            wrong += leaks(name, text, path)
            if answer.status_code >= 500:
                wrong.append(f"{name}: {path} answers {answer.status_code}")
    assert wrong == [], "\n".join(wrong)


def test_nothing_of_others_can_be_changed(app, city, visitors):
    """Every form with every number that is not one's own: refused, and not a row differs."""
    before, wrong = fingerprint(), []
    for name, visitor in visitors.items():
        data = {**FORM, "csrf_token": visitor.token()}
        role = city.users[name].role
        for endpoint, path, _item in worth_asking(addresses(app, city, "POST"), role, skip={None, *SEES[name]}):
            answer, text = ask(visitor, path, "POST", data=data)
            if answer.status_code != (404 if role in WHO_MAY_OPEN[endpoint].roles else 403):
                wrong.append(f"{name}: POST {path} answers {answer.status_code}")
            wrong += leaks(name, text, path)
    assert wrong == [], "\n".join(wrong)
    assert fingerprint() == before


@pytest.mark.parametrize(
    ("item", "address", "verbs", "names"),
    [
        (
            "internal",
            "/assignments/{assignment_id}",
            ("receipt", "contact", "return", "extension", "opinion", "reply"),
            ("hub", "clerk", "leader", "auditor", "committee", "third deputy", "schools", "admin"),
        ),
        ("roads", "/replies/{reply_id}", ("rating",), sorted(set(SEES) - OFFICE - {"first deputy", "second deputy"})),
        ("court", "/replies/{reply_id}", ("delivery", "sending-back"), sorted(set(SEES) - OFFICE)),
    ],
    ids=["for a body", "for a deputy", "for the office"],
)
def test_who_sees_an_item_does_not_act_for_others(city, visitors, item, address, verbs, names):
    """The hub, committees, leaders, co-signers, the auditor see it; they do not answer, rate or deliver for others."""
    before, wrong = fingerprint(), []
    path = address.format(**{name: numbers[0] for name, numbers in city.ids[item].items()})
    for name in names:
        data = {**FORM, "csrf_token": visitors[name].token()}
        for verb in verbs:
            answer, _text = ask(visitors[name], f"{path}/{verb}", "POST", data=data)
            if answer.status_code not in (403, 404):
                wrong.append(f"{name}: {verb} answers {answer.status_code}")
    assert wrong == [], "\n".join(wrong)
    assert fingerprint() == before


def test_who_returned_an_item_has_lost_it_at_once(city, visitors):
    """The page may still be open in the browser: what is sent from it is not taken."""
    old, new = city.ids["returned"]["assignment_id"]
    data = {**FORM, "csrf_token": visitors["roads"].token()}
    assert ask(visitors["roads"], f"/assignments/{old}/reply", "POST", data=data)[0].status_code == 404
    assert ask(visitors["roads"], f"/suggestions/{city.suggestions['returned'].id}")[0].status_code == 404
    assert ask(visitors["schools"], f"/assignments/{new}")[0].status_code == 200
    assert ask(visitors["schools"], f"/assignments/{old}")[0].status_code == 404


def test_the_deputys_phone_is_for_the_office_and_the_answering_body(city, visitors):
    phone, path = city.deputies["third"].phone, city.suggestions["internal"].id
    for name, visitor in visitors.items():
        pages = [f"/suggestions/{path}", *(f"/assignments/{one}" for one in city.ids["internal"]["assignment_id"])]
        shown = any(phone in ask(visitor, page)[1] for page in pages)
        assert not shown or name in OFFICE | ROADS, name


def test_further_fields_change_nothing(city, visitors):
    """Fields no form asks for: congress, number, body, stage, who acts."""
    [assignment] = city.ids["internal"]["assignment_id"]
    more = {
        "congress_id": "2", "suggestion_id": "1", "assignment_id": "1", "body_id": str(city.bodies["court"].id),
        "standing": "rated", "stage": "closed", "id": "1", "submitted_on": "2020-01-01", "by": "x", "role": "admin",
        "number": "666", "round": "9", "acting_name": "Somebody Else",
    }  # fmt: skip
    visitor = visitors["roads"]
    data = {**more, "csrf_token": visitor.token()}
    assert ask(visitor, f"/assignments/{assignment}/receipt", "POST", data=data)[0].status_code == 302
    db.session.expire_all()
    now = city.assignments["internal"][0]
    assert (now.body_id, now.round, str(now.standing)) == (city.bodies["roads"].id, 1, "received")
    assert city.suggestions["internal"].number != "666"
    assert "Somebody Else" not in ask(visitor, f"/assignments/{assignment}")[1]
