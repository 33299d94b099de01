"""A case with a reply nobody spoke with the deputy about, and everybody who could read what that hints at."""

from __future__ import annotations

from datetime import date

from tests.makers import a_body, a_case, a_submitted_reply, a_user
from tests.signals.looking import look, signs
from tracker import clock
from tracker.database import db
from tracker.handling import actions as handling
from tracker.handling.models import Manner
from tracker.roles import Role
from tracker.signals.models import Signal
from tracker.structure.actions import pair
from tracker.structure.models import Body

ANSWERED_ON, TODAY = date(2026, 3, 20), date(2026, 3, 25)
KIND = "no_contact_before"
NAME = "No contact before the reply"


class World:
    """The case with hub, committee, leader, auditor and a body that has no part in it."""

    def __init__(self) -> None:
        self.case = a_case()
        congress, lead = self.case.congress, db.session.get_one(Body, self.case.lead.body_id)
        hub, stranger = a_body(congress, "市政府办", is_hub=True), a_body(congress, "市水务局")
        lead.hub_id = hub.id
        committee = a_body(congress, "城建环资委", is_committee=True)
        pair(committee, lead, by=self.case.by_office, at=clock.now())
        self.users = {
            "clerk": self.case.clerk,
            "head": a_user(congress, Role.OFFICE_LEADER),
            "lead": self.case.handler,
            "helper": a_user(congress, Role.BODY_HANDLER, body_id=self.case.co.body_id),
            "stranger": a_user(congress, Role.BODY_HANDLER, body_id=stranger.id),
            "hub": a_user(congress, Role.HUB, body_id=hub.id),
            "committee": a_user(congress, Role.COMMITTEE, body_id=committee.id),
            "leader": a_user(congress, Role.LEADER),
            "auditor": a_user(congress, Role.AUDITOR),
            "deputy": a_user(congress, Role.DEPUTY, deputy_id=self.case.deputy.id),
        }
        self.reply = a_submitted_reply(self.case.lead, ANSWERED_ON)
        db.session.commit()

    def sign(self, on: date = ANSWERED_ON) -> Signal:
        """What the reply without a contact hints at."""
        look(on)
        [found] = signs(KIND)
        return found

    def contacted(self, on: date) -> None:
        """The fact goes: the deputy was spoken with before the reply, as is noted afterwards."""
        handling.note_contact(self.case.lead, Manner.PHONE, "赵代表", by=self.case.by_body, on=on)
        db.session.commit()
