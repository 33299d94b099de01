"""Requests nobody would send: every page and form, as every role, with fields, bodies and addresses that are wrong.

None may break anything, and none may keep the processor for long.

Chance decides what is asked, from a seed, so that what failed can be asked again.
"""

from __future__ import annotations

import io
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests import makers
from tests.files.papers import PDF, zipped
from tests.house_rules.who_may_open import WHO_MAY_OPEN
from tests.html import Document, Element, parsed
from tests.security import payloads
from tests.security.city import City
from tests.security.crawl import FORM, NO_SUCH, ask, filled
from tests.security.forms import filled_in, forms_of
from tests.security.timed import Timed
from tracker import clock
from tracker.database import db
from tracker.dispatch.models import Circulated
from tracker.handling.queries import get_reply
from tracker.people.actions import make_link
from tracker.people.models import Purpose

ARGUMENTS = (
    "q", "page", "format", "state", "stage", "body", "step", "year", "meeting", "delegation", "next", "sort", "show",
    "layout", "language", "from", "to", "kind", "week", "lead", "light", "press", "csrf_token", "deputy", "month",
)  # fmt: skip
LONGEST_SECONDS = 5
TOLD = re.compile(r"Traceback|sqlite3\.|psycopg|sqlalchemy|OperationalError|File \"|/tracker/|Werkzeug/", re.IGNORECASE)
FILES = (b"", b"PK\x03\x04", PDF, zipped("docx"), zipped("xlsx"), b"\xff\xfe\x00", b"day,working,name\n", b"\0" * 2000)
FILE_NAMES = ("a.pdf", "a.docx", "a.xlsx", "a.csv", "a.toml", "../a.zip", "\u202ea.pdf", "a\0.pdf", "国" * 200, "")
TYPES = (
    "application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data", "",
    "application/x-www-form-urlencoded; charset=gbk", "multipart/form-data; boundary=x", "text/xml", "\u00ff",
)  # fmt: skip


@dataclass
class Fuzzer:
    """Asks at random and keeps what went wrong: the seed and place, who, what, and the answer."""

    app: Any
    city: City
    visitors: dict[str, Any]
    seed: int
    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    longest: float = 0  # seconds of the processor

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.app.wsgi_app = self.timed = Timed(self.app.wsgi_app)
        rules = self.app.url_map.iter_rules()
        self.rules = [rule for rule in rules if rule.endpoint in WHO_MAY_OPEN and rule.endpoint != "people.sign_out"]
        self.tokens = {name: visitor.token() for name, visitor in self.visitors.items()}
        self.links = links_of(self.city)

    def run(self, requests: int) -> list[str]:
        while self.asked["requests"] < requests:
            rule = self.chance.choice(self.rules)
            name = self._somebody(WHO_MAY_OPEN[rule.endpoint])
            path = self._path(rule)
            how = self.chance.choice((self._read, self._fill, self._fill, self._send, self._send_raw))
            if how in (self._send, self._send_raw) and "POST" not in rule.methods:
                how = self._read
            how(name, path)
        return self.wrong

    def _somebody(self, line: Any) -> str:
        """Mostly somebody whom the page opens for: others are sent away before anything is read."""
        may = [name for name in self.visitors if self.city.users[name].role in line.roles]
        return self.chance.choice(may if may and self.chance.random() < 0.9 else list(self.visitors))

    def sweep(self) -> list[str]:
        """Every form of every page, once for each of its fields, the field filled in wrongly."""
        seen: set[tuple[str, str]] = set()
        for rule in self.rules:
            line = WHO_MAY_OPEN[rule.endpoint]
            names = [name for name in self.visitors if self.city.users[name].role in line.roles] or list(self.visitors)
            if "GET" in rule.methods:
                name, path = self.chance.choice(names), self._path(rule)
                for form in forms_of(page := parsed(self._ask(name, path))):
                    for field_name in filled_in(page, form):
                        goal = re.sub(r"\d+", "N", urlsplit(form["action"] or path).path)
                        if (goal, field_name) not in seen and field_name != "csrf_token":
                            seen.add((goal, field_name))
                            self._send_form(name, path, page, form, [field_name])
        return self.wrong

    def _path(self, rule: Any) -> str:
        if "token" in rule.arguments and self.chance.random() < 0.8:
            return self._by_link(rule)
        items = [ids for ids in self.city.ids.values() if rule.arguments <= set(ids)]
        ids = self.chance.choice(items) if items else {}
        numbers = {name: self.chance.choice(ids.get(name, [1, NO_SUCH])) for name in rule.arguments}
        if self.chance.random() < 0.1:
            numbers |= dict.fromkeys(numbers, self.chance.choice(("9" * 20, 2**31 - 1, 2**31, "0", "00001")))
        path = filled(rule.rule, numbers)
        return re.sub(r"<(?:\w+:)?\w+>", lambda _: self.chance.choice(("x", "%00", "%ff", "a%2f..", "x" * 300)), path)

    def _by_link(self, rule: Any) -> str:
        ids = {name: numbers[0] for one in self.city.ids.values() for name, numbers in one.items()}
        path = rule.rule.replace("/links/<token>", self.chance.choice(self.links))
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(ids.get(found[1], 1)), path)

    def _read(self, name: str, path: str) -> str:
        nasty = {argument: self._nasty() for argument in self.chance.sample(ARGUMENTS, self.chance.choice((0, 1, 3)))}
        return self._ask(name, path, query_string=_encoded(nasty), headers=self._headers())

    def _fill(self, name: str, path: str) -> None:
        """Open the page and send one of its forms, well filled in but for a few fields."""
        page = parsed(self._ask(name, path))
        if forms := forms_of(page):
            chosen = self.chance.choice(forms)
            names = sorted(filled_in(page, chosen))
            few = self.chance.sample(names, min(len(names), self.chance.choice((0, 1, 1, 2, 4))))
            self._send_form(name, path, page, chosen, [one for one in few if one != "csrf_token"])

    def _send_form(self, name: str, path: str, page: Document, chosen: Element, wrongly: list[str]) -> None:
        fields = filled_in(page, chosen) | {one: self._nasty() for one in wrongly}
        goal = urlsplit(chosen["action"] or path).path
        if chosen["method"].lower() == "get":
            self._ask(name, goal, query_string=_encoded(fields))
        else:
            self._post(name, goal, fields, files=chosen["enctype"].startswith("multipart"))

    def _send(self, name: str, path: str) -> None:
        fields: dict[str, Any] = {**FORM, "csrf_token": self.tokens[name]}
        for field_name in self.chance.sample(sorted(FORM), self.chance.choice((1, 3, 10))):
            fields[field_name] = self._nasty()
        self._post(name, path, fields, files=self.chance.random() < 0.3)

    def _post(self, name: str, path: str, fields: dict[str, Any], *, files: bool) -> None:
        if files:
            clean = {
                key: str(value).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
                for key, value in fields.items()
            }
            for key in ("file", "files", "scan", "further", "record", "papers", "evidence"):
                clean[key] = (io.BytesIO(self.chance.choice(FILES)), self.chance.choice(FILE_NAMES))
            self._ask(name, path, "POST", data=clean, content_type="multipart/form-data")
        else:
            self._ask(name, path, "POST", data=_encoded(fields), content_type=TYPES[0])

    def _send_raw(self, name: str, path: str) -> None:
        """Bodies that are no form of ours: another encoding, cut off, too many fields, too long."""
        token = f"csrf_token={self.tokens[name]}&"
        body, kind = self.chance.choice(
            (
                (token.encode() + "text=建议&title=道路".encode("gbk"), TYPES[0]),
                (token.encode() + b"text=%ff%fe%00&title=%B5%C0&reason=%", TYPES[0]),
                (token.encode() + b"&".join(b"f%d=1" % number for number in range(10_000)), TYPES[0]),
                (token.encode() + b"text=" + b"x" * 1_000_000, TYPES[0]),
                (token.encode() + b"text=" + b"x" * 3_000_000, TYPES[0]),
                (b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nab', "multipart/form-data; boundary=x"),
                (b"--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--", "multipart/form-data; boundary=x"),
                (b'{"csrf_token": 1, "text": ["x"]}', "application/json"),
                (b"\x80\x81", self.chance.choice(TYPES)),
                (b"", self.chance.choice(TYPES)),
            )
        )
        headers = {"X-CSRFToken": self.tokens[name]}
        self._ask(name, path, "POST", data=body, content_type=kind, headers=headers)

    def _nasty(self) -> str:
        text = self.chance.choice(payloads.ALL)
        return text if self.chance.random() < 0.99 else text * (1_000_000 // max(1, len(text)))

    def _headers(self) -> dict[str, str]:
        tricks = ("Accept-Language", "Referer", "User-Agent", "X-Forwarded-For", "If-None-Match", "Range", "Cookie2")
        if self.chance.random() > 0.2:
            return {}
        return {
            self.chance.choice(tricks): self._nasty().encode("ascii", "replace").decode().translate(_NO_ENDS)[:3000]
        }

    def _ask(self, name: str, path: str, method: str = "GET", **options: Any) -> str:
        visitor = self.visitors[name]
        self.asked["requests"] += 1
        try:
            answer, text = ask(visitor, path, method, **options)
        except Exception as broken:
            self._note(name, method, path, options, f"raises {type(broken).__name__}: {str(broken)[:200]}")
            db.session.rollback()
            return ""
        self.asked[f"answers {answer.status_code // 100}xx"] += 1
        took = self.timed.seconds
        self.longest = max(self.longest, took)
        for what in (*_wrong_in(answer, text), *([f"takes {took:.0f} s"] if took > LONGEST_SECONDS else [])):
            self._note(name, method, path, options, what)
        return text if answer.mimetype == "text/html" else ""

    def _note(self, name: str, method: str, path: str, options: dict[str, Any], what: str) -> None:
        sent = {key: str(value)[:400] for key, value in options.items() if value}
        self.wrong.append(f"seed {self.seed}, request {self.asked['requests']}: {name} {method} {path} {sent}: {what}")


def links_of(city: City) -> list[str]:
    """A mailed link of every kind."""
    facts = {"at": clock.now(), "days": 7, "congress_id": city.congress.id, "holder_name": "林承办"}
    circulated = db.session.get_one(Circulated, city.ids["circulated"]["circulated_id"][0])
    of_round = {"body_id": city.bodies["schools"].id, "circulation_id": circulated.circulation_id}
    reply = get_reply(city.replies["roads"].id, city.users["clerk"])
    made = [
        f"/links/{make_link(Purpose.CIRCULATION, **facts, **of_round)}",
        makers.a_handling_link(city.assignments["internal"][0]),
        makers.a_handling_link(city.assignments["roads"][0]),
        makers.a_rating_link(reply, city.deputies["second"]),
    ]
    db.session.commit()
    return made


_NO_ENDS = {ord("\r"): None, ord("\n"): None, 0: None}


def _encoded(fields: dict[str, Any]) -> str:
    return urlencode({key: str(value).encode("utf-8", "surrogatepass") for key, value in fields.items()})


def _wrong_in(answer: Any, text: str) -> list[str]:
    """No mistake of ours, nothing of our insides, nothing computed, run or carried into the head."""
    found = []
    if answer.status_code >= 500:
        found.append(f"answers {answer.status_code}")
    if answer.status_code >= 400 and (told := TOLD.search(text)):
        found.append(f"tells {told[0]}")
    if payloads.PRODUCT in text:
        found.append("computes what was written")
    if "X-Injected" in answer.headers or "Bcc" in answer.headers:
        found.append("a head was injected")
    if answer.mimetype == "text/html" and re.search(r"<script>fuzz|<img src=x|<svg onload", text):
        found.append("shows markup as it was written")
    return found
