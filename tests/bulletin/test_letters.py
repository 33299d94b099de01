"""The weekly letters: one a person and week, the rest of a broken run and no more, short enough for a minute."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.bulletin.test_issue import MONDAY, WEEK
from tests.escalation.city import assigned, build, clock_of, owed
from tests.escalation.test_ladder import STEPS
from tracker import clock
from tracker.bulletin import jobs, queries
from tracker.bulletin.models import Issue, Reader
from tracker.escalation import jobs as ladder
from tracker.escalation.models import Told
from tracker.mail.models import Letter, LetterState


@pytest.fixture
def city(session):
    return build()


def ring(today):
    with clock.at(today):
        return jobs.weekly_bulletin(today)


def letters(city, session):
    """The newest letter of the bulletin to each, by his name in the city."""
    found = session.scalars(sa.select(Letter).where(Letter.kind == "bulletin").order_by(Letter.id))
    return {city.names()[letter.person_key]: letter for letter in found}


def test_one_letter_a_person_and_week(city, session):
    owed(city)
    done = ring(MONDAY)
    assert done["letters"] == session.scalar(sa.select(sa.func.count(Reader.id))) > 10
    for day in range(7):
        assert ring(MONDAY + timedelta(days=day)) == {"issues": 0, "rows": 0, "letters": 0}
    assert ring(MONDAY + timedelta(days=7))["issues"] == 1
    keys = list(session.scalars(sa.select(Letter.key)))
    assert len(keys) == len(set(keys)) == 2 * done["letters"]


def test_not_before_the_first_working_day_and_caught_up_after_it(city, session):
    owed(city)
    assert ring(date(2026, 6, 19))["issues"] == 1
    assert ring(date(2026, 6, 22)) == {"issues": 1, "rows": 2, "letters": 16 - 4}, "Monday"
    # 6 April 2026 is a holiday: the week's issue waits for the Tuesday.
    assert ring(date(2026, 4, 6))["issues"] == 0
    assert ring(date(2026, 4, 7))["issues"] == 1


def test_a_congress_that_handed_nothing_over_has_no_issue(city, session):
    assert ring(MONDAY) == {"issues": 0, "rows": 0, "letters": 0}


def test_a_broken_run_is_finished_without_a_second_letter(city, session):
    owed(city)
    with clock.at(MONDAY):
        issue = jobs.freeze_week(city.congress.id, WEEK, on=MONDAY)
        first = queries.without_letter(issue.id, 3)
        from tracker.bulletin import letters as written
        from tracker.bulletin.parts import Parts

        written.bulletins(
            issue, first, Parts(issue.items, issue.figures), at=clock.now()
        )  # posted, and then the process dies
        session.commit()
    done = ring(MONDAY + timedelta(days=1))
    total = session.scalar(sa.select(sa.func.count(Reader.id)))
    assert done["letters"] == total == session.scalar(sa.select(sa.func.count(Letter.id)))
    assert session.scalar(sa.select(sa.func.count(Reader.id)).where(Reader.letter_id.is_(None))) == 0


def test_at_most_twenty_lines_then_the_count_and_where_the_rest_is(city, session):
    for _number in range(30):
        owed(city)
    ring(MONDAY)
    text = letters(city, session)["roads head"].body_text
    assert text.count("[Reply overdue · Silent for 30 days]") == 20
    assert "And 10 more." in text
    assert f"http://127.0.0.1:8000/bulletins/{WEEK}" in text


def test_numbers_come_first_then_bars_then_the_list(city, session):
    owed(city)
    ring(MONDAY)
    letter = letters(city, session)["office directors_meeting"]
    html = letter.body_html
    assert letter.subject == f"Weekly bulletin no. 1 ({WEEK}): 1 reply overdue"
    places = [
        html.index(word) for word in ("Reply overdue 1", "Replies overdue, by body", "The list, the most harmful")
    ]
    assert places == sorted(places)
    assert "roads: 1 of 1\n" in letter.body_text, "of so few no share in percent"


def test_how_much_leaves_the_building_is_a_setting(city, session, app):
    owed(city)
    app.config["MAIL_DETAIL"] = "numbers"
    ring(MONDAY)
    assert all("路灯" not in letter.body_text + letter.body_html for letter in letters(city, session).values())
    app.config["MAIL_DETAIL"] = "full"
    ring(MONDAY + timedelta(days=7))
    newest = session.scalar(sa.select(Letter).where(Letter.kind == "bulletin").order_by(Letter.id.desc()).limit(1))
    assert "Lead deputy: 代表甲" in newest.body_text


def test_a_deputy_reads_of_his_own_suggestions_only(city, session):
    owed(city)
    owed(city, "court", lead_deputy_id=None)
    ring(MONDAY)
    text = letters(city, session)["deputy"].body_text
    assert text.count("[Reply overdue]") == 1
    assert "roads" in text
    assert "court" not in text
    assert "Silent" not in text


def test_leaders_are_told_of_their_rungs_with_the_weekly_page(city, session):
    owed(city)
    with clock.at(STEPS[4]):
        ladder.raise_alarms(STEPS[4])
        ladder.send_digests(STEPS[4])
    before = sa.select(Told.person_key).where(Told.letter_id.is_(None))
    assert {city.names()[key] for key in session.scalars(before)} == {"mayors vice_mayor"}
    ring(date(2026, 6, 22))
    told = dict(session.execute(sa.select(Told.person_key, Told.letter_id).where(Told.word == "vice_mayor")).all())
    assert told == {city.key("mayors vice_mayor"): letters(city, session)["mayors vice_mayor"].id}


def test_a_reader_without_mail_gets_a_page_to_print(city, session):
    owed(city)
    city.officers["roads head"].email = None
    city.officers["mayors mayor"].channel = "paper"
    session.commit()
    ring(MONDAY)
    states = {name: letter.state for name, letter in letters(city, session).items()}
    assert states["roads head"] == states["mayors mayor"] == LetterState.KEPT
    assert states["roads handler"] == LetterState.WAITING


def test_a_week_that_only_looks_ahead_says_so(city, session):
    clock_of(city, assigned(city), on=date(2026, 5, 20))
    ring(MONDAY)
    assert session.scalar(sa.select(Issue.figures))["sections"]["overdue"] == 0
    assert letters(city, session)["office our_clerk"].subject == f"Weekly bulletin no. 1 ({WEEK})"
