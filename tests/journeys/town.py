"""A small city with everybody a journey needs, each with an address at which letters arrive."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from typing import Any

import sqlalchemy as sa

from tests.html import Element
from tests.makers import a_congress, entered
from tests.outside import MailSink
from tests.reader import Page, Reader
from tracker import clock
from tracker.database import db
from tracker.people.actions import add_user
from tracker.people.models import User
from tracker.roles import Role
from tracker.schedule import ring
from tracker.structure import actions as structure
from tracker.structure.models import Body, Branch, Congress, Meeting, Rank

MEETING = "临江市第九届人民代表大会第二次会议"
FIRST_DAY = date(2026, 2, 25)
LINK = re.compile(r"http://127\.0\.0\.1:\d+(/links/\S+)")
# Where, what rank, who.
OFFICERS = (
    ("roads", Rank.HANDLER, "林承办"),
    ("roads", Rank.DEPUTY_HEAD, "何副局长"),
    ("roads", Rank.HEAD, "周局长"),
    ("schools", Rank.HANDLER, "郑承办"),
    ("schools", Rank.DEPUTY_HEAD, "曹副局长"),
    ("schools", Rank.HEAD, "吴局长"),
    ("water", Rank.HANDLER, "许承办"),
    ("water", Rank.HEAD, "沈局长"),
    ("hub", Rank.HUB_OFFICE, "秦督查"),
    ("committee", Rank.COMMITTEE, "韩委员"),
    ("", Rank.VICE_MAYOR, "冯副市长"),
    ("", Rank.OUR_CLERK, "孙办"),
    ("", Rank.OUR_DIRECTOR, "蒋主任"),
)
BODIES = {"roads": "市交通局", "schools": "市教育局", "water": "市水务局"}


@dataclass
class Town:
    """The congress, its people, and what a teller of a journey does: let a day come, ring a bell, open the mail."""

    app: Any
    sink: MailSink
    days: ExitStack
    reader: Reader
    congress: Congress
    meeting: Meeting
    clerk_user: User
    bodies: dict[str, Body] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    opened: dict[str, int] = field(default_factory=dict)

    def on(self, day: str) -> None:
        """That day comes, and the clock stands at nine."""
        db.session.commit()
        self.days.enter_context(clock.at(date.fromisoformat(day)))

    def clerk(self) -> Reader:
        """The clerk of the office, signed in today."""
        return self.reader.signed_in_as(self.clerk_user)

    def signed_in(self, short: str) -> Reader:
        """Somebody of a body with an account, signed in today."""
        role = Role.COMMITTEE if short == "committee" else Role.HUB if short == "hub" else Role.BODY_HANDLER
        address = f"account.{short}@city.example"
        user = db.session.scalars(sa.select(User).where(User.email == address)).first()
        of = {"congress_id": self.congress.id, "body_id": self.bodies[short].id}
        return self.reader.signed_in_as(user or add_user(address, "某人", role, **of, **entered()))

    def by_mail(self) -> Reader:
        """Somebody with nothing but a letter in his hand."""
        return Reader(self.app)

    def ring(self, job: str) -> Any:
        """The timetable's job, as the bell rings it."""
        db.session.commit()
        with self.app.app_context():
            return ring.run(job, by_hand=True)

    def carry(self) -> int:
        """The letters that wait are sent; answers how many."""
        rung = self.ring("send-letters")
        assert rung.outcome.get("failed", 0) == rung.outcome.get("later", 0) == 0
        return rung.letters

    def letters(self, name: str) -> list[EmailMessage]:
        """All that ever arrived for a person."""
        return self.sink.to(self.addresses[name])

    def new_letters(self, name: str) -> list[str]:
        """The texts that arrived since this was asked last, each under its subject."""
        all_of_them = self.letters(name)
        seen = self.opened.get(name, 0)
        self.opened[name] = len(all_of_them)
        return [told(letter) for letter in all_of_them[seen:]]

    def nothing_unread(self) -> None:
        """Everybody has read his letters."""
        for name in self.addresses:
            self.new_letters(name)

    def who_got(self) -> dict[str, int]:
        """How many unread letters each person has, whoever has any."""
        counts = {name: len(self.letters(name)) - self.opened.get(name, 0) for name in self.addresses}
        return {name: count for name, count in counts.items() if count}


def told(letter: EmailMessage) -> str:
    """A letter as its reader sees it: subject and plain text."""
    body = letter.get_body(("plain",))
    return f"{letter['Subject']}\n{body.get_content()}"


def links_in(text: str) -> dict[str, str]:
    """The mailed links of a letter, each under the line that stands before it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = {}
    for before, line in zip(["", *lines], lines, strict=False):
        if match := LINK.search(line):
            found[line.split("http")[0].strip() or before] = match[1]
    return found


def link_about(text: str, words: str) -> str:
    """The link of the one line that speaks of this."""
    [path] = [path for line, path in links_in(text).items() if words in line]
    return path


def as_it_stands(page: Page, path: str) -> dict[str, Any]:
    """What a browser would send of a form if nothing more were typed."""
    filled: dict[str, Any] = {}
    for control in page.all("input", "textarea", "select"):
        if control.form is None or control.form["action"] != path or not control["name"]:
            continue
        if control.tag == "select":
            filled |= {control["name"]: _chosen(page, control)}
        elif control.tag == "textarea":
            filled[control["name"]] = "".join(control.parts).removeprefix("\n")
        elif control["type"] not in ("checkbox", "radio", "file", "submit") or "checked" in control.attributes:
            filled[control["name"]] = control["value"]
    return {name: value for name, value in filled.items() if value is not None}


def _chosen(page: Page, select: Element) -> Any:
    elements = page.document.elements
    place = next(number for number, one in enumerate(elements) if _same(one, select))
    options = []
    for element in elements[place + 1 :]:
        if element.tag not in ("option", "optgroup"):
            break
        options += [element] if element.tag == "option" else []
    chosen = [option["value"] for option in options if "selected" in option.attributes]
    if "multiple" in select.attributes:
        return chosen
    return chosen[0] if chosen else options[0]["value"] if options else None


def _same(one: Element, other: Element) -> bool:
    return (one.tag, one["name"], one["id"]) == (other.tag, other["name"], other["id"])


def founded(app: Any, sink: MailSink, days: ExitStack, reader: Reader) -> Town:
    """The town on its first day: nothing recorded yet; English is what its people read."""
    days.enter_context(clock.at(FIRST_DAY))
    app.config["SMTP_URL"] = sink.url
    congress = a_congress()
    facts = {"opened_on": date(2026, 1, 12), "closed_on": date(2026, 1, 16), "ordinal": 2}
    meeting = structure.add_meeting(congress.id, MEETING, 2026, **facts, **entered())
    clerk = add_user("sun@city.example", "孙办", Role.OFFICE_CLERK, congress_id=congress.id, **entered())
    town = Town(app, sink, days, reader, congress, meeting, clerk)
    _bodies(town)
    for place, rank, name in OFFICERS:
        _officer(town, place, rank, name)
    for name in ("赵甲一", "钱乙"):
        town.addresses[name] = f"deputy{len(town.addresses)}@people.example"
        facts = {"email": town.addresses[name], "language": "en", "card_number": str(len(town.addresses))}
        structure.add_deputy(congress.id, name, **facts, **entered())
    db.session.commit()
    return town


def _bodies(town: Town) -> None:
    def body(name: str, branch: Branch = Branch.GOVERNMENT, **more: Any) -> Body:
        return structure.add_body(town.congress.id, name, branch, **more, **entered())

    hub = body("市政府办公室", is_hub=True)
    committee = body("财政经济委员会", Branch.CONGRESS, is_committee=True)
    under = {short: body(name, hub_id=hub.id) for short, name in BODIES.items()}
    for one in under.values():
        structure.pair(committee, one, **entered())
    town.bodies = {"hub": hub, "committee": committee, **under}


def _officer(town: Town, place: str, rank: Rank, name: str) -> None:
    town.addresses[name] = f"{place or 'office'}.{rank}@city.example".replace("_", "-")
    of = {"body_id": town.bodies[place].id} if place else {}
    facts = {"email": town.addresses[name], "language": "en", **of}
    officer = structure.add_officer(town.congress.id, name, rank, **facts, **entered())
    if rank is Rank.VICE_MAYOR:
        for short in BODIES:
            structure.put_in_charge(officer, town.bodies[short], from_on=date(2026, 1, 1), **entered())
