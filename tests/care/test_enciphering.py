"""The key of the telephones: changed, lost, brought along by an encrypted backup; what is wrong is told by name."""

import pytest
import sqlalchemy as sa

from tests import makers
from tests.care.instances import problems
from tests.reader import Reader
from tracker import clock
from tracker.care import locking
from tracker.care.backup import write_backup
from tracker.care.enciphering import columns, encipher_anew, of_keys
from tracker.care.restore import read_backup
from tracker.care.self_check import findings
from tracker.cipher import Keys, key_named_in, name_of
from tracker.database import db
from tracker.enciphered import UNREADABLE
from tracker.handling.models import Reply
from tracker.intake.actions import save_draft
from tracker.intake.models import Draft, Sheet
from tracker.people.models import User
from tracker.roles import Role
from tracker.settings import load
from tracker.stage import Weight
from tracker.structure.models import Deputy, Officer
from tracker.suggestion.models import Suggestion

DEPUTY, OFFICER, REPLY, DRAFT = (f"1391111000{number}" for number in range(4))
ANOTHER = "another-key-than-the-telephones-were-locked-with"
FINE, HINT, _WARNING, BAD = Weight


@pytest.fixture
def office(filled, session):
    """A telephone in every kind of place, and an administrator."""
    deputy = session.scalars(sa.select(Deputy).order_by(Deputy.id)).first()
    deputy.phone = DEPUTY
    session.scalars(sa.select(Officer).order_by(Officer.id)).first().phone = OFFICER
    assignment = makers.assignments_of(session.scalars(sa.select(Suggestion)).one())[0]
    session.add(Reply(assignment_id=assignment.id, saved_at=clock.now(), contact_phone=REPLY))
    said = {"title": ["路灯"], "contact_phone": [DRAFT]}
    how = {"internal": False, "version": 0, "page": "p", "on": makers.HANDED_OVER_ON, **makers.entered()}
    save_draft("k" * 32, said, congress_id=deputy.congress_id, **how)
    session.commit()
    return filled


def telephones() -> list[str]:
    db.session.expire_all()
    read = (db.session.scalars(sa.select(kind).order_by(kind.id)).first() for kind in (Deputy, Officer))
    reply, draft = (db.session.scalars(sa.select(kind)).one() for kind in (Reply, Draft))
    return [*(one.phone for one in read), reply.contact_phone, draft.said["contact_phone"][0]]


def keys_used() -> set[str]:
    db.session.rollback()
    found = (str(value) for one in columns() for value in db.session.scalars(sa.select(one)) if value)
    return {key_named_in(said[said.index("enc1:") :]) for said in found if "enc1:" in said}


def key_of(app, newest: str, *former: str) -> None:
    app.config.update(CONTACT_KEY=newest, CONTACT_KEY_FALLBACKS=list(former))


def finding():
    return next(one for one in findings() if one.key == "contact_key")


def test_all_are_enciphered_anew_under_the_newest_key(office):
    first = office.config["CONTACT_KEY"]
    assert (keys_used(), finding().weight) == ({name_of(first)}, HINT)
    key_of(office, ANOTHER, first)
    assert telephones() == [DEPUTY, OFFICER, REPLY, DRAFT]
    assert "former key" in finding().says
    run = office.test_cli_runner().invoke(encipher_anew)
    assert (run.exit_code, run.output) == (0, "4 rows are enciphered under the newest key.\n")
    key_of(office, ANOTHER)
    assert keys_used() == {name_of(ANOTHER)}
    assert telephones() == [DEPUTY, OFFICER, REPLY, DRAFT]
    assert problems() == []


def test_without_the_key_pages_show_a_mark_and_the_doctor_names_it(office, session):
    first = office.config["CONTACT_KEY"]
    key_of(office, ANOTHER)
    assert telephones() == [UNREADABLE] * 4
    clerk = Reader(office).signed_in_as(session.scalars(sa.select(User).where(User.role == Role.OFFICE_CLERK)).first())
    pages = [("structure.deputies", {}), ("structure.amend_deputy", {"deputy_id": 1})]
    pages += [("structure.amend_officer", {"officer_id": 1}), ("intake.draft", {"draft_id": 1})]
    assert [page for page, some in pages if UNREADABLE not in clerk.read(page, **some).response.text] == []
    assert problems() == ["enciphered"] * 4
    told = finding()
    assert (told.weight, told.values["count"], told.values["keys"]) == (BAD, 3, name_of(first))
    run = office.test_cli_runner().invoke(encipher_anew)
    assert run.exit_code == 1
    key_of(office, ANOTHER, first)
    assert telephones() == [DEPUTY, OFFICER, REPLY, DRAFT]


def test_an_encrypted_backup_brings_the_key_along_and_another_one_does_not(office, another, tmp_path):
    public = locking.recipient(locking.new_key(tmp_path / "office.key"))
    write_backup(tmp_path / "a.tar.gz.age", to=[public])
    write_backup(tmp_path / "b.tar.gz")
    with another("postgresql") as (other, folder), other.app_context():
        key_of(other, ANOTHER)
        read_backup(tmp_path / "a.tar.gz.age", locking.identities(tmp_path / "office.key"))
        assert telephones() == [DEPUTY, OFFICER, REPLY, DRAFT]
        assert (
            office.config["CONTACT_KEY"]
            in load({"INSTANCE_PATH": str(folder), "CONTACT_KEY": ANOTHER})["CONTACT_KEY_FALLBACKS"]
        )
        assert (folder / "contact_key").stat().st_mode & 0o777 == 0o600
    with another("sqlite") as (other, folder), other.app_context():
        key_of(other, ANOTHER)
        read_backup(tmp_path / "b.tar.gz")
        assert telephones() == [UNREADABLE] * 4
        assert not (folder / "contact_key").exists()
        key_of(other, ANOTHER, office.config["CONTACT_KEY"])
        assert telephones() == [DEPUTY, OFFICER, REPLY, DRAFT]


@pytest.mark.engines("sqlite")
def test_how_the_key_stands_is_weighed(tmp_path):
    config = {"CONTACT_KEY": "k" * 48, "CONTACT_KEY_FALLBACKS": [], "BACKUP_RECIPIENT": "age1"}
    keys = Keys("k" * 48)

    def told(used=(), **changed):
        return of_keys({**config, **changed}, keys, dict(used), tmp_path)

    assert told().weight is FINE
    assert told({name_of("k" * 48): 9}).weight is FINE
    assert (told(BACKUP_RECIPIENT="").weight, told({"00000000": 2}).weight) == (HINT, BAD)
    assert told(CONTACT_KEY="short").weight is BAD
    (tmp_path / "contact_key").write_text("k" * 48)
    (tmp_path / "contact_key").chmod(0o644)
    assert told().weight is BAD


def test_a_sheet_keeps_the_telephone_of_the_contact_person(office, session):
    suggestion = session.scalars(sa.select(Suggestion)).one()
    plain = {one.name: "" for one in Sheet.__table__.columns if isinstance(one.type, sa.String)}
    more = {"nature": "suggestion", "co_signers_wanted": False, "on_paper": False, "contact_phone": DRAFT}
    session.add(Sheet(suggestion_id=suggestion.id, **{**plain, "draft_key": None, **more}))
    session.commit()
    assert session.scalars(sa.select(Sheet)).one().contact_phone == DRAFT
    assert DRAFT not in str(session.execute(sa.text("SELECT contact_phone FROM sheet")).all())
