"""The newest seal goes out once a week, and with it a chain made anew is known."""

import random

import sqlalchemy as sa

from tests import makers
from tests.drills.tampering import checked, let_alter, rebuild, sealed_chain
from tracker import clock
from tracker.audit.actions import broken_seals
from tracker.care.jobs import mail_seal
from tracker.database import db
from tracker.mail.models import Letter
from tracker.roles import Role
from tracker.structure.models import Congress


def letters() -> list[Letter]:
    wanted = sa.select(Letter).where(Letter.kind == "trail_sealed").order_by(Letter.id)
    return list(db.session.scalars(wanted))


def test_the_letter_of_the_week_shows_a_chain_made_anew(session):

    sealed_chain()
    congress = session.scalars(sa.select(Congress)).one()
    for role in (Role.AUDITOR, Role.OFFICE_LEADER, Role.ADMIN):
        makers.a_user(congress, role)
    session.commit()
    today = clock.today()
    assert mail_seal(today) == {"letters": 2}
    assert mail_seal(today) == {"letters": 2}
    [one, _other] = letters()
    digest = next(line for line in one.body_text.splitlines() if len(line) == 64)
    assert "BAD" not in checked(digest)
    for table in ("entry", "trace", "seal"):
        let_alter(table)
    rebuild(random.Random(1))
    assert broken_seals() == []
    assert f"BAD anchor {digest}" in checked(digest)


def test_without_a_seal_there_is_no_letter(session):
    makers.a_user(makers.a_congress(), Role.AUDITOR)
    session.commit()
    assert mail_seal(clock.today()) == {"letters": 0}
