"""What happens around every page: whose it is, whether it may write, how mistakes are shown."""

from __future__ import annotations

import gc
import hashlib
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, flash, g, redirect, render_template, request, session
from flask_babel import gettext as _
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError, generate_csrf, validate_csrf
from jinja2 import StrictUndefined
from markupsafe import Markup
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map
from wtforms import ValidationError

from tracker import database, memory
from tracker.database import db
from tracker.errors import NotFound, RuleBroken
from tracker.web import frame, gate, logs, once, outage
from tracker.web.addresses import own_path, url_for
from tracker.web.fields import Asked
from tracker.web.filters import FILTERS
from tracker.web.headers import secure
from tracker.web.sentences import sentence
from tracker.web.sessions import Sessions
from tracker.web.templates import Templates
from tracker.web.typed import typed, was_written

csrf = CSRFProtect()
READING = ("GET", "HEAD", "OPTIONS")
LARGEST_ID = 2**31 - 1


class Number(IntegerConverter):
    """A number in an address; beyond what a row can have there is nothing to be found."""

    def __init__(self, known: Map, **more: Any) -> None:
        super().__init__(known, **{"max": LARGEST_ID, **more})


def lay(app: Flask) -> None:
    """Put the plumbing into an application."""
    app.jinja_environment = Templates
    app.session_interface = Sessions()
    app.request_class = Asked
    csrf.init_app(app)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        may_open=gate.may_open,
        csrf_field=csrf_field,
        once_field=once.once_field,
        asset=_asset_of(app),
        url_for=url_for,
    )
    frame.lay(app)
    app.before_request(_known_host)
    app.before_request(_legible)
    app.before_request(_open_transaction)
    app.after_request(secure)
    app.teardown_request(_close_transaction)
    app.url_map.converters["int"] = Number
    app.register_error_handler(RuleBroken, rule_broken)
    app.register_error_handler(NotFound, lambda _wrong: _page(404))
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(CSRFError, _session_lost)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def settle() -> None:
    """Before the first page of a server: what was made until now stays, so that no collection looks at it again.

    A page makes some thousand small things and drops them; collected as often as by default, a tenth of its time goes
    into looking through what is still in use.
    """
    memory.sparing()
    gc.freeze()
    gc.set_threshold(*memory.SELDOM)


def check_form() -> None:
    """Refuse a form that was not ours (after the visitor is known, so that his typed text can be kept)."""
    if request.method not in READING and request.endpoint is not None:
        if None in request.form:  # a part of a form without a name: no browser sends one
            abort(400)
        try:
            csrf.protect()
        except CSRFError:
            if not _signed_with_a_former_key():
                raise
            g.csrf_valid = True


def _signed_with_a_former_key() -> bool:
    """Whether the form was opened before SECRET_KEY was changed; it is otherwise held to the same."""
    for key in current_app.config["SECRET_KEY_FALLBACKS"]:
        with suppress(ValidationError):
            validate_csrf(request.form.get("csrf_token"), secret_key=key)
            return True
    return False


def csrf_field() -> Markup:
    """The hidden token of a form: the same for all forms of a browser session, so signed once for it."""
    if "csrf_field" not in g:
        own, key = session.get("csrf_token"), current_app.secret_key
        g.csrf_field = _kept_field(own, key) if own else _field()
    return g.csrf_field


@lru_cache(maxsize=4_096)
def _kept_field(_own: str, _key: str | bytes | None) -> Markup:
    return _field()


def _field() -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def rule_broken(broken: RuleBroken) -> Any:
    """A rule said no: back to where one was, with its sentence; but who wrote something gets his text with it."""
    db.session.rollback()
    if request.method == "GET" or was_written():
        return _page(409, message=sentence(broken))
    flash(sentence(broken), "bad")
    back = urlsplit(request.referrer or "")
    return redirect(own_path(back.path + (f"?{back.query}" if back.query else ""), "/"), 303)


def _stale(_wrong: StaleDataError) -> Any:
    db.session.rollback()
    return _page(
        409, message=_("Somebody else changed this while you were writing. Your text is below; nothing is lost.")
    )


def _session_lost(_wrong: CSRFError) -> Any:
    db.session.rollback()
    return _page(400, message=_("The page was open for too long, or your session has ended. Your text is below."))


def _http(wrong: HTTPException) -> Any:
    if wrong.code is not None and 300 <= wrong.code < 400:
        return wrong
    return _page(wrong.code or 500)


def _unforeseen(wrong: Exception) -> Any:
    if (told := outage.answered(wrong)) is not None:
        return told
    outage.undo()
    logs.fault("incident", id=logs.incident(), page=request.endpoint)
    return _page(500, incident=logs.incident())


KNOWN_PAGES = (400, 401, 403, 404, 409, 413, 414, 500)
LONGEST_QUERY = 16_000  # bytes of an address after its ?; what a list may be asked for is far shorter


def _page(code: int, message: str = "", incident: str = "") -> tuple[str, int]:
    shown = code if code in KNOWN_PAGES else (404 if code < 500 else 500)
    return (
        render_template(f"errors/{shown}.html", code=code, message=message, incident=incident, typed=typed()),
        code,
    )


def _known_host() -> None:
    if request.host.lower() not in _hosts():
        abort(400)


def _legible() -> None:
    """No address of ours holds the sign that ends a text for others; a database that meets it gives up.

    A form without files is read at once and whole, so it may be no longer than its texts may be. What an address asks
    for stands in many addresses of the page again, so it has an end, too.
    """
    if len(request.query_string) > LONGEST_QUERY:
        abort(414)
    if "\0" in request.path or b"%00" in request.query_string:
        abort(400)
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def _hosts() -> frozenset[str]:
    return current_app.extensions["hosts"]


def _open_transaction() -> None:
    asked = current_app.view_functions.get(request.endpoint or "")
    is_read = request.method in READING or getattr(asked, "only_reads", False)
    g.transaction = database.begin_reading() if is_read else database.begin_writing()
    g.limited = database.begin_limited(current_app.config["STATEMENT_SECONDS"])


def _close_transaction(_wrong: BaseException | None) -> None:
    if database.only_reads():
        db.session.expunge_all()  # else each thing that was read is marked as out of date first
    outage.undo()
    if token := g.pop("transaction", None):
        database.end(token)
    if token := g.pop("limited", None):
        database.end_limited(token)


def _asset_of(app: Flask) -> Any:
    """A static file's address with its content's mark, so that it can be kept for ever."""
    addresses: dict[tuple[str, str], str] = {}

    def asset(filename: str) -> str:
        root = request.script_root
        if (root, filename) not in addresses:
            content = Path(app.static_folder or "", filename).read_bytes()
            mark = hashlib.sha256(content).hexdigest()[:12]
            addresses[root, filename] = url_for("static", filename=filename, v=mark)
        return addresses[root, filename]

    return asset
