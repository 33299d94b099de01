"""The lists a person keeps under a name: in the head of every list, in the menu, and on a page of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import NotFound
from tracker.people import named
from tracker.people.forms import NamedViewForm
from tracker.people.models import NamedView, User
from tracker.people.queries import Reader
from tracker.people.set_up_views import pages
from tracker.people.visitors import visitor
from tracker.roles import EVERYBODY
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow, may_open
from tracker.web.lists import LISTS, list_url, query_here, query_of


@dataclass(frozen=True)
class Offered:
    """One view as a link."""

    view: Any  # a row of the views one may open
    url: str
    is_here: bool = False
    is_own: bool = True


@dataclass(frozen=True)
class Head:
    """What the head of a list offers: its views, and to keep it as it is now."""

    views: list[Offered]
    keep_url: str


def list_head() -> Head | None:
    """The views of the list that is open; None on a page that is no list, and for those who have no account.

    Asked by the menu and by the list's own head; read once.
    """
    page = request.endpoint or ""
    if request.method != "GET" or page not in LISTS or not isinstance(g.get("visitor"), User | Reader):
        return None
    if "list_head" not in g:
        query = query_here()
        views = [_offered(one, query) for one in named.views_of(visitor()).of(page)]
        g.list_head = Head(views, url_for("people.keep_view", of=page, filters=query))
    head: Head = g.list_head
    return head


def _offered(view: Any, query: str | None = None) -> Offered:
    return Offered(view, list_url(view.page, view.query), view.query == query, view.user_id == visitor().id)


@pages.record_once
def _offer(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["list_head"] = list_head


@pages.get("/views")
@allow(*EVERYBODY)
def views() -> Any:
    """All views one may open, to be named anew, shared, dropped, or begun the day with."""
    mine = named.views_of(visitor())
    rows = [(_offered(one), named.may_change(one, visitor())) for one in mine.views if may_open(one.page)]
    return render_template("people/views.html", rows=rows, start_id=mine.start_id, list_names=LISTS)


@pages.route("/views/new", methods=["GET", "POST"])
@allow(*EVERYBODY)
def keep_view() -> Any:
    """Keep the list one comes from under a name; who comes from none sees what he has kept."""
    page, query = request.args.get("of", ""), query_of(request.args.get("filters", ""))
    if page not in LISTS or not may_open(page):
        return views()
    form = _form(NamedViewForm())
    if form.validate_on_submit() and obeys(form, lambda: _keep(form, page, query)):
        flash(_("The list is kept as “%(name)s”.", name=form.name.data), "ok")
        return once.done(list_url(page, query))
    return render_template("people/keep_view.html", form=form, list_name=LISTS[page], url=list_url(page, query))


def _keep(form: NamedViewForm, page: str, query: str) -> None:
    user, shared = visitor(), bool(form.shared and form.shared.data)
    made = named.keep_view(user, page, query, form.name.data or "", shared=shared, at=clock.now())
    if form.start.data:
        named.start_with(user, made)


@pages.route("/views/<int:view_id>", methods=["GET", "POST"])
@allow(*EVERYBODY)
def amend_view(view_id: int) -> Any:
    view = _own(view_id)
    form = _form(NamedViewForm(obj=view))
    del form.start
    if form.validate_on_submit() and obeys(form, lambda: _amend(form, view_id)):
        flash(_("Saved."), "ok")
        return once.done(url_for("people.views"))
    view = _own(view_id)
    url = list_url(view.page, view.query)
    return render_template("people/amend_view.html", form=form, view=view, list_name=LISTS[view.page], url=url)


def _amend(form: NamedViewForm, view_id: int) -> None:
    view = _own(view_id)
    shared = bool(form.shared.data) if form.shared else view.shared
    named.amend_view(view, form.name.data or "", shared=shared, by=visitor(), at=clock.now())


@pages.post("/views/<int:view_id>/removal")
@allow(*EVERYBODY)
def drop_view(view_id: int) -> Any:
    named.drop_view(_own(view_id), by=visitor(), at=clock.now())
    flash(_("The view is dropped."), "ok")
    return once.done(url_for("people.views"))


@pages.post("/views/<int:view_id>/start")
@allow(*EVERYBODY)
def start_view(view_id: int) -> Any:
    """Begin the day with this view; asked again, with the desk."""
    view, user = named.get_view(view_id, visitor()), visitor()
    before = named.start_of(user)
    named.start_with(user, None if before is not None and before.id == view.id else view)
    return once.done(url_for("people.views"))


def _own(view_id: int) -> NamedView:
    """A view the visitor may change."""
    view = named.get_view(view_id, visitor())
    if not named.may_change(view, visitor()) or view.page not in LISTS:
        raise NotFound
    return view


def _form(form: NamedViewForm) -> NamedViewForm:
    if not named.may_share(visitor()):
        del form.shared
    return form
