"""A file that is too large is refused at its door, before it has come; what was typed with it is given back."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.makers import Case, a_case, a_handling_link
from tests.security.crawl import ask
from tracker.web.too_large import LOOKED_AT

pytestmark = pytest.mark.engines("sqlite")
TYPED = "写了很久的答复\U00020bb7"


class Endless(io.RawIOBase):
    """A body that would go on for ever after its beginning; it counts what is read of it."""

    def __init__(self, beginning: bytes) -> None:
        self.beginning, self.taken = beginning, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self.beginning[self.taken : self.taken + len(buffer)]
        piece += bytes(len(buffer) - len(piece))
        buffer[:] = piece
        self.taken += len(piece)
        return len(piece)


def body(token: str, *, text: str = TYPED) -> bytes:
    fields = {"csrf_token": token, "text": text, "password": "kept to oneself"}
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n' for name, said in fields.items()]
    file = '--x\r\nContent-Disposition: form-data; name="scan"; filename="a.pdf"\r\n\r\n%PDF-1.7'
    return "".join([*parts, file]).encode()


@pytest.fixture
def handler(session, reader) -> Any:
    case: Case = a_case()
    session.commit()
    return reader.signed_in_as(case.handler)


def send(visitor, content: Endless, **environ: Any) -> tuple[Any, str]:
    given = {"wsgi.input": content, "CONTENT_TYPE": "multipart/form-data; boundary=x", **environ}
    return ask(visitor, "/assignments/1/reply", "POST", environ_overrides=given)


def test_a_gigabyte_is_refused_by_its_length_and_what_was_typed_is_given_back(handler) -> None:
    sent = Endless(body(handler.token()))
    answer, text = send(handler, sent, CONTENT_LENGTH=str(1024**3))
    assert answer.status_code == 413
    assert sent.taken <= LOOKED_AT
    assert TYPED in text
    assert "kept to oneself" not in text


def test_a_body_without_a_length_is_stopped_where_the_limit_is(app, handler) -> None:
    sent = Endless(body(handler.token()))
    answer, _text = send(handler, sent, **{"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"})
    assert answer.status_code == 413
    assert sent.taken <= app.config["MAX_CONTENT_LENGTH"] + LOOKED_AT + 1024**2


@pytest.mark.parametrize(
    "beginning", [b"", b"--x\r\n", b"--y\r\n\r\n", b"\xff" * 3000, b"--x\r\nContent-Disposition: x\r\n\r\n"]
)
def test_what_is_no_form_is_refused_all_the_same(handler, beginning: bytes) -> None:
    answer, text = send(handler, Endless(beginning), CONTENT_LENGTH=str(1024**3))
    assert (answer.status_code, 'class="typed"' in text) == (413, False)


@pytest.mark.parametrize("path", ["/structure/deputies", "/links/nobody/progress", "/sign-out", "/trail"])
def test_who_may_not_or_is_nobody_hears_that_whatever_he_sent(handler, path: str) -> None:
    """The page that says no asks for what was typed; that there is too much of it changes nothing."""
    answer, _text = ask(handler, path, "POST", data={"csrf_token": handler.token(), "text": "x" * 3_000_000})
    assert answer.status_code in (401, 403, 405, 413)


def test_who_came_by_a_link_that_is_not_for_this_page_hears_that(reader, session) -> None:
    """Who he is stands in what he sent; that there is too much of it spoils no answer."""
    link = a_handling_link(a_case().lead)
    session.commit()
    reader.read(link)
    data = {"csrf_token": reader.token(), "text": "x" * 3_000_000}
    answer, _text = ask(
        reader, f"{link}/rating/confirmation", "POST", data=data, headers={"X-CSRFToken": data["csrf_token"]}
    )
    assert answer.status_code == 403
