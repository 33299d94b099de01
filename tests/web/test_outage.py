"""A disk that takes nothing, a form that is too large: the typed text is there, and sent again it is done once."""

from __future__ import annotations

import io
import resource
from contextlib import contextmanager
from datetime import date

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.handling.papers import FORM, SCAN
from tests.makers import a_case, a_handling_link
from tracker import clock
from tracker.actor import SYSTEM
from tracker.care.doctor import examine
from tracker.database import db
from tracker.files import store
from tracker.files.models import File
from tracker.handling.models import Contact, Reply

TYPED = "与代表当面沟通,写了很久。"
CONTACT = {"acting_name": "林", "on": "2026-03-05", "manner": "phone", "person": TYPED}


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(date(2026, 3, 5))
    made = a_case()
    session.commit()
    return made


@contextmanager
def full_disk(app):
    """No page more for the database, no byte more for a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with app.app_context():
        engine = db.engine

    def no_page_more(connection) -> None:
        connection.connection.dbapi_connection.execute("pragma query_only=on")

    sa.event.listen(engine, "begin", no_page_more)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        sa.event.remove(engine, "begin", no_page_more)
        with app.app_context():
            engine.dispose()


def count(kind: type) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(kind))


@pytest.mark.engines("sqlite")
def test_what_could_not_be_saved_is_sent_again_with_one_press(app, case, reader):
    path = f"{a_handling_link(case.lead)}/contact"
    data = {**reader.read(path).hidden(path), **CONTACT}
    with full_disk(app):
        page = reader.send(path, data, expect=503)
        assert reader.page.response.headers["Retry-After"]
        again = {field["name"]: field["value"] for field in page.all("input")}
        assert TYPED in page.text
        assert again["press"] == data["press"]
        assert reader.read(path).status == 200  # reading goes on
    assert count(Contact) == 0
    first = reader.send(path, again, expect=302).response.location
    assert reader.send(path, data, expect=302).response.location == first
    assert count(Contact) == 1


@pytest.mark.engines("sqlite")
def test_a_file_that_finds_no_room_leaves_nothing_behind(app, case, reader):
    path = f"{a_handling_link(case.lead)}/reply"
    reader.read(path)
    scan = (io.BytesIO(SCAN), "答复.pdf")
    with full_disk(app):
        page = reader.send(path, {**FORM, "act": "draft", "acting_name": "林", "scan": scan}, expect=503)
    assert FORM["text"] in page.text
    assert "with its files" in page.text
    assert "Send the form again" not in page.text
    assert [count(Reply), count(File)] == [0, 0]
    assert [path for path in store._folder().rglob("*") if path.is_file()] == []


@pytest.mark.engines("sqlite")
def test_a_form_whose_file_is_too_large_gives_its_text_back(app, case, reader):
    app.config["MAX_CONTENT_LENGTH"] = 50_000
    path = f"{a_handling_link(case.lead)}/reply"
    reader.read(path)
    for size in (100_000, 190_000):
        scan = (io.BytesIO(SCAN + b"0" * size), "答复.pdf")
        page = reader.send(path, {"scan": scan, **FORM, "act": "draft", "acting_name": "林"}, expect=413)
        assert FORM["text"] in page.text
    assert count(Reply) == 0
    page = reader.send(path, {**FORM, "scan": (io.BytesIO(SCAN + b"0" * 250_000), "答复.pdf")}, expect=413)
    assert FORM["text"] in page.text  # larger still: only its beginning is gone through


def test_a_file_whose_commit_was_refused_goes_and_one_in_doubt_stays(app, case, session):
    """Before the commit is sent its file goes with it; afterwards nobody knows, and no row may be left without one."""

    def kept() -> File:
        return store.keep(FileStorage(io.BytesIO(SCAN), filename="答复.pdf"), by=SYSTEM, at=clock.now())

    gone = store._path(kept().stored_name)
    session.rollback()
    assert not gone.exists()
    in_doubt = store._path(kept().stored_name)
    session.execute(sa.text("select 1"))

    def lost(_connection) -> None:
        raise ConnectionError("the answer to COMMIT was lost")

    sa.event.listen(db.engine, "commit", lost)
    with pytest.raises(ConnectionError):
        session.commit()
    sa.event.remove(db.engine, "commit", lost)
    session.rollback()
    assert in_doubt.exists()
    assert "file_missing" not in [one.kind for one in examine()]
