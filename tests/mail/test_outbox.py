"""Writing letters: once each, in one's own language, harmless whatever stands in a title."""

import re
import time

import pytest
import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.mail.models import Letter, LetterState
from tracker.mail.outbox import Addressee, Draft, noticing, post, post_many
from tracker.structure.models import Congress, Level

TO = Addressee("officer:1", "Officer 1", "officer1@bureau.example", "en")


def count():
    return db.session.scalar(sa.select(sa.func.count()).select_from(Letter))


def test_a_letter_is_written_with_what_it_reports(session):
    letter = post("trial", TO, key="trial:1", at=clock.now(), title="Road", text="Wide & long")
    assert (letter.subject, letter.state, letter.person_key) == ("Road", LetterState.WAITING, "officer:1")
    assert "Wide & long" in letter.body_text
    assert "Wide &amp; long" in letter.body_html
    session.rollback()
    assert count() == 0


def test_the_same_key_again_is_the_letter_written_first(session):
    first = post("trial", TO, key="trial:1", at=clock.now(), title="Road", text="")
    again = post("trial", TO, key="trial:1", at=clock.now(), title="Other", text="")
    assert (again.id, again.subject, count()) == (first.id, "Road", 1)


def test_the_same_key_twice_among_many_is_one_letter(session):
    facts = {"title": "Road", "text": ""}
    first, second, other = post_many(
        "trial", [Draft(TO, "a", None, facts), Draft(TO, "a", None, facts), Draft(TO, "b", None, facts)], at=clock.now()
    )
    assert first.id == second.id != other.id
    assert count() == 2


def test_a_key_has_a_message_id_of_its_own_and_always_the_same(session):
    one = post("trial", TO, key="trial:1", at=clock.now(), title="Road", text="")
    kept = one.message_id
    session.rollback()
    assert post("trial", TO, key="trial:1", at=clock.now(), title="Road", text="").message_id == kept
    assert post("trial", TO, key="trial:2", at=clock.now(), title="Road", text="").message_id != kept
    assert kept.endswith("@127.0.0.1>")


def test_style_stands_in_the_elements_and_nothing_comes_from_elsewhere(session):
    html = post("trial", TO, key="trial:1", at=clock.now(), title="Road", text="").body_html
    assert "<style" not in html
    assert re.search(r'<p class="bad" style="[^"]*color: #a1201a', html)
    assert "src=" not in html


def test_a_title_with_line_breaks_stays_one_line(session):
    letter = post("trial", TO, key="trial:1", at=clock.now(), title="Road\r\nBcc: x@y.cn", text="")
    assert letter.subject == "Road Bcc: x@y.cn"


@pytest.mark.parametrize(
    ("address", "channel", "state", "why"),
    [
        (None, "mail", LetterState.KEPT, None),
        ("", "mail", LetterState.KEPT, None),
        ("a@b.cn", "paper", LetterState.KEPT, None),
        ("x\r\n@y", "mail", LetterState.FAILED, "address"),
    ],
)
def test_without_a_way_to_mail_it_a_letter_is_kept_and_a_useless_address_is_work(session, address, channel, state, why):
    to = Addressee("officer:1", "Officer 1", address, "en", channel)
    letter = post("trial", to, key="trial:1", at=clock.now(), title="Road", text="")
    assert (letter.state, letter.stopped, letter.next_try_at) == (state, why, None)


def test_a_letter_names_its_congress_in_its_own_language(session):
    session.add(
        Congress(name="临江市", name_en="Linjiang", level=Level.CITY, rules_name="default", office_name="办公室")
    )
    session.flush()
    english = post("trial", TO, key="trial:1", at=clock.now(), title="Road", text="")
    chinese = post(
        "trial",
        Addressee("officer:1", "张三", "a@b.cn", "zh_Hans_CN"),
        key="trial:2",
        at=clock.now(),
        title="路",
        text="",
    )
    assert "Linjiang · Suggestions" in english.body_text
    assert 'lang="en"' in english.body_html
    assert "临江市" in chinese.body_text
    assert 'lang="zh-Hans-CN"' in chinese.body_html


def test_whoever_listens_notices_the_letters_written(session):
    with noticing() as ids:
        letter = post("trial", TO, key="trial:1", at=clock.now(), title="Road", text="")
        post("trial", TO, key="trial:1", at=clock.now(), title="Road", text="")
    assert ids == [letter.id]


def test_addresses_of_links_are_not_kept_among_the_facts(session):
    facts = {"title": "Road", "text": "", "count": 3, "url": "http://h/links/secret"}
    letter = post("trial", TO, key="trial:1", at=clock.now(), **facts)
    assert letter.facts == {"title": "Road", "text": "", "count": 3}


@pytest.mark.engines("sqlite")
def test_six_hundred_letters_are_written_in_a_few_seconds(session):
    begun = time.process_time()
    post_many(
        "trial", (Draft(TO, f"k{n}", None, {"title": f"Road {n}", "text": "x"}) for n in range(600)), at=clock.now()
    )
    assert time.process_time() - begun < 6
    assert count() == 600
