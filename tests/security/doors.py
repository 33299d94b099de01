"""Every door through which a file comes into the house, in a city where each stands open; and how one is tried."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests import makers
from tests.documents.hostile import good
from tests.files.papers import PDF
from tests.html import parsed
from tests.security.city import City, built
from tests.security.crawl import ask
from tests.security.forms import filled_in, with_files
from tracker import clock
from tracker.database import Base, db
from tracker.dispatch.papers import notice_of_one_paper
from tracker.escalation.actions import raise_alarms
from tracker.feedback.papers import opinion_paper
from tracker.handling import actions as handling
from tracker.handling.papers import contact_paper, reply_paper
from tracker.handling.queries import get_reply
from tracker.notices import actions as notices
from tracker.notices import climbed
from tracker.notices.papers import notice_paper
from tracker.paper.actions import number
from tracker.structure.workbook import written

BEGAN, ON = date(2026, 3, 5), date(2026, 6, 10)
# A file each kind of door lets in.
GOOD = {
    "papers": ("扫描件.pdf", PDF),
    "word": ("建议.docx", good()),
    "ledger": ("台账.csv", "编号,标题\n1,关于道路的建议\n".encode()),
    "structure": ("机构.xlsx", written({"bodies": [{"name": "市某局", "branch": "government"}]}, "zh")),
    "days": ("节假日.csv", "day,working,name\n2027-01-01,0,元旦\n".encode()),
}


@dataclass(frozen=True)
class Door:
    """The page it is on, who stands there, what it takes, and what else must be said with the file."""

    endpoint: str
    who: str
    path: str
    takes: str = "papers"
    more: dict[str, str] = field(default_factory=dict)


class House:
    """A city three months later, with letters unanswered, papers printed, notices issued, and everybody signed in."""

    def __init__(self, app: Any, reader: Any) -> None:
        self.app = app
        with clock.at(BEGAN):
            self.city = built()
            self._deliver_the_courts()
        of_schools, of_roads = self._notices()
        codes = self._printed(of_roads)
        self.visitors = {name: reader.signed_in_as(user) for name, user in self.city.users.items()}
        self.doors = doors(self.city, codes, of_schools.id)

    def _deliver_the_courts(self) -> None:
        [court], reply = self._of("court"), self._reply("court")
        handling.deliver(reply, court, by=makers.CLERK, on=BEGAN)
        db.session.commit()
        self.city.owns("court", "promise_id", self._reply("court").promises[0].id)

    def _of(self, item: str) -> list[Any]:
        return makers.assignments_of(self.city.suggestions[item])

    def _reply(self, item: str) -> Any:
        return get_reply(self.city.replies[item].id, self.city.users["clerk"])

    def _notices(self) -> list[Any]:
        """One to each of two bodies that are late, issued."""
        raise_alarms(self.city.congress, ON, at=clock.now())
        db.session.flush()
        clerk = self.city.users["clerk"]
        groups = {one.body.id: one for one in climbed.groups(clerk)}
        chosen = [groups[self.city.bodies[name].id] for name in ("schools", "roads")]
        made = [notices.draft(one, answer_by_on=date(2026, 6, 24), by=clerk.actor(), on=ON) for one in chosen]
        for one in made:
            notices.issue(one, by=clerk.actor(), on=ON)
        db.session.flush()
        return made

    def _printed(self, notice: Any) -> dict[str, str]:
        [own], reply, [schools] = self._of("court"), self._reply("court"), self._of("schools")
        things = {
            "receipt": notice_of_one_paper(schools),
            "contact": contact_paper(own),
            "letter": reply_paper(reply, own),
            "rating": opinion_paper(reply, self.city.deputies["third"]),
            "notice": notice_paper(notice),
        }
        papers = number(list(things.values()), congress_id=self.city.congress.id, by=makers.CLERK, at=clock.now())
        db.session.commit()
        return {name: paper.code for name, paper in zip(things, papers, strict=True)}

    def send(self, door: Door, name: str, content: bytes) -> tuple[Any, str]:
        """Fill in the door's form as it asks, and send it with this file."""
        return self.send_all(door, [(name, content)])

    def send_all(self, door: Door, files: list[tuple[str, bytes]]) -> tuple[Any, str]:
        visitor = self.visitors[door.who]
        page = parsed(ask(visitor, door.path)[1])
        form, names = with_files(page)[0]
        fields = {**filled_in(page, form), **door.more, "csrf_token": visitor.token()}
        fields.pop("press", None)
        sent = {**fields, names[-1]: [(io.BytesIO(content), name) for name, content in files]}
        return ask(visitor, form["action"] or door.path, "POST", data=sent, content_type="multipart/form-data")

    def left(self) -> dict[str, int]:
        """How much lies on the disk and in the database; what is refused may change none of it."""
        db.session.rollback()
        instance = Path(self.app.instance_path)
        found = {name: sum(one.is_file() for one in (instance / name).rglob("*")) for name in ("files", "uploads")}
        tables = [one for one in Base.metadata.sorted_tables if one.name not in ("sign_in", "trace", "press")]
        counts = db.session.execute(sa.select(*(_count(table) for table in tables))).one()
        db.session.rollback()
        return {**found, **dict(zip((table.name for table in tables), counts, strict=True))}


def _count(table: Any) -> Any:
    return sa.select(sa.func.count()).select_from(table).scalar_subquery()


def doors(city: City, codes: dict[str, str], notice_id: int) -> list[Door]:
    ids = {item: {name: numbers[0] for name, numbers in of.items()} for item, of in city.ids.items()}
    roads, court, recorded = ids["roads"], ids["court"], ids["recorded"]["suggestion_id"]
    given = {"title": "关于道路的建议", "text": "道路狭窄。", "lead_deputy_id": str(city.deputies["first"].id)}
    person = {"name": "林承办", "contact_person": "林承办", "until_on": "2026-06-30", "on": "2026-06-10"}
    return [
        Door(
            "handling.reply", "schools", f"/assignments/{ids['schools']['assignment_id']}/reply", more={"act": "save"}
        ),
        Door("handling.contact", "schools", f"/assignments/{ids['schools']['assignment_id']}/contact"),
        Door("handling.original", "clerk", f"/replies/{court['reply_id']}"),
        Door("handling.take_contact", "clerk", f"/papers/{codes['contact']}/contact"),
        Door("handling.take_letter", "clerk", f"/papers/{codes['letter']}/letter"),
        Door("dispatch.take_receipt", "clerk", f"/papers/{codes['receipt']}/receipt"),
        Door("feedback.take_rating", "clerk", f"/papers/{codes['rating']}/rating"),
        Door("feedback.rating", "clerk", f"/replies/{court['reply_id']}/rating", more={"comment": "又及"}),
        Door("followup.report", "court", f"/promises/{court['promise_id']}", more={"fate": "kept"}),
        Door("supervision.inspect", "committee", f"/suggestions/{roads['suggestion_id']}/inspections/new"),
        Door("notices.answer", "schools", f"/notices/{notice_id}", more=person),
        Door("notices.take_answer", "clerk", f"/papers/{codes['notice']}/notice-answer", more=person),
        Door("intake.record", "clerk", "/suggestions/new?secrecy=no", more={**given, "decision": "record"}),
        Door("intake.amend", "clerk", f"/suggestions/{recorded}/amend", more={"reason": "更正"}),
        Door("intake.signed_form", "clerk", f"/suggestions/{recorded}/signed-form"),
        Door("documents.index", "clerk", "/documents", "word"),
        Door("ledgers.index", "clerk", "/ledgers", "ledger"),
        Door("structure.take_in", "clerk", "/structure/workbook", "structure", {"act": "take"}),
        Door("deadlines.year", "admin", "/calendar/2027", "days", {"act": "look", "source": "通知"}),
    ]
