"""The pages on which rules and days are written: an example beside the form, a preview before anything moves."""

from datetime import date
from html import unescape
from io import BytesIO

import pytest
import sqlalchemy as sa

from tests.makers import a_body, a_congress, a_deputy, a_meeting, a_suggestion, a_user, an_assignment
from tests.reader import Reader
from tracker.audit.models import Trace
from tracker.deadlines import actions, library, queries, versions
from tracker.deadlines.models import Deadline
from tracker.roles import Role
from tracker.structure.models import Body
from tracker.structure.queries import find_congress
from tracker.workdays.queries import loaded_years
from tracker.workdays.seed import days_of
from tracker.workdays.written import read_lines

TODAY = date(2026, 3, 2)
LOCAL = {"source": "市政府通知", "days": "2026-06-02 off 台风停工", "local": "y"}


@pytest.fixture
def leader(session, reader, stopped_clock, congress):
    return reader.signed_in_as(a_user(congress, Role.OFFICE_LEADER))


@pytest.fixture
def congress(session, stopped_clock):
    stopped_clock(TODAY)
    made = a_congress()
    session.commit()
    return made


def filled_in(page, **changes):
    """What a browser would send of the form as it stands."""
    chosen, name = {}, ""
    for one in page.all("select", "option"):
        name = one["name"] if one.tag == "select" else name
        if one.tag == "option" and "selected" in one.attributes:
            chosen[name] = one["value"]
    ticked = [one["name"] for one in page.all("input") if one["type"] == "checkbox" and "checked" in one.attributes]
    return {**page.values(), **chosen, **dict.fromkeys(ticked, "y"), **changes}


def example_of(reader, app, sent):
    """The fragment that is put beside the form while one writes."""
    token = {"csrf_token": reader.token()}
    with app.app_context():
        answer = reader.client.post(
            "/rules/default/example",
            base_url=app.config["BASE_URL"],
            data={**sent, **token},
            headers={"Accept-Language": "en"},
        )
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_new_version_holds_from_its_day_on(leader, session):
    page = leader.read("deadlines.write_version", name="default")
    sent = filled_in(page, **{"clauses-reply-amount": "2", "effective_from": "2026-04-01"})
    page = leader.send("deadlines.write_version", sent, name="default")
    assert "superseded" not in page.text
    assert queries.find_rule_set("default", date(2026, 3, 31)).version == 1
    later = queries.find_rule_set("default", date(2026, 4, 1))
    assert (later.version, queries.rules_of(later).clause("reply").amount) == (2, 2)
    assert session.scalar(sa.select(Trace.facts).where(Trace.act == "rule_set_written"))["version"] == 2
    page = leader.read("deadlines.rule_set", name="default")
    assert len(page.rows()) > 2
    assert "not in force yet" in leader.read("deadlines.rule_set", name="default", version=2).text


@pytest.mark.parametrize("name", library.names())
def test_every_rule_set_goes_through_the_form_and_says_the_same(leader, session, name):
    """Shown as the page shows it, sent as a browser sends it: consent, addressee, second try and all."""
    page = leader.read("deadlines.copy", name=name)
    leader.send("deadlines.copy", filled_in(page, name="ours-2026"), name=name)
    session.expire_all()
    before, after = versions.newest(name).data, versions.newest("ours-2026").data
    for data in (before, after):
        for word in ("name", "version", "effective_from"):
            data.pop(word)
    assert after == before


def test_consent_addressee_and_second_try_are_said(leader):
    page = leader.read("deadlines.rule_set", name="chongqing-2017")
    assert any("addressed to: our office" in row and "goes back only if" in row for row in page.rows())
    assert any("asked again by the lead: 5 working days" in row for row in page.rows())
    assert any("the rules ask for no consent" in row and "wide-ranging" in row for row in page.rows())


def test_rules_that_begin_later_are_seen_and_cannot_be_chosen_yet(leader):
    page = leader.read("deadlines.copy", name="default")
    page = leader.send("deadlines.copy", filled_in(page, name="ours-2027", effective_from="2027-01-01"), name="default")
    assert "not in force yet" in page.text
    assert "Hand over under these rules" not in page.text
    assert any("not in force yet" in row for row in leader.read("deadlines.rules").rows())
    page = leader.send("deadlines.choose", name="ours-2027")
    assert "The rules ours-2027 are not in force yet." in page.text
    assert find_congress().rules_name == "default"


@pytest.mark.parametrize("day", ["2199-12-31", "1949-01-01"])
def test_an_example_of_the_far_future_is_told_too(leader, day):
    page = leader.read("deadlines.write_version", name="default")
    page = leader.send(
        "deadlines.write_version", {**filled_in(page), "example_on": day, "act": "example"}, name="default"
    )
    assert any(row.startswith("reply ") for row in page.rows())


def test_what_was_handed_over_keeps_its_version(leader, session, congress):
    suggestion = a_suggestion(a_meeting(congress), a_deputy(congress))
    [assignment] = an_assignment(suggestion, a_body(congress))
    before = queries.open_for(kind="reply", assignment_id=assignment.id)[0].due_on
    page = leader.read("deadlines.write_version", name="default")
    leader.send("deadlines.write_version", filled_in(page, **{"clauses-reply-amount": "2"}), name="default")
    session.expire_all()
    assert actions.recount(on=TODAY) == 0
    assert queries.open_for(kind="reply", assignment_id=assignment.id)[0].due_on == before


def test_a_day_that_has_passed_is_refused_and_what_was_typed_is_kept(leader):
    page = leader.read("deadlines.write_version", name="default")
    sent = filled_in(page, effective_from="2026-02-01", title_en="Our own rules")
    page = leader.send("deadlines.write_version", sent, name="default")
    assert "holds from 2026-03-02 at the earliest" in page.text
    assert page.values()["title_en"] == "Our own rules"
    assert versions.newest("default").version == 1


def test_the_example_follows_what_is_filled_in_and_keeps_nothing(leader, app):
    page = leader.read("deadlines.write_version", name="default")
    sent = filled_in(page, **{"clauses-reply-amount": "10", "clauses-reply-unit": "wd", "example_on": "2026-09-21"})
    page = leader.send("deadlines.write_version", {**sent, "act": "example"}, name="default")
    assert any(row.startswith("reply 2026-10-12") for row in page.rows())
    assert "2026-10-12" in example_of(leader, app, sent)
    assert versions.newest("default").version == 1


def test_an_impossible_clock_is_told_in_the_example(leader, app):
    page = leader.read("deadlines.write_version", name="default")
    sent = filled_in(page, **{"clauses-reply-amount": ""})
    assert "cannot be left out" in example_of(leader, app, sent)


def test_a_copy_has_a_name_of_its_own_and_can_be_chosen(leader, session):
    page = leader.read("deadlines.copy", name="shanghai-2015")
    leader.send("deadlines.copy", filled_in(page, name="Our Rules"), name="shanghai-2015")
    assert versions.newest("our-rules") is None
    leader.read("deadlines.copy", name="shanghai-2015")
    page = leader.send("deadlines.copy", filled_in(page, name="linjiang-2026"), name="shanghai-2015")
    leader.send("deadlines.choose", name="linjiang-2026")
    session.expire_all()
    assert find_congress().rules_name == "linjiang-2026"
    assert "Hand over under these rules" not in leader.read("deadlines.rule_set", name="linjiang-2026").text


def test_only_who_may_write_is_offered_to(reader, session, congress):
    clerk = reader.signed_in_as(a_user(congress, Role.OFFICE_CLERK))
    assert "Write a new version" not in clerk.read("deadlines.rule_set", name="default").text
    assert "Local days" not in clerk.read("deadlines.rules").text
    clerk.read("deadlines.write_version", name="default", expect=403)
    clerk.read("deadlines.year", year=2026, expect=403)


@pytest.fixture
def due_in_june(congress):
    """A reply due on 2 June 2026."""
    [assignment] = an_assignment(a_suggestion(a_meeting(congress), a_deputy(congress)), a_body(congress))
    [clock] = queries.open_for(kind="reply", assignment_id=assignment.id)
    assert clock.due_on == date(2026, 6, 2)
    return clock.id


def look_and_keep(leader, sent, year=2026, **changes):
    """As a person does it: looks at what would move, then keeps what the page shows."""
    page = leader.send("deadlines.year", {**sent, "act": "look"}, year=year)
    days = next(area.text for area in page.all("textarea"))
    kept = {**sent, "days": days, "seen": page.values()["seen"], "act": "keep", **changes}
    return leader.send("deadlines.year", {name: value for name, value in kept.items() if name != "file"}, year=year)


def test_the_preview_shows_whose_clocks_would_move_and_keeps_nothing(leader, session, due_in_june):
    leader.read("deadlines.year", year=2026, local=1)
    page = leader.send("deadlines.year", {**LOCAL, "act": "look"}, year=2026)
    alike, each = (row for row in page.rows() if "2026-06-02" in row and "2026-06-03" in row)
    assert alike.endswith(" 1")
    assert session.scalar(sa.select(Body.name)) in each
    session.expire_all()
    assert session.get(Deadline, due_in_june).due_on == date(2026, 6, 2)


def test_kept_days_move_open_clocks_and_the_old_day_stays(leader, session, due_in_june):
    leader.read("deadlines.year", year=2026, local=1)
    page = look_and_keep(leader, LOCAL)
    assert any("台风停工" in row for row in page.rows())
    session.expire_all()
    clock = session.get(Deadline, due_in_june)
    assert (clock.due_on, clock.original_due_on) == (date(2026, 6, 3), date(2026, 6, 2))
    assert clock.explanation[-1]["values"]["reason"] == {"kind": "calendar"}


@pytest.mark.parametrize("changes", [{"seen": ""}, {"days": "2026-06-03 off 台风停工"}])
def test_only_what_was_looked_at_is_kept(leader, session, due_in_june, changes):
    leader.read("deadlines.year", year=2026, local=1)
    page = look_and_keep(leader, LOCAL, **changes)
    assert "not the days that were shown" in page.text
    assert "台风停工" in page.html
    session.expire_all()
    assert session.get(Deadline, due_in_june).due_on == date(2026, 6, 2)


def test_a_met_clock_never_moves(leader, session, due_in_june):
    actions.meet(session.get(Deadline, due_in_june), on=TODAY)
    leader.read("deadlines.year", year=2026, local=1)
    assert "2026-06-03" not in leader.send("deadlines.year", {**LOCAL, "act": "look"}, year=2026).text
    look_and_keep(leader, LOCAL)
    session.expire_all()
    assert session.get(Deadline, due_in_june).due_on == date(2026, 6, 2)


def test_a_line_that_cannot_be_read_is_named_and_all_are_kept(leader):
    leader.read("deadlines.year", year=2027)
    page = leader.send(
        "deadlines.year", {"source": "x", "days": "2027-01-01 off New Year's Day\nsoon", "act": "look"}, year=2027
    )
    assert page.text.count("Line 2 begins with no day") == 1
    assert "soon" in page.html


def test_a_year_of_the_country_without_a_day_off_is_no_year(leader, session):
    leader.read("deadlines.year", year=2027)
    page = leader.send("deadlines.year", {"source": "x", "days": "", "act": "look"}, year=2027)
    assert "without a single day off" in page.text
    assert 2027 not in loaded_years()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_shown_as_lines_before_it_is_kept(leader, encoding):
    leader.read("deadlines.year", year=2027)
    content = BytesIO("day,working,name\n2027-02-06,0,春节\n".encode(encoding))
    sent = {"source": "国办发明电", "file": (content, "2027.csv"), "act": "look"}
    page = leader.send("deadlines.year", sent, year=2027)
    assert "2027-02-06 off Spring Festival" in page.html


def test_a_long_source_fits_both_databases(leader, session, congress):
    leader.read("deadlines.year", year=2027)
    look_and_keep(leader, {"source": "办" * 120, "days": "2027-01-01 off New Year's Day"}, year=2027)
    assert 2027 in loaded_years()


def test_a_year_that_is_loaded_is_no_longer_provisional(leader, session, congress):
    """Neither is a day that a person decided."""
    rules = queries.rule_set_in_force("default", TODAY)
    suggestion = a_suggestion(a_meeting(congress), a_deputy(congress))
    facts = {"rules": rules, "congress_id": congress.id, "holder": "body", "suggestion_id": suggestion.id}
    clock, extended = (actions.start("reply", on=date(2026, 11, 10), **facts) for _ in range(2))
    session.flush()
    actions.move(extended, date(2027, 3, 10), on=date(2026, 11, 20), reason={"kind": "extension"})
    session.commit()
    assert clock.provisional
    assert extended.provisional
    leader.read("deadlines.year", year=2027)
    look_and_keep(leader, {"source": "x", "days": "2027-01-01 off New Year's Day"}, year=2027)
    session.expire_all()
    for one in (session.get(Deadline, clock.id), session.get(Deadline, extended.id)):
        assert not one.provisional
        assert "provisional" not in [step["kind"] for step in one.explanation]
    assert session.get(Deadline, extended.id).due_on == date(2027, 3, 10)


def test_a_clerk_reads_and_writes_the_days_in_his_language(app, session, congress):
    zh = Reader(app, "zh").signed_in_as(a_user(congress, Role.OFFICE_LEADER))
    page = zh.read("deadlines.year", year=2026)
    days = unescape(page.html.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0])
    assert "2026-01-01 放假 元旦" in days
    assert "2026-01-04 上班 元旦" in days
    assert read_lines(days) == days_of(2026)
