"""The people, bodies and papers tests need, made by the office's own actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tests.country import load_country
from tracker import clock
from tracker.actor import SYSTEM, Actor
from tracker.database import db
from tracker.deadlines.models import RuleSet
from tracker.deadlines.queries import rule_set_in_force
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import Assignment, Part
from tracker.handling.actions import ReplyContent, save_draft, submit
from tracker.handling.models import Reply, ReplyPublicity
from tracker.intake import actions as intake
from tracker.people.actions import add_user, make_link
from tracker.people.models import Purpose, User
from tracker.roles import Role
from tracker.settings import SETTINGS
from tracker.structure import actions as structure
from tracker.structure.models import Body, Branch, Congress, Deputy, Level, Meeting, Officer, Rank
from tracker.suggestion.models import Suggestion

RECORDED_ON = date(2026, 2, 25)
HANDED_OVER_ON = date(2026, 3, 2)
LINK_DAYS = SETTINGS["LINK_DAYS"].default
CLERK = Actor("user", None, "孙办")
_numbers = count(1)


def entered() -> dict[str, Any]:
    """By whom and when facts of the structure are entered."""
    return {"by": SYSTEM, "at": clock.now()}


def a_congress(rules_name: str = "default") -> Congress:
    """A congress under a rule set, with the calendar; the reading before delivery is the rule set's own."""
    load_country(RECORDED_ON)
    return structure.add_congress(
        "临江市人民代表大会", Level.CITY, rules_name=rules_name, office_name="代表工作委员会", **entered()
    )


def a_meeting(congress: Congress) -> Meeting:
    return structure.add_meeting(congress.id, f"第{next(_numbers)}次会议", 2026, **entered())


def a_body(congress: Congress, name: str = "市交通局", **more: Any) -> Body:
    """A body with a handler who can be reached."""
    body = structure.add_body(congress.id, name, Branch.GOVERNMENT, **more, **entered())
    an_officer(body)
    return body


def an_officer(body: Body, rank: Rank = Rank.HANDLER) -> Officer:
    address = f"officer{next(_numbers)}@city.example"
    return structure.add_officer(body.congress_id, "林承办", rank, body_id=body.id, email=address, **entered())


def a_deputy(congress: Congress, name: str = "赵代表", **more: Any) -> Deputy:
    facts = {"card_number": str(next(_numbers)), "email": f"deputy{next(_numbers)}@city.example", **more}
    return structure.add_deputy(congress.id, name, **facts, **entered())


def a_user(congress: Congress, role: Role, **of: Any) -> User:
    """Somebody who may sign in."""
    return add_user(f"user{next(_numbers)}@city.example", "某人", role, congress_id=congress.id, **of, **entered())


def a_suggestion(
    meeting: Meeting, lead: Deputy | None, *co_signers: Deputy, title: str = "关于拓宽道路的建议"
) -> Suggestion:
    """Recorded, with a lead deputy and co-signers."""
    content = intake.Content(
        title=title,
        text="道路狭窄,请予拓宽。",
        lead_deputy_id=lead.id if lead else None,
        co_signer_ids=[one.id for one in co_signers],
    )
    congress = db.session.get_one(Congress, meeting.congress_id)
    rules = rule_set_in_force(congress.rules_name, RECORDED_ON)
    return intake.record(meeting, content, by=CLERK, on=RECORDED_ON, rules_in_force=rules)


def an_assignment(suggestion: Suggestion, *bodies: Body, part: Part = Part.LEAD) -> list[Assignment]:
    """Handed over to bodies: the first leads and the others help, or each answers its own part."""
    helps = Part.CO if part is Part.LEAD else part
    named = [(body, part if place == 0 else helps) for place, body in enumerate(bodies)]
    dispatch.propose(suggestion, named, by=CLERK, on=HANDED_OVER_ON)
    congress = db.session.get_one(Congress, suggestion.congress_id)
    meeting = db.session.get_one(Meeting, suggestion.meeting_id)
    facts = {"congress": congress, "meeting": meeting, "document_number": "临人办〔2026〕5号"}
    dispatch.hand_over([suggestion], by=CLERK, on=HANDED_OVER_ON, **facts)
    return assignments_of(suggestion)


def assignments_of(suggestion: Suggestion) -> list[Assignment]:
    """All assignments of a suggestion with what actions need of them, oldest first."""
    db.session.flush()
    wanted = sa.select(Assignment).where(Assignment.suggestion_id == suggestion.id).order_by(Assignment.id)
    about = joinedload(Assignment.suggestion).joinedload(Suggestion.meeting)
    return list(db.session.scalars(wanted.options(about, joinedload(Assignment.body))))


def a_content(**changes: Any) -> ReplyContent:
    """A reply with everything it needs."""
    whole: dict[str, Any] = {
        "class_label": "A",
        "document_number": "临交〔2026〕31号",
        "signer": "周局长",
        "contact_person": "林承办",
        "publicity": ReplyPublicity.FULL,
        "text": "道路已经拓宽。",
        "letter_on": HANDED_OVER_ON,
        "paper_original": True,
    }
    return ReplyContent(**{**whole, **changes})


def a_submitted_reply(assignment: Assignment, on: date, **changes: Any) -> Reply:
    """Drafted and submitted by the body on a day."""
    by = actor_of(assignment)
    reply = save_draft(assignment, a_content(**changes), version=None, by=by, at=clock.now())
    return submit(assignment, reply, by=by, on=on)


def actor_of(assignment: Assignment) -> Actor:
    """The body's handler."""
    return Actor("link", None, "林承办", assignment.body_id)


def a_handling_link(assignment: Assignment) -> str:
    """The address a body's mailed link leads to."""
    holder = {"body_id": assignment.body_id, "assignment_id": assignment.id, "holder_name": "林承办"}
    return _link(Purpose.HANDLE, assignment, **holder)


def a_rating_link(reply: Reply, deputy: Deputy) -> str:
    """The address a deputy's mailed link leads to, without the page."""
    assignment = reply.assignment
    holder = {"deputy_id": deputy.id, "assignment_id": assignment.id, "reply_id": reply.id}
    return _link(Purpose.RATE, assignment, **holder, holder_name=deputy.name)


def with_reading_by(name: str, congress: Congress) -> None:
    """Who reads replies before they are delivered under this congress's rules: none, hub or office."""
    row: RuleSet = rule_set_in_force(congress.rules_name, HANDED_OVER_ON)
    row.data = {**row.data, "precheck": name}
    row.digest = f"{row.digest[:50]}:{name}"
    db.session.flush()


def _link(purpose: Purpose, assignment: Assignment, **holder: Any) -> str:
    facts = {"congress_id": assignment.congress_id, "language": "en", **holder}
    return f"/links/{make_link(purpose, at=clock.now(), days=LINK_DAYS, **facts)}"


@dataclass
class Case:
    """One suggestion handed over to a lead and a co-handler, with all who have to do with it."""

    congress: Congress
    suggestion: Suggestion
    deputy: Deputy
    signer: Deputy
    lead: Assignment
    co: Assignment
    clerk: User
    handler: User

    @property
    def by_office(self) -> Actor:
        return self.clerk.actor()

    @property
    def by_body(self) -> Actor:
        return self.handler.actor()


def a_case(rules_name: str = "default") -> Case:
    """A suggestion of a deputy and a co-signer, with the transport bureau and the finance bureau."""
    congress = a_congress(rules_name)
    deputy, signer = a_deputy(congress), a_deputy(congress, "钱附议")
    suggestion = a_suggestion(a_meeting(congress), deputy, signer)
    body, helper = a_body(congress), a_body(congress, "市财政局")
    lead, co = an_assignment(suggestion, body, helper)
    clerk = a_user(congress, Role.OFFICE_CLERK)
    handler = a_user(congress, Role.BODY_HANDLER, body_id=body.id)
    db.session.commit()
    return Case(congress, suggestion, deputy, signer, lead, co, clerk, handler)
