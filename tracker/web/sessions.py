"""The signed cookie of a browser session."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface

from tracker.web.gate import is_plain


class Sessions(SecureCookieSessionInterface):
    """Flask's own, whose signer is made once for a key, not once or twice for each page."""

    def __init__(self) -> None:
        self.kept: tuple[Any, Any] = (None, None)

    def get_signing_serializer(self, app: Flask) -> Any:
        keys = (app.secret_key, tuple(app.config["SECRET_KEY_FALLBACKS"]))
        if self.kept[0] != keys:
            self.kept = (keys, super().get_signing_serializer(app))
        return self.kept[1]

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """A file is the same for everybody: its answer neither sets a cookie nor depends on one."""
        if not is_plain(request.endpoint):
            super().save_session(app, session, response)
