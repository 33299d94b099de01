"""The signed cookie of a browser session."""

from __future__ import annotations

import time
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from tracker.web.gate import is_plain

MOST_KEPT = 1_000
PLAIN = (str, bool, int, type(None))  # what one page cannot alter for the next
AN_HOUR = 3_600


class Sessions(SecureCookieSessionInterface):
    """Flask's own, whose signer is made once for a key, not once or twice for each page; and a browser sends the same
    cookie with every page, so what one says is read once in an hour.
    """

    def __init__(self) -> None:
        self.kept: tuple[Any, Any] = (None, None)
        self.read: dict[tuple[Any, int, str], dict[str, Any]] = {}

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie says that came with a request."""
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        key = (self.get_signing_serializer(app), int(time.time()) // AN_HOUR, cookie)
        if (said := self.read.get(key)) is not None:
            return self.session_class(said)
        opened = super().open_session(app, request)
        if opened and all(isinstance(one, PLAIN) for one in opened.values()):
            if len(self.read) >= MOST_KEPT:
                self.read.clear()
            self.read[key] = dict(opened)
        return opened

    def get_signing_serializer(self, app: Flask) -> Any:
        keys = (app.secret_key, tuple(app.config["SECRET_KEY_FALLBACKS"]))
        if self.kept[0] != keys:
            self.kept = (keys, super().get_signing_serializer(app))
        return self.kept[1]

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """A file is the same for everybody: its answer neither sets a cookie nor depends on one."""
        if not is_plain(request.endpoint):
            super().save_session(app, session, response)
