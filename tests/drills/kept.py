"""What is stored, against what people were told: nothing lost, halved or doubled, every file and number there."""

from __future__ import annotations

from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tests.drills.pressing import NOTES, Chain, Office, Presser
from tests.outside import MailSink
from tracker import clock
from tracker.care.doctor import examine
from tracker.database import at_one_moment, db, reading
from tracker.dispatch.models import Assignment, HandOver, Proposal, Receipt
from tracker.feedback.models import Rating
from tracker.files.models import File
from tracker.handling.models import Contact, Delivery, Reply, ReplyFile
from tracker.mail.jobs import send_letters
from tracker.mail.models import Letter, LetterState
from tracker.suggestion.models import Entry, Suggestion
from tracker.web.models import Press

BEFORE, AFTER = ("record", "propose", "hand over", "sign for", "contact"), ("draft", "submit", "deliver", "rate")
ACTS = (*BEFORE, *(f"note {turn}" for turn in range(NOTES)), *AFTER)
KNOWN = {"letters_uncertain"}  # a letter carrier was killed in the middle: the operator is told, as he must be


@dataclass
class Drill:
    app: Any
    office: Office
    pressers: list[Presser]
    expected: list[Counter[str]]  # what there is of a suggestion after none, one, two … acts

    def wrong(self) -> list[str]:
        return [wrong for presser in self.pressers for wrong in presser.wrong]

    def saved(self) -> int:
        """How many acts were answered as saved by now."""
        return sum(len(chain.saved) for presser in self.pressers for chain in list(presser.chains))


def what_there_is(title: str) -> Counter[str]:
    """All rows of a suggestion at one moment, by kind; history and letters by what they say."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    numbers = list(db.session.scalars(sa.select(Suggestion.id).where(Suggestion.title == title)))
    own = sa.select(Assignment.id).where(Assignment.suggestion_id.in_(numbers))
    replies = sa.select(Reply.id).where(Reply.assignment_id.in_(own))
    found = Counter({"suggestion": len(numbers)})
    for kind, which in (
        (Proposal, Proposal.suggestion_id.in_(numbers)),
        (Assignment, Assignment.suggestion_id.in_(numbers)),
        (Receipt, Receipt.assignment_id.in_(own)),
        (Contact, Contact.assignment_id.in_(own)),
        (Reply, Reply.assignment_id.in_(own)),
        (ReplyFile, ReplyFile.reply_id.in_(replies)),
        (Delivery, Delivery.reply_id.in_(replies)),
        (Rating, Rating.reply_id.in_(replies)),
    ):
        found[kind.__tablename__] = db.session.scalar(sa.select(sa.func.count()).select_from(kind).where(which)) or 0
    found.update(f"history: {move}" for move in db.session.scalars(_history(numbers)))
    wanted = sa.select(Letter.kind).where(Letter.suggestion_id.in_(numbers))
    found.update(f"letter: {kind}" for kind in db.session.scalars(wanted))
    db.session.rollback()
    return +found


def _history(numbers: list[int]) -> sa.Select[Any]:
    return sa.select(Entry.move).where(Entry.suggestion_id.in_(numbers))


def look(drill: Drill) -> dict[str, Any]:
    """Every suggestion against what there must be of it; then the doctor. All that is wrong is raised."""
    wrong, acts, files = [], 0, 0
    with drill.app.app_context(), _at_ease():
        for presser in drill.pressers:
            for chain in list(presser.chains):
                saved = len(chain.saved)
                found = what_there_is(chain.title)
                now = len(chain.saved)
                if found not in drill.expected[saved : now + 2]:
                    wanted = drill.expected[saved]
                    differs = f"too much: {dict(found - wanted)}, too little: {dict(wanted - found)}"
                    wrong.append(f"{chain.title} after {chain.saved[-1:]}: {differs}; {_traces(chain.title)}")
                acts += saved
                files += len(chain.digests)
                wrong += _missing_files(chain, saved)
        wrong += _numbers_not_in_a_row(drill.office)
        with at_one_moment():
            wrong += [one.message % one.values for one in examine() if one.kind not in KNOWN]
        presses = db.session.scalar(sa.select(sa.func.count()).select_from(Press))
        db.session.rollback()
    assert wrong == [], wrong[:20]
    sent_again = sum(presser.repeated for presser in drill.pressers)
    put_off = sum(presser.put_off for presser in drill.pressers)
    told = {"acts saved": acts, "files": files, "suggestions": sum(len(one.chains) for one in drill.pressers)}
    return {**told, "sent again": sent_again, "put off (503)": put_off, "presses": presses, "lost": 0, "doubled": 0}


def _at_ease() -> AbstractContextManager[None]:
    """Looking keeps nobody on SQLite from writing; on PostgreSQL it never does."""
    return reading() if db.engine.dialect.name == "sqlite" else nullcontext()


def _traces(title: str) -> list[Any]:
    """What is stored of its reply, for whoever looks into it."""
    own = sa.select(Assignment.id).join(Suggestion).where(Suggestion.title == title)
    wanted = (
        sa.select(Reply.id, Reply.version, ReplyFile.id, File.id, File.digest, File.stored_at)
        .select_from(Reply)
        .outerjoin(ReplyFile, ReplyFile.reply_id == Reply.id)
        .outerjoin(File, File.id == ReplyFile.file_id)
        .where(Reply.assignment_id.in_(own))
    )
    return [tuple(map(str, row)) for row in db.session.execute(wanted)]


def _missing_files(chain: Chain, saved: int) -> list[str]:
    """The file of a contact and that of a draft are there once their answer has come."""
    due = chain.digests[: (saved > ACTS.index("contact")) + (saved > ACTS.index("draft"))]
    known = Counter(db.session.scalars(sa.select(File.digest).where(File.digest.in_(chain.digests))))
    db.session.rollback()
    return [f"{chain.title}: a file {known[one]} times" for one in due if known[one] != 1]


def _numbers_not_in_a_row(office: Office) -> list[str]:
    wrong = []
    for meeting in office.meetings:
        given = sorted(
            int(number.rpartition("-")[2].strip("号"))
            for number in db.session.scalars(sa.select(Suggestion.number).where(Suggestion.meeting_id == meeting))
        )
        if given != list(range(1, len(given) + 1)):
            wrong.append(f"meeting {meeting}: {given}")
    handed = sa.select(sa.func.count()).select_from(HandOver)
    items = sa.select(sa.func.count()).select_from(Assignment)
    if (db.session.scalar(handed) or 0) != (db.session.scalar(items) or 0):
        wrong.append("a hand-over without its assignment, or the other way round")
    return wrong


def await_letters(app: Any, sink: MailSink) -> None:
    """Until all letters are sent; those in doubt go out again when their claim has ended, by another moment's clock."""
    app.config["SMTP_URL"] = sink.url
    with app.app_context():
        for hours in range(48):
            with clock.at(clock.now() + timedelta(hours=hours)):
                send_letters(clock.today())
            waiting = sa.select(sa.exists().where(Letter.state.in_((LetterState.WAITING, LetterState.SENDING))))
            if not db.session.scalar(waiting):
                return


def letters(app: Any, sink: MailSink) -> dict[str, int]:
    """What became of the letters that these acts wrote."""
    arrived = Counter(str(got["Message-ID"]) for got in sink.letters)
    with app.app_context():
        rows = db.session.execute(sa.select(Letter.message_id, Letter.state).where(Letter.channel == "mail")).all()
        db.session.rollback()
    lost = [row for row in rows if row.state is LetterState.SENT and row.message_id not in arrived]
    unsent = [row for row in rows if row.state in (LetterState.WAITING, LetterState.SENDING)]
    assert lost == unsent == [], (len(lost), len(unsent))
    return {"letters": len(rows), "letters again, same Message-ID": sum(arrived.values()) - len(arrived)}
