"""Large files are made a few at a time (AV-4): who comes too many is told so, and the pages of others are answered."""

from datetime import date

import pytest

from tests.register.city import build
from tracker.errors import RuleBroken
from tracker.roles import Role
from tracker.web import busy

FILES = ("/suggestions/download", "/suggestions/print", "/figures?format=xlsx")


@pytest.mark.engines("sqlite")
def test_when_all_room_is_taken_files_wait_and_pages_do_not(session, reader, stopped_clock):
    stopped_clock(date(2026, 6, 22))
    city = build()
    city.record()
    session.commit()
    clerk = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    taken = [busy.room() for _ in range(busy.AT_ONCE)]
    for one in taken:
        one.__enter__()
    for path in FILES:
        assert "try again in a moment" in clerk.read(path, expect=409).text
    clerk.read("/")
    clerk.read("/suggestions")
    for one in taken:
        one.__exit__(None, None, None)
    for path in FILES:
        clerk.read(path)


def test_room_comes_back_when_what_is_made_fails():
    for _ in range(2 * busy.AT_ONCE):
        with pytest.raises(ValueError, match="spoilt"), busy.room():
            raise ValueError("spoilt")
    with busy.room():
        pass


def test_one_too_many_is_refused():
    with busy.room(), busy.room(), pytest.raises(RuleBroken), busy.room():
        pass
