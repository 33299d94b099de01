"""The office's page of what is public, and the public's own pages."""

from __future__ import annotations

import logging
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from tracker import clock
from tracker.database import db
from tracker.errors import N_, NotFound, RuleBroken
from tracker.handling.models import Reply
from tracker.handling.publishing import warnings
from tracker.handling.queries import get_reply
from tracker.people.visitors import visitor
from tracker.public import actions, queries, rules, site
from tracker.public.forms import ShowForm, TakeDownForm
from tracker.roles import OFFICE
from tracker.suggestion.models import Publicity
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, allow_anyone, plain
from tracker.web.paging import ROWS, Page, asked_page, most_counted

pages = Blueprint("public", __name__)
FEW = 10
KEPT_SECONDS = 150  # by nginx, and again by a browser: what is taken down is gone everywhere after five minutes
KEPT = f"public, max-age={KEPT_SECONDS}"


@pages.get("/public-pages")
@allow(*OFFICE)
def office() -> Any:
    """What could be public, what is, and what was taken down; or (`show=up`) all that is public, page by page."""
    asking, number, shows_all = visitor(), asked_page(), request.args.get("show") == "up"
    up = _paged(queries.up(asking), number if shows_all else 1)
    return render_template(
        "public/office.html",
        could=None if shows_all else _paged(queries.could_be(asking), number),
        up=up,
        gone={one.id for one in up.rows if not _is_agreed(one.reply)},
        ended=[] if shows_all else list(db.session.scalars(queries.taken_down(asking).limit(FEW))),
    )


@pages.route("/replies/<int:reply_id>/public-page", methods=["GET", "POST"])
@allow(*OFFICE)
def show(reply_id: int) -> Any:
    """What the public will read, filled with what is there; a person shortens it and says that it may be public."""
    reply = get_reply(reply_id, visitor())
    if request.method == "GET" and (found := queries.find_of_reply(reply_id)) is not None:
        flash(_("This reply is on the public pages already."), "info")
        return redirect(url_for("public.take_down", page_id=found.id))
    if request.method == "GET" and not _may_be_shown(reply):
        raise NotFound
    form = ShowForm(data=_filled(reply))
    if form.validate_on_submit() and obeys(form, lambda: _show(reply_id, form)):
        flash(_("The reply is on the public pages."), "ok")
        return _done()
    reply = get_reply(reply_id, visitor())
    return render_template(
        "public/show.html",
        form=form,
        reply=reply,
        suggestion=reply.assignment.suggestion,
        warnings=_warnings(form),
        shows_text=reply.assignment.suggestion.publicity == Publicity.FULL,
        is_part=reply.publicity == "part",
    )


@pages.route("/public-pages/<int:page_id>/end", methods=["GET", "POST"])
@allow(*OFFICE)
def take_down(page_id: int) -> Any:
    """Why a page is taken down; it is gone at once."""
    queries.get(page_id, visitor())
    form = TakeDownForm()
    if form.validate_on_submit() and obeys(form, lambda: _take_down(page_id, form)):
        flash(_("The reply is no longer public."), "ok")
        return _done()
    return render_template("public/take_down.html", form=form, page=queries.get(page_id, visitor()))


@pages.get("/published/")
@allow_anyone
@plain
def front() -> Any:
    return _file("zh_Hans_CN", "index.html")


@pages.get("/published/<name>")
@allow_anyone
@plain
def page(name: str) -> Any:
    return _file("zh_Hans_CN", name)


@pages.get("/published/en/")
@allow_anyone
@plain
def front_in_english() -> Any:
    return _file("en", "index.html")


@pages.get("/published/en/<name>")
@allow_anyone
@plain
def page_in_english(name: str) -> Any:
    return _file("en", name)


def _file(language: str, name: str) -> Response:
    """A file of the folder, as any other web server would hand it out: the database is not asked.

    That a page is gone may be kept as long as a page, or whoever keeps pages would go on handing out the old one.
    """
    if not site.NAME.fullmatch(name):
        abort(404)
    at = site.folder() / site.IN[language]
    if (at / name).is_file():
        answer = send_from_directory(at, name, conditional=True, max_age=KEPT_SECONDS)
    elif name == "index.html":
        answer = Response(site.nothing(language), mimetype="text/html")
    else:
        answer = Response(site.missing(language), 404, mimetype="text/html")
    answer.headers["Cache-Control"], answer.headers["Vary"] = KEPT, "Accept-Encoding"
    return answer


def _paged(wanted: Any, number: int) -> Page:
    most = most_counted(number)
    total = queries.count(wanted, most)
    number = min(number, max(1, -(-total // ROWS)))
    rows = list(db.session.scalars(wanted.offset((number - 1) * ROWS).limit(ROWS)))
    return Page(rows, number, total, or_more=total == most)


def _is_agreed(reply: Reply) -> bool:
    suggestion = reply.assignment.suggestion
    return rules.is_agreed(reply.publicity, suggestion.publicity, internal=suggestion.internal, stage=suggestion.stage)


def _may_be_shown(reply: Reply) -> bool:
    return reply.assignment.standing in rules.GIVEN and _is_agreed(reply)


def _filled(reply: Reply) -> dict[str, str]:
    suggestion = reply.assignment.suggestion
    return {
        "title": suggestion.title,
        "deputies": "、".join(queries.deputies_of(suggestion))[:300],
        "question": suggestion.text if suggestion.publicity == Publicity.FULL else "",
        "answer": reply.text,
    }


def _warnings(form: ShowForm) -> list[str]:
    return warnings(f"{form.title.data}\n{form.question.data}\n{form.answer.data}", None)


def _show(reply_id: int, form: ShowForm) -> None:
    if _warnings(form) and not form.looked.data:
        raise RuleBroken(N_("Something in this reply speaks of persons. Look at it, then say that it may be public."))
    reply = get_reply(reply_id, visitor())
    said = {name: getattr(form, name).data or "" for name in ("title", "deputies", "question", "answer")}
    place = f"{current_app.config['BASE_URL']}{url_for('public.front')}"
    by, on = visitor().actor(), clock.today()
    actions.show(reply, reply.assignment, actions.Worded(**said), place, by=by, on=on)


def _take_down(page_id: int, form: TakeDownForm) -> None:
    found = queries.get(page_id, visitor())
    actions.take_down(found, found.reply.assignment, form.reason.data or "", by=visitor().actor(), on=clock.today())


def _done() -> Any:
    """Kept first, then written out at once; should that fail, the timetable does it within five minutes."""
    answer = once.done(url_for("public.office"))
    try:
        site.write(site.folder())
    except (OSError, SQLAlchemyError):
        logging.getLogger(__name__).exception("the public pages could not be written")
    return answer
