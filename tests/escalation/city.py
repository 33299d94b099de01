"""A small city for the ladder: a government with a hub, a court, a committee, our office, and clocks that run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from tests.country import load_country
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as deadlines
from tracker.deadlines.models import Deadline, Holder
from tracker.dispatch.models import Assignment, HandOver, Part
from tracker.structure.models import (
    Body,
    Branch,
    Charge,
    Congress,
    Delegation,
    Deputy,
    Level,
    Meeting,
    Officer,
    Pairing,
    Rank,
)
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Origin, Suggestion

HANDED_OVER_ON = date(2026, 3, 2)
DUE_ON = date(2026, 6, 2)
_numbers = count(1)

OFFICERS = {
    "hub": [Rank.HUB_OFFICE],
    "roads": [Rank.HANDLER, Rank.DEPUTY_HEAD, Rank.HEAD],
    "schools": [Rank.HANDLER, Rank.HEAD],
    "court": [Rank.HANDLER, Rank.VICE_PRESIDENT, Rank.PRESIDENT, Rank.HUB_OFFICE],
    "committee": [Rank.COMMITTEE],
    "office": [Rank.OUR_CLERK, Rank.OUR_DIRECTOR, Rank.SECRETARY_GENERAL, Rank.DIRECTORS_MEETING],
    "mayors": [Rank.VICE_MAYOR, Rank.MAYOR],
}


@dataclass
class City:
    """The rows by their names."""

    congress: Congress
    meeting: Meeting
    hand_over: HandOver
    deputy: Deputy
    bodies: dict[str, Body]
    officers: dict[str, Officer]

    def body(self, name: str) -> Body:
        return self.bodies[name]

    def key(self, name: str) -> str:
        """The person key of an officer, e.g. key("roads handler")."""
        return f"officer:{self.officers[name].id}"

    def names(self) -> dict[str, str]:
        return {f"officer:{officer.id}": name for name, officer in self.officers.items()} | {
            f"deputy:{self.deputy.id}": "deputy"
        }


def build(language: str = "en") -> City:
    """The city, with the shipped rule sets and calendar."""
    load_country(HANDED_OVER_ON)
    congress = add(Congress(name="临江市人大", name_en="Linjiang", level=Level.CITY, rules_name="default"))
    meeting = add(Meeting(congress_id=congress.id, name="一次会议", year=2026, ordinal=1))
    delegation = add(Delegation(congress_id=congress.id, name="城东代表团", liaison_name="联络员"))
    deputy = add(
        Deputy(
            congress_id=congress.id,
            name="代表甲",
            delegation_id=delegation.id,
            email="deputy@city.example",
            language=language,
        )
    )
    hand_over = add(HandOver(congress_id=congress.id, meeting_id=meeting.id, on=HANDED_OVER_ON, by_name="office"))
    city = City(congress, meeting, hand_over, deputy, _bodies(congress.id), {})
    for place, ranks in OFFICERS.items():
        for rank in ranks:
            named = f"{place} {rank}"
            city.officers[named] = add(
                Officer(
                    congress_id=congress.id,
                    body_id=city.bodies[place].id if place in city.bodies else None,
                    name=named,
                    rank=rank,
                    email=f"{named.replace(' ', '.')}@city.example",
                    language=language,
                )
            )
    add(
        Charge(
            officer_id=city.officers["mayors vice_mayor"].id, body_id=city.bodies["roads"].id, from_on=date(2026, 1, 1)
        )
    )
    add(Pairing(committee_id=city.bodies["committee"].id, body_id=city.bodies["roads"].id))
    return city


def _bodies(congress_id: int) -> dict[str, Body]:
    hub = add(Body(congress_id=congress_id, name="市政府办公室", name_en="hub", branch=Branch.GOVERNMENT, is_hub=True))
    under = {"roads": "市交通局", "schools": "市教育局"}
    made = {
        name: add(Body(congress_id=congress_id, name=zh, name_en=name, branch=Branch.GOVERNMENT, hub_id=hub.id))
        for name, zh in under.items()
    }
    court = add(Body(congress_id=congress_id, name="市中级人民法院", name_en="court", branch=Branch.COURT))
    committee = add(
        Body(congress_id=congress_id, name="财经委", name_en="committee", branch=Branch.CONGRESS, is_committee=True)
    )
    return {"hub": hub, "court": court, "committee": committee, **made}


def assigned(city: City, body: str = "roads", **facts: Any) -> Assignment:
    """A suggestion handed over to a body; facts of the suggestion by name, of the assignment: pending_case, round."""
    of_assignment = {name: facts.pop(name) for name in ("pending_case", "round", "standing") if name in facts}
    number = f"2026-{next(_numbers):03d}"
    suggestion = add(
        Suggestion(
            **{
                "congress_id": city.congress.id,
                "meeting_id": city.meeting.id,
                "number": number,
                "number_key": number,
                "title": f"关于路灯的建议 {number}",
                "text": "",
                "origin": Origin.MEETING,
                "recorded_on": HANDED_OVER_ON,
                "handed_over_on": HANDED_OVER_ON,
                "stage": Stage.HANDED_OVER,
                "lead_deputy_id": city.deputy.id,
                **facts,
            }
        )
    )
    return add(
        Assignment(
            **{
                "congress_id": city.congress.id,
                "suggestion_id": suggestion.id,
                "body_id": city.body(body).id,
                "part": Part.SOLE,
                "hand_over_id": city.hand_over.id,
                "handed_over_on": HANDED_OVER_ON,
                "assigned_on": HANDED_OVER_ON,
                "standing": Standing.RECEIVED,
                **of_assignment,
            }
        )
    )


def clock_of(
    city: City, assignment: Assignment, kind: str = "reply", on: date = HANDED_OVER_ON, **facts: Any
) -> Deadline:
    """A clock of an assignment under the default rules; `facts` may name another target, holder or day."""
    target = {name: facts.pop(name) for name in ("promise_id", "reply_id", "suggestion_id") if name in facts}
    started = clocks.start(
        kind,
        on=on,
        rules=deadlines.rule_set_in_force("default", on),
        congress_id=city.congress.id,
        **{"holder": Holder.BODY, "holder_body_id": assignment.body_id, **facts},
        **(target or {"assignment_id": assignment.id}),
    )
    db.session.flush()
    assert started is not None
    return started


def owed(city: City, body: str = "roads", **facts: Any) -> Deadline:
    """A reply that a body owes: due on 2026-06-02."""
    return clock_of(city, assigned(city, body, **facts))


def add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
