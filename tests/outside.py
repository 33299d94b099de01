"""The three outer things a test may need for real: an SMTP server, a port, a browser."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from werkzeug.serving import make_server

from tracker import clock

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class MailSink:
    """Every letter that arrived, in order; `refuse` makes it answer like a server in trouble."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    refuse: str = ""

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, _server, _session, envelope) -> str:
        if self.refuse:
            return self.refuse
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        letter["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.letters.append(letter)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if address in letter["X-Envelope-To"].split(", ")]

    @classmethod
    @contextmanager
    def listening(cls) -> Iterator[MailSink]:
        sink = cls(free_port())
        controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
        controller.start()
        try:
            yield sink
        finally:
            controller.stop()


class LiveServer:
    """The application on 127.0.0.1, each request in a thread of its own."""

    def __init__(self, app) -> None:
        self.app = app
        self.moment: date | None = None
        self.server = make_server("127.0.0.1", 0, self.answer, threaded=True)
        app.config["BASE_URL"] = str(self)  # mailed links lead here
        app.extensions["hosts"] |= {f"127.0.0.1:{self.server.server_port}"}

    def __str__(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def stand_at(self, moment: date) -> None:
        """A clock moved in the test does not reach the server's threads; this one does."""
        self.moment = moment

    def answer(self, environ, start_response):
        with clock.at(self.moment) if self.moment else nullcontext():
            return self.app(environ, start_response)

    @classmethod
    @contextmanager
    def serving(cls, app) -> Iterator[LiveServer]:
        live = cls(app)
        thread = threading.Thread(target=live.server.serve_forever, daemon=True)
        thread.start()
        try:
            yield live
        finally:
            live.server.shutdown()
            live.server.server_close()
            thread.join(5)


def chromium() -> str | None:
    """The browser of this machine; none is downloaded."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("E2E_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def browser_missing() -> str:
    """Why browser tests cannot run here; empty if they can."""
    return "" if chromium() else "browser: no Chromium on this machine"


@contextmanager
def open_browser() -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def browser_page(browser, live, **options) -> Iterator:
    """A page on the live server; a phone's with `viewport={"width": 390, "height": 844}`."""
    usual = {"base_url": str(live), "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
    context = browser.new_context(**{**usual, **options})
    said: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    try:
        yield opened
        assert said == [], f"the browser complained: {said}"
    finally:
        context.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
