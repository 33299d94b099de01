"""What reaches a person goes from every place, what the law keeps stays, and the chain still fits."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests import makers
from tests.privacy.conftest import MAIL, ON, PHONE, STREET
from tracker import clock
from tracker.actor import Actor
from tracker.audit.actions import broken_seals, seal
from tracker.audit.models import Aside
from tracker.database import Base, db
from tracker.errors import RuleBroken
from tracker.intake.actions import save_draft
from tracker.ledgers.models import ImportedRow
from tracker.mail.models import Letter, LetterState
from tracker.people.models import User
from tracker.privacy import actions, queries
from tracker.privacy.queries import Who
from tracker.roles import Role
from tracker.signing.models import SigningMode
from tracker.structure.models import Body, Deputy, Rank
from tracker.suggestion.models import Suggestion

LEADER, SECOND = Actor("user", 1, "主任"), Actor("user", 2, "副主任")


def person(case):
    return queries.get_person(Who.DEPUTY, case.deputy.id, case.congress.id)


def erase(case, notes=(), **how):
    when = {"by": LEADER, "on": ON, "at": clock.now(), "two_steps": False, **how}
    return actions.ask(person(case), case.congress.id, "本人申请", list(notes), **when)


def everything() -> str:
    """Every row of every table as text."""
    db.session.flush()
    rows = (row for table in Base.metadata.sorted_tables for row in db.session.execute(sa.select(table)))
    return "\n".join(json.dumps([str(value) for value in row], ensure_ascii=False) for row in rows)


def test_every_place_is_found(case):
    found = {f"{one.table}.{one.column}" for one in queries.places(person(case))}
    own = {"deputy.phone", "deputy.email", "deputy.address", "user.email", "letter.to_address", "letter.body_text"}
    own |= {"sign_in.address", "sign_in.agent", "trace_aside.value", "contact.note", "contact.person"}
    assert own <= found
    held = everything()
    assert all(one in held for one in (PHONE, MAIL, STREET, "203.0.113.77", "203.0.113.78", "zhao.account"))


def test_what_reaches_him_goes_and_what_is_recorded_stays(case):
    note = next(one for one in queries.places(person(case)) if (one.table, one.column) == ("contact", "note"))
    made = erase(case, [["contact", "note", list(note.rows[0])]])
    held = everything()
    for one in (PHONE, MAIL, STREET, "203.0.113", "zhao.account", "his telephone"):
        assert one not in held, one
    assert "赵代表" in held
    assert db.session.get_one(Suggestion, case.suggestion.id).lead_deputy_id == case.deputy.id
    assert made.counts["deputy.phone"] == 1
    assert made.done_by == "主任"
    assert broken_seals() == []
    seal(at=clock.now() + timedelta(days=1))
    assert broken_seals() == []


def test_it_goes_from_locked_texts_about_others_too(case, session):
    said = {"contact_phone": [PHONE], "text": [f"请致电{PHONE}"], "title": ["路灯"]}
    how = {"internal": False, "version": 0, "page": "p", "on": ON, **makers.entered()}
    draft = save_draft("k" * 32, said, congress_id=case.congress.id, **how)
    other = makers.an_officer(session.get_one(Body, case.lead.body_id), Rank.HEAD)
    other.phone = f"{PHONE}转2"
    session.flush()
    found = {(one.table, one.column, one.rows[0]) for one in queries.places(person(case)) if not one.is_own}
    assert {("draft", "said", (draft.id,)), ("officer", "phone", (other.id,))} <= found
    assert [one[:2] for one in queries.people_found(case.congress.id, PHONE)] == [
        (Who.DEPUTY, case.deputy.id),
        (Who.OFFICER, other.id),
    ]
    assert [one[1] for one in queries.people_found(case.congress.id, "转2")] == [other.id]
    erase(case)
    session.expire_all()
    assert draft.said == {"contact_phone": ["█"], "text": ["请致电█"], "title": ["路灯"]}
    assert other.phone == "█转2"


@pytest.mark.engines("sqlite")
def test_nothing_of_it_is_left_in_the_file(case, app, tmp_path):
    note = next(one for one in queries.places(person(case)) if (one.table, one.column) == ("contact", "note"))
    assert PHONE.encode() in _file(tmp_path)
    erase(case, [["contact", "note", list(note.rows[0])]])
    db.session.commit()
    left = _file(tmp_path)
    assert [one for one in (PHONE, MAIL, STREET, "203.0.113.77") if one.encode() in left] == []


def _file(folder) -> bytes:
    db.session.rollback()
    with db.engine.connect() as connection:
        connection.connection.dbapi_connection.execute("pragma wal_checkpoint(truncate)")
    return b"".join(file.read_bytes() for file in folder.glob("tracker.db*"))


def test_a_letter_on_its_way_arrives_first(case, session):
    session.scalars(sa.select(Letter).where(Letter.key == "one")).one().state = LetterState.WAITING
    session.flush()
    erase(case)
    assert session.scalars(sa.select(Letter.to_address).where(Letter.key == "one")).one() == MAIL


def test_who_is_in_office_is_still_to_be_reached(case, session):
    session.get_one(Deputy, case.deputy.id).active = True
    session.flush()
    with pytest.raises(RuleBroken, match="still in office"):
        erase(case)


def test_somebody_else_confirms_it(case, session):
    made = erase(case, two_steps=True)
    assert PHONE in everything()
    when = {"on": ON, "at": clock.now()}
    with pytest.raises(RuleBroken, match="second person"):
        actions.confirm(made, person(case), by=LEADER, **when)
    with pytest.raises(RuleBroken, match="asked already"):
        erase(case, two_steps=True)
    actions.confirm(made, person(case), by=SECOND, **when)
    assert session.get_one(Deputy, case.deputy.id).phone is None


def test_it_can_be_dropped(case):
    made = erase(case, two_steps=True)
    actions.drop(made, by=SECOND, on=ON, at=clock.now())
    assert PHONE in everything()
    assert queries.open_erasure(person(case), case.congress.id) is None


def test_only_notes_can_be_named(case):
    with pytest.raises(RuleBroken, match="written down in passing"):
        erase(case, [["suggestion", "text", [case.suggestion.id]]])


@pytest.mark.engines("sqlite")
def test_the_pages_tell_and_hand_out_and_erase(case, reader, session):
    session.add(SigningMode(congress_id=case.congress.id, two_steps=True, since_on=ON, by_name="主任"))
    head, admin = (makers.a_user(case.congress, role) for role in (Role.OFFICE_LEADER, Role.ADMIN))
    session.commit()
    leader = reader.signed_in_as(head)
    assert "赵代表" in leader.read("privacy.index", q=PHONE).text
    page = leader.read("privacy.deputy", deputy_id=case.deputy.id)
    assert "deputy.phone" in page.text
    assert f"打电话 {PHONE}" in page.text
    handed = leader.read("privacy.deputy", deputy_id=case.deputy.id, format="xlsx").response.data
    assert handed[:2] == b"PK"
    leader.read("privacy.deputy", deputy_id=case.deputy.id)
    said = leader.send(f"/personal-data/deputies/{case.deputy.id}", {"reason": "本人申请"})
    assert "second person" in said.text
    other = reader.signed_in_as(admin)
    assert PHONE not in other.read("privacy.deputy", deputy_id=case.deputy.id).text
    other.read("privacy.index")
    assert "Erased in" in other.send("/personal-data/erasures/1/confirmation").text
    session.expire_all()
    assert session.get_one(Deputy, case.deputy.id).phone is None
    assert session.scalars(sa.select(Aside.value).where(Aside.name == "source")).all() == []
    assert session.scalars(sa.select(User.password_hash).where(User.deputy_id == case.deputy.id)).one() is None


@pytest.mark.engines("sqlite")
def test_people_of_another_congress_are_not_found(case, reader, session):
    from tracker.structure import actions as structure
    from tracker.structure.models import Level

    other = structure.add_congress("邻县人民代表大会", Level.COUNTY, rules_name="default", **makers.entered())
    stranger = reader.signed_in_as(makers.a_user(other, Role.OFFICE_LEADER))
    stranger.read("privacy.deputy", deputy_id=case.deputy.id, expect=404)
    assert "Nobody is found" in stranger.read("privacy.index", q=PHONE).text


@pytest.mark.engines("sqlite")
def test_rows_that_only_name_him_hide_none_that_reaches_him(case, session):
    cells = [*({"领衔代表": "赵代表", "题目": "路灯"} for _row in range(queries.MOST_ROWS)), {"备注": f"电话{PHONE}"}]
    session.add_all(ImportedRow(import_id=1, row=place, known_by="", cells=one) for place, one in enumerate(cells))
    session.execute(sa.text("pragma defer_foreign_keys=on"))
    session.flush()
    assert erase(case).counts["ledger_row.cells"] == 1


@pytest.mark.engines("sqlite")
def test_nothing_is_erased_while_his_telephone_cannot_be_read(case, app):
    app.config["CONTACT_KEY"] = "another-key-than-the-telephones-were-locked-with"
    with pytest.raises(RuleBroken, match="deciphered"):
        erase(case)


@pytest.mark.engines("sqlite")
def test_a_telephone_is_found_however_it_is_typed(case):
    for typed in (PHONE, "139 1234 5678", "139-1234-5678", "１３９１２３４５６７８"):
        assert [one[1] for one in queries.people_found(case.congress.id, typed)] == [case.deputy.id]
    assert queries.people_found(case.congress.id, "A-139") == []
