"""Large files over a slow line, several at once."""

from __future__ import annotations

import secrets
import ssl
import threading
import time
from http.client import HTTPSConnection
from typing import Any

import sqlalchemy as sa

from tests.deploy.site import NAME, Site
from tests.drills.browser import HIDDEN
from tests.reader import Reader
from tracker.database import db
from tracker.files.models import File

MEGABYTES, BYTES_A_SECOND = 20, 100_000
PIECE = 10_000


def uploads(app: Any, city: Any, site: Site, count: int) -> list[dict[str, object]]:
    """So many clerks each record a suggestion with a file of 20 MB at 100 kB a second, all at once."""
    clerk = Reader(app).signed_in_as(city.clerk)
    found = clerk.client.get_cookie("__Host-session", domain=NAME)
    assert found is not None
    cookie, answers = f"__Host-session={found.value}", [(0, 0.0)] * count
    facts = {"meeting_id": str(city.meeting.id), "lead_deputy_id": str(city.deputies["钱乙"].id)}
    db.session.rollback()

    def send(place: int) -> None:
        begun = time.monotonic()
        answers[place] = (_send(site, cookie, {**facts, "title": f"关于供水的建议{place}"}), time.monotonic() - begun)

    people = [threading.Thread(target=send, args=(place,)) for place in range(count)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    db.session.rollback()
    stored = db.session.scalars(sa.select(File.size)).all()
    return [
        {
            "at once": count,
            "megabytes": MEGABYTES,
            "taken": sum(status == 302 for status, _seconds in answers),
            "answers": sorted({status for status, _seconds in answers}),
            "stored whole": sum(size >= (MEGABYTES - 1) * 1_000_000 for size in stored),
            "longest s": round(max(seconds for _status, seconds in answers)),
        }
    ]


def _send(site: Site, cookie: str, facts: dict[str, str]) -> int:
    head = {"Host": NAME, "Cookie": cookie}
    path = "/suggestions/new?secrecy=no"
    answer, page = site.ask("GET", path, headers=head)
    if given := answer.headers.get("Set-Cookie"):  # the form's token lies in the session
        head["Cookie"] = given.partition(";")[0]
    more = {"text": "水压不足,请予解决。" * 5, "origin": "meeting", "publicity": "full", "delegation_id": "0"}
    fields = dict(HIDDEN.findall(page.decode())) | facts | more | {"category": "", "survey_method": ""}
    mark = secrets.token_hex(12)
    form = "".join(f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items())
    form += f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n'
    body = form.encode() + b"Content-Type: application/pdf\r\n\r\n" + _pdf() + f"\r\n--{mark}--\r\n".encode()
    connection = HTTPSConnection("127.0.0.1", site.https, timeout=600, context=ssl._create_unverified_context())
    kind = {"Content-Type": f"multipart/form-data; boundary={mark}", "Content-Length": str(len(body))}
    connection.request("POST", path, body=_slowly(body), headers={**head, **kind, "Referer": f"https://{NAME}{path}"})
    return connection.getresponse().status


def _slowly(body: bytes) -> Any:
    begun, sent = time.monotonic(), 0
    while sent < len(body):
        yield body[sent : sent + PIECE]
        sent += PIECE
        time.sleep(max(0.0, begun + sent / BYTES_A_SECOND - time.monotonic()))


def _pdf() -> bytes:
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    filling = secrets.token_bytes(1_000)
    return (
        head
        + b"3 0 obj<</Length 19900000>>stream\n"
        + filling * (MEGABYTES * 1_000 - 100)
        + b"\nendstream endobj\n%%EOF\n"
    )
