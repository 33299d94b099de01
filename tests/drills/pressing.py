"""People who press on whatever happens: each leads one suggestion after the other from the record to the rating.

Who gets no answer sends the very same form again, as a browser does, until it is answered.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import itertools
import re
import secrets
import threading
import time
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from tests.handling.papers import SCAN

INPUT = re.compile(r'<input[^>]*type="hidden"[^>]*>')
SAID = re.compile(r'(name|value)="([^"]*)"')
SAVED = (302, 303)
OPENED = ("record", "contact", "draft", "submit", "rate")
NOTES = 6
PATIENCE_SECONDS = 120
LOST = (OSError, http.client.HTTPException)


@dataclass
class Chain:
    """One suggestion on its way: the acts whose answer was “saved”, and the digests of the files sent with them."""

    title: str
    saved: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)


@dataclass
class Office:
    """Where the pressers go, and what they may not be told by a page."""

    ports: list[int]
    cookies: dict[str, str]  # of the clerk, the body's handler and the deputy
    tokens: dict[str, str]  # what each of them sends with every form
    meetings: list[int]
    deputy_id: int
    body_id: int
    day: str
    find: Any  # the numbers of what a suggestion has by now: its assignment and its reply


class Presser(threading.Thread):
    """One clerk, one handler and one deputy in a row."""

    def __init__(self, office: Office, number: int, most: int | None = None) -> None:
        super().__init__(daemon=True)
        self.office, self.number, self.most = office, number, most
        self.chains: list[Chain] = []
        self.wrong: list[str] = []
        self.repeated = self.put_off = 0
        self.enough = threading.Event()
        self.ports = itertools.cycle(office.ports or [0])

    def run(self) -> None:
        try:
            for turn in itertools.count():
                if self.enough.is_set() or turn == self.most:
                    return
                self.lead_through(Chain(f"关于第{self.number}-{turn}件事的建议"))
        except Exception as wrong:  # told by the drill, which runs in another thread
            self.wrong.append(f"{type(wrong).__name__}: {wrong}")

    def lead_through(self, chain: Chain) -> None:
        """From the record to the rating, and half a dozen short notes on the way."""
        self.chains.append(chain)
        office, meeting = self.office, self.office.meetings[self.number]
        shown = self.press(chain, "record", "clerk", "/suggestions/new?secrecy=no", self.content(chain, meeting))
        number = urlsplit(shown).path.rpartition("/")[2]
        bodies = {"manner": "lead", "lead_id": office.body_id}
        self.press(chain, "propose", "clerk", f"/suggestions/{number}/proposal", bodies)
        handed = {"on": office.day, "document_number": "临人办〔2026〕5号", "route": "straight", "confirmed": "y"}
        self.press(chain, "hand over", "clerk", f"/meetings/{meeting}/hand-over", handed)
        own = f"/assignments/{office.find('assignment', number)}"
        self.press(chain, "sign for", "handler", f"{own}/receipt", {})
        told = {"on": office.day, "manner": "visit", "person": "赵代表", "note": chain.title}
        self.press(chain, "contact", "handler", f"{own}/contact", {**told, "record": self.paper(chain)})
        for turn in range(NOTES):
            self.press(chain, f"note {turn}", "handler", f"{own}/progress", {"on": office.day, "text": chain.title})
        self.press(chain, "draft", "handler", f"{own}/reply", {**self.reply("draft"), "scan": self.paper(chain)})
        self.press(chain, "submit", "handler", f"{own}/reply", self.reply("submit"))
        reply = f"/replies/{office.find('reply', number)}"
        self.press(chain, "deliver", "clerk", f"{reply}/delivery", {"way": "system"})
        self.press(chain, "rate", "deputy", f"{reply}/rating", {"attitude": "satisfied", "result": "satisfied"})

    def content(self, chain: Chain, meeting: int) -> dict[str, Any]:
        facts = {"meeting_id": meeting, "title": chain.title, "text": "夜间昏暗,请予安装。", "origin": "meeting"}
        facts |= {"lead_deputy_id": self.office.deputy_id, "delegation_id": 0, "publicity": "full", "category": ""}
        return {**facts, "survey_method": ""}

    def reply(self, act: str) -> dict[str, Any]:
        facts = {"act": act, "class_label": "A", "document_number": "临交〔2026〕31号", "letter_on": self.office.day}
        facts |= {"signer": "周局长", "contact_person": "林承办", "publicity": "full", "text": "路灯已经装好。"}
        return {**facts, "way": "system", "all_in_letter": "y"}

    def paper(self, chain: Chain) -> tuple[bytes, str]:
        content = SCAN + f"%{chain.title} {len(chain.saved)}".encode()
        chain.digests.append(hashlib.sha256(content).hexdigest())
        return content, "扫描件.pdf"

    def press(self, chain: Chain, act: str, who: str, path: str, data: dict[str, Any]) -> str:
        """Fill the form in and press, until somebody answers; where it leads. A form that carries more is opened."""
        fields = {"csrf_token": self.office.tokens[who], "press": secrets.token_urlsafe(24), **data}
        if act in OPENED:
            _status, html, _to = self.until(200, who, "GET", path)
            fields = {**hidden(html, urlsplit(path).path), **data}
        _status, _html, led_to = self.until(302, who, "POST", path, fields)
        chain.saved.append(act)
        return led_to

    def until(self, wanted: int, who: str, method: str, path: str, fields: dict[str, Any] | None = None) -> Any:
        began, first = time.monotonic(), True
        while time.monotonic() < began + PATIENCE_SECONDS:
            try:
                status, html, led_to = self.ask(who, method, path, fields)
            except LOST:
                self.repeated += method == "POST"
                time.sleep(0.02)
                continue
            if status == wanted or (wanted in SAVED and status in SAVED):
                return status, html, led_to
            if status != 503:
                said = re.sub(r"<[^>]*>|\s+", " ", html)
                raise AssertionError(f"{method} {path}: {status}, first {first}: {' '.join(said.split())[:1500]}")
            self.put_off, first = self.put_off + 1, False
            time.sleep(0.05)
        raise AssertionError(f"{method} {path}: no answer in {PATIENCE_SECONDS} seconds")

    def ask(self, who: str, method: str, path: str, fields: dict[str, Any] | None) -> tuple[int, str, str]:
        """One request on a connection of its own; a file is given as its bytes and its name."""
        connection = http.client.HTTPConnection("127.0.0.1", next(self.ports), timeout=30)
        headers = {"Cookie": f"session={self.office.cookies[who]}", "Accept-Language": "en"}
        body = None
        if fields is not None:
            stream, _length, boundary = stream_encode_multipart(as_sent(fields))
            body, headers["Content-Type"] = stream.read(), f'multipart/form-data; boundary="{boundary}"'
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers.get("Location", "")
        finally:
            connection.close()


class Inside(Presser):
    """The same within this process, without a server."""

    def __init__(self, app: Any, office: Office, number: int, most: int | None = None) -> None:
        super().__init__(office, number, most)
        self.app = app

    def ask(self, who: str, method: str, path: str, fields: dict[str, Any] | None) -> tuple[int, str, str]:
        client = self.app.test_client()
        client.set_cookie("session", self.office.cookies[who], domain="127.0.0.1")
        how = {"base_url": self.app.config["BASE_URL"], "headers": {"Accept-Language": "en"}}
        answer = client.open(path, method=method, data=as_sent(fields) if fields else None, **how)
        return answer.status_code, answer.get_data(as_text=True), answer.headers.get("Location", "")


def as_sent(fields: dict[str, Any]) -> dict[str, Any]:
    """A form as a browser sends it; a file is given as its bytes and its name."""
    return {
        name: FileStorage(io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else str(value)
        for name, value in fields.items()
    }


def hidden(html: str, path: str) -> dict[str, str]:
    """The hidden fields of the form on this page that is sent to this path."""
    for form in html.split("<form")[1:]:
        form = form.partition("</form>")[0]
        action = re.search(r'action="([^"]*)"', form.partition(">")[0])
        if action is None or urlsplit(unescape(action[1])).path in (path, ""):
            found = (dict(SAID.findall(field)) for field in INPUT.findall(form))
            fields = {one["name"]: unescape(one.get("value", "")) for one in found if "name" in one}
            if action is not None or "press" in fields:
                return fields
    raise AssertionError(f"no form for {path}")
