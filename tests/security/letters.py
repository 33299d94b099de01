"""Letters whose titles, names and addresses try to become more than they are; and what a mail program reads of them."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from typing import Any

from jinja2 import ChoiceLoader, DictLoader

from tests.mail.conftest import KIND
from tests.security import payloads
from tracker import clock
from tracker.database import db
from tracker.mail.jobs import send_letters
from tracker.mail.outbox import Addressee, post
from tracker.mail.rules import is_address, one_line

GOOD = ("handler{}@bureau.example", "first.last+{}@bureau.city.example")
BAD = ("h{}@b.cn,all@b.cn", "h{}@b.cn\r\nBcc: all@b.cn", "", "张{}@b.cn", "<h{}@b.cn>")
BAD_AT = 10  # every tenth address is one that no letter could reach
TITLES = (*payloads.HEADS, *payloads.TEMPLATES, *payloads.SCRIPTS, *payloads.STRANGE[2:], "关于拓宽东坡路的建议" * 20)
USUAL = {
    "Subject", "From", "To", "Reply-To", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version",
    "Content-Type", "X-Envelope-To",
}  # fmt: skip


def write(app: Any, count: int) -> dict[str, str]:
    """So many letters; the subject each is to arrive with, by the address of those that can arrive."""
    app.jinja_env.loader = ChoiceLoader([DictLoader(KIND), app.jinja_env.loader])
    expected = {}
    for place in range(count):
        title = _storable(TITLES[place % len(TITLES)])
        kinds, turn = (GOOD, place) if place % BAD_AT else (BAD, place // BAD_AT)
        address = kinds[turn % len(kinds)].format(place)
        name = _storable(TITLES[(place + 3) % len(TITLES)])
        text = "长" * 350_000 if place == 1 else title  # over one megabyte
        to = Addressee(f"officer:{place + 1}", name, address, "zh_Hans_CN")
        post("trial", to, key=f"trial:{place}", at=clock.now(), title=title, text=text)
        if is_address(address):
            expected[address] = one_line(title, 300)
    db.session.commit()
    return expected


def _storable(text: str) -> str:
    """What a row can hold on both engines: half characters and NUL never reach one (forms take them out)."""
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


def faults(app: Any, sink: Any, expected: dict[str, str], on: Any) -> list[str]:
    """Send them, and read each as a mail program does."""
    app.config["SMTP_URL"] = sink.url
    db.session.commit()
    with app.app_context():
        send_letters(on)
    found = []
    arrived = {str(one["X-Envelope-To"]): one for one in sink.letters}
    if sorted(arrived) != sorted(expected) or len(sink.letters) != len(expected):
        found.append(f"{len(sink.letters)} letters arrived instead of {len(expected)}")
    for address, letter in arrived.items():
        found += [f"{address}: {what}" for what in _wrong_in(letter, address, expected.get(address, ""))]
    return found


def _wrong_in(letter: EmailMessage, address: str, subject: str) -> list[str]:
    read = email.message_from_bytes(letter.as_bytes(), policy=email.policy.default)
    found = [f"an unknown head {name}" for name in set(read.keys()) - USUAL]
    if str(read["Subject"]) != subject:
        found.append(f"its subject reads {str(read['Subject'])[:80]!r} instead of {subject[:80]!r}")
    if [one.addr_spec for one in read["To"].addresses] != [address]:
        found.append(f"it is addressed to {read['To']}")
    if len(read.get_all("To")) != 1 or "," in str(read["X-Envelope-To"]):
        found.append("it has more than one recipient")
    parts = [part.get_content_type() for part in read.walk() if not part.is_multipart()]
    if parts != ["text/plain", "text/html"]:
        found.append(f"it holds {parts}")
    return found
