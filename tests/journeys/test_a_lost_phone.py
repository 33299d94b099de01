"""A clerk forgets her password, loses her phone, and works on; the office's leader asks about an odd sign-in."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyotp
import pytest
import sqlalchemy as sa

from tests.makers import a_case, a_user
from tests.reader import Reader
from tests.security.guessing import posts
from tests.security.signing import PASSWORD, gives, gives_code, with_password
from tracker import clock
from tracker.mail.jobs import send_letters
from tracker.people.jobs import answer_forgotten
from tracker.people.models import UseHint
from tracker.roles import Role

MORNING = datetime(2026, 3, 5, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2026, 3, 5)
NEW = "three quiet boats at noon"


@pytest.mark.engines("sqlite")
def test_password_forgotten_phone_lost_and_work_goes_on(app, session, reader, mail_sink, stopped_clock):
    stopped_clock(MORNING)
    app.config.update(SMTP_URL=mail_sink.url, SECOND_FACTOR="required")
    case = a_case()
    clerk, admin = case.clerk, a_user(case.congress, Role.ADMIN)
    session.commit()

    # Monday: she has no password yet, or no longer knows it. A letter brings the link.
    reader.read(reader.read("/sign-in").links()["Password forgotten?"])
    reader.send("people.forgotten", {"email": clerk.email})
    answer_forgotten(DAY)
    send_letters(DAY)
    [letter] = mail_sink.to(clerk.email)
    [link] = re.findall(r"/password/[\w-]+", letter.get_body(("plain",)).get_content())
    reader.read(link)
    assert reader.send(link, {"password": NEW}).heading == "Sign in"

    # Her role needs a code from the phone: nothing opens before it is set up.
    gives(reader, clerk.email, NEW)
    key = reader.read("people.factor").all("code")[0].text.replace(" ", "")
    shown = reader.send("people.confirm_factor", {"code": pyotp.TOTP(key).at(MORNING)})
    codes = [code.text for code in shown.all("code")]
    reader.read("desk.index")
    reader.send("people.sign_out", expect=303)

    # Tuesday the phone stays in a taxi: a recovery code opens once.
    with clock.at(MORNING + timedelta(days=1)):
        gives(reader, clerk.email, NEW)
        assert "9 recovery codes are left." in gives_code(reader, codes[0], expect=200).text
        # She asks the administrator, who takes the lost factor away; she is told by letter and signed out.
        visitor = reader.signed_in_as(admin)
        visitor.read("people.users")
        visitor.send("people.reset_factor", user_id=clerk.id)
        reader.read("desk.index", expect=302)
        send_letters(DAY)
        assert len(mail_sink.to(clerk.email)) == 3
        gives(reader, clerk.email, NEW)
        assert reader.read("desk.index", expect=303).response.location == "/account/second-factor"


@pytest.mark.engines("sqlite")
def test_the_leader_asks_about_an_account_at_two_places(app, session, reader, stopped_clock):
    stopped_clock(MORNING)
    case = a_case()
    leader = a_user(case.congress, Role.OFFICE_LEADER)
    handler = with_password(case.handler)
    for source in ("203.0.113.7", "198.51.100.9"):
        posts(Reader(app), "/sign-in", source)({"email": handler.email, "password": PASSWORD})
    desk = reader.signed_in_as(leader)
    page = desk.read(desk.read("desk.index").links()[handler.name])
    assert "In use at two places at once" in page.text
    [number] = session.scalars(sa.select(UseHint.id))
    assert "Nothing unusual." in desk.send("people.look_at_hint", hint_id=number).text
    assert "Unusual use of accounts" not in desk.read("desk.index").text
