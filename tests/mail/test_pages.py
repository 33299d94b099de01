"""The outbox as the office and the administrator see it."""

import pytest
import sqlalchemy as sa

from tracker import clock
from tracker.mail import queries
from tracker.mail.models import Letter, LetterState, Stopped
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure.models import Congress, Level, Officer, Rank


def congress(session, name):
    made = Congress(name=name, level=Level.CITY, rules_name="default")
    session.add(made)
    session.flush()
    session.add(Officer(congress_id=made.id, name="Officer", rank=Rank.HANDLER))
    session.flush()
    return made


@pytest.fixture
def user_of(session):
    def make(role, congress_id):
        user = User(
            congress_id=congress_id,
            email=f"{role}{congress_id}@o.example",
            name="Wang",
            role=role,
            created_at=clock.now(),
        )
        session.add(user)
        session.commit()
        return user

    return make


@pytest.fixture
def clerk(session, reader, user_of):
    return reader.signed_in_as(user_of(Role.OFFICE_CLERK, congress(session, "A").id))


@pytest.fixture
def admin(session, reader, user_of):
    congress(session, "A")
    return reader.signed_in_as(user_of(Role.ADMIN, None))


def set_state(session, state, **values):
    session.execute(sa.update(Letter).values(state=state, **values))
    session.commit()


def test_the_office_reads_the_list_and_the_letter(clerk, session, write):
    (letter,) = write(text="Wide enough.")
    page = clerk.read("mail.outbox")
    assert "About road 1" in page.text
    assert "officer1@bureau.example" in page.text
    assert "Wide enough." in clerk.read("mail.letter", letter_id=letter.id).text


def test_the_administrator_sees_letters_but_not_what_they_say(admin, write):
    (letter,) = write(text="Wide enough.")
    for page in (admin.read("mail.outbox"), admin.read("mail.letter", letter_id=letter.id)):
        assert "officer1@bureau.example" in page.text
        assert "About road" not in page.html
        assert "Wide enough" not in page.html


def test_another_congress_letters_are_not_there(clerk, session, reader, user_of, write):
    stranger = reader.signed_in_as(user_of(Role.OFFICE_CLERK, congress(session, "B").id))
    letter_id = write()[0].id
    assert "About road" not in stranger.read("mail.outbox").text
    stranger.read("mail.letter", letter_id=letter_id, expect=404)


def test_a_number_beyond_all_numbers_is_not_found(clerk):
    clerk.read("/letters/99999999999999999999", expect=404)


def test_a_failed_letter_is_sent_again_by_hand(clerk, session, write):
    (letter,) = write()
    letter_id = letter.id
    session.execute(sa.update(Officer).values(email="found@bureau.example"))
    set_state(session, LetterState.FAILED, last_error="550 no", stopped=Stopped.ADDRESS, next_try_at=None, tries=4)
    page = clerk.read("mail.letter", letter_id=letter_id)
    assert "Nobody is reached at this address" in page.text
    assert "found@bureau.example" in page.html
    kept = letter.message_id
    clerk.send("mail.again", {"address": "found@bureau.example"}, letter_id=letter_id)
    session.expire_all()
    assert (letter.state, letter.tries, letter.to_address) == (LetterState.WAITING, 0, "found@bureau.example")
    assert (letter.message_id, letter.stopped) == (kept, None)
    assert "550" not in clerk.read("mail.outbox").text


def test_what_is_no_address_is_said_and_changes_nothing(clerk, session, write):
    (letter,) = write()
    letter_id = letter.id
    set_state(session, LetterState.FAILED, stopped=Stopped.ADDRESS)
    answer = clerk.send("mail.again", {"address": "x@y Bcc: z@y"}, letter_id=letter_id)
    assert "There is no address this letter could be mailed to." in answer.text
    session.expire_all()
    assert letter.state is LetterState.FAILED


def test_the_administrator_sends_it_where_the_address_book_says_and_nowhere_else(admin, session, write):
    (letter,) = write()
    letter_id = letter.id
    set_state(session, LetterState.FAILED, stopped=Stopped.ADDRESS)
    admin.read("mail.letter", letter_id=letter_id)
    admin.send("mail.again", {"address": "admin@o.example"}, letter_id=letter_id)
    session.expire_all()
    assert (letter.state, letter.to_address) == (LetterState.WAITING, "officer1@bureau.example")


def test_after_the_server_is_mended_all_it_refused_go_again_and_others_wait_for_a_person(clerk, session, write):
    session.add_all(Officer(congress_id=1, name=f"O{n}", rank=Rank.HANDLER) for n in range(4))
    letters = write(4)
    for letter, why in zip(letters, Stopped, strict=True):
        letter.state, letter.stopped = LetterState.FAILED, why
    session.commit()
    clerk.read("mail.outbox", state="failed")
    clerk.send("mail.all_again")
    session.expire_all()
    assert [letter.state.value for letter in letters] == ["failed", "waiting", "waiting", "failed"]


def test_a_letter_told_in_another_way_is_no_work_any_more(clerk, session, write):
    (letter,) = write()
    letter_id = letter.id
    set_state(session, LetterState.FAILED, stopped=Stopped.ADDRESS)
    clerk.send("mail.aside", letter_id=letter_id)
    session.expire_all()
    assert (letter.state, letter.last_error) == (LetterState.KEPT, "aside")
    assert list(queries.problems()) == []


def test_a_sent_letter_is_not_sent_again(clerk, session, write):
    (letter,) = write()
    letter_id = letter.id
    set_state(session, LetterState.SENT)
    assert (
        "Only a letter that failed or was kept"
        in clerk.send("mail.again", {"address": "a@b.cn"}, letter_id=letter_id).text
    )
    session.expire_all()
    assert letter.state is LetterState.SENT


def test_the_list_is_filtered_by_state_and_turned_in_pages(clerk, session, write):
    session.add_all(Officer(congress_id=1, name=f"O{n}", rank=Rank.HANDLER) for n in range(40))
    write(30)
    assert len(clerk.read("mail.outbox").rows()) == 25
    assert len(clerk.read("mail.outbox", page=2).rows()) == 5
    assert clerk.read("mail.outbox", state="failed").rows() == []


def test_links_in_a_waiting_letter_are_not_shown_but_in_a_kept_one_they_are(clerk, session, write):
    (letter,) = write(text="http://h/links/Ab-9_xyzQWERT12/reply")
    letter_id = letter.id
    assert "Ab-9_xyzQWERT12" not in clerk.read("mail.letter", letter_id=letter_id).html
    set_state(session, LetterState.KEPT)
    assert "Ab-9_xyzQWERT12" in clerk.read("mail.letter", letter_id=letter_id).html


def test_the_doctor_hears_of_letters_that_fail_or_wait_too_long(session, write, stopped_clock):
    write(2)
    assert list(queries.problems()) == []
    set_state(session, LetterState.WAITING, written_at=clock.now().replace(year=2020))
    assert [problem.kind for problem in queries.problems()] == ["letters_stuck"]
    set_state(session, LetterState.FAILED)
    assert [problem.kind for problem in queries.problems()] == ["letters_failed"]
