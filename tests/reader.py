"""Somebody who reads pages and fills in forms; every page he is shown is checked (tests/html.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, has_app_context, session, url_for
from flask_login import login_user
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from tests.html import Document, Element, faults, parsed
from tracker import clock
from tracker.database import db
from tracker.people.actions import begin_session
from tracker.people.visitors import SignedIn

MOVED = (301, 302, 303, 307, 308)
LANGUAGES = {"en": "en", "zh": "zh-CN,zh;q=0.9"}


@dataclass
class Page:
    """One answer, with the questions tests ask of it."""

    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def document(self) -> Document:
        return parsed(self.html)

    @property
    def text(self) -> str:
        return self.document.visible_text()

    @property
    def heading(self) -> str:
        return self.document.all("h1")[0].text

    def all(self, *tags: str) -> list[Element]:
        return self.document.all(*tags)

    def links(self) -> dict[str, str]:
        return {link.text: link["href"] for link in self.all("a")}

    def rows(self) -> list[str]:
        return [row.text for row in self.all("tr") if "tbody" in row.inside]

    def hidden(self, path: str) -> dict[str, str]:
        """The hidden fields of the form that is sent to this path."""
        fields = [field for field in self.all("input") if field["type"] == "hidden" and field.form]
        here = urlsplit(self.response.request.url).path
        return {
            field["name"]: field["value"] for field in fields if (urlsplit(field.form["action"]).path or here) == path
        }

    def values(self) -> dict[str, str]:
        """The hidden and text fields as they stand, by name."""
        fields = [field for field in self.all("input") if field["name"]]
        return {field["name"]: field["value"] for field in fields if field["type"] not in ("checkbox", "radio")}


class Reader:
    """A browser without a screen. Give a path, or an endpoint with its values."""

    def __init__(self, app: Flask, language: str = "en") -> None:
        self.app = app
        self.language = language
        self.client = app.test_client()
        self.page: Page | None = None

    def signed_in_as(self, user: Any) -> Reader:
        """A second reader, signed in as this user; the first stays who he was."""
        other = Reader(self.app, self.language)
        secret = begin_session(user, source="127.0.0.1", agent="tests", at=clock.now())
        db.session.commit()
        with self.app.test_request_context(base_url=self._base()):
            login_user(SignedIn(secret))
            remembered = dict(session)
        with other.client.session_transaction(base_url=self._base()) as kept:
            kept.update({name: value for name, value in remembered.items() if name != "_id"})
        return other

    def read(self, where: str, *, expect: int = 200, **values: Any) -> Page:
        """GET; the answer must have the status expected (redirects are followed only with `expect=200`)."""
        return self._ask("get", where, expect, values, follow_redirects=expect == 200)

    def send(self, where: str, data: dict[str, Any] | None = None, *, expect: int = 200, **values: Any) -> Page:
        """POST; hidden fields come from the page read last, as in a browser. Follows to the page that confirms it."""
        path = self._path(where, values)
        hidden = self.page.hidden(urlsplit(path).path) if self.page else {}
        fields = {"csrf_token": self.token(), **hidden, **(data or {})}
        return self._ask("post", path, expect, {}, data=fields, follow_redirects=expect == 200)

    def token(self) -> str:
        """A CSRF token of this reader's session, as any page with a form would give."""
        with self._apart(), self.client.session_transaction(base_url=self._base()) as kept:
            kept.setdefault("csrf_token", "0" * 40)
            raw = kept["csrf_token"]
        with self._apart(), self.app.test_request_context(base_url=self._base()):
            session["csrf_token"] = raw
            return generate_csrf()

    def _ask(self, method: str, where: str, expect: int, values: dict[str, Any], **options: Any) -> Page:
        _keep()
        path = self._path(where, values)
        headers = {"Accept-Language": LANGUAGES[self.language]}
        if self.page:
            headers["Referer"] = self.page.response.request.url
        with self._apart():
            response = getattr(self.client, method)(path, base_url=self._base(), headers=headers, **options)
        page = Page(response)
        assert response.status_code == expect, f"{method} {path}: {response.status_code}\n{page.html[:2000]}"
        if response.mimetype == "text/html" and response.status_code not in MOVED:
            wrong = faults(page.html)
            assert wrong == [], f"{path}: {wrong}"
            self.page = page
        return page

    def _path(self, where: str, values: dict[str, Any]) -> str:
        if where.startswith(("/", "http")):
            return where
        with self.app.test_request_context(base_url=self._base()):
            return url_for(where, **values)

    def _base(self) -> str:
        return self.app.config["BASE_URL"]

    def _apart(self):
        """A context of its own per request: in a shared one `g` remembers who came before."""
        return self.app.app_context()


def _keep() -> None:
    """What the test has made so far is committed before a page is asked for it."""
    if has_app_context():
        db.session.commit()
