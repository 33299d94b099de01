"""Once a year bodies report how promises stand and deputies say whether that is so: one letter for each person."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.followup.promised import LAMPS, ON, promised
from tests.makers import a_user
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.feedback.models import Verdict
from tracker.followup import answered, jobs, yearly
from tracker.followup.models import Fate, Judgement, PromiseReport, YearlyQuestion
from tracker.followup.rules import is_asking_time, to_be_answered_by
from tracker.mail.models import Letter
from tracker.roles import Role

OCTOBER, NOVEMBER = date(2026, 10, 9), date(2026, 11, 20)
TWO = [{**LAMPS, "due_on": "2027-03-01"}, {"what": "划设斑马线", "owner": "林承办", "due_on": "2027-06-01"}]


@pytest.fixture
def world(session, stopped_clock):
    stopped_clock(NOVEMBER)
    return promised(promises=TWO)


def letters(kind):
    db.session.rollback()
    return list(db.session.scalars(sa.select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def test_the_month_opens_it_and_a_late_run_loses_nothing():
    assert [is_asking_time(day, 10) for day in (date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 31))] == [
        False,
        True,
        True,
    ]
    assert not is_asking_time(date(2027, 1, 5), 10)


def test_it_is_to_be_answered_by_the_end_of_the_quarter():
    days = {day: to_be_answered_by(day) for day in (OCTOBER, date(2026, 12, 31), date(2026, 5, 2))}
    assert list(days.values()) == [date(2026, 12, 31), date(2026, 12, 31), date(2026, 6, 30)]


def test_a_body_gets_one_letter_about_all_its_promises(world):
    assert jobs.ask_yearly(OCTOBER) == {"rows": 2, "letters": 1}
    [letter] = letters("yearly_receipt")
    assert letter.to_name == "林承办"
    assert "安装路灯" in letter.body_text
    assert "划设斑马线" in letter.body_text
    assert letter.body_text.count("/promises/") == 2


def test_a_second_run_and_a_late_one_ask_nothing_anew(world):
    assert jobs.ask_yearly(date(2026, 9, 30)) == {"rows": 0, "letters": 0}
    jobs.ask_yearly(NOVEMBER)
    for day in (NOVEMBER, date(2026, 12, 30)):
        assert jobs.ask_yearly(day) == {"rows": 0, "letters": 0}
    assert len(letters("yearly_receipt")) == 1
    assert jobs.ask_yearly(date(2027, 10, 2))["rows"] == 2


def test_the_congress_chooses_its_month(world, reader):
    leader = reader.signed_in_as(a_user(world.case.congress, Role.OFFICE_LEADER))
    leader.read("/promises/yearly")
    leader.send("/promises/yearly", {"month": "5"})
    assert yearly.receipts_month(world.case.congress.id) == 5
    assert jobs.ask_yearly(NOVEMBER)["rows"] == 0  # promised on 6 May, after the asking day of this year
    with pytest.raises(RuleBroken, match="twelve months"):
        yearly.choose_month(world.case.congress.id, 13, by=world.case.by_office, on=ON)


def test_what_was_kept_is_not_asked_about(world):
    world.report()
    assert jobs.ask_yearly(NOVEMBER)["rows"] == 1


def test_what_is_solved_is_not_asked_about(session, stopped_clock):
    stopped_clock(NOVEMBER)
    promised("A")
    assert jobs.ask_yearly(NOVEMBER)["rows"] == 0


def test_the_body_reports_on_course_only_when_asked(world):
    with pytest.raises(RuleBroken, match="Nobody has asked"):
        world.report(Fate.ON_COURSE)
    jobs.ask_yearly(OCTOBER)
    report = world.report(Fate.ON_COURSE, "已完成招标", on=OCTOBER)
    [question] = db.session.scalars(sa.select(YearlyQuestion).where(YearlyQuestion.promise_id == world.promise.id))
    assert question.report_id == report.id
    with pytest.raises(RuleBroken, match="Nobody has asked"):
        world.report(Fate.ON_COURSE, on=OCTOBER)


def test_the_deputy_is_asked_about_everything_in_one_letter(world):
    jobs.ask_yearly(OCTOBER)
    world.report(Fate.ON_COURSE, "已完成招标", on=OCTOBER)
    db.session.commit()
    assert jobs.follow_promises(OCTOBER)["letters"] == 1
    assert jobs.follow_promises(NOVEMBER)["letters"] == 0
    [letter] = letters("promises_to_judge")
    assert letter.to_name == "赵代表"
    assert "已完成招标" in letter.body_text
    [said] = db.session.scalars(sa.select(Judgement))
    assert (said.asked_on, said.on, said.agrees) == (OCTOBER, None, None)


def test_from_the_letters_the_body_reports_and_the_deputy_rates(world, reader):
    jobs.ask_yearly(OCTOBER)
    path = promise_path(letters("yearly_receipt")[0], f"/promises/{world.promise.id}")
    page = reader.read(path)
    assert "2026年落实情况回执" in page.text
    reader.send(f"{path}/report", {"fate": "on_course", "note": "已完成招标", "acting_name": "林承办"})
    jobs.follow_promises(NOVEMBER)
    path = promise_path(letters("promises_to_judge")[0], f"/promises/{world.promise.id}")
    reader.read(path)
    assert "请选择" in reader.send(f"{path}/judgement", {"agrees": "yes", "comment": ""}).text
    reader.send(f"{path}/judgement", {"agrees": "yes", "result": "mostly", "comment": ""})
    db.session.rollback()
    [said] = db.session.scalars(sa.select(Judgement))
    assert (said.agrees, said.result) == (True, Verdict.MOSTLY)


def promise_path(letter, end):
    [path] = [word for word in letter.body_text.split() if word.endswith(end)]
    return path[path.index("/links/") :]


def test_unanswered_questions_wait_on_the_bodys_desk(world, reader):
    jobs.ask_yearly(OCTOBER)
    handler = reader.signed_in_as(world.case.handler)
    assert "Yearly question: how promises stand" in handler.read("/").text
    path = f"/promises/{world.promise_id}/report"
    handler.send(path, {"fate": "on_course", "note": "已完成招标", "new_due_on": ""})
    assert "划设斑马线" in handler.read("/").text
    assert "安装路灯" not in handler.read("/").text


def test_silence_of_a_deputy_is_counted_as_not_answered_and_shown(world, reader):
    jobs.ask_yearly(OCTOBER)
    world.report(Fate.ON_COURSE, on=OCTOBER)
    db.session.commit()
    jobs.follow_promises(OCTOBER)
    said = db.session.scalars(sa.select(Judgement)).one()
    assert said.until_on == date(2026, 11, 5)  # 20 working days; 10 October is a make-up day
    clerk = world.case.clerk
    assert answered.answers_of(clerk, said.until_on) == answered.Answers(asked=1, answered=0, silent=0)
    assert answered.answers_of(clerk, NOVEMBER) == answered.Answers(asked=1, answered=0, silent=1)
    office = reader.signed_in_as(clerk)
    assert "Reports a deputy has not answered in time" in office.read("/").text
    page = office.read("/promises?show=silent")
    assert "安装路灯" in page.text
    assert "1 not answered in time" in page.text
    assert "has not answered; he still may" in office.read(f"/promises/{world.promise_id}").text
    report = db.session.get_one(PromiseReport, said.report_id)
    report.promise = world.promise
    world.judge(report, True, on=NOVEMBER)
    assert answered.answers_of(clerk, NOVEMBER) == answered.Answers(asked=1, answered=1, silent=0)
