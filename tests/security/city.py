"""A city in which everything has a mark of its own, so that a mark on the wrong page shows a leak.

Marks look like `mark-roads-draft`: the item, and what of it. Who may read which is told in test_scope.py.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date

from werkzeug.datastructures import FileStorage

from tests import makers
from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.dispatch import actions as dispatch
from tracker.dispatch.models import Assignment, Part
from tracker.feedback import actions as feedback
from tracker.feedback.models import RatingChannel, Verdict
from tracker.files import store
from tracker.handling import actions as handling
from tracker.handling.models import Extension, Manner, Reply
from tracker.handling.queries import get_reply
from tracker.intake import actions as intake
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure import actions as structure
from tracker.structure.models import Body, Branch, Congress, Deputy, Meeting
from tracker.suggestion.models import Suggestion

ON = date(2026, 3, 5)
ITEMS = ("roads", "schools", "court", "internal", "recorded", "returned", "joint", "circulated")

BEFORE = ("recorded", "circulated")  # the hand-over


@dataclass
class City:
    """Eight suggestions, each somewhere else; everybody who could want to read them; and what hangs on each."""

    congress: Congress
    meeting: Meeting
    bodies: dict[str, Body] = field(default_factory=dict)
    deputies: dict[str, Deputy] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    suggestions: dict[str, Suggestion] = field(default_factory=dict)
    assignments: dict[str, list[Assignment]] = field(default_factory=dict)
    replies: dict[str, Reply] = field(default_factory=dict)
    # The numbers in addresses that belong to an item: item → name in the address → numbers.
    ids: dict[str, dict[str, list[int]]] = field(default_factory=dict)

    def owns(self, item: str, name: str, number: int) -> None:
        self.ids.setdefault(item, {}).setdefault(name, []).append(number)


def mark(item: str, what: str) -> str:
    return f"mark-{item}-{what}."


def built() -> City:
    """The city on 5 March, three days after the hand-over."""
    congress = makers.a_congress()
    city = City(congress, makers.a_meeting(congress))
    _bodies(city)
    for name in ("first", "second", "third"):
        city.deputies[name] = makers.a_deputy(congress, f"代表{name}", phone=f"1380000000{len(city.deputies)}")
    _users(city)
    for item in ITEMS:
        _record(city, item)
    _hand_over(city)
    _roads_answered(city)
    _drafts(city)
    _court_submitted(city)
    _returned(city)
    _circulated(city)
    db.session.commit()
    return city


def _bodies(city: City) -> None:
    congress = city.congress
    hub = makers.a_body(congress, "市政府办", is_hub=True)
    city.bodies = {
        "hub": hub,
        "roads": makers.a_body(congress, "市交通局", hub_id=hub.id),
        "schools": makers.a_body(congress, "市教育局", hub_id=hub.id),
        "court": structure.add_body(congress.id, "市中级人民法院", Branch.COURT, **makers.entered()),
        "committee": structure.add_body(congress.id, "财经委", Branch.CONGRESS, is_committee=True, **makers.entered()),
    }
    structure.pair(city.bodies["committee"], city.bodies["roads"], **makers.entered())


def _users(city: City) -> None:
    of = {name: {"body_id": body.id} for name, body in city.bodies.items()}
    wanted = {
        "clerk": (Role.OFFICE_CLERK, {}),
        "office head": (Role.OFFICE_LEADER, {}),
        "hub": (Role.HUB, of["hub"]),
        "roads": (Role.BODY_HANDLER, of["roads"]),
        "roads head": (Role.BODY_LEADER, of["roads"]),
        "schools": (Role.BODY_HANDLER, of["schools"]),
        "court": (Role.BODY_HANDLER, of["court"]),
        "committee": (Role.COMMITTEE, of["committee"]),
        "leader": (Role.LEADER, {}),
        "auditor": (Role.AUDITOR, {}),
        "admin": (Role.ADMIN, {}),
    }
    for name, deputy in city.deputies.items():
        wanted[f"{name} deputy"] = (Role.DEPUTY, {"deputy_id": deputy.id})
    city.users = {name: makers.a_user(city.congress, role, **more) for name, (role, more) in wanted.items()}


def _record(city: City, item: str) -> None:
    lead = {"roads": "first", "schools": "second", "recorded": "first"}.get(item, "third")
    content = intake.Content(
        title=mark(item, "title"),
        text=mark(item, "text"),
        remark=mark(item, "remark"),
        internal=item == "internal",
        lead_deputy_id=city.deputies[lead].id,
        co_signer_ids=[city.deputies["second"].id] if item == "roads" else [],
    )
    rules = makers.rule_set_in_force(city.congress.rules_name, makers.RECORDED_ON)
    by = makers.CLERK
    made = intake.record(city.meeting, content, by=by, on=makers.RECORDED_ON, rules_in_force=rules)
    attached = intake.attach(made, _file(item, "attachment"))
    db.session.flush()
    city.suggestions[item] = made
    city.owns(item, "suggestion_id", made.id)
    city.owns(item, "attachment_id", attached.id)


def _file(item: str, what: str):
    content = f"%PDF-1.4\n1 0 obj<</Type/Catalog/A({mark(item, what)})>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    upload = FileStorage(io.BytesIO(content.encode()), filename=f"{mark(item, what)}pdf")
    return store.keep(upload, by=makers.CLERK, at=clock.now())


def _hand_over(city: City) -> None:
    named = {"internal": ("roads",), "returned": ("roads",), "joint": ("roads", "schools")}
    for item in ITEMS:
        if item not in BEFORE:
            bodies = [(city.bodies[name], Part.SEPARATE) for name in named.get(item, (item,))]
            dispatch.propose(city.suggestions[item], bodies, by=makers.CLERK, on=makers.HANDED_OVER_ON)
    dispatch.hand_over(
        [suggestion for item, suggestion in city.suggestions.items() if item not in BEFORE],
        congress=city.congress,
        meeting=city.meeting,
        document_number="5",
        by=makers.CLERK,
        on=makers.HANDED_OVER_ON,
    )
    for item, suggestion in city.suggestions.items():
        city.assignments[item] = makers.assignments_of(suggestion)
        for assignment in city.assignments[item]:
            city.owns(item, "assignment_id", assignment.id)


def _write(city: City, item: str, what: str) -> Reply:
    assignment = city.assignments[item][0]
    content = makers.a_content(text=mark(item, what), letter_on=ON, document_number=mark(item, f"{what}-number"))
    content.promises = [{"what": mark(item, "promise"), "owner": "林承办", "due_on": "2026-09-01"}]
    reply = handling.save_draft(assignment, content, version=None, by=makers.actor_of(assignment), at=clock.now())
    attached = handling.attach(reply, _file(item, f"{what}-file"))
    db.session.flush()
    city.replies[item] = reply
    city.owns(item, "reply_id", reply.id)
    city.owns(item, "file_id", attached.file_id)
    return reply


def _roads_answered(city: City) -> None:
    """Spoken with, more time asked, answered, sent back once, answered again, delivered, rated by the lead."""
    [assignment] = city.assignments["roads"]
    by, clerk = makers.actor_of(assignment), makers.CLERK
    handling.note_contact(assignment, Manner.VISIT, "代表", by=by, on=ON, note=mark("roads", "contact"))
    asked: Extension = handling.ask_extension(assignment, mark("roads", "more-time"), date(2026, 7, 1), by=by, on=ON)
    db.session.flush()
    city.owns("roads", "extension_id", asked.id)
    handling.decide_extension(asked, False, by=clerk, on=ON, note=mark("roads", "decision"))
    reply = _write(city, "roads", "reply")
    handling.submit(assignment, reply, by=by, on=ON)
    handling.send_back(reply, assignment, ["form"], mark("roads", "sent-back"), by=clerk, on=ON)
    handling.submit(assignment, reply, by=by, on=ON)
    handling.deliver(reply, assignment, by=clerk, on=ON)
    db.session.flush()
    whole = get_reply(reply.id, city.users["clerk"])
    city.owns("roads", "promise_id", whole.promises[0].id)
    verdicts = (Verdict.SATISFIED, Verdict.MOSTLY)
    feedback.rate(
        whole,
        city.deputies["first"],
        *verdicts,
        mark("roads", "comment"),
        channel=RatingChannel.ACCOUNT,
        by=clerk,
        on=ON,
        renewed_on=ON,
    )


def _drafts(city: City) -> None:
    """Both are still being written; the second by one of two bodies that answer apart."""
    _write(city, "schools", "draft")
    _write(city, "joint", "draft")


def _court_submitted(city: City) -> None:
    """Submitted, and waiting to be read by the office."""
    reply = _write(city, "court", "submitted")
    [assignment] = city.assignments["court"]
    handling.submit(assignment, reply, by=makers.actor_of(assignment), on=ON)


def _returned(city: City) -> None:
    """The roads bureau said it is not its own; it is with the schools bureau now."""
    [assignment] = city.assignments["returned"]
    to = city.bodies["schools"]
    by = makers.actor_of(assignment)
    asked = dispatch.ask_return(assignment, mark("returned", "reason"), to, by=by, on=ON)
    city.owns("returned", "return_id", asked.id)
    new = dispatch.decide_return(asked, True, by=makers.CLERK, on=ON, to=to, note=mark("returned", "decision"))
    assert new is not None
    db.session.flush()
    city.assignments["returned"].append(new)
    city.owns("returned", "assignment_id", new.id)


def _circulated(city: City) -> None:
    """On its round before the meeting: the schools bureau was asked, and says that it is not its own."""
    suggestion, bodies = city.suggestions["circulated"], city.bodies
    dispatch.propose(suggestion, [(bodies["schools"], Part.LEAD)], by=makers.CLERK, on=ON)
    [row] = dispatch.circulate([suggestion], city.meeting, 3, by=makers.CLERK, on=ON)
    city.owns("circulated", "circulated_id", row.id)
    by = Actor("link", None, "林承办", bodies["schools"].id)
    dispatch.object_to_proposal(row, mark("circulated", "objection"), bodies["court"], by=by, on=ON)
