"""The fictitious city is settled: congress, meetings, bodies, officers, deputies, accounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker import clock
from tracker.actor import SYSTEM, Actor
from tracker.database import db
from tracker.demo.city import City, CityBody, CityOfficer
from tracker.people.actions import add_user
from tracker.roles import Role
from tracker.structure import actions
from tracker.structure.models import (
    Body,
    Branch,
    Channel,
    Congress,
    Deputy,
    Level,
    Meeting,
    MeetingKind,
    Officer,
    Rank,
)

ON_PAPER = (Rank.VICE_MAYOR, Rank.MAYOR)


@dataclass
class Town:
    """The rows of the settled city, by the names the content knows them by."""

    congress: Congress
    meetings: dict[str, Meeting] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    deputies: dict[str, Deputy] = field(default_factory=dict)
    handlers: dict[int, Officer] = field(default_factory=dict)
    clerk: Actor = SYSTEM

    def handler(self, body: Body) -> Actor:
        """Who acts for a body."""
        officer = self.handlers[body.id]
        return Actor("user", None, officer.name, body.id)


def settle(city: City, *, first_on: date, second_on: date, today: date, account_of: str) -> Town:
    """Everybody who exists, on the day before the first meeting."""
    at = clock.now()
    congress = actions.add_congress(
        f"{city.name}人民代表大会",
        Level.CITY,
        rules_name="default",
        name_en=f"{city.name_en} Municipal People's Congress",
        office_name=city.office,
        office_name_en="Deputies' Affairs Committee",
        is_demo=True,
        by=SYSTEM,
        at=at,
    )
    town = Town(congress)
    _meetings(town, first_on, second_on, today)
    _bodies(town, city)
    _officers(town, city, first_on)
    _deputies(town, city)
    _accounts(town, town.deputies[account_of])
    db.session.flush()
    return town


def _meetings(town: Town, first_on: date, second_on: date, today: date) -> None:
    at, congress_id = clock.now(), town.congress.id
    term = actions.add_term(congress_id, 9, first_on - timedelta(days=900), by=SYSTEM, at=at)
    for key, number, words, closed_on in (
        ("first", 4, "第四次会议", first_on),
        ("second", 5, "第五次会议", second_on),
    ):
        town.meetings[key] = actions.add_meeting(
            congress_id,
            f"第九届{words}",
            closed_on.year,
            name_en=f"Ninth Congress, meeting {number}",
            term_id=term.id,
            ordinal=number,
            opened_on=closed_on - timedelta(days=4),
            closed_on=closed_on,
            by=SYSTEM,
            at=at,
        )
    town.meetings["recess"] = actions.add_meeting(
        congress_id,
        f"{today.year}年闭会期间",
        today.year,
        kind=MeetingKind.RECESS,
        name_en=f"Recess of {today.year}",
        term_id=term.id,
        by=SYSTEM,
        at=at,
    )
    for key, pattern in (("first", "4-{n:03d}"), ("second", "5-{n:03d}"), ("recess", "闭{year}-{n:02d}")):
        town.meetings[key].number_pattern = pattern


def _bodies(town: Town, city: City) -> None:
    hubs_first = sorted(city.bodies, key=lambda body: body.under is not None)
    for place, one in enumerate(hubs_first):
        town.bodies[one.short_name] = _body(town, one, place)
    at = clock.now()
    for one in city.bodies:
        for watched in one.pairs:
            actions.pair(town.bodies[one.short_name], town.bodies[watched], by=SYSTEM, at=at)


def _body(town: Town, one: CityBody, place: int) -> Body:
    hub = town.bodies[one.under] if one.under else None
    return actions.add_body(
        town.congress.id,
        one.name,
        Branch(one.branch),
        short_name=one.short_name,
        name_en=one.name_en,
        former_names="、".join(one.former_names),
        is_hub=one.hub,
        hub_id=hub.id if hub else None,
        is_committee=one.committee,
        document_prefix=one.doc_prefix,
        sort_key=place,
        by=SYSTEM,
        at=clock.now(),
    )


def _officers(town: Town, city: City, from_on: date) -> None:
    for one in city.officers:
        officer = _officer(town, one)
        if officer.rank is Rank.HANDLER and officer.body_id is not None:
            town.handlers[officer.body_id] = officer
        for short_name in one.in_charge_of:
            actions.put_in_charge(officer, town.bodies[short_name], from_on=from_on, by=SYSTEM, at=clock.now())


def _officer(town: Town, one: CityOfficer) -> Officer:
    body = town.bodies[one.body] if one.body else None
    rank = Rank(one.rank)
    return actions.add_officer(
        town.congress.id,
        one.name,
        rank,
        title=one.title,
        body_id=body.id if body else None,
        email=one.mail or None,
        channel=Channel.PAPER if rank in ON_PAPER else Channel.MAIL,
        by=SYSTEM,
        at=clock.now(),
    )


def _deputies(town: Town, city: City) -> None:
    at = clock.now()
    delegations = {
        one.name: actions.add_delegation(
            town.congress.id,
            one.name,
            term_id=town.meetings["first"].term_id,
            name_en=one.name_en,
            liaison_name=f"{one.name}联络员",
            liaison_email=f"liaison-{place}@yunting.example",
            by=SYSTEM,
            at=at,
        )
        for place, one in enumerate(city.delegations, start=1)
    }
    for one in city.deputies:
        town.deputies[one.name] = actions.add_deputy(
            town.congress.id,
            one.name,
            term_id=town.meetings["first"].term_id,
            delegation_id=delegations[one.delegation].id,
            card_number=one.card_number,
            email=one.mail,
            phone=one.phone,
            by=SYSTEM,
            at=at,
        )


def _accounts(town: Town, deputy: Deputy) -> None:
    """One account for each person of the procedure."""
    bodies = town.bodies
    hub = next(body for body in bodies.values() if body.is_hub and body.branch is Branch.GOVERNMENT)
    court = next(body for body in bodies.values() if body.branch is Branch.COURT)
    committee = next(body for body in bodies.values() if body.is_committee)
    busy = bodies["市住建局"]
    wanted: tuple[tuple[str, str, Role, Body | None], ...] = (
        ("clerk", "周文静", Role.OFFICE_CLERK, None),
        ("director", "沈守正", Role.OFFICE_LEADER, None),
        ("hub", town.handlers[hub.id].name, Role.HUB, hub),
        ("housing", town.handlers[busy.id].name, Role.BODY_HANDLER, busy),
        ("housing-head", "严立诚", Role.BODY_LEADER, busy),
        ("court", town.handlers[court.id].name, Role.BODY_HANDLER, court),
        ("committee", "卢景行", Role.COMMITTEE, committee),
        ("vice-mayor", "陶启明", Role.LEADER, None),
        ("auditor", "方知微", Role.AUDITOR, None),
        ("admin", "贺云帆", Role.ADMIN, None),
    )
    for name, person, role, body in wanted:
        user = _account(town, name, person, role, body=body)
        if role is Role.OFFICE_CLERK:
            town.clerk = user
    _account(town, "deputy", deputy.name, Role.DEPUTY, deputy=deputy)


def _account(
    town: Town, name: str, person: str, role: Role, *, body: Body | None = None, deputy: Deputy | None = None
) -> Actor:
    user = add_user(
        f"{name}@yunting.example",
        person,
        role,
        congress_id=town.congress.id,
        body_id=body.id if body else None,
        deputy_id=deputy.id if deputy else None,
        demo_only=True,
        by=SYSTEM,
        at=clock.now(),
    )
    return user.actor()
