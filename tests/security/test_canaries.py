"""Marks and contacts never leave by the side doors: without signing in, in headers and names of files, in letters.

Pages, lists, search and downloads for people who signed in are gone through in test_scope.py.
"""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.security.city import ON, City, built
from tests.security.crawl import MARK, addresses, ask
from tracker.bulletin.jobs import weekly_bulletin
from tracker.database import db
from tracker.escalation.jobs import raise_alarms, send_digests
from tracker.mail.models import Letter

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def city(session, stopped_clock) -> City:
    stopped_clock(ON)
    made = built()
    for job in (raise_alarms, send_digests, weekly_bulletin):
        job(ON)
    session.commit()
    return made


def contacts(city: City) -> list[str]:
    """What reaches the deputies, and the names the tests gave them."""
    people = city.deputies.values()
    return [value for one in people for value in (one.phone, one.email, one.name) if value]


def test_a_stranger_reads_nothing_at_any_address(app, city, reader):
    private, wrong = contacts(city), []
    for _endpoint, path, _item in addresses(app, city):
        answer, text = ask(reader, path)
        said = f"{answer.headers}\n{text}"
        wrong += [f"{path}: {found}" for found in MARK.findall(said)]
        wrong += [f"{path}: {one}" for one in private if one in said]
    assert wrong == []


def test_no_header_and_no_name_of_a_file_tells_of_what_is_internal(app, city, reader):
    """Addresses one is led on to, names of downloads: for a leader, who reads everything else."""
    leader, wrong = reader.signed_in_as(city.users["leader"]), []
    for _endpoint, path, _item in addresses(app, city):
        answer, _text = ask(leader, path)
        if "mark-internal" in str(answer.headers):
            wrong.append(path)
    assert wrong == []


def test_no_letter_tells_of_what_is_internal(city, session):
    """Subject, words and facts: whoever reads along on the way learns nothing."""
    columns = (Letter.kind, Letter.subject, Letter.body_text, Letter.body_html, sa.cast(Letter.facts, sa.Text))
    letters = session.execute(sa.select(*columns)).all()
    assert [row.kind for row in letters if "mark-internal" in " ".join(row[1:])] == []
    assert len(letters) > 10


def test_addresses_hold_numbers_and_no_words_of_an_item(app, city):
    assert [path for _endpoint, path, _item in addresses(app, city) if MARK.search(path)] == []


def test_the_free_words_of_a_rating_reach_no_body(city, reader):
    """The rated body, its leader and its hub: on the item's pages, in its lists and its downloads."""
    reply, item = city.replies["roads"].id, city.suggestions["roads"].id
    paths = [f"/replies/{reply}", f"/suggestions/{item}", f"/suggestions/{item}/print", "/inbox?format=xlsx&show=all"]
    paths += ["/bulletins/2026-W10", "/suggestions/download"]
    db.session.rollback()
    for name in ("roads", "roads head", "hub"):
        visitor = reader.signed_in_as(city.users[name])
        assert [path for path in paths if "mark-roads-comment" in ask(visitor, path)[1]] == [], name
