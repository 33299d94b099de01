"""The first two days of an office: set up, its structure and last year's ledger taken in, forty Word files recorded."""

from __future__ import annotations

import io
import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from flask import Flask

from tests.documents.filling import filled
from tests.documents.forty import forty
from tests.journeys import papers
from tests.journeys.town import as_it_stands, told
from tests.outside import MailSink
from tests.reader import Page, Reader
from tracker import clock
from tracker.people.set_up import new_code
from tracker.schedule import ring

ADMIN, CLERK = "admin@city.example", "sun@city.example"
PASSWORD = "plum river lantern oak"
BODIES_OF_NOBODY = "add the bodies one by one or with the workbook"


@dataclass
class Week:
    """The office in its first week: who reads the pages, and what day it is."""

    app: Flask
    folder: Path
    sink: MailSink
    days: ExitStack
    reader: Reader
    begun: bool = False
    pages: dict[str, str] = field(default_factory=dict)

    def on(self, day: str) -> None:
        self.days.enter_context(clock.at(date.fromisoformat(day)))
        if self.begun:
            signs_in(self.reader, CLERK)

    def post(self, name: str) -> list[str]:
        """The letters that wait are carried; those to one person."""
        with self.app.app_context():
            ring.run("send-letters", by_hand=True)
        return [told(letter) for letter in self.sink.letters if name in letter["To"]]

    def page_of(self, title: str) -> str:
        """The address of a suggestion, found in the register by its whole title."""
        if title not in self.pages:
            self.pages[title] = self.reader.read("register.index", q=title).links()[title]
        return self.pages[title]


def signs_in(who: Reader, address: str) -> None:
    who.client.delete_cookie("session")
    who.read("people.sign_in")
    who.send("people.sign_in", {"email": address, "password": PASSWORD}, expect=303)


def the_office_is_set_up(week: Week) -> None:
    """The operator starts it empty and reads the code out; the administrator makes an account for the clerk."""
    prepared = week.app.test_cli_runner().invoke(args=["init"])
    assert prepared.exit_code == 0, (prepared.output, prepared.exception)
    code = new_code(week.app.instance_path, clock.now())
    said = {
        "code": code,
        "congress_name": "临江市人民代表大会",
        "office_name": "代表工作委员会",
        "level": "city",
        "rules_name": "default",
        "confirmed": "y",
        "name": "王一",
        "email": ADMIN,
        "password": PASSWORD,
    }
    assert week.reader.read("/").heading == "First set-up"
    week.reader.send("people.set_up", said)
    signs_in(week.reader, ADMIN)
    week.reader.read("people.add_user")
    added = week.reader.send(
        "people.add_user", {"name": "孙办", "email": CLERK, "role": "office_clerk", "body_id": "0", "deputy_id": "0"}
    )
    [link] = re.findall(r"/password/[\w-]+", added.html)[:1]
    newcomer = Reader(week.app)
    newcomer.read(link)
    assert "Please sign in" in newcomer.send(link, {"password": PASSWORD}).text
    week.reader, week.begun = newcomer, True
    signs_in(newcomer, CLERK)
    assert "Import a ledger" in newcomer.read("/").links()


def the_workbook_is_filled_and_taken_in(week: Week) -> None:
    """Looked at first: the row that is wrong is named, and nothing is stored; corrected it comes in whole."""
    clerk = week.reader
    clerk.language = "zh"
    offered = clerk.read(clerk.read("structure.index").links()["机构人员表"]).links().values()
    template = clerk.read(next(url for url in offered if url.endswith("/template.xlsx")))
    clerk.language = "en"
    spoilt, whole = (papers.filled_in(template.response.data, spoilt) for spoilt in (True, False))
    clerk.read("structure.take_in")
    for act in ("look", "take"):
        page = clerk.send("structure.take_in", {"file": (io.BytesIO(spoilt), "机构.xlsx"), "act": act})
        assert any("冯承办" in row and "市气象局" in row for row in page.rows())
    assert BODIES_OF_NOBODY in clerk.read("structure.bodies").text
    clerk.read("structure.take_in")
    page = clerk.send("structure.take_in", {"file": (io.BytesIO(whole), "机构.xlsx"), "act": "look"})
    assert BODIES_OF_NOBODY in clerk.read("structure.bodies").text
    clerk.read("structure.take_in")
    page = clerk.send("structure.take_in", {"file": (io.BytesIO(whole), "机构.xlsx"), "act": "take"})
    assert "56 added, 0 updated" in page.text
    assert "letters go to 何副局长" in clerk.read("structure.officers").text


def last_years_ledger_is_read_in(week: Week) -> None:
    """Last year's meeting is entered, and its ledger read in: the past that look-alikes and advice come from."""
    clerk = week.reader
    clerk.read("structure.add_meeting")
    facts = {
        "name": "第二次会议（2025年）",
        "kind": "meeting",
        "year": "2025",
        "opened_on": "2025-01-10",
        "closed_on": "2025-01-14",
    }
    clerk.send("structure.add_meeting", {**facts, "term_id": "0"})
    report = reads_in(clerk, papers.last_years_ledger(week.folder), "2025")
    assert "4 new" in report.text
    assert 'id="questions"' not in report.html, report.text


def reads_in(clerk: Reader, file: Path, year: str) -> Page:
    """A ledger is sent, looked at, and read into the meeting of a year."""
    clerk.read("ledgers.index")
    page = clerk.send("ledgers.index", {"file": (io.BytesIO(file.read_bytes()), file.name)})
    address = next(form["action"] for form in page.all("form") if "/ledgers/uploads/" in form["action"])
    [meeting] = [one["value"] for one in page.all("option") if year in one.text]
    return clerk.send(address, {**as_it_stands(page, address), "meeting_id": meeting, "act": "import"})


def the_numbers_get_their_pattern(week: Week) -> None:
    """The office numbers as it has for years; the page shows the next three before anything is kept."""
    clerk = week.reader
    meetings = clerk.read("intake.numbers")
    address = next(url for name, url in meetings.links().items() if "2026" in name)
    clerk.read(address)
    shown = clerk.send(address, {"pattern": "第{n:03d}号", "act": "example"})
    assert "第001号" in shown.text
    clerk.send(address, {"pattern": "第{n:03d}号", "act": "save"})
    assert "第{n:03d}号" in clerk.read("intake.numbers").text


def forty_word_files_are_gone_through(week: Week) -> None:
    """In one zip with a secret one and a hostile one: those two get a sentence and leave nothing."""
    clerk, made = week.reader, forty()
    page = clerk.read("documents.index")
    [meeting] = [one["value"] for one in page.all("option") if "2026" in one.text]
    sent = (io.BytesIO(papers.forty_and_two(made)), "四十件.zip")
    page = clerk.send("documents.index", {"files": [sent], "meeting_id": meeting})
    address = page.response.request.path
    assert "Documents 40 " in page.text
    assert "secrecy marking" in page.text
    assert "macros or programs" in page.text
    assert clerk.read("register.index", q="雷达").rows() == []
    page = clerk.read(address)
    right = {one.name: one for one in made}
    following = page.links()["Go through them"]
    for _step in range(40):
        page = clerk.read(following)
        expected = right[page.heading.split(": ")[1]]
        form = filled(page)
        assert form["title"] == expected.title
        changed = {} if expected.lead else {"lead_deputy_id": the_deputy(page, "赵建国")}
        page = clerk.send(following, {**form, "act": "record", **changed})
        following = page.response.request.path
    assert "All documents of this sending are done." in page.text


def the_deputy(page: Page, name: str) -> str:
    return next(one["value"] for one in page.all("option") if one.text.startswith(name))
