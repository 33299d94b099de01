"""Who may open which page: nobody, unless the page says so.

`@allow` labels a view with the roles that may open it; `guard` runs before every request and refuses what carries no
label. Menus ask the same `may_open`, so a link is shown exactly where it would open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from flask import abort, current_app, g, redirect, request, url_for

from tracker.roles import Role

View = TypeVar("View", bound=Callable[..., Any])
STATIC = ("static", "bootstrap.static")
ANYONE = frozenset({"anyone"})
NOBODY: frozenset[Any] = frozenset()


class Opener(Protocol):
    role: Role


def allow(*roles: Role) -> Callable[[View], View]:
    """Signed-in people with one of these roles may open the page."""

    def label(view: View) -> View:
        view.allowed = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return label


def allow_anyone(view: View) -> View:
    """Nobody needs to sign in for this page."""
    view.allowed = ANYONE  # type: ignore[attr-defined]
    return view


def plain(view: View) -> View:
    """The page is a file that stands ready: nobody is recognised for it, and the database is not asked."""
    view.plain = True  # type: ignore[attr-defined]
    return view


def is_plain(endpoint: str | None) -> bool:
    """Whether an address is a file's."""
    return endpoint in STATIC or getattr(current_app.view_functions.get(endpoint or ""), "plain", False)


def only_reads(view: View) -> View:
    """The page is asked by form, for what is asked is too long or too private for an address, and changes nothing."""
    view.only_reads = True  # type: ignore[attr-defined]
    return view


def by_link(view: View) -> View:
    """The page may also be opened with a mailed link of its own kind, under the same roles."""
    view.by_link = True  # type: ignore[attr-defined]
    return view


def allowed(endpoint: str) -> frozenset[Any]:
    """The roles a page names; none for a page that names none."""
    return _named(current_app.view_functions.get(endpoint))


def _named(view: Any) -> frozenset[Any]:
    return getattr(view, "allowed", NOBODY)


def is_open_to(endpoint: str, visitor: Opener | None, pages: Mapping[str, Any] | None = None) -> bool:
    """Whether a page opens for somebody; who asks about many at once brings the application's pages along."""
    roles = allowed(endpoint) if pages is None else _named(pages.get(endpoint))
    return roles is ANYONE or (visitor is not None and visitor.role in roles)


def may_open(endpoint: str) -> bool:
    """Whether the present visitor may open a page; what menus and links ask."""
    return is_open_to(endpoint, g.get("visitor"))


def guard() -> Any:
    """Before every request: deny what is not declared, send strangers to the door."""
    endpoint = request.endpoint
    if endpoint is None or endpoint in STATIC:
        return None
    if is_open_to(endpoint, g.get("visitor")):
        return None
    if g.get("visitor") is None and allowed(endpoint):
        if request.method == "GET":
            return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))
        return abort(401)
    return abort(403)
