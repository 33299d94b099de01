"""Letters of a kind made for tests, a mail server with bad days, and a way to write many letters."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import pytest
from jinja2 import ChoiceLoader, DictLoader

from tests.outside import MailSink
from tracker import clock
from tracker.database import db
from tracker.mail.outbox import Addressee, post

KIND = {
    "letters/trial/subject.txt": "{{ title }}",
    "letters/trial/body.txt": '{% extends "letters/_base/body.txt" %}{% block content %}{{ text }}{% endblock %}',
    "letters/trial/body.html": '{% extends "letters/_base/body.html" %}'
    '{% block content %}<p class="bad">{{ text }}</p>{% endblock %}',
}


@dataclass
class BadDay(MailSink):
    """A server that refuses some recipients, goes silent after the letter, or hangs up at the end."""

    no_such: set[str] = field(default_factory=set)
    drops: int = 0
    keeps_what_it_drops: bool = False
    rude: bool = False

    async def handle_RCPT(self, _server, _session, envelope, address, options) -> str:
        if address in self.no_such:
            return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.drops:
            self.drops -= 1
            if self.keeps_what_it_drops:
                await super().handle_DATA(server, session, envelope)
            server.transport.abort()
            return "250 nobody hears this"
        return await super().handle_DATA(server, session, envelope)

    async def handle_QUIT(self, server, _session, _envelope) -> str:
        if self.rude:
            server.transport.abort()
        return "221 Bye"


@pytest.fixture
def bad_day() -> Iterator[BadDay]:
    with BadDay.listening() as sink:
        yield sink


@pytest.fixture(autouse=True)
def _trial_kind(request) -> None:
    """The application knows the kind `trial`."""
    if "app" in request.fixturenames:
        environment = request.getfixturevalue("app").jinja_env
        environment.loader = ChoiceLoader([DictLoader(KIND), environment.loader])


@pytest.fixture
def write(session):
    """`write(3)` puts three letters to three people into the outbox; `write(1, title=…)` says what is in it."""

    def some(number=1, *, kind="trial", address="{}@bureau.example", channel="mail", language="en", **facts):
        letters = []
        for one in range(1, number + 1):
            to = Addressee(f"officer:{one}", f"Officer {one}", address.format(f"officer{one}"), language, channel)
            said = {"title": f"About road {one}", "text": "Please answer."} | facts
            letters.append(post(kind, to, key=f"{kind}:{said['title']}:{one}", at=clock.now(), **said))
        db.session.commit()
        return letters

    return some


class Dripping:
    """A server that greets for ever, a line now and then, so that no single wait is too long."""

    @classmethod
    @contextmanager
    def listening(cls) -> Iterator[str]:
        with socket.create_server(("127.0.0.1", 0)) as server:
            thread = threading.Thread(target=cls._drip, args=(server,), daemon=True)
            thread.start()
            yield f"smtp://127.0.0.1:{server.getsockname()[1]}"
            server.shutdown(socket.SHUT_RDWR)
            thread.join(5)

    @staticmethod
    def _drip(server: socket.socket) -> None:
        with suppress(OSError):
            caller, _address = server.accept()
            with caller:
                caller.settimeout(0.02)
                while True:
                    caller.sendall(b"220-wait\r\n")
                    with suppress(TimeoutError):
                        if not caller.recv(100):
                            return
