"""The folder: only what may be public, plain files, written anew where something changed, gone when taken down."""

from collections import namedtuple
from threading import Thread

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from tests.handling.papers import ON
from tests.public.conftest import PLACE, lead
from tracker.database import db
from tracker.dispatch.actions import renew
from tracker.locks import locked
from tracker.public import actions, jobs, site
from tracker.public.views import KEPT
from tracker.structure.models import Meeting
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Publicity

Row = namedtuple("Row", "id name name_en year congress congress_en is_demo")


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def all_of(folder):
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.is_file())


def test_everybody_reads_what_was_given_free_and_nothing_else(case, shown, out):
    assert site.write(out) == 4
    pages = all_of(out)
    assert "路灯已装。" in pages
    assert "道路昏暗。" in pages
    assert "李代表" in pages
    assert "内部说明" not in pages
    for name in (case.suggestion.text, case.deputy.phone, case.deputy.email, "周局长", case.clerk.name):
        assert not name or name not in pages
    assert "Public since" in (out / "en" / f"{shown.id}.html").read_text("utf-8")
    assert "Public since" not in (out / f"{shown.id}.html").read_text("utf-8")


def test_a_second_writing_writes_nothing_and_a_lost_file_comes_back(shown, out):
    site.write(out)
    assert site.behind(out) == 0
    assert site.write(out) == 0
    (out / "index.html").unlink()
    assert site.write(out) == 1
    assert (out / "index.html").exists()


def test_what_is_taken_down_is_gone_in_both_languages(case, shown, session, out):
    site.write(out)
    actions.take_down(shown, lead(case), "涉及个人信息", by=case.by_office, on=ON)
    session.commit()
    assert site.behind(out) > 0
    site.write(out)
    assert list(out.rglob(f"{shown.id}.html")) == []
    assert "路灯" not in all_of(out)


@pytest.mark.parametrize("change", ["deputy", "internal", "withdrawn"])
def test_what_may_no_longer_be_public_goes_by_itself(case, shown, session, out, app, change):
    jobs.write_public(ON)
    assert (site.folder() / f"{shown.id}.html").exists()
    if change == "deputy":
        case.suggestion.publicity = Publicity.NO
    elif change == "internal":
        case.suggestion.internal = True
    else:
        case.suggestion.stage = Stage.WITHDRAWN  # while it is handled again
    session.commit()
    assert jobs.preview(ON)["rows"] > 0
    assert (site.folder() / f"{shown.id}.html").exists()  # a rehearsal touches nothing
    assert jobs.has_work()
    jobs.write_public(ON)
    assert not (site.folder() / f"{shown.id}.html").exists()
    assert not jobs.has_work()


@pytest.mark.engines("sqlite")
def test_what_a_killed_writer_left_goes_when_it_is_taken_down(case, shown, session, out):
    site.write(out)
    (out / site.WRITTEN).unlink()
    (out / f".{shown.id}.html.4711").write_text("路灯", "utf-8")
    actions.take_down(shown, lead(case), "涉及个人信息", by=case.by_office, on=ON)
    session.commit()
    site.write(out)
    assert "路灯" not in all_of(out)
    assert list(out.rglob("*4711")) == []


@pytest.mark.engines("sqlite")
def test_a_writer_that_waited_reads_what_was_taken_down_meanwhile(case, shown, session, out, app):
    site.write(out)
    actions.take_down(shown, lead(case), "涉及个人信息", by=case.by_office, on=ON)

    def write():
        with app.app_context():
            site.write(out)

    waiting = Thread(target=write)
    with locked(out / site.LOCK):
        waiting.start()
        session.commit()
    waiting.join(20)
    assert list(out.rglob(f"{shown.id}.html")) == []


@pytest.mark.engines("sqlite")
def test_how_many_replies_there_are_is_kept_up_too(shown, session, out):
    site.write(out)
    session.execute(sa.update(Meeting).values(name="第二次会议"))
    session.commit()
    assert site.behind(out) > 0
    site.write(out)
    assert "第二次会议" in (out / f"{shown.id}.html").read_text("utf-8")


def test_a_reply_that_was_replaced_says_so(case, shown, session, out):
    site.write(out)
    renew(lead(case), by=case.by_office, on=ON)
    session.commit()
    site.write(out)
    assert "handled again" in (out / "en" / f"{shown.id}.html").read_text("utf-8")


def test_words_are_shown_as_words(case, reply, session, out):
    hostile = "<script>alert(1)</script>{{ 7*7 }}"
    worded = actions.Worded(hostile, hostile, hostile, hostile)
    actions.show(reply, lead(case), worded, PLACE, by=case.by_office, on=ON)
    session.commit()
    site.write(out)
    pages = all_of(out)
    assert "<script" not in pages
    assert "&lt;script&gt;" in pages
    assert "{{ 7*7 }}" in pages


def test_the_command_writes_a_folder_to_carry_away(app, shown, out):
    said = app.test_cli_runner().invoke(args=["write-public", str(out)])
    assert said.exit_code == 0, said.output
    assert "4 files" in said.output
    assert (out / f"{shown.id}.html").exists()


def test_the_public_reads_while_the_database_rests(app, shown):
    jobs.write_public(ON)
    names = ("", f"{shown.id}.html", "en/", "style.css", "en/99.html")
    db.session.remove()
    asked = []
    note = lambda _connection, _cursor, statement, *_more: asked.append(statement)  # noqa: E731
    sa.event.listen(db.engine, "before_cursor_execute", note)
    stranger = app.test_client()
    base = app.config["BASE_URL"]
    found = [stranger.get(f"/published/{name}", base_url=base) for name in names]
    sa.event.remove(db.engine, "before_cursor_execute", note)
    assert [(one.status_code, one.headers["Cache-Control"]) for one in found] == [(200, KEPT)] * 4 + [(404, KEPT)]
    assert asked == []


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    "name", [".written.json", "../tracker.db", "secret_key", "en", "x.html", ".writing", "..%2Fsecret_key"]
)
def test_nothing_else_of_the_folder_is_handed_out(app, shown, name):
    jobs.write_public(ON)
    answer = app.test_client().get(f"/published/{name}", base_url=app.config["BASE_URL"])
    assert answer.status_code in (404, 308)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.engines("sqlite")
def test_before_anything_is_public_the_front_page_says_so(app):
    found = app.test_client().get("/published/en/", base_url=app.config["BASE_URL"])
    assert "No reply is public yet" in found.get_data(as_text=True)


@pytest.mark.engines("sqlite")
def test_of_several_congresses_each_meeting_says_whose_it_is(app):
    city, district = (
        Row(1, "一次会议", "", 2026, "甲市人大", "", False),
        Row(2, "二次会议", "", 2026, "乙区人大", "", False),
    )

    def front(*counts):
        return site._page("index", "zh_Hans_CN", file="index.html", is_demo=False, counts=counts)

    with app.test_request_context(), force_locale("zh_Hans_CN"):
        one, both = front((city, 1, 2)), front((city, 1, 2), (district, 1, 1))
    assert one.count("甲市人大") == 1
    assert both.count("甲市人大") == both.count("乙区人大") == 1
    assert "甲市人大 <a" in both
