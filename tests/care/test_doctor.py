"""The doctor finds what was changed behind the procedure's back, and nothing in a sound house."""

import io
from datetime import date

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests import makers
from tests.drills.tampering import let_alter
from tests.handling.papers import SCAN
from tracker import clock, sqlite
from tracker.actor import SYSTEM
from tracker.audit.actions import seal
from tracker.care.doctor import examine
from tracker.files import store


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(makers.HANDED_OVER_ON)
    made = makers.a_case()
    seal(at=clock.now())
    session.commit()
    return made


@pytest.fixture
def by_hand(session):
    """A statement nobody's page would send."""

    def change(statement: str, **values: object) -> None:
        done = session.execute(sa.text(statement), values)
        assert done.rowcount == 1
        session.expire_all()

    return change


def findings() -> list[tuple[str, str]]:
    return [(one.kind, one.message % one.values) for one in examine()]


def test_a_sound_house(case):
    assert findings() == []


def test_two_leads(case, by_hand):
    by_hand("update assignment set part = 'lead' where id = :id", id=case.co.id)
    kinds = [kind for kind, _said in findings()]
    assert "one_lead" in kinds
    assert f"Suggestion {case.suggestion.number} has 2 leads." in [said for _kind, said in findings()]


def test_a_stage_changed_by_hand(case, by_hand):
    by_hand("update suggestion set stage = 'answered' where id = :id", id=case.suggestion.id)
    said = f"Suggestion {case.suggestion.id} stands at answered, its history says handed_over."
    assert ("stage", said) in findings()


def test_an_assignment_changed_by_hand(case, by_hand):
    by_hand("update assignment set standing = 'received' where id = :id", id=case.co.id)
    said = f"Assignment {case.co.id} stands at received, its history says assigned."
    assert findings() == [("stage", said)]


def test_a_clock_that_nobody_holds(case, by_hand, session):
    wanted = "select id from deadline where assignment_id = :id and kind = 'reply'"
    number = session.scalar(sa.text(wanted), {"id": case.lead.id})
    by_hand("update deadline set holder_body_id = null where id = :id", id=number)
    assert findings() == [("clock", f"Clock {number} has no holder.")]


def test_an_assignment_whose_clock_was_stopped_by_hand(case, by_hand):
    by_hand("update deadline set met_on = '2026-03-02' where assignment_id = :id and kind = 'reply'", id=case.lead.id)
    assert ("clock", f"Assignment {case.lead.id} has 0 running reply clocks.") in findings()


def test_history_altered_after_it_was_sealed(case, by_hand, session):
    let_alter("entry")
    number = session.scalar(sa.text("select min(id) from entry"))
    by_hand("update entry set actor_name = '别人' where id = :id", id=number)
    [(kind, said)] = findings()
    assert kind == "audit"
    assert said == f"The trail of entry was altered: row {number} (altered) is the first."


@pytest.fixture
def paper(case, session):
    file = store.keep(FileStorage(io.BytesIO(SCAN), filename="答复.pdf"), by=SYSTEM, at=clock.now())
    session.commit()
    return file


def test_a_missing_file(paper, app):
    assert findings() == []
    (store._path(paper.stored_name)).unlink()
    assert findings() == [("file_missing", f"The file 答复.pdf (number {paper.id}) is missing on the disk.")]


def test_a_changed_file(paper):
    store._path(paper.stored_name).write_bytes(SCAN + b" ")
    assert [kind for kind, _said in findings()] == ["file_changed"]


def test_a_year_without_its_holidays(case, stopped_clock):
    stopped_clock(date(2035, 3, 2))
    assert ("calendar", "The holidays of 2035 are not loaded.") in findings()


@pytest.mark.engines("sqlite")
def test_an_index_of_words_that_grew_meanwhile_is_not_called_damaged(case, session, database_url):
    assert findings() == []
    session.rollback()
    other = sqlite.driver.connect(database_url.removeprefix("sqlite:///"))
    for number in range(200):
        words = " ".join(f"w{number * place}" for place in range(50))
        other.execute("insert into search_words (rowid, words) values (?, ?)", (9_000 + number, words))
        other.commit()
    other.close()
    assert [kind for kind, _said in findings() if kind == "database"] == []
