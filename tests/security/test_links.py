"""A mailed link opens its one item for its one purpose, never acts by being opened, and ends."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests import makers
from tests.house_rules.who_may_open import WHO_MAY_OPEN
from tests.reader import Reader
from tests.security.city import ON, City, built
from tests.security.crawl import FORM, MARK, ask, fingerprint
from tracker import clock
from tracker.database import db
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import Circulated, Part
from tracker.errors import NotFound
from tracker.escalation.actions import raise_alarms
from tracker.handling.queries import get_reply
from tracker.mail.jobs import send_letters
from tracker.notices import actions as notices
from tracker.notices import climbed
from tracker.notices.models import Notice
from tracker.people.actions import make_link
from tracker.people.models import Link, Purpose
from tracker.people.visitors import LinkHolder
from tracker.roles import Role
from tracker.suggestion.queries import get_suggestion, visible_to

VERBS = (
    "",
    "/joint-reply",
    "/receipt",
    "/contact",
    "/return",
    "/extension",
    "/opinion",
    "/reply",
    "/rating",
)


@pytest.fixture
def city(session, stopped_clock) -> City:
    stopped_clock(ON)
    return built()


@pytest.fixture
def links(city, session) -> dict[str, str]:
    """For the body of an item, and for deputies about a reply."""
    roads = city.assignments["internal"][0]
    reply = get_reply(city.replies["roads"].id, city.users["clerk"])
    of_round = {"body_id": city.bodies["schools"].id, "circulation_id": the_round(city).circulation_id}
    facts = {"at": clock.now(), "days": 7, "congress_id": city.congress.id, "holder_name": "林承办", **of_round}
    made = {
        "round": f"/links/{make_link(Purpose.CIRCULATION, **facts)}",
        "body": makers.a_handling_link(roads),
        "returned": makers.a_handling_link(city.assignments["returned"][0]),
        "deputy": makers.a_rating_link(reply, city.deputies["second"]),
    }
    session.commit()
    return made


def the_round(city: City) -> Circulated:
    [number] = city.ids["circulated"]["circulated_id"]
    return db.session.get_one(Circulated, number)


def pages(app, city: City, link: str) -> list[str]:
    """Every address under a link, with every number there is."""
    found = []
    for rule in app.url_map.iter_rules():
        if "token" not in rule.arguments or not WHO_MAY_OPEN[rule.endpoint].by_link:
            continue
        path = rule.rule.replace("/links/<token>", link)
        names = re.findall(r"<int:(\w+)>", path)
        numbers = [number for ids in city.ids.values() for name in names for number in ids.get(name, [])]
        found += [re.sub(r"<int:\w+>", str(number), path) for number in numbers] or [path]
    return found


@pytest.mark.parametrize(
    ("whose", "item", "opens"),
    [
        (
            "body",
            "internal",
            {"", "/receipt", "/contact", "/return", "/extension", "/opinion", "/reply", "/progress", "/remarks"},
        ),
        ("deputy", "roads", {"/rating", "/outcome"}),
        ("returned", "", set()),
        ("round", "circulated", {"/proposals"}),
    ],
)
def test_a_link_opens_its_item_and_no_other(app, city, links, reader, whose, item, opens):
    before, link = fingerprint(), links[whose]
    own_files = {
        *(f"/attachments/{number}" for number in city.ids.get(item, {}).get("attachment_id", ())),
        *(f"/files/{number}" for number in city.ids.get(item, {}).get("file_id", ())),
        *(f"/promises/{number}" for number in city.ids.get(item, {}).get("promise_id", ())),
        *(f"/promises/1/evidence/{number}" for number in city.ids.get(item, {}).get("evidence_id", ())),
        *(f"/instructions/{number}" for number in city.ids.get(item, {}).get("duty_id", ())),
        *(f"/proposals/{number}/objection" for number in city.ids.get(item, {}).get("circulated_id", ())),
    }
    asked = pages(app, city, link)
    assert len(asked) > 10
    for path in asked:
        answer, text = ask(reader, path)
        is_own = path.removeprefix(link) in opens | own_files
        assert (answer.status_code == 200) == is_own, f"{path}: {answer.status_code}"
        assert {found for found, _what in MARK.findall(text)} <= {item}, path
    assert fingerprint() == before


@pytest.fixture
def notice(city, session, stopped_clock) -> Notice:
    """Issued about the one item that climbed so far."""
    by, today = city.users["clerk"].actor(), date(2026, 7, 1)
    stopped_clock(today)
    raise_alarms(city.congress, today, at=clock.now())
    [group] = climbed.groups(city.users["clerk"])
    made = notices.draft(group, answer_by_on=date(2026, 7, 20), by=by, on=today)
    notices.issue(made, by=by, on=today)
    session.commit()
    return made


@pytest.mark.parametrize(("purpose", "may_answer"), [(Purpose.NOTICE, True), (Purpose.COPY, False)])
@pytest.mark.engines("sqlite")
def test_a_link_to_a_notice_opens_the_notice_and_nothing_of_what_it_is_about(
    app, city, notice, reader, session, purpose, may_answer
):
    facts = {"at": clock.now(), "days": 7, "congress_id": city.congress.id, "holder_name": "林承办"}
    link = f"/links/{make_link(purpose, notice_id=notice.id, **facts)}"
    session.commit()
    session.expunge_all()
    before = fingerprint()
    for path in pages(app, city, link):
        answer, text = ask(reader, path)
        assert (answer.status_code == 200) == (path == f"{link}/supervision"), f"{path}: {answer.status_code}"
        assert {found for found, _what in MARK.findall(text)} <= {"returned"}, path
    assert fingerprint() == before
    said = {"text": "说明", "measures": "措施", "until_on": "2026-07-20", "acting_name": "吴"}
    reader.send(f"{link}/supervision/answer", said, expect=302 if may_answer else 403)


@pytest.mark.parametrize("purpose", [Purpose.SIGN, Purpose.WITHDRAW])
def test_a_link_about_one_suggestion_opens_no_other_of_the_same_deputy(city, purpose):
    own, other = city.suggestions["roads"], city.suggestions["schools"]
    deputy = city.deputies["second"]
    holder = LinkHolder(
        Role.DEPUTY, None, deputy.id, None, None, city.congress.id, deputy.name, "en", 1, purpose, suggestion_id=own.id
    )
    assert list(db.session.scalars(visible_to(holder))) == [own]
    assert get_suggestion(own.id, holder) is own
    assert get_suggestion(other.id, city.users["second deputy"]) is other
    with pytest.raises(NotFound):
        get_suggestion(other.id, holder)


def test_a_link_to_a_round_ends_with_the_round(city, links, reader):
    """Once the proposal is another body's, the link opens an empty list, and the suggestion's files no more."""
    [attachment] = city.ids["circulated"]["attachment_id"]
    reader.read(f"{links['round']}/attachments/{attachment}")
    dispatch.propose(city.suggestions["circulated"], [(city.bodies["court"], Part.SOLE)], by=makers.CLERK, on=ON)
    db.session.commit()
    assert MARK.findall(reader.read(f"{links['round']}/proposals").html) == []
    reader.read(f"{links['round']}/attachments/{attachment}", expect=404)


def test_looking_at_every_link_twice_changes_no_row(city, links, app):
    """Mail scanners and previews open everything they find; some ask for the head only."""
    before = fingerprint()
    for link in links.values():
        for verb in (*VERBS, "/outcome", "/relay", "/proposals"):
            for method in ("GET", "HEAD", "GET"):
                answer, _text = ask(Reader(app), f"{link}{verb}", method)
                assert answer.status_code in (200, 403, 404)
    assert fingerprint() == before


def test_sent_to_another_item_a_link_changes_nothing(app, city, links, reader):
    """The number of another item in the address, or in the form, is not followed."""
    before = fingerprint()
    others = [*city.ids["roads"]["assignment_id"], *city.ids["schools"]["assignment_id"]]
    for verb in VERBS[1:-1]:
        for number in others:
            answer, _text = ask(
                reader, f"/assignments/{number}{verb}", "POST", data={**FORM, "csrf_token": reader.token()}
            )
            assert answer.status_code == 401
    for whose, verb in (("body", "/rating"), ("deputy", "/receipt"), ("deputy", "/reply"), ("returned", "/reply")):
        data = {**FORM, "csrf_token": reader.token(), "assignment_id": str(others[0]), "reply_id": "1"}
        answer, _text = ask(reader, f"{links[whose]}{verb}", "POST", data=data)
        assert answer.status_code in (403, 404)
    assert fingerprint() == before


@pytest.mark.parametrize("how", ["expired", "revoked", "unknown", "cut short"])
def test_a_link_that_has_ended_shows_a_plain_page_and_nothing_else(city, links, reader, session, stopped_clock, how):
    link = links["body"]
    if how == "expired":
        stopped_clock(ON + timedelta(days=makers.LINK_DAYS + 1))
    elif how == "revoked":
        session.execute(sa.update(Link).values(revoked_at=sa.func.current_timestamp()))
        session.commit()
    else:
        link = f"{link}x" if how == "unknown" else link[:-1]
    before = fingerprint()
    for verb in ("", "/reply", "/receipt"):
        page = reader.read(f"{link}{verb}", expect=401)
        assert page.heading == "This link no longer works"
        assert MARK.findall(page.html) == []
        assert page.all("nav") == []
    page = reader.send(f"{link}/reply", {"text": "写了很久的答复", "acting_name": "林"}, expect=401)
    assert "写了很久的答复" in page.text
    assert fingerprint() == before


def test_a_link_signs_nobody_in(city, links, reader):
    """Beside its own pages the holder is a stranger."""
    reader.read(links["body"])
    for path in ("/", "/suggestions", "/inbox", "/account"):
        reader.read(path, expect=302)


def test_only_a_digest_of_a_link_is_kept_and_sent_letters_forget_it(city, links, app, mail_sink):
    app.config["SMTP_URL"] = mail_sink.url
    db.session.commit()
    with app.app_context():
        assert send_letters(ON)["sent"] > 0
    texts = [letter.get_body(("plain",)).get_content() for letter in mail_sink.letters]
    secrets = {secret for text in texts for secret in re.findall(r"/links/([\w-]+)", text)}
    secrets |= {link.split("/")[2] for link in links.values()}
    assert len(secrets) > len(links)
    kept = [(name, row) for name, rows in fingerprint().items() for row in rows]
    assert [(name, row) for name, row in kept if any(secret in str(row) for secret in secrets)] == []
