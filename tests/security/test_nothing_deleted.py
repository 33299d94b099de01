"""Nothing is deleted, and nothing taken that no form asks for: every form of every page, sent by everybody."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from tests.house_rules.who_may_open import WHO_MAY_OPEN
from tests.security.city import ON, City, built
from tests.security.crawl import FORM, addresses, ask, fingerprint
from tracker.database import Base, db

# What a person may throw away himself: the file of a reply nobody has read yet, and what is not about a suggestion.
OWN = {"reply_file", "sign_in", "attempt", "press", "job_run"}
MORE = {"into": "2", "answer": "no", "lead_id": "1", "manner": "lead", "pattern": "{n}", "name": "x", "kind": "x"}
# Fields no form asks for, with values that would be known again wherever they were put.
FURTHER = {
    **dict.fromkeys(("congress_id", "user_id", "id", "actor_id", "passed_on_from_id"), "770770177"),
    "role": "canary-role", "standing": "canary-standing", "stage": "canary-stage", "actor_name": "canary-actor",
    "is_admin": "canary", "demo_only": "canary", "made_at": "2019-09-09", "created_at": "2019-09-09",
}  # fmt: skip
CANARY = re.compile(r"\b770770177\b|canary|2019-09-09")


@pytest.fixture
def city(session, stopped_clock) -> City:
    stopped_clock(ON)
    made = built()
    session.commit()
    return made


def keys() -> dict[str, set[tuple]]:
    """Every row there is, by its key."""
    db.session.rollback()
    kept = [table for table in Base.metadata.sorted_tables if table.name not in OWN]
    found = {table.name: {tuple(row) for row in db.session.execute(sa.select(*table.primary_key))} for table in kept}
    db.session.rollback()
    return found


@pytest.mark.engines("sqlite")  # what a page deletes or takes is said in Python; each act runs on both by itself
def test_no_page_deletes_anything(app, city: City, reader) -> None:
    handed_over = [item for item in city.suggestions if item != "recorded"]
    before, sent = keys(), set()
    for user in city.users.values():
        visitor = reader.signed_in_as(user)
        data = {**FURTHER, **FORM, **MORE, "csrf_token": visitor.token()}
        for endpoint, path, item in addresses(app, city, "POST"):
            if item in handed_over and user.role in WHO_MAY_OPEN[endpoint].roles:
                ask(visitor, path, "POST", data=data)
                sent.add(endpoint)
    after = keys()
    assert {name: rows - after[name] for name, rows in before.items() if rows - after[name]} == {}
    assert {"intake.amend", "intake.checked", "intake.merge", "intake.withdraw", "dispatch.recall"} <= sent
    assert len(sent) >= 20
    rows = [(name, row) for name, found in fingerprint().items() if name != "press" for row in found]
    assert [(name, row) for name, row in rows if CANARY.search(str(row))] == []


def test_no_line_of_the_code_deletes_a_suggestion_or_its_history(app, city: City) -> None:
    """A row deleted by hand is refused by what hangs on it, or by the database itself."""
    for suggestion in city.suggestions.values():
        with pytest.raises(sa.exc.DBAPIError):
            db.session.execute(sa.text("delete from suggestion where id = :id"), {"id": suggestion.id})
        db.session.rollback()
    with pytest.raises(sa.exc.DBAPIError):
        db.session.execute(sa.text("delete from entry"))
    db.session.rollback()
