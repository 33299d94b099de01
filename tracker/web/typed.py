"""What a visitor typed, for the page that tells him why his form was not acted on."""

from __future__ import annotations

import io
import re
from typing import IO, Any

from flask import current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request

from tracker.web import once
from tracker.web.too_large import typed_first

OURS = ("csrf_token", once.FIELD, "next", "version")
SECRET = re.compile(r"passw|code|secret|otp", re.IGNORECASE)
WRITTEN = 30  # characters
STILL_READ = 4  # a form so many times too large is gone through whole; of a larger one only its beginning


def typed() -> list[tuple[str, str]]:
    """The fields of the form with something in them, in their order; never a password, never what we put there."""
    fields = fields_sent().items(multi=True)
    return [(name, value) for name, value in fields if _is_told(name) and value.strip()]


def was_written() -> bool:
    """Whether there is a text among the fields that nobody would like to write again."""
    return any(len(value) >= WRITTEN for _name, value in typed())


def _is_told(name: str | None) -> bool:
    """A part of a form without a name is no browser's."""
    return name is not None and name not in OURS and not SECRET.search(name)


def to_send_again() -> list[tuple[str, str]]:
    """All fields of the form as they were sent, its tokens too; none if a file or a secret went with it."""
    form = fields_sent()
    has_file = any(file.filename for file in request.files.values()) if form else False
    if has_file or any(SECRET.search(name) for name in form):
        return []
    return [(name, value) for name, value in form.items(multi=True) if name != "csrf_token"]


def fields_sent() -> MultiDict[str, str]:
    """The fields; nothing where the form cannot be read, and the texts alone where its files were too large."""
    try:
        return request.form
    except RequestEntityTooLarge:
        return _without_files()
    except Exception:  # an answer that says why nothing was saved is never spoilt by the form itself
        return MultiDict()


class Void(io.BytesIO):
    """Takes a file in and keeps nothing of it."""

    def write(self, piece: Any) -> int:
        return len(piece)


class Unburdened(Request):
    """The form of a request whose files are read past."""

    def _get_file_stream(self, *_of: Any, **_more: Any) -> IO[bytes]:
        return Void()


def _without_files() -> MultiDict[str, str]:
    most = (current_app.config["MAX_CONTENT_LENGTH"] or 0) * STILL_READ
    if request.content_length is None or request.content_length > most:
        return MultiDict(typed_first())
    again = Unburdened(request.environ, populate_request=False)
    again.max_content_length = most
    again.max_form_memory_size = current_app.config["MAX_FORM_MEMORY_SIZE"]
    again.max_form_parts = current_app.config["MAX_FORM_PARTS"]
    try:
        return again.form
    except Exception:  # cut off: then there is no text to be had
        return MultiDict()
