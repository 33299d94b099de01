"""Telephones stand locked in the database, and are read and written in the open by whoever asks for them."""

import pytest
import sqlalchemy as sa

from tests import makers
from tracker.cipher import is_locked
from tracker.database import Base, db
from tracker.enciphered import UNREADABLE, Enciphered, is_enciphered, lock_value, opened, tells_openly, texts_in
from tracker.intake.actions import save_draft
from tracker.ledgers.models import ImportedRow
from tracker.privacy.columns import CLASSES
from tracker.structure import actions
from tracker.structure.models import Deputy

PHONE = "13912345678"


@pytest.fixture
def deputies(session):
    congress = makers.a_congress()
    made = [makers.a_deputy(congress, f"代表{number}", phone=PHONE) for number in range(3)]
    session.commit()
    return made


def stored(session):
    """The telephones as the database holds them, by the number of the row."""
    session.flush()
    return dict(session.execute(sa.text("SELECT id, phone FROM deputy ORDER BY id")).all())


def test_the_database_holds_none_of_them_and_equal_ones_look_unlike(session, deputies):
    assert len(set(stored(session).values())) == 3
    assert all(is_locked(one) for one in stored(session).values())
    assert [one.phone for one in session.scalars(sa.select(Deputy))] == [PHONE] * 3


def test_it_can_be_read_before_it_is_written(session):
    congress = makers.a_congress()
    session.add_all(made := [Deputy(congress_id=congress.id, name="甲", phone=one) for one in (PHONE, None, "")])
    assert [one.phone for one in made] == [PHONE, None, ""]
    session.flush()
    assert [one.phone for one in made] == [PHONE, None, ""]
    session.expire_all()
    assert [one.phone for one in made] == [PHONE, None, ""]


def test_a_value_moved_to_another_row_does_not_open(session, deputies):
    session.execute(
        sa.text("UPDATE deputy SET phone = (SELECT phone FROM deputy WHERE id = :a) WHERE id = :b"),
        {"a": deputies[0].id, "b": deputies[1].id},
    )
    session.expire_all()
    assert [one.phone for one in deputies] == [PHONE, UNREADABLE, PHONE]


def test_a_form_that_gives_back_what_cannot_be_read_changes_nothing(session, app, deputies):
    before = stored(session)
    app.config["CONTACT_KEY"] = "another-key-than-the-telephones-were-locked-with"
    assert deputies[0].phone == UNREADABLE
    assert actions.amend_deputy(deputies[0], phone=UNREADABLE, name="新名", **makers.entered()) is True
    assert stored(session) == before
    actions.amend_deputy(deputies[0], phone="13800000000", **makers.entered())
    assert (deputies[0].phone, deputies[1].phone) == ("13800000000", UNREADABLE)


def test_what_is_typed_to_look_locked_is_a_text_like_any_other(session, deputies):
    typed = stored(session)[deputies[0].id]
    deputies[1].phone = typed
    session.add(row := ImportedRow(import_id=1, row=1, known_by="", cells={"题目": typed, "办法": "路灯"}))
    assert (deputies[1].phone, row.cells["题目"]) == (typed, typed)
    session.expunge(row)


def test_the_same_value_is_not_written_again(session, deputies):
    before = stored(session)
    assert actions.amend_deputy(deputies[0], phone=PHONE, **makers.entered()) is False
    assert deputies[1].phone == PHONE
    deputies[1].phone = PHONE
    assert stored(session) == before


def test_a_readable_one_does_not_pass_the_last_gate(session, deputies):
    table = Base.metadata.tables["deputy"]
    with pytest.raises(sa.exc.StatementError, match="readable value"):
        session.execute(sa.update(table).values(phone=PHONE))
    with pytest.raises(sa.exc.StatementError, match="readable telephone"):
        session.execute(sa.insert(ImportedRow), [{"cells_kept": {"题目": f"电话{PHONE}"}, "row": 1, "known_by": ""}])


@pytest.mark.engines("sqlite")
def test_of_a_working_copy_only_what_tells_is_locked(session):
    said = {
        "题目": "关于路灯的建议",
        "电话": "8123",
        "正文": f"请致电{PHONE}。",
        "证件": "11010519491231002X",
        "rows": [["0571-87654321", "phone", True], ["8123", "phone", False], ["2026年3月2日", "", False]],
    }
    kept = lock_value("ledger_row.cells.1", said, whole=False)
    assert [one for one in texts_in(kept) if not is_locked(one)] == ["关于路灯的建议", "2026年3月2日"]
    assert tells_openly(said)
    assert not tells_openly(kept)
    cells = Base.metadata.tables["ledger_row"].c["cells"]
    assert opened(cells, (1,), kept) == said
    assert UNREADABLE in texts_in(opened(cells, (2,), kept))


def test_a_draft_is_kept_and_given_back(session):
    who = {"internal": False, "version": 0, "page": "p", "on": makers.HANDED_OVER_ON, **makers.entered()}
    congress = makers.a_congress()
    said = {"title": ["关于路灯的建议"], "contact_phone": [PHONE], "contact_person": ["赵"]}
    draft = save_draft("k" * 32, said, congress_id=congress.id, **who)
    session.expire_all()
    assert draft.said == said
    assert PHONE not in str(session.execute(sa.text("SELECT said FROM draft")).scalar())


@pytest.mark.engines("sqlite")
def test_every_column_called_a_telephone_is_enciphered(app):
    """And every enciphered one is erased on request."""
    found = {(table.name, one.name): one for table in Base.metadata.sorted_tables for one in table.columns}
    called = {place for place in found if place[1].endswith(("phone", "telephone", "mobile", "id_card"))}
    assert called == {place for place, one in found.items() if isinstance(one.type, Enciphered)}
    assert {CLASSES[place] for place, one in found.items() if is_enciphered(one)} == {"contact", "copy"}
    assert {db.metadata.tables[table].primary_key.columns.keys()[0] for table, _name in called} <= {
        "id",
        "suggestion_id",
    }
