"""The weekly issue: what it lists, that it is frozen, and that it is one a week."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.escalation.city import add, assigned, build, clock_of, owed
from tracker import clock
from tracker.bulletin import actions, jobs, queries
from tracker.bulletin.models import Issue, IssueItem, Reader
from tracker.bulletin.rules import MASS_EXTENSION, week_of
from tracker.bulletin.sealing import is_unaltered
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.feedback.models import Rating, RatingChannel, Verdict
from tracker.handling.models import Contact, Extension, Manner, Promise, Reply
from tracker.mail.models import Letter
from tracker.structure.models import Officer
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Suggestion

MONDAY = date(2026, 6, 8)  # four working days after the replies were due
WEEK = "2026-W24"


@pytest.fixture
def city(session):
    return build()


def frozen(city, on=MONDAY):
    with clock.at(on):
        issue = actions.freeze(city.congress, week_of(on), on=on, at=clock.now())
        db.session.commit()
    return queries.find_issue(issue.week, city.congress.id)


def sections(issue):
    found = {}
    for item in issue.items:
        found.setdefault(item["section"], []).append(item["assignment_id"])
    return found


def readers(city, session):
    return {city.names()[reader.person_key]: reader for reader in session.scalars(sa.select(Reader))}


def reply_of(assignment):
    return add(Reply(assignment_id=assignment.id, saved_at=clock.now()))


def talked(assignment, on=MONDAY):
    add(Contact(assignment_id=assignment.id, on=on, manner=Manner.PHONE, person="代表甲", noted_by="handler"))
    return assignment


def test_it_lists_what_is_late_against_the_present_and_the_first_day(city):
    late = owed(city)
    extended = owed(city)
    clocks.move(extended, date(2026, 8, 31), on=date(2026, 6, 1), reason={"kind": "extension"})
    issue = frozen(city)
    found = sections(issue)
    assert found["overdue"] == [late.assignment_id]
    assert found["past_original"] == [extended.assignment_id]
    [item] = [item for item in issue.items if item["section"] == "overdue"]
    assert (item["days"], item["days_original"], item["due_on"]) == (4, 4, "2026-06-02")
    [item] = [item for item in issue.items if item["section"] == "past_original"]
    assert (item["days_original"], item["moved"], item["days"] < 0) == (4, 1, True)


def test_it_lists_what_is_due_within_five_working_days(city):
    near = clock_of(city, talked(assigned(city)), on=date(2026, 3, 12))
    far = clock_of(city, talked(assigned(city)), on=date(2026, 3, 20))
    assert (near.due_on, far.due_on) == (date(2026, 6, 12), date(2026, 6, 22))
    assert sections(frozen(city))["due_soon"] == [near.assignment_id]


def test_silence_is_neither_contact_nor_entry_for_a_month(city):
    silent, heard = owed(city), owed(city)
    talked(city_assignment(heard), on=date(2026, 3, 20))
    assert sections(frozen(city))["silent"] == [silent.assignment_id]


def city_assignment(deadline):
    from tracker.dispatch.models import Assignment

    return db.session.get_one(Assignment, deadline.assignment_id)


def test_many_extensions_of_one_day_are_reported_themselves(city):
    for number in range(MASS_EXTENSION + 3):
        on = date(2026, 6, 4) if number < MASS_EXTENSION else date(2026, 6, 5)
        add(
            Extension(assignment_id=assigned(city).id, asked_on=date(2026, 6, 2), asked_by="h", reason="要调研",
                      granted=True, proposed_on=date(2026, 8, 31), granted_to_on=date(2026, 8, 31), decided_on=on,
                      decided_by="孙办")
        )  # fmt: skip
    assert frozen(city).figures["mass_extensions"] == [{"on": "2026-06-04", "by": "孙办", "count": MASS_EXTENSION}]


def test_it_lists_promises_ratings_and_extensions_of_the_week(city):
    assignment = talked(assigned(city))
    reply = reply_of(assignment)
    for due_on in (date(2026, 6, 5), date(2026, 6, 10), date(2026, 12, 1)):
        promise = add(
            Promise(congress_id=city.congress.id, reply_id=reply.id, assignment_id=assignment.id, what="装灯",
                    owner="科", due_on=due_on)
        )  # fmt: skip
        clock_of(city, assignment, "promise", promise_id=promise.id, fixed_on=due_on)
    add(
        Rating(reply_id=reply.id, deputy_id=city.deputy.id, result=Verdict.DISSATISFIED, on=date(2026, 6, 4),
               entered_at=clock.now(), channel=RatingChannel.LINK, entered_by="代表甲")
    )  # fmt: skip
    add(
        Extension(assignment_id=assignment.id, asked_on=date(2026, 6, 2), asked_by="h", reason="要调研", granted=True,
                  proposed_on=date(2026, 8, 31), granted_to_on=date(2026, 8, 31), decided_on=date(2026, 6, 4))
    )  # fmt: skip
    issue = frozen(city)
    assert {name: len(ids) for name, ids in sections(issue).items()} == {
        "promise_overdue": 1,
        "promise_due": 1,
        "dissatisfied": 1,
        "extended": 1,
        "no_due_date": 1,
    }


def test_it_names_what_we_cannot_see(city, session):
    unsigned = assigned(city, "schools", standing=Standing.ASSIGNED)
    clock_of(city, unsigned, "receipt")
    clock_of(city, unsigned)
    clockless = talked(assigned(city, "court"))
    session.execute(sa.update(Officer).where(Officer.name.like("court%")).values(email=None))
    issue = frozen(city)
    assert sections(issue)["no_receipt"] == [unsigned.id]
    assert sections(issue)["no_due_date"] == [clockless.id]
    unseen = issue.figures["unseen"]
    assert (unseen["no_receipt"], unseen["no_due_date"], unseen["unreachable"]) == (1, 1, 1)
    assert unseen["unreachable_bodies"][0]["body"] == "市中级人民法院"


def test_open_and_late_counts_as_late_and_no_rate_without_its_counts(city):
    owed(city, "roads")
    for on in (date(2026, 6, 1), date(2026, 6, 5)):
        clocks.meet(owed(city, "roads"), on=on)
    figures = frozen(city).figures
    [roads] = figures["by_body"]
    wanted = {"suggestions": 3, "total": 3, "answered": 2, "answered_late": 1, "open": 1, "open_late": 1}
    assert {name: roads[name] for name in wanted} == wanted
    assert (roads["late"], roads["late_share"]) == (2, 67)
    assert figures["whole"]["late"] == 2


def test_it_is_frozen_and_numbered_once(city, session):
    late = owed(city)
    first = frozen(city)
    said = list(first.items)
    clocks.meet(late, on=MONDAY)
    session.get_one(Suggestion, said[0]["suggestion_id"]).title = "换了题目"
    session.commit()
    again = frozen(city, MONDAY + timedelta(days=2))
    assert (again.id, again.number, list(again.items), again.issued_on) == (first.id, 1, said, MONDAY)
    assert session.scalar(sa.select(sa.func.count(Issue.id))) == 1
    assert is_unaltered(again)
    next_week = frozen(city, MONDAY + timedelta(days=7))
    assert next_week.number == 2
    assert "overdue" not in sections(next_week)


def test_a_changed_issue_is_found_out(city, session):
    from tracker.bulletin.desk import problems

    owed(city)
    issue = frozen(city)
    assert [problem.kind for problem in problems()] == ["bulletin_unsent"]
    line = session.get_one(IssueItem, (issue.id, 1))
    line.said = {**line.said, "days": 0}
    session.commit()
    assert "bulletin_altered" in [problem.kind for problem in problems()]


def test_it_tells_what_became_of_the_last_issues_list(city, session):
    answered, extended, still = owed(city), owed(city), owed(city)
    frozen(city)
    clocks.meet(answered, on=date(2026, 6, 9))
    clocks.move(extended, date(2026, 8, 31), on=date(2026, 6, 9), reason={"kind": "extension"})
    new = clock_of(city, assigned(city), on=date(2026, 3, 9))
    session.commit()
    issue = frozen(city, date(2026, 6, 15))
    changes = issue.figures["changes"]
    wanted = {"new": 1, "still": 1, "gone": 2, "answered": 1, "extended": 1, "otherwise": 0, "idle": 1, "longest": 2}
    assert {name: changes[name] for name in wanted} == wanted
    assert changes["by_section"]["overdue"]["gone"] == {"answered": 1, "extended": 1}
    went = {item["assignment_id"]: (item["was"], item["why"]) for item in issue.items if item["section"] == "gone"}
    assert went == {answered.assignment_id: ("overdue", "answered"), extended.assignment_id: ("overdue", "extended")}
    weeks = {item["assignment_id"]: item["weeks"] for item in issue.items if item["section"] == "overdue"}
    assert weeks == {still.assignment_id: 2, new.assignment_id: 1}
    fresh = {item["assignment_id"] for item in issue.items if item["new"]}
    assert fresh == {new.assignment_id} != {still.assignment_id}


def test_each_reader_gets_his_part_by_rank(city, session):
    owed(city, "roads")
    owed(city, "court")
    frozen(city)
    counts = {name: reader.item_count for name, reader in readers(city, session).items()}
    two = 2  # overdue and silent
    assert counts == {
        "roads handler": two, "roads deputy_head": two, "roads head": two, "hub hub_office": two,
        "court handler": two, "court vice_president": two, "court president": two, "court hub_office": two,
        "committee committee": two, "mayors vice_mayor": two, "mayors mayor": two,
        "office our_clerk": 4, "office our_director": 4, "office secretary_general": 4, "office directors_meeting": 4,
        "deputy": 2,
    }  # fmt: skip


def test_nobody_gets_an_empty_issue_but_those_who_read_them_all(city, session):
    clock_of(city, talked(assigned(city), on=date(2026, 6, 1)), on=date(2026, 5, 20))
    issue = frozen(city)
    assert list(issue.items) == []
    assert {reader.split()[0] for reader in readers(city, session)} == {"office"}


def test_an_internal_suggestion_is_only_its_number(city, session):
    owed(city, internal=True, title="内部事项")
    issue = frozen(city)
    assert {item["title"] for item in issue.items} == {None}
    assert {item["deputy"] for item in issue.items} == {None}
    assert not {"committee committee", "mayors vice_mayor", "mayors mayor"} & set(readers(city, session))
    with clock.at(MONDAY):
        jobs.write_letters(issue)
    for letter in session.scalars(sa.select(Letter)):
        assert "内部事项" not in letter.body_html + letter.body_text


def test_another_congress_has_its_own_issue(city, session):
    from tracker.structure.models import Congress, Level

    owed(city)
    other = add(Congress(name="他市", level=Level.CITY, rules_name="default"))
    issue = actions.freeze(other, WEEK, on=MONDAY, at=clock.now())
    assert (list(issue.items), issue.number, issue.figures["by_body"]) == ([], 1, [])
    assert frozen(city).number == 1
