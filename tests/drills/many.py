"""Several hosts on one PostgreSQL, clerks at work on all of them, and any process or the server itself killed.

A clerk opens a form on one host and sends it to another, again and again under the same token until somebody answers:
what was answered is noted, and nothing else. At the end everything noted must be there once, with its file.
"""

from __future__ import annotations

import itertools
import json
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tests.drills.browser import Browser, Unanswered
from tests.drills.city import fill
from tests.drills.hosts import Host, hosts
from tests.outside import MailSink
from tests.pgtemp import Server, restartable_postgresql
from tests.reader import Reader
from tracker import clock, create_app
from tracker.actor import SYSTEM
from tracker.care.doctor import examine
from tracker.care.upgrade import upgrade_database
from tracker.database import db
from tracker.files.models import File
from tracker.intake.models import Attachment
from tracker.mail.models import Letter, LetterState
from tracker.people.actions import add_user
from tracker.roles import Role
from tracker.schedule import ring
from tracker.schedule.models import JobRun
from tracker.schedule.timetable import JOBS, CatchUp
from tracker.structure.models import Congress, Deputy, Meeting
from tracker.suggestion.models import Suggestion

NAME = "suggestions.city.example"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
LATER = (timedelta(0), timedelta(minutes=40), timedelta(hours=4), timedelta(hours=12))
BY_HAND = ("stage", "nobody_to_tell")  # the drills' city is written by hand: no history, few officers


@dataclass
class Told:
    """What clerks were told is saved, and what nobody answered."""

    saved: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)


def drill(*, blows: int, pause_seconds: float, clerks: int, count: int = 2, chance: random.Random) -> dict[str, Any]:
    """So many blows under load, so long apart; answers the counts of what was lost, doubled or left."""
    with restartable_postgresql() as server, MailSink.listening() as sink:
        given = _settings(server, sink)
        app = create_app({**given, "INSTANCE_PATH": str(server.folder), "TESTING": True})
        cookies, facts = _prepared(app, clerks)
        with hosts(given, count) as all_of_them:
            told, working = Told(), threading.Event()
            people = [
                threading.Thread(target=_work, args=(number, cookie, facts, all_of_them, told, working))
                for number, cookie in enumerate(cookies)
            ]
            for one in people:
                one.start()
            struck = _strike(server, all_of_them, blows, pause_seconds, chance)
            working.set()
            for one in people:
                one.join(120)
            _settle(app)
            lines = [line for host in all_of_them for line in host.logs()]
            found = _look(app, all_of_them[0], told, sink, lines)
        return {"blows": sum(struck.values()), **struck, **found}


def _settings(server: Server, sink: MailSink) -> dict[str, Any]:
    return {
        "DATABASE_URL": server.url,
        "SECRET_KEY": "one key for all hosts, long enough to sign with",
        "CONTACT_KEY": "of-the-drill-for-the-telephones-in-the-database",
        "BASE_URL": f"http://{NAME}",
        "SMTP_URL": sink.url,
        "SCHEDULER": False,
    }


def _prepared(app: Any, clerks: int) -> tuple[list[str], dict[str, str]]:
    """A city with clocks that have run out, and so many clerks who are signed in."""
    upgrade_database(app)
    with app.app_context():
        # The tests' own servers lose what they have acknowledged when they are killed.
        db.session.execute(sa.text("ALTER DATABASE postgres SET synchronous_commit = on"))
        fill(clocks=12, readers=20)
        congress_id = db.session.scalars(sa.select(Congress.id)).one()
        people = [
            add_user(f"c{n}@x.example", "孙办", Role.OFFICE_CLERK, congress_id=congress_id, by=SYSTEM, at=clock.now())
            for n in range(clerks)
        ]
        db.session.commit()
        meeting, deputy = (
            db.session.scalars(sa.select(Meeting.id)).first(),
            db.session.scalars(sa.select(Deputy.id)).first(),
        )
        readers = [Reader(app).signed_in_as(one) for one in people]
        cookies = [one.client.get_cookie("session", domain=NAME) for one in readers]
        db.session.remove()
        db.engine.dispose()
    facts = {
        "meeting_id": str(meeting),
        "lead_deputy_id": str(deputy),
        "text": "道路狭窄,请予拓宽。" * 8,
        "origin": "meeting",
    }
    facts |= {"publicity": "full", "delegation_id": "0", "category": "", "survey_method": ""}
    return [one.value for one in cookies if one], facts


def _work(number: int, cookie: str, facts: Any, all_of_them: list[Host], told: Told, enough: threading.Event) -> None:
    """Record one suggestion after the other, every third with a file, each form from one host to the next."""
    browser, path = Browser(NAME, cookie), "/suggestions/new?secrecy=no"
    addresses = itertools.cycle([host.address for host in all_of_them])
    for _skipped in range(number % len(all_of_them)):
        next(addresses)
    for turn in itertools.count():
        if enough.is_set():
            return
        title = f"关于拓宽道路的建议 {number}-{turn}"
        try:
            hidden = browser.form(addresses, path)
            file = (f"{number}-{turn}.pdf", PDF + title.encode()) if turn % 3 == 0 else None
            browser.send(addresses, path, {**hidden, **facts, "title": title}, file)
        except Unanswered as wrong:
            told.unanswered.append(f"{title}: {wrong}")
        else:
            told.saved.append(title)


def _strike(
    server: Server, all_of_them: list[Host], blows: int, pause_seconds: float, chance: random.Random
) -> Counter[str]:
    """Blow after blow, at random; in the middle and at every tenth the database server itself."""
    struck: Counter[str] = Counter()
    for number in range(blows):
        time.sleep(pause_seconds * (0.5 + chance.random()))
        host = chance.choice(all_of_them)
        at_hosts: dict[str, Callable[[], None]] = {
            "web process killed": lambda host=host: host.kill_worker(chance),  # type: ignore[misc]
            "host's web killed": host.kill_web,
            "timetable killed": host.kill_timetable,
        }
        name = chance.choice(list(at_hosts))
        if number % 10 == min(blows, 10) // 2:
            name = "database restarted" if number % 20 < 10 else "database killed"
            server.stop(signal.SIGQUIT if name == "database killed" else signal.SIGINT)
            server.start()
        else:
            at_hosts[name]()
        struck[name] += 1
    return struck


def _settle(app: Any) -> None:
    """What killed processes had in hand is taken over when their leases end: hours pass, and all of it is done."""
    begun = clock.now()
    with app.app_context():
        for later in LATER:
            with clock.at(begun + later):
                ring.catch_up()
                while ring.run("send-letters").ran:
                    pass


def _look(app: Any, host: Host, told: Told, sink: MailSink, lines: list[str]) -> dict[str, Any]:
    """Everything that must be nought, and how much there was of it."""
    app.instance_path = str(host.folder)  # where the shared files are seen from
    with app.app_context():
        db.session.rollback()
        there = Counter(db.session.scalars(sa.select(Suggestion.title)))
        files = db.session.execute(
            sa.select(Suggestion.title, File).join(Attachment, Attachment.suggestion_id == Suggestion.id).join(File)
        ).all()
        letters = db.session.execute(sa.select(Letter.message_id, Letter.uncertain, Letter.state)).all()
        undone = _undone()
        unsound = [one.kind for one in examine() if one.kind not in BY_HAND]
    arrived = Counter(letter["Message-ID"].strip() for letter in sink.letters)
    uncertain = {one.message_id for one in letters if one.uncertain}
    with_file = {title for title, _file in files}
    asked = [title for title in told.saved if int(title.rpartition("-")[2]) % 3 == 0]
    done = [line for line in map(_as_line, lines) if line.get("what") == "job" and line.get("ours")]
    runs = Counter((line["job"], line["slot"]) for line in done)
    return {
        "saved": len(told.saved),
        "lost": sum(there[title] == 0 for title in told.saved),
        "doubled": sum(number > 1 for number in there.values()),
        "with file": len(asked),
        "without its file": sum(title not in with_file for title in asked),
        "never answered": len(told.unanswered),
        "letters": len(letters),
        "letters lost": sum(one.state is LetterState.SENT and not arrived[one.message_id] for one in letters)
        + sum(one.state is LetterState.FAILED for one in letters),
        "letters twice without a kill in between": sum(n > 1 and name not in uncertain for name, n in arrived.items()),
        "again, same Message-ID": sum(number - 1 for number in arrived.values()),
        "slots": len(runs),
        "slots twice": sorted(" ".join(slot) for slot, number in runs.items() if number > 1),
        "slots never done": undone,
        "unsound": sorted(set(unsound)),
    }


def _undone() -> list[str]:
    """Jobs with a slot that was begun and never done; at midnight the new day's run does what the old day's left."""
    done_next = [job.name for job in JOBS.values() if job.catch_up is CatchUp.NEXT]  # a lost minute is none
    later = sa.orm.aliased(JobRun)
    made_good = sa.select(later.slot).where(
        later.job == JobRun.job, later.slot > JobRun.slot, later.finished_at.is_not(None)
    )
    begun = sa.select(JobRun.job).where(JobRun.finished_at.is_(None), JobRun.job.not_in(done_next))
    return sorted(db.session.scalars(begun.where(~made_good.exists())))


def _as_line(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
